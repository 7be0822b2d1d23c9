"""``/export/sheet.*`` and ``/export/data.*``: made once, kept, and not made for who has them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge

from geodata.errors import InvalidInput
from geodata.i18n import Message
from portal.app_state import app_state
from portal.caching.responses import conditional_response
from portal.error_handlers import prefers_html
from portal.export import job_views, panel, service
from portal.export.kinds import EXPORT_KINDS
from portal.export.logo import FIELD, MAX_BYTES, read_logo, too_large
from portal.export.parse import parse_export
from portal.export.service import export_service
from portal.export.spec import ExportSpec
from portal.http_errors import JobRequired
from portal.language import current_language
from portal.short_urls.short_url_store import keep_page
from portal.translations import messages
from portal.urls import EXPORT

_FORM_BYTES = 4096
"""Bytes of a form beside the file in it."""
# Browsers draw these in a page of their own; the rest is for saving.
_INLINE_TYPES = ("image/png", "application/pdf")


def export(kind: str, extension: str) -> Response:
    """A file of the layer in the address, with the logo that was sent along."""
    known = EXPORT_KINDS.get(kind)
    if request.method == "POST" and known and extension in known.formats and not known.takes_logo:
        # Only sheets have a place for what is sent along.
        raise MethodNotAllowed(["GET", "HEAD", "OPTIONS"])
    state = app_state()
    logo = _uploaded_logo() if request.method == "POST" else b""
    query = request.query_string.decode(errors="replace")
    address = f"{EXPORT}/{quote(f'{kind}.{extension}')}?{query}"
    spec = parse_export(address, state.store, state.settings, logo)
    if spec.short_page and not keep_page(spec.short_page, state.store):
        spec = replace(spec, short_page="")
    if not logo and request.if_none_match.contains_weak(spec.cache_key):
        response = Response(status=304)
        response.set_etag(spec.cache_key, weak=True)
        return response
    try:
        body = export_service().body(spec, state.store, logo)
    except JobRequired:
        if not _opened_in_browser():
            raise
        return _job_page(spec)
    response = conditional_response(body)
    shown = "inline" if spec.mimetype in _INLINE_TYPES else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{spec.file_name}"'
    return response


def _opened_in_browser() -> bool:
    """Whether someone opened the address, rather than a program that takes whatever comes."""
    return request.method == "GET" and prefers_html()


def _job_page(spec: ExportSpec) -> Response:
    """The page of a file that takes long, with a button that starts its work."""
    words = messages(current_language())
    page = render_template(
        "export_job.html",
        name=spec.file_name,
        pages=spec.pages,
        address=request.full_path.rstrip("?"),
        words={k.removeprefix(panel.MESSAGE_PREFIX): v for k, v in words.items()
               if k.startswith(panel.MESSAGE_PREFIX)},
        texts={k: v for k, v in words.items() if k.startswith("error.")},
    )  # fmt: skip
    response = make_response(page, 413)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _uploaded_logo() -> bytes:
    """The logo in the body of the request, made anew; nothing else may be there."""
    request.max_content_length = MAX_BYTES + _FORM_BYTES
    try:
        names = [*request.files, *request.form]
    except RequestEntityTooLarge as error:
        raise too_large() from error
    sent = [each for _, each in request.files.items(multi=True)]
    try:
        if names not in ([], [FIELD]) or len(sent) != len(names):
            raise InvalidInput(
                Message("Only one file, the logo, is taken"),
                found=", ".join(names),
                allowed=(FIELD,),
                where=FIELD,
            )
        return read_logo(sent[0].read()) if sent else b""
    finally:
        for each in sent:
            each.close()


def init_app(app: Flask) -> None:
    """Route the files and the jobs."""
    service.init_app(app)
    app.add_url_rule(f"{EXPORT}/panel", "export_panel", panel.panel)
    app.add_url_rule(f"{EXPORT}/about/<kind>", "export_about", panel.picture_text)
    app.add_url_rule(f"{EXPORT}/<kind>.<extension>", "export", export, methods=["GET", "POST"])
    job_views.init_app(app)
