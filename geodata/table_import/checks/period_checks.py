"""Periods that figures of their status cannot be of, and closed ones."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Formatted, Localised, Message, Verbatim
from geodata.period import day_label, parse_period
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import period_name


def period_checks(table: CheckedTable) -> Iterator[Violation]:
    """Actual figures of a period that has not begun (P03), figures of a closed one (P04)."""
    today = table.facts.today
    sentence: Localised
    expected: Localised
    remedy: Localised
    for (indicator_id, _, period, status), values in table.by_series.items():
        told = parse_period(period)
        indicator = table.indicators.get(indicator_id)
        name = indicator.name if indicator else Verbatim(indicator_id)
        if status in ("actual", "estimate") and told.start > today:
            sentence = Message(
                "{indicator}: {period} has not begun, and the figures are given as actual",
                indicator=name,
                period=period_name(period),
            )
            expected = Message("a period that begins by {day}", day=Formatted(day_label, today))
            remedy = Message("Correct the period, or say that they are a plan or a target")
            code = "P03"
        elif refused := table.closed.refusal(name, period):
            sentence, expected, remedy = refused
            code = "P04"
        else:
            continue
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
