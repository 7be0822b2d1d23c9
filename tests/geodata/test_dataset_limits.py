"""What is decided exactly at a limit where datasets are built and checked and lists are read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely

from geodata.build import csv_rows
from geodata.build.positional_accuracy import _with_note
from geodata.build.source_outlines import _areal
from geodata.build.split_population import _latest
from geodata.check.accuracy_checks import _MEASURES, _without_note
from geodata.check.unit_checks import _identity
from geodata.doubts.rules.same_figures import values_agree
from geodata.errors import FileFault, InvalidInput, truncate, unknown_name
from geodata.i18n import Text
from geodata.ledger.accounts import _MOST_FULL_NAME, _read_full_name
from geodata.ledger.passwords import check_password_rules
from geodata.ledger.value_bounds import verify_value
from geodata.list_import.table_kind import _decided_villages, _reasons_for_villages
from geodata.list_import.village_findings import _MOST_NAMED, _named
from geodata.model import PositionalAccuracy
from geodata.places.place_rows import LONGEST_CELL, _verify_cell
from geodata.point_tables.coordinate_detection import parse_degrees
from geodata.point_tables.names import verify_row_name
from geodata.point_tables.positions import is_on_earth
from geodata.point_tables.sheet_table import _numbers_columns
from geodata.readers.limits import Limits
from geodata.toml_reader import nearest_names
from geodata.villages.import_notes import position_notes


def read_csv(path) -> bool:
    try:
        csv_rows.read_csv_rows(path, ("a",))
    except FileFault:
        return False
    return True


@pytest.mark.parametrize(("limit", "most"), [("rows", 3), ("columns", 2), ("file_bytes", 12)])
def test_a_table_of_a_dataset_may_be_as_large_as_its_limits(
    tmp_path, monkeypatch, limit, most
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    for allowed, readable in ((most, True), (most - 1, False)):
        monkeypatch.setattr(csv_rows, "LIMITS", Limits(**{limit: allowed}))
        assert read_csv(path) is readable


def test_the_fault_says_whether_rows_or_columns_are_too_many(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    said = []
    for limits in (Limits(rows=2), Limits(columns=1)):
        monkeypatch.setattr(csv_rows, "LIMITS", limits)
        with pytest.raises(FileFault) as found:
            csv_rows.read_csv_rows(path, ("a",))
        said.append(found.value)
    rows, columns = said
    assert rows.what != columns.what
    assert (rows.found, rows.where.endswith(":3")) == ("3", True)
    assert (columns.found, columns.where.endswith(":2")) == ("2", True)


LIMITS = {"outside_share": 0.1, "added_share": 0.2, "area_difference": 0.05, "deviation_m": 60.0}
EXACT = PositionalAccuracy(
    "03390-20250701", official_area_km2=None, shape_area_km2=1.0, area_difference=None,
    deviation_m=None, outside_share=None, note=Text(""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("measured", "added", "noted"),
    [
        ({"outside_share": 0.1}, 0.0, False),
        ({"outside_share": 0.11}, 0.0, True),
        ({}, 0.2, False),
        ({}, 0.21, True),
        ({"area_difference": 0.05}, 0.0, False),
        ({"area_difference": -0.05}, 0.0, False),
        ({"area_difference": -0.06}, 0.0, True),
        ({"deviation_m": 60.0}, 0.0, False),
        ({"deviation_m": 60.5}, 0.0, True),
    ],
)
def test_a_shape_gets_a_note_beyond_a_limit(measured, added: float, noted: bool) -> None:
    accuracy = replace(EXACT, **measured)
    assert bool(_with_note(accuracy, added, False, LIMITS).note) is noted


def test_a_check_asks_for_the_note_beyond_the_limit_only() -> None:
    field = _MEASURES[0]
    for value, faults in ((0.5, 0), (-0.5, 0), (0.6, 1), (-0.6, 1)):
        accuracy = Some(**dict.fromkeys(_MEASURES), unit_id="a", note="")
        setattr(accuracy, field, value)
        assert len(list(_without_note(0, accuracy, {field: 0.5}))) == faults
        accuracy.note = "said"
        assert not list(_without_note(0, accuracy, {field: 0.5}))


@pytest.mark.parametrize(("other", "agree"), [(199.0, True), (198.0, False), (200.0, True)])
def test_figures_agree_within_half_a_per_cent_of_the_larger(other: float, agree: bool) -> None:
    assert values_agree(200.0, other) is agree
    assert values_agree(other, 200.0) is agree


def test_a_part_of_an_outline_is_larger_than_a_square_metre() -> None:
    square, large = shapely.box(0, 0, 1, 1), shapely.box(5, 5, 9, 9)
    assert _areal(shapely.union_all([square, large])).equals(large)


@pytest.mark.parametrize(
    ("period", "values", "found"),
    [("2024", (1.0, 2.0), True), ("2025-06-30", (1.0, 2.0), True),
     ("2025-07-01", (1.0, 2.0), False), ("2025", (1.0, 2.0), False),
     ("2024", (0.0, 0.0), False), ("2024", (0.0, 1.0), True)],
)  # fmt: skip
def test_shares_are_taken_from_a_period_that_ends_before_the_event(period, values, found) -> None:
    figures = {
        (unit, "population", period): Some(value=value)
        for unit, value in zip("ab", values, strict=True)
    }
    step = Some(date=dt.date(2025, 7, 1))
    assert bool(_latest("ab", "population", step, figures)) is found


@pytest.mark.parametrize(("days", "faults"), [(1, 0), (0, 1), (-1, 1)])
def test_a_unit_is_valid_for_a_day_at_least(days: int, faults: int) -> None:
    first = dt.date(2025, 7, 1)
    unit = Some(
        unit_id="03390-20250701", code="03390", level="commune", valid_from=first,
        valid_to=first + dt.timedelta(days=days),
    )  # fmt: skip
    assert len(list(_identity(0, unit))) == faults


def test_a_text_is_cut_beyond_its_limit() -> None:
    assert truncate("abcd", 4) == "abcd"
    assert truncate("abcde", 4) == "abc…"


def test_a_fault_lists_forty_names() -> None:
    names = [str(n) for n in range(41)]
    assert unknown_name(Text("x"), "y", names[:40]).allowed == tuple(names[:40])
    assert unknown_name(Text("x"), "y", names).allowed == (*names[:40], "…")


def test_a_file_of_settings_lists_twenty_names() -> None:
    names = [f"name{n}" for n in range(21)]
    assert "…" not in nearest_names("x", names[:20])
    assert nearest_names("x", names)[20:] == ("…",)


def test_the_name_of_an_office_is_as_long_as_allowed() -> None:
    assert _read_full_name("x" * _MOST_FULL_NAME)
    with pytest.raises(InvalidInput):
        _read_full_name("x" * (_MOST_FULL_NAME + 1))


@pytest.mark.parametrize(("password", "strong"), [("abcde" * 4, True), ("abcd" * 4, False)])
def test_a_password_has_five_different_characters(password: str, strong: bool) -> None:
    if strong:
        check_password_rules(password, "name")
    else:
        with pytest.raises(InvalidInput):
            check_password_rules(password, "name")


@pytest.mark.parametrize(
    ("value", "possible"), [(0.0, True), (100.0, True), (-0.5, False), (100.5, False)]
)
def test_a_value_is_possible_from_the_lowest_to_the_highest(value: float, possible: bool) -> None:
    indicator = Some(kind="ratio", minimum=0.0, maximum=100.0, id="share")
    if possible:
        verify_value(indicator, value)
    else:
        with pytest.raises(InvalidInput):
            verify_value(indicator, value)


def signs(names: int, **more: object) -> Some:
    told = {
        "placed": False,
        "fields": {},
        "others": False,
        "heading": "Tên thôn",
        "polygons": False,
    }
    return Some(names=["x"] * names, with_village_word=0, **told | more)


@pytest.mark.parametrize(("known", "listed"), [(5, True), (6, False), (7, False)])
def test_names_of_which_most_are_known_are_no_new_villages(known: int, listed: bool) -> None:
    assert (_decided_villages(signs(10), known) is not None) is listed
    assert _decided_villages(signs(10, placed=True), known) is not None


@pytest.mark.parametrize(("known", "reasons"), [(9, 2), (10, 1)])
def test_villages_not_known_yet_are_counted_where_there_are_any(known: int, reasons: int) -> None:
    assert len(list(_reasons_for_villages(signs(10), known))) == reasons


def test_names_are_listed_as_far_as_there_is_room() -> None:
    names = [str(n) for n in range(_MOST_NAMED + 1)]
    assert _named(names[:-1]) == ", ".join(names[:-1])
    assert _named(names) == ", ".join([*names[:-1], "…"])


def test_villages_without_a_position_are_named_up_to_thirty() -> None:
    def notes(count: int) -> str:
        rows = [Some(name=f"b{n}", lon=None, wkt="") for n in range(count)]
        (note,) = position_notes([*rows, Some(name="x", lon=1.0, wkt="")])
        return note["en"]

    assert not notes(30).endswith("…")
    assert notes(31).endswith("b29, …")


@pytest.mark.parametrize(("length", "valid"), [(LONGEST_CELL, True), (LONGEST_CELL + 1, False)])
def test_a_cell_of_a_list_is_as_long_as_allowed(length: int, valid: bool) -> None:
    row = Some(where="a:1", damaged=(), cells={"c": "x" * length})
    if valid:
        _verify_cell(row, "c", "x" * length)
    else:
        with pytest.raises(FileFault):
            _verify_cell(row, "c", "x" * length)


def test_a_name_of_a_list_is_as_long_as_allowed() -> None:
    row = Some(where="a:1", damaged=(), cells={"c": "x"})
    verify_row_name(row, "c", "abcd", 4)
    for wrong in ("", "abcde"):
        with pytest.raises(FileFault):
            verify_row_name(row, "c", wrong, 4)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("103°59'59\"Đ", 103 + 59 / 60 + 59 / 3600), ("103°60'00\"Đ", None), ("103°00'60\"Đ", None)],
)
def test_an_hour_has_sixty_minutes_and_a_minute_sixty_seconds(text: str, degrees) -> None:
    assert parse_degrees(text) == (None if degrees is None else pytest.approx(degrees))


@pytest.mark.parametrize(
    ("lon", "lat", "there"),
    [(180, 90, True), (-180, -90, True), (180.5, 0, False), (0, 90.5, False), (np.nan, 0, False)],
)
def test_the_earth_ends_at_180_and_90_degrees(lon: float, lat: float, there: bool) -> None:
    assert is_on_earth(np.array([[lon, lat]])) is there


@pytest.mark.parametrize(
    ("texts", "numbered"),
    [(("1", "2"), True), (("3", "4"), True), (("4", "5"), False), (("2", "1"), False),
     (("A", "B"), False), (("1",), False), (("A", "1", "2=1/3"), True)],
)  # fmt: skip
def test_columns_are_numbered_from_one_to_three_on(texts: tuple[str, ...], numbered: bool) -> None:
    assert _numbers_columns(texts) is numbered
