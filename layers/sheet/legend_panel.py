"""The key of a sheet: classes with their counts, symbols, kinds of missing, signs and lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.model import Level
from layers.comparison import together
from layers.formatting import format_number
from layers.sheet import words
from layers.sheet.badge import draw_badge
from layers.sheet.block import Block, stacked
from layers.sheet.box import POINT, Box
from layers.sheet.fonts import text_width, wrap
from layers.sheet.inks import Ink, class_inks, dots_on, is_two_sided, legend_inks, missing_ink
from layers.sheet.map_panel import LineStyle, line_styles
from layers.sheet.paper import INK, LINE, MUTED, PAPER, Paper
from layers.sheet.subject import Key

_ROW = 1.62
_SWATCH = 2.5
_GAP = 0.7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the key."""

    label: str
    counts: tuple[str, ...]
    sign: Callable[[Paper, Box], None]


def legend_blocks(
    key: Key, kinds: Mapping[str, Level], bw: bool, size: float, symbol_scale: float
) -> list[Block]:
    """The parts of the key.

    Parameters
    ----------
    kinds
        The kinds of line on the map, each with the level it bounds.
    symbol_scale
        Millimetres on paper for a pixel of a symbol's radius.
    """
    rows = _sign_and_line_rows(key, kinds, bw, size)
    counted = [row for row in rows if row.counts]
    lines = [row for row in rows if not row.counts]
    blocks = class_blocks(key, bw, size, symbol_scale, below=counted, beside=lines)
    if lines:
        blocks.append(_rows_block(lines, [*_class_rows(key, bw), *rows], size))
    return blocks


def signs_blocks(
    keys: Sequence[Key], kinds: Mapping[str, Level], bw: bool, size: float
) -> list[Block]:
    """Kinds of missing, signs and lines of maps that have each a key for the rest."""
    legend = together([replace(key.drawn.legend, classes=()) for key in keys])
    language = keys[0].drawn.layer.language
    counts = ((words.COUNT_ALL[language], legend),)
    key = replace(keys[0], drawn=replace(keys[0].drawn, legend=legend), counts=counts)
    rows = _sign_and_line_rows(key, kinds, bw, size)
    over = (words.COUNT_ALL[language],) if any(row.counts for row in rows) else ()
    return [_rows_block(rows, rows, size, over=over)] if rows else []


def _sign_and_line_rows(key: Key, kinds: Mapping[str, Level], bw: bool, size: float) -> list[Row]:
    lines = [_line_row(style, kinds[style.kind], key) for style in line_styles(list(kinds))]
    return [*_missing_rows(key, bw), *_sign_rows(key, size, bw), *lines]


def class_blocks(
    key: Key,
    bw: bool,
    size: float,
    symbol_scale: float,
    *,
    below: Sequence[Row] = (),
    beside: Sequence[Row] = (),
) -> list[Block]:
    """Classes with their counts or symbols, and the ends of what is shown.

    Parameters
    ----------
    below
        Rows with counts of their own that follow the classes: no value, doubtful, estimated.
    beside
        Rows of the same key whose columns are to be as wide.
    """
    blocks = []
    drawn = key.drawn
    unit, language = drawn.indicator.measure_unit, drawn.layer.language
    heading = unit.name[language] or unit.symbol[language]
    heading = heading[:1].upper() + heading[1:]
    rows = [*_class_rows(key, bw), *below]
    if drawn.legend.style == "symbols":
        blocks.append(_circles(key, heading, size, symbol_scale, bw))
        heading = ""
    if rows:
        over = tuple(words for words, _ in key.counts)
        blocks.append(_rows_block(rows, [*rows, *beside], size, heading, over))
    ends = ends_lines(key)
    if ends:
        last = _lines_block(ends, size, max((b.width for b in blocks), default=0.0))
        blocks[-1:] = [stacked(*blocks[-1:], last, gap=0.4 * size * POINT)]
    return blocks


