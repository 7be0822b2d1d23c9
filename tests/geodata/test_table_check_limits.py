"""What the checks of a table and the meanings of its columns decide exactly at their limits."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest

from geodata.i18n import Text
from geodata.outliers import far_from_others, is_power_of_ten
from geodata.period import parse_period
from geodata.table_import.checks.column_formulas import Formula
from geodata.table_import.checks.comparisons import StatedComparison, disagreeing
from geodata.table_import.checks.course_checks import (
    _jumps,
    _magnitude,
    _standstill,
)
from geodata.table_import.checks.duplicate_checks import _agrees
from geodata.table_import.checks.earlier_figures import EarlierFigures, comparable
from geodata.table_import.checks.outlier_checks import _slips
from geodata.table_import.checks.personal_data import _is_personal, _typed_phones
from geodata.table_import.checks.stated_parts import _StatedParts
from geodata.table_import.checks.stated_shares import _is_base, _known_base, _same_track
from geodata.table_import.checks.value_checks import ValueRules
from geodata.table_import.columns import cell_figures
from geodata.table_import.columns.cell_notes import CellNotes
from geodata.table_import.columns.class_words import _ends
from geodata.table_import.columns.column_scale import _from_fractions
from geodata.table_import.columns.column_words import ColumnWords
from geodata.table_import.columns.form_faults import verify_form_text
from geodata.table_import.columns.indicator_search import (
    AHEAD_BY,
    TAKEN_FROM,
    IndicatorProposal,
    clear_choice,
)
from geodata.table_import.columns.meaning import ColumnMeaning, _compared
from geodata.table_import.columns.row_series import _power_of_ten
from geodata.table_import.columns.stated_totals import agrees
from geodata.table_import.columns.table_document import LONGEST_ISSUER, _issuers


@pytest.mark.parametrize(("stated", "found"), [(10.0, 0), (10.5, 1), (6.0, 0), (5.5, 1)])
def test_what_differs_by_just_the_least_difference_is_not_told(stated: float, found: int) -> None:
    assert len(disagreeing([StatedComparison((1, 1), stated, 8.0, 0.0)], least=2.0)) == found


@pytest.mark.parametrize(
    ("growth", "slip"), [(0.88, False), (0.885, True), (1.0, True), (-1.0, True), (0.2, False)]
)
def test_a_slip_is_nearer_to_a_power_of_ten_than_the_limit(growth: float, slip: bool) -> None:
    assert is_power_of_ten(growth) is slip


@pytest.mark.parametrize(
    ("earlier", "later", "held"),
    [
        ("2024", "2025", True),
        ("2025", "2025", False),
        ("2025", "2024", False),
        ("2024-H1", "2025-H1", True),
        ("2024-H1", "2024-H2", False),
        ("2024-12-31", "2024-12-31", False),
        ("2024-12-31", "2025-12-31", True),
        ("2024-12-31", "2025", False),
    ],
)
def test_figures_are_held_against_those_of_an_earlier_period_alike(earlier, later, held) -> None:
    assert comparable(parse_period(earlier), parse_period(later)) is held


@pytest.mark.parametrize(
    ("parts", "whole", "complete", "fits"),
    [
        ((3.0, 4.0), 7.0, True, True),
        ((3.0, 4.0), 6.0, False, False),
        ((3.0, 4.0), 9.0, False, True),
        ((3.0, 4.0), 9.0, True, False),
    ],
)
def test_parts_may_lack_of_the_whole_what_is_not_listed(parts, whole, complete, fits) -> None:
    assert _StatedParts(whole, parts, complete, None, ()).fits is fits


def test_parts_may_be_off_by_just_what_rounding_explains(monkeypatch) -> None:
    monkeypatch.setattr("geodata.table_import.checks.stated_parts.sum_tolerance", lambda _: 2.0)
    for whole, fits in ((7.0, True), (5.0, True), (9.0, True), (4.0, False), (10.0, False)):
        assert _StatedParts(whole, (3.0, 4.0), True, None, ()).fits is fits


def figures(pairs: list[tuple[float, float]], same_kind: bool = True) -> EarlierFigures:
    told = {
        str(unit): (before, Some(value=after, place=None, raw=f"{after}"))
        for unit, (before, after) in enumerate(pairs)
    }
    return EarlierFigures(("i", (), "2025", "actual"), "2024", told, same_kind=same_kind)


INDICATOR = Some(
    name=Text("Hộ nghèo", "Poor households"), kind="count", ratio_factor=None,
    measure_unit=Some(name=Text("hộ", "households")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([(1.0, 10.0)] * 5, 5),
        ([(1.0, 10.0)] * 4, 0),
        ([(1.0, 5.0)] * 5, 0),
        ([(1.0, 1.0)] * 3 + [(1.0, 10.0)] * 3, 0),
    ],
)
def test_a_column_of_another_magnitude_has_five_units_that_grew_alike(pairs, found) -> None:
    assert len(list(_magnitude(INDICATOR, figures(pairs)))) == found


def test_a_column_stands_still_from_five_different_figures_and_nearly_all_units() -> None:
    still = [(float(n), float(n)) for n in range(1, 6)]
    moved = (7.0, 8.0)
    assert list(_standstill(INDICATOR, figures(still)))
    assert not list(_standstill(INDICATOR, figures([*still[:4], still[3]])))
    assert not list(_standstill(INDICATOR, figures([*still, moved])))
    assert list(_standstill(INDICATOR, figures([*still * 3, still[0], *still[:3], moved])))
    assert not list(_standstill(INDICATOR, figures([*still * 3, *still[:3], moved])))


@pytest.mark.parametrize(("after", "found"), [(30.0, 0), (31.0, 1)])
def test_a_jump_of_few_may_be_chance(monkeypatch, after: float, found: int) -> None:
    path = "geodata.table_import.checks.course_checks._jump"
    monkeypatch.setattr(path, lambda *_, slip: slip)
    assert len(list(_jumps(None, INDICATOR, figures([(1.0, after)])))) == found


@pytest.mark.parametrize(("after", "found"), [(65.0, 0), (65.5, 1), (35.0, 0), (34.5, 1)])
def test_a_share_may_change_by_fifteen_points(monkeypatch, after: float, found: int) -> None:
    path = "geodata.table_import.checks.course_checks._jump"
    monkeypatch.setattr(path, lambda *_, slip: slip)
    share = Some(kind="ratio", ratio_factor=100)
    assert len(list(_jumps(None, share, figures([(50.0, after)])))) == found


def test_a_figure_is_the_one_that_is_known_when_it_is_within_a_billionth() -> None:
    def agree(value: float | None, known: float | None, category: str = "") -> bool:
        return _agrees(Some(value=value, category=""), Some(value=known, category=category))

    assert agree(1e-9, 0.0)
    assert not agree(2e-9, 0.0)
    assert agree(None, None)
    assert not agree(None, None, "a")


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([10.0] * 4 + [300.0], []),
        ([10.0] * 4 + [10_000.0], ["4"]),
        ([10.0] * 3 + [10_000.0], []),
        ([1_000.0] * 4 + [1.0], ["4"]),
        ([1_000.0] * 4 + [0.5], []),
        ([30.0] * 4 + [1.0], []),
    ],
)
def test_a_figure_a_thousand_times_too_large_or_small_is_a_slip(monkeypatch, values, found) -> None:
    monkeypatch.setattr("geodata.table_import.checks.outlier_checks.FEWEST", 5)
    assert list(_slips({str(unit): value for unit, value in enumerate(values)})) == found


@pytest.mark.parametrize(("far", "told"), [(6.0, []), (6.5, ["far"])])
def test_six_robust_deviations_are_no_outlier_and_more_are(monkeypatch, far, told) -> None:
    monkeypatch.setattr("geodata.outliers.TO_DEVIATION", 1.0)
    monkeypatch.setattr("geodata.outliers.FEWEST", 5)
    values = {"a": -1.0, "b": -1.0, "c": 0.0, "d": 1.0, "e": 1.0, "far": far, "low": -1.0}
    assert far_from_others(values, logarithmic=False) == told


@pytest.mark.parametrize(
    ("numbers", "others", "personal"), [(3, 3, True), (3, 4, False), (2, 0, False), (4, 3, True)]
)
def test_half_a_column_of_numbers_of_identity_is_personal(numbers, others, personal) -> None:
    cells = ["012345678901"] * numbers + ["x"] * others
    assert _is_personal(cells, "ghi chu", False) is personal


def meaning(column: int, **more: object) -> Some:
    told = {"path": ("x",), "indicator": "", "dimensions": (), "period": "2025"}
    return Some(column=column, **told | {"use": "value", "status": "plan"} | more)


def test_columns_of_no_indicator_are_of_one_below_a_header_of_both() -> None:
    below = meaning(2, path=("Diện tích", "Kế hoạch"))
    assert _same_track(meaning(1, path=("Diện tích", "Thực hiện")), below)
    assert not _same_track(meaning(1, path=("Thực hiện",)), meaning(2, path=("Kế hoạch",)))
    assert not _same_track(below, below)


@pytest.mark.parametrize(
    ("period", "base"),
    [("2025", True), ("2025-H1", True), ("2025-H2", False), ("2025-Q1", False), ("2026", False)],
)
def test_the_plan_of_a_share_reaches_over_its_whole_period(period: str, base: bool) -> None:
    half = meaning(1, period="2025-H1", status="actual")
    assert _is_base(meaning(3, use="stated_share"), half, meaning(2, period=period)) is base


@pytest.mark.parametrize(
    ("high", "value", "code"),
    [(None, 100.0, ""), (None, 100.5, "V05"), (50.0, 50.0, ""), (50.0, 50.5, "V04"),
     (100.0, 100.0, ""), (100.0, 100.5, "V05")],
)  # fmt: skip
def test_a_share_may_be_the_whole_and_a_figure_the_highest_possible(high, value, code) -> None:
    indicator = Some(
        minimum=0.0, maximum=high, usual_range=(), decimals=2, kind="ratio",
        denominator="households",
        name=Text("a", "a"), measure_unit=Some(symbol=Text("%", "%"), name=Text("%", "%")),
    )  # fmt: skip
    rules = ValueRules(indicator, never_zero=False)
    found = rules.violation(Some(value=value, place=None, raw="", indicator="share"), "Bình Lư")
    assert (found.code if found else "") == code
    assert bool(rules.suspects([1.0, value])) is bool(code)


@pytest.mark.parametrize(
    ("cell", "plain"), [(10**18, True), (10**18 + 200, False), (1e18, True), (2e18, False)]
)
def test_a_number_may_be_as_large_as_the_largest(cell: float, plain: bool) -> None:
    unreadable = []
    notes = Some(add_unreadable=lambda *told: unreadable.append(told))
    reader = Some(notes=notes, kept={})
    column = Some(percent=False, number=1, notation=None)
    found = cell_figures._TableReading._reading(reader, None, column, cell)
    assert (found == (float(cell), "")) is plain
    assert bool(unreadable) is not plain


def test_a_note_lists_twenty_cells_and_counts_them_all() -> None:
    notes = CellNotes(Some(place=lambda row, column: (row, column)))
    for row in range(21):
        notes.add("V07", Some(number=row), Some(number=1), "")
    (note,) = notes._notes.values()
    assert (note.count, len(note.places)) == (21, 20)


@pytest.mark.parametrize(
    ("names", "ends"),
    [
        (["Loại tốt", "Loại khá"], ["tốt", "khá"]),
        (["Loại tốt"], [""]),
        (["Loại", "Loại khá"], ["", ""]),
        (["tốt", "khá"], ["", ""]),
    ],
)
def test_words_with_which_all_names_begin_are_left_out(names, ends) -> None:
    assert _ends(names) == ends


@pytest.mark.parametrize(("fine", "scale"), [(3, 100.0), (2, 1)])
def test_more_than_half_of_the_fractions_must_have_three_decimals(fine: int, scale: float) -> None:
    given = ColumnMeaning(1, ("Tỷ lệ",), "value")
    figures = [0.195] * fine + [0.2] * (4 - fine)
    indicator = Some(measure_unit=Some(symbol=Text("%", "%")))
    assert _from_fractions(given, indicator, figures * 3).scale == scale


@pytest.mark.parametrize(("length", "few"), [(60, True), (61, False)])
def test_words_that_may_be_classes_are_short(length: int, few: bool) -> None:
    words = tuple(Some(written=letter * length, cells=3) for letter in "ab")
    assert ColumnWords(words).few is few


def test_a_typed_text_may_be_as_long_as_the_limit() -> None:
    told: list[object] = []

    def fault(*said: object, **_: object) -> None:
        told.append(said)

    assert verify_form_text("name", "abc", 3, fault)
    assert not told
    assert not verify_form_text("name", "abcd", 3, fault)
    assert told


@pytest.mark.parametrize(
    ("scores", "taken"),
    [
        ((TAKEN_FROM,), "0"),
        ((TAKEN_FROM - 0.5,), ""),
        ((95.0, 95.0 - AHEAD_BY), "0"),
        ((95.0, 95.5 - AHEAD_BY), ""),
        ((), ""),
    ],
)
def test_an_indicator_is_taken_when_it_is_sure_and_far_enough_ahead(scores, taken: str) -> None:
    proposals = [IndicatorProposal(str(n), score, Text("")) for n, score in enumerate(scores)]
    assert clear_choice(proposals) == taken


def test_a_comparison_is_of_figures_that_stand_before_it() -> None:
    done = meaning(1, status="actual", indicator="a")
    assert _compared(meaning(2), [done, meaning(2, status="actual", indicator="b")]) is done
    assert _compared(meaning(1), [done]) is None


@pytest.mark.parametrize(
    ("text", "factor"),
    [("12", 1e12), ("13", 1.0), ("-12", 1e-12), ("3", 1000.0), ("0", 1.0), ("1.5", 1.0)],
)
def test_a_power_of_ten_has_at_most_twelve_noughts(text: str, factor: float) -> None:
    assert _power_of_ten(text) == factor


@pytest.mark.parametrize(
    ("stated", "total", "agreeing"),
    [(1_000_001.0, 1_000_000.0, True), (1_000_002.0, 1_000_000.0, False), (0.0, 0.0, True)],
)
def test_a_stated_total_may_be_off_by_a_millionth(stated, total, agreeing) -> None:
    assert agrees(stated, total) is agreeing


@pytest.mark.parametrize(("length", "found"), [(LONGEST_ISSUER, 1), (LONGEST_ISSUER + 1, 0)])
def test_the_name_of_an_office_is_no_longer_than_a_line(length: int, found: int) -> None:
    name = "UBND ".ljust(length, "x")
    assert len(list(_issuers([f"kèm theo của {name}"], []))) == found
    assert list(_issuers([], [name])) == [name] * found


@pytest.mark.parametrize(
    ("steps", "columns", "adds", "parts"),
    [
        ((2, 1, "/"), (2, 1), False, (2, 1)),
        ((2, 1, "/", 100.0, "*"), (2, 1), False, (2, 1)),
        ((1, 2, "/"), (2, 1), False, (1, 2)),
        ((2, 1, "*"), (2, 1), False, None),
        ((2, 1, "/", 2, "*"), (2, 1), False, None),
        ((2, 1, "+"), (2, 1), True, None),
        ((2, 1, "/", 3, "/"), (2, 1, 3), False, None),
        ((2, 1, "/", 0.0, "/"), (2, 1), False, None),
    ],
)
def test_a_share_grows_with_its_numerator_and_falls_with_its_denominator(
    steps, columns, adds, parts
) -> None:
    assert Formula(3, "3=2/1", columns, adds, steps).quotient() == parts


@pytest.mark.parametrize(
    ("cells", "count"),
    [([3e8, 999_999_999], 2), ([299_999_999, 1e9], 0), ([912_345_678, "912345678", None], 1)],
)
def test_typed_telephone_numbers_have_nine_digits_and_begin_with_three(cells, count: int) -> None:
    assert _typed_phones(cells) == count


def known_base(use: str, of: str, doubtful: bool = False) -> dict[int, float]:
    known = {
        ("a", "2025", "plan"): Some(value=50.0, doubtful=doubtful),
        ("a", "2024", "actual"): Some(value=40.0, doubtful=False),
        ("b", "2024", "plan"): Some(value=30.0, doubtful=False),
    }
    table = Some(
        known=lambda *_: known,
        matching=Some(rows=[Some(unit_id="a", row=2), Some(unit_id="b", row=3)]),
    )
    return _known_base(table, meaning(3, use=use), meaning(1, period=of, indicator="i"))


def test_a_share_is_of_the_known_plan_of_its_year_and_a_change_of_the_year_before() -> None:
    assert known_base("stated_share", "2025") == {2: 50.0}
    assert known_base("stated_share", "2025-H1") == {2: 50.0}
    assert known_base("stated_change", "2025") == {2: 40.0}
    assert known_base("stated_share", "2025", doubtful=True) == {}
    assert known_base("stated_share", "x") == {}
