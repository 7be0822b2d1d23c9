"""From what a sheet shows to its plan, in the largest type that leaves the map its room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from geodata.errors import InvalidInput
from geodata.i18n import Message
from layers.sheet import layout_parts
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.layout_parts import logo_box
from layers.sheet.layout_request import Insets, LayoutRequest, printable_area
from layers.sheet.layout_solver import LayoutPlan, map_height, solve_layout
from layers.sheet.map_grid import MapGrid
from layers.sheet.options import FULL_EXTENT, VIEW_EXTENT
from layers.sheet.ranking_table import ranking_table_block
from layers.sheet.text_panel import TextPanel

_SIZES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
_LEAST_SCALES = (0.66, 0.4)
"""The map is to have this share of the scale it would have without a legend."""
_FULL_SCALE = 0.86
"""The same first of all on a page for the wall, which its map fills."""
_LAST_SCALE = 0.2
"""The same where nothing else has room."""
_KEPT = 0.93
"""Share of its scale that a map keeps beside the small map of the country."""
_LEAST_SIZE = 4.4
"""Smallest type of the legend that can be read on paper, points."""
_LEAST_BODY = 20.0
_COUNTRY_SIZES = (1.0, 0.8, 0.62)
"""Sizes of the small map of the country that are tried, as shares of the usual one."""
_MOST_TABLES = 2
"""Maps of a sheet up to which their values are listed as well."""
_SCREEN_WIDTH = 800.0
"""Width of the map on the screen for which symbols have their full size, pixels."""


_INSETS = (Insets(1.0, True), Insets(1.0, False), Insets(0.0, True), Insets(0.0, False))


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet laid out.

    Parameters
    ----------
    headings
        What stands above each map.
    feet
        The legend of each map, where they do not share one.
    feet_beside
        Whether it stands beside its map and not below.
    logo
        Where the logo stands; None without one.
    foot_top
        Upper edge of the footer, mm.
    size
        Of the legend's type, points.
    symbol_scale
        Millimetres for a pixel of a symbol's radius, on the map and in its legend.
    without_country
        Whether the small map of the country has no room.
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
    feet_beside: bool = False
    without_country: bool = False

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
    part = request.options.extent != FULL_EXTENT
    choices = [each for each in _INSETS if (part or each.units)
               and (request.country is not None or each.country)]  # fmt: skip
    first = (_FULL_SCALE, *_LEAST_SCALES) if page.brief else _LEAST_SCALES
    trials = (*product(choices, first), *product(choices, (_LAST_SCALE,)))
    for (insets, least), factors in product(trials, (_SIZES[:3], _SIZES[3:])):
        for size in (page.size * factor for factor in factors):
            sheet = _roomiest(request, size, least, insets) if size >= _LEAST_SIZE else None
            if sheet is not None:
                return sheet
    raise InvalidInput(
        Message("The page is too small for this map"),
        found=f"{page.width:g} × {page.height:g} mm",
        remedy=Message("Choose a larger page, or shorten the title or the note"),
        where="width",
    )


def _roomiest(
    request: LayoutRequest, size: float, least: float, insets: Insets
) -> SheetLayout | None:
    """The layout with the small map of the country as large as costs the map little."""
    if request.country is None or not insets.country:
        return _attempt(request, size, least, insets)
    without = _attempt(request, size, least, replace(insets, country=0.0))
    found = []
    for share in _COUNTRY_SIZES:
        sheet = _attempt(request, size, least, replace(insets, country=share))
        if sheet and without and sheet.shown(request) >= _KEPT * without.shown(request):
            return sheet
        found += [sheet] if sheet else []
    return max(found, key=lambda sheet: sheet.shown(request), default=None)


def _attempt(
    request: LayoutRequest, size: float, least: float, insets: Insets
) -> SheetLayout | None:
    room = printable_area(request)
    head, foot = layout_parts.texts(request, size, room)
    gap = 0.0 if request.options.bare else size * MM_PER_POINT * 1.1
    height = room.height - head.height - foot.height - gap
    if height < _LEAST_BODY:
        return None
    body = Rect(room.x, room.y + head.height, room.width, height)
    count = len(request.content.maps)
    # Symbols keep the proportion they have on the screen, whichever place the legend takes.
    symbols = min(body.width * 0.75, body.height * 1.3) / _SCREEN_WIDTH / count**0.5
    feet = layout_parts.feet(request, size, symbols)
    blocks = layout_parts.blocks(request, size, symbols, insets)
    grids = [_grid(request, size, body, feet, beside=beside) for beside in (False, bool(feet))]
    plans = [(solve_layout(body, grid, blocks, size, least), grid) for grid in grids]
    fit = [(plan, grid) for plan, grid in plans if plan is not None]
    if not fit:
        return None
    plan, grid = max(fit, key=lambda each: map_height(*each))
    wide = plan.cells[0].width + grid.legend_width
    headings = layout_parts.headings(request, size, wide, body)
    plan, table = _with_ranking(request, plan, body, size)
    return SheetLayout(
        plan=plan,
        blocks=(*blocks, *table),
        headings=headings,
        feet=feet,
        feet_beside=grid.legend_width > 0,
        head=head,
        foot=foot,
        logo=logo_box(request, size, room),
        foot_top=plan.bottom + gap,
        size=size,
        symbol_scale=symbols,
        without_country=request.country is not None and not insets.country,
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
    request: LayoutRequest,
    size: float,
    body: Rect,
    feet: tuple[tuple[LayoutBlock, ...], ...],
    *,
    beside: bool,
) -> MapGrid:
    em, count = size * MM_PER_POINT, len(request.content.maps)
    if count == 1:
        return MapGrid(request.aspect)
    headings = layout_parts.headings(request, size, body.width, body)
    below = max((sum(b.height for b in foot) + 0.8 * em * len(foot) for foot in feet), default=0.0)
    widest = max((block.width for foot in feet for block in foot), default=0.0)
    return MapGrid(
        request.aspect,
        count,
        heading_height=max(heading.height for heading in headings),
        legend_height=0.0 if beside else below,
        gap=1.2 * em,
        min_width=8 * em if beside else max(8 * em, widest),
        legend_width=widest + 0.8 * em if beside else 0.0,
        least_height=below if beside else 0.0,
    )
