"""A unit's report of one period: by field what was done, planned, and done a year before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.model import STATUS_GROUPS, Indicator, Observation, Source, Theme, Unit
from geodata.period import parse_period
from geodata.plan_progress import COURSES, PlanProgress, plan_progress
from geodata.precedence import precedence_order
from geodata.store import Store
from geodata.table_import.columns.period_words import shifted
from layers.formatting import format_bare_value, format_number, format_percent
from portal.serializers.entities import Document, source_document
from portal.translations import translate
from portal.urls import indicator_url, page_url

_FEWEST = 10
"""Figures of a period from which it makes a report."""
_YEAR = 366
_DONE = STATUS_GROUPS["actual"]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One indicator in a report.

    Parameters
    ----------
    figure
        What was done.
    plan
        The plan for the year; None where none is given.
    progress
        How far the figure is on it; None where neither plan nor percent is stated.
    before
        The figure for the same period a year before; None where there is none.
    """

    indicator: Indicator
    figure: Observation
    plan: Observation | None
    progress: PlanProgress | None
    before: Observation | None

    @property
    def leading(self) -> bool:
        """Whether the table of the report has it: it can be held against a plan or a year ago."""
        return self.progress is not None or self.before is not None

    @property
    def in_points(self) -> bool:
        """Whether a change is told in percentage points: of a percentage, not of a rate."""
        return self.indicator.kind == "ratio" and self.indicator.ratio_factor in (100, None)

    @property
    def change(self) -> float | None:
        """The change on the same period of the year before, per cent or `in_points`.

        None without a figure of then, or where that is 0 and has no per cent.
        """
        if self.before is None:
            return None
        gained = self.figure.value - self.before.value
        if self.in_points:
            return gained
        return 100 * gained / self.before.value if self.before.value > 0 else None


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What a unit did in a period.

    Parameters
    ----------
    period
        Code of the period.
    fields
        The themes with figures, in the order of the menu, each with its rows.
    """

    unit: Unit
    period: str
    fields: tuple[tuple[Theme, tuple[ReportRow, ...]], ...]

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """All rows."""
        return tuple(row for _, rows in self.fields for row in rows)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the documents the figures are of, the most used first."""
        used = Counter(row.figure.source_id for row in self.rows)
        return tuple(source_id for source_id, _ in used.most_common())


def report_periods(store: Store, unit: Unit) -> tuple[str, ...]:
    """The periods of which a unit has a report, the latest first.

    Those with `_FEWEST` figures; where none has, the one with most.
    """
    counts = Counter(
        each.period
        for each in store.observations(unit=unit.unit_id).items
        if each.status in _DONE and not each.method and not each.impossible
    )
    listed = [code for code, count in counts.items() if count >= _FEWEST]
    if counts and not listed:
        listed = [max(counts, key=lambda code: (counts[code], parse_period(code).sort_key))]
    return tuple(sorted(listed, key=lambda code: parse_period(code).sort_key, reverse=True))


def unit_report(store: Store, unit: Unit, period: str = "") -> UnitReport | None:
    """The report of a unit; None where no period has enough figures.

    Parameters
    ----------
    period
        Code of one of `report_periods`; the latest unless given.

    Raises
    ------
    InvalidInput
        The unit has no report of that period.
    """
    offered = report_periods(store, unit)
    if period and period not in offered:
        what = Message("The unit has no report of this period")
        raise InvalidInput(what, found=period, allowed=offered, where="period")
    if not offered:
        return None
    chosen = period or offered[0]
    series: dict[str, list[Observation]] = defaultdict(list)
    for each in store.observations(unit=unit.unit_id).items:
        if not each.impossible and not each.category:
            series[each.indicator].append(each)
    sources = {source.id: source for source in store.sources()}
    found: dict[str, list[ReportRow]] = defaultdict(list)
    for indicator in store.indicators(parts=True):
        row = _row(indicator, series.get(indicator.id, ()), chosen, sources)
        if row is not None:
            found[indicator.theme].append(row)
    fields = [(theme, tuple(found[theme.id])) for theme in store.themes() if theme.id in found]
    return UnitReport(unit, chosen, tuple(fields))


