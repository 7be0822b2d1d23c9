"""From a request to an answer: read the parameters, look in the cache, call, write JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request

from portal.api.endpoint import CSV, Call, Endpoint
from portal.bodies import Body, dumps
from portal.parameters import Ask, Parameter, read_parameters
from portal.replies import reply
from portal.services import services


def view_of(endpoint: Endpoint) -> Callable[..., Response]:
    """The Flask view of an endpoint."""

    def view(**path_values: str) -> Response:
        parts = services()
        key = f"{request.path}?{request.query_string.decode('latin-1')}"
        body = parts.bodies.get(key)
        if body is None:
            answer = endpoint.answer(read_call(endpoint, path_values))
            content = answer if isinstance(answer, str) else dumps(answer)
            body = Body(content.encode(), endpoint.media)
            parts.bodies.put(key, body)
        response = reply(body, immutable=request.args.get("v", "-") == parts.version)
        if endpoint.media == CSV:
            name = endpoint.rule.rpartition("/")[2]
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return view


def read_call(endpoint: Endpoint, path_values: dict[str, str]) -> Call:
    """The request with its parameters read; see `portal.parameters.read_parameters`."""
    ask = with_defaults(endpoint.parameters, read_parameters(endpoint.parameters, request.args))
    given = {name: value for name, value in request.args.items() if value}
    return Call(services().store, request.path, path_values, ask, given)


def with_defaults(declared: tuple[Parameter, ...], ask: Ask) -> dict[str, Any]:
    """``ask`` with the default of every declared parameter that was left out."""
    defaults = {p.name: p.schema["default"] for p in declared if "default" in p.schema}
    return {**defaults, **ask}
