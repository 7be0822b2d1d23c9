"""The nouns of the portal as plain records; see the glossary.

Field names are the column names of the shipped tables and of the store.
"""

from geodata.model.catalogue_records import (
    Category,
    Classification,
    Concept,
    Indicator,
    MeasureUnit,
    Source,
    Theme,
)
from geodata.model.codes import (
    AREA_INDICATOR,
    LEVELS,
    POPULATION_INDICATOR,
    QUALIFIERS,
    QUALITIES,
    STATUS_GROUPS,
    STATUSES,
    VILLAGES_INDICATOR,
    BoundaryQuality,
    Direction,
    Extreme,
    Kind,
    Level,
    Qualifier,
    Quality,
    Status,
)
from geodata.model.dimension_records import Dimension, DimensionCode
from geodata.model.observation_records import JointFigure, Observation
from geodata.model.place_records import (
    COMMUNE_CHECKS,
    CommuneCheck,
    OwnColumns,
    Place,
    PlaceCategory,
)
from geodata.model.unit_records import (
    PositionalAccuracy,
    Succession,
    Unit,
    VillageChange,
    VillageMention,
    VillagePoint,
)

__all__ = [
    "AREA_INDICATOR",
    "COMMUNE_CHECKS",
    "LEVELS",
    "POPULATION_INDICATOR",
    "QUALIFIERS",
    "QUALITIES",
    "STATUSES",
    "STATUS_GROUPS",
    "VILLAGES_INDICATOR",
    "BoundaryQuality",
    "Category",
    "Classification",
    "CommuneCheck",
    "Concept",
    "Dimension",
    "DimensionCode",
    "Direction",
    "Extreme",
    "Indicator",
    "JointFigure",
    "Kind",
    "Level",
    "MeasureUnit",
    "Observation",
    "OwnColumns",
    "Place",
    "PlaceCategory",
    "PositionalAccuracy",
    "Qualifier",
    "Quality",
    "Source",
    "Status",
    "Succession",
    "Theme",
    "Unit",
    "VillageChange",
    "VillageMention",
    "VillagePoint",
]
