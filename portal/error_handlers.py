"""Refusals as answers: the one place that knows both error classes and HTTP statuses."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from geodata.errors import (
    Conflict,
    FileFault,
    InvalidInput,
    NotFound,
    NotPermitted,
    PortalError,
    StoreFault,
    truncate,
)
from geodata.i18n import Label
from portal.caching.response_cache import compact_json
from portal.error_suggestions import suggestions
from portal.http_errors import Busy, Forbidden, NotReady, SignInNeeded, TooLarge, Unavailable
from portal.language import current_language
from portal.serializers.error_types import ErrorDocument

STATUSES: dict[type[PortalError], tuple[int, str]] = {
    TooLarge: (413, "too_large"),
    Busy: (429, "busy"),
    SignInNeeded: (401, "sign_in_needed"),
    Forbidden: (403, "forbidden"),
    NotPermitted: (403, "not_permitted"),
    NotReady: (409, "not_ready"),
    Unavailable: (503, "unavailable"),
    Conflict: (409, "conflict"),
    InvalidInput: (400, "invalid_input"),
    NotFound: (404, "not_found"),
    FileFault: (500, "file_fault"),
    StoreFault: (503, "store_fault"),
    PortalError: (500, "portal_error"),
}
# Status and code of what the web framework refuses by itself, and its text in [error].
_HTTP = {
    400: "bad_request",
    404: "not_found",
    405: "method",
    413: "too_large",
    414: "too_large",
    431: "too_large",
}
_RETRY_SECONDS = "5"
_log = logging.getLogger("portal")


def status_of(fault: PortalError) -> tuple[int, str]:
    """HTTP status and code of an error, by its nearest class."""
    return next(STATUSES[c] for c in type(fault).__mro__ if c in STATUSES)


def error_document(status: int, code: str, fault: PortalError) -> ErrorDocument:
    """The one shape of an error, in the request's language."""
    language = current_language()
    allowed = fault.allowed if isinstance(fault.allowed, tuple) else fault.allowed[language]
    return {
        "error": {
            "status": status,
            "code": code,
            "message": fault.what[language],
            "found": truncate(fault.found),
            "allowed": list(allowed) if isinstance(allowed, tuple) else allowed,
            "remedy": fault.remedy[language],
            "parameter": fault.where,
        }
    }


def error_response(status: int, code: str, fault: PortalError) -> Response:
    """The error as JSON below ``/api`` and to programs below ``/export``, else as a page."""
    document = error_document(status, code, fault)
    if request.path.startswith("/api/") or (_is_export() and not prefers_html()):
        response = make_response(compact_json(document), status)
        response.mimetype = "application/json"
    else:
        page = render_template("error.html", error=document["error"], choices=_choices(fault))
        response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if _is_export():
        response.vary.add("Accept")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _is_export() -> bool:
    return request.path.startswith("/export/")


def prefers_html() -> bool:
    """Whether a person followed a link: browsers then want HTML, programs take anything."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def _choices(fault: PortalError) -> list[dict[str, str]]:
    """The accepted values by name, each with an address that uses it."""
    if not isinstance(fault, NotFound | InvalidInput) or not isinstance(fault.allowed, tuple):
        return []
    return suggestions(fault.allowed, fault.where, request.path, request.args, current_language())


def _on_portal_error(fault: PortalError) -> Response:
    status, code = status_of(fault)
    if status >= 500:
        # Faults of the server's disk concern its operator, not the reader.
        _log.error("%s", fault, exc_info=fault)
        if isinstance(fault, Unavailable):
            return error_response(status, code, fault)
        return error_response(status, code, _http_fault("internal"))
    return error_response(status, code, fault)


def _on_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    name = _HTTP.get(status, "internal" if status >= 500 else "bad_request")
    response = error_response(status, _code(name), _http_fault(name))
    for header, value in error.get_headers():
        if header.lower() == "allow":
            response.headers[header] = value
    valid = getattr(error, "valid_methods", None)
    if valid:
        response.headers["Allow"] = ", ".join(sorted(valid))
    return response


def _on_crash(error: Exception) -> Response:
    _log.error("Unhandled error on %s", request.path, exc_info=error)
    return error_response(500, "internal", _http_fault("internal"))


def _code(name: str) -> str:
    return {"method": "method_not_allowed"}.get(name, name)


def _http_fault(name: str) -> PortalError:
    what, remedy = Label(f"error.{name}"), Label(f"error.{name}_remedy")
    return PortalError(what, found=request.path, remedy=remedy)


def init_app(app: Flask) -> None:
    """Answer every refusal and every crash in the one shape."""
    app.register_error_handler(PortalError, _on_portal_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_crash)
