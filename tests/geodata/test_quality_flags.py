"""What is marked as doubtful, and what is left alone."""

from __future__ import annotations

import datetime as dt

from build_helpers import AREA, DENSITY, FOREST, GROWTH, POPULATION, catalogue, figure

from geodata.build.quality_flags import add_quality_flags
from geodata.i18n import Text
from geodata.model import Succession

CATALOGUE = catalogue(POPULATION, AREA, DENSITY, FOREST, GROWTH)
HERE = "00001-20250701"


def doubts(*observations, successions=()):
    return [o.doubt.en for o in add_quality_flags(CATALOGUE, observations, successions)]


def succession(old: str, new: str, whole: bool = True) -> Succession:
    day = dt.date(2025, 7, 1)
    return Succession(old, new, day, Text("NQ", "Res."), whole, None, None, "register")


def test_a_value_out_of_range() -> None:
    high, low = figure(HERE, "forest_cover", 101), figure("2-20250701", "population", -1)
    above, below = doubts(high, low)
    assert "Above the highest possible value (100)" in above
    assert "Below the lowest possible value (0)" in below


def test_a_stated_share_of_plan_that_does_not_follow() -> None:
    plan = figure(HERE, "population", 2050, period="2026", status="plan", source_id="report")
    right = figure(
        HERE, "population", 1742.1, period="2026-H1", source_id="report", stated_percent=84.9
    )
    wrong = figure(
        HERE, "population", 1742.1, period="2026-06", source_id="report", stated_percent=89.4
    )
    no_plan, good, bad = doubts(plan, right, wrong)
    assert not no_plan
    assert not good
    assert bad == "The source states 89.4% of plan, but 1,742.1 of 2,050 is 84.98%."


def test_less_than_planned_may_be_more_than_the_plan() -> None:
    plan = figure(HERE, "forest_cover", 14.73, period="2026", status="plan")
    lower = figure(HERE, "forest_cover", 14.64, period="2026-H1", stated_percent=100.64)
    assert doubts(plan, lower) == ["", ""]


def test_official_sources_that_disagree_doubt_each_other() -> None:
    register = figure(HERE, "population", 18606)
    report = figure(HERE, "population", 18072, source_id="report")
    one, other = doubts(register, report)
    assert "18,072" in one
    assert "18,606" in other


def test_an_unofficial_figure_casts_no_doubt_on_an_official_one() -> None:
    register = figure(HERE, "population", 18606)
    news = figure(HERE, "population", 15000, source_id="news")
    official, collected = doubts(register, news)
    assert not official
    assert "18,606" in collected


def test_rounding_is_no_disagreement() -> None:
    exact = figure(HERE, "population", 512601, source_id="report")
    rounded = figure(HERE, "population", 512600)
    assert doubts(exact, rounded) == ["", ""]


def test_two_figures_in_one_document() -> None:
    first = figure(HERE, "population", 10, source_id="report")
    second = figure(HERE, "population", 12, source_id="report")
    assert doubts(first, second) == [
        "The same document also says 12.",
        "The same document also says 10.",
    ]


def test_a_reason_given_by_a_person_stays() -> None:
    told = Text("chữ mờ", "illegible")
    [kept] = add_quality_flags(CATALOGUE, [figure(HERE, "forest_cover", 101, doubt=told)])
    assert kept.doubt == told


def test_marking_twice_changes_nothing() -> None:
    once = add_quality_flags(
        CATALOGUE, [figure(HERE, "forest_cover", 101), figure(HERE, "population", 1)]
    )
    assert add_quality_flags(CATALOGUE, once) == once


def test_a_merged_unit_unlike_its_parts() -> None:
    parts = [figure(f"0000{n}-20130101", "population", 4000, period="2019-04-01") for n in (1, 2)]
    merged = figure(HERE, "population", 911)
    into = [succession(part.unit_id, HERE) for part in parts]
    *_, doubt = doubts(*parts, merged, successions=into)
    assert "8,000 (1 April 2019)" in doubt
    assert "911" in doubt
    *_, fine = doubts(*parts, figure(HERE, "population", 9100), successions=into)
    assert not fine


def test_parts_are_looked_up_through_an_earlier_merger() -> None:
    grandparent = figure("00009-20130101", "population", 4000, period="2019-04-01")
    into = [
        succession("00009-20130101", "00009-20200201"),
        succession("00009-20200201", HERE),
    ]
    *_, doubt = doubts(grandparent, figure(HERE, "population", 0), successions=into)
    assert "4,000" in doubt


def test_a_unit_formed_of_parts_of_units_is_not_judged_by_them() -> None:
    part = figure("00001-20130101", "population", 8000, period="2019-04-01")
    into = [succession(part.unit_id, HERE, whole=False)]
    assert doubts(part, figure(HERE, "population", 911), successions=into) == ["", ""]


def test_growth_is_judged_by_that_of_the_others() -> None:
    old = [figure(f"{n:05d}-20130101", "population", 1000, period="2019-04-01") for n in range(9)]
    growths = [1.1] * 8 + [1.45]
    new = [
        figure(f"{n:05d}-20250701", "population", 1000 * growth) for n, growth in enumerate(growths)
    ]
    into = [succession(o.unit_id, n.unit_id) for o, n in zip(old, new, strict=True)]
    marked = doubts(*old, *new, successions=into)
    assert [bool(doubt) for doubt in marked] == [False] * 17 + [True]
