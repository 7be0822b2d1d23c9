"""Figures between days whose units no succession links: by the land their shapes share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import shapely
from toy import HORIZON, NEW_NAMES, REFORM, SUCCESSORS, new_id, old_id

from geodata.dataset import Dataset
from geodata.model import Succession
from geodata.recast.balance_sheet import balance_sheet
from geodata.recast.overlay_crosswalk import needs_overlay
from geodata.recast.service import (
    ObservationQuery,
    all_successions,
    all_units,
    recast_observations,
    unit_crosswalk,
)
from geodata.store import Store, create_store

PEOPLE = ObservationQuery("population", "2019", "commune", HORIZON)


def moved(dataset: Dataset, unit_id: str, east: float) -> Dataset:
    """The dataset with one unit's eastern border moved by degrees."""
    boundaries = {}
    for detail, frame in dataset.boundaries.items():
        changed = frame.copy()
        at = changed["unit_id"] == unit_id
        west, south, was_east, north = changed.geometry[at].iloc[0].bounds
        changed.loc[at, "geometry"] = shapely.box(west, south, was_east + east, north)
        boundaries[detail] = changed
    return replace(dataset, boundaries=boundaries)


@pytest.fixture(scope="module")
def unlinked(toy_dataset: Dataset) -> Dataset:
    """The toy without a row that says what became of the old communes."""
    return replace(toy_dataset, successions=())


@pytest.fixture
def store(tmp_path, unlinked):
    made = create_store(tmp_path / "toy.gpkg", unlinked)
    yield made
    made.close()


def with_shape(tmp_path, dataset: Dataset, unit_id: str, east: float) -> Store:
    return create_store(tmp_path / "moved.gpkg", moved(dataset, unit_id, east))


def test_without_a_legal_table_old_counts_reach_the_new_units_as_estimates(store):
    records = recast_observations(store, PEOPLE, REFORM).records
    for new in NEW_NAMES:
        record = records[new_id(new)]
        whole = sum(100.0 * old for old, became in enumerate(SUCCESSORS, 1) if became == new)
        assert record.value == pytest.approx(whole)
        assert (record.status, record.weight) == ("estimated", "area")
        assert record.coverage == pytest.approx(1)


def test_nothing_is_lost_or_doubled_by_an_overlay(store):
    result = recast_observations(store, PEOPLE, REFORM)
    sheet = balance_sheet(result)
    assert sheet.total.after == pytest.approx(sheet.total.before)
    assert result.crosswalk.overlay is not None
    assert result.crosswalk.incomplete_sources == frozenset()


def test_figures_go_back_to_the_old_units_by_area(store):
    query = ObservationQuery("population", "2025", "commune", REFORM)
    back = recast_observations(store, query, HORIZON)
    assert back.computed[old_id(1)].value == pytest.approx(401 / 4, rel=1e-3)
    assert back.computed[old_id(16)].value == pytest.approx(416)
    assert {record.status for record in back.computed.values()} == {"estimated"}


def test_a_ratio_is_rebuilt_from_what_the_shapes_give(store):
    query = ObservationQuery("population_density", "2019", "commune", HORIZON)
    records = recast_observations(store, query, REFORM).records
    area = store.unit(new_id(16)).shape_area_km2
    assert records[new_id(16)].value == pytest.approx(1600 / area)
    assert records[new_id(16)].status == "estimated"


def test_land_that_no_old_unit_covers_lowers_the_coverage(tmp_path, unlinked):
    # Commune 16 of today reaches one cell further east, where nobody drew anything before.
    with_gap = with_shape(tmp_path, unlinked, new_id(16), 0.1)
    record = recast_observations(with_gap, PEOPLE, REFORM).records[new_id(16)]
    assert record.coverage == pytest.approx(0.5, abs=1e-3)
    assert record.value == pytest.approx(1600)
    with_gap.close()


@pytest.mark.slow
def test_land_outside_of_all_new_units_is_lost_and_said_to_be(tmp_path, unlinked):
    overhanging = with_shape(tmp_path, unlinked, old_id(16), 0.1)
    table = unit_crosswalk(overhanging, "commune", HORIZON, REFORM)
    assert table.incomplete_sources == {old_id(16)}
    record = recast_observations(overhanging, PEOPLE, REFORM).records[new_id(16)]
    assert record.value == pytest.approx(800, rel=1e-3)
    overhanging.close()


@pytest.mark.slow
@pytest.mark.parametrize("unit", [old_id(16), new_id(16)])
def test_two_drawings_of_one_outline_lose_nobody(tmp_path, unlinked, unit):
    # 0.001° is 1 % of a commune's width: drawn twice, not moved.
    redrawn = with_shape(tmp_path, unlinked, unit, 0.001)
    record = recast_observations(redrawn, PEOPLE, REFORM).records[new_id(16)]
    assert record.value == pytest.approx(1600)
    assert record.coverage == 1
    assert unit_crosswalk(redrawn, "commune", HORIZON, REFORM).incomplete_sources == frozenset()
    redrawn.close()


@pytest.mark.slow
def test_a_unit_that_stayed_keeps_its_figure_exactly(tmp_path, unlinked):
    # Commune 16 was never replaced; all others were.
    units = [
        replace(unit, valid_to=None) if unit.unit_id == old_id(16) else unit
        for unit in unlinked.units
        if unit.unit_id != new_id(16)
    ]
    seen = [o for o in unlinked.observations if o.unit_id != new_id(16)]
    frames = {d: f[f["unit_id"] != new_id(16)] for d, f in unlinked.boundaries.items()}
    accuracies = [a for a in unlinked.accuracies if a.unit_id != new_id(16)]
    dataset = replace(
        unlinked, units=units, observations=seen, boundaries=frames, accuracies=accuracies
    )
    store = create_store(tmp_path / "stayed.gpkg", dataset)
    record = recast_observations(store, PEOPLE, REFORM).computed[old_id(16)]
    assert (record.value, record.status) == (1600, "summed")
    assert recast_observations(store, PEOPLE, REFORM).records[new_id(1)].status == "estimated"
    store.close()


def test_one_row_of_law_keeps_geometry_out(store, toy_dataset):
    units, rows = all_units(store), toy_dataset.successions
    assert all_successions(store) == ()
    assert needs_overlay(units, [], "commune", HORIZON, REFORM)
    assert needs_overlay(units, [], "commune", REFORM, HORIZON)
    assert not needs_overlay(units, rows[:1], "commune", HORIZON, REFORM)
    assert not needs_overlay(units, rows[:1], "commune", REFORM, HORIZON)


def test_units_that_only_ended_or_never_changed_need_no_overlay(store):
    units = all_units(store)
    assert not needs_overlay(units, [], "district", HORIZON, REFORM)
    assert not needs_overlay(units, [], "province", HORIZON, REFORM)
    assert not needs_overlay(units, [], "commune", HORIZON, dt.date(2020, 1, 1))


@pytest.mark.slow
def test_a_legal_table_is_as_it_was(tmp_path, toy_dataset):
    with_law = create_store(tmp_path / "law.gpkg", toy_dataset)
    table = unit_crosswalk(with_law, "commune", HORIZON, REFORM)
    assert table.overlay is None
    assert isinstance(toy_dataset.successions[0], Succession)
    assert recast_observations(with_law, PEOPLE, REFORM).records[new_id(1)].status == "summed"
    with_law.close()
