"""A 4x4 grid of old communes on five new ones, one old commune divided; answers by hand.

Old communes a..p stand row by row, 1 km² each, in two districts (upper and lower half)::

    a b c d      P = a b e f            whole
    e f g h      Q = c d g h            whole
    i j k l      R = i j m n            whole
    m n o p      S = k l + 1/4 of o's land (0.6 of its people)
                 T = p + 3/4 of o's land (0.4 of its people)
"""

from __future__ import annotations

import string
from dataclasses import replace

import pytest

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.model import Classification, Indicator, MeasureUnit, Observation
from geodata.recast.balance_sheet import COLUMNS, TOTAL, balance_csv, balance_sheet
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import recast
from geodata.succession.crosswalk import Crosswalk, Link

OLD = string.ascii_lowercase[:16]
FORMED = {"P": "abef", "Q": "cdgh", "R": "ijmn", "S": "kl", "T": "p"}
DIVIDED = {"S": {"area": 0.25, "population": 0.6}, "T": {"area": 0.75, "population": 0.4}}
LINKS = [
    *(Link(old, new, True, {}) for new, olds in FORMED.items() for old in olds),
    *(Link("o", new, False, shares) for new, shares in DIVIDED.items()),
]
DISTRICTS = {old: "upper" if old < "i" else "lower" for old in OLD}
PEOPLE = {old: float(10 * (k + 1)) for k, old in enumerate(OLD)}  # a 10, b 20 ... p 160
FORWARD = Crosswalk.from_links(LINKS, {"area": dict.fromkeys(OLD, 1.0), "population": PEOPLE})


def indicator(name="people", kind="count", measure="person", factor=None):
    return Indicator(
        name, "t", Text(""), Text(name), Text(name),
        MeasureUnit(measure, Text(""), Text(""), True), kind,
        None, "people" if kind == "ratio" else None, factor, "up", 0, None, None, ("commune",), (),
        Classification(), "greens", "symbols",
    )  # fmt: skip


def seen(values, name="people", period="2019"):
    return {u: Observation(u, name, period, "actual", v, "census") for u, v in values.items()}


def backward():
    """From the five new ones to the sixteen, by the sizes of the sixteen."""
    table = FORWARD
    links = [
        Link(
            table.targets[j],
            table.sources[i],
            False,
            {w: float(table.parts[w][k]) for w in ("area", "population")},
        )
        for k, (i, j) in enumerate(zip(table.row, table.col, strict=True))
    ]
    sizes = {"area": {"P": 4.0, "Q": 4.0, "R": 4.0, "S": 2.25, "T": 1.75}}
    return Crosswalk.from_links(links, sizes)


def test_whole_predecessors_sum_exactly():
    records = recast(indicator(), "2019", FORWARD, RecastInputs(seen(PEOPLE))).records
    p = records["P"]
    assert (p.value, p.status, p.coverage, p.weight) == (10 + 20 + 50 + 60, "summed", 1.0, "")
    assert (p.low, p.high, p.reason) == (None, None, Text(""))
    assert [(c.observation.unit_id, c.share) for c in p.contributions] == [(o, 1.0) for o in "abef"]


def test_divided_predecessor_is_split_by_people_with_a_range():
    s = recast(indicator(), "2019", FORWARD, RecastInputs(seen(PEOPLE))).records["S"]
    assert s.value == pytest.approx(110 + 120 + 0.6 * 150)
    assert (s.status, s.weight) == ("estimated", "population")
    assert (s.low, s.high) == (pytest.approx(230 + 37.5), pytest.approx(230 + 90))
    assert s.contributions[-1].share == 0.6


def test_land_is_split_by_area():
    s = recast(
        indicator("forest", measure="ha"), "2019", FORWARD, RecastInputs(seen(PEOPLE))
    ).records["S"]
    assert (s.weight, s.value) == ("area", pytest.approx(230 + 37.5))


def test_missing_lowers_the_coverage_and_is_never_zero():
    values = {old: v for old, v in PEOPLE.items() if old not in "aghcd"}
    records = recast(indicator(), "2019", FORWARD, RecastInputs(seen(values))).records
    p, q = records["P"], records["Q"]
    assert (p.value, p.missing) == (130, ("a",))
    assert p.coverage == pytest.approx(130 / 140)  # by people
    assert p.reason["en"] == "1 of 4 source units have no figure"
    assert (q.value, q.status, q.coverage) == (None, "no_data", 0.0)
    values["o"] = float("nan")
    s = recast(indicator(), "2019", FORWARD, RecastInputs(seen(values))).records["S"]
    assert (s.value, s.status, s.missing) == (230, "summed", ("o",))


