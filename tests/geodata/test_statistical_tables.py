"""Registers and censuses joined to the units."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from build_helpers import AREA, POPULATION, catalogue, text, unit

from geodata.build.statistical_tables import read_statistical_tables
from geodata.dataset_files.table_recipes import read_table_recipes
from geodata.errors import FileFault
from geodata.faults import RAISE_FIRST

CATALOGUE = catalogue(POPULATION, AREA)
CATALOGUE = replace(
    CATALOGUE, sources={**CATALOGUE.sources, "census": CATALOGUE.sources["register"]}
)
BY_CODE = """
[[table]]
file = "register.csv"
source = "register"
level = "commune"
valid_on = "2025-07-01"
period = "2025-07-01"
code = "code"
[[table.column]]
name = "people"
indicator = "population"
[[table.column]]
name = "hectares"
indicator = "natural_area"
scale = 0.01
"""
BY_NAME = """
[[table]]
file = "census.csv"
source = "census"
level = "commune"
valid_on = "2019-04-01"
period = "2019-04-01"
numbers = "vietnamese"
name = "ward"
parent = "district"
kind = "rank"
kinds = { "Xã" = "commune", "ThịTrấn" = "township" }
[[table.column]]
name = "people"
indicator = "population"
"""
NEW = (unit("03390-20250701"), unit("00002-20250701"))
END = dt.date(2025, 7, 1)
TE = unit("107-20130101", "district", valid_to=END, name=text("Mường Tè"))
HO = unit("108-20130101", "district", valid_to=END, name=text("Sìn Hồ"))
OLD = (
    TE,
    HO,
    unit("03390-20130101", parent=TE.unit_id, valid_to=END, name=text("Mường Tè")),
    unit("00003-20130101", parent=TE.unit_id, valid_to=END, name=text("Mường Tè"), kind="township"),
    unit("00004-20130101", parent=HO.unit_id, valid_to=END, name=text("Hòa Bình")),
    unit(
        "00005-20130101",
        parent=HO.unit_id,
        valid_to=END,
        name=text("Ta Gia"),
        aliases=("Tà Gia",),
    ),
)
UNITS = (*NEW, *OLD)
REGISTER = "code,people,hectares\n03390,18606,17391\n00002,0,\n"
CENSUS = (
    "district,ward,rank,people\n"
    'MườngTè,MườngTè,Xã,"4.226"\n'
    'MườngTè,MườngTè,ThịTrấn,"5.850"\n'
    'SìnHồ,HoàBình,Xã,"2.000"\n'
    'SìnHồ,TàGia,Xã,"5.399"\n'
)


def read(tmp_path: Path, recipe: str, name: str, content: str):
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "tables.toml").write_text(recipe, encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    return read_statistical_tables(recipes(tmp_path), tmp_path, UNITS)


def recipes(folder: Path):
    return read_table_recipes(folder / "inputs" / "tables.toml", CATALOGUE, RAISE_FIRST)


def test_a_register_is_joined_by_code_and_day(tmp_path: Path) -> None:
    found = read(tmp_path, BY_CODE, "register.csv", REGISTER)
    values = {(o.unit_id, o.indicator): o.value for o in found}
    assert values == {
        ("03390-20250701", "population"): 18606,
        ("03390-20250701", "natural_area"): pytest.approx(173.91),
        ("00002-20250701", "population"): 0,  # as found; the empty area stays missing
    }


def test_the_quote_is_the_row_as_it_stands(tmp_path: Path) -> None:
    found = read(tmp_path, BY_CODE, "register.csv", REGISTER.replace("\n", "\r\n"))
    assert {o.quote for o in found} == {"03390,18606,17391", "00002,0,"}


def test_a_census_is_joined_by_name_rank_and_district(tmp_path: Path) -> None:
    found = read(tmp_path, BY_NAME, "census.csv", CENSUS)
    assert {o.unit_id: o.value for o in found} == {
        "03390-20130101": 4226,
        "00003-20130101": 5850,
        "00004-20130101": 2000,
        "00005-20130101": 5399,
    }


def read_workbook(tmp_path: Path, recipe: str, rows: list[list[object]], *more: str):
    (tmp_path / "inputs").mkdir()
    recipe = recipe.replace(".csv", ".xlsx")
    (tmp_path / "inputs" / "tables.toml").write_text(recipe, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "Số liệu"
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    book.save(tmp_path / "register.xlsx")
    book.save(tmp_path / "census.xlsx")
    return read_statistical_tables(recipes(tmp_path), tmp_path, UNITS)


REGISTER_CELLS: list[list[object]] = [
    ["code", "people", "hectares"], ["03390", 18606, 17391.125], ["00002", 0, None],
]  # fmt: skip


def test_a_register_kept_as_a_workbook_is_joined_like_one_in_csv(tmp_path: Path) -> None:
    found = read_workbook(tmp_path, BY_CODE, REGISTER_CELLS)
    values = {(o.unit_id, o.indicator): (o.value, o.quote) for o in found}
    assert values == {
        ("03390-20250701", "population"): (18606, "03390; 18606; 17391.125"),
        ("03390-20250701", "natural_area"): (pytest.approx(173.91125), "03390; 18606; 17391.125"),
        ("00002-20250701", "population"): (0, "00002; 0; "),
    }


def test_a_typed_number_stays_itself_where_texts_are_in_another_notation(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["district", "ward", "rank", "people"], ["MườngTè", "MườngTè", "Xã", 210.125],
        ["MườngTè", "MườngTè", "ThịTrấn", "5.850"], ["SìnHồ", "HoàBình", "Xã", 2000],
        ["SìnHồ", "TàGia", "Xã", "5.399"],
    ]  # fmt: skip
    found = read_workbook(tmp_path, BY_NAME, rows)
    assert sorted(o.value for o in found) == [210.125, 2000, 5399, 5850]


def test_a_sheet_among_several_is_named_in_the_recipe(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        read_workbook(tmp_path, BY_CODE, REGISTER_CELLS, "Nháp")
    assert caught.value.allowed == ("Số liệu", "Nháp")
    (tmp_path / "named").mkdir()
    named = BY_CODE.replace("[[table]]", '[[table]]\nsheet = "Số liệu"', 1)
    assert len(read_workbook(tmp_path / "named", named, REGISTER_CELLS, "Nháp")) == 3


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["code", "people"]], "register.xlsx:1"),
        ([["code", "people", "hectares", "people"]], "register.xlsx:1"),
        ([*REGISTER_CELLS, ["00003", 1, 2, 3]], "register.xlsx:4"),
        ([*REGISTER_CELLS[:2], ["00002", "x", 1]], "register.xlsx:3 people"),
        ([], "register.xlsx"),
    ],
)
def test_a_workbook_with_wrong_cells_is_refused_with_its_row(tmp_path: Path, rows, where) -> None:
    with pytest.raises(FileFault) as caught:
        read_workbook(tmp_path, BY_CODE, rows)
    assert caught.value.where.endswith(where)


@pytest.mark.parametrize(
    ("change", "counts", "named"),
    [
        (("TàGia", "TáGia"), "3 rows matched, 1 rows unmatched, 1 units missing", "TáGia"),
        (("SìnHồ,TàGia,Xã", "SìnHồ,HoàBình,Xã"), "1 units missing, 1 duplicate units", "00004"),
        (('SìnHồ,TàGia,Xã,"5.399"\n', ""), "0 rows unmatched, 1 units missing", "00005"),
    ],
)
def test_rows_and_units_that_do_not_pair_off_stop_the_build(
    tmp_path: Path, change: tuple[str, str], counts: str, named: str
) -> None:
    with pytest.raises(FileFault) as caught:
        read(tmp_path, BY_NAME, "census.csv", CENSUS.replace(*change))
    assert counts in str(caught.value)
    assert named in caught.value.found


def test_a_code_that_lost_its_zero_joins_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="1 rows unmatched"):
        read(tmp_path, BY_CODE, "register.csv", REGISTER.replace("03390", "3390"))


def test_a_cell_in_another_notation_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        read(tmp_path, BY_CODE, "register.csv", REGISTER.replace("18606", "18.606.0"))
    assert caught.value.where.endswith("register.csv:2 people")


def test_a_recipe_needs_one_way_to_join(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="code or the name column"):
        read(tmp_path, BY_CODE.replace('code = "code"', ""), "register.csv", REGISTER)
