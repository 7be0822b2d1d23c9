"""The small rules of grids, lines, names and lists, each on figures of its own."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Text
from geodata.list_import.list_totals import _sum
from geodata.list_import.place_lists import _verify_category
from geodata.model import PlaceCategory
from geodata.places.place_ids import category_id
from geodata.point_tables.sheet_table import _named_columns, _reach_right
from geodata.point_tables.table_file import PointRow
from geodata.rasters.accumulators import is_one_of
from geodata.rasters.cell_area import _ScaledAreas
from geodata.rasters.grid import Grid, Window
from geodata.rasters.registration import _cells, _corners, _overview_factors, _padded
from geodata.store.unit_search import NO_MATCH, WITHIN_A_WORD, _match_grade
from geodata.store.validity import last_day_of_step
from geodata.table_import.columns.period_choice import _mention
from geodata.table_import.columns.period_words import PeriodMention
from geodata.table_import.list_answers import NEW_INDICATOR
from geodata.vectors.border_cuts import _cross, _crossings
from geodata.villages.columns import count_of
from geodata.villages.import_report import _duplicate_rows
from geodata.villages.merge_import import _CommuneVillages, matching_village
from geodata.villages.power_diagram import polygons_of

GRID = Grid(CRS.from_epsg(32648), 500_000.0, 2_400_000.0, 30.0, -30.0, 100, 80)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "int32", "float32"])
def test_classes_are_told_apart_whatever_the_kind_of_the_cells(dtype: str) -> None:
    values = np.array([0, 1, 2, 100, 127], dtype=dtype)
    found = is_one_of(values, (1, 100, 300, -1))
    assert found.tolist() == [False, True, False, True, False]


def test_negative_codes_are_classes_too() -> None:
    values = np.array([-128, -1, 127], dtype="int8")
    assert is_one_of(values, (-128, 127)).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("changed", "offset"),
    [
        ({}, (0, 0)),
        ({"left": 500_060.0, "top": 2_399_970.0}, (1, 2)),
        ({"left": 499_970.0}, (0, -1)),
        ({"left": 500_015.0}, None),
        ({"top": 2_400_010.0}, None),
        ({"width": 30.01}, None),
        ({"height": -30.01}, None),
        ({"left": 500_000.02}, (0, 0)),
        ({"left": 500_000.04}, None),
        ({"crs": CRS.from_epsg(32647)}, None),
    ],
)
def test_grids_of_the_same_cells_are_whole_cells_apart(changed, offset) -> None:
    assert GRID.offset_of(replace(GRID, **changed)) == offset


def test_the_corners_of_a_part_are_its_outer_edges() -> None:
    part = Window(2, 3, 5, 7)
    west, south, east, north = _corners(GRID, part)
    assert (west, east) == (GRID.x(part.col0), GRID.x(part.col1))
    assert (south, north) == (GRID.y(part.row1), GRID.y(part.row0))
    assert west < east
    assert south < north


@pytest.mark.parametrize(
    ("side", "factors"),
    [(1, []), (256, []), (257, [2]), (512, [2]), (513, [2, 4]), (1025, [2, 4, 8])],
)
def test_overviews_halve_a_raster_until_it_is_small(monkeypatch, side: int, factors) -> None:
    monkeypatch.setattr("geodata.rasters.registration._SMALLEST_OVERVIEW", 256)
    region = Some(row0=10, row1=11, col0=5, col1=5 + side)
    assert _overview_factors(region) == factors
    turned = Some(row0=10, row1=10 + side, col0=5, col1=6)
    assert _overview_factors(turned) == factors


def test_a_copy_is_made_of_whole_cells_of_its_coarsest_overview() -> None:
    region = Some(row0=4, row1=13, col0=2, col1=10)
    copy = _padded(GRID, region, 4)
    assert (copy.columns, copy.rows) == (8, 12)
    assert (copy.left, copy.top) == (GRID.x(2), GRID.y(4))
    assert (copy.width, copy.height) == (GRID.width, GRID.height)


def test_codes_of_classes_are_whole_numbers_of_32_bits() -> None:
    source = Some(name="cover.tif")
    values = np.array([[1.0, 7.5]])
    valid = np.array([[True, False]])
    assert _cells(source, values, valid, categorical=True).dtype == np.int32
    assert _cells(source, values, valid, categorical=True)[0, 0] == 1
    for wrong in (np.array([[1.5]]), np.array([[2.0**31]])):
        with pytest.raises(FileFault):
            _cells(source, wrong, None, categorical=True)
    largest = np.array([[2.0**31 - 1]])
    assert _cells(source, largest, None, categorical=True)[0, 0] == 2**31 - 1
    measured = _cells(source, values, valid, categorical=False)
    np.testing.assert_array_equal(measured, np.array([[1.0, np.nan]], dtype=np.float32))


@pytest.mark.parametrize(
    ("edge", "along"),
    [
        ((2, -1, 2, 1), 0.5),
        ((0, -1, 0, 1), 0.0),
        ((4, -1, 4, 1), 1.0),
        ((5, -1, 5, 1), 1.25),
        ((2, 0, 2, 1), 0.5),
        ((2, -1, 2, 0), 0.5),
        ((2, 1, 2, 3), np.nan),
        ((0, 1, 4, 1), np.nan),
        ((1, 0, 3, 0), np.nan),
    ],
)
def test_a_line_is_crossed_where_its_edge_reaches_it(edge, along: float) -> None:
    line = np.array([[0.0, 0.0, 4.0, 0.0]])
    found = _crossings(line, np.array([edge], dtype=float))
    np.testing.assert_allclose(found, [along])


def test_the_cross_product_is_the_area_between_two_ways() -> None:
    a, b = np.array([[2.0, 1.0]]), np.array([[3.0, 5.0]])
    assert (_cross(a, b)[0], _cross(b, a)[0], _cross(a, a)[0]) == (7.0, -7.0, 0.0)


def test_polygons_are_kept_without_what_a_cut_leaves() -> None:
    square, other = shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)
    mixed = shapely.GeometryCollection(
        [square, shapely.Point(3, 3), shapely.LineString([(0, 0), (1, 1)])]
    )
    assert polygons_of(mixed).equals(square)
    nested = shapely.GeometryCollection([square, shapely.MultiPolygon([other])])
    assert polygons_of(nested).equals(shapely.MultiPolygon([square, other]))
    assert polygons_of(shapely.Point(0, 0)).is_empty


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("Trường học", (), "truong_hoc"),
        ("Trường học", {"truong_hoc"}, "truong_hoc_2"),
        ("Trường học", {"truong_hoc", "truong_hoc_2"}, "truong_hoc_3"),
        ("3 sao", (), "places_3_sao"),
        ("?!", (), "places"),
        ("a" * 40, (), "a" * 30),
    ],
)
def test_an_id_of_places_is_free_and_short(name: str, taken, found: str) -> None:
    assert category_id(name, taken) == found


def test_a_step_ends_on_the_eve_of_the_next() -> None:
    timeline = [Some(date=dt.date(2013, 1, 1)), Some(date=dt.date(2025, 7, 1))]
    assert last_day_of_step(timeline, dt.date(2013, 1, 1)) == dt.date(2025, 6, 30)
    assert last_day_of_step(timeline, dt.date(2025, 7, 1)) == dt.date.max
    assert last_day_of_step(timeline, dt.date(2014, 1, 1)) == dt.date(2014, 1, 1)


@pytest.mark.parametrize(
    ("query", "grade"),
    [
        (("binh lu", "bình lư"), 0),
        (("binh lu", "binh lu"), 1),
        (("binh", "bình"), 2),
        (("bin", "bin"), 3),
        (("lu", "lu"), 4),
        (("inh", "inh"), WITHIN_A_WORD),
        (("xyz", "xyz"), NO_MATCH),
    ],
)
def test_a_name_is_graded_by_how_it_meets_what_was_typed(
    query: tuple[str, str], grade: int
) -> None:
    folded, key = query
    name = Some(folded="binh lu", key="bình lư")
    assert _match_grade(Some(folded=folded, key=key), name) == grade


@pytest.mark.parametrize(
    ("text", "count"),
    [("0", 0), ("1.234", 1234), ("1,234", 1234), ("1 234 567", None), ("1000000", 1e6),
     ("1000001", None), ("-1", None), ("12,5", None), ("", "nothing"), ("-", "nothing")],
)  # fmt: skip
def test_people_are_counted_whole_up_to_a_million(text: str, count) -> None:
    row = Some(cells={"people": text}, values={"people": text}, where="a:1", damaged=())
    if count is None:
        with pytest.raises(FileFault):
            count_of(row, "people")
    else:
        assert count_of(row, "people") == (None if count == "nothing" else count)
    assert count_of(row, None) is None


def test_people_of_a_village_may_bear_their_unit_and_no_other() -> None:
    cells = {"people": "1.312 khẩu", "households": "80 hộ"}
    row = PointRow("a:1", cells, values=dict(cells))
    assert (count_of(row, "people", "người"), count_of(row, "households", "hộ")) == (1312, 80)
    with pytest.raises(FileFault, match="another unit of measure"):
        count_of(row, "households", "người")


def test_a_label_reaches_right_over_blanks_that_have_labels_below() -> None:
    upper = ["Dân số", "", "", "", "Hộ", ""]
    _reach_right(upper, ["Nam", "Nữ", "", "x", "a", "b"])
    assert upper == ["Dân số", "Dân số", "", "", "Hộ", "Hộ"]


def test_columns_are_named_apart() -> None:
    paths = {1: ("Xã",), 2: ("2024", "Nam"), 3: ("2025", "Nam"), 4: ("2025", "Nam"), 5: ()}
    columns, by_name = _named_columns(paths)
    assert columns == {"Xã": 1, "2024 / Nam": 2, "2025 / Nam (C)": 3, "2025 / Nam (D)": 4}
    assert by_name["Xã"] == ("Xã",)


def test_the_sum_of_a_column_leaves_out_what_is_empty() -> None:
    def rows(*cells: str) -> list[Some]:
        return [
            Some(cells={"n": cell}, values={"n": cell}, where="a:1", damaged=()) for cell in cells
        ]

    assert _sum(rows("1", "", "2", "-"), "n") == 3
    assert _sum(rows("", "-"), "n") is None
    assert _sum(rows("1", "x"), "n") is None
    assert _sum(rows("0"), "n") == 0


def village(name: str, lon: float | None = None, lat: float | None = None, kind: str = "") -> Some:
    return Some(name=name, kind=kind, lon=lon, lat=lat)


def test_rows_of_one_name_and_kind_or_of_one_point_are_told() -> None:
    first, same = village("Nà Cà", 103.5, 22.5), village("Nà Cà")
    there, near = village("Bản Bo", 103.5000001, 22.5), village("Bản Hon", 103.50001, 22.5)
    other = village("Nà Cà", kind="residential_group")
    found = list(_duplicate_rows([first, same, there, near, other]))
    assert [(row.name, before.name) for row, before in found] == [
        ("Nà Cà", "Nà Cà"), ("Bản Bo", "Nà Cà"),
    ]  # fmt: skip


def test_of_villages_of_one_name_the_one_of_the_kind_is_meant() -> None:
    def unit(name: str, kind: str, *aliases: str) -> Some:
        return Some(name=Some(vi=name), kind=kind, aliases=aliases)

    ban, thon = unit("Nà Cà", "ban"), unit("Nà Cà", "thon")
    bo = unit("Bản Bo", "ban", "Bo cũ")
    assert matching_village([ban, thon, bo], "thon", "Nà Cà") is thon
    assert matching_village([ban, thon, bo], "", "Nà Cà") is None
    assert matching_village([ban, thon, bo], "to", "Bản Bo") is bo
    assert matching_village([ban, thon, bo], "", "Bo cũ") is bo
    assert matching_village([ban, thon, bo], "ban", "Nà Xá") is None


def test_areas_that_change_down_the_rows_are_found_by_a_polynomial() -> None:
    grid = Grid(CRS.from_epsg(32648), 300_000.0, 2_500_000.0, 900.0, -900.0, 400, 500)
    to_degrees = Transformer.from_crs(grid.crs, grid.crs.geodetic_crs, always_xy=True)
    areas = _ScaledAreas(grid, Window(row0=0, row1=500, col0=0, col1=400), to_degrees)
    assert areas._coefficients is not None, "fitted, not computed cell by cell"
    columns, rows = np.array([3.5, 222.5, 390.5]), np.array([7.5, 100.5, 480.5])
    exact = areas._exact(*np.meshgrid(columns, rows))
    assert areas._areas_at(columns, rows) == pytest.approx(exact, rel=1e-9)
    # A projection that keeps directions lengthens towards the poles.
    mercator = Grid(CRS.from_epsg(3395), 11_400_000.0, 2_700_000.0, 900.0, -900.0, 400, 500)
    to_degrees = Transformer.from_crs(mercator.crs, mercator.crs.geodetic_crs, always_xy=True)
    areas = _ScaledAreas(mercator, Window(row0=0, row1=500, col0=0, col1=400), to_degrees)
    assert areas._coefficients is not None
    north, south = areas._areas_at(np.array([200.5]), np.array([0.5, 499.5]))[:, 0]
    assert north < south


def test_rows_keep_their_numbers_where_no_other_village_has_had_them() -> None:
    villages = _CommuneVillages(Some(), {}, {3})
    rows = [Some(number=number) for number in (3, 0, 5)]
    assert villages.numbers_of(rows) == {2: 5}
    assert villages.numbers == {3, 5}
    assert villages.next_number() == 1


@pytest.mark.parametrize(
    ("indicator", "theme", "refusal"),
    [
        ("visits", "tourism", ""),
        ("", "", ""),
        (NEW_INDICATOR, "tourism", ""),
        ("rate", "tourism", "no such indicator of kind count"),
        ("unheard", "tourism", "no such indicator of kind count"),
        ("sites", "tourism", "counts the places of another category"),
        ("visits", "unheard", "no such theme"),
    ],
)
def test_the_number_of_places_is_an_indicator_that_counts_nothing_else(
    indicator: str, theme: str, refusal: str
) -> None:
    counted = PlaceCategory("site", Text("Điểm", "Sites"), indicator="sites")
    catalogue = Some(
        themes={"tourism": None},
        indicators={"visits": Some(kind="count"), "sites": Some(kind="count"),
                    "rate": Some(kind="ratio")},
        place_categories={"site": counted},
    )  # fmt: skip
    made = PlaceCategory("fall", Text("Thác", "Waterfalls"), theme=theme, indicator=indicator)
    with pytest.raises(InvalidInput, match=refusal) if refusal else nullcontext():
        _verify_category(made, Some(catalogue=catalogue))


MONTHS, YEAR = PeriodMention("{y}-H1", None, "6 tháng"), PeriodMention("{y}", 2026, "Năm 2026")


@pytest.mark.parametrize(
    ("mentions", "code"),
    [
        ((), None),
        ((MONTHS,), ""),
        ((YEAR,), "2026"),
        ((MONTHS, YEAR), "2026-H1"),
        ((YEAR, MONTHS), "2026-H1"),
        ((MONTHS, PeriodMention("{y}", None, "Năm"), YEAR), "2026-H1"),
        ((MONTHS, PeriodMention("{y}-Q1", 2024, "Quý I/2024"), YEAR), "2026-H1"),
        ((MONTHS, PeriodMention("{y}-Q1", 2024, "Quý I/2024")), ""),
        ((YEAR, PeriodMention("{y}-Q1", 2024, "Quý I/2024"), MONTHS), "2026-H1"),
        ((PeriodMention("", None, "Cùng kỳ", 1), YEAR), ""),
    ],
)
def test_a_part_of_a_year_is_of_the_year_around_it(mentions, code) -> None:
    found = _mention(mentions)
    assert (found and found.code) == code
