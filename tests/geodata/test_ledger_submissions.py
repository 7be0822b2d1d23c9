"""Drafts, recipes and confirmed spellings are kept for whoever comes back to them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ledger_helpers import LAN, MINH, UNITS, may_all, new_ledger, report, request, table
from sqlalchemy import Engine, func, select

from geodata.errors import Conflict, FileFault, InvalidInput, NotFound
from geodata.ledger.database import reading
from geodata.ledger.publishing import last_revision, plan_publication, publish
from geodata.ledger.revision_tables import source_files
from geodata.ledger.saved_aliases import remember_alias, revoke_alias, saved_aliases
from geodata.ledger.saved_recipes import (
    save_recipe,
    saved_recipe,
    saved_recipes,
    withdraw_recipe,
)
from geodata.ledger.submissions import (
    KEPT_DAYS,
    file_of_submission,
    hash_of_preview,
    list_submissions,
    read_submission,
    remove_lapsed,
    save_submission,
    start_submission,
)
from geodata.store import Store
from geodata.table_import.column_records import ColumnMeaning, TableSource
from geodata.table_import.recipe import Recipe
from geodata.table_import.report_records import Answers
from geodata.table_import.units import UnitAlias


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Engine]:
    engine = new_ledger(tmp_path)
    yield engine
    engine.dispose()


SAID = Answers(
    vintage=dt.date(2025, 7, 1),
    units={"|muong en": UNITS[2]},
    columns={("Dân số", "2026"): ColumnMeaning(0, ("Dân số", "2026"), "value", "population")},
    source=TableSource("Báo cáo dân số"),
    confirmed={"T01": "đã kiểm tra"},
)


def test_a_draft_is_taken_up_again_with_all_that_was_said_and_its_file(ledger: Engine) -> None:
    made = start_submission(ledger, LAN, "bao_cao.xlsx", b"the bytes", "text/csv")
    save_submission(ledger, replace(made, answers=SAID, title="Dân số 2026", based_on=3))
    with reading(ledger) as connection:
        found = read_submission(connection, made.submission_id)
    assert (found.answers, found.title, found.based_on) == (SAID, "Dân số 2026", 3)
    assert file_of_submission(ledger, made.submission_id) == b"the bytes"
    assert [s.submission_id for s in list_submissions(ledger, "a1")] == [made.submission_id]
    assert list_submissions(ledger, "a2") == ()


def test_a_draft_is_published_once_under_its_own_id(ledger: Engine, toy_store: Store) -> None:
    made = start_submission(ledger, LAN, "a.xlsx", b"the bytes")
    sent = request(request_id=made.submission_id)
    publish(ledger, toy_store, table({UNITS[0]: 1.0}), sent, may_all)
    assert publish(ledger, toy_store, table({UNITS[0]: 2.0}), sent, may_all).repeated
    assert [s.state for s in list_submissions(ledger)] == ["published"]
    with pytest.raises(Conflict, match="published already"):
        save_submission(ledger, made)


def test_only_what_the_preview_showed_is_published(ledger: Engine, toy_store: Store) -> None:
    seen = hash_of_preview(table({UNITS[0]: 1.0}))
    with pytest.raises(Conflict, match="other figures"):
        publish(
            ledger,
            toy_store,
            table({UNITS[0]: 2.0}),
            replace(request(), preview_hash=seen),
            may_all,
        )
    assert last_revision(ledger) == 0
    publish(
        ledger, toy_store, table({UNITS[0]: 1.0}), replace(request(), preview_hash=seen), may_all
    )


def test_a_plan_tells_what_publishing_would_do_and_writes_nothing(
    ledger: Engine, toy_store: Store
) -> None:
    publish(ledger, toy_store, table({UNITS[0]: 1.0}), request(), may_all)
    plan = plan_publication(
        ledger, toy_store, table({UNITS[0]: 2.0, UNITS[1]: None, UNITS[2]: 3.0})
    )
    assert [(c.key.unit_id, c.old.value, c.new.value) for c in plan.changes] == [
        (UNITS[0], 1.0, 2.0), (UNITS[2], None, 3.0),
    ]  # fmt: skip
    assert (plan.counts["added"], plan.counts["changed"], plan.counts["blank"]) == (1, 1, 1)
    assert plan.based_on == last_revision(ledger) == 1
    with pytest.raises(InvalidInput, match="cannot be published"):
        plan_publication(ledger, toy_store, report([]))


def test_drafts_lapse_with_their_files_and_published_files_stay(
    ledger: Engine, toy_store: Store
) -> None:
    start_submission(ledger, LAN, "nhap.xlsx", b"a draft")
    name = "bao_cao.xlsx"
    publish(ledger, toy_store, table({UNITS[0]: 1.0}), request(name=name), may_all)
    now = dt.datetime.now(dt.UTC)
    assert remove_lapsed(ledger, now + dt.timedelta(days=KEPT_DAYS - 1)) == 0
    assert remove_lapsed(ledger, now + dt.timedelta(days=KEPT_DAYS + 1)) == 1
    with reading(ledger) as connection:
        left = connection.execute(select(source_files.c.sha256)).scalars().all()
    assert left == [hashlib.sha256(name.encode()).hexdigest()]
    with pytest.raises(NotFound, match="no such draft"):
        file_of_submission(ledger, "gone")


def test_one_file_sent_twice_is_kept_once(ledger: Engine) -> None:
    for writer in (LAN, MINH):
        start_submission(ledger, writer, "a.xlsx", b"the bytes")
    with reading(ledger) as connection:
        assert connection.execute(select(func.count()).select_from(source_files)).scalar() == 1


def test_a_changed_recipe_is_a_new_version_and_the_last_is_offered(ledger: Engine) -> None:
    headers = frozenset({("dan so", 1)})
    recipe = Recipe("Biểu dân số", 1, headers, answers=replace(SAID, confirmed={}, columns={}))
    assert save_recipe(ledger, recipe, LAN).version == 1
    changed = replace(recipe, answers=replace(recipe.answers, notation="english"))
    assert save_recipe(ledger, changed, MINH).version == 2
    (offered,) = saved_recipes(ledger)
    assert (offered.recipe.answers.notation, offered.account_name) == ("english", "Minh")
    assert offered.recipe.fingerprint == recipe.fingerprint
    withdraw_recipe(ledger, "Biểu dân số")
    with pytest.raises(NotFound):
        saved_recipe(ledger, "Biểu dân số")
    assert save_recipe(ledger, recipe, LAN).version == 3
    assert saved_recipe(ledger, "Biểu dân số").version == 3


def test_a_spelling_holds_until_it_is_revoked(ledger: Engine) -> None:
    alias = UnitAlias(
        "Mường Én 2", "", UNITS[2], None, "bao_cao.xlsx", "Lan", "2026-07-01T00:00:00Z"
    )
    first = remember_alias(ledger, alias)
    assert remember_alias(ledger, alias) == first
    assert [saved.alias for saved in saved_aliases(ledger)] == [alias]
    revoke_alias(ledger, first, MINH)
    assert saved_aliases(ledger) == ()
    with pytest.raises(NotFound):
        revoke_alias(ledger, first, MINH)
    assert remember_alias(ledger, alias) != first


def test_answers_that_could_not_be_read_again_are_not_kept(ledger: Engine) -> None:
    made = start_submission(ledger, LAN, "bao_cao.xlsx", b"the bytes", "text/csv")
    with pytest.raises(FileFault, match="control character"):
        save_submission(ledger, replace(made, answers=Answers(source=TableSource("a\x00b"))))
    assert list_submissions(ledger) == (made,)


@pytest.mark.parametrize("spoilt", [{"title": "a\x00"}, {"source": TableSource(title="a\x0b")}])
def test_no_text_of_a_revision_holds_a_control_character(
    ledger: Engine, toy_store: Store, spoilt: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput, match="control character"):
        publish(ledger, toy_store, table({UNITS[0]: 5.0}), replace(request(), **spoilt), may_all)
    assert last_revision(ledger) == 0
