"""The words of a sheet that the map on the screen does not have."""

from __future__ import annotations

from geodata.i18n import Message

UNIT_COUNT = Message("units")
UNIT_COUNT_ALL = Message("units, all maps")
LOWEST = Message("Lowest")
HIGHEST = Message("Highest")
MAP = Message("Map")
SIDE_BY_SIDE = Message("Two maps, before and after")
SMALL_MULTIPLES = Message("{n} maps")
INDICATORS = Message("{n} indicators")
BEFORE = Message("before")
AFTER = Message("after")
RECAST = Message("recast")
SHARED_CLASSES = Message("the maps share classes and colours")
SEPARATE_CLASSES = Message("each map in its own unit and classes")
DOUBTFUL = Message("Doubtful figure")
ESTIMATED = Message("Estimated")
RANKING = Message("Values from high to low ({unit})")
CLASSES = Message("Units by class")
RANKING_EXTREMES = Message("The highest and the lowest values ({unit})")
NORTH = Message("N")
SOURCES = Message("Sources")
RASTERS = Message("Rasters")
HILLSHADE_LIGHT = Message("Hillshade, light from the north-west")
DATA = Message("Figures")
BOUNDARIES = Message("Boundaries")
NOTE = Message("Notes")
ADDRESS = Message("Address")
MORE_NOTES = Message("… and {n} more notes on the live map")
MORE_SOURCES = Message("and {n} more")

BOUNDARY_LINES: dict[str, dict[str, Message]] = {
    "plain": {
        "province": Message("Province boundary"),
        "district": Message("District boundary"),
        "commune": Message("Commune boundary"),
        "village": Message("Village boundary"),
    },
    "indicative": {
        "province": Message("Province boundary (indicative)"),
        "district": Message("District boundary (indicative)"),
        "commune": Message("Commune boundary (indicative)"),
        "village": Message("Village boundary (indicative)"),
    },
    "derived": {
        "village": Message("Edges from points, not surveyed"),
    },
}
BOUNDARY_QUALITY: dict[str, Message] = {
    "official": Message("official lines"),
    "generalised": Message("generalised from the official lines, not for surveying or disputes"),
    "indicative": Message("indicative lines rebuilt from old maps, not surveyed"),
}
VILLAGE_BOUNDARY_QUALITY = BOUNDARY_QUALITY | {
    "indicative": Message("indicative village areas, not surveyed")
}
BOUNDARY_QUALITY_SHORT: dict[str, Message] = {
    "official": Message("official lines"),
    "generalised": Message("generalised lines"),
    "indicative": Message("indicative lines"),
}
PROJECTION = Message("transverse Mercator, central meridian {meridian}, WGS 84")
DATASET = Message("Dataset {title}, figures up to {date}, version {version}")
UNITS_WITH_VALUE = Message("{n} of {total} units have a figure")
STATUS_COUNTS: dict[str, Message] = {
    "actual": Message("{n} published"),
    "estimate": Message("{n} estimates"),
    "plan": Message("{n} plans"),
    "target": Message("{n} targets"),
    "published": Message("{n} published"),
    "summed": Message("{n} summed from former units"),
    "exact_extreme": Message("{n} exact from former units"),
    "unanimous": Message("{n} of the class of all former units"),
    "estimated": Message("{n} estimated by shares"),
    "computed": Message("{n} computed"),
    "doubtful": Message("{n} doubtful"),
    "impossible": Message("{n} impossible and not drawn"),
}
