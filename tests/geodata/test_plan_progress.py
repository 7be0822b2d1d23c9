"""A figure is on its plan by one rule, and whether less is better counts."""

from __future__ import annotations

import pytest
from build_helpers import figure, indicator
from hypothesis import given
from hypothesis import strategies as st

from geodata.plan_progress import COURSES, plan_progress

FLOW = indicator("visits", flow=True, direction="up")
STOCK = indicator("cattle", direction="up")
LESS = indicator("stunted", "ratio", ratio_factor=100.0, direction="down")
HERE = "03390-20250701"


def done(series, value: float, period: str = "2026-H1", **changes):
    return figure(HERE, series.id, value, period=period, source_id="report", **changes)


def planned(series, value: float, period: str = "2026"):
    return figure(HERE, series.id, value, period=period, source_id="report", status="plan")


@pytest.mark.parametrize(
    ("series", "value", "plan", "percent", "course"),
    [
        (FLOW, 23_618, 50_110, 47.13, "behind"),  # 181 of 365 days are 49.6 %
        (FLOW, 214, 428, 50.0, "on_course"),
        (FLOW, 50_156, 50_110, 100.09, "reached"),
        (STOCK, 19_670, 21_860, 89.98, "open"),
        (STOCK, 22_000, 21_860, 100.64, "reached"),
        (LESS, 21.83, 21.93, 100.46, "reached"),
        (LESS, 23.0, 21.93, 95.35, "open"),
    ],
)
def test_the_course_of_a_half_year(series, value, plan, percent, course) -> None:
    found = plan_progress(series, done(series, value), planned(series, plan))
    assert found is not None
    assert found.percent == pytest.approx(percent, abs=0.01)
    assert (found.course, found.implied) == (course, False)
    assert found.gap == pytest.approx(value - plan)


@pytest.mark.parametrize("series", [FLOW, STOCK])
def test_what_is_short_of_its_plan_when_the_year_ends_is_behind(series) -> None:
    found = plan_progress(series, done(series, 99, "2026"), planned(series, 100))
    assert found is not None
    assert found.course == "behind"


def test_a_stated_percent_without_a_plan_gives_the_plan() -> None:
    figure_ = done(FLOW, 277_834, stated_percent=64.38)
    found = plan_progress(FLOW, figure_, None)
    assert found is not None
    assert found.implied
    assert found.aim == pytest.approx(431_553, abs=1)
    assert (found.percent, found.course) == (64.38, "on_course")
    assert plan_progress(FLOW, done(FLOW, 277_834), None) is None


def test_what_is_neither_better_nor_worse_is_not_judged() -> None:
    neutral = indicator("spending", flow=True)
    found = plan_progress(neutral, done(neutral, 10), planned(neutral, 100))
    assert found is not None
    assert found.course == "open"


@given(value=st.floats(0.01, 1e6), plan=st.floats(0.01, 1e6), flow=st.booleans())
def test_more_never_turns_a_reached_plan_into_one_behind(value, plan, flow) -> None:
    series = FLOW if flow else STOCK
    order = {"behind": 0, "open": 1, "on_course": 1, "reached": 2}
    one = plan_progress(series, done(series, value), planned(series, plan))
    more = plan_progress(series, done(series, value * 1.5), planned(series, plan))
    assert one is not None
    assert more is not None
    assert order[more.course] >= order[one.course]
    assert one.course in COURSES
