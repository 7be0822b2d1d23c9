"""Periods that figures of their status cannot be of."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Formatted, Message
from geodata.period import day_label, parse_period
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import period_name


def period_checks(table: CheckedTable) -> Iterator[Violation]:
    """Actual figures of a period that has not begun (P03)."""
    today = table.facts.today
    for (indicator_id, _, period, status), values in table.by_series.items():
        if status not in ("actual", "estimate") or parse_period(period).start <= today:
            continue
        indicator = table.indicators.get(indicator_id)
        for each in values:
            yield Violation(
                "P03",
                "error",
                Message("{indicator}: {period} has not begun, and the figures are given as actual",
                        indicator=indicator.name if indicator else indicator_id,
                        period=period_name(period)),
                expected=Message("a period that begins by {day}", day=Formatted(day_label, today)),
                remedy=Message("Correct the period, or say that they are a plan or a target"),
                place=each.place,
                value=each.raw,
                group=(indicator_id, period),
            )  # fmt: skip
