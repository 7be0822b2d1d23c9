"""From what a sheet shows to its plan, in the largest type that leaves the map its room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import product

from PIL import Image

from geodata.errors import InvalidInput
from geodata.model import Level
from geodata.text import Text
from layers.sheet.block import Block
from layers.sheet.box import POINT, Box
from layers.sheet.country import Country, country_block, islands_block
from layers.sheet.fonts import text_width
from layers.sheet.grid import Grid
from layers.sheet.inset import inset_block
from layers.sheet.legend_panel import class_blocks, legend_blocks, signs_blocks
from layers.sheet.notes import Footer
from layers.sheet.options import VIEW, WHOLE, SheetOptions
from layers.sheet.page import Plan, solve
from layers.sheet.paper import Paper
from layers.sheet.ranks import ranks_block
from layers.sheet.scale_bar import draw_scale_bar, scale_bar_size
from layers.sheet.subject import Subject
from layers.sheet.territory import Territory
from layers.sheet.texts_panel import Panel, beside, footer_panel, header, map_heading, qr_side
from layers.sheet.view import Extent, View

_SIZES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
_LEAST_SCALES = (0.66, 0.4, 0.2)
"""The map is to have this share of the scale it would have without a key."""
_KEPT = 0.93
"""Share of its scale that a map keeps beside the small map of the country."""
_LEAST_SIZE = 4.4
"""Smallest type of the key that can be read on paper, points."""
_LEAST_BODY = 20.0
_MOST_TABLES = 2
"""Maps of a sheet up to which their values are listed as well."""
_SCREEN_WIDTH = 800.0
"""Width of the map on the screen for which symbols have their full size, pixels."""


@dataclass(frozen=True, slots=True)
class Job:
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
    """

    subject: Subject
    footing: Footer
    overviews: tuple[Territory | None, ...]
    extent: Extent
    options: SheetOptions
    country: Country | None = None
    islands: tuple[Country, Callable[[Paper, View, float], None]] | None = None

    @property
    def aspect(self) -> float:
        """Width over height of what the maps show."""
        west, south, east, north = self.extent
        return (east - west) / (north - south)

    @property
    def overview(self) -> Territory | None:
        """The first map's units, or those of the first that has some."""
        return next((each for each in self.overviews if each is not None), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet laid out.

    Parameters
    ----------
    headings
        What stands above each map.
    feet
        The key below each map, where they do not share one.
    logo
        Where the logo stands; None without one.
    foot_top
        Upper edge of the footer, mm.
    size
        Of the key's type, points.
    symbol_scale
        Millimetres for a pixel of a symbol's radius, on the map and in its key.
    """

    plan: Plan
    blocks: tuple[Block, ...]
    headings: tuple[Panel, ...]
    feet: tuple[tuple[Block, ...], ...]
    head: Panel
    foot: Panel
    logo: Box | None
    foot_top: float
    size: float
    symbol_scale: float

    def shown(self, job: Job) -> float:
        """Height of what each map shows, mm."""
        cell = self.plan.cells[0]
        return min(cell.width / job.aspect, cell.height)


def lay_out(job: Job) -> Sheet:
    """The layout in the largest type that has room, the small maps left out first.

    Raises
    ------
    InvalidInput
        The page is too small for any.
    """
    page = job.options.page()
    for least, factors, insets in product(_LEAST_SCALES, (_SIZES[:3], _SIZES[3:]), (1, 0)):
        for size in (page.size * factor for factor in factors):
            sheet = _fullest(job, size, least, insets) if size >= _LEAST_SIZE else None
            if sheet is not None:
                return sheet
    raise InvalidInput(
        Text("Khổ giấy quá nhỏ cho bản đồ này", "The page is too small for this map"),
        found=f"{page.width:g} × {page.height:g} mm",
        remedy=Text(
            "Chọn khổ lớn hơn, rút ngắn tiêu đề hoặc ghi chú",
            "Choose a larger page, or shorten the title or the note",
        ),
        where="width",
    )


def _fullest(job: Job, size: float, least: float, insets: int) -> Sheet | None:
    """The layout with the small map of the country too, where it costs the map little."""
    usual = _attempt(job, size, least, insets=insets)
    if usual is None or job.country is None:
        return usual
    full = _attempt(job, size, least, insets=2)
    return full if full and full.shown(job) >= _KEPT * usual.shown(job) else usual


def small_size(size: float) -> float:
    """Type of the footer beside the key's, points."""
    return max(min(5.2, size), size * 0.8)


def usable(job: Job) -> Box:
    """The page less its margins."""
    page = job.options.page()
    edge = page.margins
    width, height = page.width - edge.left - edge.right, page.height - edge.top - edge.bottom
    return Box(edge.left, edge.top, width, height)


def _attempt(job: Job, size: float, least: float, *, insets: int) -> Sheet | None:
    room = usable(job)
    head, foot = _texts(job, size, room)
    gap = 0.0 if job.options.bare else size * POINT * 1.1
    height = room.height - head.height - foot.height - gap
    if height < _LEAST_BODY:
        return None
    body = Box(room.x, room.y + head.height, room.width, height)
    count = len(job.subject.maps)
    # Symbols keep the proportion they have on the screen, whichever place the key takes.
    symbols = min(body.width * 0.75, body.height * 1.3) / _SCREEN_WIDTH / count**0.5
    feet = _feet(job, size, symbols)
    blocks = _blocks(job, size, symbols, insets=insets)
    grid = _grid(job, size, body, feet)
    plan = solve(body, grid, blocks, size, least)
    if plan is None:
        return None
    headings = _headings(job, size, plan.cells[0].width, _strong_lines(job, size, body))
    plan, table = _with_ranks(job, plan, body, size)
    return Sheet(
        plan=plan,
        blocks=(*blocks, *table),
        headings=headings,
        feet=feet,
        head=head,
        foot=foot,
        logo=logo_box(job, size, room),
        foot_top=plan.bottom + gap,
        size=size,
        symbol_scale=symbols,
    )


def _with_ranks(job: Job, plan: Plan, body: Box, size: float) -> tuple[Plan, tuple[Block, ...]]:
    """The plan with the values by rank below it, where one map or two leave room for them."""
    if job.options.bare or len(job.subject.maps) > _MOST_TABLES:
        return plan, ()
    top = plan.bottom + 1.6 * size * POINT
    room = Box(body.x, top, body.width, body.bottom - top)
    chosen = "" if job.options.extent in (WHOLE, VIEW) else job.options.extent
    table = ranks_block(job.subject.maps, job.footing.numbers, room, size, chosen)
    if table is None:
        return plan, ()
    place = Box(room.x, room.y, room.width, table.height)
    return replace(plan, places=(*plan.places, place), bottom=place.bottom), (table,)


def _grid(job: Job, size: float, body: Box, feet: tuple[tuple[Block, ...], ...]) -> Grid:
    em, count = size * POINT, len(job.subject.maps)
    if count == 1:
        return Grid(job.aspect)
    headings = _headings(job, size, body.width, _strong_lines(job, size, body))
    below = max((sum(b.height for b in foot) + 0.8 * em * len(foot) for foot in feet), default=0.0)
    return Grid(
        job.aspect,
        count,
        head=max(heading.height for heading in headings),
        foot=below,
        gap=1.2 * em,
        least=max([8 * em, *(block.width for foot in feet for block in foot)]),
    )


def _strong_lines(job: Job, size: float, body: Box) -> int:
    """How many lines the headings of the maps want when as many stand in a row as usually do."""
    in_a_row = 2 if len(job.subject.maps) < 5 else 3
    first = [shown.heading[0] for shown in job.subject.maps if shown.heading]
    widest = max((text_width(words, size, "semibold") for words in first), default=0.0)
    return 1 if widest <= body.width * 0.75 / in_a_row else 2


def _headings(job: Job, size: float, width: float, strong: int) -> tuple[Panel, ...]:
    return tuple(map_heading(m.heading, size, width, strong) for m in job.subject.maps)


def _feet(job: Job, size: float, symbols: float) -> tuple[tuple[Block, ...], ...]:
    if job.subject.shared:
        return ()
    small = size * 0.92
    return tuple(
        tuple(class_blocks(key, job.options.bw, small, symbols)) for key in job.subject.keys
    )


def _texts(job: Job, size: float, room: Box) -> tuple[Panel, Panel]:
    subject, options, small = job.subject, job.options, small_size(size)
    if options.bare:
        return Panel((), 0.0), Panel((), 0.0)
    logo, gap = logo_box(job, size, room), 1.2 * size * POINT
    left = logo.width + gap if logo else 0.0
    head = header(subject.title, subject.subtitle, options.office, size, room.width - left)
    if logo:
        head = beside(head, left, logo.height + gap)
    code = qr_side(small) if options.public_url else 0.0
    width = room.width - (code + 3 if code else 0.0)
    most = room.height * options.page().notes
    foot = footer_panel(job.footing, small, width, most, subject.language)
    least = code + small * POINT if code else 0.0
    return head, Panel(foot.lines, max(foot.height, least) + small * POINT * 0.6)


def logo_box(job: Job, size: float, room: Box) -> Box | None:
    """The place of the logo at the left of the title: five lines high and no wider than 15."""
    if not job.options.logo:
        return None
    with Image.open(BytesIO(job.options.logo)) as picture:
        aspect = picture.width / picture.height
    em = size * POINT
    height = min(5.0 * em, 15 * em / aspect)
    return Box(room.x, room.y, height * aspect, height)


def _line_kinds(job: Job) -> dict[str, Level]:
    """The kinds of line on the maps, each with the level it bounds."""
    kinds: dict[str, Level] = {}
    for each, shown in zip(job.overviews, job.subject.maps, strict=True):
        for kind in sorted(kind for kind, lines in each.lines.items() if lines) if each else ():
            above = each.above if each and kind == "above" else None
            kinds.setdefault(kind, above or shown.drawn.layer.level)
    return kinds


def _blocks(job: Job, size: float, symbols: float, *, insets: int) -> list[Block]:
    """The key, the small maps and the scale, in that order.

    Parameters
    ----------
    insets
        0 for no small map, 1 for the one of the units, 2 for that of the country as well.
    """
    shown, options, subject = job.overview, job.options, job.subject
    kinds = _line_kinds(job)
    if subject.shared:
        blocks = legend_blocks(subject.keys[0], kinds, options.bw, size, symbols)
    else:
        blocks = signs_blocks(subject.keys, kinds, options.bw, size)
    if shown is None:
        return blocks
    if options.extent != WHOLE and insets:
        width = size * POINT * 11
        blocks.append(inset_block(shown, options.extent, job.extent, width, options.bw))
    if job.islands is not None:
        whole, draw_units = job.islands

        def units(paper: Paper, view: View) -> None:
            draw_units(paper, view, symbols)

        blocks.append(islands_block(whole, size, subject.language, units))
    if job.country is not None and insets > 1:
        blocks.append(country_block(job.country, shown, size, options.bw, subject.language))
    width, height = scale_bar_size(size)

    def bar(paper: Paper, box: Box) -> None:
        draw_scale_bar(paper, box, paper.scale, size, subject.language)

    return [*blocks, Block(width, height, bar)]
