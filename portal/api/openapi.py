"""The OpenAPI 3.1 document, made from the table that serves the requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from portal.api.boundaries import BOUNDARY_PARAMETERS, BOUNDARY_RULE
from portal.api.endpoint import JSON, Endpoint
from portal.api.publications import PUBLICATIONS_RULE, publish_operation
from portal.api.schemas import SCHEMAS
from portal.parameters.reader import Parameter
from portal.urls import API

_COMMON_ERRORS = {
    "405": "The address takes other methods, which Allow names",
    "412": "The answer is another one than If-Match names",
    "413": "More was sent than is read",
    "500": "The server failed; its operator finds why in the log",
    "503": "The server cannot answer at present",
}
_LEVEL_PART = {"level": "Level of the units: province, district or commune"}


def openapi_document(endpoints: Iterable[Endpoint], version: str) -> dict[str, Any]:
    """Describe every route, parameter, answer and error.

    Parameters
    ----------
    version
        Of the dataset; the version of the interface itself stands in the path.
    """
    paths = {
        open_path(e.rule): _operation(
            e.name,
            e.summary,
            e.response_schema,
            e.parameters,
            e.path_parameters,
            mimetype=e.mimetype,
        )
        for e in endpoints
    }
    paths[open_path(BOUNDARY_RULE)] = _operation(
        "boundaries", "Shapes of the units as TopoJSON", "Topology", BOUNDARY_PARAMETERS,
        _LEVEL_PART,
    )  # fmt: skip
    paths[open_path(PUBLICATIONS_RULE)]["post"] = publish_operation()
    # The files' own code reads half the libraries there are: only who asks for this waits for it.
    from portal.export.openapi_paths import export_paths  # noqa: PLC0415

    paths.update(export_paths())
    _add_common_answers(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Commune indicator portal",
            "version": f"1.0.0+{version}" if version else "1.0.0",
            "description": "Administrative units, indicators and figures with their sources. "
            "Below /api every answer is JSON, or CSV where the path says so; below /export "
            "stand files to take away. Every refusal has the shape of Error.",
        },
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _add_common_answers(paths: dict[str, dict[str, Any]]) -> None:
    """The responses that any operation may give beside its own."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            answers = operation["responses"]
            for status, words in _COMMON_ERRORS.items():
                answers.setdefault(status, _response(words, "Error"))
            if method != "delete":
                answers.setdefault("304", {"description": "Unchanged since it was sent"})
            if "compare" in path or "difference" in path:
                words = "The present address of what bore another name in an earlier version"
                answers.setdefault("308", {"description": words})


def open_path(rule: str) -> str:
    """A Flask rule as OpenAPI writes it: ``/units/{unit_id}``."""
    return API + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def _operation(
    name: str,
    summary: str,
    response_schema: str,
    parameters: tuple[Parameter, ...],
    path_parameters: Mapping[str, str],
    *,
    mimetype: str = JSON,
) -> dict[str, Any]:
    text = {"type": "string"}
    in_path = [_parameter("path", *part, text, True) for part in path_parameters.items()]
    in_query = [
        _parameter("query", p.name, p.description, p.schema, p.required) for p in parameters
    ]
    refused = [("400", "A parameter is not allowed"), ("404", "There is nothing of this name")]
    responses = {"200": _response(summary, response_schema, mimetype)}
    responses.update({status: _response(words, "Error") for status, words in refused})
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*in_path, *in_query],
            "responses": responses,
        }
    }


def _parameter(
    place: str, name: str, description: str, schema: dict[str, Any], required: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": description,
        "schema": schema,
    }


def _response(description: str, schema: str, mimetype: str = JSON) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": description, "content": {mimetype: {"schema": reference}}}
