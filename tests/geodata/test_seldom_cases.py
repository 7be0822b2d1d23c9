"""What seldom happens with lists, shares and questions is dealt with as promised."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely
from build_helpers import figure, indicator, unit

from geodata.build.territory import _with_shares
from geodata.errors import FileFault
from geodata.i18n import Text
from geodata.model import Succession
from geodata.rasters import zonal
from geodata.rasters.grid import Window
from geodata.readers import geojson, xls_sheet
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.sheet import CellRange
from geodata.readers.xls_records import version
from geodata.rounding import mixed_sum_tolerance
from geodata.store.published import Published
from geodata.store.village_imports import _lock_fault
from geodata.succession.lineage import LineageStep, jointly_known_steps
from geodata.table_import.answers_json import VERSION
from geodata.table_import.checks.stated_shares import _Stated, _wrong
from geodata.table_import.layout import sheet_tables
from geodata.table_import.layout.found_table import FoundTable
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.prepare import _unworked
from geodata.table_import.questions_json import read_filled_questions
from geodata.table_import.report_records import Answers
from geodata.vectors import border_cuts
from geodata.vectors.line_segments import line_segments
from geodata.vectors.method import _within
from geodata.villages.earlier_list import with_earlier
from geodata.villages.import_record import ImportedVillage

DAY = dt.date(2025, 7, 1)
NEW = unit("04000-20250701")


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([{}], [(103.5, 20.0), (103.6, 12.0)]),
        ([{"lon": 103.9, "lat": 22.0}], [(103.9, 20.0)]),
        ([{"wkt": "POLYGON EMPTY"}], [(None, 20.0)]),
        ([{"population": 25.0}], [(103.5, 25.0), (103.6, 12.0)]),
        ([{"households": 9.0}], [(103.5, None), (103.6, 12.0)]),
    ],
)
def test_a_list_takes_away_nothing_of_an_earlier_one_that_it_does_not_speak_of(rows, kept) -> None:
    before = Some(
        rows=(
            ImportedVillage("a:2", "ban", "Nà Đon", 103.5, 22.1, population=20.0),
            ImportedVillage("a:3", "ban", "Hoa Lư", 103.6, 22.2, population=12.0),
        )
    )
    given = [ImportedVillage("b:2", "ban", "Nà Đon", **row) for row in rows]
    assert [(row.lon, row.population) for row in with_earlier(given, before)] == kept
    assert with_earlier(given, None) == tuple(given)


def step(name: str, **of_new: float) -> LineageStep:
    old = unit(f"{name}-20130101")
    return LineageStep(old, NEW, DAY, Text(""), "register", not of_new, {}, of_new, Text(""))


@pytest.mark.parametrize(
    ("parts", "joint"),
    [
        ([step("1", area=0.25), step("2"), step("3")], (["2", "3"], {"area": 0.75})),
        ([step("1", area=0.25), step("2")], None),
        ([step("1"), step("2")], None),
        ([step("1", area=0.25, population=0.5), step("2"), step("3")],
         (["2", "3"], {"area": 0.75, "population": 0.5})),
        ([step("1", area=0.25), step("2", population=0.5), step("3"), step("4")], None),
        ([step("1", area=0.25), step("2", area=0.25, population=0.5), step("3"), step("4")],
         None),
    ],
)  # fmt: skip
def test_what_known_parts_leave_of_a_unit_is_the_part_of_the_others_together(parts, joint) -> None:
    found = jointly_known_steps(parts)
    assert (found and ([old.code for old in found[0]], found[1])) == joint


@pytest.mark.parametrize(
    ("whole", "own", "share", "found"),
    [
        (False, ["a", "b"], None, 0.3333),
        (True, ["a", "b"], None, None),
        (False, ["a"], None, None),
        (False, ["a", "b"], 0.9, 0.9),
    ],
)
def test_a_unit_divided_along_communes_has_the_shares_of_their_areas(
    whole, own, share, found
) -> None:
    given = Succession("105", "106", DAY, Text(""), whole, share, None, None, "register")
    areas = {"a": 1.0, "b": 2.0, "105": 3.0}
    (complete,) = _with_shares([given], {"105": own, "106": ["a", "c"]}, areas)
    assert complete.share_area == found


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [
        ({"kind": "sheet", "answer": "Biểu 2"}, "sheet", "Biểu 2"),
        ({"kind": "vintage", "answer": "2025-06-30"}, "vintage", dt.date(2025, 6, 30)),
        ({"kind": "notation", "answer": "english"}, "notation", "english"),
        ({"kind": "hidden", "answer": "use"}, "hidden", "use"),
    ],
)
def test_an_answer_of_a_file_leaves_the_others_as_they_are(question, name, value) -> None:
    said = {"sheet": "Biểu 1", "vintage": "2025-07-01", "notation": "vietnamese",
            "hidden": "skip", "version": VERSION}  # fmt: skip
    before = read_filled_questions(json.dumps(said), "a.json")
    after = read_filled_questions(json.dumps(said | {"questions": [question]}), "a.json")
    assert getattr(after, name) == value
    for other in ("sheet", "vintage", "notation", "hidden"):
        if other != name:
            assert getattr(after, other) == getattr(before, other) != getattr(Answers(), other)


@pytest.mark.parametrize("answer", [5, ["x"], "no such way"])
def test_an_answer_that_is_none_is_refused_with_its_question(answer) -> None:
    said = {"version": VERSION, "questions": [{"kind": "notation", "answer": answer}]}
    with pytest.raises(FileFault) as refused:
        read_filled_questions(json.dumps(said), "a.json")
    assert "questions #1" in refused.value.message("en")


def stated(rows: list[tuple[float, float, float]]) -> list[_Stated]:
    return [_Stated((n, 3), *row) for n, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("use", "direction", "rows", "wrong"),
    [
        ("stated_share", "up", [(50, 50, 100), (80, 80, 100), (90, 45, 100)], [2]),
        ("stated_share", "up", [(0.5, 50, 100), (0.8, 80, 100), (0.9, 45, 100)], [2]),
        ("stated_share", "down", [(200, 50, 100), (125, 80, 100), (90, 45, 100)], [2]),
        ("stated_share", "up", [(200, 50, 100), (80, 80, 100), (45, 45, 100)], [0]),
        ("stated_share", "down", [(0, 0, 100), (200, 50, 100), (125, 80, 100)], []),
        ("stated_change", "up", [(10, 110, 100), (-20, 80, 100), (40, 105, 100)], [2]),
        ("stated_change", "up", [(110, 110, 100), (80, 80, 100), (40, 105, 100)], [2]),
        ("stated_change", "up", [(50, 550, 500), (-20, 480, 500), (40, 505, 500)], [2]),
        ("stated_share", "up", [(50, 550, 500), (-20, 480, 500), (40, 505, 500)], [0, 1, 2]),
    ],
)
def test_stated_shares_are_held_against_the_way_in_which_most_were_worked_out(
    use, direction, rows, wrong
) -> None:
    table = Some(indicators={"i": Some(direction=direction)})
    found = _wrong(table, Some(use=use), Some(indicator="i"), stated(rows))
    assert [each.cell[0] for each in found] == wrong


@pytest.mark.parametrize(
    ("formulas", "told"),
    [([(4, 2)], 1), ([(9, 2)], 0), ([(4, 9)], 0), ([(4, 2), (5, 2), (9, 9)], 2), ([], 0)],
)
def test_formulas_without_a_result_are_told_where_they_lie_in_the_table(formulas, told) -> None:
    layout = Some(
        rows=[Some(number=4), Some(number=5)], columns=[Some(number=2)], sheets=(), sheet="Biểu",
        row_and_column=lambda place: (place.row, place.column),
    )  # fmt: skip
    unworked = [Some(row=row, column=column, formula="=A1") for row, column in formulas]
    sheets = [Some(name="Biểu", unworked=unworked), Some(name="Khác", unworked=unworked)]
    found = _unworked(layout, sheets)
    assert sum(each.count for each in found) == told
    assert len(found) == bool(told)


@pytest.mark.parametrize(
    ("parts", "whole", "tolerance"),
    [
        ((915.0, 277.0), 1192.0, 0.5),
        ((915.0, 277.0), 1191.2, 1.05),
        ((915.5, 277.0), 1192.0, 1.05),
    ],
)
def test_whole_numbers_add_up_exactly_and_rounded_ones_as_their_digits_allow(
    parts, whole, tolerance
) -> None:
    assert mixed_sum_tolerance(parts, whole) == pytest.approx(tolerance, rel=0.1)


@pytest.mark.parametrize(
    ("metres", "words"),
    [(None, "that roads cover"), (0.0, "that roads cover"), (1500.0, "within 1.5 km of roads")],
)
def test_a_share_within_no_distance_is_what_is_covered(metres, words: str) -> None:
    said = _within(Some(distance_m=metres), Text("đường", "roads"))
    assert words in said["en"]


def test_a_store_that_another_command_writes_is_told_from_one_nobody_can_write() -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    beside = Path("instance") / "villages.lock"
    assert "Another command" in _lock_fault(busy, beside).message("en")
    for other in (sqlite3.OperationalError("disk I/O error"), OSError("no")):
        assert "cannot be written" in _lock_fault(other, beside).message("en")


@pytest.mark.parametrize(
    ("block", "columns", "rows"),
    [
        ((512, 512), 100_000, 1_500),
        ((512, 512), 3_000, 9_000),
        ((1, 100_000), 100_000, 300),
        ((256, 100_000), 90_000, 700),
        ((128, 128), 50, 100_000),
    ],
)
def test_a_raster_is_read_in_windows_of_bounded_size_cut_at_blocks(block, columns, rows) -> None:
    region = Window(100, 100 + rows, 700, 700 + columns)
    found = list(zonal._windows(region, block))
    cells = [(each.row1 - each.row0) * (each.col1 - each.col0) for each in found]
    assert sum(cells) == rows * columns
    assert max(cells) <= max(2 * zonal._CELLS_AT_ONCE, block[0] * block[1])
    assert len(found) <= 4 + 4 * rows * columns // zonal._CELLS_AT_ONCE
    assert {each.row0 % block[0] for each in found} <= {0, 100 % block[0]}
    assert {each.col0 % block[1] for each in found} <= {0, 700 % block[1]}


@pytest.mark.parametrize(
    ("record", "read"),
    [
        ((0x0809, 4, 0x0600), True),
        ((0x0809, 16, 0x0500), True),
        ((0x0809, 3, 0x0600), False),
        ((0x0809, 16, 0x0400), False),
        ((0x0009, 16, 0x0600), False),
    ],
)
def test_a_workbook_of_excel_5_to_2003_begins_with_its_version(record, read: bool) -> None:
    stream = struct.pack("<HHH", *record) + b"\0\0"
    if read:
        assert version(stream, 0, "a.xls") == record[2]
    for broken in (stream[:7], *([] if read else [stream])):
        with pytest.raises(FileFault, match="not read"):
            version(broken, 0, "a.xls")


@pytest.mark.parametrize(
    ("number", "read"),
    [(int(sys.float_info.max), True), (-int(sys.float_info.max), True),
     (int(sys.float_info.max) + 1, False), (10**400, False), (2**60, True)],
)  # fmt: skip
def test_a_number_of_a_feature_is_one_that_a_double_can_be(number: int, read: bool) -> None:
    if read:
        assert geojson._value(number, "a.geojson", DEFAULT_LIMITS) == number
        return
    with pytest.raises(FileFault, match="out of range"):
        geojson._value(number, "a.geojson", DEFAULT_LIMITS)


@pytest.mark.parametrize(("known", "more", "read"), [(1, 1, True), (1, 2, False), (0, 2, True)])
def test_an_old_workbook_may_have_as_many_merged_cells_as_the_limit(
    known, more, read: bool, monkeypatch
) -> None:
    monkeypatch.setattr(xls_sheet, "_MOST_MERGED", 2)
    reader = Some(merged=["A1:B1"] * known, _where="a.xls")
    content = struct.pack(f"<H{4 * more}H", more, *[0, 1, 2, 3] * more)
    if not read:
        with pytest.raises(FileFault, match="merged"):
            xls_sheet.XlsSheetReader._take_merged(reader, content)
        return
    xls_sheet.XlsSheetReader._take_merged(reader, content)
    assert len(reader.merged) == known + more
    assert reader.merged[-1] == CellRange(1, 3, 2, 4)


@pytest.mark.parametrize(
    ("units", "cells", "figures", "named", "role"),
    [
        ("code", ("03390", ""), True, "", "data"),
        ("code", ("03390", "1"), False, "", "other"),
        ("code", ("", "1"), True, "", "other"),
        ("name", ("Bình Lư", ""), False, "unit", "data"),
        ("name", ("Khu 1", ""), True, "", "data"),
        ("name", ("Khu 1", "1"), False, "", "data"),
        ("name", ("Khu 1", "a"), False, "", "other"),
        ("name", ("", "1"), True, "", "other"),
    ],
)
def test_a_row_is_data_with_a_name_and_figures_or_a_running_number(
    units, cells, figures, named, role
) -> None:
    own, number = cells
    grid = Some(
        own_texts=lambda _: [],
        kind=lambda *_: "",
        text=lambda _, column: own if column == 2 else number,
    )
    reader = Some(
        grid=grid, header=(), column=2, units=Some(role=units), has_figures=lambda _: figures,
        name=lambda _: (own, named), _first_text=lambda _: "", _is_group=lambda *_: False,
    )  # fmt: skip
    assert RowReader.role(reader, 7) == role


@dataclass(frozen=True)
class Texts:
    """What a table has beside its cells."""

    foot: tuple[str, ...] = ("own foot",)
    letterhead: tuple[str, ...] = ("own letterhead",)


@pytest.mark.parametrize(
    ("tops", "foot", "letterhead"),
    [
        ((1, 5, 5, 9), ("own foot",), ("own letterhead",)),
        ((1, 5, 3, 9), ("own foot",), ("own letterhead",)),
        ((1, 5, 6, 9), (), ()),
        ((1, 5, 8, 9), ("Ghi chú: ước tính",), ("Biểu 2",)),
    ],
)
def test_texts_between_tables_are_the_notes_of_the_upper_and_the_heading_of_the_lower(
    tops, foot, letterhead, monkeypatch
) -> None:
    words = {6: ["Ghi chú: ước tính"], 7: ["Biểu 2"]}
    texts = lambda grid, rows: tuple(text for row in rows for text in grid.own_texts(row))  # noqa: E731
    monkeypatch.setattr(sheet_tables, "texts_of", texts)
    grid = Some(own_texts=lambda row: words.get(row, []))
    top, end, lower_top, lower_end = tops
    found = [FoundTable(Texts(), lower_top, lower_end, ()), FoundTable(Texts(), top, end, ())]
    upper, lower = sheet_tables._with_own_texts(grid, found)
    assert (upper.top, lower.top) == (top, lower_top)
    assert (upper.layout.foot, lower.layout.letterhead) == (foot, letterhead)


@pytest.mark.parametrize(
    ("edge", "along"),
    [
        ((0.0, 1.0, 1.0, 0.0), [0.5]),
        ((0.2, 1.0, 1.6, 1.4), []),  # the line goes on towards it
        ((-0.4, 0.0, 0.3, -0.4), []),
        ((1.0, 1.0, 2.0, 1.0), [1.0]),
        ((0.0, 0.0, 0.0, -1.0), [0.0]),
        ((0.25, 0.25, 0.0, 1.0), [0.25]),
    ],
)
def test_a_line_meets_a_border_where_it_crosses_or_touches_it_and_nowhere_beyond(
    edge, along
) -> None:
    lines = line_segments(np.array([shapely.LineString([(0, 0), (1, 1)])], dtype=object))
    rows, found = border_cuts._meetings(lines, np.array([edge]))
    assert sorted({round(float(each), 9) for each in found}) == along
    assert set(rows.tolist()) <= {0}


def test_what_was_published_of_a_unit_or_an_indicator_that_nobody_knows_is_left_out() -> None:
    pairs = [("u", "own"), ("u", "shipped"), ("u", "gone"), ("gone", "own")]
    figures = tuple(figure(unit_id, name, 1.0) for unit_id, name in pairs)
    made = (indicator("own"), indicator("shipped"))
    published = Published(indicators=made, observations=figures, absent=figures)
    taken = published.on({"u"}, (), {"shipped"})
    assert taken.indicators == made[:1]
    assert taken.observations == taken.absent == figures[:2]
