"""How bytes leave the app: tags, caching, and compression as the browser can read it."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.exceptions import PreconditionFailed
from werkzeug.http import parse_accept_header

from portal.caching.response_cache import ENCODINGS, MIN_BYTES, TEXTUAL, ResponseBody, compress

REVALIDATE = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"


def accepted_encoding() -> str:
    """``br`` or ``gzip`` if the browser takes it, else nothing."""
    return encoding_of(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=256)
def encoding_of(header: str) -> str:
    """The encoding to send to who asks with this Accept-Encoding header; empty for none."""
    accepted = parse_accept_header(header)
    return next((e for e in ENCODINGS if accepted[e] > 0), "")


def conditional_response(body: ResponseBody, immutable: bool = False) -> Response:
    """Answer with a prepared body, or with 304 when the browser has it.

    Parameters
    ----------
    immutable
        The address names the dataset version, so that the answer can be kept for good.
    """
    encoding = accepted_encoding() if body.worth_compressing else ""
    response = Response(
        body.encoded(encoding) if encoding else body.content, mimetype=body.mimetype
    )
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = IMMUTABLE if immutable else REVALIDATE
    for name, value in body.headers:
        response.headers[name] = value
    response.set_etag(body.etag, weak=True)
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        raise PreconditionFailed
    return response


def _compress_response(response: Response) -> Response:
    """Compress pages and assets; what `conditional_response` made is left alone."""
    if response.status_code in (204, 206, 304) or "Content-Encoding" in response.headers:
        return response
    if not (response.mimetype or "").startswith(TEXTUAL) or request.method == "HEAD":
        return response
    response.vary.add("Accept-Encoding")
    encoding = accepted_encoding()
    if not encoding or (response.is_streamed and not response.direct_passthrough):
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) >= MIN_BYTES:
        response.set_data(compress(content, encoding))
        response.headers["Content-Encoding"] = encoding
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)
    return response


def init_app(app: Flask) -> None:
    """Compress every textual answer; register first so that it runs last."""
    app.after_request(_compress_response)
