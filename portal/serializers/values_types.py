"""The documents of a map, its legend, its recast figures and the catalogue, field by field."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from portal.serializers.counterpart_types import CounterpartDocument

Cell = tuple[float | str, int | None, str, int] | tuple[None, str] | tuple[None, str, float | str]


class Named(TypedDict):
    """Something to choose from."""

    id: Annotated[str, "What addresses and parameters call it"]
    name: Annotated[str, "Its name in the language of the answer"]


class SourceLink(TypedDict):
    """The shortest mention of a source."""

    id: Annotated[str, "Id of the source"]
    title: Annotated[str, "Its title"]
    title_line: Annotated[str, "Title, number, issuer and date in one line"]
    url: Annotated[str, "Page of the source"]


class MeasureUnitDocument(TypedDict):
    """How a unit of measure is written after a number."""

    symbol: Annotated[str, "Its symbol; empty for plain numbers"]
    space: Annotated[bool, "Whether a space stands between number and symbol"]


class FullMeasureUnit(MeasureUnitDocument):
    """A unit of measure."""

    id: Annotated[str, "Id of the unit of measure"]
    name: Annotated[str, "Its name in words"]


class CategoryDocument(Named):
    """One of the named classes that are the values of an indicator of kind category."""


class IndicatorDocument(TypedDict):
    """All that is known of an indicator itself."""

    id: Annotated[str, "Id of the indicator; of a part of one, of its series"]
    whole: Annotated[str, "Of a part, the id of the indicator that is broken down; else empty"]
    dimensions: Annotated[str, "Of a part, the values of its dimensions, as sex:female; else empty"]
    breakdowns: Annotated[
        list[list[str]], "Ids of the dimensions it is broken down by, those crossed together"
    ]
    former_ids: Annotated[list[str], "Ids that it had; their addresses lead to it"]
    theme: Annotated[str, "Id of its theme"]
    group: Annotated[str, "Heading under which it stands in its theme"]
    name: Annotated[str, "Its name"]
    definition: Annotated[str, "What is counted or measured"]
    measure_unit: Annotated[FullMeasureUnit, "In what it is measured"]
    kind: Annotated[str, "count, ratio, extreme or category, which decides how it is recast"]
    numerator: Annotated[str | None, "Id of the indicator above the line of a ratio"]
    denominator: Annotated[str | None, "Id of the indicator below the line of a ratio"]
    ratio_factor: Annotated[float | None, "The quotient times this is the ratio"]
    direction: Annotated[str, "Whether more of it is better, worse or neither"]
    decimals: Annotated[int, "Decimals shown"]
    minimum: Annotated[float | None, "Smallest value possible, in the unit of measure"]
    maximum: Annotated[float | None, "Largest value possible, in the unit of measure"]
    usual_range: Annotated[
        list[float], "Smallest and largest value that is usual; empty where nobody states them"
    ]
    levels: Annotated[list[str], "Levels it is published for"]
    not_applicable_kinds: Annotated[list[str], "Ranks of units it says nothing about"]
    scheme: Annotated[str, "Scheme of classification the dataset chose"]
    classes: Annotated[int, "Number of classes the dataset chose"]
    thresholds: Annotated[list[float], "Breaks the dataset chose, in the unit of measure"]
    palette: Annotated[str, "Palette a map of it opens with"]
    style: Annotated[str, "Style a map of it opens with"]
    categories: Annotated[list[CategoryDocument], "Of kind category: its classes in their order"]
    ordered: Annotated[bool, "Whether the order of the classes means more or less"]
    url: Annotated[str, "Page of the indicator"]


class LayerIndicator(Named):
    """What a map says of its indicator."""

    definition: Annotated[str, "What is counted or measured"]
    theme: Annotated[str, "Id of its theme"]
    kind: Annotated[str, "count, ratio, extreme or category, which decides how it is recast"]
    direction: Annotated[str, "Whether more of it is better, worse or neither"]
    decimals: Annotated[int, "Decimals shown"]
    measure_unit: Annotated[MeasureUnitDocument, "How its figures are written"]
    categories: Annotated[list[CategoryDocument], "Of kind category: its classes in their order"]
    palette_types: Annotated[list[str], "Types of palette that a map of it can have"]


class LayerParameters(TypedDict):
    """Every parameter of a layer as text, defaults included."""

    indicator: Annotated[str, "Id of the indicator"]
    breakdown: Annotated[str, "Values of its dimensions, as sex:female; empty for the total"]
    period: Annotated[str, "Code of the period"]
    level: Annotated[str, "province, district, commune or village"]
    date: Annotated[str, "Day whose units the figures were published for, ISO 8601"]
    on: Annotated[str, "Day on whose units they are shown; empty for their own"]
    status: Annotated[str, "actual, plan or target"]
    scheme: Annotated[str, "Scheme of classification"]
    classes: Annotated[str, "Number of classes"]
    thresholds: Annotated[str, "Breaks of the reader's own"]
    isolate: Annotated[str, "A value or a range that is a class of its own; empty for none"]
    class_basis: Annotated[str, "Whether the classes are of this period or of all_periods"]
    palette: Annotated[str, "Id of the palette"]
    style: Annotated[str, "Id of the style"]
    places: Annotated[str, "Ids of the categories of places over it, commas between"]
    rasters: Annotated[str, "Registered rasters under its lines, as the parameter takes them"]
    title: Annotated[str, "Title of the reader's own; empty where there is none"]


class Boundaries(TypedDict):
    """Which shapes a map is drawn with."""

    level: Annotated[str, "Level of the units"]
    date: Annotated[str, "Day on which the units are valid, ISO 8601"]


class LegendClassDocument(TypedDict):
    """One class of a legend; its upper end belongs to it."""

    lower: Annotated[float | None, "Lower end; null where no value shows where to begin"]
    upper: Annotated[float, "Upper end, in the unit of measure"]
    label: Annotated[str, "Both ends in words"]
    colour: Annotated[str, "Fill, #rrggbb"]
    count: Annotated[int, "Units in the class"]
    isolated: Annotated[bool, "Whether its values were taken out of the other classes"]


class LegendMissing(TypedDict):
    """One reason for which units have no figure."""

    kind: Annotated[str, "Id of the reason"]
    label: Annotated[str, "The reason in words"]
    count: Annotated[int, "Units without a figure for this reason"]


class LegendSymbol(TypedDict):
    """One symbol of a legend of proportional symbols."""

    value: Annotated[float, "Value it stands for, in the unit of measure"]
    label: Annotated[str, "The value in words"]
    radius: Annotated[float, "Radius, CSS pixels at the scale 1"]


class StyleScreen(TypedDict):
    """What a style makes use of."""

    fills: Annotated[bool, "Whether units are filled with the colour of their class"]
    class_rows: Annotated[bool, "Whether the legend lists the classes with their counts"]
    classification: Annotated[bool, "Whether scheme and number of classes change the map"]


class LegendDocument(TypedDict):
    """The legend of a map."""

    style: Annotated[str, "Id of the style"]
    screen: Annotated[StyleScreen, "What the style makes use of"]
    classes: Annotated[list[LegendClassDocument], "Classes from the lowest"]
    missing: Annotated[list[LegendMissing], "Reasons for which units have no figure"]
    missing_fill: Annotated[str, "Fill of units without a figure, #rrggbb"]
    missing_hatch: Annotated[str, "Hatching of units without a figure, #rrggbb"]
    symbols: Annotated[list[LegendSymbol], "Symbols; none for styles without"]
    max_radius: Annotated[float, "Radius of the largest value, CSS pixels"]
    doubtful: Annotated[int, "Units with a doubtful figure"]
    estimated: Annotated[int, "Units with an estimated figure"]
    with_value: Annotated[int, "Units with a figure"]
    total: Annotated[int, "All units"]
    sparse: Annotated[bool, "Whether so few units have a value that the map only locates them"]
    notes: Annotated[list[str], "What else a reader of the map needs to know"]


class Step(TypedDict):
    """A step of the timeline."""

    date: Annotated[str, "First day, ISO 8601"]
    label: Annotated[str, "Its name"]


class CategoryShareDocument(TypedDict):
    """What of a unit was of one class."""

    category: Annotated[str, "Code of the class; empty for what has none"]
    label: Annotated[str, "Name of the class"]
    units: Annotated[int, "Former units of the class, those divided among several included"]
    area: Annotated[float | None, "Share of the unit's area, 0 to 1; null where unknown"]
    area_text: Annotated[str, "The share of the area in words; empty where unknown"]
    people: Annotated[float | None, "Share of the unit's people, 0 to 1; null where unknown"]
    people_text: Annotated[str, "The share of the people in words; empty where unknown"]


class RecastFigure(TypedDict):
    """How one figure came to stand on its unit."""

    status: Annotated[str, "How exact it is"]
    status_label: Annotated[str, "The status in words"]
    coverage: Annotated[float | None, "Share of the unit its inputs cover, 0 to 1"]
    coverage_text: Annotated[str, "The coverage in words; empty where unknown"]
    weight: Annotated[str, "What divided units were divided by"]
    weight_label: Annotated[str, "The weight in words"]
    low: Annotated[float | None, "Lowest value possible, in the unit of measure"]
    high: Annotated[float | None, "Highest value possible, in the unit of measure"]
    range_text: Annotated[str, "Both ends in words"]
    reason: Annotated[str, "Why there is no value, or none more exact"]
    composition: Annotated[
        list[CategoryShareDocument], "Of named classes: what share of the unit each makes up"
    ]


class StatusCount(TypedDict):
    """How many figures are of one status."""

    status: Annotated[str, "Id of the status"]
    label: Annotated[str, "The status in words"]
    count: Annotated[int, "Figures of this status"]


# A field named by a word that Python keeps for itself.
StepEnds = TypedDict(
    "StepEnds",
    {
        "from": Annotated[Step, "The step before, whose units the figures were published for"],
        "to": Annotated[Step, "The step afterwards, on whose units they are shown"],
    },
)


class Recast(StepEnds):
    """How the figures of a map came to stand on the units of another day."""

    method: Annotated[
        Literal["succession", "overlay"],
        "Whether shares come from law, or from the shapes where no law links the units",
    ]
    least_coverage: Annotated[float, "Coverage below which no value is given, 0 to 1"]
    counts: Annotated[list[StatusCount], "Figures by status"]
    units: Annotated[dict[str, RecastFigure], "How each figure came about, by unit"]


class JointValueDocument(TypedDict):
    """A value known of several units only together."""

    units: Annotated[list[str], "Ids of the units"]
    name: Annotated[str, "Names of the units"]
    value: Annotated[float | None, "The value, in the unit of measure"]
    text: Annotated[str, "The value as it is shown"]
    status: Annotated[str, "summed, exact_extreme or estimated"]
    status_label: Annotated[str, "The status in words"]
    weight_label: Annotated[str, "What divided units were divided by, in words"]
    doubtful: Annotated[bool, "Whether a figure it came from is doubtful"]
    sentence: Annotated[str, "All of this in a sentence"]
    sources: Annotated[list[str], "Ids of the sources"]


class PeriodDocument(TypedDict):
    """A period with figures."""

    period: Annotated[str, "Code of the period"]
    label: Annotated[str, "The period in words"]
    with_value: Annotated[int, "Units with a figure"]
    total: Annotated[int, "All units"]


class ValuesDocument(TypedDict):
    """Everything that a map, its legend and its table show, but the shapes."""

    dataset: Annotated[str, "Version of the dataset"]
    layer: Annotated[LayerParameters, "The layer that was drawn"]
    boundaries: Annotated[Boundaries, "The shapes it is drawn with"]
    query: Annotated[str, "Query of the layer's own address"]
    title: Annotated[str, "Title of the map"]
    subtitle: Annotated[str, "Subtitle of the map"]
    summary: Annotated[str, "The map in a sentence, for those who do not see it"]
    counterpart: Annotated[
        CounterpartDocument | None,
        "Where one indicator has official figures for few units and another estimates them",
    ]
    indicator: Annotated[LayerIndicator, "The indicator"]
    legend: Annotated[LegendDocument, "The legend"]
    units: Annotated[
        dict[str, Cell],
        "By unit: value or, of a category, code of the class, index of the class, status, 1 if "
        "doubtful; or null and why it is missing; an impossible figure follows as printed",
    ]
    recast: Annotated[Recast | None, "Of figures on the units of another day: how they came there"]
    together: Annotated[list[JointValueDocument], "Values known of several units only together"]
    periods: Annotated[list[PeriodDocument], "Periods with figures, oldest first"]
    sources: Annotated[list[SourceLink], "Sources of the figures, the most official first"]
