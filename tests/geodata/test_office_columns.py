"""Which indicators the columns of the offices' tables hold that came with PORTAL_SHARED."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geodata.dataset import Dataset
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table

SHARED = os.environ.get("PORTAL_SHARED", "")
TABLES = Path(SHARED) / "tables"

pytestmark = pytest.mark.skipif(
    not SHARED or not TABLES.is_dir(), reason="PORTAL_SHARED names no folder of tables"
)

CERTAIN = {
    "demo_commune_indicators.xlsx": [
        "population", "households", "poor_households", "poverty_rate", "forest_cover_rate",
        "tourist_visits", "",
    ],
    "census_2019_by_district.xlsx": [
        "population", "population[residence:urban]", "population[residence:rural]",
    ],
    "poor_households_tcvn3.xls": [
        "households", "poor_households", "near_poor_households", "poverty_rate",
    ],
    "long_semicolon_codes_without_zero.csv": ["poverty_rate", ""],
    "water_and_power_nfd.ods": ["", ""],
    "plan_and_actual_cross_table.xlsx": [""] * 5,
}  # fmt: skip
"""Indicators of the value columns; empty where the header is not clearly one of the catalogue."""

PROPOSED = {
    "demo_commune_indicators.xlsx": ["roads_hardened_rate"],
    "long_semicolon_codes_without_zero.csv": ["schools_national_standard"],
    "water_and_power_nfd.ods": ["population_hygienic_water_rate", "households_grid_rate"],
}
"""What is proposed first for the columns that are asked about."""


@pytest.fixture(scope="module")
def facts(lai_chau_dataset: Dataset) -> DatasetFacts:
    return DatasetFacts(lai_chau_dataset)


@pytest.mark.parametrize("name", CERTAIN)
def test_only_what_is_certain_is_taken_and_the_rest_proposed(
    facts: DatasetFacts, name: str
) -> None:
    report = prepare_table(TABLES / name, name, facts)
    columns = [each for each in report.columns if each.use == "value"]
    assert [each.indicator for each in columns] == CERTAIN[name]
    first = [
        each.proposals[0].indicator for each in columns if not each.indicator and each.proposals
    ]
    assert first[: len(PROPOSED.get(name, []))] == PROPOSED.get(name, [])


def test_a_dash_that_the_notes_explain_is_zero(facts: DatasetFacts) -> None:
    name = "demo_commune_indicators.xlsx"
    values = prepare_table(TABLES / name, name, facts).values
    assert {each.value for each in values if each.raw == "-"} == {0.0}
