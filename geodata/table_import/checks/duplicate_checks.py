"""Figures of the same unit, indicator, period and status that are there already."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Message
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number

_SAME = 1e-9


def duplicate_checks(table: CheckedTable) -> Iterator[Violation]:
    """Figures that differ from those that are there (L01), or repeat them (L05).

    Where every figure of the table is there already nothing would change (L04).
    """
    told = 0
    same = list[Violation]()
    for (indicator_id, dimensions, period, status), figures in table.numbers.items():
        known = table.known(indicator_id, dimensions)
        for unit_id, figure in figures.items():
            there = known.get((unit_id, period, status))
            if figure.value is None:
                continue
            told += 1
            if there is None:
                continue
            agrees = abs(figure.value - there.value) <= _SAME * max(1.0, abs(there.value))
            if agrees:
                same.append(
                    Violation(
                        "L05",
                        "note",
                        Message("Figures that are there already, by “{source}”",
                                source=there.source),
                        remedy=Message("They stay as they are"),
                        place=figure.place,
                        value=figure.raw,
                        group=there.source,
                    )
                )  # fmt: skip
                continue
            yield Violation(
                "L01",
                "note",
                Message(
                    "{unit}: {before} by “{source}” would become {after}",
                    unit=table.unit_name(unit_id),
                    before=number(there.value),
                    source=there.source,
                    after=number(figure.value),
                ),
                remedy=Message("Leave the column aside if the figure that is there holds"),
                place=figure.place,
                value=figure.raw,
                group=(indicator_id, dimensions, period, status, there.source),
            )
    yield from same
    if told and len(same) == told:
        yield Violation(
            "L04",
            "error",
            Message("Nothing would change: every figure is there already"),
            remedy=Message("Look whether it is the right file"),
        )