def test_not_applicable_is_not_missing():
    values = {old: v for old, v in PEOPLE.items() if old not in "ap"}
    records = recast(
        indicator(), "2019", FORWARD, RecastInputs(seen(values), not_applicable={"a", "p", "q"})
    ).records
    assert (records["P"].value, records["P"].coverage, records["P"].missing) == (130, 1.0, ())
    alone = recast(indicator(), "2019", FORWARD, RecastInputs({}, not_applicable=set(OLD))).records[
        "P"
    ]
    assert alone.status == "no_data"
    assert "does not apply" in alone.reason["en"]


def test_published_wins_and_what_was_computed_stays():
    result = recast(
        indicator(), "2019", FORWARD, RecastInputs(seen(PEOPLE), published=seen({"P": 141.0}))
    )
    assert (result.records["P"].value, result.records["P"].status) == (141.0, "published")
    assert result.computed["P"].value == 140.0
    sheet = balance_sheet(result)
    assert (sheet.total.residual, sheet.shown) == (pytest.approx(0), pytest.approx(1361))


# o is divided between S and T, and nobody knows how; k and l are whole in S, p in T.
UNKNOWN = Crosswalk.from_links(
    [
        *(Link(old, new, True, {}) for new in "ST" for old in FORMED[new]),
        Link("o", "S", False, {}),
        Link("o", "T", False, {}),
    ],
    {"area": dict.fromkeys("klop", 1.0), "population": PEOPLE},
)


def test_unknown_weight_is_not_recoverable_but_has_bounds():
    kind = replace(indicator(), minimum=0.0)
    records = recast(kind, "2019", UNKNOWN, RecastInputs(seen(PEOPLE))).records
    for target, least in (("S", 110 + 120), ("T", 160)):
        found = records[target]
        assert (found.value, found.status) == (None, "not_recoverable")
        assert (found.low, found.high) == (least, least + 150)
        assert [c.share for c in found.contributions if c.observation.unit_id == "o"] == [None]
        assert found.reason["vi"]
        assert found.reason["en"]


def test_what_may_be_negative_or_has_gaps_has_no_bounds():
    negative = recast(indicator(), "2019", UNKNOWN, RecastInputs(seen(PEOPLE))).records["S"]
    assert (negative.status, negative.low, negative.high) == ("not_recoverable", None, None)
    gap = {old: v for old, v in PEOPLE.items() if old != "k"}
    found = recast(
        replace(indicator(), minimum=0.0), "2019", UNKNOWN, RecastInputs(seen(gap))
    ).records["S"]
    assert (found.status, found.low, found.missing) == ("not_recoverable", None, ("k",))


def test_unknown_weight_leaves_the_rest_as_it_is():
    values = {old: v for old, v in PEOPLE.items() if old in "kl"}
    found = recast(indicator(), "2019", UNKNOWN, RecastInputs(seen(values))).records["S"]
    assert (found.value, found.status, found.missing) == (230, "summed", ("o",))


def test_a_ratio_over_a_part_of_unknown_size_is_not_recoverable():
    kind = indicator("rate", "ratio", "percent", 100)
    rates = seen(dict.fromkeys(OLD, 7.0), "rate")
    found = recast(kind, "2019", UNKNOWN, RecastInputs(rates, denominators=seen(PEOPLE))).records[
        "S"
    ]
    assert (found.value, found.status) == (None, "not_recoverable")
    assert "not known" in found.reason["en"]


def test_the_balance_holds_what_could_not_be_divided():
    sheet = balance_sheet(
        recast(indicator(), "2019", UNKNOWN, RecastInputs(seen({k: PEOPLE[k] for k in "klop"})))
    )
    assert sheet.total.before == sheet.total.undivided == 110 + 120 + 150 + 160
    assert (sheet.total.after, sheet.total.residual) == (0, 0)


