"""``/api/v1/publications``: what was published, for anybody; and how a program publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app

from geodata.ledger.history import history
from geodata.ledger.publishing import last_revision
from portal.api.endpoint import ApiRequest, Payload
from portal.ledger_engine import ledger_of
from portal.parameters.declared import LANG
from portal.serializers.paged_lists import next_address
from portal.serializers.publications import publication_document

PUBLICATIONS_RULE = "/publications"
_TEXT = {"type": "string"}
FORM_FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "file": (
        "The table: XLSX, XLS, ODS, CSV or TSV",
        {"type": "string", "contentMediaType": "application/octet-stream"},
    ),
    "answers": ("What is said about the table, as JSON; also a filled file of questions", _TEXT),
    "concept": (
        "Id of the concept by which the figures are counted, where answers name none; the ids are "
        "in the column `concept` of exported tables",
        _TEXT,
    ),
    "recipe": ("Name of a saved recipe to read it by; else one that fits is found", _TEXT),
    "title": ("Title of the publication; else that of the document", _TEXT),
    "note": ("A remark", _TEXT),
    "based_on": (
        "Number that an earlier answer gave: the table is published only if nobody changed one of "
        "its cells or entries since",
        {"type": "integer", "minimum": 0},
    ),
    "write": ("1 publishes it; without it nothing is written", {"enum": ["0", "1"]}),
}
_REFUSALS = {
    "400": "A field is missing or cannot be used",
    "401": "A token is missing, or is none",
    "403": "The account may not write for these units",
    "404": "There is no recipe of this name",
}


def publications(request: ApiRequest) -> Payload:
    """A stretch of the ledger, the last entry first."""
    if not ledger_of(current_app).exists:
        return {"items": [], "total": 0, "next": None}
    engine, params = ledger_of(current_app).get(), request.params
    page = history(engine, params["limit"], params["offset"])
    return {
        "items": [publication_document(each) for each in page.items],
        "total": page.total,
        "next": next_address(page.next_offset, request.path, request.query),
    }


def publications_stamp(_: Mapping[str, str]) -> str:
    """What changes whenever the ledger does."""
    known = ledger_of(current_app)
    return f"{last_revision(known.get())} " if known.exists else ""


def publish_operation() -> dict[str, Any]:
    """How a program publishes, as OpenAPI describes it."""
    properties = {name: {**schema, "description": words} for name, (words, schema) in
                  FORM_FIELDS.items()}  # fmt: skip
    form = {"type": "object", "required": ["file"], "properties": properties}
    answers = {
        "200": "What would be published; nothing was written",
        "201": "It is published",
        "422": "It cannot be published yet: the report says why",
    }
    return {
        "operationId": "publish",
        "summary": "Check a table as the pages do, and publish it if asked to",
        "description": "Needs a token: Authorization: Bearer …",
        "parameters": [
            {"name": LANG.name, "in": "query", "required": False,
             "description": LANG.description, "schema": LANG.schema}
        ],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
        "responses": {
            **{status: _response(words, "PublicationReceipt") for status, words in answers.items()},
            "409": _response(
                "Somebody else changed cells or entries of it since: which, and by which "
                "publication", "PublicationConflict",
            ),
            **{status: _response(words, "Error") for status, words in _REFUSALS.items()},
        },
    }  # fmt: skip


def _response(description: str, schema: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": description, "content": {"application/json": {"schema": reference}}}
