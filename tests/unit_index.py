"""The units that come with the package, as the matching of names knows them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from geodata.dataset import default_dataset_folder
from geodata.model import Succession, Unit
from geodata.record_codec import read_csv
from geodata.table_import.units import UnitAlias, UnitIndex

TIMELINE = (dt.date(2013, 1, 1), dt.date(2020, 2, 1), dt.date(2025, 7, 1))


@cache
def shipped_index(*remembered: UnitAlias) -> UnitIndex:
    """Made of two tables alone: the whole dataset takes seconds to read."""
    shipped = default_dataset_folder() / "shipped"
    return UnitIndex.of(
        read_csv(Unit, shipped / "units.csv"),
        read_csv(Succession, shipped / "succession.csv"),
        TIMELINE,
        remembered,
    )
