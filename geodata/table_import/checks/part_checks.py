"""The parts of an indicator by a code list are no more than the whole (X01)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from geodata.i18n import Joined, Message
from geodata.part_sums import Excess, find_excesses
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.report_records import ImportedValue


def check_parts(table: CheckedTable) -> Iterator[Violation]:
    """Parts of a table that are more than their whole in the same table."""
    if not any(one.whole for name, *_ in table.numbers if (one := table.indicators.get(name))):
        return
    said: dict[tuple[str, str, str], dict[str, ImportedValue]] = defaultdict(dict)
    for (series, _, period, status), figures in table.numbers.items():
        for unit_id, figure in figures.items():
            said[unit_id, period, status][series] = figure
    for (unit_id, *when), figures in said.items():
        values = {name: each.value for name, each in figures.items() if each.value is not None}
        dimensions = table.dimensions
        for excess in find_excesses(values, table.indicators, dimensions):
            yield _violation(table, unit_id, excess, figures, tuple(when))


def _violation(
    table: CheckedTable,
    unit_id: str,
    excess: Excess,
    figures: dict[str, ImportedValue],
    when: tuple[str, ...],
) -> Violation:
    wrong = figures[excess.parts[0] if excess.alone else excess.whole]
    parts = sum(figures[part].value or 0.0 for part in excess.parts)
    return Violation(
        "X01",
        "confirm",
        Message(
            "{unit}: {names} make {parts}, {whole_name} is {whole}",
            unit=table.unit_name(unit_id),
            names=Joined(" + ", [table.indicators[part].name for part in excess.parts]),
            parts=number(parts),
            whole_name=table.indicators[excess.whole].name,
            whole=number(figures[excess.whole].value or 0.0),
        ),
        expected=Message("a part no larger than its whole"),
        remedy=Message("Correct it, or confirm it: it is then published as doubtful"),
        place=wrong.place,
        value=wrong.raw,
        group=(excess.whole, excess.dimension.id, *when),
        doubt=True,
    )
