"""Neighbours share a border, and likeness is told by ranks."""

import datetime as dt

from geodata.neighbours import alike, neighbours
from tests.toy import old_id


def test_units_that_meet_in_a_corner_only_are_no_neighbours(toy_store):
    found = neighbours(toy_store, "commune", dt.date(2013, 1, 1))
    assert set(found[old_id(1)]) == {old_id(2), old_id(5)}
    assert set(found[old_id(6)]) == {old_id(2), old_id(5), old_id(7), old_id(10)}


def test_likeness_is_by_rank_so_that_one_giant_changes_nothing(toy_store):
    units = [toy_store.unit(old_id(number)) for number in range(1, 6)]
    values = {old_id(1): 10.0, old_id(2): 11.0, old_id(3): 30.0, old_id(4): 29.0, old_id(5): 9e9}
    assert alike(units[3], units, [values], 2) == (old_id(2), old_id(3))
    assert alike(units[3], units, [], 2) == ()
    without = {unit: value for unit, value in values.items() if unit != old_id(4)}
    assert alike(units[3], units, [without], 2) == ()
