"""A cell is one cell, also after its indicator was given another id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_helpers import LAN, MINH, SHIPPED, UNITS, because, cell, key, may_all, report, request
from sqlalchemy import Engine

from geodata.broken_down import present_ids
from geodata.dataset import Dataset
from geodata.errors import Conflict, InvalidInput
from geodata.ledger.correcting import correct, held_now, undo, undo_plan
from geodata.ledger.database import reading, writing
from geodata.ledger.history import diff, trace
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_records import Cell, CellChange, FigureCorrection, SeriesKey
from geodata.ledger.published_state import read_published
from geodata.ledger.publishing import plan_publication, publish
from geodata.ledger.revision_writer import RevisionDraft, append_revision
from geodata.ledger.series_keys import present_ids_of
from geodata.ledger.served_store import figures_not_shown, refresh_store
from geodata.store import Store, create_store, open_store

NEW = "inhabitants"
LOWLAND, UPLAND = UNITS[0], UNITS[1]


def renamed(dataset: Dataset) -> Dataset:
    """A newer dataset, in which the population bears another id."""
    indicators = dict(dataset.catalogue.indicators)
    old = indicators.pop("population")
    indicators[NEW] = replace(old, id=NEW, former_ids=("population",))
    density = indicators["population_density"]
    indicators["population_density"] = replace(density, numerator=NEW)
    return replace(
        dataset,
        catalogue=replace(dataset.catalogue, indicators=indicators),
        observations=tuple(
            replace(one, indicator=NEW) if one.indicator == "population" else one
            for one in dataset.observations
        ),
    )


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory, toy_dataset: Dataset) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("renamed") / "newer.gpkg"
    with closing(create_store(path, renamed(toy_dataset))) as store:
        yield store


def now(unit: str) -> SeriesKey:
    """The cell of a unit under the present id."""
    return key(unit, NEW)


@pytest.fixture
def before(ledger: Engine, toy_store: Store) -> Engine:
    """A ledger with two figures published before the indicator was renamed."""
    values = [cell(LOWLAND, 4120.0, 1), cell(UPLAND, 385.0, 2)]
    publish(ledger, toy_store, report(values), request(), may_all)
    return ledger


def handed_in(engine: Engine, store: Store, *values: float, based_on: int | None = None):
    cells = [
        cell(unit, value, row, indicator=NEW)
        for row, (unit, value) in enumerate(zip(UNITS, values, strict=False), 1)
    ]
    return publish(engine, store, report(cells, "kỳ sau.ods"), request(MINH, based_on), may_all)


def test_the_same_figure_under_the_present_id_is_there_already(
    before: Engine, newer: Store
) -> None:
    with pytest.raises(InvalidInput, match="Nothing would change"):
        handed_in(before, newer, 4120.0, 385.0)


def test_another_figure_under_the_present_id_changes_the_one_there(
    before: Engine, newer: Store
) -> None:
    table = report([cell(LOWLAND, 4133.0, 1, indicator=NEW)], "kỳ sau.ods")
    planned = plan_publication(before, newer, table)
    assert planned.counts["changed"] == 1
    assert handed_in(before, newer, 4133.0, 385.0).revision.counts["changed"] == 1
    assert held_now(before, newer, now(LOWLAND)) == Cell(2, True, 4133.0)
    assert verify(before) == ()


def test_what_another_changed_since_the_preview_is_a_conflict_under_either_id(
    before: Engine, newer: Store
) -> None:
    handed_in(before, newer, 4133.0)
    with pytest.raises(Conflict, match="changed by somebody else"):
        handed_in(before, newer, 4150.0, based_on=1)


def test_a_figure_of_before_is_corrected_compared_and_traced_under_the_present_id(
    before: Engine, newer: Store
) -> None:
    seen = Cell(1, True, 385.0)
    correct(before, newer, FigureCorrection(now(UPLAND), 358.0, seen), because("Đảo số"), may_all)
    [found] = diff(before, 1, 2, newer)
    assert (found.key, found.before.value, found.after.value) == (now(UPLAND), 385.0, 358.0)
    traced = trace(before, now(UPLAND), newer)
    assert traced.cell == Cell(2, True, 358.0)
    assert [entry.change.new.value for entry in traced.history] == [358.0, 385.0]


def test_taking_back_restores_what_was_published_under_the_former_id(
    before: Engine, newer: Store
) -> None:
    handed_in(before, newer, 4133.0)
    assert [kept.cell.value for kept in undo_plan(before, 1).kept] == [4133.0]
    undo(before, 2, because("Nhầm tệp"), may_all)
    assert held_now(before, newer, now(LOWLAND)) == Cell(1, True, 4120.0)
    undo(before, 1, because("Nhầm kỳ"), may_all)
    assert not held_now(before, newer, now(LOWLAND)).present
    assert verify(before) == ()


@pytest.mark.parametrize("named", [SHIPPED, SeriesKey.of(NEW, *SHIPPED[2:])])
def test_a_shipped_figure_is_corrected_under_either_id(
    ledger: Engine, newer: Store, named: SeriesKey
) -> None:
    correct(ledger, newer, FigureCorrection(named, 1650.0), because("Sai"), may_all)
    assert held_now(ledger, newer, SeriesKey.of(NEW, *SHIPPED[2:])) == Cell(1, True, 1650.0)
    [entry] = trace(ledger, SeriesKey.of(NEW, *SHIPPED[2:]), newer).history
    assert entry.change.old == Cell(0, True, 1600.0)


def test_readers_see_each_figure_once_under_the_present_id(before: Engine, newer: Store) -> None:
    handed_in(before, newer, 4133.0)
    with reading(before) as connection:
        whole = read_published(connection, present_ids_of(newer))
        later = read_published(connection, present_ids_of(newer), since=1)
    for published in (whole, later):  # A layer is written whole, whatever changed in it.
        told = {one.unit_id: (one.indicator, one.value) for one in published.observations}
        assert told == {LOWLAND: (NEW, 4133.0), UPLAND: (NEW, 385.0)}
        assert len(published.observations) == 2
    assert later.layers == {(NEW, "2026")}


def test_a_ledger_that_holds_a_cell_under_both_ids_shows_the_later_figure(
    before: Engine, newer: Store
) -> None:
    """Versions before wrote the second figure beside the first."""
    with writing(before) as connection:
        change = CellChange(now(LOWLAND), Cell(0, False, None), Cell(2, True, 4199.0))
        append_revision(connection, RevisionDraft("import", LAN, {}), [change], ())
        published = read_published(connection, present_ids_of(newer))
    told = [one.value for one in published.observations if one.unit_id == LOWLAND]
    assert told == [4199.0]
    assert held_now(before, newer, now(LOWLAND)).value == 4199.0
    [found] = [each for each in diff(before, 0, 2, newer) if each.key == now(LOWLAND)]
    assert (found.before.present, found.after.value) == (False, 4199.0)


def test_the_parts_of_a_renamed_indicator_are_renamed_with_it(lam_khe_dataset: Dataset) -> None:
    indicators = dict(lam_khe_dataset.catalogue.indicators)
    indicators["forest_area"] = replace(indicators["forest_area"], former_ids=("woods",))
    found = present_ids(indicators)
    assert found["woods"] == "forest_area"
    assert found["woods[origin:natural]"] == "forest_area[origin:natural]"
    assert found["natural_forest_area"] == "forest_area[origin:natural]"


@pytest.mark.slow
def test_what_was_published_under_a_former_id_is_shown_as_the_part(
    tmp_path: Path, ledger: Engine, lam_khe_folder: Path, lam_khe_store: Store
) -> None:
    """In a store that stood before, and is brought up to the ledger."""
    unit, old = "98001-20250701", "natural_forest_area"
    path = tmp_path / "served.gpkg"
    written = SeriesKey(old, "", "2026-H1", "actual", unit)
    with writing(ledger) as connection:
        change = CellChange(written, Cell(0, False, None), Cell(1, True, 1899.0))
        append_revision(connection, RevisionDraft("import", LAN, {}), [change], ())
    assert refresh_store(ledger, path, lam_khe_folder)
    part = "forest_area[origin:natural]"
    table = report([cell(unit, 1877.0, indicator=part, period="2026-H1")])
    publish(ledger, lam_khe_store, table, request(), may_all)
    assert refresh_store(ledger, path, lam_khe_folder)
    with closing(open_store(path)) as store:
        figures = store.observations(indicator=part, period="2026-H1").items
        told = [one.value for one in figures if one.source_id.startswith("publication")]
        assert told == [1877.0]
        assert figures_not_shown(ledger, store) == ()
