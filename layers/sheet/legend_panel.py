"""The legend of a sheet: classes with their counts, symbols, kinds of missing, signs and lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.model import Level
from layers.comparison import merge_legends
from layers.formatting import capitalise, format_number
from layers.sheet import captions
from layers.sheet.canvas import LINE, MUTED, PAPER, Canvas
from layers.sheet.fonts import text_width, wrap_text
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect, stack_blocks
from layers.sheet.map_furniture import draw_note_marker
from layers.sheet.map_panel import LineStyle, line_styles
from layers.sheet.print_fills import (
    PrintFill,
    class_fills,
    estimate_dots,
    is_diverging,
    legend_fills,
    missing_fill,
)
from layers.sheet.sheet_content import SheetLegend
from layers.styles import get_style

_ROW = 1.62
_SWATCH = 2.5
_GAP = 0.7


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One line of the legend."""

    label: str
    counts: tuple[str, ...]
    sign: Callable[[Canvas, Rect], None]


def legend_blocks(
    sheet_legend: SheetLegend,
    kinds: Mapping[str, Level],
    bw: bool,
    size: float,
    symbol_scale: float,
) -> list[LayoutBlock]:
    """The parts of the legend.

    Parameters
    ----------
    kinds
        The kinds of line on the map, each with the level it bounds.
    symbol_scale
        Millimetres on paper for a pixel of a symbol's radius.
    """
    rows = _sign_and_line_rows(sheet_legend, kinds, bw, size)
    counted = [row for row in rows if row.counts]
    lines = [row for row in rows if not row.counts]
    blocks = class_blocks(sheet_legend, bw, size, symbol_scale, below=counted, beside=lines)
    if lines:
        blocks.append(_rows_block(lines, [*_class_rows(sheet_legend, bw), *rows], size))
    return blocks


def signs_blocks(
    legends: Sequence[SheetLegend], kinds: Mapping[str, Level], bw: bool, size: float
) -> list[LayoutBlock]:
    """Kinds of missing, signs and lines of maps that have each a legend for the rest."""
    legend = merge_legends(
        [replace(sheet_legend.layer_view.legend, classes=()) for sheet_legend in legends]
    )
    language = legends[0].layer_view.layer.language
    counts = ((captions.UNIT_COUNT_ALL[language], legend),)
    sheet_legend = replace(
        legends[0], layer_view=replace(legends[0].layer_view, legend=legend), counts=counts
    )
    rows = _sign_and_line_rows(sheet_legend, kinds, bw, size)
    over = (captions.UNIT_COUNT_ALL[language],) if any(row.counts for row in rows) else ()
    return [_rows_block(rows, rows, size, over=over)] if rows else []


def _sign_and_line_rows(
    sheet_legend: SheetLegend, kinds: Mapping[str, Level], bw: bool, size: float
) -> list[LegendRow]:
    lines = [
        _line_row(style, kinds[style.kind], sheet_legend) for style in line_styles(list(kinds))
    ]
    return [*_missing_rows(sheet_legend, bw), *_sign_rows(sheet_legend, size, bw), *lines]


def class_blocks(
    sheet_legend: SheetLegend,
    bw: bool,
    size: float,
    symbol_scale: float,
    *,
    below: Sequence[LegendRow] = (),
    beside: Sequence[LegendRow] = (),
) -> list[LayoutBlock]:
    """Classes with their counts or symbols, and the ends of what is shown.

    Parameters
    ----------
    below
        Rows with counts of their own that follow the classes: no value, doubtful, estimated.
    beside
        Rows of the same legend whose columns are to be as wide.
    """
    blocks = []
    layer_view = sheet_legend.layer_view
    unit, language = layer_view.indicator.measure_unit, layer_view.layer.language
    heading = capitalise(unit.name[language] or unit.symbol[language])
    rows = [*_class_rows(sheet_legend, bw), *below]
    style = get_style(layer_view.legend.style)
    head = style.legend_head(sheet_legend, heading, size, symbol_scale, bw)
    if head is not None:
        blocks.append(head)
        heading = ""
    if rows:
        over = tuple(captions for captions, _ in sheet_legend.counts)
        blocks.append(_rows_block(rows, [*rows, *beside], size, heading, over))
    ends = extreme_value_lines(sheet_legend)
    if ends:
        last = _lines_block(ends, size, max((b.width for b in blocks), default=0.0))
        blocks[-1:] = [stack_blocks(*blocks[-1:], last, gap=0.4 * size * MM_PER_POINT)]
    return blocks


def extreme_value_lines(sheet_legend: SheetLegend) -> list[str]:
    """The lowest and the highest value, of those nothing speaks against, and whose they are."""
    indicator, language = sheet_legend.layer_view.indicator, sheet_legend.layer_view.layer.language
    if indicator.kind == "category":
        return []
    found = [
        (unit_view, shown.layer_view.units[unit].name[language], shown.name)
        for shown in sheet_legend.maps
        for unit, unit_view in shown.layer_view.unit_views.items()
        if unit_view.value is not None and not unit_view.doubtful
    ]
    if len(found) < 2:
        return []
    by_value = sorted(found, key=lambda each: each[0].value or 0.0)
    lines = []
    for word, (unit_view, *names) in (
        (captions.HIGHEST, by_value[-1]),
        (captions.LOWEST, by_value[0]),
    ):
        value = unit_view.value or 0.0
        shown = format_number(value, indicator.decimals, language)
        shown = f"+{shown}" if unit_view.difference and value > 0 else shown
        whose = ", ".join(names[:1] if len(sheet_legend.maps) == 1 else names)
        lines.append(f"{word[language]}: {shown} ({whose})")
    return lines


