"""A doubtful figure is drawn and marked, but it does not move the classes of the others."""

from __future__ import annotations

from geodata.store import Store
from layers.drawn import draw
from layers.layer import Layer

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
