"""The codes that records use, as types and as tuples."""

from __future__ import annotations

from typing import Literal, get_args

Level = Literal["province", "district", "commune", "village"]
Status = Literal["actual", "estimate", "plan", "target"]
Kind = Literal["count", "ratio", "extreme", "category"]
Direction = Literal["up", "down", "neutral"]
Extreme = Literal["lowest", "highest"]
Quality = Literal["sound", "doubtful", "read_as", "impossible"]
Qualifier = Literal["", "more_than", "at_least", "nearly", "about"]
BoundaryQuality = Literal["official", "generalised", "indicative", "none"]

LEVELS: tuple[Level, ...] = get_args(Level)
STATUSES: tuple[Status, ...] = get_args(Status)
STATUS_GROUPS: dict[str, tuple[Status, ...]] = {
    "actual": ("actual", "estimate"),
    "plan": ("plan",),
    "target": ("target",),
}
"""What a map can show: statuses that stand for one another, the better first."""

QUALITIES: tuple[Quality, ...] = get_args(Quality)
"""How far a figure can be trusted, the best first; see `geodata.model.Observation`."""

QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
"""How exactly a document gives a figure: plainly, or with trên, trở lên, gần, khoảng."""

POPULATION_INDICATOR = "population"
"""Id that the number of people has in every catalogue."""

AREA_INDICATOR = "natural_area"
"""Id that a unit's area has in every catalogue; the area on record or on the map stands in."""

VILLAGES_INDICATOR = "villages_count"
"""Id that the number of villages has in a catalogue that holds it."""
