"""A density of a divided unit: its people go by people and its land by land."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer


def drawn_on(store: Store, date: dt.date, indicator: str, period: str, on: str) -> dict:
    query = {"indicator": indicator, "period": period, "level": "commune", "on": on}
    drawn = resolve_layer(Layer.from_query({**query, "date": date.isoformat()}, store), store)
    return {drawn.units[u].full_name.vi: mark for u, mark in drawn.unit_views.items()}


def test_todays_density_taken_back_is_not_the_same_in_town_and_country(
    lai_chau_store: Store,
) -> None:
    today = dt.date(2025, 7, 1)
    marks = drawn_on(lai_chau_store, today, "population_density", "2025-07-01", "2020-02-01")
    town, country = marks["Thị trấn Tam Đường"], marks["Xã Sơn Bình"]
    assert town.status == country.status == "estimated"
    assert town.value > 4 * country.value
    assert set(town.recast.weight.split("+")) == {"area", "population"}


def test_people_over_land_gives_back_the_density(lai_chau_store: Store) -> None:
    today = dt.date(2025, 7, 1)
    density = drawn_on(lai_chau_store, today, "population_density", "2025-07-01", "2020-02-01")
    people = drawn_on(lai_chau_store, today, "population", "2025-07-01", "2020-02-01")
    area = drawn_on(lai_chau_store, today, "natural_area", "2025-07-01", "2020-02-01")
    for name in ("Thị trấn Tam Đường", "Xã Sơn Bình", "Xã Bình Lư"):
        assert density[name].value == pytest.approx(people[name].value / area[name].value, rel=1e-3)


def test_a_sum_of_some_parts_is_not_drawn_as_the_whole(lai_chau_store: Store) -> None:
    # A list of 2020-21 counts the villages of 32 communes; of some units of today it has all parts.
    before = dt.date(2020, 2, 1)
    marks = drawn_on(lai_chau_store, before, "villages_count", "2020/2021", "2025-07-01")
    partly = [mark for mark in marks.values() if mark.missing == "not_recoverable"]
    assert partly
    assert all(mark.value is None and mark.recast.contributions for mark in partly)
    assert any(mark.value is not None for mark in marks.values())


def test_figures_of_an_earlier_day_fill_the_gaps_exactly(lai_chau_store: Store) -> None:
    # The 2019 census belongs to the 108 communes of its day: of the units of 2020 those that had
    # changed in between have no figure, but those before them have.
    before = dt.date(2020, 2, 1)
    marks = drawn_on(lai_chau_store, before, "population", "2019-04-01", "2025-07-01")
    assert (marks["Phường Đoàn Kết"].value, marks["Phường Đoàn Kết"].status) == (21973, "summed")
    assert marks["Xã Bình Lư"].value == 16442
    assert sum(mark.value for mark in marks.values()) == 460196
