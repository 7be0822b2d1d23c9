"""The course through time: other magnitude, jumps, standstill, sums over the year that fall."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from geodata.i18n import Message
from geodata.model import Indicator
from geodata.outliers import JUMP, PEERS, POINTS, SMALL, change_spread, is_power_of_ten, median
from geodata.period import Period, parse_period
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.earlier_figures import EarlierFigures, earlier_figures
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number, period_name
from geodata.table_import.report_records import ImportedValue, SkippedCheck

_MAGNITUDE = 0.75
"""Logarithm to base 10 from which a column is of another magnitude: six times as much."""
_OTHER_KIND = 1.5
"""The same between periods of other kinds, thirty times as much: a year has twelve months."""
_SAME = 0.95
"""Share of units from which a column stands still as a whole."""
_FLOW = 1.2
"""By what the whole must exceed the part of a year for figures that add up over the year."""

_CONFIRM = Message("Correct it, or confirm it: it is then published as doubtful")


def course_checks(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """Magnitude (I03), jumps (T01), standstill (T03) and falling sums over the year (T04)."""
    for series, earlier in earlier_figures(table):
        indicator = table.indicators.get(series[0])
        if indicator is None:
            continue
        if earlier is None or not earlier.same_kind:
            yield from _magnitude(indicator, earlier) if earlier else ()
            yield SkippedCheck(
                "T01",
                Message("{indicator}, {period}: the same units have no earlier figures",
                        indicator=indicator.name, period=period_name(series[2])),
            )  # fmt: skip
            continue
        column = list(_magnitude(indicator, earlier))
        yield from column
        if not column:
            yield from _jumps(table, indicator, earlier)
            yield from _standstill(indicator, earlier)
    yield from _falling_sums(table)


def _logarithms(earlier: EarlierFigures) -> dict[str, float]:
    """Logarithm to base 10 of the growth of each unit that has positive figures."""
    return {
        unit: math.log10(figure.value / before)
        for unit, (before, figure) in earlier.pairs.items()
        if before > 0 and figure.value is not None and figure.value > 0
    }


def _magnitude(indicator: Indicator, earlier: EarlierFigures) -> Iterator[Violation]:
    """A whole column of another magnitude than the period before, or the nearest one known."""
    growth = _logarithms(earlier)
    if len(growth) < PEERS:
        return
    usual = median(growth.values())
    alike = sum(abs(each - usual) < _MAGNITUDE / 2 for each in growth.values())
    least = _MAGNITUDE if earlier.same_kind else _OTHER_KIND
    if abs(usual) < least or alike < len(growth) / 2:
        return
    for unit in growth:
        figure = earlier.pairs[unit][1]
        yield Violation(
            "I03",
            "confirm",
            Message(
                "{indicator}: the figures are about {factor} times those of {period}",
                indicator=indicator.name,
                factor=number(float(f"{10**usual:.2g}")),
                period=period_name(earlier.period),
            ),
            expected=Message("figures in {unit}", unit=indicator.measure_unit.name),
            remedy=Message("Say in which unit of measure the column is"),
            place=figure.place,
            value=figure.raw,
            group=earlier.series,
        )


def _jumps(
    table: CheckedTable, indicator: Indicator, earlier: EarlierFigures
) -> Iterator[Violation]:
    """Units that changed far more than most (T01), or by a power of ten (I03)."""
    share = indicator.kind == "ratio" and indicator.ratio_factor == 100
    changes = _points(earlier) if share else _logarithms(earlier)
    usual = median(changes.values()) if len(changes) >= PEERS else 0.0
    allowed = max(POINTS if share else math.log10(JUMP), change_spread(changes.values(), usual))
    for unit, change in changes.items():
        before, figure = earlier.pairs[unit]
        if figure.value is None or abs(change - usual) <= allowed:
            continue
        if share or max(before, figure.value) > SMALL:
            slip = not share and is_power_of_ten(change - usual)
            yield _jump(table, earlier, figure, before, slip=slip)


def _points(earlier: EarlierFigures) -> dict[str, float]:
    """By how much the figure of each unit changed."""
    return {
        unit: figure.value - before
        for unit, (before, figure) in earlier.pairs.items()
        if figure.value is not None
    }


def _jump(
    table: CheckedTable,
    earlier: EarlierFigures,
    figure: ImportedValue,
    before: float,
    *,
    slip: bool,
) -> Violation:
    assert figure.value is not None
    what = (
        Message("{unit}: {before} in {period}, now {after}: another unit of measure?")
        if slip
        else Message("{unit}: {before} in {period} in the units it was formed from, now {after}")
        if figure.unit_id in earlier.recast
        else Message("{unit}: {before} in {period}, now {after}")
    ).filled(
        unit=table.unit_name(figure.unit_id),
        before=number(before),
        after=number(figure.value),
        period=period_name(earlier.period),
    )
    return Violation(
        "I03" if slip else "T01",
        "confirm",
        what,
        expected=Message("a change like that of the other units"),
        remedy=_CONFIRM,
        place=figure.place,
        value=figure.raw,
        group=(earlier.series, "one"),
        doubt=True,
    )


def _standstill(indicator: Indicator, earlier: EarlierFigures) -> Iterator[Violation]:
    """A column that repeats the period before."""
    pairs = [(before, f) for before, f in earlier.pairs.values() if f.value is not None]
    same = [figure for before, figure in pairs if figure.value == before]
    telling = len({figure.value for figure in same if figure.value}) >= PEERS
    if telling and len(same) >= _SAME * len(pairs):
        yield Violation(
            "T03",
            "confirm",
            Message("{indicator}: {same} of {all} units have the figure of {period} again",
                    indicator=indicator.name, same=len(same), all=len(pairs),
                    period=period_name(earlier.period)),
            expected=Message("figures of the new period"),
            remedy=Message("Look whether the column was copied"),
            place=same[0].place,
            value=same[0].raw,
            group=earlier.series,
            count=len(same),
        )  # fmt: skip


def _falling_sums(table: CheckedTable) -> Iterator[Violation]:
    """Sums since the beginning of a year that are less than they were earlier in it (T04)."""
    for (indicator_id, dimensions, period, status), figures in table.numbers.items():
        indicator = table.indicators.get(indicator_id)
        if indicator is None or indicator.kind != "count" or status != "actual":
            continue
        own = parse_period(period)
        if own.start == own.end or (own.start.month, own.start.day) != (1, 1):
            continue
        for code, values in _parts_of_year(table, indicator_id, dimensions, period).items():
            pairs = {
                unit: (values[unit], figure)
                for unit, figure in figures.items()
                if unit in values and figure.value is not None
            }
            growth = [f.value / before for before, f in pairs.values() if before and f.value]
            if len(growth) < PEERS or median(growth) < _FLOW:
                continue  # what does not grow over the year is no sum over it
            for unit, (before, figure) in pairs.items():
                if figure.value is not None and figure.value < before:
                    yield Violation(
                        "T04",
                        "confirm",
                        Message(
                            "{unit}: {after} up to the end of {period}, {before} already in {part}",
                            unit=table.unit_name(unit),
                            after=number(figure.value),
                            period=period_name(period),
                            before=number(before),
                            part=period_name(code),
                        ),
                        expected=Message("sums over a year that do not fall"),
                        remedy=_CONFIRM,
                        place=figure.place,
                        value=figure.raw,
                        group=(indicator_id, dimensions, period, code),
                        doubt=True,
                    )


def _parts_of_year(
    table: CheckedTable, indicator: str, dimensions: str, period: str
) -> Mapping[str, dict[str, float]]:
    """Figures of shorter periods that begin with the same year, by period and unit."""
    own = parse_period(period)
    found: dict[str, dict[str, float]] = {}
    for (code, status), values in table.known_by_period(indicator, dimensions).items():
        if status == "actual" and _begins_with(own, code):
            found[code] = dict(values)
    for series in table.series_of(indicator, dimensions):
        if series[3] == "actual" and _begins_with(own, series[2]):
            found.setdefault(series[2], {}).update(table.values_by_unit(series))
    return found


def _begins_with(own: Period, code: str) -> bool:
    """Whether a period is a shorter one with the same first day; a single day is none."""
    part = parse_period(code)
    return part.start == own.start and part.start < part.end < own.end
