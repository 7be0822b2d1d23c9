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
from portal.serializers.succession_types import BalanceDocument, SuccessionsDocument
from portal.serializers.values_types import IndicatorDocument, ValuesDocument

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _page(name: str) -> Schema:
    return _object("items total next", items=_list(_of(name)), total={"type": "integer"},
                   next=_MAYBE_TEXT)  # fmt: skip


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
    SearchDocument,
    SuccessionsDocument,
    BalanceDocument,
)


def _of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_NAMED = _of("UnitLink")
_UNIT = _of("Unit")
_VILLAGES: Schema = {"type": ["object", "null"]}
_ERROR = _object(
    "status code message found allowed remedy parameter",
    status={"type": "integer"}, code=_TEXT, message=_TEXT, found=_TEXT,
    allowed={"oneOf": [_TEXT, _list(_TEXT)]}, remedy=_TEXT, parameter=_TEXT,
)  # fmt: skip

SCHEMAS: dict[str, Schema] = {
    **DOCUMENTS,
    "UnitInTime": {
        "allOf": [{"$ref": "#/components/schemas/Unit"}],
        **_object("formed_from became children villages named_in versions",
                  villages=_VILLAGES, named_in=_list({"type": "object"}), formed_from=_list(_NAMED),
                  became=_list(_NAMED), children=_list(_NAMED), versions=_list(_NAMED)),
    },
    "Units": _page("Unit"),
    "Indicators": _page("Indicator"),
    "Sources": _page("Source"),
    "Observations": _page("Observation"),
    "Csv": {"type": "string"},
    "OpenAPI": {"type": "object"},
    "File": {"description": "The bytes of a file"},
    "ShortAddress": _object("short long qr", short=_TEXT, long=_TEXT, qr=_TEXT),
    "Job": _object("id state state_label done of message ahead address name size url result error",
                   id=_TEXT, state={"enum": ["queued", "running", "done", "failed", "cancelled"]},
                   state_label=_TEXT, done={"type": "integer"}, of={"type": "integer"},
                   message=_TEXT, ahead={"type": "integer"}, address=_TEXT, name=_TEXT,
                   size={"type": ["integer", "null"]}, url=_TEXT, result=_MAYBE_TEXT,
                   error={"type": ["object", "null"]}),
    "Topology": _object("type arcs objects", type={"const": "Topology"}, arcs=_list({}),
                        objects=_object("units", units={"type": "object"})),
    "Error": _object("error", error=_ERROR),
}  # fmt: skip
