"""A layer as a sheet: PNG, PDF or SVG, the same bytes for the same layer, options and dataset."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geodata.errors import unknown
from geodata.text import Text
from layers.drawn import DrawnLayer, draw
from layers.layer import Layer
from layers.sheet.box import Box
from layers.sheet.files import write
from layers.sheet.graticule import draw_graticule
from layers.sheet.layout import Job, Sheet, lay_out, small_size, usable
from layers.sheet.map_panel import Drawing, draw_frame, draw_map
from layers.sheet.metadata import alt_text, metadata, page_address
from layers.sheet.notes import footer
from layers.sheet.options import WHOLE, SheetOptions
from layers.sheet.paper import Paper
from layers.sheet.territory import FINEST_ON_PAPER, Territory, detail_for, territory
from layers.sheet.texts_panel import draw_footer
from layers.sheet.view import Extent, View, fit

if TYPE_CHECKING:
    from geodata.store.interface import Store

_MARGIN = 2.5
_NOWHERE: Extent = (0.0, 0.0, 1.4, 1.0)


def render_sheet(layer: Layer, store: Store, options: SheetOptions) -> bytes:
    """Draw a layer on paper.

    Parameters
    ----------
    layer
        Its classes and colours are those of `layers.drawn.draw`; its title is the sheet's.

    Raises
    ------
    NotFound
        The extent is no unit of the map.
    InvalidInput
        The page is too small for the map.
    """
    drawn = draw(layer, store)
    paper = compose(drawn, store, options)
    return write(paper, metadata(drawn, store, options), options)


def alt_text_of(layer: Layer, store: Store) -> str:
    """The alternative text of a layer's sheet."""
    return alt_text(draw(layer, store))


def compose(drawn: DrawnLayer, store: Store, options: SheetOptions) -> Paper:
    """Lay the sheet out and draw it."""
    layer, page = drawn.layer, options.page()
    overview = territory(store, layer.level, layer.drawn_on, 1)
    meridian = overview.meridian if overview else math.nan
    address = page_address(drawn, options)
    extent = _extent(overview, drawn, options.extent)
    near: tuple[str, ...] = ()
    if overview is not None and options.extent != WHOLE:
        near = tuple(overview.unit_ids[i] for i in overview.neighbours(options.extent))
    footing = footer(drawn, store, options, meridian, address, near=near)
    job = Job(drawn, footing, overview, extent, options)
    sheet = lay_out(job)
    paper = Paper(page.width, page.height, plain_halos=options.format == "svg")
    room = usable(job)
    sheet.head.draw(paper, room.x, room.y)
    if overview is not None:
        _draw_map(paper, job, sheet, store)
    draw_frame(paper, sheet.plan.map)
    for block, place in zip(sheet.blocks, sheet.plan.places, strict=True):
        block.draw(paper, place)
    foot = Box(room.x, sheet.foot_top, room.width, 0)
    code = address if options.public_url else ""
    draw_footer(paper, sheet.foot, foot, small_size(sheet.size), code)
    return paper


def _extent(overview: Territory | None, drawn: DrawnLayer, wanted: str) -> Extent:
    """What the map shows, metres on the plane: all units, or one and those it borders on."""
    if wanted != WHOLE and (overview is None or wanted not in overview.unit_ids):
        what = Text("Không có đơn vị này trên bản đồ", "There is no such unit on the map")
        fault = unknown(what, wanted, (WHOLE, *drawn.units))
        fault.where = "extent"
        raise fault
    if overview is None:
        return _NOWHERE
    if wanted == WHOLE:
        return overview.extent
    bounds = overview.bounds[overview.neighbours(wanted)]
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _draw_map(paper: Paper, job: Job, sheet: Sheet, store: Store) -> None:
    layer, options = job.drawn.layer, job.options
    view = fit(job.extent, sheet.plan.map, _MARGIN)
    pixel = 25.4 / options.dpi if options.format == "png" else 0.0
    detail = detail_for(max(FINEST_ON_PAPER, pixel) / view.scale)
    shown = territory(store, layer.level, layer.drawn_on, detail)
    if shown is None:
        return
    paper.scale = view.scale
    what = Drawing(
        drawn=job.drawn,
        territory=shown,
        view=view,
        visible=_visible(shown, view),
        numbers=job.footing.numbers,
        chosen="" if options.extent == WHOLE else options.extent,
        bw=options.bw,
        size=max(min(4.8, sheet.size), sheet.size * 0.8),
        symbol_scale=sheet.symbol_scale,
        weight=max(0.7, sheet.size / 8.5),
    )
    draw_map(paper, what)
    if options.graticule:
        paper.clip(view.box)
        draw_graticule(paper, view, shown.meridian, sheet.size * 0.75, layer.language == "vi")
        paper.clip(None)


def _visible(shown: Territory, view: View) -> list[int]:
    """Places of the units of which something can be seen."""
    west, south, east, north = view.extent
    bounds = shown.bounds
    inside = (bounds[:, 0] < east) & (bounds[:, 2] > west)
    inside &= (bounds[:, 1] < north) & (bounds[:, 3] > south)
    return [int(i) for i in inside.nonzero()[0]]
