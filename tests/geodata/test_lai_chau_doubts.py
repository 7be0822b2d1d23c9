"""The doubts of the shipped dataset: these and no others, each marked wherever its figures are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from geodata.dataset import Dataset
from geodata.doubts import DOUBT_RULES, ComparedFigures, Doubt, find_doubts

REPORTS = {
    "binh-lu-bc-ubnd-2025-07",
    "binh-lu-456-bc-du-2026-06-23",
    "binh-lu-32-nq-hdnd-2025-12-29",
    "muong-kim-3394-bc-ubnd-2026-06-19",
    "phong-tho-375-bc-ubnd-2024-06-25",
}


@pytest.fixture(scope="module")
def doubts(lai_chau_dataset: Dataset) -> list[Doubt]:
    data = lai_chau_dataset
    return find_doubts(ComparedFigures(data.catalogue, data.observations, data.successions))


def test_the_five_reports_contradict_themselves_and_each_other_so_often(
    lai_chau_dataset, doubts
) -> None:
    figures = lai_chau_dataset.observations
    of_reports = [d for d in doubts if {figures[p].source_id for p in d.figures} & REPORTS]
    assert Counter(doubt.rule for doubt in of_reports) == {
        "unit_of_measure": 5,
        "part_beyond_whole": 1,
        "parts_do_not_add_up": 7,
        "share_of_plan": 4,
        "implied_plan": 6,
        "two_values": 2,
        "register_against_report": 1,
        "plan_turns_back": 1,
        "far_from_series": 1,
    }


@pytest.mark.parametrize(
    ("rule", "what", "words"),
    [
        ("part_beyond_whole", ("aquaculture_output[fish_kind:cold_water]", "2025-H1"), "94.5 t"),
        ("parts_do_not_add_up", ("religious_followers[ethnic_group:kinh]", "2025-H1"), "65 people"),
        ("parts_do_not_add_up", ("irrigation_works", "2025-H1"), "24 works"),
        ("parts_do_not_add_up", ("documents_issued[issuer:party]", "2026-H1"), "938 documents"),
        ("share_of_plan", ("medical_visits", "2026-H1"), "18.57%"),
        ("share_of_plan", ("budget_revenue_local", "2026-H1"), "59.23%"),
        ("implied_plan", ("tourist_visits", "2025-H1"), "580,000 visits"),
        ("implied_plan", ("tourist_visits", "2026-H1"), "431,600 visits"),
        ("implied_plan", ("budget_revenue_local", "2026-H1"), "33.48 bn VND"),
        ("two_values", ("population_hygienic_water_rate", "2030"), "98.5%"),
        ("two_values", ("vocational_trainees", "2026"), "168 people"),
        ("register_against_report", ("population", "2025-07-01"), "18,606 people"),
        ("plan_turns_back", ("income_per_capita", "2026"), "46 m VND"),
        ("beyond_scale", ("ntm_criteria_met", "2030"), "only 10 criteria"),
    ],
)
def test_a_contradiction_of_the_documents_is_found_by_its_rule(
    lai_chau_dataset, doubts, rule, what, words
) -> None:
    figures = lai_chau_dataset.observations
    told = [
        doubt.sentence.en
        for doubt in doubts
        if doubt.rule == rule
        and (figures[doubt.figures[0]].indicator, figures[doubt.figures[0]].period) == what
    ]
    assert any(words in sentence for sentence in told), told


def test_every_figure_of_a_doubt_is_marked(lai_chau_dataset, doubts) -> None:
    figures = lai_chau_dataset.observations
    unmarked = [figures[p] for doubt in doubts for p in doubt.figures if not figures[p].doubt]
    assert unmarked == []


def test_the_doubts_are_few(lai_chau_dataset, doubts) -> None:
    doubted = {place for doubt in doubts for place in doubt.figures}
    assert len(doubts) < 45
    assert len(doubted) < 0.025 * len(lai_chau_dataset.observations)


def test_the_slips_of_money_are_found_without_a_reader(lai_chau_dataset) -> None:
    """Three of the five, as printed: the fourth has nothing to stand beside, the fifth its part."""
    data = lai_chau_dataset
    printed = [
        each if each.printed is None else replace(each, value=each.printed, printed=None)
        for each in data.observations
    ]
    facts = ComparedFigures(data.catalogue, printed, data.successions)
    found = {
        printed[place].indicator
        for doubt in DOUBT_RULES["unit_of_measure"].find(facts)
        for place in doubt.figures
    }
    assert found == {"retail_services_revenue", "accommodation_food_revenue", "tourism_revenue"}
