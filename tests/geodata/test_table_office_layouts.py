"""Tables are found in the layouts of offices' annexes, in every format, and only tables are."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_groups import LEVELS, SEVERAL, TURNED
from office_lists import HEADERS, HIDDEN, LONG_AND_WIDE, SIMPLE_LISTS, WRITTEN
from office_workbooks import COMMUNES, Drawing, KnownNames, Workbook, as_sheet, figures, summed

from geodata.dataset import Dataset
from geodata.readers.sheet import CellValue, cell_text
from geodata.readers.tables import read_sheets
from geodata.table_import.layout import find_tables, offered, taken
from geodata.table_import.layout.cell_values import read_cell
from geodata.table_import.units import UnitIndex

TABLES = Path(os.environ.get("PORTAL_SHARED", "missing")) / "tables"
ROLES = ("group", "total", "part", "numbering", "header", "other")
KINDS = (SIMPLE_LISTS, HEADERS, LEVELS, LONG_AND_WIDE, WRITTEN, HIDDEN, SEVERAL, TURNED)
WORKBOOKS: list[Workbook] = [book for kind in KINDS for book in kind]


@pytest.mark.parametrize("book", WORKBOOKS, ids=[book.name for book in WORKBOOKS])
def test_the_table_of_an_office_is_found_as_it_was_drawn(tmp_path: Path, book: Workbook) -> None:
    expected = book.expected
    layouts = find_tables(read_sheets(book.write(tmp_path)), "bieu", KnownNames())
    layout = taken(layouts)
    assert (layout is not None) == expected.taken, [each.score for each in layouts]
    assert len(offered(layouts)) == expected.tables
    layout = layout or offered(layouts)[0]
    name = layout.column("name") or layout.column("code")
    assert name is not None
    data = layout.data_rows()
    assert tuple(cell_text(row.value(name.number)) for row in data) == expected.units
    roles = Counter(row.role for row in layout.rows)
    roles.pop("data")
    assert {role: roles[role] for role in ROLES} == {
        **dict.fromkeys(ROLES, 0), **expected.roles,
    }  # fmt: skip
    assert (layout.turned, layout.sheets) == (expected.turned, expected.sheets)
    assert len(layout.joint_cells) == expected.joint
    kinds = Counter(column.role for column in layout.columns)
    if expected.values is not None:
        assert kinds["value"] == expected.values
    assert {role: kinds[role] for role in expected.columns} == expected.columns
    if expected.header is not None:
        assert layout.header_rows == expected.header
    if expected.paths is not None:
        assert {column.path for column in layout.columns} >= set(expected.paths)
    if expected.beside is not None:
        (parent,) = (column for column in layout.columns if column.role == "parent")
        assert tuple(row.value(parent.number) for row in data) == expected.beside
    if expected.parents is not None:
        assert tuple(row.parent for row in data) == expected.parents


SHARED = {
    "demo_commune_indicators.xlsx": (38, {"value": 7}, {"numbering": 1, "total": 1}),
    "census_2019_by_district.xlsx": (106, {"value": 3, "text": 1}, {"group": 8}),
    "poor_households_tcvn3.xls": (38, {"value": 4}, {}),
    "plan_and_actual_cross_table.xlsx": (38, {"value": 8, "empty": 1}, {}),
    "long_semicolon_codes_without_zero.csv": (76, {"value": 2, "period": 1, "code": 1}, {}),
    "mixed_vintages.xlsx": (58, {"value": 2, "parent": 1}, {}),
    "places_schools_health_tourism.xlsx": (79, {"x": 1, "y": 1, "text": 3}, {}),
    "water_and_power_nfd.ods": (38, {"value": 2}, {}),
}


@pytest.mark.skipif(not TABLES.is_dir(), reason="PORTAL_SHARED names no folder of tables")
@pytest.mark.parametrize("name", SHARED)
def test_tables_in_the_layouts_of_offices_give_what_their_list_says(
    name: str, lai_chau_dataset: Dataset
) -> None:
    days = [step.date for step in lai_chau_dataset.info.timeline]
    index = UnitIndex.of(lai_chau_dataset.units, lai_chau_dataset.successions, days)
    layout = taken(find_tables(read_sheets(TABLES / name), name, index))
    assert layout is not None
    rows, columns, others = SHARED[name]
    assert len(layout.data_rows()) == rows
    roles = Counter(row.role for row in layout.rows)
    assert {role: count for role, count in roles.items() if role != "data"} == others
    kinds = Counter(column.role for column in layout.columns)
    assert {role: kinds[role] for role in columns} == columns


def test_there_are_thirty_layouts_and_more() -> None:
    assert len({book.name for book in WORKBOOKS}) == len(WORKBOOKS) >= 30
    assert {book.suffix for book in WORKBOOKS} == {".xlsx", ".xls", ".ods", ".csv", ".tsv"}


@pytest.mark.slow
def test_a_cell_of_every_table_is_found_again_by_its_place(tmp_path: Path) -> None:
    for book in (*SEVERAL, *TURNED):
        sheets = {sheet.name: sheet for sheet in read_sheets(book.write(tmp_path))}
        for layout in find_tables([*sheets.values()], "bieu", KnownNames()):
            values = [column.number for column in layout.columns if column.role == "value"]
            for row, column in ((r.number, c) for r in layout.data_rows() for c in values):
                place = layout.place(row, column)
                (written,) = (r for r in sheets[place.sheet].rows if r.number == place.row)
                (read,) = (r for r in layout.rows if r.number == row)
                assert written.values[place.column - 1] == read.value(column)
                assert layout.row_and_column(place) == (row, column)


WAYS = {
    "typed": lambda value: value,
    "vietnamese": lambda value: f"{value:,}".translate(str.maketrans(",.", ".,")),
    "english": lambda value: f"{value:,}",
    "spaces": lambda value: f"{value:,}".replace(",", " ").replace(".", ","),
}


@dataclass(frozen=True)
class Layout:
    """Ways in which tables differ; ``way`` is how numbers are written."""

    way: str
    above: int
    rows: int
    total: str
    numbering: bool
    two_rows: bool
    gap: bool
    left: int
    mark: str

    def drawing(self) -> Drawing:
        names = COMMUNES[: self.rows]
        sums = [WAYS[self.way](value) for value in summed(names)]
        header: list[list[CellValue]] = [["STT", "Tên xã", "Dân số", "Số hộ", "Tỷ lệ (%)"]]
        if self.two_rows:
            header = [["STT", "Tên xã", "Dân số", "Hộ", None], [None, None, None, "Tổng", "Nghèo"]]
        body: list[list[CellValue]] = [["A", "B", 1, 2, 3]] if self.numbering else []
        body += [[None, "Toàn tỉnh", *sums]] if self.total == "first" else []
        for n, name in enumerate(names, 1):
            body += [[]] if self.gap and n == 3 else []
            people, *others = (WAYS[self.way](value) for value in shares(name))
            body.append(
                [n, name, f"{people}{self.mark}" if n == 2 and self.mark else people, *others]
            )
        body += [["Tổng cộng", None, *sums]] if self.total == "last" else []
        body += [[None, None, *sums]] if self.total == "unnamed" else []
        foot: list[list[CellValue]] = [
            [],
            [None, "Ghi chú: (*) ước tính"],
            ["Người lập", None, "Ký"],
        ]
        title = [["BIỂU SỐ LIỆU NĂM 2025"] for _ in range(self.above)]
        shifted = [[*[None] * self.left, *cells] for cells in (*header, *body, *foot)]
        return Drawing([*title, *([[]] if title else []), *shifted])


def shares(name: str) -> tuple[float, ...]:
    """Population, households and a share with a decimal, which tells how numbers are written."""
    people, households, poor = figures(name)
    return people, households, poor + 0.5


LAYOUTS = st.builds(
    Layout,
    way=st.sampled_from(sorted(WAYS)),
    above=st.integers(0, 4),
    rows=st.integers(3, len(COMMUNES)),
    total=st.sampled_from(["", "first", "last", "unnamed"]),
    numbering=st.booleans(),
    two_rows=st.booleans(),
    gap=st.booleans(),
    left=st.integers(0, 2),
    mark=st.sampled_from(["", "(*)", " (1)", "²"]),
)


@pytest.mark.slow
@settings(max_examples=60)
@given(LAYOUTS)
def test_figures_are_read_whatever_the_layout_and_the_way_of_writing_them(drawn: Layout) -> None:
    layout = taken(find_tables([as_sheet(drawn.drawing())], "b", KnownNames()))
    assert layout is not None
    values = [column for column in layout.columns if column.role == "value"]
    read = [
        tuple(read_cell(row.value(column.number), column)[0] for column in values)
        for row in layout.data_rows()
    ]
    assert read == [shares(name) for name in COMMUNES[: drawn.rows]]
    assert [row.role for row in layout.rows].count("total") == bool(drawn.total)
