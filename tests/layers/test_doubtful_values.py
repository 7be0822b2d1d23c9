"""A doubtful figure is drawn and marked, but it does not move the classes of the others."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from geodata.store import Store
from layers.comparison import compare
from layers.drawn import draw
from layers.layer import Layer
from layers.legend import Pool

DENSITY = {
    "indicator": "population_density",
    "period": "2025-07-01",
    "level": "commune",
    "date": "2025-07-01",
    "lang": "en",
}


def test_breaks_are_those_of_the_sound_values(lai_chau_store: Store) -> None:
    drawn = draw(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    sound = [m for m in drawn.marks.values() if not m.doubtful]
    per_class = [sum(m.index == i for m in sound) for i in range(len(drawn.legend.classes))]
    assert max(per_class) - min(per_class) <= 1
    assert drawn.legend.doubtful == 4
    assert any("leave out the figures marked doubtful" in note for note in drawn.legend.notes)


def test_doubtful_values_are_still_drawn_and_counted(lai_chau_store: Store) -> None:
    drawn = draw(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    nam_so = next(i for i, u in drawn.units.items() if u.name.vi == "Nậm Sỏ")
    assert drawn.marks[nam_so].value == 0
    assert drawn.marks[nam_so].index == 0
    assert sum(c.count for c in drawn.legend.classes) == 38
    assert drawn.legend.classes[0].lower == 0


def test_no_class_ends_at_a_doubtful_value(lai_chau_store: Store) -> None:
    drawn = draw(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    labels = [row.label for row in drawn.legend.classes]
    assert labels[0] == "≤ 22.7", "0 people in Nậm Sỏ is no figure to end a class with"
    assert labels[-1].endswith("– 341.4"), "the highest is sound and is named"


def test_compared_maps_leave_doubtful_values_out_of_their_breaks(lai_chau_store: Store) -> None:
    layer = Layer.from_query(DENSITY, lai_chau_store)
    found = compare(layer, lai_chau_store, dt.date(2025, 7, 1))
    assert found.left.legend.classes == found.right.legend.classes
    sound = [m for m in found.left.marks.values() if not m.doubtful]
    per_class = [sum(m.index == i for m in sound) for i in range(len(found.legend.classes))]
    assert max(per_class) - min(per_class) <= 1
    assert any("leave out the figures marked doubtful" in note for note in found.legend.notes)


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1, max_size=20))
def test_an_end_is_named_only_where_a_sound_value_reaches_it(
    shown: list[tuple[int, bool]],
) -> None:
    drawn = tuple(float(value) for value, _ in shown)
    sound = tuple(float(value) for value, doubt in shown if not doubt) or drawn
    low, high = Pool(drawn, sound).ends()
    assert low == (min(drawn) if min(drawn) in sound else None)
    assert high == (max(drawn) if max(drawn) in sound else None)
