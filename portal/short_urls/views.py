"""``/s/<code>`` leads to its map; ``POST /export/short`` gives the short address of a page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import segno
from flask import (
    Flask,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import NotFound, PortalError
from geodata.i18n import Message
from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from portal.app_state import app_state
from portal.request_body import address_in_body
from portal.short_urls.codes import RULE, canonical_page, read_code
from portal.short_urls.short_url_store import FILE_NAME, ShortUrlStore, save_page, short_url_store
from portal.urls import EXPORT


def follow(code: str) -> BaseResponse:
    """To the map of a code; to a choice where the code stands for several."""
    pages = short_url_store().lookup(read_code(code))
    if not pages:
        raise NotFound(
            Message("This server does not remember that short address"),
            found=code,
            allowed=Message("eight digits and letters as printed on the map"),
            remedy=Message(
"Scan the QR code printed beside it, which carries the full address; or open "
"the map and choose the indicator and period named in the title"),
        )  # fmt: skip
    if len(pages) == 1:
        response: BaseResponse = redirect(pages[0])
    else:
        choices = [{"url": page, "title": _title(page)} for page in pages]
        response = make_response(
            render_template("short_url_choices.html", code=code, choices=choices)
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def create() -> Response:
    """The short address of a page, remembered from now on, and the code that a telephone reads."""
    address = address_in_body("/?…")
    state = app_state()
    page = canonical_page(address, state.store)
    base = state.settings.public_url or request.host_url.rstrip("/")
    # The picture carries the whole address: it leads to the map even where the table was lost.
    code = segno.make(base + page, error="l", micro=False)
    picture = code.svg_data_uri(border=2, scale=3, dark="#10181f", light="#ffffff")
    answer = jsonify(short=base + save_page(page), long=base + page, qr=picture)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _title(page: str) -> str:
    """What a page shows, in words; its address where the dataset does not have it any more."""
    store: Store = app_state().store
    try:
        layer = Layer.from_query(dict(parse_qsl(urlsplit(page).query)), store)
        layer_view = resolve_layer(layer, store)
    except PortalError:
        return page
    return f"{layer_view.title}. {layer_view.subtitle}"


def init_app(app: Flask) -> None:
    """Route the short addresses; the table is made when the first is remembered."""
    settings = app.extensions["portal"].settings
    app.extensions["portal.short_urls"] = ShortUrlStore(settings.instance / FILE_NAME)
    app.add_url_rule(f"{RULE}/<code>", "short", follow)
    app.add_url_rule(f"{EXPORT}/short", "share", create, methods=["POST"])