def test_ratio_is_rebuilt_from_its_denominator():
    rates = {old: 50.0 if old == "a" else 10.0 for old in OLD}
    kind = indicator("rate", "ratio", "percent", 100)
    result = recast(
        kind, "2019", FORWARD, RecastInputs(seen(rates, "rate"), denominators=seen(PEOPLE))
    )
    p = result.records["P"]
    assert p.value == pytest.approx((50 * 10 + 10 * 130) / 140)
    assert p.value != pytest.approx((50 + 10 + 10 + 10) / 4)  # what averaging by area would say
    assert p.status == "summed"
    assert {c.role for c in p.contributions} == {"value", "denominator"}
    s = result.records["S"]
    assert (s.status, s.weight, s.value) == ("estimated", "population", pytest.approx(10))


@pytest.mark.parametrize(("rate_of_o", "differ"), [(8.0, False), (64.0, True)])
def test_a_rebuilt_ratio_has_a_range_only_where_the_weights_disagree(rate_of_o, differ):
    rates = {**dict.fromkeys(OLD, 8.0), "o": rate_of_o}
    counted = RecastInputs(seen(rates, "rate"), denominators=seen(dict.fromkeys(OLD, 128.0)))
    kind = indicator("rate", "ratio", "percent", 100)
    s = recast(kind, "2019", FORWARD, counted).records["S"]
    assert s.status == "estimated"
    assert (s.low is not None, s.high is not None) == (differ, differ)
    if differ:
        by_area, by_people = (
            (8 * 256 + 64 * 128 * share) / (256 + 128 * share) for share in (0.25, 0.6)
        )
        assert (s.low, s.high) == (pytest.approx(by_area), pytest.approx(by_people))


def test_published_numerator_goes_before_the_rounded_ratio():
    kind = indicator("rate", "ratio", "percent", 100)
    poor = seen(dict.fromkeys(OLD, 1.0), "poor")
    rounded = seen(dict.fromkeys(OLD, 7.0), "rate")
    result = recast(
        kind, "2019", FORWARD, RecastInputs(rounded, numerators=poor, denominators=seen(PEOPLE))
    ).records
    assert result["P"].value == pytest.approx(100 * 4 / 140)


def test_ratio_without_denominator_says_for_whom():
    kind = indicator("rate", "ratio", "percent", 100)
    people = seen({old: v for old, v in PEOPLE.items() if old != "b"})
    rates = seen(dict.fromkeys(OLD, 7.0), "rate")
    p = recast(
        kind, "2019", FORWARD, RecastInputs(rates, denominators=people, labels={"b": "xã B"})
    ).records["P"]
    assert (p.value, p.status) == (None, "not_recoverable")
    assert "xã B" in p.reason["vi"]


def test_unchanged_unit_keeps_its_ratio_without_denominator():
    table = Crosswalk.from_links([Link("x", "X", True, {})], {})
    kind = indicator("rate", "ratio", "percent", 100)
    found = recast(kind, "2019", table, RecastInputs(seen({"x": 7.0}, "rate"))).records["X"]
    assert (found.value, found.status, found.coverage) == (7.0, "summed", 1.0)


def test_denominator_of_another_year_makes_an_estimate_unless_it_is_land():
    kind, rates = indicator("rate", "ratio", "percent", 100), seen(dict.fromkeys(OLD, 7.0), "rate")
    late = seen(PEOPLE, period="2024")
    p = recast(kind, "2019", FORWARD, RecastInputs(rates, denominators=late)).records["P"]
    assert (p.status, p.reason["en"]) == ("estimated", "The denominator is of 2024")
    land = indicator("natural_area", measure="km2")
    p = recast(
        kind, "2019", FORWARD, RecastInputs(rates, denominators=late, denominator=land)
    ).records["P"]
    assert p.status == "summed"


def test_zero_denominator_has_no_ratio():
    kind = indicator("rate", "ratio", "percent", 100)
    people = seen({**PEOPLE, **dict.fromkeys("abef", 0.0)})
    rates = seen(dict.fromkeys(OLD, 7.0), "rate")
    p = recast(kind, "2019", FORWARD, RecastInputs(rates, denominators=people)).records["P"]
    assert (p.value, p.status) == (None, "not_recoverable")


