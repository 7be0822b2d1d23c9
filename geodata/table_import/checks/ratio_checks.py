"""Rates against numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from geodata.i18n import Message
from geodata.model import Indicator
from geodata.rounding import half_digit, quotient_spread
from geodata.table_import.checks.checked_table import CheckedTable, SeriesKey
from geodata.table_import.checks.comparisons import (
    ComparedCell,
    StatedComparison,
    disagreeing,
)
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number, period_name
from geodata.table_import.report_records import ImportedValue, SkippedCheck

_CONFIRM = Message("Correct it, or confirm it: it is then published as doubtful")


def _values(table: CheckedTable, series: SeriesKey) -> Mapping[str, float]:
    """The numbers of a series by unit: those of the table, else those that are known."""
    known = table.known_by_period(*series[:2]).get((series[2], series[3]), {})
    return {**known, **table.values_by_unit(series)}


def ratio_checks(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """Rates that do not follow from their parts, of the table or known (X02)."""
    for series, figures in table.numbers.items():
        indicator = table.indicators.get(series[0])
        if indicator is None or indicator.kind != "ratio" or indicator.ratio_factor is None:
            continue
        upper = _values(table, (indicator.numerator or "", *series[1:]))
        lower = _values(table, (indicator.denominator or "", *series[1:]))
        compared = _quotients(figures.values(), upper, lower, indicator.ratio_factor)
        if not compared:
            yield SkippedCheck(
                "X02",
                Message("{indicator}, {period}: its numerator or denominator is not known",
                        indicator=indicator.name, period=period_name(series[2])),
            )  # fmt: skip
        for each in disagreeing(compared):
            yield _wrong_rate(table, indicator, each, upper, lower)


def _quotients(
    figures: Iterable[ImportedValue], upper: Mapping[str, float],
    lower: Mapping[str, float], factor: float,
) -> list[StatedComparison]:  # fmt: skip
    half_upper, half_lower = half_digit(upper.values()), half_digit(lower.values())
    compared = []
    for figure in figures:
        above, below = upper.get(figure.unit_id), lower.get(figure.unit_id)
        if figure.value is None or above is None or not below:
            continue
        expected = factor * above / below
        spread = expected * quotient_spread(above, below, half_upper, half_lower)
        cell = ComparedCell(figure.unit_id, figure.place, figure.raw)
        compared.append(StatedComparison(cell, figure.value, expected, spread))
    return compared


def _wrong_rate(
    table: CheckedTable, indicator: Indicator, found: StatedComparison, upper: Mapping[str, float],
    lower: Mapping[str, float],
) -> Violation:  # fmt: skip
    unit_id = found.cell.unit_id
    return Violation(
        "X02",
        "confirm",
        Message(
            "{unit}: {indicator} is {stated}, but {numerator} of {denominator} make {expected}",
            unit=table.unit_name(unit_id),
            indicator=indicator.name,
            stated=number(found.stated),
            numerator=number(upper[unit_id]),
            denominator=number(lower[unit_id]),
            expected=number(found.expected, max(indicator.decimals, 2)),
        ),
        expected=Message("the quotient of its parts"),
        remedy=_CONFIRM,
        place=found.cell.place,
        value=found.cell.raw,
        group=(indicator.id, table.column_of(found.cell.place)),
        doubt=True,
    )
