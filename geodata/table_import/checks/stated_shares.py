"""Stated shares of plan and changes on the year before, worked out anew from the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.model import STATUS_GROUPS, Status
from geodata.period import parse_period
from geodata.rounding import CUT_POINTS, half_digit, quotient_spread
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.comparisons import (
    ComparedCell,
    StatedComparison,
    best_factor,
    disagreeing,
)
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns.period_words import shifted
from geodata.table_import.report_records import SkippedCheck

_DONE = STATUS_GROUPS["actual"]
_AIMED: tuple[Status, ...] = ("plan", "target")

RowNumbers = Mapping[int, float]
"""The numbers of a column by row, in the indicator's unit of measure."""


def stated_share_checks(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """Stated percentages that do not follow from the figures they speak of (X03).

    The columns are read as they stand, whether or not their indicator is known already.
    """
    values = {each.column: each for each in table.meanings if each.use == "value"}
    for meaning in table.meanings:
        if meaning.use not in ("stated_percent", "stated_change"):
            continue
        of = values.get(meaning.of_column or 0)
        rows = list(_stated(table, meaning, of)) if of is not None else []
        if of is None or not rows:
            header = table.columns[meaning.column].heading
            yield SkippedCheck(
                "X03", Message("“{header}”: there is nothing to work it out from", header=header)
            )
            continue
        for each in _wrong(table, meaning, of, rows):
            yield _violation(table, meaning, each)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A stated share or change with the two figures that it is worked out from."""

    cell: ComparedCell
    stated: float
    figure: float
    base: float


def _stated(table: CheckedTable, meaning: ColumnMeaning, of: ColumnMeaning) -> Iterator[_Stated]:
    figures, base = _numbers(table, of), _base(table, meaning, of)
    for row, stated in _numbers(table, meaning).items():
        if row in figures and base.get(row):
            cell = table.cell_of(row, meaning.column)
            yield _Stated(cell, stated, figures[row], base[row])


def _quotients(rows: Sequence[_Stated]) -> list[StatedComparison]:
    upper, lower = half_digit(r.figure for r in rows), half_digit(r.base for r in rows)
    return [
        StatedComparison(
            row.cell,
            row.stated,
            row.figure / row.base,
            row.figure / row.base * quotient_spread(row.figure, row.base, upper, lower),
        )
        for row in rows
    ]


def _differences(rows: Sequence[_Stated]) -> list[StatedComparison]:
    spread = half_digit(r.figure for r in rows) + half_digit(r.base for r in rows)
    return [StatedComparison(r.cell, r.stated, r.figure - r.base, spread) for r in rows]


def _numbers(table: CheckedTable, meaning: ColumnMeaning) -> RowNumbers:
    figures = table.figures_of(meaning.column)
    return {row: value * meaning.scale for row, value in figures.items()}


def _base(table: CheckedTable, meaning: ColumnMeaning, of: ColumnMeaning) -> RowNumbers:
    """What a column is a share of: the plan for its period, or the same period a year before."""
    for other in table.meanings:
        if other.use == "value" and _same_track(of, other) and _is_base(meaning, of, other):
            return _numbers(table, other)
    return _known_base(table, meaning, of)


def _same_track(of: ColumnMeaning, other: ColumnMeaning) -> bool:
    """Whether two columns are of one indicator, or below one header while it is not known."""
    if other.column == of.column:
        return False
    if of.indicator or other.indicator:
        return (of.indicator, of.dimensions) == (other.indicator, other.dimensions)
    return len(of.path) > 1 and of.path[:-1] == other.path[:-1]


def _is_base(meaning: ColumnMeaning, of: ColumnMeaning, other: ColumnMeaning) -> bool:
    try:
        own, period = parse_period(of.period), parse_period(other.period)
    except InvalidInput:
        return False
    if meaning.use == "stated_change":
        return other.status in _DONE and other.period == shifted(of.period, -1)
    return other.status in _AIMED and period.start <= own.start and period.end >= own.end


def _known_base(table: CheckedTable, meaning: ColumnMeaning, of: ColumnMeaning) -> RowNumbers:
    try:
        year = str(parse_period(of.period).start.year)
    except InvalidInput:
        return {}
    known = table.known(of.indicator, of.dimensions) if of.indicator else {}
    wanted: list[tuple[str, Status]] = [(year, "plan")]
    if meaning.use == "stated_change":
        wanted = [(shifted(of.period, -1), status) for status in _DONE]
    found: dict[int, float] = {}
    for match in table.matching.rows:
        for period, status in wanted:
            figure = known.get((match.unit_id, period, status))
            if figure is not None and not figure.doubtful:
                found.setdefault(match.row, figure.value)
    return found


def _wrong(
    table: CheckedTable, meaning: ColumnMeaning, of: ColumnMeaning, rows: Sequence[_Stated]
) -> list[StatedComparison]:
    """What does not fit the way in which most of the column was worked out."""
    compared = _quotients(rows)
    ways, differing = [compared], []
    indicator = table.indicators.get(of.indicator)
    if meaning.use == "stated_change":
        ways.append(
            [StatedComparison(c.cell, c.stated, c.expected - 1, c.spread) for c in compared]
        )
        # "Tăng, giảm" may be in people, or in percentage points.
        differing.append(disagreeing(_differences(rows)))
    elif indicator is not None and indicator.direction == "down":
        # Offices count a rate below plan as more than 100 % of it.
        ways.append(
            [
                StatedComparison(c.cell, c.stated, 1 / c.expected, c.spread / c.expected**2)
                for c in compared
                if c.expected
            ]
        )
    for way in ways:
        factor = best_factor(way, (100.0, 1.0))
        differing.append(disagreeing(way, factor, CUT_POINTS * factor / 100))
    return min(differing, key=len)


def _violation(table: CheckedTable, meaning: ColumnMeaning, found: StatedComparison) -> Violation:
    return Violation(
        "X03",
        "confirm",
        Message(
            "{unit}: “{header}” is {stated}, its figures make {expected}",
            unit=table.unit_name(found.cell.unit_id),
            header=table.columns[meaning.column].heading,
            stated=number(found.stated),
            expected=number(found.expected, 2),
        ),
        expected=Message("the share that follows from the figures beside it"),
        remedy=Message("Correct the figure, its plan, or the stated share"),
        place=found.cell.place,
        value=found.cell.raw,
        group=meaning.column,
    )
