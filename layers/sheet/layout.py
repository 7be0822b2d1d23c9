"""From what a sheet shows to its plan, in the largest type that leaves the map its room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import product

from PIL import Image

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.model import Level
from layers.places.place_view import NO_PLACES, PlaceView
from layers.rasters.raster_view import RasterView
from layers.sheet.canvas import Canvas
from layers.sheet.fonts import text_width
from layers.sheet.footer import Footer
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.layout_solver import LayoutPlan, solve_layout
from layers.sheet.legend_panel import class_blocks, legend_blocks, signs_blocks
from layers.sheet.locator_map import CountryOutline, islands_inset_block, locator_map_block
from layers.sheet.map_furniture import draw_scale_bar, extent_indicator_block, scale_bar_size
from layers.sheet.map_geometry import MapGeometry
from layers.sheet.map_grid import MapGrid
from layers.sheet.options import FULL_EXTENT, VIEW_EXTENT, SheetOptions
from layers.sheet.place_marks import place_legend_block
from layers.sheet.ranking_table import ranking_table_block
from layers.sheet.raster_marks import raster_legend_block
from layers.sheet.sheet_content import SheetContent
from layers.sheet.text_panel import (
    TextPanel,
    footer_panel,
    header_panel,
    map_heading_panel,
    qr_side,
    shift_panel,
)
from layers.sheet.viewport import Extent, Viewport

_SIZES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
_LEAST_SCALES = (0.66, 0.4, 0.2)
"""The map is to have this share of the scale it would have without a legend."""
_KEPT = 0.93
"""Share of its scale that a map keeps beside the small map of the country."""
_LEAST_SIZE = 4.4
"""Smallest type of the legend that can be read on paper, points."""
_LEAST_BODY = 20.0
_MOST_TABLES = 2
"""Maps of a sheet up to which their values are listed as well."""
_SCREEN_WIDTH = 800.0
"""Width of the map on the screen for which symbols have their full size, pixels."""


@dataclass(frozen=True, slots=True)
class LayoutRequest:
    """A sheet to be laid out.

    Parameters
    ----------
    overviews
        For each map all units in the coarsest lines; None where there are no shapes.
    extent
        What the maps show, metres on the plane.
    country
        What lies around, where a small map is to show it.
    islands
        The islands that stand apart on a map of the country, and what draws the units on them in
        the scale of symbols given.
    places
        The places over the maps.
    rasters
        The rasters under their lines.
    """

    content: SheetContent
    footer: Footer
    overviews: tuple[MapGeometry | None, ...]
    extent: Extent
    options: SheetOptions
    country: CountryOutline | None = None
    islands: tuple[CountryOutline, Callable[[Canvas, Viewport, float], None]] | None = None
    places: PlaceView = NO_PLACES
    rasters: tuple[RasterView, ...] = ()

    @property
    def aspect(self) -> float:
        """Width over height of what the maps show."""
        west, south, east, north = self.extent
        return (east - west) / (north - south)

    @property
    def overview(self) -> MapGeometry | None:
        """The first map's units, or those of the first that has some."""
        return next((each for each in self.overviews if each is not None), None)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet laid out.

    Parameters
    ----------
    headings
        What stands above each map.
    feet
        The legend below each map, where they do not share one.
    logo
        Where the logo stands; None without one.
    foot_top
        Upper edge of the footer, mm.
    size
        Of the legend's type, points.
    symbol_scale
        Millimetres for a pixel of a symbol's radius, on the map and in its legend.
    """

    plan: LayoutPlan
    blocks: tuple[LayoutBlock, ...]
    headings: tuple[TextPanel, ...]
    feet: tuple[tuple[LayoutBlock, ...], ...]
    head: TextPanel
    foot: TextPanel
    logo: Rect | None
    foot_top: float
    size: float
    symbol_scale: float

    def shown(self, request: LayoutRequest) -> float:
        """Height of what each map shows, mm."""
        cell = self.plan.cells[0]
        return min(cell.width / request.aspect, cell.height)


def lay_out_sheet(request: LayoutRequest) -> SheetLayout:
    """The layout in the largest type that has room, the small maps left out first.

    Raises
    ------
    InvalidInput
        The page is too small for any.
    """
    page = request.options.page()
    for least, factors, insets in product(_LEAST_SCALES, (_SIZES[:3], _SIZES[3:]), (1, 0)):
        for size in (page.size * factor for factor in factors):
            sheet = _fullest(request, size, least, insets) if size >= _LEAST_SIZE else None
            if sheet is not None:
                return sheet
    raise InvalidInput(
        Message("The page is too small for this map"),
        found=f"{page.width:g} × {page.height:g} mm",
        remedy=Message("Choose a larger page, or shorten the title or the note"),
        where="width",
    )


def _fullest(request: LayoutRequest, size: float, least: float, insets: int) -> SheetLayout | None:
    """The layout with the small map of the country too, where it costs the map little."""
    usual = _attempt(request, size, least, insets=insets)
    if usual is None or request.country is None:
        return usual
    full = _attempt(request, size, least, insets=2)
    return full if full and full.shown(request) >= _KEPT * usual.shown(request) else usual


def footer_type_size(size: float) -> float:
    """Type of the footer beside the legend's, points."""
    return max(min(5.2, size), size * 0.8)


