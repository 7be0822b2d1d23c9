"""Answers that are kept ready leave without passing through the web framework.

Matching an address, the hooks before and after a view, and the checks of each header take three
times as long as looking up an answer that is there already. Only answers that depend on nothing but
their address and the dataset go this way; conditional requests, other methods and programs with a
token go the long one, whose answers are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from portal.app_state import STATE_KEY, served_state
from portal.caching.response_cache import ResponseBody
from portal.caching.responses import REVALIDATE, encoding_of
from portal.urls import API

_LONG_WAY = (
    "HTTP_AUTHORIZATION",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    STATE_KEY,
)
"""Keys of a request's environment that its answer depends on."""


def _ready_body(environ: WSGIEnvironment, app: Flask) -> ResponseBody | None:
    path: str = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] != "GET" or not path.startswith(f"{API}/") or not path.isascii():
        return None
    if any(key in environ for key in _LONG_WAY):
        return None
    body = served_state(app).response_cache.get(f"{path}?{environ.get('QUERY_STRING', '')}")
    return body if body is not None and body.ready else None


def _headers(body: ResponseBody, encoding: str, length: int) -> list[tuple[str, str]]:
    """The headers that `portal.caching.responses.conditional_response` gives the same answer."""
    charset = "; charset=utf-8" if body.mimetype.startswith("text/") else ""
    headers = {
        "Content-Type": body.mimetype + charset,
        "Content-Length": str(length),
        "Vary": "Accept-Encoding",
        "Cache-Control": REVALIDATE,
        "ETag": f'W/"{body.etag}"',
        **dict(body.headers),
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    return list(headers.items())


def _with_ready_answers(app: Flask, framework: WSGIApplication) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = _ready_body(environ, app)
        if body is None:
            return framework(environ, start_response)
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = encoding_of(accepted) if body.worth_compressing else ""
        content = body.encoded(encoding) if encoding else body.content
        start_response("200 OK", _headers(body, encoding, len(content)))
        return (content,)

    return answer


def init_app(app: Flask) -> None:
    """Look for a ready answer before the web framework does; inside of the security headers."""
    app.wsgi_app = _with_ready_answers(app, app.wsgi_app)  # type: ignore[method-assign,assignment]
