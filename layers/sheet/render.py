"""A layer as a sheet: PNG, PDF or SVG, the same bytes for the same layer, options and dataset."""

from __future__ import annotations

import math
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from layers.drawn import DrawnLayer, draw
from layers.layer import Layer
from layers.sheet.box import POINT, Box
from layers.sheet.country import Country, country
from layers.sheet.extent import extent_of, near
from layers.sheet.files import write
from layers.sheet.graticule import draw_graticule
from layers.sheet.layout import Job, Sheet, lay_out, small_size, usable
from layers.sheet.map_panel import Drawing, draw_apart, draw_frame, draw_map
from layers.sheet.metadata import metadata, page_address
from layers.sheet.notes import Footer, footer
from layers.sheet.options import VIEW, WHOLE, SheetOptions
from layers.sheet.paper import Paper
from layers.sheet.relief import relief_pixels
from layers.sheet.subject import Subject, alt_text, layer_subject
from layers.sheet.territory import FINEST_ON_PAPER, Territory, detail_for, territory
from layers.sheet.texts_panel import draw_footer
from layers.sheet.view import View, fit

if TYPE_CHECKING:
    from geodata.store.interface import Store

_MARGIN = 2.5
_ROOMY = 1.6
"""Radius of the circle in a usual unit below which its outline is drawn thinner, mm."""
_NAMED = 75.0
"""Narrowest of several maps on which names are written, mm."""


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
        The page is too small for the map, or the view shows none of it.
    """
    return render(layer_subject(draw(layer, store)), store, options)


def render(subject: Subject, store: Store, options: SheetOptions) -> bytes:
    """Draw one map or several on paper; see `render_sheet`."""
    paper = compose(subject, store, options)
    return write(paper, metadata(subject, store, options, paper.credits), options)


def alt_text_of(layer: Layer, store: Store) -> str:
    """The alternative text of a layer's sheet."""
    return alt_text(draw(layer, store))


def compose(subject: Subject, store: Store, options: SheetOptions) -> Paper:
    """Lay the sheet out and draw it."""
    page = options.page()
    paper = Paper(page.width, page.height, plain_halos=options.format == "svg")
    draw_on(paper, subject, store, options)
    return paper


def draw_on(paper: Paper, subject: Subject, store: Store, options: SheetOptions) -> Footer:
    """Draw the sheet on a page that is there already, its top left corner where it is moved to.

    Returns
    -------
    Footer
        What is said below the maps, also where the options leave it out.
    """
    overviews = _overviews(subject, store)
    meridian = next((each.meridian for each in overviews if each is not None), math.nan)
    address = options.address or page_address(subject, options)
    around = None if math.isnan(meridian) else country(store, meridian)
    # A map of the country needs no map of the country beside it, but has its islands apart.
    first = next((each for each in overviews if each is not None), None)
    national = around if around and first and around.is_shown_by(first) else None
    extent = extent_of(subject, overviews, options, national)
    about = near(overviews, extent, options)
    footing = footer(subject, store, options, meridian, address, near=about)
    job = Job(
        subject=subject,
        footing=footing,
        overviews=overviews,
        extent=extent,
        options=options,
        country=None if national else around,
        islands=_islands(subject, first, national, options),
    )
    sheet = lay_out(job)
    room = usable(job)
    if sheet.logo:
        with Image.open(BytesIO(options.logo)) as picture:
            paper.image(sheet.logo, np.asarray(_printed(picture, options.bw)))
    sheet.head.draw(paper, room.x, room.y)
    for place, cell in enumerate(sheet.plan.cells):
        _draw_cell(paper, job, sheet, store, place=place, cell=cell)
    for block, box in zip(sheet.blocks, sheet.plan.places, strict=True):
        block.draw(paper, box)
    if not options.bare:
        foot = Box(room.x, sheet.foot_top, room.width, 0)
        # The whole address: it leads to the page even where nobody remembers the short one.
        code = page_address(subject, options) if options.public_url else ""
        draw_footer(paper, sheet.foot, foot, small_size(sheet.size), code)
    return footing


def _relief(
    grid: Path | None, shown: Territory, view: View, visible: list[int]
) -> np.ndarray | None:
    """Light and shadow on the units, where a sheet is to have them."""
    if grid is None:
        return None
    return relief_pixels(grid, view, shown.meridian, [shown.shapes[i] for i in visible])


