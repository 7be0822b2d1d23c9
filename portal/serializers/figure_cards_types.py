"""The document of a map that few units have figures for, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.card_types import Plan, SeriesPoint
from portal.serializers.document_types import UnitLink
from portal.serializers.values_types import SourceLink


class FigureCard(TypedDict):
    """A unit that has figures of an indicator: the newest one asked for, and the others."""

    unit: Annotated[UnitLink, "The unit"]
    figure: Annotated[SeriesPoint, "Its figure of the map's period, else its latest one"]
    on_map: Annotated[bool, "Whether that figure is the one the map shows"]
    query: Annotated[str, "Query of the map that shows that figure"]
    doubt: Annotated[str, "Why the figure should not be trusted as it stands"]
    plan: Annotated[Plan | None, "The plan beside an actual figure"]
    series: Annotated[list[SeriesPoint], "All its figures of the indicator, by period"]
    source: Annotated[SourceLink, "Where the figure stands"]


class FigureCardsDocument(TypedDict):
    """What is known of an indicator that few units have figures for."""

    sentence: Annotated[str, "How many units have a figure, and how many one of another period"]
    cards: Annotated[list[FigureCard], "The units with figures, those on the map first"]
    reference: Annotated[list[FigureCard], "The units above them, the next one first"]
    without: Annotated[int, "Units of the map that have no figure of any period"]
