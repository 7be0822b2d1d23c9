"""``/export/sheet.*`` and ``/export/data.*``: made once, kept, and not made for who has them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, current_app, request

from portal.bodies import Body, BodyCache
from portal.export import panel
from portal.export.making import Order, read_order
from portal.export.pool import RenderPool
from portal.replies import reply
from portal.services import services

PREFIX = "/export"
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


def tag_of(order: Order, version: str) -> str:
    """The tag of a file: it changes with the dataset and with what is asked, never by itself."""
    return hashlib.sha256(repr((version, order.key)).encode()).hexdigest()[:20]


def _body(order: Order, tag: str) -> Body:
    exports = cast(Exports, current_app.extensions["portal.export"])
    body = exports.bodies.get(tag)
    if body is None:
        body = Body(exports.pool.run(tag, order.make), order.mimetype, tag)
        exports.bodies.put(tag, body)
    return body


def init_app(app: Flask) -> None:
    """Route the files; half of the server's threads stay free for the map."""
    threads = app.extensions["portal"].settings.threads
    app.extensions["portal.export"] = Exports(RenderPool(WORKERS, max(1, threads // 2)))
    app.add_url_rule(f"{PREFIX}/panel", "export_panel", panel.panel)
    app.add_url_rule(f"{PREFIX}/<kind>.<extension>", "export", export)
