"""The documents about two days: the comparison, the succession of units and the balance."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from layers.comparison import ChangeMeasure
from layers.difference import ChangeComponent
from portal.serializers.document_types import UnitLink
from portal.serializers.values_types import (
    Boundaries,
    Cell,
    LegendDocument,
    MeasureUnitDocument,
    Named,
    PeriodDocument,
    Step,
    ValuesDocument,
)

KnownParts = Literal["none", "both", "redrawing", "real"]


class Era(Step):
    """The units of one side of a comparison."""

    units: Annotated[int, "Units of the level"]
    quality: Annotated[list[str], "How their shapes came about"]
    quality_label: Annotated[str, "The qualities in words"]


class Eras(TypedDict):
    """The units of both sides."""

    left: Annotated[Era, "The units of the left map"]
    right: Annotated[Era, "The units of the right map"]


class Difference(TypedDict):
    """The map of differences."""

    part: Annotated[ChangeComponent, "Which part of the change it shows"]
    boundaries: Annotated[Boundaries, "The shapes it is drawn with"]
    title: Annotated[str, "Title of the map"]
    subtitle: Annotated[str, "Subtitle of the map"]
    summary: Annotated[str, "The map in a sentence, for those who do not see it"]
    decimals: Annotated[int, "Decimals shown"]
    measure_unit: Annotated[MeasureUnitDocument, "How the differences are written"]
    units: Annotated[
        dict[str, Cell],
        "By unit: difference, index of the class, status, 1 if doubtful; or null and why missing",
    ]
    texts: Annotated[dict[str, str], "The differences with their signs, by unit"]
    legend: Annotated[LegendDocument, "The legend"]


class Spread(TypedDict):
    """How the figures of a side lie, each unit counting once; in the unit of measure."""

    units: Annotated[int, "Units of the side"]
    with_value: Annotated[int, "Units with a figure"]
    sum: Annotated[float | None, "Sum of what is counted; null of ratios"]
    sum_text: Annotated[str, "The sum as it is shown"]
    mean: Annotated[float | None, "Mean of what is counted; null of ratios"]
    mean_text: Annotated[str, "The mean as it is shown"]
    median: Annotated[float | None, "Median"]
    median_text: Annotated[str, "The median as it is shown"]
    lowest: Annotated[float | None, "Lowest figure"]
    lowest_text: Annotated[str, "The lowest figure as it is shown"]
    highest: Annotated[float | None, "Highest figure"]
    highest_text: Annotated[str, "The highest figure as it is shown"]


class ChangeDocument(TypedDict):
    """Both ends of a change and what lies between; in the unit of measure."""

    before: Annotated[float | None, "Figure before"]
    before_text: Annotated[str, "The figure before as it is shown"]
    after: Annotated[float | None, "Figure after"]
    after_text: Annotated[str, "The figure after as it is shown"]
    difference: Annotated[float | None, "After minus before"]
    difference_text: Annotated[str, "The difference with its sign"]
    percent: Annotated[float | None, "The difference as a share of the figure before, per cent"]
    percent_text: Annotated[str, "The share with its sign"]
    status: Annotated[str, "The less exact status of both figures; empty where one is missing"]
    doubtful: Annotated[bool, "Whether one of the figures is doubtful"]


class UnitChangeDocument(ChangeDocument):
    """What redrawing alone did where a unit lay."""

    to: Annotated[UnitLink | None, "The unit that holds most of it afterwards"]
    divided: Annotated[bool, "Whether it went to more than one unit"]
    rank_before: Annotated[int | None, "Place among the units before, 1 the highest"]
    of_before: Annotated[int, "Units with a figure before"]
    rank_after: Annotated[int | None, "Place of the unit afterwards, 1 the highest"]
    of_after: Annotated[int, "Units with a figure afterwards"]
    class_before: Annotated[int | None, "Index of the class before"]
    class_after: Annotated[int | None, "Index of the class afterwards"]


class PartSummary(TypedDict):
    """What is known of one part of the change."""

    known: Annotated[bool, "Whether the part is known of any unit"]
    reason: Annotated[str, "Why it is not known; empty where it is"]
    sentence: Annotated[str, "What it did, in a sentence; empty where it is not known"]


class Redrawing(PartSummary):
    """What the same figures give before and after the boundaries moved."""

    before: Annotated[Spread, "The figures on the units before"]
    after: Annotated[Spread, "The same figures on the units afterwards"]
    units: Annotated[dict[str, UnitChangeDocument], "By unit before"]


class PeriodLabel(TypedDict):
    """A period."""

    period: Annotated[str, "Code of the period"]
    label: Annotated[str, "The period in words"]


class Directions(TypedDict):
    """How many units rose, fell and stayed."""

    up: Annotated[int, "Units that rose"]
    down: Annotated[int, "Units that fell"]
    same: Annotated[int, "Units that stayed"]
    unknown: Annotated[int, "Units of which one figure is missing"]
    doubtful: Annotated[int, "Units of which one figure is doubtful"]


class RealChange(PartSummary):
    """What happened between two periods on the same units."""

    period: Annotated[PeriodLabel, "The period before"]
    period2: Annotated[PeriodLabel | None, "The period after; null where none is chosen"]
    changed: Annotated[Directions, "How many units rose, fell and stayed"]
    concept_note: Annotated[str, "What is said where the periods are counted by different concepts"]
    units: Annotated[dict[str, ChangeDocument], "By unit afterwards"]


class ComparisonPart(TypedDict):
    """What a place sees, taken apart; in the unit of measure."""

    to: Annotated[str | None, "Id of the unit that holds most of it afterwards"]
    total: Annotated[float | None, "Figure afterwards minus figure before"]
    redrawing: Annotated[float | None, "What moving the boundaries did"]
    real: Annotated[float | None, "What happened on the same units"]
    known: Annotated[KnownParts, "Which parts are known"]


class KnownSummary(TypedDict):
    """Which parts of the change are known."""

    redrawing: Annotated[bool, "Whether it is known what moving the boundaries did"]
    real: Annotated[bool, "Whether it is known what happened on the same units"]
    sentence: Annotated[str, "Both in a sentence"]


class SizedShares(TypedDict):
    """A share of the area and of the people of a side."""

    area: Annotated[float | None, "Share of the area, 0 to 1; null where unknown"]
    area_text: Annotated[str, "The share of the area in words; empty where unknown"]
    people: Annotated[float | None, "Share of the people, 0 to 1; null where unknown"]
    people_text: Annotated[str, "The share of the people in words; empty where unknown"]


class ClassAmountDocument(SizedShares):
    """How much of a side is of one class, or has none."""

    id: Annotated[str, "Code of the class, or the reason why there is none"]
    units: Annotated[int, "Number of units"]
    units_text: Annotated[str, "The number with its share of all units"]


class TransitionDocument(SizedShares):
    """What was of one class and is of another; shares are those of the side before."""

    before: Annotated[str, "Code of the class before, or why there is none"]
    after: Annotated[str, "Code of the class after, or why there is none"]
    units: Annotated[int, "Units before; a divided one counts in every unit that it lies in"]


class ClassesDocument(TypedDict):
    """Two maps of named classes compared: counted and never subtracted."""

    list: Annotated[list[Named], "The classes in their order, then the reasons for none"]
    before: Annotated[list[ClassAmountDocument], "Shares of the left side, in the same order"]
    after: Annotated[list[ClassAmountDocument], "Shares of the right side, in the same order"]
    transitions: Annotated[list[TransitionDocument], "What became of each class"]
    notes: Annotated[list[str], "What is not in the shares"]


class ComparisonDocument(TypedDict):
    """Two maps in one set of classes, and what changed between them."""

    dataset: Annotated[str, "Version of the dataset"]
    query: Annotated[str, "Query of the comparison's own address"]
    measure: Annotated[ChangeMeasure, "How differences are shown"]
    measures: Annotated[list[Named], "How differences can be shown"]
    title: Annotated[str, "Title"]
    summary: Annotated[str, "The comparison in a sentence or two"]
    periods2: Annotated[list[PeriodDocument], "Periods with figures on the units of the right map"]
    left: Annotated[ValuesDocument, "The left map"]
    right: Annotated[ValuesDocument, "The right map"]
    legend: Annotated[LegendDocument, "The legend of both maps"]
    eras: Annotated[Eras, "The units of both maps"]
    difference: Annotated[Difference, "The map of differences"]
    redrawing: Annotated[Redrawing, "What moving the boundaries did"]
    real: Annotated[RealChange, "What happened on the same units"]
    parts: Annotated[dict[str, ComparisonPart], "What each place sees, by unit before"]
    classes: Annotated[ClassesDocument | None, "Of named classes: their shares on both sides"]
    known: Annotated[KnownSummary, "Which parts of the change are known"]
