"""The figures of a level that nothing speaks against are asked for in one query."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from toy import old_id

from geodata.dataset import Dataset
from geodata.i18n import Text
from geodata.model import LEVELS
from geodata.store import create_store

BEFORE = dt.date(2020, 1, 1)


def test_sound_values_are_those_of_the_maps_that_nothing_speaks_against(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    doubt, marked = Text("Sai", "Wrong"), {old_id(7): False, old_id(8): True}
    figures = [
        dataclasses.replace(
            o, doubt=Text("") if marked[o.unit_id] else doubt, impossible=marked[o.unit_id]
        )
        if (o.unit_id, o.indicator) in {(unit, "population") for unit in marked}
        else o
        for o in toy_dataset.observations
    ]
    changed = dataclasses.replace(toy_dataset, observations=tuple(figures))
    store = create_store(tmp_path / "marked.gpkg", changed)
    for level, day in ((level, step.date) for step in store.info.timeline for level in LEVELS):
        drawn = {}
        for row in store.coverage():
            found = store.values(row.indicator, row.period, level, day).values()
            values = sorted(o.value for o in found if not (o.doubt or o.impossible))
            if values:
                drawn[row.indicator, row.period] = values
        assert store.sound_values(level, day) == drawn
    assert len(store.sound_values("commune", BEFORE)["population", "2019"]) == 16 - len(marked)
    store.close()
