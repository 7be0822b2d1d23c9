"""Periods that figures of their status cannot be of, and closed ones."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Formatted, Message, Verbatim
from geodata.period import day_label, parse_period
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import period_name


def period_checks(table: CheckedTable) -> Iterator[Violation]:
    """Actual figures of a period that has not begun (P03), figures of a closed one (P04)."""
    today = table.facts.today
    for (indicator_id, _, period, status), values in table.by_series.items():
        told = parse_period(period)
        indicator = table.indicators.get(indicator_id)
        name = indicator.name if indicator else Verbatim(indicator_id)
        if status in ("actual", "estimate") and told.start > today:
            what = Message(
                "{indicator}: {period} has not begun, and the figures are given as actual"
            )
            expected = Message("a period that begins by {day}", day=Formatted(day_label, today))
            remedy = Message("Correct the period, or say that they are a plan or a target")
            code = "P03"
        elif table.closed_until is not None and told.end <= table.closed_until:
            what = Message("{indicator}: {period} is closed")
            closed = Formatted(day_label, table.closed_until)
            expected = Message("a period that ends after {day}", day=closed)
            remedy = Message("Correct single figures with their reason, or ask an administrator")
            code = "P04"
        else:
            continue
        sentence = what.filled(indicator=name, period=period_name(period))
        for each in values:
            yield Violation(
                code,
                "error",
                sentence,
                expected,
                remedy,
                place=each.place,
                value=each.raw,
                group=(indicator_id, period),
            )
