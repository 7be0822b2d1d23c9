"""Each rule finds the contradictions of real documents, and leaves what rounding explains."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest
from build_helpers import catalogue, figure, indicator, text
from hypothesis import given
from hypothesis import strategies as st

from geodata.doubts import DOUBT_RULES, ComparedFigures, Doubt
from geodata.i18n import Text
from geodata.model import Concept, MeasureUnit, Observation

VND = MeasureUnit("billion_vnd", Text("tỷ đồng", "bn VND"), text("tỷ đồng"), True)
PERCENT = MeasureUnit("percent", text("%"), text("%"), False)
VISITS = indicator("visits", flow=True, direction="up")
REVENUE = indicator("revenue", measure_unit=VND, direction="up")
PUPILS = indicator("pupils")
SCHOOLED = indicator(
    "schooled", "ratio", numerator="attending", denominator="pupils", ratio_factor=100.0,
    measure_unit=PERCENT, direction="up",
)  # fmt: skip
ATTENDING = indicator("attending")
STUNTED = indicator("stunted", "ratio", ratio_factor=100.0, measure_unit=PERCENT, direction="down")
INCOME = indicator("income", "ratio", ratio_factor=1.0, direction="up")
CRITERIA = indicator("criteria", "extreme", direction="up")
CATALOGUE = catalogue(
    VISITS, REVENUE, PUPILS, SCHOOLED, ATTENDING, STUNTED, INCOME, CRITERIA, indicator("population")
)
HERE, THERE = "03390-20250701", "03637-20250701"


def found(rule: str, *figures: Observation, known=CATALOGUE) -> list[Doubt]:
    return list(DOUBT_RULES[rule].find(ComparedFigures(known, figures)))


def said(series: str, value: float, period: str, status: str = "actual", **changes) -> Observation:
    given_ = {"source_id": "report", "period": period, "status": status}
    return figure(HERE, series, value, **{**given_, **changes})


def shared(value: float, plan: float, percent: float, series: str = "visits", quote: str = ""):
    quote = quote or f"{value}/{plan} đạt {percent}% kế hoạch"
    return (
        said(series, value, "2026-H1", stated_percent=percent, quote=quote),
        said(series, plan, "2026", "plan", quote=quote),
    )


@pytest.mark.parametrize(
    ("value", "plan", "percent"),
    [
        (1742.1, 2050, 84.9),  # cut, not rounded: 84.98
        (3902.9, 9931, 39),
        (659, 3333, 20),
        (550.1, 857, 64),
        (96839, 310939, 31),
        (23618, 50110, 47.13),
        (50156, 50110, 100.09),
        (20.35, 20, 101.5),
    ],
)
def test_a_share_of_plan_that_follows_is_no_doubt(value, plan, percent) -> None:
    assert found("share_of_plan", *shared(value, plan, percent)) == []


@pytest.mark.parametrize(
    ("value", "plan", "percent", "share"),
    [
        (5850, 31500, 50.3, "18.57%"),  # 15,850 would be
        (5844.299, 9867, 56, "59.23%"),
        (55, 140, 35.7, "39.29%"),
        (90, 140, 57.14, "64.29%"),
    ],
)
def test_a_share_of_plan_that_does_not_follow_is_doubted_with_its_plan(
    value, plan, percent, share
) -> None:
    (doubt,) = found("share_of_plan", *shared(value, plan, percent))
    assert doubt.figures == (0, 1)
    assert share in doubt.sentence.en
    assert share.replace(".", ",") in doubt.sentence.vi
    assert "people" in doubt.sentence.en  # the unit of measure


def test_what_is_better_when_lower_may_be_more_than_its_plan() -> None:
    assert found("share_of_plan", *shared(21.83, 21.93, 100.45, "stunted")) == []
    assert len(found("share_of_plan", *shared(21.83, 21.93, 95.45, "stunted"))) == 1


def test_a_share_of_another_number_of_its_sentence_explains_itself() -> None:
    quote = (
        "Tổng kế hoạch vốn giao năm 2025 là: 900 triệu đồng (Trong đó: Đã giao chi tiết 300 triệu "
        "đồng). Giải ngân đến thời điểm báo cáo là 112 triệu đồng, đạt 37,3%."
    )
    assert found("share_of_plan", *shared(112, 900, 37.3, quote=quote)) == []
    assert len(found("share_of_plan", *shared(112, 900, 73.3, quote=quote))) == 1


@given(
    plan=st.integers(10, 10**7),
    share=st.floats(0.01, 2),
    digits=st.integers(0, 2),
    cut=st.booleans(),
)
def test_a_share_worked_out_from_the_figures_is_never_doubted(plan, share, digits, cut) -> None:
    value = max(1, round(plan * share))
    true = 100 * value / plan
    power = 10**digits
    stated = math.floor(true * power) / power if cut else round(true, digits)
    assert found("share_of_plan", *shared(value, plan, stated)) == []


def test_a_share_stands_for_a_plan_that_differs_from_the_one_elsewhere() -> None:
    """Bình Lư, July 2025: 319,000 visits are 55% of plan; part II plans 395,900."""
    done = said("visits", 319_000, "2025-H1", "estimate", stated_percent=55, quote="đạt 55%")
    plan = said("visits", 395_900, "2025", "plan", quote="395.900 lượt khách")
    (doubt,) = found("implied_plan", done, plan)
    assert doubt.figures == (0, 1)
    assert "about 580,000 people; elsewhere the same document plans 395,900" in doubt.sentence.en
    elsewhere = replace(plan, source_id="register")
    (doubt,) = found("implied_plan", done, elsewhere)
    assert "“Sổ” plans 395,900 people for 2025" in doubt.sentence.en
    fitting = replace(plan, value=580_000.0)
    assert found("implied_plan", done, fitting) == []
    assert found("implied_plan", done, replace(plan, period="2026")) == []


def test_a_target_for_another_year_is_no_plan_for_this_one() -> None:
    done = said("visits", 277_834, "2026-H1", "estimate", stated_percent=64.38, quote="64,38%")
    target = said("visits", 900_000, "2030", "target")
    years = said("visits", 900_000, "2026/2030", "plan")
    assert found("implied_plan", done, target, years) == []


def test_a_numerator_is_no_more_than_its_denominator() -> None:
    pair = (said("attending", 120, "2025"), said("pupils", 100, "2025"))
    (doubt,) = found("part_beyond_whole", *pair)
    assert doubt.figures == (0, 1)
    assert found("part_beyond_whole", *pair[::-1])[0].figures == (1, 0)
    fewer = said("attending", 100, "2025")
    assert found("part_beyond_whole", fewer, pair[1]) == []
    assert found("part_beyond_whole", pair[0], replace(pair[1], source_id="register")) == []


@pytest.mark.parametrize(
    ("upper", "lower", "rate", "doubted"),
    [
        (250, 1803, 13.87, False),
        (541, 1803, 30, False),
        (3543, 3638, 97.38, False),  # cut: 97.389
        (250, 1803, 18.37, True),
    ],
)
def test_a_rate_is_the_quotient_of_its_parts(upper, lower, rate, doubted) -> None:
    figures = (
        said("attending", upper, "2024-H1"),
        said("pupils", lower, "2024-H1"),
        said("schooled", rate, "2024-H1"),
    )
    doubts = found("rate_of_its_parts", *figures)
    assert [doubt.figures for doubt in doubts] == [(2, 0, 1)] * doubted


def test_one_document_with_two_values_says_both_once() -> None:
    (doubt,) = found("two_values", said("schooled", 100, "2030"), said("schooled", 98.5, "2030"))
    assert doubt.sentence.vi == "Schooled, năm 2030: cùng một văn bản ghi 100%; 98,5%."


def test_periods_that_are_the_same_days_are_one_period() -> None:
    half, months = said("visits", 100, "2025-H1"), said("visits", 200, "2025-01/2025-06")
    assert len(found("two_values", half, months)) == 1


@given(value=st.floats(1, 10**6), digits=st.integers(0, 2), fewer=st.integers(0, 2))
def test_one_figure_rounded_twice_is_no_contradiction(value, digits, fewer) -> None:
    one, other = round(value, digits + fewer), round(value, digits)
    figures = (said("schooled", one, "2025"), said("schooled", other, "2025"))
    if not (one.is_integer() and other.is_integer()):
        assert found("two_values", *figures) == []


def test_a_figure_with_a_qualifier_may_be_the_exact_one_elsewhere() -> None:
    about = said("visits", 37_000, "2024", qualifier="about")
    assert found("two_values", about, said("visits", 37_380, "2024")) == []
    assert len(found("two_values", about, said("visits", 47_380, "2024"))) == 1


def test_a_register_and_a_report_are_held_against_each_other_by_a_rule_of_their_own() -> None:
    register = figure(HERE, "population", 18606)
    report = figure(HERE, "population", 18072, source_id="report")
    assert found("two_values", register, report) == []
    assert [each.figures for each in found("register_against_report", register, report)] == [(0, 1)]
    half = replace(report, period="2025-H2")
    assert [each.figures for each in found("register_against_report", register, half)] == [(0, 1)]
    assert found("register_against_report", register, replace(half, period="2026-H1")) == []
    assert found("register_against_report", register, replace(half, value=18600.0)) == []


def test_a_printed_slip_tells_what_is_printed_and_how_it_is_read() -> None:
    slip = said("revenue", 45.7, "2025-H1", printed=0.0457, scale=0.001)
    (doubt,) = found("unit_of_measure", slip)
    assert "0.0457 bn VND is printed, read as 45.7 bn VND" in doubt.sentence.en


def test_a_thousandth_of_the_same_figure_elsewhere_is_another_unit_of_measure() -> None:
    """Bình Lư: "doanh thu từ du lịch đạt 221,87 tỷ đồng", elsewhere "221,9 triệu đồng"."""
    right, slip = said("revenue", 221.87, "2025-H1"), said("revenue", 0.2219, "2025-H1")
    (doubt,) = found("unit_of_measure", right, slip)
    assert doubt.figures == (1, 0)
    assert "about 1,000 times as much" in doubt.sentence.en
    assert found("unit_of_measure", right, said("revenue", 0.9, "2025-H1")) == []


def test_a_thousandth_of_the_year_before_is_another_unit_of_measure() -> None:
    before, after = said("revenue", 523.6, "2025-H1"), said("revenue", 0.5464, "2026-H1")
    (doubt,) = found("unit_of_measure", before, after)
    assert set(doubt.figures) == {0, 1}
    assert found("far_from_series", before, after) == []  # told once


def test_a_thousandth_of_all_other_units_is_another_unit_of_measure() -> None:
    other = figure(THERE, "revenue", 38.0, period="2024-H1", source_id="report")
    slip = said("revenue", 0.0457, "2025-H1")
    assert [each.figures for each in found("unit_of_measure", slip, other)] == [(0, 1)]
    near = figure("03388-20250701", "revenue", 0.2, period="2025", source_id="report")
    assert found("unit_of_measure", slip, other, near) == []


def test_what_adds_up_over_a_year_does_not_fall_within_it() -> None:
    half = said("visits", 263_225, "2025-H1")
    nine = said("visits", 213_042, "2025-01/2025-09", "estimate")
    assert [each.figures for each in found("falling_sum", half, nine)] == [(1, 0)]
    assert found("falling_sum", half, replace(nine, value=300_000.0)) == []
    assert found("falling_sum", half, replace(nine, period="2026-01/2026-09")) == []
    stock = [replace(each, indicator="pupils") for each in (half, nine)]
    assert found("falling_sum", *stock) == []


def test_a_later_plan_does_not_fall_behind_an_earlier_one_of_the_same_document() -> None:
    """Bình Lư plans 50 million đồng a head for 2025 and 46 for 2026."""
    plans = (said("income", 50, "2025", "plan"), said("income", 46, "2026", "plan"))
    assert [each.figures for each in found("plan_turns_back", *plans)] == [(1, 0)]
    assert found("plan_turns_back", plans[0], replace(plans[1], source_id="register")) == []
    assert found("plan_turns_back", plans[0], replace(plans[1], value=56.0)) == []
    poverty = [replace(each, indicator="stunted") for each in plans]
    assert found("plan_turns_back", *poverty) == []


def yearly(series: str, first: int, values: list[float], step: int = 1) -> list[Observation]:
    return [said(series, v, str(first + step * n)) for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("series", "first", "step", "values", "year"),
    [
        ("schooled", 2004, 2, [36.4, 50.8, 53.1, 69.4, 55.8, 72.6, 86.8], "2012"),
        ("pupils", 2008, 1, [18500, 19900, 25300, 29000, 31300, 28800, 30700, 12400], "2015"),
    ],
    ids=["electricity", "planted forest"],
)
def test_a_jump_that_no_other_year_of_the_series_has(series, first, step, values, year) -> None:
    figures = yearly(series, first, values, step)
    (doubt,) = found("far_from_series", *figures)
    assert figures[doubt.figures[0]].period == year


@pytest.mark.parametrize(
    "values",
    [
        [40, 52, 81, 106, 114, 124, 127, 129, 135, 139, 139, 139, 138],  # preschools grow, then not
        [114.1, 156.4, 153.7, 360.2, 34.7, 71.7, 346.3, 67.3, 613.7, 79.6],  # forest burnt
        [791, 818, 877, 919, 999, 1116, 1184, 1514, 1515, 1515, 1617, 1536],  # hospital beds
        [351300, 356700, 360700, 364400, 367900, 371400, 380800, 389400],  # population
    ],
)
def test_growth_that_slows_and_flows_that_vary_are_no_jumps(values) -> None:
    assert found("far_from_series", *yearly("pupils", 2004, values)) == []


def test_a_figure_far_from_that_of_a_year_before_is_doubted_unless_it_was_planned() -> None:
    """Medical visits 15,537 and 5,850; a budget that grew fivefold with its plan."""
    visits = (said("visits", 15_537, "2025-H1"), said("visits", 5_850, "2026-H1"))
    assert [each.figures for each in found("far_from_series", *visits)] == [(1, 0)]
    budget = (said("revenue", 19.2, "2025-H1"), said("revenue", 87.5, "2026-H1"))
    plans = (said("revenue", 32.4, "2025", "plan"), said("revenue", 161.1, "2026", "plan"))
    assert len(found("far_from_series", *budget)) == 1
    assert found("far_from_series", *budget, *plans) == []
    few = (said("visits", 25, "2025-H1"), said("visits", 3, "2026-H1"))
    assert found("far_from_series", *few) == []


def test_a_value_far_from_all_other_units_is_doubted() -> None:
    values = [2_400, 3_100, 2_800, 3_600, 2_900, 3_300, 2_700, 3_000, 2_500_000]
    figures = [
        figure(f"{3400 + n:05d}-20250701", "population", value) for n, value in enumerate(values)
    ]
    assert [each.figures for each in found("far_from_others", *figures)] == [(8,)]
    assert found("far_from_others", *figures[1:8]) == []
    assert found("far_from_others", *figures[:8]) == []


def test_a_target_beyond_its_set_of_criteria_is_doubted() -> None:
    """Nineteen criteria for 2030, when the set of 2026-2030 has ten."""
    sets = {
        "19": Concept("19", text("19"), text(""), False, ("criteria",), highest=19.0,
                      until=dt.date(2025, 12, 31)),
        "10": Concept("10", text("10"), text(""), False, ("criteria",), highest=10.0,
                      since=dt.date(2026, 1, 1)),
    }  # fmt: skip
    known = replace(CATALOGUE, concepts=sets)
    now, target = said("criteria", 11, "2025-07"), said("criteria", 16, "2030", "target")
    (doubt,) = found("beyond_scale", now, target, known=known)
    assert doubt.figures == (1,)
    assert "has only 10 people" in doubt.sentence.en


def test_every_rule_has_a_name_and_says_what_it_compares_in_both_languages() -> None:
    for rule_id, rule in DOUBT_RULES.items():
        assert rule.id == rule_id
        for wording in (rule.name, rule.compares):
            assert wording["vi"] != wording["en"]


def test_an_impossible_figure_raises_no_doubt() -> None:
    nobody = said("visits", 0, "2025-H1", impossible=True)
    other = said("visits", 9, "2025-H1")
    assert [found(rule, nobody, other) for rule in DOUBT_RULES] == [[]] * len(DOUBT_RULES)