def printable_area(request: LayoutRequest) -> Rect:
    """The page less its margins."""
    page = request.options.page()
    edge = page.margins
    width, height = page.width - edge.left - edge.right, page.height - edge.top - edge.bottom
    return Rect(edge.left, edge.top, width, height)


def _attempt(
    request: LayoutRequest, size: float, least: float, *, insets: int
) -> SheetLayout | None:
    room = printable_area(request)
    head, foot = _texts(request, size, room)
    gap = 0.0 if request.options.bare else size * MM_PER_POINT * 1.1
    height = room.height - head.height - foot.height - gap
    if height < _LEAST_BODY:
        return None
    body = Rect(room.x, room.y + head.height, room.width, height)
    count = len(request.content.maps)
    # Symbols keep the proportion they have on the screen, whichever place the legend takes.
    symbols = min(body.width * 0.75, body.height * 1.3) / _SCREEN_WIDTH / count**0.5
    feet = _feet(request, size, symbols)
    blocks = _blocks(request, size, symbols, insets=insets)
    grid = _grid(request, size, body, feet)
    plan = solve_layout(body, grid, blocks, size, least)
    if plan is None:
        return None
    headings = _headings(
        request, size, plan.cells[0].width, _bold_heading_lines(request, size, body)
    )
    plan, table = _with_ranking(request, plan, body, size)
    return SheetLayout(
        plan=plan,
        blocks=(*blocks, *table),
        headings=headings,
        feet=feet,
        head=head,
        foot=foot,
        logo=logo_box(request, size, room),
        foot_top=plan.bottom + gap,
        size=size,
        symbol_scale=symbols,
    )


def _with_ranking(
    request: LayoutRequest, plan: LayoutPlan, body: Rect, size: float
) -> tuple[LayoutPlan, tuple[LayoutBlock, ...]]:
    """The plan with the values by rank below it, where one map or two leave room for them."""
    if request.options.bare or len(request.content.maps) > _MOST_TABLES:
        return plan, ()
    top = plan.bottom + 1.6 * size * MM_PER_POINT
    room = Rect(body.x, top, body.width, body.bottom - top)
    chosen = "" if request.options.extent in (FULL_EXTENT, VIEW_EXTENT) else request.options.extent
    table = ranking_table_block(request.content.maps, request.footer.numbers, room, size, chosen)
    if table is None:
        return plan, ()
    place = Rect(room.x, room.y, room.width, table.height)
    return replace(plan, places=(*plan.places, place), bottom=place.bottom), (table,)


def _grid(
    request: LayoutRequest, size: float, body: Rect, feet: tuple[tuple[LayoutBlock, ...], ...]
) -> MapGrid:
    em, count = size * MM_PER_POINT, len(request.content.maps)
    if count == 1:
        return MapGrid(request.aspect)
    headings = _headings(request, size, body.width, _bold_heading_lines(request, size, body))
    below = max((sum(b.height for b in foot) + 0.8 * em * len(foot) for foot in feet), default=0.0)
    return MapGrid(
        request.aspect,
        count,
        heading_height=max(heading.height for heading in headings),
        legend_height=below,
        gap=1.2 * em,
        min_width=max([8 * em, *(block.width for foot in feet for block in foot)]),
    )


