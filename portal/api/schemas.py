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
from portal.serializers.values_types import IndicatorDocument, ValuesDocument

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_MAYBE_NUMBER: Schema = {"type": ["number", "null"]}
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
)


def _of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_NAMED = _of("UnitLink")
_UNIT = _of("Unit")
_NAMES: Schema = {"type": "object", "additionalProperties": _TEXT}
_BALANCE_ROW = _object(
    "group name before after undivided residual units missing",
    group=_TEXT, name=_TEXT, before=_NUMBER, after=_NUMBER, undivided=_NUMBER, residual=_NUMBER,
    units={"type": "integer"}, missing=_list(_NAMED),
)  # fmt: skip
_METHOD: Schema = {
    "enum": ["succession", "overlay"],
    "description": "Whether shares come from law, or from the shapes where no law links the units",
}
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
    "Successions": _object("from to level method columns csv items total next",
                           method=_METHOD, columns=_NAMES, csv=_TEXT,
                           level=_TEXT, items=_list({"type": "object"}),
                           total={"type": "integer"}, next=_MAYBE_TEXT),
    "Balance": _object("indicator period query csv columns total rows shown unreached crossing",
                       indicator={"type": "object"}, period=_TEXT, query=_TEXT, csv=_TEXT,
                       columns=_NAMES, total=_BALANCE_ROW, rows=_list(_BALANCE_ROW),
                       shown=_NUMBER, unreached=_list({"type": "object"}),
                       crossing=_list(_NAMED)),
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