def _lines_block(lines: list[str], size: float, width: float) -> LayoutBlock:
    """Lines of small type as wide as they are, where that is no more than a usual legend is."""
    em, small = size * MM_PER_POINT, size * 0.88
    room = max(width, min(max(text_width(line, small) for line in lines), 17 * em))
    shown = [text for line in lines for text in wrap_text(line, small, room, max_lines=2)]

    def draw(canvas: Canvas, box: Rect) -> None:
        for i, line in enumerate(shown):
            canvas.text(box.x, box.y + (i + 0.8) * 1.25 * em, line, small, colour=MUTED)

    return LayoutBlock(room, len(shown) * 1.25 * em, draw)


def _fill(fill: PrintFill) -> Callable[[Canvas, Rect], None]:
    def sign(canvas: Canvas, box: Rect) -> None:
        canvas.rectangle(box, fill=fill.colour)
        if fill.hatch:
            canvas.rectangle(box, hatch=fill.hatch, hatch_colour=fill.hatch_colour)
        canvas.rectangle(box, edge=LINE, width=0.4)

    return sign


def _class_rows(sheet_legend: SheetLegend, bw: bool) -> list[LegendRow]:
    legend = sheet_legend.layer_view.legend
    if not get_style(legend.style).shows_class_rows(legend):
        return []
    fills = legend_fills(legend.classes, bw, two_sided=is_diverging(sheet_legend.layer_view))
    return [
        LegendRow(
            row.label,
            tuple(str(own.classes[i].count) for _, own in sheet_legend.counts),
            _fill(fill),
        )
        for i, (row, fill) in enumerate(zip(legend.classes, fills, strict=True))
    ]


def _missing_rows(sheet_legend: SheetLegend, bw: bool) -> list[LegendRow]:
    return [
        LegendRow(
            row.label,
            tuple(
                str(sum(each.count for each in own.missing if each.kind == row.kind))
                for _, own in sheet_legend.counts
            ),
            _fill(missing_fill(row.kind, bw)),
        )
        for row in sheet_legend.layer_view.legend.missing
        if row.count
    ]


def _sign_rows(sheet_legend: SheetLegend, size: float, bw: bool) -> list[LegendRow]:
    language, legend = sheet_legend.layer_view.layer.language, sheet_legend.layer_view.legend
    rows = []
    if legend.estimated:

        def dotted(canvas: Canvas, box: Rect) -> None:
            ground = class_fills([row.colour for row in legend.classes] or [PAPER], bw)[0].colour
            _fill(PrintFill(ground))(canvas, box)
            fill = estimate_dots(ground)
            canvas.rectangle(box, hatch=fill.hatch, hatch_colour=fill.hatch_colour)

        counts = tuple(str(own.estimated) for _, own in sheet_legend.counts)
        rows.append(LegendRow(captions.ESTIMATED[language], counts, dotted))
    if legend.doubtful:

        def numbered(canvas: Canvas, box: Rect) -> None:
            draw_note_marker(
                canvas, box.x + box.width / 2, box.y + box.height / 2, "1", size=size * 0.9, bw=bw
            )

        counts = tuple(str(own.doubtful) for _, own in sheet_legend.counts)
        rows.append(LegendRow(captions.DOUBTFUL[language], counts, numbered))
    return rows


def _line_row(style: LineStyle, level: Level, sheet_legend: SheetLegend) -> LegendRow:
    language = sheet_legend.layer_view.layer.language

    def line(canvas: Canvas, box: Rect) -> None:
        middle = box.y + box.height / 2
        stroke = np.array([(box.x, middle), (box.right, middle)])
        canvas.lines([stroke], style.colour, style.width, style.dashes)

    kind = "plain" if style.kind == "above" else style.kind
    label = captions.BOUNDARY_LINES[kind][level]
    return LegendRow(label[language], (), line)


def _rows_block(
    rows: Sequence[LegendRow],
    every: Sequence[LegendRow],
    size: float,
    heading: str = "",
    over: tuple[str, ...] = (),
) -> LayoutBlock:
    """Some rows in columns as wide as ``every`` row of the legend wants them.

    Parameters
    ----------
    over
        Headings of the columns of counts.
    """
    em, small = size * MM_PER_POINT, size * 0.88
    label = max(text_width(row.label, size) for row in every)
    # The first column's heading may reach over the labels; the others are as wide as theirs.
    columns = max(len(row.counts) for row in every)
    wide = [
        max(
            [text_width(row.counts[i], size) for row in every if row.counts]
            + [text_width(captions, small) for captions in over[i : i + 1] if i]
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

    def draw(canvas: Canvas, box: Rect) -> None:
        ends = [box.right - sum(wide[i + 1 :]) - len(wide[i + 1 :]) * 1.2 * em
                for i in range(columns)]  # fmt: skip
        canvas.text(box.x, box.y + em, heading, size, weight="semibold")
        for title, right in zip(over, ends, strict=False):
            canvas.text(right, box.y + em, title, small, colour=MUTED, align="right")
        for i, row in enumerate(rows):
            y = box.y + top + i * _ROW * em
            row.sign(canvas, Rect(box.x, y + 0.16 * em, _SWATCH * em, 1.22 * em))
            canvas.text(box.x + (_SWATCH + _GAP) * em, y + 1.12 * em, row.label, size)
            for count, right in zip(row.counts, ends, strict=False):
                canvas.text(right, y + 1.12 * em, count, size, colour=MUTED, align="right")

    return LayoutBlock(width, height, draw)
