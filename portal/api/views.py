"""From a request to an answer: read the parameters, look in the cache, call, write JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, request

from portal.api.endpoint import CSV, ApiRequest, Endpoint
from portal.app_state import app_state
from portal.caching.response_cache import ResponseBody, compact_json
from portal.caching.responses import IMMUTABLE, conditional_response
from portal.parameters.reader import Parameter, Params, read_parameters


def view_for(endpoint: Endpoint) -> Callable[..., Response]:
    """The Flask view of an endpoint."""

    def view(**path_values: str) -> Response:
        state = app_state()
        key = f"{request.path}?{request.query_string.decode('latin-1')}"
        if endpoint.stamp is not None:
            key = endpoint.stamp(path_values) + key
        body = state.response_cache.get(key)
        if body is None:
            answer = endpoint.handler(read_request(endpoint, path_values))
            content = answer if isinstance(answer, str) else compact_json(answer)
            body = ResponseBody(
                content.encode(),
                endpoint.mimetype,
                headers=tuple(_headers(endpoint, state.version)),
                ready=endpoint.stamp is None,
            )
            state.response_cache.put(key, body)
        return conditional_response(body)

    return view


def _headers(endpoint: Endpoint, version: str) -> Iterator[tuple[str, str]]:
    """What an answer of the present request has to say besides its bytes."""
    if request.args.get("v", "-") == version:
        yield "Cache-Control", IMMUTABLE
    if endpoint.mimetype == CSV:
        name = endpoint.rule.rpartition("/")[2]
        yield "Content-Disposition", f'attachment; filename="{name}"'


def read_request(endpoint: Endpoint, path_values: dict[str, str]) -> ApiRequest:
    """The request with its parameters read; see `portal.parameters.reader.read_parameters`."""
    params = with_defaults(endpoint.parameters, read_parameters(endpoint.parameters, request.args))
    query = {name: value for name, value in request.args.items() if value}
    return ApiRequest(app_state().store, request.path, path_values, params, query)


def with_defaults(declared: tuple[Parameter, ...], params: Params) -> dict[str, Any]:
    """``params`` with the default of every declared parameter that was left out."""
    defaults = {p.name: p.schema["default"] for p in declared if "default" in p.schema}
    return {**defaults, **params}
