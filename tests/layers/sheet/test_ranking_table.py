"""The values by rank that stand where a tall page leaves room."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sheet.layout_block import Rect
from layers.sheet.ranking_table import rank_units, ranking_table_block
from layers.sheet.sheet_content import SheetMap


@pytest.fixture(scope="module")
def shown(lai_chau_store: Store) -> SheetMap:
    query = {"indicator": "population_density", "level": "commune", "date": "2025-07-01"}
    return SheetMap(resolve_layer(Layer.from_query(query, lai_chau_store), lai_chau_store))


def test_every_unit_with_a_value_has_one_row_and_doubtful_ones_no_place(shown: SheetMap) -> None:
    unit_views = shown.layer_view.unit_views
    doubtful = {unit for unit, unit_view in unit_views.items() if unit_view.doubtful}
    rows = rank_units(shown, dict.fromkeys(doubtful, "7"))
    assert len(rows) == sum(unit_view.value is not None for unit_view in unit_views.values())
    sure = sorted(
        (m.value for m in unit_views.values() if not m.doubtful and m.value), reverse=True
    )
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
def test_the_table_stays_in_its_room(
    shown: SheetMap, height: float, width: float, count: int
) -> None:
    room = Rect(0, 0, width, height)
    block = ranking_table_block((shown,) * count, ({},) * count, room, 8.5)
    assert block is None or (block.height <= height and block.width <= width)
    if height >= 40 and count == 1:
        assert block is not None
