"""How far a figure is on its plan, and whether it is on course, by one stated rule.

What is better when lower reaches its plan from above, and its percent of plan is counted as offices
count it: the plan divided by the figure. What adds up over a period is on course where its percent
of plan is at least the share of the plan's days that have gone by. A rate, or a count of what there
is, need not grow evenly, so it is judged only when the plan's period has ended, or once it is
reached.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from geodata.model import Indicator, Observation
from geodata.period import Period, parse_period

Course = Literal["reached", "on_course", "behind", "open"]
"""Where a figure stands: at its plan or beyond, on the way, behind, or not to be judged yet."""

COURSES: tuple[Course, ...] = get_args(Course)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A figure beside its plan.

    Parameters
    ----------
    aim
        The plan, in the indicator's unit of measure.
    implied
        Whether the document states no plan but only the percent, from which ``aim`` follows.
    percent
        Per cent of plan; None where it cannot be worked out.
    expected
        Per cent of plan that is due by the end of the figure's period, of what adds up over a
        period; else None.
    gap
        The figure less the plan, in the unit of measure.
    course
        Where it stands.
    """

    aim: float
    implied: bool
    percent: float | None
    expected: float | None
    gap: float
    course: Course


def plan_progress(
    indicator: Indicator, figure: Observation, plan: Observation | None
) -> PlanProgress | None:
    """How far a figure is on its plan; None where there is neither a plan nor a stated percent.

    Parameters
    ----------
    plan
        The plan for a period that takes in that of the figure.
    """
    down = indicator.direction == "down"
    stated = figure.stated_percent
    if plan is not None:
        aim, span = plan.value, parse_period(plan.period)
        percent = _percent(figure.value, aim, down=down)
    elif stated:
        aim = figure.value * stated / 100 if down else 100 * figure.value / stated
        span, percent = _year_of(parse_period(figure.period)), stated
    else:
        return None
    expected = _expected(span, parse_period(figure.period).end) if indicator.flow else None
    return PlanProgress(
        aim=aim,
        implied=plan is None,
        percent=percent,
        expected=expected,
        gap=figure.value - aim,
        course=_course(indicator, figure, percent, expected, span),
    )


def _percent(value: float, aim: float, *, down: bool) -> float | None:
    upper, lower = (aim, value) if down else (value, aim)
    return 100 * upper / lower if lower > 0 else None


def _year_of(period: Period) -> Period:
    return parse_period(str(period.start.year))


def _expected(span: Period, day: dt.date) -> float:
    """Per cent of the days of a period that have gone by at the end of a day."""
    gone = (min(day, span.end) - span.start).days + 1
    return max(0.0, 100 * gone / ((span.end - span.start).days + 1))


def _course(
    indicator: Indicator,
    figure: Observation,
    percent: float | None,
    expected: float | None,
    span: Period,
) -> Course:
    if indicator.direction == "neutral" or percent is None:
        return "open"
    if percent >= 100:
        return "reached"
    if parse_period(figure.period).end >= span.end:
        return "behind"
    if expected is None:
        return "open"
    return "on_course" if percent >= expected else "behind"