@pytest.mark.parametrize(("name", "p"), [("elevation_lowest", 10.0), ("elevation_highest", 60.0)])
def test_extreme_of_whole_predecessors_is_exact_and_of_parts_is_not(name, p):
    kind = replace(indicator(name, "extreme", "metre"), extreme=name.rpartition("_")[2])
    records = recast(kind, "2019", FORWARD, RecastInputs(seen(PEOPLE, name))).records
    assert (records["P"].value, records["P"].status) == (p, "exact_extreme")
    assert (records["S"].value, records["S"].status) == (None, "not_recoverable")
    gap = seen({old: v for old, v in PEOPLE.items() if old != "a"}, name)
    assert recast(kind, "2019", FORWARD, RecastInputs(gap)).records["P"].status == "not_recoverable"


def test_extreme_that_is_no_lowest_or_highest_stays_only_where_nothing_moved():
    kind = indicator("criteria_met", "extreme", "criterion")
    assert (
        recast(kind, "2019", FORWARD, RecastInputs(seen(PEOPLE))).records["P"].status
        == "not_recoverable"
    )
    table = Crosswalk.from_links([Link("x", "X", True, {})], {})
    assert recast(kind, "2019", table, RecastInputs(seen({"x": 7.0}))).records["X"].value == 7.0


def test_backward_by_hand():
    values = seen({"P": 280.0, "Q": 1.0, "R": 1.0, "S": 640.0, "T": 1.0})
    records = recast(indicator(), "2025", backward(), RecastInputs(values)).records
    assert records["a"].value == pytest.approx(280 * 10 / 140)
    assert records["a"].status == "estimated"
    assert (records["a"].low, records["a"].high) == (pytest.approx(20), pytest.approx(70))
    # o had 0.6 of its 150 people in S, whose people were 110 + 120 + 90.
    assert records["o"].value == pytest.approx(640 * 90 / 320 + 60 / 220)


def test_balance_by_district():
    values = {old: v for old, v in PEOPLE.items() if old != "a"}
    sheet = balance_sheet(
        recast(indicator(), "2019", FORWARD, RecastInputs(seen(values))), DISTRICTS
    )
    rows = {row.group: row for row in sheet.rows}
    assert rows["upper"].before == rows["upper"].after == 350
    assert rows["upper"].missing == ("a",)
    assert rows["lower"].residual == pytest.approx(0)
    assert sheet.total.before == 1350
    lines = balance_csv(sheet).splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[-1] == f"{TOTAL},1350,1350,0,0,16,a"


def test_balance_shows_what_did_not_arrive():
    lost = Crosswalk.from_links([Link("a", "A", False, {"area": 0.9})], {}, sources=["a", "b"])
    sheet = balance_sheet(
        recast(indicator(), "2019", lost, RecastInputs(seen({"a": 10.0, "b": 3.0}))), {"a": "d"}
    )
    assert sheet.total.residual == pytest.approx(-4)
    assert {row.group: row.residual for row in sheet.rows} == pytest.approx({"d": -1.0, "": -3.0})


def test_balance_of_a_ratio_is_refused():
    with pytest.raises(InvalidInput):
        balance_sheet(recast(indicator("rate", "ratio"), "2019", FORWARD, RecastInputs({})))


def test_an_impossible_figure_is_taken_for_missing_and_named():
    """Of the parts of P one is impossible; of Q all are."""
    figures = seen(PEOPLE)
    for unit in "acdgh":
        figures[unit] = replace(figures[unit], impossible=True)
    inputs = RecastInputs(figures, labels={"a": "Ánh Đào"})
    records = recast(indicator(), "2019", FORWARD, inputs).records
    p, q, r = records["P"], records["Q"], records["R"]
    assert (p.value, p.missing, p.status) == (20 + 50 + 60, ("a",), "summed")
    assert p.coverage < 1
    assert p.reason["en"] == "Without the figures of Ánh Đào, which are impossible"
    assert (q.value, q.status) == (None, "not_recoverable")
    assert q.reason["en"] == "Without the figures of c, d, g, h, which are impossible"
    assert (r.status, r.left_out, r.reason["en"]) == ("summed", False, "")


def test_an_impossible_figure_of_the_unit_itself_does_not_win():
    published = {"P": replace(seen({"P": 0.0})["P"], impossible=True)}
    records = recast(indicator(), "2019", FORWARD, RecastInputs(seen(PEOPLE), published)).records
    assert (records["P"].value, records["P"].status) == (140, "summed")
