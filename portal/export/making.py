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
from geodata.store import Store
from geodata.text import Text
from layers.layer import Layer
from layers.sheet import SheetOptions, render_content
from layers.sheet.options import DEFAULT_DPI, VIEW_EXTENT, Format
from layers.sheet.sheet_content import SheetContent
from portal.export.data import DATA_TYPES, data_file
from portal.export.long import DOCUMENTS, declared_of, read_document
from portal.export.order import Order, file_name
from portal.export.parameters import SHEET
from portal.export.sheets import SHEETS, asked_key
from portal.parameters import LAYER, Ask, Parameter, read_parameters
from portal.refusals import TooLarge
from portal.short.codes import canonical_page, short_path

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


def declared(kind: str) -> tuple[Parameter, ...]:
    """The parameters of a kind of sheet, or of another file."""
    if kind in DOCUMENTS:
        return declared_of(kind)
    return SHEETS[kind].parameters if kind in SHEETS else LAYER


def read_order(
    store: Store,
    kind: str,
    extension: str,
    args: MultiDict[str, str],
    public_url: str,
    *,
    logo: bytes = b"",
    relief: Path | None = None,
) -> Order:
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
        raise unknown_name(Text("Không có tệp xuất này", "There is no such export"), found, names)
    if logo and kind not in SHEETS:
        what = Text("Tệp này không có chỗ cho logo", "This file has no place for a logo")
        raise InvalidInput(what, found=f"{kind}.{extension}", where="logo")
    if kind in DOCUMENTS:
        return read_document(store, kind, args, public_url)
    ask = read_parameters(declared(kind), args)
    given = {k: v for k, v in args.items() if v}
    if kind in SHEETS:
        options = sheet_options(ask, cast(Format, extension), public_url, relief)
        options = replace(options, logo=logo)
        return _sheet_order(store, kind, given, ask, options)
    layer = Layer.from_query(given, store)
    name = f"{file_name(layer)}.{extension}"
    if kind == "data":
        key: tuple[object, ...] = (kind, extension, *layer.to_query().items())
        return Order(key, name, types[extension], lambda: data_file(layer, store, extension))
    key = (kind, public_url, *layer.to_query().items())
    return Order(key, name, types[extension], lambda: _carried(layer, store, public_url))


def _carried(layer: Layer, store: Store, public_url: str) -> bytes:
    # A worker that draws a sheet needs no folium, nor its memory.
    from portal.export.carried import carried_map  # noqa: PLC0415

    return carried_map(layer, store, public_url)


def _sheet_order(
    store: Store, kind: str, given: dict[str, str], ask: Ask, options: SheetOptions
) -> Order:
    sheet = SHEETS[kind]
    layer = sheet.layer(given, store)
    shown = canonical_page(sheet.address(given), store) if options.public_url else ""
    if shown:
        options = replace(options, address=options.public_url + short_path(shown))
    content = partial(sheet.show, given, ask, store)
    key = (kind, options, *layer.to_query().items(), *asked_key(sheet, ask), given.get("on"))
    prefix = "" if kind == "sheet" else f"{kind}_"
    name = f"{prefix}{file_name(layer)}.{options.format}"
    return Order(key, name, SHEET_TYPES[options.format], lambda: _sheet(content, store, options),
                 page=shown)  # fmt: skip


def sheet_options(
    ask: Ask, extension: Format, public_url: str = "", relief: Path | None = None
) -> SheetOptions:
    """The options of a sheet from its parameters."""
    if ("width" in ask) != ("height" in ask):
        raise InvalidInput(
            Text("Thiếu một cạnh của khổ giấy", "One side of the page is missing"),
            allowed=Text("cả width và height, hoặc không", "width and height, or neither"),
            where="height" if "width" in ask else "width",
        )
    if ("bbox" in ask) != (ask.get("extent") == VIEW_EXTENT):
        raise InvalidInput(
            Text("Khung nhìn cần cả hai tham số", "A view needs both parameters"),
            allowed=Text("extent=view và bbox=tây,nam,đông,bắc, hoặc không",
                         "extent=view and bbox=west,south,east,north, or neither"),
            where="bbox",
        )  # fmt: skip
    shaded = bool(ask.get("hillshade"))
    if shaded and (relief is None or ask.get("bw")):
        raise InvalidInput(
            Text("Không tô bóng địa hình được", "Relief cannot be drawn"),
            found="bw=1" if relief else "hillshade=1",
            allowed=Text("chỉ khi có lưới độ cao (PORTAL_RELIEF) và bản đồ có màu",
                         "only with a grid of elevations (PORTAL_RELIEF), on a map in colours"),
            remedy=Text("Bỏ tham số hillshade", "Leave out hillshade"),
            where="hillshade",
        )  # fmt: skip
    own = {parameter.name for parameter in SHEET} - {"hillshade"}
    chosen: dict[str, Any] = {name: value for name, value in ask.items() if name in own}
    chosen["dpi"] = int(chosen.get("dpi", DEFAULT_DPI))
    chosen["relief"] = relief if shaded else None
    options = SheetOptions(format=extension, public_url=public_url, **chosen)
    width, height = options.pixels()
    most = MAX_PIXELS // 1_000_000
    if extension == "png" and width * height > MAX_PIXELS:
        raise TooLarge(
            Text("Ảnh quá lớn", "The picture would be too large"),
            found=f"{width} × {height}",
            allowed=Text(f"tối đa {most} triệu điểm ảnh", f"at most {most} million pixels"),
            remedy=Text("Giảm dpi hoặc khổ giấy", "Lower the dpi or the size of the page"),
            where="dpi",
        )
    return options


def _sheet(content: Callable[[], SheetContent], store: Store, options: SheetOptions) -> bytes:
    width, height = options.pixels()
    large = options.format == "png" and width * height > _LARGE
    with _one_large_at_a_time if large else nullcontext():
        return render_content(content(), store, options)
