"""The parameters of the files below ``/export``, beside those of the layer they show."""

from __future__ import annotations

from geodata.model import Level
from geodata.period import parse_period
from layers.difference import COMPONENT_NAMES
from layers.sheet.options import (
    DEFAULT_DPI,
    DEFAULT_PRESET,
    FULL_EXTENT,
    MAX_DPI,
    MAX_SIDE,
    MIN_DPI,
    MIN_SIDE,
    PRESETS,
    VIEW_EXTENT,
)
from layers.sheet.small_multiples import MAX_MAPS, sort_periods
from portal.parameters.declared import (
    DISTRICT,
    LANG,
    LAYER,
    MEASURES,
    ONE_SOURCE,
    ONE_UNIT,
    PERIOD,
    THEME,
)
from portal.parameters.types import (
    bbox_parameter,
    choice_parameter,
    flag_parameter,
    id_list,
    integer_parameter,
    integer_text_parameter,
    line_parameter,
    list_parameter,
    number_parameter,
    period_parameter,
    text_parameter,
)

DOCUMENT_DPI, MAX_DOCUMENT_DPI = 200, 300
"""Pixels per inch of the pictures in a document: by default, and at most."""
MAX_NAMES = 200
"""Ids in a list; more do not fit into an address."""
CSV_FORMS = ("plain", "local")
CRS_NAMES = ("wgs84", "vn2000")
_MAX_LIST = 12_000
_read_maps = id_list(2, MAX_MAPS, 800)
_read_names = id_list(0, MAX_NAMES, _MAX_LIST)


def _read_periods(value: str) -> tuple[str, ...]:
    return sort_periods({parse_period(name).code for name in _read_maps(value)})


_EXTENT = line_parameter(
    "extent",
    f"{FULL_EXTENT}: all units; {VIEW_EXTENT}: that of bbox; else the id of a unit, shown with its "
    "neighbours",
    40,
    default=FULL_EXTENT,
)
_BW = flag_parameter("bw", "1: black and white with hatching")
_NOTE = line_parameter("note", "A note of one's own below the map", 500)
_OFFICE = line_parameter("office", "The office that issues the sheet, above the title", 120)
SHEET = (
    choice_parameter("preset", "Format of the page", PRESETS, default=DEFAULT_PRESET),
    number_parameter("width", "Width of a page of one's own, mm; with height", MIN_SIDE, MAX_SIDE),
    number_parameter("height", "Height of a page of one's own, mm; with width", MIN_SIDE, MAX_SIDE),
    integer_parameter("dpi", "Pixels per inch of a PNG", MIN_DPI, MAX_DPI, DEFAULT_DPI),
    _BW,
    _EXTENT,
    bbox_parameter("bbox", f"With extent={VIEW_EXTENT}: west,south,east,north in degrees"),
    flag_parameter("graticule", "1: lines of longitude and latitude"),
    flag_parameter(
        "hillshade", "1: relief as light and shadow, where the portal has a grid of elevations"
    ),
    _NOTE,
    _OFFICE,
)
PERIOD2 = period_parameter("period2", "Period of the later figures, as on /compare")
MEASURE = choice_parameter(
    "measure", "Difference in the unit of measure, or in per cent", MEASURES, default=MEASURES[0]
)
PART = choice_parameter(
    "part", "Due to redrawn lines, real change, or both; without it what is known", COMPONENT_NAMES
)
PERIODS = list_parameter(
    "periods", "A map for each period, separated by commas", 300, _read_periods
)
INDICATORS = list_parameter(
    "indicators", "A map for each indicator, ids separated by commas", 800, _read_maps
)

_DOCUMENT_INDICATORS = list_parameter(
    "indicators",
    "Ids of the indicators to show, with commas between; without it all that have figures",
    _MAX_LIST,
    _read_names,
)
_SELECTION = (_DOCUMENT_INDICATORS, THEME, _EXTENT)
ATLAS = (
    *LAYER,
    choice_parameter(
        "pages",
        "One page for each unit, or one for each indicator",
        ("units", "indicators"),
        default="units",
    ),
    list_parameter(
        "units",
        "Ids of the units to show, with commas between; without it all",
        _MAX_LIST,
        _read_names,
    ),
    DISTRICT,
    *_SELECTION,
    _BW,
    _NOTE,
    _OFFICE,
)
_LETTERHEAD = (
    line_parameter("authority", "The body above the issuing office", 120),
    line_parameter("number", "Number and symbol of the document", 40),
    line_parameter("place", "Place of issue", 60),
    line_parameter("signer", "Office of who signs", 120),
)
UNIT_REPORT = (ONE_UNIT, PERIOD, _OFFICE, *_LETTERHEAD, LANG)
LETTER = (ONE_SOURCE, _OFFICE, *_LETTERHEAD, LANG)
REPORT = (
    *LAYER,
    *_SELECTION,
    _BW,
    _NOTE,
    _OFFICE,
    integer_parameter(
        "dpi", "Pixels per inch of the pictures", MIN_DPI, MAX_DOCUMENT_DPI, DOCUMENT_DPI
    ),
    *_LETTERHEAD,
)
FORM = choice_parameter(
    "form",
    "Of a CSV file: plain for programs, or local: as the spreadsheets of the language of the file "
    "part cells and write decimals, with codes and periods that stay text",
    CSV_FORMS,
    default=CSV_FORMS[0],
)
CRS = choice_parameter(
    "crs",
    "Of a GeoPackage: wgs84 (EPSG:4326), or vn2000: the zone in which the offices of the place "
    "give x and y",
    CRS_NAMES,
    default=CRS_NAMES[0],
)
WHERE = text_parameter(
    "where",
    "Conditions on the figures of the units, semicolons between: poverty_rate>20;natural_area<=200",
    600,
)
WITHIN = text_parameter("within", "Id of the unit in which the units lie")
FILTER = (WHERE, WITHIN)
LEVELS_SHOWN: tuple[Level, ...] = ("commune", "district", "province")
"""Levels whose completeness is told; villages have few figures of their own."""
LEVEL_SHOWN = choice_parameter("level", "Level of the units", LEVELS_SHOWN, default=LEVELS_SHOWN[0])
YEAR = integer_text_parameter("year", "Year in which the periods of the figures end", 1900, 2200)
