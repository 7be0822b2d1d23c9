"""Refusals as answers: the one place that knows both error classes and HTTP statuses."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from geodata.errors import FileFault, InvalidInput, NotFound, PortalError, StoreFault, truncate
from geodata.text import Text
from portal.bodies import dumps
from portal.choices import choices
from portal.language import current_language
from portal.refusals import Busy, Forbidden, NotReady, TooLarge
from portal.texts import text

STATUSES: dict[type[PortalError], tuple[int, str]] = {
    TooLarge: (413, "too_large"),
    Busy: (429, "busy"),
    Forbidden: (403, "forbidden"),
    NotReady: (409, "not_ready"),
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


def error_document(status: int, code: str, fault: PortalError) -> dict[str, object]:
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


def answer_error(status: int, code: str, fault: PortalError) -> Response:
    """The error as JSON below ``/api`` and to programs below ``/export``, else as a page."""
    document = error_document(status, code, fault)
    if request.path.startswith("/api/") or (_is_of_a_file() and not asks_for_a_page()):
        response = make_response(dumps(document), status)
        response.mimetype = "application/json"
    else:
        page = render_template("error.html", error=document["error"], choices=_choices(fault))
        response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if _is_of_a_file():
        response.vary.add("Accept")
    if status == 429:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _is_of_a_file() -> bool:
    return request.path.startswith("/export/")


def asks_for_a_page() -> bool:
    """Whether a person followed a link: browsers then want HTML, programs take anything."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def _choices(fault: PortalError) -> list[dict[str, str]]:
    """What would have been accepted, by name, each with the address that has it."""
    if not isinstance(fault, NotFound | InvalidInput) or not isinstance(fault.allowed, tuple):
        return []
    return choices(fault.allowed, fault.where, request.path, request.args, current_language())


def _on_portal_error(fault: PortalError) -> Response:
    status, code = status_of(fault)
    if status >= 500:
        # What is wrong on the server's disk is for its operator, not for the reader.
        _log.error("%s", fault, exc_info=fault)
        return answer_error(status, code, _framework_fault("internal"))
    return answer_error(status, code, fault)


def _on_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    name = _HTTP.get(status, "internal" if status >= 500 else "bad_request")
    response = answer_error(status, _code(name), _framework_fault(name))
    for header, value in error.get_headers():
        if header.lower() == "allow":
            response.headers[header] = value
    valid = getattr(error, "valid_methods", None)
    if valid:
        response.headers["Allow"] = ", ".join(sorted(valid))
    return response


def _on_crash(error: Exception) -> Response:
    _log.error("Unhandled error on %s", request.path, exc_info=error)
    return answer_error(500, "internal", _framework_fault("internal"))


def _code(name: str) -> str:
    return {"method": "method_not_allowed"}.get(name, name)


def _framework_fault(name: str) -> PortalError:
    def both(key: str) -> Text:
        return Text(text(f"error.{key}", "vi"), text(f"error.{key}", "en"))

    return PortalError(both(name), found=request.path, remedy=both(f"{name}_remedy"))


def init_app(app: Flask) -> None:
    """Answer every refusal and every crash in the one shape."""
    app.register_error_handler(PortalError, _on_portal_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_crash)
