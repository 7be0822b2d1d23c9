"""What a wall screen shows of a unit's report: plans, alerts by rule, a figure of each field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from geodata.i18n import Language
from geodata.model import Theme
from geodata.period import parse_period
from geodata.plan_progress import COURSES, PlanProgress
from layers.formatting import format_percent
from portal.serializers.entities import Document
from portal.serializers.unit_report import ReportRow, UnitReport, row_document
from portal.translations import translate

MOST_PLANS = 20
"""Bars that can be read from across a room on a screen of 1080 lines."""
MOST_ALERTS = 8
WORSE_PERCENT = 10.0
"""Change for the worse on the same period of the year before that is an alert, per cent."""
WORSE_POINTS = 5.0
"""The same of a percentage, in points."""
_FULL_BAR = 150.0
"""Per cent of plan at which a bar ends."""

AlertRule = Literal["behind", "worse", "doubt"]


RULES: tuple[AlertRule, ...] = get_args(AlertRule)


@dataclass(frozen=True, slots=True)
class Alert:
    """A row of a report that needs attention.

    Parameters
    ----------
    rules
        Those it breaks, in the order of `RULES`: ``behind`` its plan; ``worse`` than the same
        period of the year before by `WORSE_PERCENT` or `WORSE_POINTS`; in ``doubt``.
    weight
        How far it is off by the first of them, per cent or points.
    """

    row: ReportRow
    rules: tuple[AlertRule, ...]
    weight: float


def alerts(report: UnitReport) -> list[Alert]:
    """The rows that need attention, those behind their plans first, and there the farthest off."""
    found = [alert for row in report.rows if (alert := _alert_of(row)) is not None]
    return sorted(found, key=lambda alert: (RULES.index(alert.rules[0]), -alert.weight))


def _alert_of(row: ReportRow) -> Alert | None:
    weights: dict[AlertRule, float] = {}
    progress = row.progress
    if progress is not None and progress.course == "behind":
        due = 100.0 if progress.expected is None else progress.expected
        weights["behind"] = due - (progress.percent or 0.0)
    worse = _worsening(row)
    if worse >= (WORSE_POINTS if row.in_points else WORSE_PERCENT):
        weights["worse"] = worse
    if row.figure.doubt["vi"]:
        weights["doubt"] = 0.0
    if not weights:
        return None
    rules = tuple(weights)
    return Alert(row, rules, weights[rules[0]])


def _worsening(row: ReportRow) -> float:
    """By how much a figure is worse than the year before, per cent or points; 0 where it is not.

    What is neither better when it is higher nor when it is lower does not grow worse.
    """
    change = row.change
    if change is None or row.indicator.direction == "neutral":
        return 0.0
    return max(0.0, change if row.indicator.direction == "down" else -change)


def screen_document(report: UnitReport, language: Language) -> Document:
    """A report as the wall screen shows it."""
    planned = sorted(
        (row for row in report.rows if row.progress is not None and row.progress.percent),
        key=lambda row: _plan_order(row.progress),
    )
    found = alerts(report)
    courses = Counter(row.progress.course for row in report.rows if row.progress)
    return {
        "period_label": parse_period(report.period).label(language),
        "courses": [
            {"id": each, "name": translate(f"course.{each}", language), "n": courses[each]}
            for each in COURSES
        ],
        "plans": [_plan(row, language) for row in planned[:MOST_PLANS]],
        "more_plans": max(0, len(planned) - MOST_PLANS),
        "alerts": [_alert(alert, language) for alert in found[:MOST_ALERTS]],
        "more_alerts": max(0, len(found) - MOST_ALERTS),
        "fields": [_field(theme, rows, language) for theme, rows in report.fields],
        "rules": translate(
            "unit_screen.rules",
            language,
            percent=format_percent(WORSE_PERCENT, language, 0),
            points=f"{WORSE_POINTS:.0f}",
        ),
    }


def _plan_order(progress: PlanProgress | None) -> tuple[int, float]:
    """Behind first, and there the farthest behind."""
    assert progress is not None
    order = ("behind", "on_course", "open", "reached")
    return order.index(progress.course), progress.percent or 0.0


def _plan(row: ReportRow, language: Language) -> Document:
    progress = row.progress
    assert progress is not None
    percent, due = progress.percent or 0.0, progress.expected
    return {
        **row_document(row, language),
        # In the units of the drawing, which is 100 wide.
        "bar": round(min(percent, _FULL_BAR) * 100 / _FULL_BAR, 2),
        "beyond": percent > _FULL_BAR,
        "due": round(due * 100 / _FULL_BAR, 2) if due is not None else None,
        "aim": round(10_000 / _FULL_BAR, 2),
    }


def _alert(alert: Alert, language: Language) -> Document:
    shown = row_document(alert.row, language)
    return {
        "rules": [
            {"id": rule, "label": translate(f"unit_screen.{rule}", language),
             "says": _says(rule, alert.row, shown, language)}
            for rule in alert.rules
        ],
        "name": shown["name"],
        "url": shown["url"],
    }  # fmt: skip


def _says(rule: AlertRule, row: ReportRow, shown: Document, language: Language) -> str:
    if rule == "doubt":
        return str(shown["doubt"])
    if rule == "worse":
        values = {key: shown[key] for key in ("change", "actual", "before", "unit")}
        return translate("unit_screen.says_worse", language, **values)
    expected = row.progress.expected if row.progress is not None else None
    if expected is None:
        return translate("unit_screen.says_behind", language, percent=shown["percent"])
    due = format_percent(expected, language)
    return translate("unit_screen.says_behind_due", language, percent=shown["percent"], due=due)


def _field(theme: Theme, rows: tuple[ReportRow, ...], language: Language) -> Document:
    """A field with the figure that stands first in the catalogue, one with a comparison before."""
    first = next((row for row in rows if row.before is not None), rows[0])
    return {"name": theme.name[language], "row": row_document(first, language)}
