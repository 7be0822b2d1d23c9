"""Which rows of a table stand above others: groups and totals, held against their figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.errors import InvalidInput
from geodata.locale_numbers import Notation, parse_number
from geodata.readers.sheet import CellValue
from geodata.table_import.layout.adding import Figures, RowSum, bits_by_chance, find_sums
from geodata.table_import.layout.cell_kinds import split_ordinal
from geodata.table_import.layout.cell_values import number_words
from geodata.table_import.layout.column_headings import adds_up
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout_records import RowRole, TableColumn

_MOST_COLUMNS = 6
"""Columns that are added; more would tell nothing else."""
_BY_WORDS = 3.0
"""Bits from which a row that its words call a sum is believed to add up."""
_BY_LOOK = 6.0
"""Bits from which one row that is named twice or not at all, or bold, is believed to be a sum."""
_FEW = 0.2
_LARGEST = 1e15
"""Figures from which sums are not exact."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What stands above what.

    Parameters
    ----------
    roles
        The role of each row, by its place.
    parents
        For rows of units the words of the group they stand under.
    sums
        How many of the groups and totals that state figures there are, and how many add up.
    """

    roles: dict[int, RowRole]
    parents: dict[int, str]
    sums: tuple[int, int] = (0, 0)


def settle_levels(
    reader: RowReader,
    roles: Mapping[int, RowRole],
    columns: Sequence[TableColumn],
    first_parent: str = "",
    *,
    adds: bool = True,
) -> Levels:
    """Roles by words, set right by adding up.

    Parameters
    ----------
    reader
        The rows.
    roles
        The role of each row of the body by its words, in order.
    columns
        The columns, as the rows taken for units show them.
    first_parent
        Words of the unit that the title above the first part names.
    adds
        Whether rows can be added: those of a long table are of different indicators or years.
    """
    settled = _Body(reader, dict(roles), tuple(roles))
    added = _added_columns(columns) if adds else []
    sums = settled.add_up(added)
    settled.take_sums(sums)
    settled.outermost_units_are_totals()
    _without_page_numbers(reader, settled.roles, sum(each.role == "value" for each in columns))
    stated = [
        row for row in settled.rows
        if settled.roles[row] in ("group", "total") and reader.has_figures(row)
    ]  # fmt: skip
    right = sum(row in sums for row in stated)
    return Levels(settled.roles, settled.parents(sums, first_parent), (len(stated), right))


def empty_groups_as_units(reader: RowReader, roles: Mapping[int, RowRole]) -> dict[int, RowRole]:
    """Roles by words, set right by what stands below each row.

    Rows that look like groups but have no rows below them are units: tables of districts, and
    tables that number their communes in Roman figures, have such. A heading without figures stays
    one. A row that names a unit and nothing else is a heading where the rows of units are numbered
    or name none that is known: a commune above its villages.
    """
    settled = dict(roles)
    for row in _headings(reader, roles):
        settled[row] = "group"
    roles = dict(settled)
    below = False
    for row in reversed(tuple(roles)):
        if roles[row] == "data":
            below = True
        elif roles[row] == "group":
            if not below and reader.has_figures(row):
                settled[row] = "data"
            below = False
    return settled


def members_of_series(
    reader: RowReader, roles: Mapping[int, RowRole], series: Sequence[int]
) -> dict[int, RowRole]:
    """Roles in which rows of a long table that look like groups are units.

    A province has rows of its own there, each with its year or indicator like those of communes.
    """
    return {
        row: "data"
        if role == "group"
        and reader.has_figures(row)
        and all(reader.grid.text(row, column) for column in series)
        else role
        for row, role in roles.items()
    }


def _headings(reader: RowReader, roles: Mapping[int, RowRole]) -> list[int]:
    """Rows of one cell that name a unit above rows that have more."""
    data = [row for row, role in roles.items() if role == "data"]
    alone = [
        row for row in data if not reader.has_figures(row) and len(reader.grid.own_cells(row)) == 1
    ]
    others = len(data) - len(alone)
    if not alone or not others:
        return []
    numbered = sum(bool(reader.ordinal(row)) for row in data)
    known = sum(reader.name(row)[1] == "unit" for row in data) - len(alone)
    if 2 * numbered <= others and 2 * known >= others:
        return []
    return [row for row in alone if roles.get(row + 1) == "data" and row + 1 not in alone]


def _without_page_numbers(reader: RowReader, roles: dict[int, RowRole], columns: int) -> None:
    """Take rows of one number and nothing else for notes, in a table of several columns."""
    if columns < 2:
        return
    for row, role in roles.items():
        if role == "other" and [kind for _, kind in reader.grid.own_cells(row)] == ["number"]:
            roles[row] = "note"


@dataclass
class _Body:
    """The rows below the header while their levels are settled."""

    reader: RowReader
    roles: dict[int, RowRole]
    rows: tuple[int, ...]

    def add_up(self, columns: Sequence[TableColumn]) -> dict[int, RowSum]:
        """The rows that are sums of others, by place; `RowSum` tells places of rows in the grid."""
        able = ("data", "group", "total", "other")
        rows = [row for row in self.rows if self.roles[row] in able]
        if not columns or len(rows) < 3:
            return {}
        figures = _figures(self.reader, rows, columns)
        members = np.array([self.roles[row] == "data" for row in rows])
        found = find_sums(figures, members, self._needed(rows))
        return {
            rows[n]: RowSum(rows[n], rows[each.first], rows[each.last], each.columns, each.bits)
            for n, each in found.items()
        }

    def _needed(self, rows: Sequence[int]) -> Figures:
        """Bits from which each row is believed to be a sum."""
        reader, grid = self.reader, self.reader.grid
        named = [reader.name(row) for row in rows]
        data = [name for row, (name, _) in zip(rows, named, strict=True)
                if self.roles[row] == "data"]  # fmt: skip
        often = Counter(split_ordinal(name)[1].lower() for name in data)
        bold = [grid.style(row, reader.column).bold for row in rows]
        few = sum(bold) <= _FEW * len(rows)
        chance = bits_by_chance(len(rows))
        known = sum(kind == "unit" for _, kind in named)
        foreign = 2 * known < len(data)  # a commune among villages that nobody knows yet
        needed: list[float] = []
        doubted: list[int] = []
        for place, (row, (name, kind)) in enumerate(zip(rows, named, strict=True)):
            role = self.roles[row]
            if role in ("group", "total") or (kind == "upper_unit" and not foreign):
                needed.append(_BY_WORDS)
            elif role == "other":
                needed.append(np.inf if name or not reader.has_figures(row) else chance)
            else:
                needed.append(chance)
            alone = (bold[place] and few) or often[split_ordinal(name)[1].lower()] == 2
            if not name or alone or (kind == "unit" and foreign):
                doubted.append(place)
        # The more rows are doubted, the more of them add up by chance.
        by_look = _BY_LOOK + math.log2(max(len(doubted), 1))
        for place in doubted:
            needed[place] = min(needed[place], by_look) if needed[place] < np.inf else np.inf
        return np.array(needed, dtype=np.float64)

    def take_sums(self, sums: Mapping[int, RowSum]) -> None:
        """Give rows that are sums their roles."""
        groups = {row for row in sums if self.roles[row] == "group" or sums[row].above}
        for row, found in sums.items():
            if self.roles[row] == "total" or row in self.reader.titles:
                continue
            around = any(found.first <= other <= found.last for other in groups if other != row)
            named = bool(self.reader.name(row)[0])
            self.roles[row] = "group" if found.above and named and not around else "total"

    def outermost_units_are_totals(self) -> None:
        """Take an upper unit that stands before or after all groups and their rows for the total.

        Its figures may be wrong, so that adding does not tell it.
        """
        units = [row for row in self.rows if self.roles[row] in ("data", "group")]
        kinds = {row: self.reader.name(row)[1] for row in units}
        data = [row for row in units if self.roles[row] == "data"]
        if sum(kinds[row] == "unit" for row in data) < 2:
            return
        for row in {units[0], units[-1]} & set(data):
            if kinds[row] == "upper_unit" and any(self.roles[r] == "group" for r in units):
                self.roles[row] = "total"

    def parents(self, sums: Mapping[int, RowSum], first: str) -> dict[int, str]:
        """For rows of units the words of the group they stand under.

        The words of a section that names no unit (``Khu vực thành thị``) do not take the place of
        the district above it.
        """
        parent, known, last = first, bool(first), self.rows[-1]
        found: dict[int, str] = {}
        for row in self.rows:
            if self.roles[row] == "group":
                name, kind = self.reader.name(row)
                if kind or not known or row > last:
                    parent, known = split_ordinal(name)[1], bool(kind)
                    last = sums[row].last if row in sums else self.rows[-1]
            elif self.roles[row] == "data":
                found[row] = parent
        for row, each in sums.items():
            name, kind = self.reader.name(row)
            if self.roles[row] == "total" and kind and not each.above:
                for below in range(each.first, each.last + 1):
                    if found.get(below) == "":
                        found[below] = split_ordinal(name)[1]
        return found


def _added_columns(columns: Sequence[TableColumn]) -> list[TableColumn]:
    able = [
        each for each in columns if each.role == "value" and not each.percent and adds_up(each.path)
    ]
    return able[:_MOST_COLUMNS]


def _figures(reader: RowReader, rows: Sequence[int], columns: Sequence[TableColumn]) -> Figures:
    """The figures of some columns, NaN where there is none."""
    wanted = range(columns[0].number, columns[-1].number + 1)
    values = reader.grid.column_values(rows, wanted)
    read = [[_figure(value, each.notation) for value in values[each.number]] for each in columns]
    figures = np.array(read, dtype=np.float64).T
    return np.where(np.abs(figures) < _LARGEST, figures, np.nan)


def _figure(value: CellValue, notation: Notation | None) -> float:
    if isinstance(value, bool):
        return np.nan
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str) or notation is None:
        return np.nan
    try:
        return parse_number(number_words(value), notation)
    except InvalidInput:
        return np.nan
