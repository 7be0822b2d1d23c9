"""Sheets as files: what is allowed of a sheet, how it is named, and its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import nullcontext
from threading import Lock
from typing import Any, cast

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.model import Level
from geodata.store import Store
from layers.sheet import SheetOptions, render_content
from layers.sheet.extent import no_such_extent
from layers.sheet.options import DEFAULT_DPI, FULL_EXTENT, VIEW_EXTENT, Format
from portal.export.request import ExportPlan, ExportRequest
from portal.export.sheets import SHEETS
from portal.export.spec import layer_file_name
from portal.http_errors import TooLarge
from portal.parameters.declared_files import SHEET
from portal.parameters.reader import Params
from portal.short_urls.codes import canonical_page, short_path
from portal.tasks.progress import ProgressCallback

MAX_PIXELS = 70_000_000
"""An A3 at 600 dpi; its picture takes 280 MB while it is drawn."""
SHEET_TYPES = {"png": "image/png", "pdf": "application/pdf", "svg": "image/svg+xml"}
_LARGE = 20_000_000
_one_large_at_a_time = Lock()


def plan_sheet(name: str, request: ExportRequest, store: Store) -> ExportPlan:
    """Check a request for a sheet of the kind called ``name``.

    Raises
    ------
    InvalidInput, NotFound
        A parameter is not allowed, or does not go with the others.
    TooLarge
        The picture would have too many pixels.
    """
    sheet, params, public_url = SHEETS[name], request.params, request.settings.public_url
    options = sheet_options(request)
    canonical = sheet.canonical(params.query, store)
    # A refusal must not wait behind the sheets that are being drawn.
    sheet.check(params, store)
    _check_extent(options.extent, canonical, store)
    prefix = "" if name == "sheet" else f"{name}_"
    return ExportPlan(
        canonical,
        f"{prefix}{layer_file_name(sheet.layer(params.query, store))}.{options.format}",
        short_page=canonical_page(sheet.address(params.query), store) if public_url else "",
    )


def render_sheet(
    name: str, request: ExportRequest, store: Store, on_progress: ProgressCallback
) -> bytes:
    """Draw a sheet; of the large ones one at a time, since each takes much memory."""
    options = sheet_options(request)
    width, height = options.pixels()
    large = options.format == "png" and width * height > _LARGE
    with _one_large_at_a_time if large else nullcontext():
        return render_content(SHEETS[name].show(request.params, store), store, options)


def sheet_options(request: ExportRequest) -> SheetOptions:
    """The options of a sheet from what is asked for.

    Raises
    ------
    InvalidInput
        Parameters do not go together.
    TooLarge
        The picture would have too many pixels.
    """
    params, settings, page = request.params, request.settings, request.short_page
    _check_page_and_view(params)
    shaded = bool(params.get("hillshade"))
    if shaded and (settings.relief is None or params.get("bw")):
        raise InvalidInput(
            Message("Relief cannot be drawn"),
            found="bw=1" if settings.relief else "hillshade=1",
            allowed=Message("only with a grid of elevations (PORTAL_RELIEF), on a map in colours"),
            remedy=Message("Leave out hillshade"),
            where="hillshade",
        )
    request.check_rasters_in_colours()
    names = {parameter.name for parameter in SHEET} - {"hillshade"}
    chosen: dict[str, Any] = {name: value for name, value in params.items() if name in names}
    chosen["dpi"] = int(chosen.get("dpi", DEFAULT_DPI))
    chosen["relief"] = settings.relief if shaded else None
    chosen["rasters"] = settings.rasters
    options = SheetOptions(
        format=cast(Format, request.format),
        public_url=settings.public_url,
        address=settings.public_url + short_path(page) if page else "",
        logo=request.logo,
        **chosen,
    )
    _check_pixels(options)
    return options


def _check_extent(extent: str, canonical: Mapping[str, str], store: Store) -> None:
    """Refuse an extent that is neither a word for one nor a unit of the maps' days."""
    if extent in (FULL_EXTENT, VIEW_EXTENT):
        return
    level = cast(Level, canonical["level"])
    days = [dt.date.fromisoformat(canonical[name]) for name in ("date", "on") if name in canonical]
    shown = [
        unit.unit_id
        for day in days
        for unit in store.units(level=level, date=day, with_shape=True).items
    ]
    if extent not in shown:
        raise no_such_extent(extent, shown)


def _check_page_and_view(params: Params) -> None:
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
        )


def _check_pixels(options: SheetOptions) -> None:
    width, height = options.pixels()
    if options.format == "png" and width * height > MAX_PIXELS:
        raise TooLarge(
            Message("The picture would be too large"),
            found=f"{width} × {height}",
            allowed=Message("at most {most} million pixels", most=MAX_PIXELS // 1_000_000),
            remedy=Message("Lower the dpi or the size of the page"),
            where="dpi",
        )
