"""From an address to a file: the same bytes on the web and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, cast

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message
from geodata.store import Store
from layers.layer import Layer
from layers.sheet import SheetOptions, render_content
from layers.sheet.options import DEFAULT_DPI, VIEW_EXTENT, Format
from layers.sheet.sheet_content import SheetContent
from portal.export.data import DATA_TYPES, data_file
from portal.export.multipage import DOCUMENTS, document_parameters_of, parse_document_request
from portal.export.sheet_parameters import SHEET
from portal.export.sheets import SHEETS, own_key
from portal.export.spec import ExportSpec, file_name
from portal.http_errors import TooLarge
from portal.parameters import LAYER, Parameter, Params, read_parameters
from portal.short_urls.codes import canonical_page, short_path

MAX_PIXELS = 70_000_000
"""An A3 at 600 dpi; its picture takes 280 MB while it is drawn."""
_LARGE = 20_000_000
_one_large_at_a_time = Lock()

SHEET_TYPES = {"png": "image/png", "pdf": "application/pdf", "svg": "image/svg+xml"}
KINDS: dict[str, Mapping[str, str]] = {
    **dict.fromkeys(SHEETS, SHEET_TYPES),
    "data": DATA_TYPES,
    "map": {"html": "text/html"},
    **DOCUMENTS,
}
"""The media type of every file, by its name and ending in the address."""


def parameters_of(kind: str) -> tuple[Parameter, ...]:
    """The parameters of a kind of sheet, or of another file."""
    if kind in DOCUMENTS:
        return document_parameters_of(kind)
    return SHEETS[kind].parameters if kind in SHEETS else LAYER


def parse_export_request(
    store: Store,
    kind: str,
    extension: str,
    args: MultiDict[str, str],
    public_url: str,
    *,
    logo: bytes = b"",
    relief: Path | None = None,
) -> ExportSpec:
    """Read an address.

    Parameters
    ----------
    kind, extension
        The name in the path: ``sheet`` and ``png``.
    logo
        As `portal.export.logo.read_logo` gives it.
    relief
        The portal's grid of elevations, which ``hillshade=1`` draws; None where it has none.

    Raises
    ------
    InvalidInput, NotFound
        A parameter is not allowed, or there is no such file.
    TooLarge
        The picture would have too many pixels.
    """
    types = KINDS.get(kind, {})
    if extension not in types:
        found = f"{kind}.{extension}"
        names = [f"{each}.{e}" for each, made in KINDS.items() for e in made]
        raise unknown_name(Message("There is no such export"), found, names)
    if logo and kind not in SHEETS:
        what = Message("This file has no place for a logo")
        raise InvalidInput(what, found=f"{kind}.{extension}", where="logo")
    if kind in DOCUMENTS:
        return parse_document_request(store, kind, args, public_url)
    params = read_parameters(parameters_of(kind), args)
    query = {k: v for k, v in args.items() if v}
    if kind in SHEETS:
        options = sheet_options(params, cast(Format, extension), public_url, relief)
        options = replace(options, logo=logo)
        return _sheet_spec(store, kind, query, params, options)
    layer = Layer.from_query(query, store)
    name = f"{file_name(layer)}.{extension}"
    if kind == "data":
        key: tuple[object, ...] = (kind, extension, *layer.to_query().items())
        return ExportSpec(key, name, types[extension], lambda: data_file(layer, store, extension))
    key = (kind, public_url, *layer.to_query().items())
    return ExportSpec(
        key, name, types[extension], lambda: _standalone_html(layer, store, public_url)
    )


def _standalone_html(layer: Layer, store: Store, public_url: str) -> bytes:
    # A worker that draws a sheet needs no folium, nor its memory.
    from portal.export.standalone_html import standalone_html  # noqa: PLC0415

    return standalone_html(layer, store, public_url)


def _sheet_spec(
    store: Store, kind: str, query: dict[str, str], params: Params, options: SheetOptions
) -> ExportSpec:
    sheet = SHEETS[kind]
    layer = sheet.layer(query, store)
    shown = canonical_page(sheet.address(query), store) if options.public_url else ""
    if shown:
        options = replace(options, address=options.public_url + short_path(shown))
    content = partial(sheet.show, query, params, store)
    key = (kind, options, *layer.to_query().items(), *own_key(sheet, params), query.get("on"))
    prefix = "" if kind == "sheet" else f"{kind}_"
    name = f"{prefix}{file_name(layer)}.{options.format}"
    mimetype = SHEET_TYPES[options.format]
    return ExportSpec(key, name, mimetype, lambda: _sheet(content, store, options), page=shown)


def sheet_options(
    params: Params, extension: Format, public_url: str = "", relief: Path | None = None
) -> SheetOptions:
    """The options of a sheet from its parameters."""
    if ("width" in params) != ("height" in params):
        raise InvalidInput(
            Message("One side of the page is missing"),
            allowed=Message("width and height, or neither"),
            where="height" if "width" in params else "width",
        )
    if ("bbox" in params) != (params.get("extent") == VIEW_EXTENT):
        raise InvalidInput(
            Message("A view needs both parameters"),
            allowed=Message("extent=view and bbox=west,south,east,north, or neither"),
            where="bbox",
        )  # fmt: skip
    shaded = bool(params.get("hillshade"))
    if shaded and (relief is None or params.get("bw")):
        raise InvalidInput(
            Message("Relief cannot be drawn"),
            found="bw=1" if relief else "hillshade=1",
            allowed=Message("only with a grid of elevations (PORTAL_RELIEF), on a map in colours"),
            remedy=Message("Leave out hillshade"),
            where="hillshade",
        )  # fmt: skip
    own = {parameter.name for parameter in SHEET} - {"hillshade"}
    chosen: dict[str, Any] = {name: value for name, value in params.items() if name in own}
    chosen["dpi"] = int(chosen.get("dpi", DEFAULT_DPI))
    chosen["relief"] = relief if shaded else None
    options = SheetOptions(format=extension, public_url=public_url, **chosen)
    width, height = options.pixels()
    most = MAX_PIXELS // 1_000_000
    if extension == "png" and width * height > MAX_PIXELS:
        raise TooLarge(
            Message("The picture would be too large"),
            found=f"{width} × {height}",
            allowed=Message("at most {most} million pixels", most=most),
            remedy=Message("Lower the dpi or the size of the page"),
            where="dpi",
        )
    return options


def _sheet(content: Callable[[], SheetContent], store: Store, options: SheetOptions) -> bytes:
    width, height = options.pixels()
    large = options.format == "png" and width * height > _LARGE
    with _one_large_at_a_time if large else nullcontext():
        return render_content(content(), store, options)
