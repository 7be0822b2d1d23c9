"""A unit with its place in time and its villages, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.card_types import JointFigureDocument
from portal.serializers.document_types import SourceDocument, UnitDocument, UnitLink


class UnitStep(UnitLink):
    """A unit at the other end of a succession."""

    date: Annotated[str, "Day from which the succession holds, ISO 8601"]
    legal_basis: Annotated[str, "Law or decision"]
    whole: Annotated[bool, "Whether the earlier unit went whole into the later one"]
    share_area: Annotated[float | None, "Share of the earlier unit's area, 0 to 1"]
    share_population: Annotated[float | None, "Share of the earlier unit's population, 0 to 1"]
    share_households: Annotated[float | None, "Share of the earlier unit's households, 0 to 1"]
    note: Annotated[str, "What else a reader needs to know"]


class UnitVersion(UnitLink):
    """Another unit of the same code."""

    validity_label: Annotated[str, "Its validity in words"]


class VillageMentionDocument(TypedDict):
    """A place where a document names a village."""

    name: Annotated[str, "The name as the document writes it"]
    period_label: Annotated[str, "The period of the document in words"]
    quote: Annotated[str, "The words of the source"]
    doubt: Annotated[str, "Why it should not be trusted as it stands"]
    note: Annotated[str, "What else a reader needs to know"]
    source: Annotated[SourceDocument, "The source"]


class VillageDocument(UnitLink):
    """A village of a commune."""

    kind_label: Annotated[str, "Its rank in words"]
    named_in: Annotated[str, "Periods of the documents that name it, in words"]
    doubt: Annotated[str, "Why it should not be trusted as it stands"]
    note: Annotated[str, "What else a reader needs to know"]
    has_shape: Annotated[bool, "Whether a point or a boundary of it is known"]
    until: Annotated[str, "Day on which it ended, in words; empty while it is in force"]
    became: Annotated[list[UnitLink], "Villages it became"]
    formed_from: Annotated[list[UnitLink], "Villages it was formed from"]


class StatedCount(TypedDict):
    """The number of villages that a document states."""

    value: Annotated[float, "The number"]
    text: Annotated[str, "The number as it is shown"]
    period_label: Annotated[str, "Its period in words"]
    doubt: Annotated[str, "Why it should not be trusted as it stands"]
    note: Annotated[str, "What else a reader needs to know"]
    source: Annotated[SourceDocument, "The source"]


class LoadedVillages(TypedDict):
    """Where the shapes of villages come from."""

    sentence: Annotated[str, "How many villages have a shape"]
    sources: Annotated[list[SourceDocument], "The documents of the office"]


class VillageList(TypedDict):
    """The villages of one commune."""

    unit: Annotated[UnitLink, "The commune"]
    former: Annotated[bool, "Whether the commune is no longer in force"]
    named: Annotated[int, "Villages known by name"]
    drawn: Annotated[int, "Of these, how many have a shape"]
    sentence: Annotated[str, "How many there are and how many are known by name"]
    doubt: Annotated[str, "Where numbers disagree; empty where they do not"]
    loaded: Annotated[LoadedVillages | None, "Where their shapes come from; null without any"]
    map_url: Annotated[str, "Address of their map; empty where there is none"]
    stated: Annotated[list[StatedCount], "Numbers that documents state, newest first"]
    items: Annotated[list[VillageDocument], "Those in force as long as the commune"]
    ended: Annotated[list[VillageDocument], "Those that ended before it"]


class VillageChangeDocument(TypedDict):
    """A rearrangement of villages with the words of its source."""

    sentence: Annotated[str, "What was rearranged"]
    quote: Annotated[str, "The words of the source"]
    doubt: Annotated[str, "Why it should not be trusted as it stands"]
    note: Annotated[str, "What else a reader needs to know"]
    source: Annotated[SourceDocument, "The source"]


class VillagesDocument(TypedDict):
    """All that is known of a commune's villages."""

    lists: Annotated[list[VillageList], "Of the commune and of each unit it was formed from"]
    changes: Annotated[list[VillageChangeDocument], "Rearrangements that documents tell of"]


class ReportAnswer(TypedDict):
    """What an editor answered to a reader who reported an error in a figure or a border."""

    indicator: Annotated[str, "Indicator of the figure; empty for the border of the unit"]
    period: Annotated[str, "Period of the figure; empty for the border"]
    status: Annotated[str, "Status of the figure; empty for the border"]
    text: Annotated[str, "The answer"]
    at: Annotated[str, "When it was given, ISO 8601 in UTC"]
    date_label: Annotated[str, "The day in words"]
    by: Annotated[str, "The person or office that answered"]


class UnitInTimeDocument(UnitDocument):
    """A unit with what it was formed from, became and holds."""

    formed_from: Annotated[list[UnitStep], "Units it was formed from"]
    became: Annotated[list[UnitStep], "Units it became"]
    children: Annotated[list[UnitLink], "Units it holds"]
    villages: Annotated[VillagesDocument | None, "Its villages; null where none is known"]
    named_in: Annotated[list[VillageMentionDocument], "Of a village: where documents name it"]
    versions: Annotated[list[UnitVersion], "Other units of the same code"]
    joint_figures: Annotated[
        list[JointFigureDocument], "Figures that sources give for it and others only together"
    ]
    answers: Annotated[list[ReportAnswer], "Answers to reported errors, newest first"]