def _islands(
    subject: Subject, shown: Territory | None, national: Country | None, options: SheetOptions
) -> tuple[Country, Callable[[Paper, View, float], None]] | None:
    """The country whose islands stand apart, and what draws the first map's units on them."""
    if national is None or shown is None or not national.islands or options.extent != WHOLE:
        return None

    def draw_units(paper: Paper, view: View, symbols: float) -> None:
        what = Drawing(
            drawn=subject.first,
            territory=shown,
            view=view,
            visible=national.apart(shown),
            numbers={},
            chosen="",
            bw=options.bw,
            size=5.0,
            symbol_scale=symbols,
            largest=subject.key_of(0).largest,
            weight=0.7,
        )
        draw_apart(paper, what)

    return national, draw_units


def _printed(picture: Image.Image, bw: bool) -> Image.Image:
    """A logo in its colours, or in greys."""
    return (picture.convert("LA") if bw else picture).convert("RGBA")


def _overviews(subject: Subject, store: Store) -> tuple[Territory | None, ...]:
    """The units of all maps in the coarsest lines, on one plane."""
    meridian = None
    found = []
    for shown in subject.maps:
        overview = _territory(shown.drawn, store, 1, meridian)
        found.append(overview)
        meridian = overview.meridian if overview and meridian is None else meridian
    return tuple(found)


def _territory(
    drawn: DrawnLayer, store: Store, detail: int, meridian: float | None
) -> Territory | None:
    return territory(store, drawn.layer.level, drawn.layer.drawn_on, detail, meridian)


def _draw_cell(
    paper: Paper, job: Job, sheet: Sheet, store: Store, *, place: int, cell: Box
) -> None:
    """One map in its frame, its heading above and its own key below."""
    heading = sheet.headings[place]
    heading.draw(paper, cell.x, cell.y - heading.height)
    if job.overviews[place] is not None:
        _draw_map(paper, job, sheet, store, place=place, cell=cell)
    draw_frame(paper, cell)
    y = cell.bottom
    for block in sheet.feet[place] if sheet.feet else ():
        y += 0.8 * sheet.size * POINT
        block.draw(paper, Box(cell.x, y, min(block.width, cell.width), block.height))
        y += block.height


def _draw_map(paper: Paper, job: Job, sheet: Sheet, store: Store, *, place: int, cell: Box) -> None:
    drawn, options = job.subject.maps[place].drawn, job.options
    view = fit(job.extent, cell, _MARGIN)
    pixel = 25.4 / options.dpi if options.format == "png" else 0.0
    detail = detail_for(max(FINEST_ON_PAPER, pixel) / view.scale)
    overview = job.overview
    shown = _territory(drawn, store, detail, overview.meridian if overview else None)
    if shown is None:
        return
    several = len(job.subject.maps) > 1
    paper.scale = view.scale
    visible = _visible(shown, view)
    what = Drawing(
        drawn=drawn,
        territory=shown,
        view=view,
        visible=visible,
        numbers=job.footing.numbers[place],
        chosen="" if options.extent in (WHOLE, VIEW) else options.extent,
        bw=options.bw,
        size=max(min(4.8, sheet.size), sheet.size * (0.72 if several else 0.8)),
        symbol_scale=sheet.symbol_scale,
        largest=job.subject.key_of(place).largest,
        weight=_weight(shown, view, sheet.size) * (0.75 if several else 1.0),
        named=not several or cell.width >= _NAMED,
        relief=_relief(options.relief, shown, view, visible),
    )
    draw_map(paper, what)
    if options.graticule:
        paper.clip(view.box)
        draw_graticule(paper, view, shown.meridian, sheet.size * 0.75, drawn.layer.language == "vi")
        paper.clip(None)


def _weight(shown: Territory, view: View, size: float) -> float:
    """Factor of the widths of lines: thinner where units are too small for the usual ones."""
    usual = float(np.median(shown.anchors[:, 2])) * view.scale
    return max(0.7, size / 8.5) * min(1.0, max(0.25, usual / _ROOMY))


def _visible(shown: Territory, view: View) -> list[int]:
    """Places of the units of which something can be seen."""
    west, south, east, north = view.extent
    bounds = shown.bounds
    inside = (bounds[:, 0] < east) & (bounds[:, 2] > west)
    inside &= (bounds[:, 1] < north) & (bounds[:, 3] > south)
    return [int(i) for i in inside.nonzero()[0]]
