"""Figures far from those of the other units of the same column."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from heapq import nlargest, nsmallest

from geodata.i18n import Message
from geodata.model import Indicator
from geodata.outliers import FEWEST, far_from_others, median
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.report_records import ImportedValue

_APART = 30.0
"""By what a figure must be larger or smaller than any other to look like a slip."""
_THOUSAND = 3.0


def outlier_checks(table: CheckedTable) -> Iterator[Violation]:
    """Figures far from the median (T02), or a thousand times off all others (I03)."""
    for series, figures in table.numbers.items():
        indicator = table.indicators.get(series[0])
        if indicator is None or len(figures) < FEWEST:
            continue
        values = table.values_by_unit(series)
        logarithmic = indicator.kind == "count" or (indicator.maximum or math.inf) > 100
        slips = set(_slips(values)) if logarithmic else set()
        for unit in far_from_others(values, logarithmic=logarithmic):
            yield _far(table, indicator, figures[unit], median(values.values()), unit in slips)


def _slips(values: Mapping[str, float]) -> Iterator[str]:
    """The units whose values would be among the others if they were a thousand times as large."""
    above_zero = [value for value in values.values() if value > 0]
    if len(above_zero) < FEWEST:
        return
    smallest, largest = nsmallest(2, above_zero), nlargest(2, above_zero)
    # What is not above zero is neither of both, however many times it is taken.
    for unit, value in values.items():
        # Only the smallest or the largest of all can be far from every other.
        least = smallest[value == smallest[0]]
        most = largest[value == largest[0]]
        small = value * _APART < least and least / 2 <= value * 10**_THOUSAND <= most * 2
        large = value > most * _APART and least / 2 <= value / 10**_THOUSAND <= most * 2
        if (small and value >= 1) or large:
            yield unit


def _far(
    table: CheckedTable, indicator: Indicator, figure: ImportedValue, centre: float, slip: bool
) -> Violation:
    assert figure.value is not None
    what = (
        Message("{unit}: {value}, half of the units have more than {centre}: another unit of "
                "measure?")
        if slip
        else Message("{unit}: {value}, half of the units have more than {centre}")
    ).filled(
        unit=table.unit_name(figure.unit_id),
        value=number(figure.value),
        centre=number(centre, max(indicator.decimals, 1)),
    )  # fmt: skip
    if slip:
        return Violation(
            "I03",
            "confirm",
            what,
            expected=Message("figures of the size of the others"),
            remedy=Message("Correct it, or confirm it: it is then published as doubtful"),
            place=figure.place,
            value=figure.raw,
            group=(indicator.id, figure.period, "neighbours"),
            doubt=True,
        )
    return Violation(
        "T02",
        "note",
        what,
        remedy=Message("Look whether it is right"),
        place=figure.place,
        value=figure.raw,
        group=(indicator.id, figure.period),
    )
