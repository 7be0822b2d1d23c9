"""A layer as a sheet: PNG, PDF or SVG, the same bytes for the same layer, options and dataset."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.places.place_view import resolve_places
from layers.rasters.raster_view import resolve_rasters
from layers.sheet.canvas import Canvas
from layers.sheet.extent import map_extent, units_in_focus
from layers.sheet.footer import Footer, build_footer
from layers.sheet.layout import SheetLayout
from layers.sheet.layout_block import MM_PER_POINT, Rect
from layers.sheet.layout_parts import footer_type_size
from layers.sheet.layout_request import LayoutRequest, printable_area
from layers.sheet.locator_map import CountryOutline, country_outline
from layers.sheet.map_furniture import draw_graticule
from layers.sheet.map_geometry import MapGeometry
from layers.sheet.map_panel import MapPanel, draw_frame, draw_inset_units, draw_map_panel
from layers.sheet.options import FULL_EXTENT, SheetOptions
from layers.sheet.pdf_tags import Tag
from layers.sheet.placed_maps import PlacedMap, lay_out_with_names, view_geometry
from layers.sheet.raster_marks import raster_image
from layers.sheet.relief import relief_pixels
from layers.sheet.sheet_content import SheetContent, alt_text, layer_content
from layers.sheet.text_panel import draw_footer
from layers.sheet.viewport import Viewport
from layers.sheet.writers import page_url, sheet_metadata, write_sheet

if TYPE_CHECKING:
    from geodata.store.interface import Store


def render_sheet(layer: Layer, store: Store, options: SheetOptions) -> bytes:
    """Draw a layer on paper.

    Parameters
    ----------
    layer
        Its classes and colours are those of `layers.layer_view.resolve_layer`; its title is the
        sheet's.

    Raises
    ------
    NotFound
        The extent is no unit of the map.
    InvalidInput
        The page is too small for the map, or the view shows none of it.
    """
    return render_content(layer_content(resolve_layer(layer, store)), store, options)


def render_content(content: SheetContent, store: Store, options: SheetOptions) -> bytes:
    """Draw one map or several on paper; see `render_sheet`."""
    canvas = compose_sheet(content, store, options)
    return write_sheet(canvas, sheet_metadata(content, store, options, canvas), options)


def layer_alt_text(layer: Layer, store: Store) -> str:
    """The alternative text of a layer's sheet."""
    return alt_text(resolve_layer(layer, store))


def compose_sheet(content: SheetContent, store: Store, options: SheetOptions) -> Canvas:
    """Lay the sheet out and draw it."""
    page = options.page()
    canvas = Canvas(page.width, page.height, plain_halos=options.format == "svg")
    draw_sheet(canvas, content, store, options)
    return canvas


def draw_sheet(
    canvas: Canvas, content: SheetContent, store: Store, options: SheetOptions
) -> Footer:
    """Draw the sheet on a page that is there already, its top left corner where it is moved to.

    Returns
    -------
    Footer
        What is said below the maps, also where the options leave it out.
    """
    overviews = _overviews(content, store)
    meridian = next((each.meridian for each in overviews if each is not None), math.nan)
    # Without its host an address leads nowhere, but a short one can be typed behind any.
    address = options.address or (page_url(content, options) if options.public_url else "")
    around = None if math.isnan(meridian) else country_outline(store, meridian)
    # A map of the country needs no map of the country beside it, but has its islands apart.
    first = next((each for each in overviews if each is not None), None)
    national = around if around and first and around.is_covered_by(first) else None
    extent = map_extent(content, overviews, options, national)
    about = units_in_focus(overviews, extent, options)
    request = LayoutRequest(
        content=content,
        footer=build_footer(content, store, options, meridian, address, near=about),
        overviews=overviews,
        extent=extent,
        options=options,
        country=None if national else around,
        islands=_islands(content, first, national, options),
        places=resolve_places(store, content.first.layer.places),
        rasters=resolve_rasters(content.first.layer.rasters, options.rasters),
    )
    request, sheet, maps = lay_out_with_names(request, store)
    room = printable_area(request)
    if not options.bare:
        with canvas.tagged(Tag("H1")):
            sheet.head.draw(canvas, room.x, room.y)
    with canvas.tagged(Tag("Figure", content.alt)):
        _draw_figure(canvas, request, sheet, maps)
    if not options.bare:
        foot = Rect(room.x, sheet.foot_top, room.width, 0)
        # The whole address: it leads to the page even where nobody remembers the short one.
        code = page_url(content, options)
        code = code if options.public_url and not options.page().brief else ""
        with canvas.tagged(Tag("P")):
            draw_footer(canvas, sheet.foot, foot, footer_type_size(sheet.size), code)
        canvas.small_print = request.footer.small_print() if options.page().brief else []
    return request.footer


