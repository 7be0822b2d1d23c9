"""What is marked as doubtful or impossible, and what is left alone."""

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


def qualities(*observations, successions=()):
    return [o.quality for o in add_quality_flags(CATALOGUE, observations, successions)]


def succession(old: str, new: str, whole: bool = True) -> Succession:
    day = dt.date(2025, 7, 1)
    return Succession(old, new, day, Text("NQ", "Res."), whole, None, None, "register")


def test_a_value_out_of_range_is_impossible() -> None:
    high, low = figure(HERE, "forest_cover", 101), figure("2-20250701", "population", -1)
    above, below = doubts(high, low)
    assert "101 people is above the highest possible value, 100 people" in above
    assert "-1 people is below the lowest possible value, 0 people" in below
    assert qualities(high, low) == ["impossible", "impossible"]
    ends = [figure(HERE, "forest_cover", bound) for bound in (0, 100)]
    assert [qualities(end) for end in ends] == [["sound"], ["sound"]]


def test_nobody_living_in_a_unit_is_impossible_but_no_land_or_growth_is_not() -> None:
    nobody, no_growth = figure(HERE, "population", 0), figure(HERE, "population_growth", 0)
    assert qualities(nobody, no_growth) == ["impossible", "sound"]
    assert doubts(nobody) == ["Population: this source 0 people, but a unit in force has people."]


def test_a_stated_share_of_plan_that_does_not_follow() -> None:
    plan = figure(HERE, "population", 2050, period="2026", status="plan", source_id="report")
    right = figure(
        HERE, "population", 1742.1, period="2026-H1", source_id="report", stated_percent=84.9
    )
    wrong = figure(
        HERE, "population", 1742.1, period="2026-06", source_id="report", stated_percent=89.4
    )
    planned, good, bad = doubts(plan, right, wrong)
    assert not good
    assert bad == planned
    assert bad == (
        "Population, June 2026: 89.4% of plan is stated, but 1,742.1 people of 2,050 people is "
        "84.98%."
    )


def test_less_than_planned_may_be_more_than_the_plan() -> None:
    plan = figure(HERE, "forest_cover", 14.73, period="2026", status="plan")
    lower = figure(HERE, "forest_cover", 14.64, period="2026-H1", stated_percent=100.64)
    assert doubts(plan, lower) == ["", ""]


def test_official_sources_that_disagree_doubt_each_other() -> None:
    register = figure(HERE, "population", 18606)
    report = figure(HERE, "population", 18072, source_id="report")
    one, other = add_quality_flags(CATALOGUE, [register, report])
    assert one.doubt == Text(
        "Population, ngày 01/7/2025: “Sổ” ghi 18.606 người; “Báo cáo” ghi 18.072 người.",
        "Population, 1 July 2025: “Sổ” has 18,606 people; “Báo cáo” has 18,072 people.",
    )
    assert other.doubt == one.doubt
    assert [one.quality, other.quality] == ["doubtful", "doubtful"]


def test_an_impossible_figure_casts_no_doubt_on_another() -> None:
    register = figure(HERE, "population", 0)
    report = figure(HERE, "population", 18072, source_id="report")
    assert qualities(register, report) == ["impossible", "sound"]


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
    assert (
        doubts(first, second)
        == ["Population, 1 July 2025: the same document has 12 people; 10 people."] * 2
    )


def test_a_reason_given_by_a_person_stays() -> None:
    told = Text("chữ mờ", "illegible")
    [kept] = add_quality_flags(CATALOGUE, [figure(HERE, "forest_cover", 101, doubt=told)])
    assert kept.doubt == told
    assert kept.quality == "impossible"


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
    assert "911 people; the units it was formed from had 8,000 people (1 April 2019)" in doubt
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


def grown(*growths: float) -> list[str]:
    """Qualities of the figures of merged units that grew so from 1,000 people each."""
    numbers = range(len(growths))
    old = [figure(f"{n:05d}-20130101", "population", 1000, period="2019-04-01") for n in numbers]
    new = [figure(f"{n:05d}-20250701", "population", 1000 * g) for n, g in enumerate(growths)]
    into = [succession(o.unit_id, n.unit_id) for o, n in zip(old, new, strict=True)]
    before, after = qualities(*old), qualities(*old, *new, successions=into)
    assert after[: len(old)] == before == ["sound"] * len(old)
    return after[len(old) :]


def test_growth_is_judged_by_that_of_the_others() -> None:
    assert grown(*[1.1] * 8, 1.45) == ["sound"] * 8 + ["doubtful"]


def test_less_than_a_quarter_of_before_is_impossible_where_eight_show_what_is_usual() -> None:
    assert grown(*[1.1] * 8, 0.249)[8:] == ["impossible"]
    assert grown(*[1.1] * 8, 0.25)[8:] == ["doubtful"]
    assert grown(*[1.1] * 7, 0.249)[7:] == ["doubtful"]


def test_what_cannot_be_right_is_no_peer_and_no_predecessor() -> None:
    zero = figure("00001-20130101", "population", 0, period="2019-04-01")
    after = figure(HERE, "population", 900)
    into = [succession(zero.unit_id, HERE)]
    assert qualities(zero, after, successions=into) == ["impossible", "sound"]
