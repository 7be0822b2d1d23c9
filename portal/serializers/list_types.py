"""The lists of the API, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.catalogue_types import DimensionDocument
from portal.serializers.document_types import (
    ObservationDocument,
    SourceDocument,
    UnitDocument,
)
from portal.serializers.values_types import IndicatorDocument


class ListEnd(TypedDict):
    """How a stretch of a list ends."""

    total: Annotated[int, "Number of items of the whole list"]
    next: Annotated[str | None, "Address of the items that follow; null after the last"]


class UnitsDocument(ListEnd):
    """A stretch of the list of units."""

    items: Annotated[list[UnitDocument], "Units"]


class IndicatorsDocument(ListEnd):
    """A stretch of the list of indicators."""

    items: Annotated[list[IndicatorDocument], "Indicators"]


class DimensionsDocument(ListEnd):
    """The code lists."""

    items: Annotated[list[DimensionDocument], "Code lists"]


class SourcesDocument(ListEnd):
    """A stretch of the list of sources."""

    items: Annotated[list[SourceDocument], "Sources"]


class ObservationsDocument(ListEnd):
    """A stretch of the list of figures."""

    items: Annotated[list[ObservationDocument], "Figures"]
