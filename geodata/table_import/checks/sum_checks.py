"""Sums: stated totals, provinces, parts and wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from geodata.i18n import Message
from geodata.model import Indicator
from geodata.rounding import sum_tolerance
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.part_checks import check_parts
from geodata.table_import.checks.stated_parts import check_stated_parts
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number, period_name
from geodata.table_import.known_facts import KnownFigure
from geodata.table_import.report_records import ImportedValue, SkippedCheck, StatedTotal

_AGREEING = 0.005
"""Share of the larger figure up to which two sources agree, as for quality flags."""


def sum_checks(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """Stated totals (R03), sums of provinces (X04), parts of a whole (X01)."""
    yield from _stated_totals(table)
    yield from _upper_units(table)
    yield from _parts_of_ratios(table)
    yield from check_parts(table)
    yield from check_stated_parts(table)


def _stated_totals(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    if not table.totals:
        return
    meanings = {meaning.column: meaning for meaning in table.meanings}
    by_column: dict[int, list[float]] = defaultdict(list)
    for each in table.values:
        if each.value is not None:
            by_column[table.column_of(each.place)].append(each.value)
    for total in table.totals:
        column = table.column_of(total.place)
        lacking = _not_checkable(table, total)
        if lacking is not None:
            yield SkippedCheck("R03", lacking)
            continue
        assert total.total is not None
        meaning = meanings[column]
        indicator = table.indicators.get(meaning.indicator)
        values = [value / meaning.scale for value in by_column[column]]
        if indicator is not None and indicator.kind != "count":
            values = values[:1]  # a quotient of sums is rounded once
        allowed = sum_tolerance([*values, total.stated / meaning.scale]) * meaning.scale
        if abs(total.stated - total.total) > allowed:
            yield wrong_total(total, column)


def _not_checkable(table: CheckedTable, total: StatedTotal) -> Message | None:
    if total.total is None:
        return Message("the total “{label}” of a column that cannot be added", label=total.label)
    if not table.resolved:
        return Message("the total “{label}”: not every row has its unit", label=total.label)
    return None


def wrong_total(total: StatedTotal, column: int) -> Violation:
    """A total that is not what its rows make, where these can be added (R03)."""
    assert total.total is not None
    return Violation(
        "R03",
        "confirm",
        Message("The total “{label}” is {stated}, its rows make {total}",
                label=total.label, stated=number(total.stated), total=number(total.total)),
        expected=Message("the sum of the rows"),
        remedy=Message("Look for a row that is missing, doubled or wrong"),
        place=total.place,
        value=f"{total.stated:.10g}",
        group=column,
    )  # fmt: skip


def units_below(table: CheckedTable) -> Mapping[str, frozenset[str]]:
    """The units of the table's level and day below each unit above them."""
    index, vintage = table.facts.index, table.matching.vintage
    found: dict[str, set[str]] = defaultdict(set)
    if vintage is None:
        return {}
    for position, unit in enumerate(index.units):
        if unit.level == table.matching.level and unit.valid_on(vintage):
            above = index.kinship.parent(position)
            while above is not None and index.units[above].unit_id not in found[unit.unit_id]:
                found[index.units[above].unit_id].add(unit.unit_id)
                above = index.kinship.parent(above)
    return {unit_id: frozenset(units) for unit_id, units in found.items() if units}


def _upper_units(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """The sum over all units below a unit against the figure that is known of it."""
    below = units_below(table)
    for (indicator_id, dimensions, period, status), figures in table.numbers.items():
        indicator = table.indicators.get(indicator_id)
        if indicator is None or indicator.kind != "count":
            continue
        known = table.known(indicator_id, dimensions)
        checked = False
        for upper, units in below.items():
            whole = known.get((upper, period, status))
            if whole is None or whole.doubtful or not units <= figures.keys():
                continue
            checked = True
            total = sum(figures[unit].value or 0.0 for unit in units)
            if abs(total - whole.value) > _AGREEING * max(abs(total), abs(whole.value)):
                first = next(iter(figures.values()))
                yield _wrong_sum(table, first, upper, total, whole)
        if not checked:
            yield SkippedCheck(
                "X04",
                Message("{indicator}, {period}, against the unit above: there is no figure of it",
                        indicator=indicator.name, period=period_name(period)),
            )  # fmt: skip


def _wrong_sum(
    table: CheckedTable, first: ImportedValue, upper: str, total: float, whole: KnownFigure
) -> Violation:
    indicator = table.indicators[first.indicator]
    return Violation(
        "X04",
        "confirm",
        Message(
            "{indicator}: the rows add up to {total}, {unit} has {known} by “{source}”",
            indicator=indicator.name,
            total=number(total, indicator.decimals),
            unit=table.unit_name(upper),
            known=number(whole.value, indicator.decimals),
            source=whole.source,
        ),
        remedy=Message("Look for a row that is missing or wrong, or another unit of measure"),
        place=table.layout.place(0, table.column_of(first.place)),
        value=f"{total:.10g}",
        group=(indicator.id, upper, first.period),
    )


def _parts_of_ratios(table: CheckedTable) -> Iterator[Violation]:
    """The numerator of a percentage is part of its denominator."""
    for ratio in table.indicators.values():
        if not (ratio.numerator and ratio.denominator and ratio.ratio_factor == 100):
            continue
        for (indicator_id, dimensions, period, status), figures in table.numbers.items():
            if indicator_id not in (ratio.numerator, ratio.denominator) or dimensions:
                continue
            for unit_id, figure in figures.items():
                other = ratio.denominator if indicator_id == ratio.numerator else ratio.numerator
                beside = table.figure(other, "", (unit_id, period, status))
                if beside is None or beside.value is None or figure.value is None:
                    continue
                if isinstance(beside, ImportedValue) and indicator_id == ratio.denominator:
                    continue  # told once, at the part
                pair = (figure.value, beside.value)
                part, whole = pair if indicator_id == ratio.numerator else pair[::-1]
                if part > whole:
                    yield _too_large(table, ratio, figure, part, whole)


def _too_large(
    table: CheckedTable, ratio: Indicator, figure: ImportedValue, part: float, whole: float
) -> Violation:
    names = table.indicators
    numerator, denominator = names.get(ratio.numerator or ""), names.get(ratio.denominator or "")
    return Violation(
        "X01",
        "confirm",
        Message(
            "{unit}: {part_name} {part} is more than {whole_name} {whole}",
            unit=table.unit_name(figure.unit_id),
            part_name=numerator.name if numerator else ratio.numerator,
            part=number(part),
            whole_name=denominator.name if denominator else ratio.denominator,
            whole=number(whole),
        ),
        expected=Message("a part no larger than its whole"),
        remedy=Message("Correct it, or confirm it: it is then published as doubtful"),
        place=figure.place,
        value=figure.raw,
        group=(ratio.id, table.column_of(figure.place)),
        doubt=True,
    )