def _bold_heading_lines(request: LayoutRequest, size: float, body: Rect) -> int:
    """How many lines the headings of the maps want when as many stand in a row as usually do."""
    in_a_row = 2 if len(request.content.maps) < 5 else 3
    first = [shown.heading[0] for shown in request.content.maps if shown.heading]
    widest = max((text_width(words, size, "semibold") for words in first), default=0.0)
    return 1 if widest <= body.width * 0.75 / in_a_row else 2


def _headings(
    request: LayoutRequest, size: float, width: float, strong: int
) -> tuple[TextPanel, ...]:
    return tuple(map_heading_panel(m.heading, size, width, strong) for m in request.content.maps)


def _feet(
    request: LayoutRequest, size: float, symbols: float
) -> tuple[tuple[LayoutBlock, ...], ...]:
    if request.content.shared:
        return ()
    small = size * 0.92
    return tuple(
        tuple(class_blocks(sheet_legend, request.options.bw, small, symbols))
        for sheet_legend in request.content.legends
    )


def _texts(request: LayoutRequest, size: float, room: Rect) -> tuple[TextPanel, TextPanel]:
    content, options, small = request.content, request.options, footer_type_size(size)
    if options.bare:
        return TextPanel((), 0.0), TextPanel((), 0.0)
    logo, gap = logo_box(request, size, room), 1.2 * size * MM_PER_POINT
    left = logo.width + gap if logo else 0.0
    head = header_panel(content.title, content.subtitle, options.office, size, room.width - left)
    if logo:
        head = shift_panel(head, left, logo.height + gap)
    code = qr_side(small) if options.public_url else 0.0
    width = room.width - (code + 3 if code else 0.0)
    most = room.height * options.page().notes
    foot = footer_panel(request.footer, small, width, most, content.language)
    least = code + small * MM_PER_POINT if code else 0.0
    return head, TextPanel(foot.lines, max(foot.height, least) + small * MM_PER_POINT * 0.6)


def logo_box(request: LayoutRequest, size: float, room: Rect) -> Rect | None:
    """The place of the logo at the left of the title: five lines high and no wider than 15."""
    if not request.options.logo:
        return None
    with Image.open(BytesIO(request.options.logo)) as picture:
        aspect = picture.width / picture.height
    em = size * MM_PER_POINT
    height = min(5.0 * em, 15 * em / aspect)
    return Rect(room.x, room.y, height * aspect, height)


def _line_kinds(request: LayoutRequest) -> dict[str, Level]:
    """The kinds of line on the maps, each with the level it bounds."""
    kinds: dict[str, Level] = {}
    for each, shown in zip(request.overviews, request.content.maps, strict=True):
        for kind in sorted(kind for kind, lines in each.lines.items() if lines) if each else ():
            above = each.above if each and kind == "above" else None
            kinds.setdefault(kind, above or shown.layer_view.layer.level)
    return kinds


def _blocks(
    request: LayoutRequest, size: float, symbols: float, *, insets: int
) -> list[LayoutBlock]:
    """The legend, the small maps and the scale, in that order.

    Parameters
    ----------
    insets
        0 for no small map, 1 for the one of the units, 2 for that of the country as well.
    """
    shown, options, content = request.overview, request.options, request.content
    kinds = _line_kinds(request)
    if content.shared:
        blocks = legend_blocks(content.legends[0], kinds, options.bw, size, symbols)
    else:
        blocks = signs_blocks(content.legends, kinds, options.bw, size)
    if request.places.categories:
        blocks.append(place_legend_block(request.places, size, options.bw, content.language))
    if request.rasters:
        blocks.append(raster_legend_block(request.rasters, size, content.language))
    if shown is None:
        return blocks
    if options.extent != FULL_EXTENT and insets:
        width = size * MM_PER_POINT * 11
        blocks.append(
            extent_indicator_block(shown, options.extent, request.extent, width, options.bw)
        )
    if request.islands is not None:
        whole, draw_units = request.islands

        def units(canvas: Canvas, viewport: Viewport) -> None:
            draw_units(canvas, viewport, symbols)

        blocks.append(islands_inset_block(whole, size, content.language, units))
    if request.country is not None and insets > 1:
        blocks.append(locator_map_block(request.country, shown, size, options.bw, content.language))
    width, height = scale_bar_size(size)

    def bar(canvas: Canvas, box: Rect) -> None:
        draw_scale_bar(canvas, box, canvas.scale, size, content.language)

    return [*blocks, LayoutBlock(width, height, bar)]
