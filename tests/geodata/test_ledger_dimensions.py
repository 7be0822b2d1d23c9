"""Figures of the parts of an indicator are published, corrected and taken back as others are."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_helpers import because, cell, may_all, report, request
from sqlalchemy import Engine

from geodata.dataset import Dataset
from geodata.errors import InvalidInput
from geodata.ledger.correcting import correct, held_now, undo
from geodata.ledger.history import trace
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_export import export_json_lines
from geodata.ledger.ledger_records import Cell, FigureCorrection, SeriesKey
from geodata.ledger.publishing import publish
from geodata.ledger.series_keys import series_key
from geodata.ledger.served_store import figures_not_shown, refresh_store
from geodata.store import Store, create_store, open_store
from geodata.table_import.report_records import ImportedValue

UNIT = "98001-20250701"
SINCE = dt.date(2025, 7, 1)
NATURAL = SeriesKey("forest_area", "origin:natural", "2026-H1", "actual", UNIT)
"""The dataset ships 1905.4 of it."""


def figure(value: float, indicator: str, dimensions: str = "", row: int = 1) -> ImportedValue:
    made = cell(UNIT, float(value), row, indicator=indicator, period="2026-H1")
    return replace(made, dimensions=dimensions)


def published(engine: Engine, store: Store, *values: ImportedValue):
    return publish(engine, store, report(values), request(), may_all)


def test_a_part_is_one_series_however_the_table_names_it(
    ledger: Engine, lam_khe_store: Store
) -> None:
    for number, value in enumerate(
        (
            figure(1900, "forest_area", "origin:natural"),
            figure(1901, "forest_area[origin:natural]"),
            figure(1902, "natural_forest_area"),
        ),
        start=1,
    ):
        receipt = published(ledger, lam_khe_store, value)
        assert receipt.revision.number == number
        assert receipt.revision.counts["changed"] == 1
    found = trace(ledger, NATURAL, lam_khe_store)
    assert found.cell == Cell(3, True, 1902)
    assert [entry.change.old.value for entry in found.history] == [1901, 1900, 1905.4]


def test_total_and_parts_are_published_beside_each_other(
    ledger: Engine, lam_khe_store: Store
) -> None:
    total = figure(2900, "forest_area", row=1)
    part = figure(1900, "forest_area", "origin:natural", row=2)
    receipt = published(ledger, lam_khe_store, total, part)
    assert receipt.revision.counts["changed"] == 2
    assert held_now(ledger, lam_khe_store, NATURAL).value == 1900
    assert held_now(ledger, lam_khe_store, NATURAL._replace(dimensions="")).value == 2900


def test_a_breakdown_that_the_catalogue_lacks_is_refused(
    ledger: Engine, lam_khe_store: Store
) -> None:
    with pytest.raises(InvalidInput, match="No such indicator"):
        published(ledger, lam_khe_store, figure(1, "forest_area", "origin:burnt"))
    with pytest.raises(InvalidInput, match="Not a value of a dimension"):
        published(ledger, lam_khe_store, figure(1, "forest_area", "natural"))


def test_a_shipped_part_is_corrected_and_the_correction_taken_back(
    ledger: Engine, lam_khe_store: Store
) -> None:
    correction = FigureCorrection(NATURAL, 1900.0, Cell(0, True, 1905.4))
    correct(ledger, lam_khe_store, correction, because("Đọc nhầm"), may_all)
    assert held_now(ledger, lam_khe_store, NATURAL) == Cell(1, True, 1900.0)
    undo(ledger, 1, because("Đúng rồi"), may_all)
    assert held_now(ledger, lam_khe_store, NATURAL) == Cell(0, True, 1905.4)


def test_the_export_names_indicator_and_dimensions(ledger: Engine, lam_khe_store: Store) -> None:
    published(ledger, lam_khe_store, figure(1900, "forest_area", "origin:natural"))
    text = "\n".join(map(str, export_json_lines(ledger)))
    assert "origin:natural" in text
    assert json.loads(text.splitlines()[0])


def test_a_former_id_is_that_of_the_part(lam_khe_store: Store) -> None:
    assert series_key(lam_khe_store, "natural_forest_area", "2026-H1", "actual", UNIT) == NATURAL


@pytest.mark.slow
@pytest.mark.parametrize("renewed", [False, True])
def test_readers_see_the_published_part(
    tmp_path: Path,
    ledger: Engine,
    lam_khe_folder: Path,
    lam_khe_dataset: Dataset,
    lam_khe_store: Store,
    *,
    renewed: bool,
) -> None:
    """In a store made anew, and in one that stood before and is brought up to the ledger."""
    path = tmp_path / "served.gpkg"
    if renewed:
        create_store(path, lam_khe_dataset).close()
    published(ledger, lam_khe_store, figure(1900, "forest_area", "origin:natural"))
    assert refresh_store(ledger, path, lam_khe_folder)
    with closing(open_store(path)) as store:
        figures = store.values("forest_area[origin:natural]", "2026-H1", "commune", SINCE)
        assert (figures[UNIT].value, figures[UNIT].source_id) == (1900, "publication-1")
        assert store.values("forest_area", "2026-H1", "commune", SINCE)[UNIT].value == 2905.4
        assert figures_not_shown(ledger, store) == ()


@pytest.mark.slow
def test_a_table_breaks_down_what_is_shipped_and_the_taking_back_ends_it(
    tmp_path: Path, ledger: Engine, lam_khe_folder: Path, lam_khe_store: Store
) -> None:
    path, part = tmp_path / "served.gpkg", "population[origin:natural]"
    published(ledger, lam_khe_store, figure(120, "population", "origin:natural"),
              figure(300, "population", row=2))  # fmt: skip
    for made in (True, False):
        refresh_store(ledger, path, lam_khe_folder)
        with closing(open_store(path)) as store:
            parts = {one.id for one in store.indicators(parts=True) if one.whole == "population"}
            assert parts == ({part, "population[origin:planted]"} if made else set())
            if made:
                assert store.indicator(part).name.vi.startswith("Dân số – ")
                assert store.values(part, "2026-H1", "commune", SINCE)[UNIT].value == 120
        if made:
            undo(ledger, 1, because("Nhầm"), may_all)
    assert verify(ledger) == ()


def test_a_ratio_is_not_broken_down_by_its_own_figures_alone(
    ledger: Engine, lam_khe_store: Store
) -> None:
    with pytest.raises(InvalidInput, match="No such indicator"):
        published(ledger, lam_khe_store, figure(1, "population_density", "origin:natural"))
