"""``/export/sheet.*`` and ``/export/data.*``: made once, kept, and not made for who has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from geodata.errors import InvalidInput
from geodata.text import Text
from portal.bodies import Body, BodyCache
from portal.errors import asks_for_a_page
from portal.export import jobs, panel
from portal.export.logo import FIELD, MAX_BYTES, read_logo, too_large
from portal.export.making import read_order
from portal.export.order import Order, tag_of
from portal.export.pool import RenderPool
from portal.language import current_language
from portal.links import EXPORT
from portal.refusals import NeedsJob
from portal.replies import reply
from portal.services import services
from portal.short.memory import remember
from portal.texts import texts

WORKERS = 2
_CACHE_BYTES = 96_000_000
_FORM_BYTES = 4096
"""What a form takes beside the file in it."""
# Browsers draw these in a page of their own; the rest is for saving.
_SHOWN = ("image/png", "application/pdf")


@dataclass(frozen=True)
class Exports:
    """What an app keeps for exporting."""

    pool: RenderPool
    bodies: BodyCache = field(default_factory=lambda: BodyCache(_CACHE_BYTES))


def export(kind: str, extension: str) -> Response:
    """A file of the layer in the address, with the logo that was sent along."""
    parts = services()
    logo = _sent_logo() if request.method == "POST" else b""
    url = parts.settings.public_url
    relief = parts.settings.relief
    order = read_order(parts.store, kind, extension, request.args, url, logo=logo, relief=relief)
    if order.page:
        remember(order.page)
    tag = tag_of(order, parts.version)
    if not logo and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        response.set_etag(tag, weak=True)
        return response
    try:
        body = _body(order, tag)
    except NeedsJob:
        if not _asked_by_browser():
            raise
        return _job_page(order)
    response = reply(body)
    shown = "inline" if order.mimetype in _SHOWN else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{order.name}"'
    return response


def _asked_by_browser() -> bool:
    """Whether someone opened the address, rather than a program that takes whatever comes."""
    return request.method == "GET" and asks_for_a_page()


def _job_page(order: Order) -> Response:
    """The page of a file that takes long, with a button that starts its work."""
    words = texts(current_language())
    page = render_template(
        "export_job.html",
        name=order.name,
        pages=order.pages,
        address=request.full_path.rstrip("?"),
        words={k.removeprefix(panel.WORDS): v for k, v in words.items()
               if k.startswith(panel.WORDS)},
        texts={k: v for k, v in words.items() if k.startswith("error.")},
    )  # fmt: skip
    response = make_response(page, 413)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _sent_logo() -> bytes:
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
                Text("Chỉ nhận một tệp logo", "Only one file, the logo, is taken"),
                found=", ".join(names),
                allowed=(FIELD,),
                where=FIELD,
            )
        return read_logo(sent[0].read()) if sent else b""
    finally:
        for each in sent:
            each.close()


def _body(order: Order, tag: str) -> Body:
    exports = cast(Exports, current_app.extensions["portal.export"])
    body = exports.bodies.get(tag)
    if body is None:
        long = order.work is not None
        content = jobs.made(order, tag) if long else exports.pool.run(tag, order.make)
        body = Body(content, order.mimetype, tag)
        exports.bodies.put(tag, body)
    return body


def init_app(app: Flask) -> None:
    """Route the files; half of the server's threads stay free for the map."""
    threads = app.extensions["portal"].settings.threads
    app.extensions["portal.export"] = Exports(RenderPool(WORKERS, max(1, threads // 2)))
    app.add_url_rule(f"{EXPORT}/panel", "export_panel", panel.panel)
    app.add_url_rule(f"{EXPORT}/about/<kind>", "export_about", panel.about)
    app.add_url_rule(f"{EXPORT}/<kind>.<extension>", "export", export, methods=["GET", "POST"])
    jobs.init_app(app)
