"""From a drawn layer to a plan of its sheet, in the largest type that leaves the map its room."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from geodata.errors import InvalidInput
from geodata.text import Text
from layers.drawn import DrawnLayer
from layers.sheet.block import Block
from layers.sheet.box import POINT, Box
from layers.sheet.inset import inset_block
from layers.sheet.legend_panel import legend_blocks
from layers.sheet.notes import Footer
from layers.sheet.options import WHOLE, SheetOptions
from layers.sheet.page import Plan, solve
from layers.sheet.paper import Paper
from layers.sheet.scale_bar import draw_scale_bar, scale_bar_size
from layers.sheet.territory import Territory
from layers.sheet.texts_panel import Panel, footer_panel, header, qr_side
from layers.sheet.view import Extent

_SIZES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
_LEAST_SCALES = (0.66, 0.4, 0.2)
"""The map is to have this share of the scale it would have without a key."""
_LEAST_SIZE = 4.4
"""Smallest type of the key that can be read on paper, points."""
_LEAST_BODY = 20.0
_SCREEN_WIDTH = 800.0
"""Width of the map on the screen for which symbols have their full size, pixels."""


@dataclass(frozen=True, slots=True)
class Job:
    """A sheet to be laid out.

    Parameters
    ----------
    overview
        All units in the coarsest lines; None where there are no shapes.
    extent
        What the map shows, metres on the plane.
    """

    drawn: DrawnLayer
    footing: Footer
    overview: Territory | None
    extent: Extent
    options: SheetOptions

    @property
    def aspect(self) -> float:
        """Width over height of what the map shows."""
        west, south, east, north = self.extent
        return (east - west) / (north - south)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet laid out.

    Parameters
    ----------
    foot_top
        Upper edge of the footer, mm.
    size
        Of the key's type, points.
    symbol_scale
        Millimetres for a pixel of a symbol's radius, on the map and in its key.
    """

    plan: Plan
    blocks: tuple[Block, ...]
    head: Panel
    foot: Panel
    foot_top: float
    size: float
    symbol_scale: float


def lay_out(job: Job) -> Sheet:
    """The layout in the largest type that has room, the inset left out first.

    Raises
    ------
    InvalidInput
        The page is too small for any.
    """
    page = job.options.page()
    for least, factor, whole in product(_LEAST_SCALES, _SIZES, (True, False)):
        size = page.size * factor
        sheet = _attempt(job, size, least, whole=whole) if size >= _LEAST_SIZE else None
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


def small_size(size: float) -> float:
    """Type of the footer beside the key's, points."""
    return max(min(5.2, size), size * 0.8)


def usable(job: Job) -> Box:
    """The page less its margins."""
    page = job.options.page()
    edge = page.margins
    width, height = page.width - edge.left - edge.right, page.height - edge.top - edge.bottom
    return Box(edge.left, edge.top, width, height)


def _attempt(job: Job, size: float, least: float, *, whole: bool) -> Sheet | None:
    room = usable(job)
    head, foot = _texts(job, size, room)
    gap = size * POINT * 1.1
    height = room.height - head.height - foot.height - gap
    if height < _LEAST_BODY:
        return None
    body = Box(room.x, room.y + head.height, room.width, height)
    # Symbols keep the proportion they have on the screen, whichever place the key takes.
    symbols = min(body.width * 0.75, body.height * 1.3) / _SCREEN_WIDTH
    blocks = _blocks(job, size, symbols, whole=whole)
    plan = solve(body, job.aspect, blocks, size, least)
    if plan is None:
        return None
    return Sheet(plan, tuple(blocks), head, foot, plan.bottom + gap, size, symbols)


def _texts(job: Job, size: float, room: Box) -> tuple[Panel, Panel]:
    drawn, options, small = job.drawn, job.options, small_size(size)
    head = header(drawn.title, drawn.subtitle, options.office, size, room.width)
    code = qr_side(small) if options.public_url else 0.0
    width = room.width - (code + 3 if code else 0.0)
    most = room.height * options.page().notes
    foot = footer_panel(job.footing, small, width, most, drawn.layer.language)
    least = code + small * POINT if code else 0.0
    return head, Panel(foot.lines, max(foot.height, least) + small * POINT * 0.6)


def _blocks(job: Job, size: float, symbols: float, *, whole: bool) -> list[Block]:
    """The key, the inset and the scale, in that order."""
    shown, options = job.overview, job.options
    kinds = [kind for kind, lines in shown.lines.items() if lines] if shown else []
    blocks = legend_blocks(job.drawn, kinds, options.bw, size, symbols)
    if shown is None:
        return blocks
    if options.extent != WHOLE and whole:
        width = size * POINT * 12
        blocks.append(inset_block(shown, options.extent, job.extent, width, options.bw))
    width, height = scale_bar_size(size)

    def bar(paper: Paper, box: Box) -> None:
        draw_scale_bar(paper, box, paper.scale, size, job.drawn.layer.language)

    return [*blocks, Block(width, height, bar)]
