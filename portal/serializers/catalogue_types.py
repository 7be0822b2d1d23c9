"""The catalogue document, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.values_types import Named


class AvailableLayer(TypedDict):
    """One level, date, status and period with figures."""

    level: Annotated[str, "Level of the units"]
    date: Annotated[str, "Step of the timeline, ISO 8601"]
    status: Annotated[str, "actual, plan or target"]
    period: Annotated[str, "Code of the period"]
    label: Annotated[str, "The period in words"]
    with_value: Annotated[int, "Units with a figure"]
    total: Annotated[int, "All units"]
    sparse: Annotated[bool, "Whether so few units have a figure that its map only locates them"]


class Coverage(TypedDict):
    """How many units an indicator is known of, where it is known best."""

    units: Annotated[int, "Units with a figure"]
    total: Annotated[int, "All units"]


class CatalogueCoverage(Coverage):
    """How much of an indicator is known."""

    periods: Annotated[int, "Periods with figures"]


class CodeDocument(Named):
    """A code of a dimension."""

    parent: Annotated[str, "Id of the code that it is a part of; empty at the top"]


class DimensionDocument(Named):
    """A code list by which indicators are broken down."""

    total: Annotated[str, "What the figure of all codes together is called"]
    overlapping: Annotated[bool, "Whether a thing may be counted under several codes"]
    codes: Annotated[list[CodeDocument], "Its codes in the order of the menu"]


class CatalogueSeries(Named):
    """An indicator or a part of one, what its map opens with and where it has figures."""

    breakdown: Annotated[str, "Values of its dimensions, as sex:female; empty for the total"]
    group: Annotated[str, "Heading under which it stands in its theme"]
    definition: Annotated[str, "What is counted or measured"]
    kind: Annotated[str, "count, ratio, extreme or category, which decides how it is recast"]
    decimals: Annotated[int, "Decimals shown"]
    direction: Annotated[str, "Whether more of it is better, worse or neither"]
    url: Annotated[str, "Page of the indicator"]
    symbol: Annotated[str, "Symbol of the unit of measure"]
    style: Annotated[str, "Id of the style"]
    palette: Annotated[str, "Id of the palette"]
    scheme: Annotated[str, "Scheme of classification"]
    classes: Annotated[int, "Number of classes"]
    thresholds: Annotated[list[float], "Breaks, in the unit of measure; empty where computed"]
    coverage: Annotated[CatalogueCoverage, "How much of it is known"]
    layers: Annotated[list[AvailableLayer], "Where it has figures"]


class CataloguePart(CatalogueSeries):
    """A part of an indicator that has figures."""

    dimensions: Annotated[str, "Names of the dimensions by which it is a part"]
    label: Annotated[str, "Names of its codes"]


class CatalogueIndicator(CatalogueSeries):
    """An indicator as the map opens with it: its total, or, without figures of that, a part."""

    total_label: Annotated[str, "What the figure of all codes together is called"]
    parts: Annotated[list[CataloguePart], "Its parts that have figures"]


class ThemeDocument(Named):
    """A theme with its indicators."""

    lead: Annotated[str, "Id of the indicator that stands for it"]
    places: Annotated[
        list[str], "Ids of the categories of places it opens with, where its figures make no map"
    ]
    indicators: Annotated[list[CatalogueIndicator], "Its indicators, well covered ones first"]


class TimelineStepDocument(TypedDict):
    """A day from which units are other than before."""

    date: Annotated[str, "First day, ISO 8601"]
    name: Annotated[str, "Its name"]


class DrawnLevel(Named):
    """A level that has units to draw."""

    dates: Annotated[list[str], "Steps of the timeline with units of the level, ISO 8601"]


class PaletteDocument(Named):
    """A palette."""

    type: Annotated[str, "sequential, diverging or qualitative"]
    colours: Annotated[list[str], "Five of its colours, #rrggbb"]


class StyleDocument(Named):
    """A style of drawing."""

    description: Annotated[str, "What it is for"]
    kinds: Annotated[list[str], "Kinds of indicator it can draw"]


class SchemeDocument(Named):
    """A scheme of classification."""

    description: Annotated[str, "For what data it is made"]
    counted: Annotated[bool, "Whether the number of classes is chosen"]


class CatalogueDocument(TypedDict):
    """What the controls of the map offer."""

    dataset: Annotated[str, "Version of the dataset"]
    title: Annotated[str, "Title of the dataset"]
    reference_date: Annotated[str, "Day of its newest facts, ISO 8601"]
    themes: Annotated[list[ThemeDocument], "Themes with their indicators"]
    timeline: Annotated[list[TimelineStepDocument], "Steps of the timeline, oldest first"]
    levels: Annotated[list[DrawnLevel], "Levels, the highest first"]
    schemes: Annotated[list[SchemeDocument], "Schemes of classification"]
    palettes: Annotated[list[PaletteDocument], "Palettes"]
    styles: Annotated[list[StyleDocument], "Styles of drawing"]
    statuses: Annotated[list[Named], "Statuses of figures"]
