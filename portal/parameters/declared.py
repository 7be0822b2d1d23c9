"""The parameters of the pages and of the API, each declared once.

The reader takes them from here, and so does the OpenAPI document.
"""

from __future__ import annotations

from geodata.dataset import DETAILS
from geodata.doubts.raised import RULE_IDS
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES
from geodata.model import LEVELS, STATUS_GROUPS, STATUSES
from layers.classification import MAX_CLASSES, MIN_CLASSES
from layers.classification_schemes import SCHEMES
from layers.layer_query import CLASS_BASES, MAX_TITLE_LENGTH, require_one_of
from layers.palettes import PALETTES
from layers.rasters.raster_choice import MOST_RASTERS
from layers.styles import offered_styles
from portal.parameters.reader import Parameter
from portal.parameters.types import (
    choice_parameter,
    date_parameter,
    degrees_parameter,
    flag_parameter,
    id_list,
    integer_parameter,
    integer_text_parameter,
    iso_date_parameter,
    list_parameter,
    period_parameter,
    text_parameter,
)

MAX_LIMIT = 5000
MAX_OFFSET = 10_000_000
MEASURES = ("absolute", "relative")
"""The arithmetic of a comparison."""
COMPARISON_MODES = ("side", "swipe", "difference", "outline")
"""The layout of one: two maps, one with a swipe, the differences, the old lines over the new."""

_MAX_CATEGORIES_TEXT = 1200
_MAX_RASTERS_TEXT = 160
_read_categories = id_list(1, 60, _MAX_CATEGORIES_TEXT)

PERIOD = period_parameter(
    "period",
    "Period: 2025, 2025-H1, 2026-Q1, 2026-06, 2026-06-11, 2026/2030 or 2025-01/2025-09",
)
LANG = choice_parameter(
    "lang", "Language of names, labels and errors", LANGUAGES, default=DEFAULT_LANGUAGE
)
VERSION = text_parameter(
    "v", "Dataset version; when it is the one served, the answer may be kept for good"
)
LEVEL = choice_parameter("level", "Level of the units", LEVELS)
DATE = date_parameter("date", "Day on which the units are in force")
INDICATOR = text_parameter("indicator", "Id of an indicator")
PARTS = flag_parameter("parts", "Whether the parts of indicators that are broken down are listed")
BREAKDOWN = text_parameter(
    "breakdown",
    "Part of an indicator that is broken down: dimension:code, several separated by commas, as "
    "sex:female; without it the total",
)
LIMIT = integer_parameter("limit", "Largest number of items in the answer", 1, MAX_LIMIT, 100)
OFFSET = integer_parameter(
    "offset", "Number of items to leave out before the first", 0, MAX_OFFSET, 0
)
QUERY = text_parameter("q", "Part of a name, alias or code, with or without diacritics")
DETAIL = integer_parameter(
    "detail", "1 is the overview, 3 the finest", min(DETAILS), max(DETAILS), 2
)
PARENT = text_parameter("parent", "Id of the unit directly above")
UNIT = text_parameter("unit", "Id of a unit")
ONE_UNIT = Parameter(UNIT.name, UNIT.description, UNIT.schema, UNIT.read, required=True)
UNIT_CODE = text_parameter(
    "unit_code", "Code of a unit; gives the figures of all units that bore it"
)
STATUS = choice_parameter("status", "Status of the figures", STATUSES)
SOURCE = text_parameter("source", "Id of a source")
ONE_SOURCE = Parameter(SOURCE.name, SOURCE.description, SOURCE.schema, SOURCE.read, required=True)
DOUBT_RULE = choice_parameter("rule", "Rule by which figures are doubtful", RULE_IDS)
THEME = text_parameter("theme", "Id of a theme")
DISTRICT = text_parameter("district", "Id of a former district that some part of a unit lay in")
FIGURES = choice_parameter(
    "figures", "Figures as published, or recast on the unit", ("published", "recast")
)
PLACE_CATEGORY = list_parameter(
    "category",
    "Ids of categories of places, separated by commas; without it all",
    _MAX_CATEGORIES_TEXT,
    _read_categories,
)
RASTERS = list_parameter(
    "rasters",
    f"At most {MOST_RASTERS} registered rasters drawn under the lines, ids separated by commas, "
    "each with its opacity in per cent where it is to be another than usual: land_cover:60,relief",
    _MAX_RASTERS_TEXT,
    id_list(1, MOST_RASTERS, _MAX_RASTERS_TEXT),
)
LON = degrees_parameter("lon", "Longitude of a place, degrees (WGS 84)", 180)
LAT = degrees_parameter("lat", "Latitude of a place, degrees (WGS 84)", 90)
SEARCH_LIMIT = integer_parameter("limit", "Largest number of items in the answer", 1, 50, 10)
SEARCH_QUERY = Parameter(QUERY.name, QUERY.description, QUERY.schema, QUERY.read, required=True)

ON = iso_date_parameter(
    "on", "Day on whose units the figures are recast; without it they are shown as published then"
)

# The layer's own parameters: `layers.layer.Layer.from_query` reads their values.
LAYER = (
    INDICATOR,
    BREAKDOWN,
    PERIOD,
    LEVEL,
    iso_date_parameter(DATE.name, DATE.description),
    ON,
    choice_parameter(
        "status", "Actual figures (estimates stand in), plans or targets", STATUS_GROUPS
    ),
    choice_parameter("scheme", "How the classes are made", SCHEMES),
    integer_text_parameter(
        "classes", "Number of classes; without it the indicator's own", MIN_CLASSES, MAX_CLASSES
    ),
    text_parameter("thresholds", "Inner breaks for the scheme thresholds, ascending: 10,20.5,50"),
    text_parameter("isolate", "A value or a range that is a class of its own: 0 or 95,100"),
    choice_parameter(
        "class_basis", "Whether the classes are those of the period or of all periods", CLASS_BASES
    ),
    choice_parameter("palette", "Colours of the classes", PALETTES),
    choice_parameter(
        "style",
        "; ".join(f"{style.id}: {style.description['en']}" for style in offered_styles().values()),
        offered_styles(),
    ),
    list_parameter(
        "places",
        "Categories of places drawn over the map, ids separated by commas",
        _MAX_CATEGORIES_TEXT,
        _read_categories,
    ),
    RASTERS,
    text_parameter(
        "title", "Title of the map instead of the one made from the indicator", MAX_TITLE_LENGTH
    ),
    LANG,
)
COMPARISON = (
    *LAYER,
    choice_parameter("measure", "Difference in the unit of measure, or in per cent", MEASURES),
    period_parameter(
        "period2",
        "Period of a second figure on the units of on, to tell real change from redrawn lines",
    ),
)
_FIGURES_AND_ON = ("indicator", "breakdown", "period", "level", "date", "on", "status", "lang")
BALANCE = tuple(parameter for parameter in LAYER if parameter.name in _FIGURES_AND_ON)
SUCCESSION = (
    iso_date_parameter(
        "from", "Day of the units on the left of the table; without it the first step"
    ),
    iso_date_parameter("to", "Day of the units on the right; without it the last step"),
    LEVEL,
    LANG,
)


def parse_comparison_query(query: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The layout of the page, and the query as the API takes it.

    Raises
    ------
    InvalidInput
        There is no such layout, or no such measure.
    """
    mode = require_one_of("mode", query.pop("mode", "") or COMPARISON_MODES[0], COMPARISON_MODES)
    if query.get("measure"):
        require_one_of("measure", query["measure"], MEASURES)
    return mode, query
