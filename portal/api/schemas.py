"""JSON Schemas of the answers, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from portal.api.json_schema import document_schemas
from portal.serializers.card_types import CardDocument, SearchDocument
from portal.serializers.catalogue_types import CatalogueDocument
from portal.serializers.comparison_types import ComparisonDocument
from portal.serializers.document_types import (
    ObservationDocument,
    SourceDocument,
    UnitDocument,
)
from portal.serializers.doubt_types import DoubtsDocument
from portal.serializers.error_types import ErrorDocument
from portal.serializers.export_types import JobDocument, ShortAddressDocument
from portal.serializers.figure_cards_types import FigureCardsDocument
from portal.serializers.list_types import (
    DimensionsDocument,
    IndicatorsDocument,
    ObservationsDocument,
    SourcesDocument,
    UnitsDocument,
)
from portal.serializers.place_types import PlacePointsDocument, PlacesDocument
from portal.serializers.publication_types import (
    PublicationConflictDocument,
    PublicationReceiptDocument,
    PublicationsDocument,
)
from portal.serializers.raster_types import RastersDocument, RasterValuesDocument
from portal.serializers.succession_types import BalanceDocument, SuccessionsDocument
from portal.serializers.topology_types import TopologyDocument
from portal.serializers.unit_detail_types import UnitInTimeDocument
from portal.serializers.values_types import IndicatorDocument, ValuesDocument

Schema = dict[str, Any]

# The documents described by the types of what makes them.
DOCUMENTS: dict[str, Schema] = document_schemas(
    UnitDocument,
    SourceDocument,
    ObservationDocument,
    IndicatorDocument,
    ValuesDocument,
    CatalogueDocument,
    ComparisonDocument,
    CardDocument,
    FigureCardsDocument,
    SearchDocument,
    SuccessionsDocument,
    BalanceDocument,
    UnitInTimeDocument,
    UnitsDocument,
    IndicatorsDocument,
    DimensionsDocument,
    SourcesDocument,
    ObservationsDocument,
    DoubtsDocument,
    PlacesDocument,
    PlacePointsDocument,
    RastersDocument,
    RasterValuesDocument,
    TopologyDocument,
    PublicationsDocument,
    PublicationConflictDocument,
    PublicationReceiptDocument,
    JobDocument,
    ShortAddressDocument,
    ErrorDocument,
)


SCHEMAS: dict[str, Schema] = {
    **DOCUMENTS,
    "Csv": {"type": "string"},
    "OpenAPI": {"type": "object"},
    "File": {"description": "The bytes of a file"},
}
