"""Figures of the same unit, indicator, period and status that are there already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from geodata.i18n import Localised, Message, Text
from geodata.model import Indicator
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.known_facts import KnownFigure
from geodata.table_import.report_records import ImportedValue

_SAME = 1e-9


def duplicate_checks(table: CheckedTable) -> Iterator[Violation]:
    """Figures that differ from those that are there (L01), or repeat them (L05).

    Where every figure of the table is there already nothing would change (L04).
    """
    told = 0
    same = list[Violation]()
    told_by_series = chain(table.numbers.items(), table.classes.items())
    for (indicator_id, dimensions, period, status), figures in told_by_series:
        known = table.known(indicator_id, dimensions)
        for unit_id, figure in figures.items():
            there = known.get((unit_id, period, status))
            told += 1
            if there is None:
                continue
            if _agrees(figure, there):
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
                    before=_words(there, table.indicators[indicator_id]),
                    source=there.source,
                    after=_words(figure, table.indicators[indicator_id]),
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


def _agrees(figure: ImportedValue, there: KnownFigure) -> bool:
    if figure.value is None:
        return figure.category == there.category
    return abs(figure.value - there.value) <= _SAME * max(1.0, abs(there.value))


def _words(figure: ImportedValue | KnownFigure, indicator: Indicator) -> Localised:
    """A number, or the name of a class; its code where the list has it no more."""
    if figure.value is not None and not figure.category:
        return number(figure.value)
    names = {each.id: each.name for each in indicator.categories}
    return names.get(figure.category, Text(figure.category))