def ends_lines(key: Key) -> list[str]:
    """The lowest and the highest value, of those nothing speaks against, and whose they are."""
    indicator, language = key.drawn.indicator, key.drawn.layer.language
    found = [
        (mark, shown.drawn.units[unit].name[language], shown.name)
        for shown in key.maps
        for unit, mark in shown.drawn.marks.items()
        if mark.value is not None and not mark.doubtful
    ]
    if len(found) < 2:
        return []
    by_value = sorted(found, key=lambda each: each[0].value or 0.0)
    lines = []
    for word, (mark, *names) in ((words.HIGHEST, by_value[-1]), (words.LOWEST, by_value[0])):
        value = mark.value or 0.0
        shown = format_number(value, indicator.decimals, language)
        shown = f"+{shown}" if mark.difference and value > 0 else shown
        whose = ", ".join(names[:1] if len(key.maps) == 1 else names)
        lines.append(f"{word[language]}: {shown} ({whose})")
    return lines


def _lines_block(lines: list[str], size: float, width: float) -> Block:
    """Lines of small type as wide as they are, where that is no more than a usual key is."""
    em, small = size * POINT, size * 0.88
    room = max(width, min(max(text_width(line, small) for line in lines), 17 * em))
    shown = [text for line in lines for text in wrap(line, small, room, most=2)]

    def draw(paper: Paper, box: Box) -> None:
        for i, line in enumerate(shown):
            paper.text(box.x, box.y + (i + 0.8) * 1.25 * em, line, small, colour=MUTED)

    return Block(room, len(shown) * 1.25 * em, draw)


def _fill(ink: Ink) -> Callable[[Paper, Box], None]:
    def sign(paper: Paper, box: Box) -> None:
        paper.box(box, fill=ink.fill)
        if ink.hatch:
            paper.box(box, hatch=ink.hatch, hatch_colour=ink.hatch_colour)
        paper.box(box, edge=LINE, width=0.4)

    return sign


def _class_rows(key: Key, bw: bool) -> list[Row]:
    legend = key.drawn.legend
    if legend.style == "symbols" and len(legend.classes) < 2:
        return []
    inks = legend_inks(legend.classes, bw, two_sided=is_two_sided(key.drawn))
    return [
        Row(row.label, tuple(str(own.classes[i].count) for _, own in key.counts), _fill(ink))
        for i, (row, ink) in enumerate(zip(legend.classes, inks, strict=True))
    ]


def _missing_rows(key: Key, bw: bool) -> list[Row]:
    return [
        Row(
            row.label,
            tuple(
                str(sum(each.count for each in own.missing if each.kind == row.kind))
                for _, own in key.counts
            ),
            _fill(missing_ink(row.kind, bw)),
        )
        for row in key.drawn.legend.missing
        if row.count
    ]


def _sign_rows(key: Key, size: float, bw: bool) -> list[Row]:
    language, legend = key.drawn.layer.language, key.drawn.legend
    rows = []
    if legend.estimated:

        def dotted(paper: Paper, box: Box) -> None:
            ground = class_inks([row.colour for row in legend.classes] or [PAPER], bw)[0].fill
            _fill(Ink(ground))(paper, box)
            ink = dots_on(ground)
            paper.box(box, hatch=ink.hatch, hatch_colour=ink.hatch_colour)

        counts = tuple(str(own.estimated) for _, own in key.counts)
        rows.append(Row(words.ESTIMATED[language], counts, dotted))
    if legend.doubtful:

        def numbered(paper: Paper, box: Box) -> None:
            draw_badge(
                paper, box.x + box.width / 2, box.y + box.height / 2, "1", size=size * 0.9, bw=bw
            )

        counts = tuple(str(own.doubtful) for _, own in key.counts)
        rows.append(Row(words.DOUBTFUL[language], counts, numbered))
    return rows


def _line_row(style: LineStyle, level: Level, key: Key) -> Row:
    language = key.drawn.layer.language

    def line(paper: Paper, box: Box) -> None:
        middle = box.y + box.height / 2
        stroke = np.array([(box.x, middle), (box.right, middle)])
        paper.lines([stroke], style.colour, style.width, style.dashes)

    kind = "plain" if style.kind == "above" else style.kind
    label = words.LINES[kind][level]
    return Row(label[language], (), line)


