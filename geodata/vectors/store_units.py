"""The units of a served store, for figures from features."""

from __future__ import annotations

import pandas as pd

from geodata.dataset import DETAILS
from geodata.model import LEVELS, Indicator, Unit
from geodata.store import Store
from geodata.vectors.unit_figures import UnitsAtHand


def units_of_store(store: Store, *indicators: Indicator) -> UnitsAtHand:
    """Every unit above the village of every era, with its finest shape.

    Parameters
    ----------
    indicators
        For which figures are computed; they need not be in the store yet.
    """
    units: dict[str, Unit] = {}
    frames = []
    for level in LEVELS[:-1]:
        for step in store.info.timeline:
            frame = store.boundaries(level, step.date, DETAILS[-1])[["unit_id", "geometry"]]
            frame = frame[~frame["unit_id"].isin(units)]
            units |= {unit_id: store.unit(unit_id) for unit_id in frame["unit_id"]}
            frames.append(frame)
    boundaries = pd.concat(frames, ignore_index=True)
    known = {indicator.id: indicator for indicator in indicators}
    crs = store.info.metric_crs
    return UnitsAtHand.with_register_seats(tuple(units.values()), boundaries, known, crs)
