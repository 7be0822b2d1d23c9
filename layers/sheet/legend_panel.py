"""The key of a sheet: classes with their counts, symbols, kinds of missing, signs and lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.drawn import DrawnLayer
from layers.sheet import words
from layers.sheet.badge import draw_badge
from layers.sheet.block import Block
from layers.sheet.box import POINT, Box
from layers.sheet.fonts import text_width
from layers.sheet.inks import Ink, class_inks, dots_on, missing_ink
from layers.sheet.map_panel import LineStyle, line_styles
from layers.sheet.paper import INK, LINE, MUTED, PAPER, Paper

_ROW = 1.62
_SWATCH = 2.5
_GAP = 0.7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the key."""

    label: str
    count: str
    sign: Callable[[Paper, Box], None]


def legend_blocks(
    drawn: DrawnLayer, kinds: list[str], bw: bool, size: float, symbol_scale: float
) -> list[Block]:
    """The parts of the key.

    Parameters
    ----------
    kinds
        The kinds of line on the map.
    symbol_scale
        Millimetres on paper for a pixel of a symbol's radius.
    """
    blocks = []
    language, legend = drawn.layer.language, drawn.legend
    unit = drawn.indicator.measure_unit
    heading = unit.name[language] or unit.symbol[language]
    heading = heading[:1].upper() + heading[1:]
    rows = _class_rows(drawn, bw)
    if legend.style == "symbols":
        blocks.append(_circles(drawn, heading, size, symbol_scale, bw))
        heading = ""
    signs = [*_missing_rows(drawn, bw), *_sign_rows(drawn, size, bw)]
    lines = [_line_row(style, drawn) for style in line_styles(kinds)]
    every = [*rows, *signs, *lines]
    if rows:
        blocks.append(_rows_block(rows, every, size, heading, words.COUNT[language]))
    if signs or lines:
        blocks.append(_rows_block([*signs, *lines], every, size))
    return blocks


def _fill(ink: Ink) -> Callable[[Paper, Box], None]:
    def sign(paper: Paper, box: Box) -> None:
        paper.box(box, fill=ink.fill)
        if ink.hatch:
            paper.box(box, hatch=ink.hatch, hatch_colour=ink.hatch_colour)
        paper.box(box, edge=LINE, width=0.4)

    return sign


def _class_rows(drawn: DrawnLayer, bw: bool) -> list[Row]:
    legend = drawn.legend
    if legend.style == "symbols" and len(legend.classes) < 2:
        return []
    inks = class_inks([row.colour for row in legend.classes], bw)
    return [
        Row(row.label, str(row.count), _fill(ink))
        for row, ink in zip(legend.classes, inks, strict=True)
    ]


def _missing_rows(drawn: DrawnLayer, bw: bool) -> list[Row]:
    return [
        Row(row.label, str(row.count), _fill(missing_ink(row.kind, bw)))
        for row in drawn.legend.missing
        if row.count
    ]


def _sign_rows(drawn: DrawnLayer, size: float, bw: bool) -> list[Row]:
    language, legend = drawn.layer.language, drawn.legend
    rows = []
    if legend.estimated:

        def dotted(paper: Paper, box: Box) -> None:
            ground = class_inks([row.colour for row in legend.classes] or [PAPER], bw)[0].fill
            _fill(Ink(ground))(paper, box)
            ink = dots_on(ground)
            paper.box(box, hatch=ink.hatch, hatch_colour=ink.hatch_colour)

        rows.append(Row(words.ESTIMATED[language], str(legend.estimated), dotted))
    if legend.doubtful:

        def numbered(paper: Paper, box: Box) -> None:
            draw_badge(
                paper, box.x + box.width / 2, box.y + box.height / 2, "1", size=size * 0.9, bw=bw
            )

        rows.append(Row(words.DOUBTFUL[language], str(legend.doubtful), numbered))
    return rows


def _line_row(style: LineStyle, drawn: DrawnLayer) -> Row:
    level, language = drawn.layer.level, drawn.layer.language

    def line(paper: Paper, box: Box) -> None:
        middle = box.y + box.height / 2
        stroke = np.array([(box.x, middle), (box.right, middle)])
        paper.lines([stroke], style.colour, style.width, style.dashes)

    label = words.ABOVE[level] if style.kind == "above" else words.LINES[style.kind][level]
    return Row(label[language], "", line)


def _rows_block(
    rows: list[Row], every: list[Row], size: float, heading: str = "", over: str = ""
) -> Block:
    """Some rows in columns as wide as ``every`` row of the key wants them."""
    em = size * POINT
    label = max(text_width(row.label, size) for row in every)
    count = max(text_width(row.count, size) for row in every)
    width = (_SWATCH + _GAP) * em + label + (1.4 * em + count if count else 0.3 * em)
    small = size * 0.88
    if heading:
        over_width = text_width(over, small)
        width = max(width, text_width(heading, size, "semibold") + over_width + em)
    top = 1.75 * em if heading else 0.2 * em
    height = top + len(rows) * _ROW * em

    def draw(paper: Paper, box: Box) -> None:
        right = box.right
        if heading:
            paper.text(box.x, box.y + em, heading, size, weight="semibold")
            paper.text(right, box.y + em, over, small, colour=MUTED, align="right")
        for i, row in enumerate(rows):
            y = box.y + top + i * _ROW * em
            row.sign(paper, Box(box.x, y + 0.16 * em, _SWATCH * em, 1.22 * em))
            paper.text(box.x + (_SWATCH + _GAP) * em, y + 1.12 * em, row.label, size)
            if row.count:
                paper.text(right, y + 1.12 * em, row.count, size, colour=MUTED, align="right")

    return Block(width, height, draw)


def _circles(drawn: DrawnLayer, heading: str, size: float, scale: float, bw: bool) -> Block:
    """Nested circles, each with a thread to its value."""
    em, symbols = size * POINT, drawn.legend.symbols
    colours = [row.colour for row in drawn.legend.classes] or [INK]
    largest = max((s.radius for s in symbols), default=0.0) * scale
    label = max((text_width(s.label, size) for s in symbols), default=0.0)
    width = max(2 * largest + 1.6 * em + label, text_width(heading, size, "semibold"))
    step = 1.15 * em
    depth = max(2 * largest, step * len(symbols))
    height = 1.75 * em + depth + 0.5 * em

    def draw(paper: Paper, box: Box) -> None:
        paper.text(box.x, box.y + em, heading, size, weight="semibold")
        ground = box.y + 1.75 * em + depth
        last = box.y
        for symbol in symbols:
            radius = symbol.radius * scale
            x, y = box.x + largest, ground - radius
            fill = PAPER if bw else colours[-1]
            paper.circle(x, y, radius, fill=fill, edge=INK if bw else PAPER, width=0.6)
            level = max(ground - 2 * radius, last + step)
            last = level
            end = box.x + 2 * largest + 0.6 * em
            thread = np.array([(x, ground - 2 * radius), (end, level)])
            paper.lines([thread], LINE, 0.4)
            paper.text(end + 0.4 * em, level + 0.36 * em, symbol.label, size)

    return Block(width, height, draw)
