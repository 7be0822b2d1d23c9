"""What stops, nests, is compared or is counted, where two conditions meet."""

from __future__ import annotations

import gc
from types import SimpleNamespace as Some

import geopandas as gpd
import numpy as np
import pytest
import shapely
from build_helpers import unit

from geodata.build.village_records import _counts
from geodata.collection_pause import collection_pause
from geodata.point_tables.commune_position import CommuneLocator
from geodata.readers.html_tables import _HtmlCell, _HtmlTables
from geodata.table_import.checks.earlier_figures import _Past
from geodata.table_import.checks.stated_shares import _is_base
from geodata.table_import.column_records import ColumnMeaning


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_rests_until_the_last_pause_ends_and_stays_off_where_it_was_off(
    enabled: bool,
) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with collection_pause():
            assert not gc.isenabled()
            with collection_pause():
                assert not gc.isenabled()
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


class Refused(Exception):
    pass


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("hamlet:35|village:8", ("hamlet:35", "village:8")), ("", ()),
        ("|hamlet:1|", ("hamlet:1",)), ("commune:3", None), ("hamlet:", None),
        ("hamlet:x", None), ("hamlet:²", None), ("hamlet", None), ("hamlet:-1", None),
    ],
)  # fmt: skip
def test_villages_are_counted_by_known_kinds_in_plain_digits(
    written: str, parts: tuple[str, ...] | None
) -> None:
    row = Some(cells={"before": written}, fault=lambda *_: Refused())
    if parts is None:
        with pytest.raises(Refused):
            _counts(row, "before")  # type: ignore[arg-type]
    else:
        assert _counts(row, "before") == parts  # type: ignore[arg-type]


def column(number: int, period: str, status: str = "actual", use: str = "value") -> ColumnMeaning:
    return ColumnMeaning(number, ("a",), use, "population", period=period, status=status)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "status", "base"),
    [
        ("2023", "actual", True), ("2023", "estimate", True), ("2023", "plan", False),
        ("2022", "actual", False), ("2024", "actual", False), ("2025", "estimate", False),
        ("", "actual", False),
    ],
)  # fmt: skip
def test_a_change_is_taken_from_what_happened_in_the_year_before(
    period: str, status: str, base: bool
) -> None:
    change = column(3, "", use="stated_change")
    assert _is_base(change, column(1, "2024"), column(2, period, status)) is base


@pytest.mark.parametrize(
    ("period", "status", "base"),
    [
        ("2024", "plan", True), ("2024", "target", True), ("2024", "actual", False),
        ("2023", "plan", False), ("2021/2025", "target", True), ("2024-H1", "plan", False),
    ],
)  # fmt: skip
def test_a_share_of_the_plan_is_of_one_that_covers_the_period(
    period: str, status: str, base: bool
) -> None:
    share = column(3, "", use="stated_share")
    assert _is_base(share, column(1, "2024"), column(2, period, status)) is base


def test_figures_of_the_table_go_before_those_known_and_what_happened_before_estimates() -> None:
    known = {
        ("2022", "estimate"): {"a": 1.0, "b": 2.0}, ("2022", "actual"): {"a": 3.0},
        ("2021", "plan"): {"a": 9.0}, ("2023", "actual"): {"a": 4.0, "b": 5.0},
    }  # fmt: skip
    own = {("i", "", "2023", "estimate"): {"a": 6.0}, ("i", "", "2024", "plan"): {"a": 7.0}}
    table = Some(
        known_by_period=lambda *_: known, series_of=lambda *_: list(own), values_by_unit=own.get
    )
    past = _Past.of(table, "i", "")  # type: ignore[arg-type]
    assert past.by_period == {"2022": {"a": 3.0, "b": 2.0}, "2023": {"a": 6.0, "b": 5.0}}
    assert [each.code for each in past.ranked] == ["2022", "2023"]


@pytest.mark.parametrize(
    ("tag", "attributes", "font"),
    [
        ("font", "face='.VnTime' size=2", ".VnTime"), ("font", "face=Arial", "Arial"),
        ("font", "size=2", ""), ("span", "face='.VnTime'", ""),
    ],
)  # fmt: skip
def test_a_cell_has_the_face_of_its_font_element_and_of_no_other(
    tag: str, attributes: str, font: str
) -> None:
    cell = _HtmlCell(1)
    tables = Some(_look=_HtmlTables._look, text=lambda _: None)
    _HtmlTables._take_within(tables, cell, False, tag, attributes)  # type: ignore[arg-type]
    assert cell.font == font


@pytest.mark.parametrize(
    ("tag", "closes", "bold", "struck"),
    [
        ("b", False, True, False), ("strong", False, True, False), ("b", True, False, False),
        ("s", False, False, True), ("del", False, False, True), ("strike", True, False, False),
        ("i", False, False, False),
    ],
)  # fmt: skip
def test_letters_are_bold_or_struck_from_where_their_element_opens(
    tag: str, closes: bool, bold: bool, struck: bool
) -> None:
    cell = _HtmlCell(1)
    tables = Some(_look=_HtmlTables._look, text=lambda _: None)
    _HtmlTables._take_within(tables, cell, closes, tag, "")  # type: ignore[arg-type]
    assert (cell.bold, cell.struck) == (bold, struck)


@pytest.mark.parametrize(
    ("longitude", "latitude", "found"),
    [(180.0, 0.0, True), (180.00001, 0.0, False), (179.5, 0.0, True), (178.0, 0.0, False)],
)
def test_a_position_at_the_end_of_all_longitudes_is_looked_up_and_one_beyond_is_nowhere(
    longitude: float, latitude: float, found: bool
) -> None:
    edge = unit("00001-20250701")
    shapes = gpd.GeoDataFrame(
        {"unit_id": [edge.unit_id]},
        geometry=[shapely.box(179.0, -1.0, 180.0, 1.0)],
        crs="EPSG:4326",
    )
    (place,) = CommuneLocator([edge], shapes, "EPSG:3832").locate(
        np.array([[longitude, latitude]]), [""]
    )
    assert place == (edge.unit_id if found else "")
