"""Tables are published whole, figures corrected, revisions taken back; nothing of it is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
from ledger_helpers import (
    FARMING,
    LAN,
    MINH,
    PIGS,
    SHIPPED,
    UNITS,
    because,
    cell,
    key,
    may_all,
    report,
    request,
    table,
)
from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from geodata.errors import Conflict, InvalidInput, NotFound, NotPermitted
from geodata.i18n import Text
from geodata.ledger import revision_tables as tables
from geodata.ledger.conflicts import PublicationConflict
from geodata.ledger.correcting import correct, held_now, undo, undo_plan
from geodata.ledger.database import open_ledger, writing
from geodata.ledger.file_publications import earlier_publications
from geodata.ledger.history import diff, file_of, history, show, trace
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_export import export_csv, export_json_lines
from geodata.ledger.ledger_records import Cell, FigureCorrection
from geodata.ledger.publishing import last_revision, publish
from geodata.model import Indicator
from geodata.store import Store
from geodata.table_import.column_records import NewIndicator


def publish_table(engine: Engine, store: Store, figures: dict[str, float | None], **how: object):
    return publish(engine, store, table(figures), request(**how), may_all)  # type: ignore[arg-type]


def test_a_published_table_leads_from_each_figure_to_file_sheet_and_cell(
    ledger: Engine, toy_store: Store
) -> None:
    name = "bao_cao.xlsx"
    published = table(dict(zip(UNITS, (410.0, 5.5, 0.0, 7.0, 8.0), strict=True)))
    receipt = publish(ledger, toy_store, published, request(name=name), may_all)
    assert receipt.revision.number == 1
    assert receipt.revision.counts["added"] == 5
    found = trace(ledger, key(UNITS[2]), toy_store)
    assert found.cell == Cell(1, True, 0.0)
    assert found.origin is not None
    change, revision = found.origin.change, found.origin.revision
    assert (change.sheet, change.address, change.raw) == ("BC", "D9", "0")
    assert (revision.file_name, revision.account_name) == (name, "Lan")
    assert revision.source.number == "15/BC-UBND"
    assert file_of(ledger, 1) == (name, "text/csv", name.encode())


def test_a_blank_erases_nothing_and_an_equal_value_is_not_written(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0, UNITS[1]: 2.0, UNITS[2]: 3.0})
    again = publish_table(ledger, toy_store, {UNITS[0]: None, UNITS[1]: 2.0, UNITS[2]: 4.0})
    assert again.revision.counts == {
        "added": 0, "changed": 1, "removed": 0, "unchanged": 1, "blank": 1, "doubtful": 0,
    }  # fmt: skip
    assert held_now(ledger, toy_store, key(UNITS[0])).value == 1.0
    _, page = show(ledger, 2)
    assert [change.key.unit_id for change in page.items] == [UNITS[2]]


def test_a_table_that_would_change_nothing_is_refused_and_makes_no_entry(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0})
    with pytest.raises(InvalidInput, match="L04"):
        publish_table(ledger, toy_store, {UNITS[0]: 1.0})
    # What the dataset ships is published already, too.
    shipped = report([cell(SHIPPED.unit_id, 1600.0, period="2024")])
    with pytest.raises(InvalidInput, match="L04"):
        publish(ledger, toy_store, shipped, request(), may_all)
    assert last_revision(ledger) == 1


def test_a_request_sent_twice_gets_the_first_receipt(ledger: Engine, toy_store: Store) -> None:
    first = publish_table(ledger, toy_store, {UNITS[0]: 1.0}, request_id="once")
    again = publish_table(ledger, toy_store, {UNITS[0]: 9.0}, request_id="once")
    assert (again.revision, again.repeated) == (first.revision, True)
    assert last_revision(ledger) == 1
    with pytest.raises(Conflict):
        publish_table(ledger, toy_store, {UNITS[0]: 9.0}, request_id="once", writer=MINH)


def test_the_same_bytes_again_are_told(ledger: Engine, toy_store: Store) -> None:
    name = "bao_cao.xlsx"
    publish_table(ledger, toy_store, {UNITS[0]: 1.0}, name=name)
    again = publish_table(ledger, toy_store, {UNITS[0]: 2.0}, name=name)
    assert [revision.number for revision in again.same_file] == [1]


def test_of_a_file_published_before_it_is_known_whether_it_was_taken_back(
    ledger: Engine, toy_store: Store
) -> None:
    figures = {UNITS[0]: 1.0, UNITS[1]: 2.0}
    receipt = publish_table(ledger, toy_store, figures, name="bao_cao.xlsx")
    sha256 = receipt.revision.file_sha256
    correct(ledger, toy_store, FigureCorrection(SHIPPED, 1.0), because("sai"), may_all)

    def told() -> list[tuple[int, bool]]:
        return [(one.number, one.taken_back) for one in earlier_publications(ledger, sha256)]

    assert told() == [(1, False)]
    undo(ledger, 2, because("không sai"), may_all)
    assert told() == [(1, False)]
    undo(ledger, 1, because("nhầm"), may_all)
    assert told() == [(1, True)]
    undo(ledger, 4, because("không nhầm"), may_all)
    assert told() == [(1, False)]


def test_bytes_other_than_those_checked_are_refused(ledger: Engine, toy_store: Store) -> None:
    with pytest.raises(InvalidInput, match="not the one that was checked"):
        publish_table(ledger, toy_store, {UNITS[0]: 1.0}, name="another.xlsx")
    assert last_revision(ledger) == 0


def test_the_second_office_is_told_who_changed_its_cells_meanwhile(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0, UNITS[1]: 1.0})
    seen = last_revision(ledger)
    publish_table(ledger, toy_store, {UNITS[0]: 2.0}, writer=MINH)
    with pytest.raises(PublicationConflict, match="Minh") as refused:
        publish_table(ledger, toy_store, {UNITS[0]: 3.0, UNITS[1]: 3.0}, based_on=seen)
    (changed,) = refused.value.changed
    cell = changed.difference
    assert (cell.key, cell.before.value, cell.after.value) == (key(UNITS[0]), 1.0, 2.0)
    assert changed.revision.account_name == "Minh"
    assert held_now(ledger, toy_store, key(UNITS[1])).value == 1.0
    # Other cells than hers, or hers taken back, are no reason to stop.
    publish_table(ledger, toy_store, {UNITS[1]: 3.0}, based_on=seen)
    undo(ledger, 2, because("nhầm kỳ", MINH), may_all)
    publish_table(ledger, toy_store, {UNITS[0]: 3.0}, based_on=seen)


def test_two_offices_at_once_lose_no_update(tmp_path: Path, toy_store: Store) -> None:
    path, together = tmp_path / "ledger.sqlite", Barrier(2)
    open_ledger(path).dispose()
    refused: list[str] = []

    def office(writer: object, unit: str) -> None:
        engine = open_ledger(path)
        together.wait()
        for turn in range(5):
            figures = {unit: float(turn), UNITS[4]: float(turn)}
            seen = last_revision(engine)
            try:
                publish_table(engine, toy_store, figures, writer=writer, based_on=seen)
            except PublicationConflict:
                refused.append(unit)
        engine.dispose()

    threads = [Thread(target=office, args=pair) for pair in ((LAN, UNITS[0]), (MINH, UNITS[1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine = open_ledger(path)
    assert verify(engine) == ()
    assert last_revision(engine) == 10 - len(refused)
    engine.dispose()


def test_rights_are_asked_in_the_transaction_and_a_refusal_leaves_nothing(
    ledger: Engine, toy_store: Store
) -> None:
    asked: list[Collection[str]] = []

    def refuse(connection: Connection, units: Collection[str]) -> None:
        asked.append(units)
        assert connection.in_transaction()
        raise NotPermitted(Text("no"))

    with pytest.raises(NotPermitted):
        publish(ledger, toy_store, table({UNITS[0]: 1.0}), request(), refuse)
    with pytest.raises(NotPermitted):
        correct(ledger, toy_store, FigureCorrection(SHIPPED, 1.0), because("x"), refuse)
    assert asked == [{UNITS[0]}, {SHIPPED.unit_id}]
    assert last_revision(ledger) == 0


def test_a_figure_of_an_unknown_unit_or_indicator_is_refused(
    ledger: Engine, toy_store: Store
) -> None:
    with pytest.raises(NotFound):
        publish_table(ledger, toy_store, {"99999-20250701": 1.0})
    unknown = report([cell(UNITS[0], 1.0, indicator="pigs")])
    with pytest.raises(InvalidInput, match="No such indicator"):
        publish(ledger, toy_store, unknown, request(), may_all)


def test_two_values_of_one_figure_in_a_table_are_refused_with_their_cells(
    ledger: Engine, toy_store: Store
) -> None:
    twice = report([cell(UNITS[0], 1.0, 7), cell(UNITS[0], 2.0, 9)])
    with pytest.raises(InvalidInput, match="D7: 1; D9: 2"):
        publish(ledger, toy_store, twice, request(), may_all)


def test_a_shipped_figure_is_corrected_with_its_reason_and_old_value(
    ledger: Engine, toy_store: Store
) -> None:
    receipt = correct(
        ledger, toy_store, FigureCorrection(SHIPPED, 1650.0), because("số in sai"), may_all
    )
    found = trace(ledger, SHIPPED, toy_store)
    assert found.history[0].change.old == Cell(0, True, 1600.0)
    assert found.cell == Cell(receipt.revision.number, True, 1650.0)
    assert receipt.revision.reason == "số in sai"


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (1600.0, "x", "L04"),
        (-1.0, "x", "impossible"),
        (float("nan"), "x", "impossible"),
        (1650.0, " ", "needs its reason"),
    ],
)
def test_a_correction_without_effect_reason_or_sense_is_refused(
    ledger: Engine, toy_store: Store, value: float, reason: str, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        correct(ledger, toy_store, FigureCorrection(SHIPPED, value), because(reason), may_all)


def test_a_correction_of_what_somebody_else_corrected_meanwhile_is_a_conflict(
    ledger: Engine, toy_store: Store
) -> None:
    seen = held_now(ledger, toy_store, SHIPPED)
    correct(ledger, toy_store, FigureCorrection(SHIPPED, 1650.0, seen), because("a"), may_all)
    with pytest.raises(Conflict, match="1650"):
        correct(ledger, toy_store, FigureCorrection(SHIPPED, 1700.0, seen), because("b"), may_all)


def test_taking_back_returns_what_was_there_and_keeps_what_was_changed_later(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0})
    publish_table(ledger, toy_store, {UNITS[0]: 2.0, UNITS[1]: 2.0, UNITS[2]: 2.0})
    correct(ledger, toy_store, FigureCorrection(key(UNITS[2]), 5.0), because("sai"), may_all)
    plan = undo_plan(ledger, 2)
    assert {change.key.unit_id for change in plan.restored} == {UNITS[0], UNITS[1]}
    (kept,) = plan.kept
    assert (kept.key, kept.cell.value, kept.changed_by.number) == (key(UNITS[2]), 5.0, 3)
    receipt = undo(ledger, 2, because("sai biểu"), may_all, seen=2)
    assert receipt.revision.counts["removed"] == 1
    values = [held_now(ledger, toy_store, key(unit)).value for unit in UNITS[:3]]
    assert values == [1.0, None, 5.0]
    # The restored cell has its first origin again, so that the first can be taken back, too.
    undo(ledger, 1, because("cũng sai"), may_all)
    assert not held_now(ledger, toy_store, key(UNITS[0])).present


def test_taking_back_a_taking_back_brings_it_again(ledger: Engine, toy_store: Store) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0, UNITS[1]: 2.0})
    undo(ledger, 1, because("nhầm"), may_all)
    undo(ledger, 2, because("không nhầm"), may_all)
    assert held_now(ledger, toy_store, key(UNITS[0])) == Cell(1, True, 1.0)
    undo(ledger, 1, because("vẫn nhầm"), may_all)
    assert held_now(ledger, toy_store, key(UNITS[0])) == Cell(0, False, None)
    with pytest.raises(InvalidInput, match="No cell would return"):
        undo(ledger, 1, because("lần nữa"), may_all)


def test_taking_back_more_or_less_than_was_shown_is_a_conflict(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0, UNITS[1]: 2.0})
    shown = len(undo_plan(ledger, 1).restored)
    correct(ledger, toy_store, FigureCorrection(key(UNITS[0]), 5.0), because("sai"), may_all)
    with pytest.raises(Conflict):
        undo(ledger, 1, because("nhầm"), may_all, seen=shown)


def test_a_withdrawn_figure_is_gone_until_the_withdrawal_is_taken_back(
    ledger: Engine, toy_store: Store
) -> None:
    correct(ledger, toy_store, FigureCorrection(SHIPPED, None), because("không có thật"), may_all)
    assert held_now(ledger, toy_store, SHIPPED) == Cell(1, False, None)
    undo(ledger, 1, because("có thật"), may_all)
    assert held_now(ledger, toy_store, SHIPPED) == Cell(0, True, 1600.0)


def test_two_states_are_compared_cell_by_cell(ledger: Engine, toy_store: Store) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0, UNITS[1]: 2.0})
    correct(ledger, toy_store, FigureCorrection(key(UNITS[0]), 5.0), because("sai"), may_all)
    correct(ledger, toy_store, FigureCorrection(key(UNITS[0]), 1.0), because("đúng"), may_all)
    correct(ledger, toy_store, FigureCorrection(SHIPPED, 1.0), because("sai"), may_all)
    assert [(d.key, d.before.value, d.after.value) for d in diff(ledger, 1, 4, toy_store)] == [
        (SHIPPED, 1600.0, 1.0)
    ]
    assert len(diff(ledger, 0, 4, toy_store)) == 3
    with pytest.raises(NotFound):
        diff(ledger, 0, 9, toy_store)


def test_a_new_indicator_keeps_the_rules_of_the_catalogue(ledger: Engine, toy_store: Store) -> None:
    def pigs(indicator: Indicator, theme: Text = FARMING, value: float = 1.0) -> None:
        values = [cell(UNITS[0], value, indicator="pigs")]
        made = report(values, new=(NewIndicator(indicator, theme),))
        publish(ledger, toy_store, made, request(), may_all)

    with pytest.raises(InvalidInput, match="must name its denominator"):
        pigs(replace(PIGS, kind="ratio"))
    with pytest.raises(InvalidInput, match="no such theme"):
        pigs(PIGS, Text(""))
    with pytest.raises(InvalidInput, match="text is missing"):
        pigs(replace(PIGS, name=Text("Đàn lợn")))
    pigs(PIGS)
    with pytest.raises(Conflict, match="another indicator"):
        pigs(replace(PIGS, decimals=2), value=2.0)


def test_the_database_itself_refuses_to_change_what_was_published(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0})
    for act in (
        delete(tables.revisions),
        update(tables.revisions).values(title="khác"),
        delete(tables.changes),
        update(tables.changes).values(new_value="9"),
    ):
        with pytest.raises(DatabaseError, match="inserts only"), writing(ledger) as connection:
            connection.execute(act)


def test_an_altered_ledger_is_found_out(tmp_path: Path, toy_store: Store) -> None:
    engine = open_ledger(tmp_path / "ledger.sqlite")
    publish_table(engine, toy_store, {UNITS[0]: 1.0})
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER changes_no_update")
        connection.execute(update(tables.changes).values(new_value="2"))
        connection.execute(update(tables.current_figures).values(value="3"))
    told = [fault["en"] for fault in verify(engine)]
    assert any("altered" in words for words in told)
    assert any("What holds now" in words for words in told)
    engine.dispose()


def test_the_ledger_is_exported_whole_and_harmless_for_a_spreadsheet(
    ledger: Engine, toy_store: Store
) -> None:
    publish_table(ledger, toy_store, {UNITS[0]: 1.0, UNITS[1]: 2.0})
    correct(
        ledger, toy_store, FigureCorrection(SHIPPED, None), because("=cmd|' /C calc'!A0"), may_all
    )
    lines = [json.loads(line) for line in export_json_lines(ledger)]
    assert [len(line["changes"]) for line in lines] == [2, 1]
    assert lines[1]["previous_hash"] == lines[0]["hash"]
    rows = list(csv.DictReader(io.StringIO("".join(export_csv(ledger)))))
    assert [row["new_value"] for row in rows] == ["1.0", "2.0", ""]
    assert rows[2]["reason"].startswith("'=cmd")


def test_the_history_is_read_page_by_page_the_last_first(ledger: Engine, toy_store: Store) -> None:
    for number in range(5):
        publish_table(ledger, toy_store, {UNITS[0]: float(number)})
    first = history(ledger, limit=2)
    assert [revision.number for revision in first.items] == [5, 4]
    assert (first.total, first.next_offset) == (5, 2)
    assert history(ledger, limit=2, offset=4).next_offset is None
    with ledger.connect() as connection:
        assert len(connection.execute(select(tables.revisions.c.hash).distinct()).all()) == 5
