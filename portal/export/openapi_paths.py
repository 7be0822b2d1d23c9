"""The files and the jobs as the OpenAPI document describes them, from what serves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.export.jobs import ABANDONED_SECONDS, FIRST_SECONDS
from portal.export.kinds import EXPORT_KINDS
from portal.export.logo import FIELD
from portal.export.service import DIRECT_PAGES
from portal.parameters.declared import LANG
from portal.parameters.reader import Parameter
from portal.urls import EXPORT

JSON = "application/json"
_SUMMARIES = {
    "sheet": "A map as a sheet for a report",
    "pair": "Before and after a merger on one sheet",
    "difference": "The difference of two sides of a merger on one sheet",
    "multiples": "Small maps by period or indicator in the same classes",
    "atlas": "One page for each unit or indicator, with bookmarks",
    "report": "Maps with captions, sources and tables as a Word document",
    "map": "A map in one HTML file, interactive without a network",
    "places": "The places over a map with their own columns and sources",
    "unit": "All figures of a unit, of every period, with their sources, quotes and doubts",
    "completeness": "Which units have figures of which themes, with the latest period of each",
    "unit-report": "What a unit did in a period beside its plans, as a Word document",
    "doubts": "A letter to who wrote a document, about its doubtful figures, as a Word document",
    "data": "The figures of a map with their sources, quotes and doubts",
}
_ERROR_RESPONSES = {
    "400": "A parameter is not allowed",
    "404": "There is nothing of this name",
    "413": f"More than is made; over {DIRECT_PAGES} pages a job makes it",
    "429": "Too much is being made at once; Retry-After says when to come again",
}
_STARTED = (
    f"It is being made; dropped unless asked for within {FIRST_SECONDS:g} seconds, and then every "
    f"{ABANDONED_SECONDS:g}"
)
_ID = {
    "name": "job_id",
    "in": "path",
    "required": True,
    "description": "Id of a job, from the answer that started it",
    "schema": {"type": "string"},
}

Operation = dict[str, Any]


def export_paths() -> dict[str, dict[str, Operation]]:
    """Every path below ``/export`` with its methods."""
    paths: dict[str, dict[str, Operation]] = {}
    for kind, declared in EXPORT_KINDS.items():
        for extension, media in declared.formats.items():
            get = _file(kind, extension, media)
            methods = {"get": get}
            if declared.takes_logo:
                methods["post"] = _with_logo(get)
            paths[f"{EXPORT}/{kind}.{extension}"] = methods
    return {**paths, **_job_paths(), **_short_path()}


def _file(kind: str, extension: str, media: str) -> Operation:
    return {
        "operationId": f"export_{kind}_{extension}",
        "summary": _SUMMARIES[kind],
        "parameters": [_parameter(each) for each in EXPORT_KINDS[kind].parameters],
        "responses": {
            "200": _response(_SUMMARIES[kind], "File", media),
            **_error_responses(_ERROR_RESPONSES),
        },
    }


def _with_logo(get: Operation) -> Operation:
    """The same file with a picture of the office's logo, which no address can hold."""
    logo = {"type": "string", "contentMediaType": "application/octet-stream"}
    form = {"type": "object", "properties": {FIELD: logo}, "additionalProperties": False}
    return {
        **get,
        "operationId": f"{get['operationId']}_with_logo",
        "summary": f"{get['summary']}, with a logo (PNG or JPEG)",
        "responses": {
            **get["responses"],
            **_error_responses({"403": "Another site asks"}),
        },
        "requestBody": {"content": {"multipart/form-data": {"schema": form}}},
    }


def _job_paths() -> dict[str, dict[str, Operation]]:
    language = _parameter(LANG)
    address = {"type": "string", "description": "Path and query of a file below /export"}
    body = {"type": "object", "required": ["address"], "properties": {"address": address}}
    missing = {"404": "There is no such job"}
    foreign = {"403": "Another site asks"}
    job = f"{EXPORT}/jobs/{{job_id}}"
    return {
        f"{EXPORT}/jobs": {
            "post": {
                "operationId": "job_start",
                "summary": "Start making a file, or join who makes it already",
                "parameters": [language],
                "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
                "responses": {
                    "202": _response(_STARTED, "Job", JSON),
                    "200": _response("It is there already", "Job", JSON),
                    **_error_responses({**_ERROR_RESPONSES, **foreign}),
                },
            }
        },
        job: {
            "get": _job("job", "How far a job is", [language], _response("The job", "Job", JSON)),
            "delete": {
                "operationId": "job_cancel",
                "summary": "End a job; the work ends when nobody waits for it any more",
                "parameters": [_ID],
                "responses": {
                    "204": {"description": "Ended"},
                    **_error_responses({**missing, **foreign}),
                },
            },
        },
        f"{job}/result": {
            "get": {
                **_job("job_result", "The finished file", [],
                       _response("The file", "File", "application/octet-stream"),
                       {"409": "It is not there yet"}),
            }
        },
    }  # fmt: skip


def _short_path() -> dict[str, dict[str, Operation]]:
    address = {"type": "string", "description": "Path and query of the map or the comparison"}
    body = {"type": "object", "required": ["address"], "properties": {"address": address}}
    refused = {
        "400": "The address has no short one",
        "403": "Another site asks",
        "404": "There is nothing of this name",
        "413": "The body is too large",
    }
    return {
        f"{EXPORT}/short": {
            "post": {
                "operationId": "short",
                "summary": "A short address of a map and a QR code of its whole one",
                "parameters": [_parameter(LANG)],
                "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
                "responses": {
                    "200": _response("The addresses", "ShortAddress", JSON),
                    **_error_responses(refused),
                },
            }
        }
    }


def _job(
    name: str,
    summary: str,
    parameters: list[Operation],
    answer: Operation,
    refused: Mapping[str, str] | None = None,
) -> Operation:
    words = {"404": "There is no such job", **(refused or {})}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [_ID, *parameters],
        "responses": {"200": answer, **_error_responses(words)},
    }


def _parameter(parameter: Parameter) -> Operation:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _response(description: str, schema: str, media: str) -> Operation:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": description, "content": {media: {"schema": reference}}}


def _error_responses(words: Mapping[str, str]) -> Operation:
    return {status: _response(text, "Error", JSON) for status, text in words.items()}