def _rows_block(
    rows: Sequence[Row],
    every: Sequence[Row],
    size: float,
    heading: str = "",
    over: tuple[str, ...] = (),
) -> Block:
    """Some rows in columns as wide as ``every`` row of the key wants them.

    Parameters
    ----------
    over
        Headings of the columns of counts.
    """
    em, small = size * POINT, size * 0.88
    label = max(text_width(row.label, size) for row in every)
    # The first column's heading may reach over the labels; the others are as wide as theirs.
    columns = max(len(row.counts) for row in every)
    wide = [
        max(
            [text_width(row.counts[i], size) for row in every if row.counts]
            + [text_width(words, small) for words in over[i : i + 1] if i]
        )
        for i in range(columns)
    ]
    width = (_SWATCH + _GAP) * em + label + sum(wide) + (len(wide) * 1.2 * em or 0.3 * em)
    rests = sum(wide[1:]) + len(wide[1:]) * 1.2 * em
    if over:
        header = text_width(heading, size, "semibold") + text_width(over[0], small) + em + rests
        width = max(width, header)
    top = 1.75 * em if heading or over else 0.2 * em
    height = top + len(rows) * _ROW * em

    def draw(paper: Paper, box: Box) -> None:
        ends = [box.right - sum(wide[i + 1 :]) - len(wide[i + 1 :]) * 1.2 * em
                for i in range(columns)]  # fmt: skip
        paper.text(box.x, box.y + em, heading, size, weight="semibold")
        for title, right in zip(over, ends, strict=False):
            paper.text(right, box.y + em, title, small, colour=MUTED, align="right")
        for i, row in enumerate(rows):
            y = box.y + top + i * _ROW * em
            row.sign(paper, Box(box.x, y + 0.16 * em, _SWATCH * em, 1.22 * em))
            paper.text(box.x + (_SWATCH + _GAP) * em, y + 1.12 * em, row.label, size)
            for count, right in zip(row.counts, ends, strict=False):
                paper.text(right, y + 1.12 * em, count, size, colour=MUTED, align="right")

    return Block(width, height, draw)


def _circles(key: Key, heading: str, size: float, scale: float, bw: bool) -> Block:
    """Nested circles, each with a thread to its value."""
    em, symbols = size * POINT, key.drawn.legend.symbols
    colours = [row.colour for row in key.drawn.legend.classes] or [INK]
    largest = max((s.radius for s in symbols), default=0.0) * scale
    label = max((text_width(s.label, size) for s in symbols), default=0.0)
    width = max(2 * largest + 1.6 * em + label, text_width(heading, size, "semibold"))
    step = 1.15 * em
    depth = max(2 * largest, step * len(symbols))
    height = 1.75 * em + depth + 0.5 * em

    def draw(paper: Paper, box: Box) -> None:
        paper.text(box.x, box.y + em, heading, size, weight="semibold")
        ground = box.y + 1.75 * em + depth
        # Threads keep a line's distance, and the last one stays above the ground.
        floors = [ground - (len(symbols) - 1 - i) * step for i in range(len(symbols))]
        last = box.y
        for symbol, floor in zip(symbols, floors, strict=True):
            radius = symbol.radius * scale
            x, y = box.x + largest, ground - radius
            fill = PAPER if bw else colours[-1]
            paper.circle(x, y, radius, fill=fill, edge=INK if bw else PAPER, width=0.6)
            level = max(min(ground - 2 * radius, floor), last + step)
            last = level
            end = box.x + 2 * largest + 0.6 * em
            thread = np.array([(x, ground - 2 * radius), (end, level)])
            paper.lines([thread], LINE, 0.4)
            paper.text(end + 0.4 * em, level + 0.36 * em, symbol.label, size)

    return Block(width, height, draw)
