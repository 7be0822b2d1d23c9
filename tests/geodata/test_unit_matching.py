"""Which unit a row of a table is about: vintages, the ladder of spellings, and what is only asked.

The units are those of the dataset that comes with the package.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pytest

from geodata.model import Unit
from geodata.record_codec import from_row, to_row
from geodata.table_import.match_records import UnitMatch, UnitMatching
from geodata.table_import.report_records import Answers
from geodata.table_import.units import (
    UnitAlias,
    UnitIndex,
    answer_key,
    match_units,
    row_answer_key,
)
from tests.table_layouts import table_layout
from tests.unit_index import TIMELINE, shipped_index

FIRST, SECOND, TODAY = TIMELINE
TAM_DUONG = "Huyện Tam Đường"


@pytest.fixture(scope="module")
def index() -> UnitIndex:
    return shipped_index()


def communes(index: UnitIndex, day: dt.date) -> list[Unit]:
    return [u for u in index.units if u.level == "commune" and u.valid_on(day)]


def names(
    index: UnitIndex,
    written: Sequence[str],
    parents: Sequence[str] = (),
    answers: Answers | None = None,
    **options,
) -> UnitMatching:
    layout = table_layout(["name", "value"], [(name, 1) for name in written], parents)
    return match_units(layout, index, answers or Answers(), **options)


def today(index: UnitIndex, *written: str, parents: Sequence[str] = ()) -> list[UnitMatch]:
    return list(names(index, written, parents, Answers(vintage=TODAY)).rows)


@pytest.mark.parametrize(("day", "count"), [(FIRST, 108), (SECOND, 106), (TODAY, 38)])
def test_all_communes_of_each_day_find_themselves_and_their_day(index, day, count) -> None:
    units = communes(index, day)
    matching = names(index, [unit.full_name.vi for unit in units])
    assert len(units) == count
    assert (matching.level, matching.vintage, matching.chosen_by) == ("commune", day, "evidence")
    assert [row.unit_id for row in matching.rows] == [unit.unit_id for unit in units]
    assert {row.state for row in matching.rows} == {"matched"}
    assert matching.absent == ()
    assert (matching.vintages[0].named, matching.vintages[0].units) == (count, count)


def test_the_evidence_counts_the_rows_that_only_one_day_explains(index) -> None:
    matching = names(index, [unit.full_name.vi for unit in communes(index, TODAY)])
    told = {each.date: (each.explained, each.only_here) for each in matching.vintages}
    assert told == {TODAY: (38, 4), SECOND: (34, 0), FIRST: (34, 0)}


def test_names_without_kind_are_of_the_day_whose_list_they_fill(index) -> None:
    matching = names(index, [unit.name.vi for unit in communes(index, TODAY)])
    assert {each.explained for each in matching.vintages} == {38}
    assert matching.vintage == TODAY
    assert {row.state for row in matching.rows} == {"matched"}


def test_a_few_names_of_several_days_leave_the_day_open(index) -> None:
    matching = names(index, ["Bản Bo", "Khun Há", "Bình Lư"])
    assert matching.vintage is None
    assert {row.state for row in matching.rows} == {"asked"}
    bo = matching.rows[0].candidates
    assert {each.unit_id for each in bo} == {"03424-20130101", "03424-20250701"}
    assert matching.absent == ()


def test_units_that_are_the_same_on_two_days_are_no_question(index) -> None:
    matching = names(index, ["Xã Thèn Sin", "Xã Sơn Bình", "Xã Nùng Nàng"])
    assert matching.vintage == SECOND
    assert matching.rows[0].unit_id == "03394-20130101"


def test_a_mixture_is_told_row_by_row_and_never_decided(index) -> None:
    written = ["Xã Sơn Bình", "Xã Bình Lư", "Xã Tân Uyên", "Xã Chăn Nưa"]
    matching = names(index, written)
    assert matching.vintage is None
    states = {row.written: (row.state, row.unit_id) for row in matching.rows}
    assert states["Xã Sơn Bình"] == ("matched", "03413-20130101")
    assert states["Xã Tân Uyên"] == ("matched", "03598-20250701")
    assert states["Xã Bình Lư"] == ("asked", "")


def test_one_row_of_another_day_in_a_full_list_is_proposed_with_what_became_of_it(index) -> None:
    listed = [u.full_name.vi for u in communes(index, TODAY) if u.name.vi != "Pa Ủ"]
    matching = names(index, [*listed, "Xã Sơn Bình"])
    assert matching.vintage == TODAY
    row = matching.rows[-1]
    assert row.state == "asked"
    assert [each.unit_id for each in row.candidates] == ["03413-20130101", "03390-20250701"]
    assert row.candidates[0].reason["vi"] == "Sơn Bình (cũ) → Bình Lư từ 01/7/2025"
    assert matching.absent == ("03442-20250701",)


def test_a_later_unit_is_proposed_for_an_old_list_with_what_it_was_formed_from(index) -> None:
    matching = names(index, ["Xã Tân Uyên"], answers=Answers(vintage=SECOND))
    path = matching.rows[0].candidates[-1].reason["vi"]
    assert path.startswith("Tân Uyên từ 01/7/2025 ← ")
    assert "(cũ)" in path


def test_an_answered_day_overrules_the_evidence(index) -> None:
    written = [unit.name.vi for unit in communes(index, TODAY)]
    matching = names(index, written, answers=Answers(vintage=SECOND), answered_by="recipe")
    assert (matching.vintage, matching.chosen_by) == (SECOND, "recipe")
    assert matching.vintages[0].date == SECOND
    lu = next(row for row in matching.rows if row.written == "Bình Lư")
    assert lu.unit_id == "03412-20130101"


@pytest.mark.parametrize(
    ("written", "unit_id", "method"),
    [
        ("Xã Bình Lư", "03390-20250701", "name"),
        ("BÌNH LƯ", "03390-20250701", "name"),
        (unicodedata.normalize("NFD", "xã bình lư"), "03390-20250701", "name"),
        ("X. Bình Lư", "03390-20250701", "short_form"),
        ("P.Đoàn Kết", "03388-20250701", "short_form"),
        ("P. Đòan Kết", "03388-20250701", "short_form"),
        ("Ðoàn Kết", "03388-20250701", "name"),
        ("Phường Đoàn-Kết", "03388-20250701", "tone_placement"),
        ("ĐoànKết", "03388-20250701", "tone_placement"),
        ("Pu Sam  Cáp*", "03532-20250701", "tone_placement"),
        ("1. Xã Bình Lư (*)", "03390-20250701", "tone_placement"),
        ("Xã Bình Lư (mới)", "03390-20250701", "tone_placement"),
        ("Bình Lư (xã)", "03390-20250701", "tone_placement"),
        ("Xã Bình Lư, tỉnh Lai Châu", "03390-20250701", "tone_placement"),
        ("Sin Súi Hồ", "03394-20250701", "alias"),
        ("Xã Sì Lờ Lầu", "03562-20250701", "alias"),
        ("Xã Nậm Xỏ", "", ""),
        ("Xã Nậm Sò", "", ""),
        ("Nam Sỏ", "", ""),
        ("Thị trấn Bình Lư", "", ""),
        ("Xã Bình Lư (trừ bản Thẳm)", "", ""),
        ("Bình Lư 2", "", ""),
    ],
)  # fmt: skip
def test_a_spelling_finds_its_unit_or_is_asked_about(index, written, unit_id, method) -> None:
    (row,) = today(index, written)
    assert (row.unit_id, row.method) == (unit_id, method)


@pytest.mark.parametrize(
    ("written", "district", "unit_id"),
    [
        ("Ma Ly Pho", "Phong Thổ", "03574-20130101"),
        ("Ma Li Pho", "Phong Thổ", "03574-20130101"),
        ("Can Hồ", "Mường Tè", "03469-20130101"),
        ("Pa Vệ Sử", "Mường Tè", "03448-20130101"),
        ("Tông Qua Lìn", "Phong Thổ", "03565-20130101"),
        ("Lả Nhì Thàng", "Phong Thổ", "03391-20130101"),
        ("Hua Bun", "Nậm Nhùn", "03460-20130101"),
        ("Tà Gia", "Than Uyên", "03640-20130101"),
        ("Xà Dề Phìn", "Sìn Hồ", "03514-20130101"),
        ("Sin Suôí Hồ", "Phong Thổ", "03592-20130101"),
        ("Pa Khoá", "Sìn Hồ", "03527-20130101"),
    ],
)  # fmt: skip
def test_known_variants_of_old_names_are_met(index, written, district, unit_id) -> None:
    parents = [f"Huyện {district}"]
    (row,) = names(index, [written], parents, Answers(vintage=SECOND)).rows
    assert row.unit_id == unit_id


def test_an_alias_is_said(index) -> None:
    (row,) = today(index, "Sin Súi Hồ")
    assert row.note["en"] == "Another spelling of Sin Suối Hồ in the list of units"


def test_a_near_spelling_is_proposed_and_never_taken(index) -> None:
    (row,) = today(index, "Xã Pu Sam Kháp")
    assert (row.state, row.unit_id) == ("unmatched", "")
    best = row.candidates[0]
    assert best.unit_id == "03532-20250701"
    assert 60 <= best.similarity < 100
    assert len(row.candidates) <= 5


def test_a_name_that_differs_by_its_tone_is_asked_about(index) -> None:
    (row,) = today(index, "Nậm Sò")
    assert row.state == "asked"
    assert row.candidates[0].unit_id == "03613-20250701"
    assert row.candidates[0].reason["en"] == "The name differs in its marks"


def test_a_table_without_any_marks_is_matched_and_said_to_be(index) -> None:
    units = communes(index, TODAY)
    matching = names(index, [unit.name.en for unit in units])
    assert [row.unit_id for row in matching.rows] == [unit.unit_id for unit in units]
    assert Counter(row.method for row in matching.rows)["without_marks"] > 30
    assert names(index, [u.full_name.en for u in units]).rows[0].unit_id == units[0].unit_id


def test_one_name_without_marks_is_no_table_without_marks(index) -> None:
    for written in (["Binh Lu"], ["Binh Lu", "Xã Bản Bo", "Xã Pa Ủ", "Xã Khun Há"]):
        row = today(index, *written)[0]
        assert (row.state, row.candidates[0].unit_id) == ("asked", "03390-20250701")


def test_homonyms_are_told_apart_by_kind_or_asked_about(index) -> None:
    group = ["Huyện Mường Tè"] * 2
    old = Answers(vintage=SECOND)
    told = names(index, ["Mường Tè (Thị trấn)", "Mường Tè (Xã)"], group, old).rows
    assert [row.unit_id for row in told] == ["03433-20130101", "03445-20130101"]
    asked = names(index, ["Mường Tè", "Mường Tè"], group, old).rows
    assert {row.state for row in asked} == {"asked"}
    assert {each.unit_id for each in asked[0].candidates} == {"03433-20130101", "03445-20130101"}


def test_the_group_row_tells_where_a_commune_lay_and_so_which_day_is_meant(index) -> None:
    units = communes(index, SECOND)
    groups = [index.units[index.kinship.position[unit.parent_id]].full_name.vi for unit in units]
    matching = names(index, [unit.full_name.vi for unit in units], groups)
    assert matching.vintage == SECOND
    assert matching.vintages[0].only_here == 1  # Sùng Phài lay in the city from 2020 on only
    assert {row.state for row in matching.rows} == {"matched"}


def test_todays_communes_may_be_grouped_by_the_districts_of_before(index) -> None:
    matching = names(
        index, ["Bình Lư", "Khun Há", "Phong Thổ"],
        [f"{TAM_DUONG} (cũ)", TAM_DUONG, "Huyện Phong Thổ"], Answers(vintage=TODAY),
    )  # fmt: skip
    assert {row.state for row in matching.rows} == {"matched"}
    (wrong,) = names(index, ["Bình Lư"], ["Huyện Phong Thổ"], Answers(vintage=TODAY)).rows
    assert wrong.state == "asked"


def test_codes_find_units_of_the_day_whose_name_agrees(index) -> None:
    rows = [(3390, "Bình Lư", 1), ("03408", "Tân Phong", 1), (3434.0, "Nậm Hàng", 1)]
    matching = match_units(table_layout(["code", "name", "value"], rows), index, Answers())
    assert matching.vintage == TODAY
    assert [row.unit_id for row in matching.rows] == [
        "03390-20250701", "03408-20250701", "03434-20250701",
    ]  # fmt: skip
    assert {row.method for row in matching.rows} == {"code"}


def test_a_code_whose_unit_has_another_name_is_asked_about(index) -> None:
    layout = table_layout(["code", "name", "value"], [("03390", "Bản Bo", 1)])
    (row,) = match_units(layout, index, Answers(vintage=TODAY)).rows
    assert row.state == "asked"
    assert [each.unit_id for each in row.candidates] == ["03390-20250701", "03424-20250701"]


def test_a_code_alone_does_not_tell_the_day(index) -> None:
    layout = table_layout(["code", "value"], [("03390", 1), ("03424", 1)])
    matching = match_units(layout, index, Answers())
    assert matching.vintage is None
    assert {row.state for row in matching.rows} == {"asked"}


def test_columns_are_found_by_what_stands_in_them(index) -> None:
    rows = [(n, u.full_name.vi, int(u.code), 7) for n, u in enumerate(communes(index, TODAY), 1)]
    layout = table_layout(["ordinal", "text", "value", "value"], rows)
    matching = match_units(layout, index, Answers())
    assert {row.method for row in matching.rows} == {"code"}
    assert matching.absent == ()


def test_districts_and_villages_are_levels_of_their_own(index) -> None:
    districts = [u for u in index.units if u.level == "district" and u.valid_on(SECOND)]
    matching = names(index, [unit.full_name.vi for unit in districts])
    assert (matching.level, matching.absent) == ("district", ())
    villages = [u for u in index.units if u.level == "village" and u.parent_id == "03390-20250701"]
    parents = ["Xã Bình Lư"] * len(villages)
    found = names(index, [u.full_name.vi for u in villages], parents)
    assert found.level == "village"
    assert {row.unit_id for row in found.rows} == {unit.unit_id for unit in villages}


def test_names_of_two_levels_with_nothing_to_tell_them_apart_are_asked_about(index) -> None:
    written = ["Sìn Hồ", "Phong Thổ", "Than Uyên"]
    assert {row.state for row in names(index, written).rows} == {"asked"}
    layout = table_layout(["name", "value"], [(n, 1) for n in written], headings=["Huyện", "Số hộ"])
    told = match_units(layout, index, Answers())
    assert told.level == "district"
    assert {row.state for row in told.rows} == {"matched"}


def test_two_rows_of_one_unit_are_both_doubled(index) -> None:
    rows = today(index, "Xã Bình Lư", "Bình Lư", "Bản Bo")
    assert [row.state for row in rows] == ["doubled", "doubled", "matched"]
    assert rows[0].unit_id == rows[1].unit_id == "03390-20250701"


def test_rows_of_a_long_table_are_doubled_within_one_series_only(index) -> None:
    rows = [("Bình Lư", 2024, 1), ("Bình Lư", 2025, 1), ("Bản Bo", 2024, 1), ("Bản Bo", 2024, 2)]
    layout = table_layout(["name", "period", "value"], rows)
    matching = match_units(layout, index, Answers(vintage=TODAY))
    assert [row.state for row in matching.rows] == ["matched", "matched", "doubled", "doubled"]


def test_answers_overrule_and_hold_for_the_same_name_under_the_same_parent_only(index) -> None:
    answers = Answers(
        vintage=TODAY,
        units={
            answer_key(TAM_DUONG, "Bình Lu"): "03390-20250701",
            answer_key("", "Cả xã"): "",
            row_answer_key(5): "03424-20250701",
        },
    )
    written = ["Bình Lu", "Bình Lu", "CẢ XÃ", "Bình Lu"]
    rows = names(index, written, [TAM_DUONG, "", "", ""], answers).rows
    assert [row.state for row in rows] == ["matched", "asked", "ignored", "matched"]
    assert [row.unit_id for row in rows] == ["03390-20250701", "", "", "03424-20250701"]
    assert rows[0].method == "answer"


def test_an_answer_that_names_no_unit_is_asked_again(index) -> None:
    answers = Answers(vintage=TODAY, units={answer_key("", "Bình Lu"): "99999-20250701"})
    (row,) = names(index, ["Bình Lu"], answers=answers).rows
    assert row.state == "asked"


def test_a_remembered_alias_matches_under_its_parent_and_says_who_confirmed_it() -> None:
    alias = UnitAlias(
        "Bình Lu", TAM_DUONG, "03390-20250701", TODAY, "bang.xlsx", "lan", "2026-11-29T03:15:00Z"
    )
    own = shipped_index(alias)
    rows = names(own, ["bình lu", "Bình Lu"], [TAM_DUONG, ""], Answers(vintage=TODAY)).rows
    assert [(row.state, row.method) for row in rows] == [("matched", "alias"), ("asked", "")]
    assert "lan" in rows[0].note["vi"]
    assert from_row(UnitAlias, to_row(alias)) == alias


def test_a_unit_outside_the_area_is_only_proposed(index) -> None:
    rows = names(
        index, ["Xã Bình Lư", "Xã Bản Bo"], (), Answers(vintage=TODAY), area=["03390-20250701"]
    )
    assert [row.state for row in rows.rows] == ["matched", "asked"]
    assert rows.absent == ()
    old = names(index, ["Xã Sơn Bình"], (), Answers(vintage=SECOND), area=["03390-20250701"])
    assert old.rows[0].state == "matched"
    assert set(old.absent) == {"03390-20130101", "03412-20130101"}


def test_the_index_knows_names_and_codes_for_finding_a_table(index) -> None:
    kinds = ("Bình Lư", "TT. Tam Đường", "Binh Lu", TAM_DUONG, "Sìn Hồ", "Tổng cộng", "12", "")
    assert [index.kind_of(text) for text in kinds] == [
        "unit", "unit", "unit", "upper_unit", "unit", "", "", "",
    ]  # fmt: skip
    assert [index.is_code(text) for text in ("03390", "3390", "12", "99999", "")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_table_of_no_known_unit_is_unmatched_row_by_row(index) -> None:
    matching = names(index, ["Xyzzy", "", "#$%", "1"])
    assert matching.vintage is None
    assert {row.state for row in matching.rows} == {"unmatched"}
    assert names(index, []).rows == ()


def test_near_spellings_below_the_stated_district_come_first(index) -> None:
    (row,) = names(index, ["Nậm Chàn"], ["Huyện Sìn Hồ"], Answers(vintage=SECOND)).rows
    ids = [each.unit_id for each in row.candidates]
    lying = [
        "108-20130101"
        in {index.units[u].unit_id for u in index.kinship.above(index.kinship.position[unit_id])}
        for unit_id in ids
    ]
    assert lying == sorted(lying, reverse=True)
    assert lying[0]
    assert not lying[-1]


def test_a_cell_as_long_as_a_page_is_no_name_and_takes_no_time(index) -> None:
    page = "Xã Bình Lư, " * 2000
    rows = today(index, page, page + "(", "Bản Bo", "Bình Lư")
    assert [(row.state, row.candidates) for row in rows[:2]] == [("unmatched", ())] * 2
    assert rows[2].state == rows[3].state == "matched"
    assert index.kind_of(page) == ""
