"""Computed figures go the way of a table: whole, undone, traced, with method and coverage kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_helpers import LAN, UNITS, because, cell, key, may_all, new_ledger, report, request
from sqlalchemy import Engine, update
from sqlalchemy.exc import DatabaseError

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Text
from geodata.ledger import revision_tables as tables
from geodata.ledger.correcting import undo
from geodata.ledger.database import reading, writing
from geodata.ledger.derived_figures import DerivedFigure, DerivedFigures
from geodata.ledger.history import show, trace
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_export import export_csv, export_json_lines
from geodata.ledger.ledger_records import Derivation, PublicationRequest
from geodata.ledger.published_state import read_published
from geodata.ledger.publishing import last_revision, plan_derived, publish, publish_derived
from geodata.store import Store
from geodata.table_import.column_records import TableSource

METHOD = Text("Trung bình theo diện tích thật", "Mean by true area")
GRID = TableSource("Lưới dân số", issuer="WorldPop", licence="CC BY 4.0")
REQUEST = PublicationRequest(LAN, "Dân số theo lưới")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Engine]:
    engine = new_ledger(tmp_path)
    yield engine
    engine.dispose()


def derived(values: dict[str, float], method: Text = METHOD, **about: str) -> DerivedFigures:
    how = Derivation(method, 0.75)
    figures = tuple(
        DerivedFigure(key(unit, **about), value, how, Text("Ô thô", "Coarse"))
        for unit, value in values.items()
    )
    recipe = {"operation": "sum", "band": 1}
    return DerivedFigures("grid.tif", "ab12", figures, recipe, "worldpop", 2, GRID)


def test_a_computed_figure_keeps_its_method_coverage_doubt_and_recipe(
    ledger: Engine, toy_store: Store
) -> None:
    receipt = publish_derived(ledger, toy_store, derived({UNITS[0]: 41.5}), REQUEST, may_all)
    revision = receipt.revision
    assert (revision.file_name, revision.recipe, revision.counts["blank"]) == (
        "grid.tif", "worldpop", 2,
    )  # fmt: skip
    assert revision.answers == {"derived": {"operation": "sum", "band": 1, "sha256": "ab12"}}
    with reading(ledger) as connection:
        published = read_published(connection, {})
    [figure], [source] = published.observations, published.sources
    assert (figure.value, figure.method, figure.coverage) == (41.5, METHOD, 0.75)
    assert (figure.quote, figure.doubt.en) == ("", "Coarse")
    assert (source.issuer.vi, source.licence) == ("WorldPop", "CC BY 4.0")
    assert verify(ledger) == ()


def test_a_computed_figure_is_traced_to_its_method(ledger: Engine, toy_store: Store) -> None:
    publish_derived(ledger, toy_store, derived({UNITS[0]: 41.5}), REQUEST, may_all)
    found = trace(ledger, key(UNITS[0]), toy_store)
    assert found.origin is not None
    assert found.origin.change.derivation == Derivation(METHOD, 0.75)
    [change] = show(ledger, 1)[1].items
    assert change.derivation == Derivation(METHOD, 0.75)
    [line] = [json.loads(line) for line in export_json_lines(ledger)]
    assert line["changes"][0]["derivation"]["coverage"] == 0.75
    assert METHOD.vi in "".join(export_csv(ledger))


def test_taken_back_the_figure_of_the_table_stands_again_with_its_cell(
    ledger: Engine, toy_store: Store
) -> None:
    publish(ledger, toy_store, report([cell(UNITS[0], 40.0)]), request(), may_all)
    publish_derived(ledger, toy_store, derived({UNITS[0]: 41.5}), REQUEST, may_all)
    undo(ledger, 2, because("Sai lưới"), may_all)
    with reading(ledger) as connection:
        [figure] = read_published(connection, {}).observations
    assert (figure.value, figure.method, figure.coverage) == (40.0, Text(""), None)
    assert figure.quote.endswith("BC!D1: 40")
    undo(ledger, 3, because("Lại đúng"), may_all)
    with reading(ledger) as connection:
        [figure] = read_published(connection, {}).observations
    assert (figure.value, figure.method) == (41.5, METHOD)
    assert verify(ledger) == ()


def test_what_would_change_is_told_before_and_the_same_again_is_refused(
    ledger: Engine, toy_store: Store
) -> None:
    figures = derived({UNITS[0]: 41.5, UNITS[1]: 2.0})
    plan = plan_derived(ledger, toy_store, figures)
    assert (plan.counts["added"], plan.counts["doubtful"], last_revision(ledger)) == (2, 2, 0)
    publish_derived(ledger, toy_store, figures, REQUEST, may_all)
    with pytest.raises(InvalidInput, match="L04"):
        publish_derived(ledger, toy_store, figures, REQUEST, may_all)


@pytest.mark.parametrize(
    ("figures", "refusal", "words"),
    [
        (derived({UNITS[0]: -1.0}), InvalidInput, "impossible for this indicator"),
        (derived({UNITS[0]: float("nan")}), InvalidInput, "impossible for this indicator"),
        (derived({UNITS[0]: 1.0}, Text("")), InvalidInput, "must say how it was computed"),
        (derived({"00000-20250701": 1.0}), NotFound, "00000"),
        (derived({UNITS[0]: 1.0}, indicator="nothing"), InvalidInput, "No such indicator"),
        (derived({}), InvalidInput, "No unit gets a figure"),
    ],
)  # fmt: skip
def test_nothing_is_written_of_figures_that_cannot_be(
    ledger: Engine, toy_store: Store, figures: DerivedFigures, refusal: type, words: str
) -> None:
    with pytest.raises(refusal, match=words):
        publish_derived(ledger, toy_store, figures, REQUEST, may_all)
    assert last_revision(ledger) == 0


@pytest.mark.slow
def test_an_altered_method_breaks_the_chain_of_hashes(ledger: Engine, toy_store: Store) -> None:
    publish_derived(ledger, toy_store, derived({UNITS[0]: 41.5}), REQUEST, may_all)
    change = update(tables.derivations).values(coverage="1")
    with pytest.raises(DatabaseError, match="inserts only"), writing(ledger) as connection:
        connection.execute(change)
    with writing(ledger) as connection:
        connection.exec_driver_sql("DROP TRIGGER derivations_no_update")
        connection.execute(change)
    assert "altered" in verify(ledger)[0]["en"]


def test_a_ledger_of_before_takes_computed_figures(ledger: Engine, toy_store: Store) -> None:
    """The table is new: a ledger that lacks it gets it, and its old entries keep their hashes."""
    publish(ledger, toy_store, report([cell(UNITS[0], 40.0)]), request(), may_all)
    with ledger.begin() as connection:
        connection.exec_driver_sql("DROP TABLE derivations")
    again = new_ledger(Path(str(ledger.url.database)).parent)
    publish_derived(again, toy_store, derived({UNITS[1]: 1.0}), REQUEST, may_all)
    assert verify(again) == ()
    again.dispose()
