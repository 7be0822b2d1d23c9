"""Units that a table puts into two classes of one indicator."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Joined, Message
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.report_records import ImportedValue


def class_checks(table: CheckedTable) -> Iterator[Violation]:
    """A unit with two classes in one period and status (C05)."""
    for series, values in table.by_series.items():
        by_unit: dict[str, list[ImportedValue]] = {}
        for each in values:
            if each.category:
                by_unit.setdefault(each.unit_id, []).append(each)
        for unit_id, found in by_unit.items():
            if len({each.category for each in found}) > 1:
                yield from _two_classes(table, unit_id, series[0], found)


def _two_classes(
    table: CheckedTable, unit_id: str, indicator_id: str, found: list[ImportedValue]
) -> Iterator[Violation]:
    names = {each.id: each.name for each in table.indicators[indicator_id].categories}
    codes = dict.fromkeys(each.category for each in found)
    for each in found:
        yield Violation(
            "C05",
            "error",
            Message(
                "{unit} is put into more than one class: {classes}",
                unit=table.unit_name(unit_id),
                classes=Joined(", ", [names[code] for code in codes]),
            ),
            expected=Message("one class for each unit"),
            remedy=Message("Correct the cells, or leave one of them out"),
            place=each.place,
            value=each.raw,
            group=(unit_id, indicator_id),
        )
