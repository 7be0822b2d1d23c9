"""Sums over the units below and ratios from their parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from build_helpers import AREA, DENSITY, POPULATION, URBAN, catalogue, figure, unit
from hypothesis import given
from hypothesis import strategies as st

from geodata.build.derived_observations import derive_observations
from geodata.i18n import Text

CATALOGUE = catalogue(POPULATION, AREA, DENSITY, URBAN)
PROVINCE = unit("12-20040101", "province")
EAST = unit("00001-20250701", parent=PROVINCE.unit_id)
WEST = unit("00002-20250701", parent=PROVINCE.unit_id)
UNITS = (PROVINCE, EAST, WEST)


def found(observations, indicator, unit_id, units=UNITS):
    return [
        o
        for o in derive_observations(CATALOGUE, observations, units)
        if (o.indicator, o.unit_id) == (indicator, unit_id)
    ]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_sum_keeps_the_mass(values: list[int]) -> None:
    communes = [unit(f"{n:05d}-20250701", parent=PROVINCE.unit_id) for n in range(len(values))]
    read = [figure(c.unit_id, "population", v) for c, v in zip(communes, values, strict=True)]
    [total] = found(read, "population", PROVINCE.unit_id, (PROVINCE, *communes))
    assert total.value == sum(values)
    assert total.coverage == 1.0
    assert total.method


def test_nothing_is_summed_while_a_unit_is_missing() -> None:
    assert not found([figure(EAST.unit_id, "population", 5)], "population", PROVINCE.unit_id)


def test_a_sum_does_not_mix_sources_or_replace_what_was_read() -> None:
    one = figure(EAST.unit_id, "population", 5)
    other = figure(WEST.unit_id, "population", 7, source_id="report")
    assert not found([one, other], "population", PROVINCE.unit_id)
    read = figure(PROVINCE.unit_id, "population", 13)
    both = [one, figure(WEST.unit_id, "population", 7), read]
    assert not found(both, "population", PROVINCE.unit_id)


def test_units_to_which_an_indicator_does_not_apply_are_left_out_of_a_sum() -> None:
    ward = unit("00003-20250701", parent=PROVINCE.unit_id, kind="ward")
    read = [figure(ward.unit_id, "population_urban", 9)]
    [total] = found(read, "population_urban", PROVINCE.unit_id, (*UNITS, ward))
    assert total.value == 9


def test_a_commune_belongs_to_the_district_of_the_day() -> None:
    before = unit("105-20130101", "district", PROVINCE.unit_id, valid_to=dt.date(2020, 2, 1))
    after = unit("105-20200201", "district", PROVINCE.unit_id)
    stays = unit("00004-20130101", parent=after.unit_id)
    leaves = unit("00005-20130101", parent=before.unit_id, valid_to=dt.date(2020, 2, 1))
    units = (PROVINCE, before, after, stays, leaves)
    read = [figure(u.unit_id, "population", 10, period="2019-04-01") for u in (stays, leaves)]
    derived = derive_observations(CATALOGUE, read, units)
    sums = {o.unit_id: o.value for o in derived if o.indicator == "population"}
    assert sums == {before.unit_id: 20, PROVINCE.unit_id: 20}


def test_density_by_the_published_area_of_the_same_source() -> None:
    read = [figure(EAST.unit_id, "population", 18606), figure(EAST.unit_id, "natural_area", 173.91)]
    [density] = found(read, "population_density", EAST.unit_id)
    assert density.value == pytest.approx(106.98637)
    assert density.source_id == "register"
    assert "same source" in density.method.en


def test_the_shape_stands_in_for_an_unknown_area_and_is_named() -> None:
    drawn = unit("00006-20130101", shape_area_km2=50.0)
    read = [figure(drawn.unit_id, "population", 1000, period="2019-04-01")]
    [density] = found(read, "population_density", drawn.unit_id, (drawn,))
    assert density.value == 20
    assert "shape" in density.method.en
    assert "tham khảo" in density.method.vi


def test_a_ratio_that_was_read_is_not_computed_again() -> None:
    read = [
        figure(EAST.unit_id, "population", 100),
        figure(EAST.unit_id, "natural_area", 10),
        figure(EAST.unit_id, "population_density", 11),
    ]
    assert not found(read, "population_density", EAST.unit_id)


def test_a_zero_denominator_gives_nothing() -> None:
    read = [figure(EAST.unit_id, "population", 100), figure(EAST.unit_id, "natural_area", 0)]
    assert not found(read, "population_density", EAST.unit_id)


def test_a_doubt_is_handed_on_to_all_that_is_computed() -> None:
    doubt = Text("sai", "wrong")
    read = [
        figure(EAST.unit_id, "population", 0, doubt=doubt),
        figure(WEST.unit_id, "population", 7),
        figure(EAST.unit_id, "natural_area", 10),
    ]
    [density] = found(read, "population_density", EAST.unit_id)
    [total] = found(read, "population", PROVINCE.unit_id)
    assert "wrong" in density.doubt.en
    assert "wrong" in total.doubt.en


def test_an_impossible_figure_makes_its_ratio_impossible() -> None:
    read = [
        figure(EAST.unit_id, "population", 911, doubt=Text("sai", "wrong"), impossible=True),
        figure(EAST.unit_id, "natural_area", 10),
    ]
    [density] = found(read, "population_density", EAST.unit_id)
    assert (density.value, density.quality) == (91.1, "impossible")
    assert "wrong" in density.doubt.en


def test_a_sum_leaves_impossible_figures_out_and_says_so() -> None:
    communes = [unit(f"{n:05d}-20250701", parent=PROVINCE.unit_id) for n in range(10)]
    read = [figure(c.unit_id, "population", 10) for c in communes]
    land = figure(PROVINCE.unit_id, "natural_area", 5)

    def derived(*impossible: int):
        marked = [
            replace(each, impossible=n in impossible, doubt=Text("sai" * (n in impossible)))
            for n, each in enumerate(read)
        ]
        return derive_observations(CATALOGUE, [*marked, land], (PROVINCE, *communes))

    [total] = derived(3)
    assert (total.value, total.coverage, total.quality) == (90, 0.9, "doubtful")
    assert total.method.en == "Sum over 9 of the 10 units directly below"
    assert total.doubt.en == "Without 00003, whose figures are impossible."
    assert not derived(3, 4)
    assert {each.indicator for each in derived()} == {"population", "population_density"}


def test_the_undoubted_figure_is_used() -> None:
    read = [
        figure(EAST.unit_id, "population", 911, doubt=Text("sai", "wrong")),
        figure(EAST.unit_id, "population", 100, source_id="news"),
        figure(EAST.unit_id, "natural_area", 10),
    ]
    [density] = found(read, "population_density", EAST.unit_id)
    assert density.value == 10
    assert not density.doubt
