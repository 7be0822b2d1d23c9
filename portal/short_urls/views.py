"""``/s/<code>`` leads to its map; ``POST /export/short`` gives the short address of a page."""

from __future__ import annotations

from threading import Lock
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
from portal.serializers.export_types import ShortAddressDocument
from portal.short_urls.codes import RULE, canonical_page, ordinary_pages, read_code
from portal.short_urls.short_url_store import FILE_NAME, ShortUrlStore, keep_page, short_url_store
from portal.urls import EXPORT, split_url

_one_at_a_time = Lock()


def follow(code: str) -> BaseResponse:
    """To the map of a code; to a choice where the code stands for several."""
    read = read_code(code)
    pages = short_url_store().follow(read) or _ordinary(read)
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
    """The short address of a page, remembered from now on, and the code that a telephone reads.

    Whole where the operator or the browser's Origin says how the portal is reached, else a path;
    empty where it would not be remembered.
    """
    address = address_in_body("/?…")
    state = app_state()
    page = canonical_page(address, state.store)
    base = state.settings.public_url or _origin()
    short = keep_page(page, state.store)
    document: ShortAddressDocument = {
        "short": base + short if short else "",
        "long": base + page,
        "qr": _picture(base + page) if base else "",
    }
    answer = jsonify(document)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _ordinary(code: str) -> tuple[str, ...]:
    if not code:
        return ()
    with _one_at_a_time:
        return ordinary_pages(app_state().store).get(code, ())


def _origin() -> str:
    """The origin that the browser's own page names; the answer goes to nobody else."""
    parts = split_url(request.headers.get("Origin", ""))
    known = parts.scheme in ("http", "https") and parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if known else ""


def _picture(address: str) -> str:
    """A QR code of the whole address: it leads to the map even where the table was lost."""
    code = segno.make(address, error="l", micro=False)
    return code.svg_data_uri(border=2, scale=3, dark="#10181f", light="#ffffff")


def _title(page: str) -> str:
    """The title of a page; its address where the dataset no longer has its layer."""
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
