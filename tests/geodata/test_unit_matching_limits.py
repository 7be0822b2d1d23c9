"""What is decided exactly at its limit when the units of a table are matched."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Some

import pytest

from geodata.table_import.units.level_names import LevelNames
from geodata.table_import.units.table_area import _root
from geodata.table_import.units.unit_columns import _code_column as code_column
from geodata.table_import.units.unit_columns import _is_parent, _name_column
from geodata.table_import.units.vintage_choice import (
    _alone_nearly_named,
    _Day,
    _ended,
    _of_nearly_full,
)
from geodata.table_import.units.written_name import LONGEST_NAME, code_within, written_name


def finding(roots: str) -> tuple[Some, ...]:
    return (Some(units=tuple(roots)),)


@pytest.mark.parametrize(
    ("roots", "root"),
    [
        (["a"] * 10, "a"),
        (["a"] * 9 + ["b"], "a"),
        (["a"] * 8 + ["b", "c"], None),
        (["ab"] * 5 + ["a"] * 4 + ["c"], "a"),
        (["ab"] * 6 + ["a"] * 3 + ["c"], None),
        (["ab"] * 6 + ["a"] * 4, "a"),
        (["ab"] * 10, None),
        ([], None),
    ],
)
def test_rows_lie_below_one_unit_when_nearly_all_do_and_few_elsewhere(roots, root) -> None:
    index = Some(kinship=Some(root=lambda unit: unit))
    assert _root([finding(each) for each in roots], 0, index) == root


def column(number: int, role: str) -> Some:
    return Some(number=number, role=role)


def layout_of(*columns: Some) -> Some:
    first = {each.role: each for each in reversed(columns)}
    return Some(columns=columns, column=first.get)


@pytest.mark.parametrize(("known", "number"), [(2, 2), (1, 1)])
def test_the_names_stand_where_half_of_them_are_known(monkeypatch, known: int, number: int) -> None:
    path = "geodata.table_import.units.unit_columns."
    texts = {
        1: ["a", "b", "c", "d"],
        2: ["xã", "xóm", "c", "d"][:known] + ["c", "d", "e", "f"][: 4 - known],
    }
    monkeypatch.setattr(f"{path}_texts", lambda _, column: texts[column])
    monkeypatch.setattr(
        f"{path}_share", lambda _rows, column, names: len(names) / len(texts[column])
    )
    index = Some(kind_of=lambda text: text.startswith("x"))
    assert _name_column(layout_of(column(1, "name"), column(2, "text")), [], index) == number


@pytest.mark.parametrize(
    ("said", "codes", "agreeing", "found"),
    [(0.5, 0.0, 0.0, 1), (0.4, 0.8, 0.8, 3), (0.4, 0.7, 0.8, None), (0.4, 0.8, 0.7, None)],
)
def test_codes_are_known_and_those_of_the_names_beside(
    monkeypatch, said, codes, agreeing, found
) -> None:
    path = "geodata.table_import.units.unit_columns."
    shares = {1: said, 3: codes}
    monkeypatch.setattr(f"{path}_known_codes", lambda _rows, column, _index: shares[column])
    monkeypatch.setattr(f"{path}_agreeing", lambda *_: agreeing)
    layout = layout_of(column(1, "code"), column(2, "name"), column(3, "value"))
    assert code_column(layout, [], Some(), 2) == found


@pytest.mark.parametrize(
    ("upper", "count", "is_parent"), [(4, 5, True), (3, 5, False), (1, 1, False), (2, 2, True)]
)
def test_four_of_five_texts_name_upper_units(monkeypatch, upper, count, is_parent) -> None:
    path = "geodata.table_import.units.unit_columns."
    monkeypatch.setattr(f"{path}_texts", lambda *_: range(count))
    monkeypatch.setattr(f"{path}_above", lambda text: text < upper)
    assert _is_parent(column(1, "text"), [], Some(levels_of=lambda text: text)) is is_parent


def day(number: int, found: int, units: int = 10, rows: int | None = None) -> _Day:
    explained = frozenset(range(found if rows is None else rows))
    return _Day(number, explained, 0, frozenset(range(found)), units)


@pytest.mark.parametrize(
    ("named", "chosen"), [((9, 5), 0), ((9, 6), None), ((8, 1), None), ((9, 9), None), ((10,), 0)]
)
def test_a_day_nearly_all_of_whose_units_are_named_is_alone(named, chosen) -> None:
    assert _alone_nearly_named([day(n, found) for n, found in enumerate(named)]) == chosen


@pytest.mark.parametrize(
    ("rows", "explained", "chosen"),
    [((9, 8), 10, 0), ((8, 7), 10, None), ((9, 9), 10, None), ((9, 8), 11, None)],
)
def test_a_day_explains_nearly_all_rows_and_more_than_others(rows, explained, chosen) -> None:
    days = [day(n, 9, rows=count) for n, count in enumerate(rows)]
    assert _of_nearly_full(days, explained) == chosen


def test_a_list_ends_on_the_day_of_the_next_one() -> None:
    days = [dt.date(2013, 1, 1), dt.date(2025, 7, 1)]
    index = Some(timeline=days)
    assert _ended(0, days[1], index)
    assert not _ended(0, days[1] - dt.timedelta(days=1), index)
    assert not _ended(1, days[1], index)
    assert not _ended(0, None, index)


def test_names_and_codes_are_looked_for_in_cells_of_a_bounded_length() -> None:
    long = "12345 " + "x" * (LONGEST_NAME - 6)
    assert code_within(long) == ("12345", "x" * (LONGEST_NAME - 6))
    assert code_within(f"{long}x") == ("", f"{long}x")
    assert list(written_name("xã Bình Lư".ljust(LONGEST_NAME), LevelNames.of("commune")))
    assert not list(written_name("xã Bình Lư".ljust(LONGEST_NAME + 1), LevelNames.of("commune")))
