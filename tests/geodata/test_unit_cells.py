"""Cells that say more of a unit than its name: its code, or the unit above.

The units are those of the dataset that comes with the package.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from geodata.dataset import Dataset
from geodata.model import Unit
from geodata.table_import.columns.period_choice import first_day
from geodata.table_import.match_records import UnitMatching
from geodata.table_import.report_records import Answers
from geodata.table_import.units import UnitIndex, match_units
from tests.table_layouts import table_layout, value_table

SECOND, TODAY = dt.date(2020, 2, 1), dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def index(lai_chau_dataset: Dataset) -> UnitIndex:
    days = [step.date for step in lai_chau_dataset.info.timeline]
    return UnitIndex.of(lai_chau_dataset.units, lai_chau_dataset.successions, days)


def communes(index: UnitIndex, day: dt.date) -> list[Unit]:
    return [u for u in index.units if u.level == "commune" and u.valid_on(day)]


def names(
    index: UnitIndex,
    written: Sequence[str],
    answers: Answers | None = None,
    since: dt.date | None = None,
) -> UnitMatching:
    layout = table_layout(["name", "value"], [(name, 1) for name in written])
    return match_units(layout, index, answers or Answers(), since=since)


@pytest.mark.parametrize("form", ["{0} - {1}", "{0} {1}", "{1} ({0})", "{1} - {0}", "{1} (mã {0})"])
def test_a_code_in_the_cell_of_the_name_tells_the_unit(index, form) -> None:
    written = [form.format(unit.code, unit.full_name.vi) for unit in communes(index, TODAY)]
    matching = names(index, written)
    assert (matching.vintage, {row.state for row in matching.rows}) == (TODAY, {"matched"})
    assert {row.method for row in matching.rows} == {"code"}


@pytest.mark.parametrize("form", ["Trạm Y tế {}", "UBND {}", "3. Công an {}", "ĐẢNG ỦY {}"])
def test_an_office_is_of_the_unit_whose_name_follows(index, form) -> None:
    written = [form.format(unit.full_name.vi) for unit in communes(index, TODAY)]
    matching = names(index, written)
    assert (matching.vintage, {row.state for row in matching.rows}) == (TODAY, {"matched"})


def test_a_code_in_the_cell_tells_homonyms_apart_and_must_agree_with_the_name(index) -> None:
    homonyms = [u for u in communes(index, SECOND) if u.name.vi == "Mường Tè"]
    written = [f"{unit.code} - {unit.name.vi}" for unit in homonyms]
    found = names(index, [*written, "03424 - Bình Lư"], answers=Answers(vintage=SECOND)).rows
    assert [row.unit_id for row in found[:2]] == [unit.unit_id for unit in homonyms]
    assert found[2].state == "asked"


def test_every_commune_is_met_beside_its_district_also_one_whose_name_ends_as_a_word_does(
    index,
) -> None:
    above = {unit.unit_id: unit for unit in index.units}
    for form in ("{0}, {1}", "{0} ({1})", "{0} - {1}", "{0} thuộc {1}"):
        written = [
            form.format(unit.full_name.vi, above[unit.parent_id].full_name.vi)
            for unit in communes(index, SECOND)
        ]
        rows = names(index, written, answers=Answers(vintage=SECOND)).rows
        assert [row.written for row in rows if row.state != "matched"] == []


@pytest.mark.parametrize(
    ("since", "vintage"),
    [(dt.date(2026, 1, 1), TODAY), (TODAY, TODAY), (dt.date(2025, 1, 1), None), (None, None)],
)
def test_a_few_names_of_several_days_are_of_the_one_whose_list_still_held(
    index, since, vintage
) -> None:
    assert names(index, ["Bản Bo", "Bình Lư"], since=since).vintage == vintage


def test_a_list_that_has_ended_is_still_taken_where_only_it_explains_the_rows(index) -> None:
    old = [unit.full_name.vi for unit in communes(index, SECOND)]
    assert names(index, old, since=dt.date(2026, 1, 1)).vintage == SECOND


@pytest.mark.parametrize(
    ("title", "headers", "first"),
    [
        ("DÂN SỐ NĂM 2026", ["Tổng số"], dt.date(2026, 1, 1)),
        ("DÂN SỐ", ["TH 2024", "KH 2026"], dt.date(2024, 1, 1)),
        ("DÂN SỐ 6 THÁNG ĐẦU NĂM 2026", ["Dân số", "Cùng kỳ"], dt.date(2025, 1, 1)),
        ("DÂN SỐ", ["Tổng số"], None),
        ("DÂN SỐ", ["Cùng kỳ"], None),
    ],
)
def test_the_first_day_is_that_of_the_earliest_period_a_table_states(
    title: str, headers: list[str], first: dt.date | None
) -> None:
    assert first_day(value_table([(each,) for each in headers], title=(title,))) == first
