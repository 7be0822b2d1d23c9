"""What is decided exactly at its limit when tables are found in a sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from types import SimpleNamespace as Some

import numpy as np
import pytest

from geodata.category_list import MAX_CATEGORIES, MIN_CATEGORIES
from geodata.errors import FileFault, InvalidInput
from geodata.readers.sheet import CellRange
from geodata.table_import import answers_json
from geodata.table_import.layout.adding import (
    RowSum,
    _TotalSearch,
    _without_conflict,
    bits_by_chance,
)
from geodata.table_import.layout.candidates import (
    AHEAD_BY,
    OFFERED_FROM,
    TAKEN_FROM,
    offered,
    taken,
)
from geodata.table_import.layout.cell_kinds import LONGEST_LABEL, text_kind, whole_number
from geodata.table_import.layout.cell_values import LARGEST, _possible
from geodata.table_import.layout.joined_tables import _of_different_units
from geodata.table_import.layout.number_notation import _mostly
from geodata.table_import.layout.outline_columns import _fill
from geodata.table_import.layout.stacked_tables import _is_header_again, _names_units, _repeats
from geodata.table_import.layout.table_columns import (
    ColumnCells,
    _are_periods,
    _fits,
    _rises,
    _role,
    _shown_as_percent,
    are_few,
)
from geodata.table_import.layout.table_score import _adding, _bounds, _headed
from geodata.table_import.layout.turned_grid import _exchanged, row_of_units
from geodata.table_import.layout.unit_column import _code_column, name_kind, village_column
from geodata.table_import.layout_records import TableChoice
from geodata.table_import.recipe import RecipeFit
from geodata.table_import.template.form_writer import MOST_INDICATORS, _indicators


def row_sum(row: int, first: int, last: int, bits: float = 30.0) -> RowSum:
    return RowSum(row, first, last, 2, bits)


def test_a_sum_above_its_rows_stands_before_the_first() -> None:
    assert row_sum(0, 1, 3).above
    assert not row_sum(4, 1, 3).above


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (row_sum(4, 5, 7), True),
        (row_sum(0, 1, 5, 20), True),
        (row_sum(2, 3, 5, 20), False),
        (row_sum(5, 3, 4, 20), False),
        (row_sum(8, 2, 3, 20), True),
    ],
)
def test_sums_that_cross_another_give_way_and_those_beside_or_within_stay(other, kept) -> None:
    sure = row_sum(0, 1, 3)
    other = other if other.row else row_sum(9, other.first, other.last, 20)
    found = _without_conflict([other], [sure], np.zeros(10, bool))
    assert found == ([other] if kept else [])


@pytest.mark.parametrize(
    ("other", "kept"),
    [(row_sum(3, 4, 5, 20), False), (row_sum(4, 5, 6, 20), True), (row_sum(1, 7, 8, 20), False)],
)
def test_a_row_that_a_sum_adds_up_is_no_sum_itself(other: RowSum, kept: bool) -> None:
    sure = row_sum(0, 1, 3)
    assert bool(_without_conflict([other], [sure], np.ones(10, bool))) is kept


@pytest.mark.parametrize(("needed", "found"), [("exact", True), ("more", False)])
def test_a_row_is_a_sum_from_just_the_bits_it_needs(needed: str, found: bool) -> None:
    figures = np.array([[10.0, 20.0], [4.0, 8.0], [6.0, 12.0]])
    members = np.array([False, True, True])
    steps = np.array([1.0, 1.0])

    def sums(bits: float) -> list[RowSum]:
        search = _TotalSearch.of(figures, members, np.full(3, bits), steps)
        return list(search.sums(np.array([0]), np.array([3])))

    (whole,) = sums(0.0)
    assert (whole.row, whole.first, whole.last, whole.columns) == (0, 1, 2, 2)
    assert bool(sums(whole.bits if needed == "exact" else whole.bits + 0.01)) is found


@pytest.mark.parametrize(
    ("scores", "is_taken", "choices"),
    [
        ((TAKEN_FROM,), True, 1),
        ((TAKEN_FROM - 1,), False, 1),
        ((TAKEN_FROM, TAKEN_FROM - AHEAD_BY), True, 2),
        ((TAKEN_FROM, TAKEN_FROM - AHEAD_BY + 1), False, 2),
        ((OFFERED_FROM, OFFERED_FROM - 1), False, 1),
        ((60, 60, 60, 60), False, 3),
        ((), False, 0),
    ],
)
def test_a_table_is_taken_when_it_is_sure_and_far_ahead(scores, is_taken, choices) -> None:
    layouts = [Some(score=score) for score in scores]
    assert taken(layouts) == (layouts[0] if is_taken else None)
    assert len(offered(layouts)) == choices


def test_a_text_is_a_label_up_to_its_longest() -> None:
    assert text_kind("x" * LONGEST_LABEL) == "label"
    assert text_kind("x" * (LONGEST_LABEL + 1)) == "long"


@pytest.mark.parametrize(("digits", "read"), [(1, True), (18, True), (19, False)])
def test_a_whole_number_has_up_to_eighteen_digits(digits: int, read: bool) -> None:
    assert whole_number("9" * digits) == (int("9" * digits) if read else None)


def test_the_largest_figure_is_possible_on_both_sides() -> None:
    assert (_possible(LARGEST), _possible(-LARGEST)) == (LARGEST, -LARGEST)
    for beyond in (LARGEST * 1.1, -LARGEST * 1.1):
        with pytest.raises(InvalidInput):
            _possible(beyond)


def part(*names: str) -> Some:
    rows = [Some(value=lambda _, name=name: name, parent="", name=name) for name in names]
    return Some(layout=Some(data_rows=lambda: rows))


@pytest.mark.parametrize(("shared", "apart"), [(1, True), (2, False)])
def test_parts_of_a_table_share_at_most_a_fifth_of_their_units(monkeypatch, shared, apart) -> None:
    path = "geodata.table_import.layout.joined_tables._unit"
    monkeypatch.setattr(path, lambda _, row: row.name)
    first, second = part(*"abcde"), part(*"abcde"[:shared], *"vwxyz"[shared:])
    assert _of_different_units([first, second]) is apart


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ({"1.234,5": 9, "x": 1}, "vietnamese"),
        ({"1.234,5": 8, "x": 2}, None),
        ({"1,234.5": 9, "x": 1}, "english"),
        ({"x": 3}, None),
        ({}, None),
    ],
)
def test_nine_of_ten_texts_tell_the_notation(words: dict[str, int], notation) -> None:
    assert _mostly(Counter(words)) == notation


def test_a_name_is_filled_down_into_more_than_its_own_row() -> None:
    filled: list[CellRange] = []
    grid = Some(numbers=[1, 2, 4], fill_down=filled.append)
    _fill(grid, 0, 0, 3)
    assert filled == []
    _fill(grid, 1, 2, 3)
    assert filled == [CellRange(2, 3, 4, 3)]


@pytest.mark.parametrize(("length", "named"), [(79, True), (80, False)])
def test_a_heading_of_units_is_short(length: int, named: bool) -> None:
    text = "Tên xã".ljust(length, ".")
    grid = Some(rows=[(text,)], text=lambda *_: "Tên xã")
    assert _names_units(grid, 0) is named


def test_a_header_may_stand_again_in_the_last_rows_of_a_sheet() -> None:
    texts = [("Xã", "Số"), ("A", "1"), ("Xã", "Số")]
    grid = Some(rows=texts, own_texts=lambda row: texts[row])
    assert _is_header_again(Some(grid=grid, header=[texts[0]]), 2)
    assert not _is_header_again(Some(grid=grid, header=[texts[0], texts[1]]), 2)
    assert not _is_header_again(Some(grid=grid, header=[texts[0]]), 1)


@pytest.mark.parametrize(("shared", "again"), [(1, False), (2, True)])
def test_units_come_again_when_more_than_a_fifth_was_there(monkeypatch, shared, again) -> None:
    path = "geodata.table_import.layout.stacked_tables._units"
    monkeypatch.setattr(path, lambda _, rows: {f"{rows.start}"})
    reader = Some(grid=Some(own_texts=lambda row: (f"{row}",)), header=[("Xã",)])
    assert _repeats(reader, 0, 5, {f"{n}" for n in range(shared)} | {"x"}) is again


@pytest.mark.parametrize(
    ("words", "filled", "blank", "few"),
    [
        (MIN_CATEGORIES, MIN_CATEGORIES + 1, 0, True),
        (MIN_CATEGORIES - 1, 5, 0, False),
        (MAX_CATEGORIES, MAX_CATEGORIES + 1, 0, True),
        (MAX_CATEGORIES + 1, 20, 0, False),
        (3, 3, 0, False),
        (3, 4, 4, True),
        (3, 4, 5, False),
    ],
)
def test_few_words_come_back_and_fill_half_of_their_column(words, filled, blank, few) -> None:
    assert are_few(words, filled, blank) is few


def cells(figures: int, labels: int) -> ColumnCells:
    kinds = ["number"] * figures + ["label"] * labels
    return ColumnCells([*range(figures), *map("x{}".format, range(labels))], kinds)


@pytest.mark.parametrize(("figures", "fits"), [(2, True), (3, False)])
def test_a_column_of_groups_has_as_many_words_as_figures(figures: int, fits: bool) -> None:
    assert _fits("parent", cells(figures, 2), ("Huyện",)) is fits


@pytest.mark.parametrize(("upper", "role"), [(8, "parent"), (7, "text")])
def test_four_of_five_names_of_upper_units_make_a_column_of_parents(upper: int, role: str) -> None:
    names = defaultdict(str, {f"x{n}": "upper_unit" for n in range(upper)})
    assert _role(("Ghi chú thêm",), cells(0, 10), True, names) == role


@pytest.mark.parametrize(("shown", "percent"), [(2, False), (3, True)])
def test_more_than_half_of_the_figures_are_shown_as_percentages(shown: int, percent: bool) -> None:
    grid = Some(looks=[(0, 7)] * shown + [(0,)] * (4 - shown))
    column = ColumnCells([0.1, 0.2, 0.3, 0.4], ["number"] * 4)
    assert _shown_as_percent(grid, range(4), 2, column, {7}) is percent


@pytest.mark.parametrize(("persons", "bounds"), [(1, 0), (2, 1)])
def test_two_columns_of_persons_lower_the_score(persons: int, bounds: int) -> None:
    columns = [Some(path=("Ngày sinh",), number=n) for n in range(persons)]
    table = Some(columns=columns, cells={9: Some(figures=1)}, header=(1,))
    assert len(list(_bounds(table, 2, [Some(number=9)]))) == bounds


def test_merged_cells_are_turned_that_lie_within_the_part() -> None:
    merged = [
        CellRange(2, 1, 2, 3),
        CellRange(4, 1, 5, 1),
        CellRange(1, 1, 2, 1),
        CellRange(5, 1, 6, 1),
    ]
    assert _exchanged(merged, 2, 5) == [CellRange(1, 2, 3, 2), CellRange(1, 4, 1, 5)]


@pytest.mark.parametrize(
    ("named", "down", "found"), [(3, 2, 0), (3, 3, None), (2, 0, None), (4, 3, 0)]
)
def test_a_row_of_units_names_three_and_more_than_any_column(named, down, found) -> None:
    texts = [f"xã {n}" for n in range(named)] + ["x"]
    grid = Some(
        text=lambda _, column: texts[column],
        own_cells=lambda _: [(column, "label") for column in range(len(texts))],
    )
    kinds = defaultdict(str, dict.fromkeys(texts[:-1], "unit"))
    assert row_of_units(grid, range(1), kinds, down) == found


@pytest.mark.parametrize(("length", "kind"), [(80, "unit"), (81, "")])
def test_a_name_of_a_unit_fits_in_a_cell(length: int, kind: str) -> None:
    assert name_kind("x" * length, Some(kind_of=lambda _: "unit")) == kind


@pytest.mark.parametrize(("codes", "others", "found"), [(9, 1, 9), (8, 1, 0), (1, 0, 0), (2, 0, 2)])
def test_nine_of_ten_numbers_of_a_column_of_codes_are_codes(codes, others, found) -> None:
    texts = [f"0{n}" for n in range(codes)] + [f"9{n}" for n in range(others)]
    grid = Some(text=lambda row, _: texts[row], kind=lambda *_: "number")
    names = Some(is_code=lambda text: text.startswith("0"))
    column = _code_column(grid, range(1, 2), names, range(len(texts)))
    assert (column.known if column else 0) == found


@pytest.mark.parametrize(("villages", "number"), [(2, 2), (1, 1)])
def test_villages_are_listed_beside_their_communes(monkeypatch, villages: int, number: int) -> None:
    path = "geodata.table_import.layout.unit_column."
    monkeypatch.setattr(f"{path}header_path", lambda _grid, _header, column: (f"{column}",))
    monkeypatch.setattr(f"{path}names_villages", lambda names: names == ("2",))
    grid = Some(
        sampled=lambda *_: range(2),
        text=lambda row, column: f"{row}{column}",
        kind=lambda row, _: "label" if row < villages else "number",
    )
    units = Some(role="name", number=1, known=2)
    assert village_column(grid, (0,), range(2), range(1, 3), units).number == number


@pytest.mark.parametrize(("rows", "known"), [(30, True), (31, False)])
def test_the_header_of_a_named_table_has_up_to_thirty_rows(rows: int, known: bool) -> None:
    assert (TableChoice.called(f"A:1-{rows}:40-50") is not None) is known


def test_a_text_of_answers_may_be_as_long_as_the_largest(monkeypatch) -> None:
    monkeypatch.setattr(answers_json, "LARGEST", 5)
    assert answers_json.parsed("[1,2]", "a.json") == [1, 2]
    with pytest.raises(FileFault):
        answers_json.parsed("[1,2] ", "a.json")


@pytest.mark.parametrize(("share", "fits"), [(0.8, True), (0.79, False)])
def test_a_recipe_fits_from_four_of_five_columns(monkeypatch, share: float, fits: bool) -> None:
    monkeypatch.setattr(RecipeFit, "share", share)
    assert object.__new__(RecipeFit).fits is fits


def test_a_form_has_up_to_two_hundred_indicators() -> None:
    names = [f"i{n}" for n in range(MOST_INDICATORS)]
    indicators = {name: Some(levels=("commune",)) for name in [*names, "more"]}
    catalogue = Some(indicators=indicators)
    assert len(_indicators(catalogue, names, "commune")) == MOST_INDICATORS
    for wrong in ([*names, "more"], [], ["i1", "i1"]):
        with pytest.raises(InvalidInput):
            _indicators(catalogue, wrong, "commune")


def test_bits_by_chance_grow_with_the_rows() -> None:
    assert (bits_by_chance(1), bits_by_chance(2), bits_by_chance(1024)) == (11, 11, 20)


@pytest.mark.parametrize(
    ("numbers", "rises"),
    [((1,), False), ((1, 2), True), ((0, 1), True), ((2, 3), False), ((1, 2, 1, 2), True),
     ((1, 3), False), ((1, 1), True), ((1, 2, 0), False), ((), False)],
)  # fmt: skip
def test_numbers_of_rows_rise_by_one_or_begin_anew(numbers: tuple[int, ...], rises: bool) -> None:
    assert _rises(ColumnCells(numbers, ["number"] * len(numbers))) is rises


@pytest.mark.parametrize(
    ("path", "numbers", "periods"),
    [("Tháng", (1, 12), True), ("Tháng", (0, 12), False), ("Tháng", (1, 13), False),
     ("Năm", (2024, 2025), True), ("Năm", (1, 2), False), ("Năm", (), False)],
)  # fmt: skip
def test_months_are_numbered_from_one_to_twelve(path: str, numbers, periods: bool) -> None:
    assert _are_periods(ColumnCells(numbers, ["number"] * len(numbers)), (path,)) is periods


def test_the_shares_a_table_is_scored_by() -> None:
    assert (_adding((0, 0)), _adding((4, 1)), _adding((2, 2))) == (0.5, 0.25, 1.0)
    columns = [Some(role=role, path=path) for role, path in (
        ("name", ("Xã",)), ("value", ("Số",)), ("value", ("Số",)), ("value", ()), ("empty", ("x",)),
    )]  # fmt: skip
    assert _headed((1,), columns) == 0.25
    assert _headed((), columns) == 0.0
    assert _headed((1,), columns[4:]) == 0.0
