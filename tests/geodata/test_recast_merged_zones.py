"""Values known of units only together, and the finest exact way up the hierarchy."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.i18n import Text
from geodata.model import Classification, Indicator, MeasureUnit, Observation
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import recast
from geodata.recast.service import ObservationQuery, recast_observations
from geodata.succession.crosswalk import Crosswalk, Link

FIRST, SECOND, NOW = dt.date(2013, 1, 1), dt.date(2020, 2, 1), dt.date(2025, 7, 1)
CENSUS = "2019-04-01"
PAIR = ("03386-20200201", "03403-20200201")
# a and b are whole in P and Q; x lies in both, how much in which is not known; c is R.
UNKNOWN = Crosswalk.from_links(
    [Link("a", "P", True, {}), Link("b", "Q", True, {}), Link("c", "R", True, {}),
     Link("x", "P", False, {}), Link("x", "Q", False, {})],
    {},
)  # fmt: skip
VALUE = st.floats(0, 1e6, allow_nan=False).map(lambda v: round(v, 3))


def indicator(kind="count", extreme=None):
    return Indicator(
        "n", "t", Text(""), Text("n"), Text("n"), MeasureUnit("person", Text(""), Text(""), True),
        kind, None, "d" if kind == "ratio" else None, 1.0 if kind == "ratio" else None, "up", 0,
        0, None, ("commune",), (), Classification(), "greens", "symbols", extreme=extreme,
    )  # fmt: skip


def seen(values, name="n"):
    return {u: Observation(u, name, "2019", "actual", v, "s") for u, v in values.items()}


@given(st.tuples(VALUE, VALUE, VALUE, VALUE))
def test_units_alone_and_together_keep_every_total(values):
    result = recast(
        indicator(), "2019", UNKNOWN, RecastInputs(seen(dict(zip("abxc", values, strict=True))))
    )
    alone = [r.value for r in result.records.values() if r.value is not None]
    (both,) = result.joint_values
    assert (both.units, both.record.status) == (("P", "Q"), "summed")
    assert math.isclose(math.fsum([*alone, both.record.value]), math.fsum(values), abs_tol=1e-9)


def test_a_ratio_together_is_that_of_both_sums():
    ratios, people = {"a": 2.0, "b": 5.0, "x": 8.0}, {"a": 10.0, "b": 20.0, "x": 30.0}
    result = recast(
        indicator("ratio"), "2019", UNKNOWN, RecastInputs(seen(ratios), denominators=seen(people))
    )
    (both,) = result.joint_values
    assert both.record.value == pytest.approx((20 + 100 + 240) / 60)
    assert both.record.status == "summed"


@pytest.mark.parametrize(("extreme", "value"), [("lowest", 3), ("highest", 9)])
def test_an_extreme_together_is_that_of_all_their_parts(extreme, value):
    values = seen({"a": 7, "b": 9, "x": 3, "c": 1})
    (both,) = recast(
        indicator("extreme", extreme), "2019", UNKNOWN, RecastInputs(values)
    ).joint_values
    assert (both.record.value, both.record.status) == (value, "exact_extreme")


def test_nothing_is_known_together_where_a_part_has_no_figure_or_one_published_its_own():
    assert (
        recast(indicator(), "2019", UNKNOWN, RecastInputs(seen({"a": 1.0, "x": 2.0}))).joint_values
        == ()
    )
    own = seen({"P": 2.0})
    values = seen({"a": 1.0, "b": 1.0, "x": 2.0})
    assert (
        recast(indicator(), "2019", UNKNOWN, RecastInputs(values, published=own)).joint_values == ()
    )


def test_what_other_parts_leave_of_a_unit_is_known_of_the_rest_together():
    """Of s, 0.7 went to known parts by hand: 0.3 is in P and Q."""
    known = {"P": {}, "Q": {}, "R": {"population": 0.5}, "S": {"population": 0.2}}
    links = [Link("s", to, False, shares) for to, shares in known.items()]
    (both,) = recast(
        indicator(), "2019", Crosswalk.from_links(links, {}), RecastInputs(seen({"s": 100.0}))
    ).joint_values
    assert both.record.value == pytest.approx(30)
    assert (both.record.status, both.record.weight) == ("estimated", "population")


def test_of_a_unit_of_which_some_is_lost_nothing_is_known_together():
    table = replace(UNKNOWN, incomplete_sources=frozenset("x"))
    assert (
        recast(
            indicator(), "2019", table, RecastInputs(seen({"a": 1.0, "b": 1.0, "x": 2.0}))
        ).joint_values
        == ()
    )


def test_the_census_total_is_kept_on_the_units_of_2020_alone_and_together(lai_chau_store):
    figures = ObservationQuery("population", CENSUS, "commune", FIRST)
    result = recast_observations(lai_chau_store, figures, SECOND)
    assert len(result.records) == 106
    (both,) = result.joint_values
    assert (both.units, both.record.value, both.record.status) == (PAIR, 7_228, "summed")
    assert {part.observation.unit_id[:5] for part in both.record.contributions} == {
        "03386", "03397", "03403",
    }  # fmt: skip
    alone = [r.value for r in result.records.values() if r.value is not None]
    assert len(alone) == 104
    assert sum(alone) + both.record.value == 460_196
    assert recast_observations(lai_chau_store, figures, NOW).joint_values == ()


def test_household_size_together_is_people_by_households_of_both(lai_chau_store):
    def both(indicator):
        figures = ObservationQuery(indicator, CENSUS, "commune", FIRST)
        (found,) = recast_observations(lai_chau_store, figures, SECOND).joint_values
        return found.record

    people, households, size = map(both, ("population", "households", "household_size"))
    assert size.value == pytest.approx(people.value / households.value)


def test_figures_of_today_go_back_to_both_as_an_estimate(lai_chau_store):
    figures = ObservationQuery("population", "2025-07-01", "commune", NOW)
    (both,) = recast_observations(lai_chau_store, figures, SECOND).joint_values
    whole = lai_chau_store.values(*("population", "2025-07-01", "commune"), NOW)["03388-20250701"]
    assert both.record.status == "estimated"
    assert both.record.value == pytest.approx(whole.value * 7_228 / 21_973)


def test_the_urban_share_of_the_city_of_2020_is_rebuilt_from_its_communes(lai_chau_store):
    result = recast_observations(
        lai_chau_store, ObservationQuery("urban_share", CENSUS, "district", FIRST), SECOND
    )
    city = result.records["105-20200201"]
    assert (city.status, city.coverage) == ("summed", 1)
    assert city.value == pytest.approx(100 * 34_474 / 43_771)
    assert result.computed["105-20200201"].status == "estimated"
    assert {r.status for r in result.records.values()} <= {"published", "summed"}
    # What a district published itself still wins.
    assert sum(r.status == "published" for r in result.records.values()) == 6