def _row(
    indicator: Indicator,
    figures: Iterable[Observation],
    period: str,
    sources: Mapping[str, Source],
) -> ReportRow | None:
    known = list(figures)
    done = _preferred(known, period, sources)
    if done is None or done.method:
        return None
    plan = _plan(known, done, sources)
    before = _preferred(known, shifted(period, -1), sources)
    if before is not None and before.concept != done.concept:
        before = None
    return ReportRow(indicator, done, plan, plan_progress(indicator, done, plan), before)


def _preferred(
    figures: Sequence[Observation], period: str, sources: Mapping[str, Source]
) -> Observation | None:
    for status in _DONE:
        same = [each for each in figures if each.period == period and each.status == status]
        if same:
            return same[precedence_order(same, sources)[0]]
    return None


def _plan(
    figures: Sequence[Observation], done: Observation, sources: Mapping[str, Source]
) -> Observation | None:
    """The plan that the figure stands beside, else the one its document or another gives.

    Where the document states a percent of plan without the plan, another's plan is not the one it
    is of.
    """
    own = parse_period(done.period)
    plans = [
        each
        for each in figures
        if each.status == "plan"
        and parse_period(each.period).start <= own.start
        and parse_period(each.period).end >= own.end
        and (parse_period(each.period).end - parse_period(each.period).start).days <= _YEAR
    ]
    beside = [each for each in plans if each.quote and each.quote == done.quote]
    chosen = beside or ([] if done.stated_percent is not None else plans)
    return chosen[precedence_order(chosen, sources)[0]] if chosen else None


def report_document(store: Store, report: UnitReport, language: Language) -> Document:
    """A report as the page and the Word file show it."""
    courses = Counter(row.progress.course for row in report.rows if row.progress)
    return {
        "period": report.period,
        "period_label": parse_period(report.period).label(language),
        "fields": [
            {
                "name": theme.name[language],
                "rows": [row_document(row, language) for row in rows if row.leading],
                "annex": [row_document(row, language) for row in rows if not row.leading],
            }
            for theme, rows in report.fields
        ],
        "courses": [
            {"id": course, "name": translate(f"course.{course}", language), "n": courses[course]}
            for course in COURSES
            if courses[course]
        ],
        "sources": [source_document(store.source(each), language) for each in report.sources],
        "count": len(report.rows),
    }


def row_document(row: ReportRow, language: Language) -> Document:
    """One row in words; empty where there is nothing to say."""
    indicator, figure, progress = row.indicator, row.figure, row.progress
    shown = {
        "name": indicator.name[language],
        "url": indicator_url(indicator.id, language),
        "unit": indicator.measure_unit.symbol[language],
        "actual": format_bare_value(figure.value, indicator, language),
        "estimate": figure.status == "estimate",
        "doubt": figure.doubt[language],
        "plan": "", "implied": False, "percent": "", "course": "", "course_label": "",
        "before": "", "change": "",
    }  # fmt: skip
    if progress is not None:
        aim = format_bare_value(progress.aim, indicator, language)
        shown |= {
            "plan": f"≈ {aim}" if progress.implied else aim,
            "implied": progress.implied,
            "percent": format_percent(progress.percent, language) if progress.percent else "",
            "course": progress.course,
            "course_label": translate(f"course.{progress.course}", language),
        }
    if row.before is not None:
        shown["before"] = format_bare_value(row.before.value, indicator, language)
        shown["change"] = _change(row, language)
    return shown


def _change(row: ReportRow, language: Language) -> str:
    if row.change is None:
        return ""
    shown = _signed(row.change, language)
    return translate("report.points", language, n=shown) if row.in_points else f"{shown}%"


def _signed(value: float, language: Language) -> str:
    text = format_number(value, 1, language)
    return text if text.startswith(("-", "−")) or value == 0 else f"+{text}"


def period_links(store: Store, unit: Unit, chosen: str, language: Language) -> list[Document]:
    """The periods that a unit has reports of, with their addresses."""
    return [
        {
            "label": parse_period(code).label(language),
            "url": page_url(f"/units/{unit.unit_id}/report", language, {"period": code}),
            "current": code == chosen,
        }
        for code in report_periods(store, unit)
    ]
