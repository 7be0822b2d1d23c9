"""OpenDocument spreadsheets give the same sheets as workbooks, and unfold no further."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ods_files import number_cell, ods, row, table, text_cell

from geodata.errors import FileFault
from geodata.readers import ods_styles
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.sheet import CellRange, CellStyle, UnworkedFormula
from geodata.readers.tables import read_sheets, the_sheet

STYLES = (
    '<style:font-face style:name="F1" svg:font-family="\'.VnTime\'"/>'
    '<number:percentage-style style:name="N1"><number:number number:decimal-places="1"'
    ' number:min-integer-digits="1"/></number:percentage-style>'
    '<number:number-style style:name="N2"><number:number number:decimal-places="0"'
    ' number:min-integer-digits="5"/></number:number-style>'
    '<style:style style:name="base" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="old" style:family="table-cell" style:parent-style-name="base">'
    '<style:text-properties style:font-name="F1"/></style:style>'
    '<style:style style:name="share" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="code" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="gone" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ta" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def style(name: str) -> str:
    return f' table:style-name="{name}"'


def refusal(path: Path, **limits: int) -> FileFault:
    with pytest.raises(FileFault) as found:
        read_sheets(path, replace(DEFAULT_LIMITS, **limits))
    assert all(found.value.message(language) for language in ("vi", "en"))
    return found.value


def test_values_have_the_type_they_were_given(tmp_path) -> None:
    path = ods(tmp_path / "b.ods", table("A", row(
        text_cell("Nà<text:s text:c=\"2\"/>Cà<text:line-break/>x</text:p><text:p>y"),
        number_cell(210.125),
        '<table:table-cell office:value-type="percentage" office:value="0.195"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        '<table:table-cell office:value-type="date" office:date-value="2026-06-30"/>',
        '<table:table-cell office:value-type="time" office:time-value="PT30H00M00S"/>',
        '<table:table-cell/>',
        number_cell(3),
    )))  # fmt: skip
    assert the_sheet(path).rows[0].values == (
        "Nà  Cà\nx\ny", 210.125, 0.195, True, dt.datetime.fromisoformat("2026-06-30"),
        dt.timedelta(hours=30), None, 3,
    )  # fmt: skip


def test_looks_are_kept_with_what_styles_have_from_their_parents(tmp_path) -> None:
    cells = row(
        text_cell("B×nh L\u00ad", style("old")),
        number_cell(0.195, style("share")),
        number_cell(3390, style("code")),
        text_cell("x", style("gone")),
    )
    sheet = the_sheet(ods(tmp_path / "b.ods", table("A", cells), styles=STYLES))
    (found,) = sheet.rows
    assert found.values == ("Bình Lư", 0.195, "03390", "x")
    assert (sheet.encoding, sheet.converted_cells) == ("TCVN3", 1)
    assert sheet.style(found, 1) == CellStyle("General", ".VnTime", bold=True)
    assert (sheet.style(found, 2).number_format, sheet.style(found, 2).percent) == ("0.0%", True)
    assert sheet.style(found, 4).struck


def test_repeated_rows_and_cells_stand_where_they_are_shown(tmp_path) -> None:
    path = ods(tmp_path / "b.ods", table(
        "A",
        row('<table:table-cell table:number-columns-repeated="1024"/>',
            more=' table:number-rows-repeated="2"'),
        row('<table:table-cell table:number-columns-repeated="2"/>',
            number_cell(7, ' table:number-columns-repeated="3"'),
            more=' table:number-rows-repeated="2"'),
        row(more=' table:number-rows-repeated="1048000"'),
    ))  # fmt: skip
    assert [(r.number, r.values) for r in the_sheet(path).rows] == [
        (3, (None, None, 7, 7, 7)),
        (4, (None, None, 7, 7, 7)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        row(number_cell(1), more=' table:number-rows-repeated="1048576"'),
        row(number_cell(1, ' table:number-columns-repeated="16384"')),
        row(number_cell(1, ' table:number-columns-repeated="400"'),
            more=' table:number-rows-repeated="19000"'),
        row(more=' table:number-rows-repeated="-1"'),
        row(more=' table:number-rows-repeated="99999999999999999999"'),
        row('<table:table-cell office:value-type="float" office:value="x"/>'),
        row('<table:table-cell office:value-type="time" office:time-value="P1Y"/>'),
        row(text_cell('<text:s text:c="99999999"/>x')),
    ],
)  # fmt: skip
def test_what_would_unfold_without_end_is_refused(tmp_path, rows: str) -> None:
    assert refusal(ods(tmp_path / "b.ods", table("A", rows))).where


@pytest.mark.parametrize(
    ("rows", "limit", "most"),
    [
        (row(text_cell("abcd")), "cell_characters", 3),
        (row(text_cell("a")) * 3, "elements", 13),
        (row(number_cell(1)) * 3, "rows", 2),
        (row(number_cell(1), number_cell(2)), "columns", 1),
        (row(number_cell(1), number_cell(2)) * 2, "cells", 3),
    ],
)
def test_more_than_allowed_is_refused_and_what_is_at_the_limit_read(
    tmp_path, rows: str, limit: str, most: int
) -> None:
    path = ods(tmp_path / "b.ods", table("A", rows))
    assert refusal(path, **{limit: most}).where
    assert read_sheets(path, replace(DEFAULT_LIMITS, **{limit: most + 1}))


def test_as_many_styles_as_allowed_are_read_and_one_more_is_not(tmp_path, monkeypatch) -> None:
    count = 8  # A font, two number formats and five looks of cells.
    path = ods(tmp_path / "b.ods", table("A", row(number_cell(1))), styles=STYLES)
    monkeypatch.setattr(ods_styles, "_MOST_STYLES", count)
    assert read_sheets(path)
    monkeypatch.setattr(ods_styles, "_MOST_STYLES", count - 1)
    assert refusal(path).allowed_text("en") == f"≤ {count - 1}"


def test_what_is_hidden_folded_or_filtered_is_said(tmp_path) -> None:
    rows = [
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column-group table:display="false"><table:table-column/>'
        "</table:table-column-group>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16000"/>',
        row(number_cell(1)),
        row(number_cell(2), more=' table:visibility="collapse"'),
        f'<table:table-row-group table:display="false">{row(number_cell(3))}'
        "</table:table-row-group>",
        row(number_cell(4), more=' table:visibility="filter"'),
    ]
    path = ods(tmp_path / "b.ods", table("A", *rows), table("Nháp", more=style("ta")),
               styles=STYLES)  # fmt: skip
    first, second = read_sheets(path)
    assert first.hidden_rows == {2, 3, 4}
    assert {1, 2}.isdisjoint(first.hidden_columns)
    assert {3, 4, 5, 500} <= first.hidden_columns
    assert max(first.hidden_columns) == DEFAULT_LIMITS.columns
    assert (first.hidden, second.hidden, second.name) == (False, True, "Nháp")


def test_merged_cells_notes_and_pictures_are_told_from_text(tmp_path) -> None:
    merged = ' table:number-columns-spanned="2" table:number-rows-spanned="3"'
    inner = (
        "<office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>Hộ</text:p>"
        "<draw:frame><table:table><table:table-row><table:table-cell><text:p>khác</text:p>"
        "</table:table-cell></table:table-row></table:table></draw:frame>"
    )
    cell = f'<table:table-cell office:value-type="string"{merged}>{inner}</table:table-cell>'
    rows = row(number_cell(1), cell, "<table:covered-table-cell/>", number_cell(2))
    sheet = the_sheet(ods(tmp_path / "b.ods", table("A", rows)))
    assert sheet.rows[0].values == (1, "Hộ", None, 2)
    assert sheet.merged == (CellRange(1, 2, 3, 3),)


def test_a_formula_without_a_result_is_listed_and_one_with_counts_by_it(tmp_path) -> None:
    rows = row(
        number_cell(2, ' table:formula="of:=1+1"'),
        '<table:table-cell table:formula="of:=[.A1]+1"/>',
        '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"/>',
    )
    path = ods(tmp_path / "b.ods", table("A", rows))
    (sheet,) = read_sheets(path)
    assert sheet.rows[0].values == (2,)
    assert sheet.unworked == (UnworkedFormula(1, 2, "=[.A1]+1"),)
    with pytest.raises(FileFault):
        the_sheet(path)


def test_a_file_with_a_password_and_one_without_sheets_are_refused(tmp_path) -> None:
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = ods(tmp_path / "b.ods", table("A"), manifest=locked)
    assert refusal(path).what["en"] == "The file has a password"
    assert refusal(ods(tmp_path / "c.ods")).allowed == ("OpenDocument",)


def test_a_sheet_is_chosen_by_name_whatever_others_hold(tmp_path) -> None:
    too_far = row(number_cell(1), more=' table:number-rows-repeated="1048576"')
    path = ods(tmp_path / "b.ods", table("Một", too_far), table("Hai", row(number_cell(2))))
    assert the_sheet(path, "Hai").rows[0].values == (2,)
    assert refusal(path).where.startswith("b.ods [Một]")


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-999, 999), st.text("aạđ ", min_size=1)),
                 max_size=4),
        max_size=5,
    )
)  # fmt: skip
def test_every_cell_keeps_its_address(tmp_path_factory, cells) -> None:
    made = [
        row(*("<table:table-cell/>" if c is None else number_cell(c) if isinstance(c, int)
              else text_cell(c) for c in line))
        for line in cells
    ]  # fmt: skip
    (sheet,) = read_sheets(ods(tmp_path_factory.mktemp("o") / "b.ods", table("A", *made)))
    found = {
        (r.number, n): value for r in sheet.rows for n, value in enumerate(r.values, 1)
        if value is not None
    }  # fmt: skip
    expected = {
        (y, x): value for y, line in enumerate(cells, 1) for x, value in enumerate(line, 1)
        if value is not None
    }  # fmt: skip
    assert found == expected
