"""Classes are published, corrected, taken back, compared, traced and exported as numbers are."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_helpers import SOURCE, because, cell, may_all, report, request
from sqlalchemy import Engine

from geodata.dataset import Dataset
from geodata.errors import Conflict, InvalidInput
from geodata.i18n import Text
from geodata.ledger.correcting import correct, held_now, undo, undo_plan
from geodata.ledger.history import diff, trace
from geodata.ledger.ledger_export import export_csv, export_json_lines
from geodata.ledger.ledger_records import Cell, FigureCorrection, SeriesKey
from geodata.ledger.publishing import publish
from geodata.ledger.revision_rows import cell_value, read_cell
from geodata.ledger.served_store import figures_not_shown, refresh_store
from geodata.ledger.value_bounds import verify_class, verify_value
from geodata.model import Category, Indicator, Observation
from geodata.store import Store, create_store, open_store
from geodata.store.published import Published, with_published
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.columns import new_indicator
from geodata.table_import.columns.indicator_search import IndicatorSearch
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.report_records import ImportedValue

UNIT = "98001-20250701"
SINCE = dt.date(2025, 7, 1)
AREA = SeriesKey("difficulty_area", "", "2027", "actual", UNIT)
GRADE = {
    "name_vi": "Xếp loại xã", "name_en": "Grade of the commune", "definition_vi": "Do huyện xếp.",
    "definition_en": "As graded by the district.", "theme": "services", "kind": "category",
    "direction": "up", "ordered": "1", "class_1_vi": "Yếu", "class_1_en": "Weak",
    "class_2_vi": "Khá", "class_2_en": "Fair",
}  # fmt: skip


def classed(category: str, row: int = 1, indicator: str = "difficulty_area") -> ImportedValue:
    made = cell(UNIT, None, row, indicator=indicator, period="2027")
    return replace(made, marker="", category=category, raw=f"lớp {category}")


def published(
    engine: Engine, store: Store, *values: ImportedValue, new: tuple[NewIndicator, ...] = ()
):
    return publish(engine, store, report(values, new=new), request(), may_all)


def grade(store: Store) -> NewIndicator:
    return new_indicator(GRADE, StoreFacts(store).catalogue, "commune")


def test_a_number_is_never_corrected_or_published_into_a_category(
    ledger: Engine, lam_khe_store: Store
) -> None:
    indicator = lam_khe_store.indicator("difficulty_area")
    with pytest.raises(InvalidInput) as refused:
        verify_value(indicator, 2.0)
    assert refused.value.allowed == ("area_1", "area_2", "area_3")
    number = cell(UNIT, 2.0, indicator="difficulty_area", period="2027")
    with pytest.raises(InvalidInput, match="no numbers"):
        published(ledger, lam_khe_store, number)
    with pytest.raises(InvalidInput, match="no numbers"):
        correct(ledger, lam_khe_store, FigureCorrection(AREA, 2.0), because("x"), may_all)


def test_a_class_that_the_list_lacks_is_never_published_or_corrected(
    ledger: Engine, lam_khe_store: Store
) -> None:
    with pytest.raises(InvalidInput, match="no such class") as refused:
        published(ledger, lam_khe_store, classed("area_4"))
    assert refused.value.where == "bao_cao.xlsx BC D1"
    wrong = FigureCorrection(AREA, None, category="area_4")
    with pytest.raises(InvalidInput, match="no such class"):
        correct(ledger, lam_khe_store, wrong, because("x"), may_all)
    with pytest.raises(InvalidInput, match="no such class"):
        verify_class(lam_khe_store.indicator("population"), "area_1")


def test_a_column_of_numbers_is_never_proposed_as_a_category(lam_khe_store: Store) -> None:
    search = IndicatorSearch(lam_khe_store.indicators(), "commune")
    assert "difficulty_area" not in {each.id for each in search.indicators}
    assert "population" in {each.id for each in search.indicators}
    of_classes = IndicatorSearch(lam_khe_store.indicators(), "commune", categories=True)
    assert {each.kind for each in of_classes.indicators} == {"category"}


def test_a_class_is_published_corrected_and_taken_back(
    ledger: Engine, lam_khe_store: Store
) -> None:
    receipt = published(ledger, lam_khe_store, classed("area_3"))
    assert receipt.revision.counts["added"] == 1
    held = Cell(1, True, None, category="area_3")
    assert held_now(ledger, lam_khe_store, AREA) == held
    with pytest.raises(InvalidInput, match="Nothing would change"):
        published(ledger, lam_khe_store, classed("area_3"))
    correction = FigureCorrection(AREA, None, held, category="area_2")
    correct(ledger, lam_khe_store, correction, because("Xếp lại"), may_all)
    with pytest.raises(Conflict, match="meanwhile"):
        correct(ledger, lam_khe_store, correction, because("Xếp lại"), may_all)
    found = trace(ledger, AREA, lam_khe_store)
    told = [(e.change.old.category, e.change.new.category) for e in found.history]
    assert told == [("area_3", "area_2"), ("", "area_3")]
    assert found.history[0].revision.reason == "Xếp lại"
    assert found.history[-1].change.raw == "lớp area_3"
    (difference,) = diff(ledger, 1, 2, lam_khe_store)
    assert (difference.before.category, difference.after.category) == ("area_3", "area_2")
    kept = undo_plan(ledger, 1).kept
    assert [one.cell.category for one in kept] == ["area_2"]
    undo(ledger, 2, because("Đúng rồi"), may_all)
    assert held_now(ledger, lam_khe_store, AREA) == held
    withdrawn = FigureCorrection(AREA, None, held)
    correct(ledger, lam_khe_store, withdrawn, because("Rút"), may_all)
    assert not held_now(ledger, lam_khe_store, AREA).present


def test_a_shipped_class_is_known_by_its_code(ledger: Engine, lam_khe_store: Store) -> None:
    shipped = next(
        each
        for each in lam_khe_store.observations(indicator="difficulty_area").items
        if each.unit_id.endswith("20250701")
    )
    key = SeriesKey.of("difficulty_area", shipped.period, shipped.status, shipped.unit_id)
    assert held_now(ledger, lam_khe_store, key) == Cell(0, True, None, category=shipped.category)
    other = next(code for code in ("area_1", "area_2") if code != shipped.category)
    held = held_now(ledger, lam_khe_store, key)
    correct(ledger, lam_khe_store, FigureCorrection(key, None, held, category=other),
            because("Đọc nhầm"), may_all)  # fmt: skip
    undo(ledger, 1, because("Đúng rồi"), may_all)
    assert held_now(ledger, lam_khe_store, key) == held


def test_the_exports_name_the_class_by_its_code(ledger: Engine, lam_khe_store: Store) -> None:
    published(ledger, lam_khe_store, classed("area_3"))
    (line,) = export_json_lines(ledger)
    (change,) = json.loads(line)["changes"]
    assert change["new"]["category"] == "area_3"
    assert change["new"]["value"] is None
    header, row = [each.split(",") for each in export_csv(ledger)]
    assert row[header.index("new_value")] == "area_3"


@pytest.mark.slow
@pytest.mark.parametrize("renewed", [False, True])
def test_readers_see_the_published_class(
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
    made = grade(lam_khe_store)
    own = classed("fair", 2, made.indicator.id)
    published(ledger, lam_khe_store, classed("area_2"), own, new=(made,))
    assert refresh_store(ledger, path, lam_khe_folder)
    with closing(open_store(path)) as store:
        figure = store.values("difficulty_area", "2027", "commune", SINCE)[UNIT]
        assert (figure.category, figure.value, figure.source_id) == ("area_2", 2.0, "publication-1")
        assert store.indicator(made.indicator.id) == made.indicator
        new = store.values(made.indicator.id, "2027", "commune", SINCE)[UNIT]
        assert (new.category, new.value) == ("fair", 2.0)
        assert figures_not_shown(ledger, store) == ()
        assert store.source("publication-1").title.vi == SOURCE.title


def test_a_class_keeps_its_code_when_the_list_changes(lam_khe_dataset: Dataset) -> None:
    """A class that moved has its new place, one that is gone is left out, and so is a number."""
    old = lam_khe_dataset.catalogue.indicators["difficulty_area"]
    listed = (Category("area_0", Text("Không xếp", "None")), *reversed(old.categories[:2]))
    catalogue = replace(
        lam_khe_dataset.catalogue,
        indicators={
            **lam_khe_dataset.catalogue.indicators,
            old.id: replace(old, categories=listed),
        },
    )
    figures = tuple(
        Observation(UNIT, old.id, period, "actual", 0.0, "publication-1", category=category)
        for period, category in (("2027", "area_1"), ("2028", "area_3"), ("2029", ""))
    )
    _, taken = with_published(
        replace(lam_khe_dataset, catalogue=catalogue), Published(observations=figures)
    )
    assert [(one.category, one.value) for one in taken.observations] == [("area_1", 3.0)]


@given(st.from_regex(r"[a-z0-9][a-z0-9_]{0,20}", fullmatch=True))
def test_no_code_of_a_class_is_read_as_a_number_or_an_absence(code: str) -> None:
    for one in ("not_applicable", "1", code):
        held = Cell(3, True, None, category=one)
        assert read_cell(3, 1, cell_value(held)) == held


def test_a_new_category_is_made_by_the_rules_of_the_catalogue(lam_khe_store: Store) -> None:
    made: Indicator = grade(lam_khe_store).indicator
    assert made.category_ids == ("weak", "fair")
    assert (made.kind, made.ordered, made.measure_unit.symbol) == ("category", True, Text(""))
