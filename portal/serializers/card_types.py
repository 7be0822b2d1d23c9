"""The card of a unit and the answers of the search, field by field."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from geodata.model import Quality
from portal.serializers.catalogue_types import Coverage
from portal.serializers.document_types import (
    ObservationFields,
    SourceDocument,
    UnitDocument,
    UnitLink,
)
from portal.serializers.values_types import Named, RecastFigure, SourceLink


class CardUnit(UnitDocument):
    """The unit of a card."""

    boundary_note: Annotated[str, "How far its shape can be trusted; empty where unknown"]


class CardValue(ObservationFields):
    """One figure with its quote and its whole source."""

    source: Annotated[SourceDocument, "The source"]


class ContributionDocument(TypedDict):
    """One figure from which a recast value came."""

    unit: Annotated[UnitLink, "The unit it is about"]
    role: Annotated[str, "What it is in the computation: value, numerator, denominator …"]
    role_label: Annotated[str, "The role in words; empty for plain values"]
    indicator: Annotated[str, "Id of the indicator"]
    dimensions: Annotated[str, "Values of its dimensions, as sex:female; empty for the total"]
    indicator_name: Annotated[str, "Name of the indicator"]
    period: Annotated[str, "Code of the period"]
    period_label: Annotated[str, "The period in words"]
    value: Annotated[float | str, "The figure in its unit of measure, or the code of its class"]
    text: Annotated[str, "The figure as it is shown"]
    share: Annotated[float | None, "Share of its unit that went in, 0 to 1; null where unknown"]
    share_text: Annotated[str, "The share in words"]
    amount: Annotated[float | None, "Of counts: what went in, in the unit of measure"]
    status: Annotated[str, "actual, estimate, plan or target"]
    method: Annotated[str, "How a derived value was computed"]
    doubt: Annotated[str, "Why the figure should not be trusted as it stands"]
    source: Annotated[SourceDocument, "The source"]


class RecastDetail(RecastFigure):
    """A recast value with the figures it came from."""

    value: Annotated[
        float | str | None,
        "The value in its unit of measure, or the code of its class; null where there is none",
    ]
    text: Annotated[str, "The value as it is shown"]
    doubtful: Annotated[bool, "Whether a figure it came from is doubtful"]
    contributions: Annotated[list[ContributionDocument], "The figures it came from"]
    missing: Annotated[list[UnitLink], "Units of which no figure was there"]


class JointValueDetail(RecastDetail):
    """A value known of several units only together, with the figures it came from."""

    units: Annotated[list[UnitLink], "The units"]
    name: Annotated[str, "Names of the units"]
    sentence: Annotated[str, "All of this in a sentence"]


class JointFigureDocument(TypedDict):
    """A figure that a source gives for several units together and for none of them alone."""

    indicator: Annotated[str, "Id of the indicator"]
    name: Annotated[str, "Its name"]
    url: Annotated[str, "Its page"]
    units: Annotated[list[UnitLink], "The units"]
    units_name: Annotated[str, "Names of the units"]
    period: Annotated[str, "Code of the period"]
    period_label: Annotated[str, "The period in words"]
    value: Annotated[float, "The figure of all of them together, in the unit of measure"]
    text: Annotated[str, "The figure as it is shown"]
    status: Annotated[str, "actual, estimate, plan or target"]
    status_label: Annotated[str, "The status in words"]
    quote: Annotated[str, "The words of the source"]
    note: Annotated[str, "What else a reader needs to know"]
    source: Annotated[SourceLink, "The source"]


class VillageLink(TypedDict):
    """The shortest mention of a village."""

    id: Annotated[str, "Code and first day of the village"]
    full_name: Annotated[str, "Name with its rank"]
    url: Annotated[str, "Page of the village"]


class VillageNames(TypedDict):
    """The villages of one unit."""

    unit: Annotated[UnitLink, "The unit"]
    sentence: Annotated[str, "How many there are and how many are known by name"]
    doubt: Annotated[str, "Where numbers disagree; empty where they do not"]
    items: Annotated[list[VillageLink], "Those known by name"]


class VillageChangeLine(TypedDict):
    """A rearrangement of villages that a document tells of."""

    sentence: Annotated[str, "What was rearranged"]
    doubt: Annotated[str, "Why it should not be trusted as it stands"]
    note: Annotated[str, "What else a reader needs to know"]


class CardVillages(TypedDict):
    """The villages of a commune and of those it was formed from."""

    lists: Annotated[list[VillageNames], "Of the commune and of each unit it was formed from"]
    changes: Annotated[list[VillageChangeLine], "Rearrangements that documents tell of"]


class CardCounterpart(TypedDict):
    """What stands beside the figure of a unit: the estimate of it, or the official one."""

    indicator: Annotated[str, "Id of the other indicator"]
    name: Annotated[str, "Name of the other indicator"]
    is_estimate: Annotated[bool, "Whether the other one is the estimate"]
    label: Annotated[str, "Which of both it is, in words"]
    value: Annotated[float | str, "The figure in its unit of measure, or the code of its class"]
    text: Annotated[str, "The figure as it is shown"]
    period: Annotated[str, "Code of its period, the nearest to that of the card"]
    period_label: Annotated[str, "The period in words"]
    status: Annotated[str, "actual or estimate"]
    status_label: Annotated[str, "The status in words"]
    doubtful: Annotated[bool, "Whether it is doubtful"]
    doubt: Annotated[str, "Why it should not be trusted as it stands"]
    difference: Annotated[
        float | None, "Estimate minus official figure; null where the unit does not have both"
    ]
    difference_text: Annotated[str, "The difference in words; empty without one"]
    query: Annotated[str, "Query of its map"]
    source: Annotated[SourceLink, "Its source"]


class OtherPeriod(TypedDict):
    """A period that has the figure which another lacks."""

    period: Annotated[str, "Code of the period"]
    label: Annotated[str, "The period in words"]
    query: Annotated[str, "Query of the map of that period"]


class CardMissing(TypedDict):
    """Why there is no figure."""

    kind: Annotated[str, "Id of the reason"]
    label: Annotated[str, "The reason in words"]
    elsewhere: Annotated[list[OtherPeriod], "Periods that have one"]


class Plan(TypedDict):
    """The plan beside a figure and how much of it was reached."""

    value: Annotated[
        float | str | None, "The plan in its unit of measure, or the code of its class"
    ]
    text: Annotated[str, "The plan as it is shown"]
    period_label: Annotated[str, "Its period in words"]
    percent: Annotated[float | None, "Of counts: the share reached, per cent"]
    percent_text: Annotated[str, "The share as it is shown"]
    stated_percent: Annotated[float | None, "The share the document states, per cent"]
    stated_percent_text: Annotated[str, "The stated share as it is shown"]


class Rank(TypedDict):
    """The place of a unit among those of its level."""

    rank: Annotated[int, "The place, 1 the highest; equal values share one"]
    of: Annotated[int, "Units with a figure that is not doubtful"]
    text: Annotated[str, "Both in words"]


class SeriesPoint(TypedDict):
    """One figure of a series."""

    period: Annotated[str, "Code of the period"]
    label: Annotated[str, "The period in words"]
    value: Annotated[float | str, "The figure in its unit of measure, or the code of its class"]
    text: Annotated[str, "The figure as it is shown"]
    status: Annotated[str, "actual, estimate, plan or target"]
    status_label: Annotated[str, "The status in words"]
    doubtful: Annotated[bool, "Whether it is doubtful"]
    impossible: Annotated[bool, "Whether it cannot be right and is not drawn"]


class Alternative(TypedDict):
    """What another source says of the same."""

    value: Annotated[float | str, "The figure in its unit of measure, or the code of its class"]
    text: Annotated[str, "The figure as it is shown"]
    source: Annotated[SourceDocument, "The source"]
    quote: Annotated[str, "The words of the source"]
    doubt: Annotated[str, "Why the figure should not be trusted as it stands"]
    quality: Annotated[Quality, "sound, doubtful, read_as or impossible"]


class CardPart(TypedDict):
    """The total of an indicator, or a part of it by the codes of its dimensions."""

    breakdown: Annotated[str, "Values of its dimensions, as sex:female; empty for the total"]
    label: Annotated[str, "What it is called among its like"]
    value: Annotated[float | str, "The figure in its unit of measure, or the code of its class"]
    text: Annotated[str, "The figure as it is shown"]
    status: Annotated[str, "actual, estimate, plan or target"]
    status_label: Annotated[str, "The status in words"]
    doubtful: Annotated[bool, "Whether it is doubtful"]
    impossible: Annotated[bool, "Whether it cannot be right and is not drawn"]
    query: Annotated[str, "Query of its map"]
    shown: Annotated[bool, "Whether it is what the layer shows"]


class CardPartGroup(TypedDict):
    """The parts of an indicator by the same dimensions."""

    name: Annotated[str, "The dimensions in words"]
    items: Annotated[list[CardPart], "In the order of the code lists"]


class CardParts(TypedDict):
    """The figures of an indicator that is broken down, for one unit and period."""

    count: Annotated[int, "Number of parts that have a figure"]
    total: Annotated[CardPart | None, "The total; null where none is published"]
    groups: Annotated[list[CardPartGroup], "The parts by their dimensions"]


class CardDocument(TypedDict):
    """What is known of a unit under a layer."""

    unit: Annotated[CardUnit, "The unit"]
    report_url: Annotated[str, "Page on which an error in the figure or the border is reported"]
    formed_from: Annotated[list[UnitLink], "Units it was formed from"]
    became: Annotated[list[UnitLink], "Units it became"]
    villages: Annotated[CardVillages | None, "Its villages, where any is known"]
    value: Annotated[CardValue | None, "The published figure"]
    recast: Annotated[RecastDetail | None, "The figure recast on the unit"]
    together: Annotated[JointValueDetail | None, "What is known of it and others only together"]
    missing: Annotated[CardMissing | None, "Why there is no figure"]
    plan: Annotated[Plan | None, "The plan beside an actual figure"]
    rank: Annotated[Rank | None, "Its place among the units of its level"]
    series: Annotated[list[SeriesPoint], "All figures of the indicator, by period"]
    alternatives: Annotated[list[Alternative], "What other sources say of the same"]
    counterpart: Annotated[
        CardCounterpart | None,
        "The estimate beside an official figure, or the official figure beside an estimate",
    ]
    parts: Annotated[CardParts | None, "Total and parts of an indicator that is broken down"]
    blocks: Annotated[list[str], "What the card shows, in this order, as the dataset sets it"]


class FoundUnit(Named):
    """A unit that was searched for."""

    type: Annotated[Literal["unit"], "That it is a unit"]
    code: Annotated[str, "Administrative code, as text"]
    full_name: Annotated[str, "Name with its rank"]
    kind_label: Annotated[str, "Its rank in words"]
    level: Annotated[str, "province, district, commune or village"]
    valid_from: Annotated[str, "First day, ISO 8601"]
    valid_to: Annotated[str | None, "First day on which it is no longer valid; null if it still is"]
    validity_label: Annotated[str, "The validity in words"]
    matched: Annotated[str, "Which of its names was found"]
    parent: Annotated[str, "Name of the unit above; empty where there is none"]
    now: Annotated[list[UnitLink], "Units of today that came of it"]
    url: Annotated[str, "Page of the unit"]


class FoundIndicator(Named):
    """An indicator that was searched for."""

    type: Annotated[Literal["indicator"], "That it is an indicator"]
    theme: Annotated[str, "Id of its theme"]
    coverage: Annotated[Coverage, "How many units it is known of"]
    url: Annotated[str, "Its map"]
    page: Annotated[str, "Page of the indicator"]


class FoundPlace(Named):
    """A place that was searched for."""

    type: Annotated[Literal["place"], "That it is a place"]
    category: Annotated[str, "Id of its category"]
    category_label: Annotated[str, "Name of its category"]
    parent: Annotated[str, "Full name of its commune"]
    lon: Annotated[float | None, "Longitude, degrees (WGS 84); null without a position"]
    lat: Annotated[float | None, "Latitude, degrees (WGS 84); null without a position"]
    url: Annotated[str, "The map at the place, or the list of its commune"]


class SearchDocument(TypedDict):
    """What was found, the best matches first."""

    items: Annotated[list[FoundUnit | FoundIndicator | FoundPlace], "Units, indicators and places"]
    total: Annotated[int, "Number of items"]
    next: Annotated[str | None, "Address of what follows; always null"]
