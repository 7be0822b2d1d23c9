"""The small rules by which a table is read, each on figures of its own."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from types import SimpleNamespace as Some

import numpy as np
import pytest

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.measure_units import _part
from geodata.rounding import decimals_of, half_digit, sum_tolerance
from geodata.table_import.checks.column_formulas import Formula, _label, _spelled_out, _worked_out
from geodata.table_import.checks.stated_parts import _part_word
from geodata.table_import.checks.value_checks import _is_never_zero
from geodata.table_import.columns.indicator_search import _measure_factor, _range_factor
from geodata.table_import.columns.made_ids import free_code, free_id
from geodata.table_import.columns.period_choice import _looks_back, _within
from geodata.table_import.columns.period_words import PeriodMention, _first_months, _year_before
from geodata.table_import.layout.adding import RowSum, _steps, _tolerance, _turned_round
from geodata.table_import.layout.cell_kinds import is_letter, is_year
from geodata.table_import.layout.cell_values import _typed, _written, number_words
from geodata.table_import.layout.header_rows import is_numbering
from geodata.table_import.layout.number_notation import _by_size, _by_small_numbers
from geodata.table_import.layout.row_levels import _without_page_numbers
from geodata.table_import.layout.sheet_tables import _said_rows
from geodata.table_import.layout.table_columns import ColumnCells, _are_codes
from geodata.table_import.layout.table_score import _coherent, _mixed, _repeated
from geodata.table_import.layout.unit_column import first_text_column
from geodata.table_import.layout_records import TableRange
from geodata.table_import.recipe import common_share
from geodata.table_import.refusals import _place_of
from geodata.table_import.template import form_identity
from geodata.table_import.units.unit_columns import _code_with_name
from geodata.table_import.units.vintage_choice import step_of

PERCENT = Some(symbol=Text("%", "%"))


@pytest.mark.parametrize(
    ("sign", "left", "right", "found"),
    [
        ("+", (1, 2), (10, 20), (11, 22)),
        ("-", (1, 2), (10, 20), (-19, -8)),
        ("*", (1, 2), (-10, 20), (-20, 40)),
        ("/", (10, 20), (2, 5), (2, 10)),
        ("/", (10, 20), (-5, -2), (-10, -2)),
        ("/", (1, 2), (0, 5), None),
        ("/", (1, 2), (-5, 0), None),
        ("/", (1, 2), (-1, 1), None),
    ],
)
def test_intervals_are_worked_out_to_their_ends(sign, left, right, found) -> None:
    assert _worked_out(sign, left, right) == (found and pytest.approx(found))


def test_a_formula_divides_by_no_nought() -> None:
    formula = Formula(3, "3=1/2*100", (1, 2), False, (1, 2, "/", 100.0, "*"))
    assert formula.value({1: (1.0, 1.0), 2: (4.0, 4.0)}) == (25.0, 25.0)
    assert formula.value({1: (1.0, 1.0), 2: (0.0, 0.0)}) is None


def test_a_run_of_columns_is_spelled_out_with_both_its_ends() -> None:
    assert _spelled_out(re.fullmatch(r"(\d+)\+\.\.\+(\d+)", "2+..+5")) == "2+3+4+5"
    assert _label("(3)=2/1") == "3"
    assert _label("[4] = 1") == "4"


@pytest.mark.parametrize(
    ("numbers", "decimals", "half"),
    [((), 0, 0.5), ((12.0,), 0, 0.5), ((12.5, 3.25), 2, 0.005), ((1.2345678,), 6, 5e-7)],
)
def test_figures_are_rounded_to_half_of_their_last_digit(numbers, decimals, half) -> None:
    assert decimals_of(numbers) == decimals
    assert half_digit(numbers) == pytest.approx(half)


def test_a_sum_of_whole_numbers_is_exact_and_others_are_off_by_their_rounding() -> None:
    assert sum_tolerance([1.0, 2.0, 3.0]) == 0.5
    assert sum_tolerance([0.5] * 12) == pytest.approx(0.1 * 4.5)
    assert sum_tolerance([0.25] * 3) == pytest.approx(0.01 * 2.5)


@pytest.mark.parametrize(
    ("months", "late", "form"),
    [
        (1, False, "{y}-01"),
        (2, False, "{y}-01/{y}-02"),
        (6, False, "{y}-H1"),
        (9, False, "{y}-01/{y}-09"),
        (12, False, "{y}"),
        (6, True, "{y}-H2"),
        (3, True, "{y}-10/{y}-12"),
        (1, True, "{y}-12/{y}-12"),
        (12, True, "{y}"),
    ],
)
def test_the_first_and_the_last_months_of_a_year(months: int, late: bool, form: str) -> None:
    assert _first_months(months, late) == form


def test_the_year_before_is_stated_or_counted_back() -> None:
    year, none = PeriodMention("{y}", 2024, "2024"), PeriodMention("{y}-H1", None, "6 tháng")
    assert _year_before(year).form == ""
    assert _year_before(none).years_back == 1
    assert _year_before(PeriodMention("{y}-H1", 2024, "x")).years_back == 0
    assert [_looks_back(each) for each in (_year_before(year), _year_before(none), none, year)] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [("2025", "2025", True), ("2025-H1", "2025", True), ("2025-Q4", "2025", True),
     ("2025", "2025-H1", False), ("2025", "2025-H2", False), ("2024", "2025", False)],
)  # fmt: skip
def test_a_period_lies_within_another(inner: str, outer: str, within: bool) -> None:
    assert _within(inner, outer) is within


@pytest.mark.parametrize(
    ("value", "year"),
    [(1950, True), (1949, False), ("2100", True), (2101, False), (2025.0, True), (2025.5, False),
     (True, False), ("02025", False), (None, False), ("năm", False)],
)  # fmt: skip
def test_years_are_of_four_digits_from_1950_to_2100(value, year: bool) -> None:
    assert is_year(value) is year


@pytest.mark.parametrize(
    ("text", "letter"),
    [("A", True), ("B.", True), ("(Đ)", False), ("H)", True), ("I", False), ("AB", False)],
)
def test_sections_are_lettered_with_one_capital(text: str, letter: bool) -> None:
    assert is_letter(text) is letter


@pytest.mark.parametrize(
    ("texts", "numbered"),
    [
        (("A", "B", "1", "2"), True),
        (("1", "2", "3=1+2"), True),
        (("1", "3"), False),
        (("2", "3"), True),
        (("1",), False),
        (("A", "B"), False),
        (("Xã", "1"), False),
    ],
)
def test_a_row_numbers_the_columns_one_by_one(texts: tuple[str, ...], numbered: bool) -> None:
    grid = Some(
        own_texts=lambda _: texts,
        own_cells=lambda _: [(n, "number") for n in range(len(texts))],
        text=lambda _, n: texts[n],
    )
    assert is_numbering(grid, 0) is numbered


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ({"5.522": 3, "95": 2}, "vietnamese"),
        ({"5,522": 3, "95": 2}, "english"),
        ({"5.522": 2, "95": 2}, None),
        ({"5.522": 3, "95": 1}, None),
        ({"5.522": 95, "95": 5}, "vietnamese"),
        ({"5.522": 96, "95": 4}, None),
    ],
)
def test_small_numbers_without_a_mark_tell_that_marks_part_thousands(words, notation) -> None:
    assert _by_small_numbers(Counter(words)) == notation


@pytest.mark.parametrize(
    ("texts", "typed", "notation"),
    [
        (["12.345"] * 3, [12_000.0, 13_000.0, 14_000.0], "vietnamese"),
        (["12.345"] * 3, [12.0, 13.0, 14.0], "english"),
        (["12.345"] * 3, [12.0, 13.0], None),
        (["12.345"] * 3, [12.0, 13.0, 0.0], None),
        (["12.345"] * 3, [600.0] * 3, "vietnamese"),
        (["12.345"] * 3, [400.0] * 3, None),
        (["12.345"] * 3, [300.0] * 3, "english"),
        (["0.000", "0.000", "12.345"], [12.0, 13.0, 14.0], None),
    ],
)
def test_typed_numbers_beside_the_texts_tell_their_size(texts, typed, notation) -> None:
    assert _by_size(texts, typed) == notation


def test_the_step_of_a_column_is_that_of_its_finest_figure() -> None:
    columns = [[1.0, 2.0], [1.5, math.nan], [0.25, 1.0], [0.125, 1.0], [1e-4, 1.0], [1e-5, 1.0]]
    np.testing.assert_allclose(_steps(np.array(columns).T), [1, 0.1, 0.01, 0.001, 1e-4, 1e-4])


def test_printed_sums_are_off_by_half_a_step_and_more_the_more_are_added() -> None:
    found = _tolerance(np.array([1.0, 0.1]), np.array([0, 1, 9]))
    np.testing.assert_allclose(found, [[0.5, 0.05], [1.0, 0.1], [2.0, 0.2]], rtol=1e-6)


def test_a_sum_is_turned_round_with_its_rows() -> None:
    assert _turned_round(RowSum(0, 1, 3, 2, 9.0), 10) == RowSum(9, 6, 8, 2, 9.0)


@pytest.mark.parametrize(
    ("figures", "factor"),
    [((), 1.0), ((0.0, 100.0), 1.0), ((0.0, 101.0), 0.75), ((-1.0, 101.0), 0.5)],
)
def test_figures_out_of_range_count_against_an_indicator(figures, factor: float) -> None:
    assert _range_factor(Some(minimum=0.0, maximum=100.0), figures) == factor
    assert _range_factor(Some(minimum=None, maximum=None), figures) == 1.0


@pytest.mark.parametrize(
    ("symbol", "name", "factor"),
    [("%", "Hộ nghèo", 0.85), ("%", "Tỷ lệ hộ nghèo", 1.0), ("hộ", "Hộ nghèo", 1.0)],
)
def test_a_name_without_a_unit_is_rather_a_number_than_a_share(symbol, name, factor) -> None:
    indicator = Some(measure_unit=Some(symbol=Text(symbol, symbol)))
    assert _measure_factor(indicator, Some(measure=None, names=(name,))) == factor


def test_made_ids_are_free_and_begin_with_a_letter() -> None:
    assert free_id(Text("Hộ", "Poor households"), ()) == "poor_households"
    assert free_id(Text("Hộ", "Poor"), {"poor", "poor_2"}) == "poor_3"
    assert free_id(Text("1", "2025 plan"), ()) == "x_2025_plan"
    assert free_code(Text("1", "2 ha"), ()) == "2_ha"
    assert free_code(Text("1", "2 ha"), (), lettered=True) == "x_2_ha"
    assert free_code(Text("?", "?"), {"class"}) == "class_2"


@pytest.mark.parametrize(
    ("words", "size", "base", "known"),
    [("ha", 10_000.0, "m²", True), ("m^2", 1.0, "m²", True), ("cây", 1.0, "cây", False)],
)
def test_a_unit_of_measure_has_a_size_in_its_base(words, size, base, known) -> None:
    assert _part(words) == (size, base, known)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (["001", "020"], True),
        (["1", "2"], False),
        (["0", "1"], False),
        (["01", "1.5"], False),
        ([], False),
    ],
)
def test_codes_are_written_with_leading_noughts(written: list[str], codes: bool) -> None:
    assert _are_codes(ColumnCells(written, ["number"] * len(written))) is codes


def test_the_shares_of_figures_and_of_rows_that_repeat() -> None:
    value, text = Some(number=1, role="value"), Some(number=2, role="text")
    table = Some(
        cells={1: Some(figures=3, others=1, values=[1, 2, 3]), 2: Some(values=["a", "a", "b"]),
               9: Some(values=["x", "x", "x"])},
        columns=[value, text], units=Some(number=9), levels=Some(parents={}),
    )  # fmt: skip
    assert _coherent(table, [value, text]) == 0.75
    assert (_coherent(table, [text]), _coherent(table, [])) == (1.0, 0.0)
    table.cells[1] = Some(figures=0, others=0)
    assert _coherent(table, [value]) == 0.0
    assert _repeated(table, [4, 5, 6]) == pytest.approx(1 / 3)
    kinds = defaultdict(str, a="upper_unit")
    assert [_mixed(texts, kinds) for texts in ("ab", "abbb", "bb", "aaab")] == [1.0, 0.5, 0.0, 0.5]


@pytest.mark.parametrize(
    ("text", "words"),
    [("(12,5)", "-12,5"), ("85 %", "85"), ("85%", "85"), ("'007", "007"), ("(a)", "(a)")],
)
def test_numbers_in_brackets_are_negative(text: str, words: str) -> None:
    assert number_words(text) == words


def test_shares_are_shown_a_hundred_times_as_large_as_they_are_kept() -> None:
    assert _typed(0.575, Some(percent=True)) == 57.5
    assert _typed(0.575, Some(percent=False)) == 0.575
    with pytest.raises(InvalidInput):
        _typed(math.inf, Some(percent=False))


def test_a_number_that_can_be_read_in_two_ways_is_asked_about() -> None:
    assert _written("1.742,1", None) == 1742.1
    assert _written("12", None) == 12
    assert _written("1.742", "vietnamese") == 1742
    for doubtful in ("1.742", "x"):
        with pytest.raises(InvalidInput):
            _written(doubtful, None)


@pytest.mark.parametrize(
    ("where", "row", "column"),
    [("a.xlsx:12 C", 12, 3), ("a.xlsx:7 AB", 7, 28), ("a.xlsx:9", 9, 0), ("a.xlsx:1 ZZ", 1, 702)],
)
def test_the_place_of_a_fault_is_its_row_and_column(where: str, row: int, column: int) -> None:
    (place,) = _place_of(where)
    assert (place.row, place.column) == (row, column)
    assert _place_of("a.xlsx") == ()


def test_headers_are_common_as_a_share_of_the_wider() -> None:
    assert common_share([("a",), ("b",)], frozenset({("a",), ("c",), ("d",), ("e",)})) == 0.25
    assert common_share([], frozenset()) == 0.0


def test_a_day_lies_in_the_step_that_began_last() -> None:
    index = Some(timeline=(dt.date(2013, 1, 1), dt.date(2020, 2, 1), dt.date(2025, 7, 1)))
    days = ("2012-01-01", "2013-01-01", "2020-01-31", "2020-02-01", "2025-07-01", "2026-01-01")
    assert [step_of(index, day) for day in days] == [0, 0, 0, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "bears", "found"),
    [("03390 Bình Lư", False, ("03390", "Bình Lư")), ("2025 Bình Lư", True, ("2025", "Bình Lư")),
     ("2025 Bình Lư", False, ("", "2025 Bình Lư")), ("Bình Lư", True, ("", "Bình Lư"))],
)  # fmt: skip
def test_a_number_of_four_digits_is_a_code_where_the_name_agrees(text, bears, found) -> None:
    assert _code_with_name(text, Some(is_code=lambda _: True, bears=lambda *_: bears)) == found


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (TableRange(), range(5)),
        (TableRange(None, 3, 4), range(3)),
        (TableRange((2,), 3, 4), range(1, 3)),
        (TableRange((2, 4), None, None), range(1, 5)),
        (TableRange((9,), 9, 9), range(0)),
    ],
)
def test_a_table_stands_from_its_header_to_its_last_row(table: TableRange, rows: range) -> None:
    found = _said_rows(Some(numbers=[1, 2, 4, 5, 6]), table)
    assert (len(found) == len(rows) == 0) or found == rows


@pytest.mark.parametrize(
    ("zeros", "count", "known", "never"),
    [
        (1, 10, 5.0, True),
        (2, 10, 5.0, False),
        (2, 40, 5.0, True),
        (3, 40, 5.0, False),
        (0, 10, 0.0, False),
    ],
)
def test_a_nought_is_odd_where_there_is_next_to_none(zeros, count, known, never: bool) -> None:
    table = Some(known=lambda _: {"a": Some(value=known, doubtful=False)})
    values = [Some(value=0.0)] * zeros + [Some(value=2.0)] * (count - zeros)
    assert _is_never_zero(table, "people", values) is never


def test_the_lowest_word_for_parts_is_told() -> None:
    assert _part_word(("Tổng", "Trong đó", "Nữ")) == 1
    assert _part_word(("Chia ra", "x", "Trong đó")) == 2
    assert _part_word(("Tổng",)) is None


@pytest.mark.parametrize(("columns", "role"), [(2, "note"), (1, "other")])
def test_a_number_alone_in_its_row_is_that_of_a_page(columns: int, role: str) -> None:
    roles = {4: "other", 5: "data"}
    reader = Some(grid=Some(own_cells=lambda _: [(1, "number")]))
    _without_page_numbers(reader, roles, columns)
    assert roles == {4: role, 5: "data"}


@pytest.mark.parametrize(("labels", "number"), [(3, 1), (2, None)])
def test_the_first_column_of_text_has_mostly_labels(labels: int, number: int | None) -> None:
    kinds = ["label"] * labels + ["number"] * (4 - labels)
    grid = Some(text=lambda row, _: f"t{row}", kind=lambda row, _: kinds[row])
    found = first_text_column(grid, range(4), range(1, 2))
    assert (found and found.number) == number


def test_an_identity_is_cut_into_properties_and_joined_again(monkeypatch) -> None:
    monkeypatch.setattr(form_identity, "_CHUNK", 4)
    monkeypatch.setattr(form_identity, "parse_identity", lambda line: line)
    for line in ("abcd", "abcde", "abcdefgh", "a"):
        chunks = form_identity.property_chunks(Some(line=line))
        assert max(map(len, chunks.values())) <= 4
        assert len(chunks) == -(-len(line) // 4)
        assert form_identity.identity_of_properties(chunks) == line
    assert form_identity.identity_of_properties({}) is None
