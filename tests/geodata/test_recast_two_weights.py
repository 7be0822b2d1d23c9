"""A density of a divided unit: its people go by people and its land by land."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.store import Store
from layers.drawn import draw
from layers.layer import Layer


def drawn_on(store: Store, date: dt.date, indicator: str, period: str, on: str) -> dict:
    query = {"indicator": indicator, "period": period, "level": "commune", "on": on}
    drawn = draw(Layer.from_query({**query, "date": date.isoformat()}, store), store)
    return {drawn.units[u].full_name.vi: mark for u, mark in drawn.marks.items()}


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
    # The 2019 census belongs to the 108 communes of its day: on the map of 2020 Sì Lở Lầu and
    # Sùng Phài, which changed in between, have no figure.
    before = dt.date(2020, 2, 1)
    marks = drawn_on(lai_chau_store, before, "population", "2019-04-01", "2025-07-01")
    for name in ("Xã Sì Lở Lầu", "Phường Đoàn Kết"):
        assert marks[name].value is None
        assert marks[name].missing == "not_recoverable"
    assert marks["Xã Bình Lư"].value == 16442
