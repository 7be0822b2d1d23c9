"""``/export/sheet.*`` and ``/export/data.*``: made once, kept, and not made for who has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, current_app, request

from portal.bodies import Body, BodyCache
from portal.export import jobs, panel
from portal.export.making import read_order
from portal.export.order import Order, tag_of
from portal.export.pool import RenderPool
from portal.links import EXPORT
from portal.replies import reply
from portal.services import services

WORKERS = 2
_CACHE_BYTES = 96_000_000
# Browsers draw these in a page of their own; the rest is for saving.
_SHOWN = ("image/png", "application/pdf")


@dataclass(frozen=True)
class Exports:
    """What an app keeps for exporting."""

    pool: RenderPool
    bodies: BodyCache = field(default_factory=lambda: BodyCache(_CACHE_BYTES))


def export(kind: str, extension: str) -> Response:
    """A file of the layer in the address."""
    parts = services()
    order = read_order(parts.store, kind, extension, request.args, parts.settings.public_url)
    tag = tag_of(order, parts.version)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        response.set_etag(tag, weak=True)
        return response
    response = reply(_body(order, tag))
    shown = "inline" if order.mimetype in _SHOWN else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{order.name}"'
    return response


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
    app.add_url_rule(f"{EXPORT}/<kind>.<extension>", "export", export)
    jobs.init_app(app)
