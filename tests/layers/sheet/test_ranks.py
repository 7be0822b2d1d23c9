"""The values by rank that stand where a tall page leaves room."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geodata.store import Store
from layers.drawn import draw
from layers.layer import Layer
from layers.sheet.box import Box
from layers.sheet.ranks import ranked, ranks_block
from layers.sheet.subject import Map


@pytest.fixture(scope="module")
def shown(lai_chau_store: Store) -> Map:
    query = {"indicator": "population_density", "level": "commune", "date": "2025-07-01"}
    return Map(draw(Layer.from_query(query, lai_chau_store), lai_chau_store))


def test_every_unit_with_a_value_has_one_row_and_doubtful_ones_no_place(shown: Map) -> None:
    marks = shown.drawn.marks
    doubtful = {unit for unit, mark in marks.items() if mark.doubtful}
    rows = ranked(shown, dict.fromkeys(doubtful, "7"))
    assert len(rows) == sum(mark.value is not None for mark in marks.values())
    sure = sorted((m.value for m in marks.values() if not m.doubtful and m.value), reverse=True)
    placed = [row for row in rows if row.place]
    assert [row.place for row in rows[len(placed) :]] == [""] * len(doubtful)
    assert all(row.name.endswith(" (7)") for row in rows[len(placed) :])
    assert [float(row.value.replace(".", "").replace(",", ".")) for row in placed] == [
        pytest.approx(value, abs=0.051) for value in sure
    ]
    same = [(a.place, b.place) for a, b in pairwise(placed)
            if a.value == b.value]  # fmt: skip
    assert all(one == other for one, other in same)


@pytest.mark.parametrize("height", [2, 8, 15, 40, 90])
@pytest.mark.parametrize("width", [60, 165, 245])
@pytest.mark.parametrize("count", [1, 2])
def test_the_table_stays_in_its_room(shown: Map, height: float, width: float, count: int) -> None:
    room = Box(0, 0, width, height)
    block = ranks_block((shown,) * count, ({},) * count, room, 8.5)
    assert block is None or (block.height <= height and block.width <= width)
    if height >= 40 and count == 1:
        assert block is not None