def _draw_figure(
    canvas: Canvas,
    request: LayoutRequest,
    sheet: SheetLayout,
    maps: Sequence[PlacedMap | None],
) -> None:
    """The maps with their legends, and what stands beside and below them."""
    options = request.options
    if sheet.logo:
        with Image.open(BytesIO(options.logo)) as picture:
            canvas.image(sheet.logo, np.asarray(_printed(picture, options.bw)))
    for place, shown in enumerate(maps):
        _draw_cell(canvas, request, sheet, place=place, shown=shown)
    for block, box in zip(sheet.blocks, sheet.plan.places, strict=True):
        block.draw(canvas, box)


def _relief(
    grid: Path | None, shown: MapGeometry, viewport: Viewport, visible: list[int]
) -> np.ndarray | None:
    """Light and shadow on the units, where a sheet is to have them."""
    if grid is None:
        return None
    return relief_pixels(grid, viewport, shown.meridian, [shown.shapes[i] for i in visible])


def _islands(
    content: SheetContent,
    shown: MapGeometry | None,
    national: CountryOutline | None,
    options: SheetOptions,
) -> tuple[CountryOutline, Callable[[Canvas, Viewport, float], None]] | None:
    """The country whose islands stand apart, and what draws the first map's units on them."""
    if national is None or shown is None or not national.islands or options.extent != FULL_EXTENT:
        return None

    def draw_units(canvas: Canvas, viewport: Viewport, symbols: float) -> None:
        panel = MapPanel(
            layer_view=content.first,
            geometry=shown,
            viewport=viewport,
            visible=national.island_units(shown),
            numbers={},
            chosen="",
            bw=options.bw,
            size=5.0,
            symbol_scale=symbols,
            largest=content.legend_of(0).largest,
            weight=0.7,
        )
        draw_inset_units(canvas, panel)

    return national, draw_units


def _printed(picture: Image.Image, bw: bool) -> Image.Image:
    """A logo in its colours, or in greys."""
    return (picture.convert("LA") if bw else picture).convert("RGBA")


def _overviews(content: SheetContent, store: Store) -> tuple[MapGeometry | None, ...]:
    """The units of all maps in the coarsest lines, on one plane."""
    meridian = None
    found = []
    for shown in content.maps:
        overview = view_geometry(shown.layer_view, store, 1, meridian)
        found.append(overview)
        meridian = overview.meridian if overview and meridian is None else meridian
    return tuple(found)


def _draw_cell(
    canvas: Canvas,
    request: LayoutRequest,
    sheet: SheetLayout,
    *,
    place: int,
    shown: PlacedMap | None,
) -> None:
    """One map in its frame, its heading above and its own legend below or beside it."""
    heading, cell = sheet.headings[place], sheet.plan.cells[place]
    heading.draw(canvas, cell.x, cell.y - heading.height)
    if shown is not None:
        _draw_map(canvas, request, sheet, shown)
    draw_frame(canvas, cell)
    gap = 0.8 * sheet.size * MM_PER_POINT
    x, y = (cell.right + gap, cell.y) if sheet.feet_beside else (cell.x, cell.bottom + gap)
    for block in sheet.feet[place] if sheet.feet else ():
        block.draw(canvas, Rect(x, y, block.width, block.height))
        y += block.height + gap


def _draw_map(canvas: Canvas, request: LayoutRequest, sheet: SheetLayout, shown: PlacedMap) -> None:
    panel, options = shown.panel, request.options
    viewport, geometry = panel.viewport, panel.geometry
    canvas.scale = viewport.scale
    drawn = replace(
        panel,
        relief=_relief(options.relief, geometry, viewport, panel.visible),
        rasters=tuple(raster_image(r, viewport, geometry.meridian) for r in request.rasters),
    )
    draw_map_panel(canvas, drawn, shown.names)
    if options.graticule:
        canvas.clip(viewport.box)
        language = panel.layer_view.layer.language
        draw_graticule(canvas, viewport, geometry.meridian, sheet.size * 0.75, language)
        canvas.clip(None)
