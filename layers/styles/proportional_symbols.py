"""Proportional symbols: circles whose area stands for the value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.i18n import Language, Localised, Message
from geodata.model import Indicator, Kind
from layers.classification import Classes
from layers.formatting import (
    fewest_decimals,
    floor_to_round_number,
    format_number,
    round_half_up,
)
from layers.legend import SymbolSize
from layers.styles.base import Cell, PreviewSymbol, Style

if TYPE_CHECKING:
    from layers.legend import ClassificationDomain, Legend
    from layers.sheet.canvas import Canvas
    from layers.sheet.layout_block import LayoutBlock, Rect
    from layers.sheet.map_panel import MapPanel
    from layers.sheet.print_fills import PrintFill
    from layers.sheet.sheet_content import SheetLegend
    from layers.symbology import Symbology
    from layers.unit_views import UnitView

MAX_RADIUS = 26.0
"""Radius of the largest circle on the map, CSS pixels."""
_ONE_CLASS_GREY = "#c9c9c9"
"""Fill of circles of a single class on a black and white sheet."""


class ProportionalSymbols(Style):
    """Circles on the units: made for counts, which shading would spread over the area."""

    id = "symbols"
    name = Message("Proportional symbols")
    description = Message("A circle on every unit, its area in proportion to the value")
    suits: frozenset[Kind] = frozenset({"count", "ratio", "extreme"})
    default_for: frozenset[Kind] = frozenset({"count"})
    uses_classification = False
    class_label_in_tables = False
    fills_units = False
    doubtful_note = Message("Highest and lowest leave out the figures marked doubtful")

    def classify(
        self, domain: ClassificationDomain, symbology: Symbology, indicator: Indicator
    ) -> Classes:
        """One class of circles, or two when there are values on both sides of zero."""
        return symbol_classes(domain.displayed, indicator.decimals)

    def legend_symbols(
        self, values: Sequence[float], indicator: Indicator, language: Language
    ) -> tuple[SymbolSize, ...]:
        """The nested circles of the legend, largest first."""
        largest = max((abs(v) for v in values), default=0.0)
        shown = legend_symbol_values(values, indicator.decimals)
        digits = fewest_decimals(shown, indicator.decimals)
        return tuple(
            SymbolSize(v, format_number(v, digits, language), symbol_radius(v, largest))
            for v in shown
        )

    def notes(self, indicator: Indicator) -> tuple[Localised, ...]:
        """Why a count is drawn so."""
        if indicator.kind != "count":
            return ()
        return (
            Message("Counts are drawn as proportional symbols: the area of a circle is the value"),
        )

    def shows_class_rows(self, legend: Legend) -> bool:
        """Only where colours part the values at zero."""
        return len(legend.classes) > 1

    def preview_fill(self, cell: Cell, legend: Mapping[str, Any]) -> str | None:
        """None: units lie plain below the circles."""
        return None

    def preview_symbol(self, cell: Cell, legend: Mapping[str, Any]) -> PreviewSymbol | None:
        """The unit's circle."""
        if not cell[0] or cell[1] is None or not legend["symbols"]:
            return None
        largest = legend["symbols"][0]
        radius = largest["radius"] * math.sqrt(abs(cell[0]) / largest["value"])
        return PreviewSymbol(radius, str(legend["classes"][cell[1]]["colour"]))

    def unit_fill(
        self, unit_view: UnitView, fills: Sequence[PrintFill], bw: bool
    ) -> PrintFill | None:
        """Plain, white where only ink speaks."""
        from layers.sheet.canvas import PAPER
        from layers.sheet.print_fills import PrintFill

        return PrintFill(PAPER) if bw else None

    def unit_overprint(self, unit_view: UnitView, fill: PrintFill) -> PrintFill | None:
        """None: the circle of an estimate has the dots."""
        return None

    def draw_over(self, canvas: Canvas, panel: MapPanel) -> None:
        """Circles, the largest first so that no small one is hidden."""
        from layers.sheet.canvas import INK, PAPER
        from layers.sheet.print_fills import ESTIMATE_STATUSES, class_fills, estimate_dots

        ids = [panel.geometry.unit_ids[i] for i in panel.visible]
        points = panel.viewport.points(panel.geometry.anchors[panel.visible, :2])
        radii = {unit_id: self._radius(panel, unit_id) for unit_id in ids}
        circles = sorted(zip(ids, points, strict=True), key=lambda c: (-radii[c[0]], c[0]))
        bw, fills = panel.bw, class_fills([c.colour for c in _legend(panel).classes], panel.bw)
        for unit_id, (x, y) in circles:
            size = radii[unit_id]
            unit_view = panel.layer_view.unit_views.get(unit_id)
            if not size or unit_view is None or unit_view.class_index is None:
                continue
            split = len(fills) > 1 or not bw
            fill = fills[unit_view.class_index].colour if split else _ONE_CLASS_GREY
            self.draw_symbol(canvas, x, y, size, fill=fill, edge=INK if bw else PAPER, width=0.6)
            if unit_view.status in ESTIMATE_STATUSES:
                dots = estimate_dots(fill).hatch_colour
                self.draw_symbol(canvas, x, y, size, hatch="....", hatch_colour=dots)

    def draw_symbol(
        self, canvas: Canvas, x: float, y: float, radius: float, **paint: object
    ) -> None:
        """Draw one symbol on paper, on the map or in the legend.

        A style with another mark than the circle overrides this and `symbol_outline`.

        Parameters
        ----------
        x, y, radius
            On the sheet, mm.
        paint
            As `Canvas.circle` takes it.
        """
        canvas.circle(x, y, radius, **paint)

    def label_clearance(self, panel: MapPanel, unit_id: str) -> float:
        """The radius of the unit's circle."""
        return self._radius(panel, unit_id)

    def _radius(self, panel: MapPanel, unit_id: str) -> float:
        """Radius of a unit's circle, mm; 0 without one."""
        unit_view = panel.layer_view.unit_views.get(unit_id)
        if unit_view is None or unit_view.value is None:
            return 0.0
        return symbol_radius(unit_view.value, panel.largest) * panel.symbol_scale

    def legend_head(
        self, sheet_legend: SheetLegend, heading: str, size: float, scale: float, bw: bool
    ) -> LayoutBlock | None:
        """Nested circles, each with a thread to its value."""
        from layers.sheet.fonts import text_width
        from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock

        em, symbols = size * MM_PER_POINT, sheet_legend.layer_view.legend.symbols
        largest = max((s.radius for s in symbols), default=0.0) * scale
        label = max((text_width(s.label, size) for s in symbols), default=0.0)
        width = max(2 * largest + 1.6 * em + label, text_width(heading, size, "semibold"))
        depth = max(2 * largest, _LINE * em * len(symbols))

        def draw(canvas: Canvas, box: Rect) -> None:
            canvas.text(box.x, box.y + em, heading, size, weight="semibold")
            self._draw_nested(canvas, box, sheet_legend, depth=depth, size=size, scale=scale, bw=bw)

        return LayoutBlock(width, _HEAD * em + depth + 0.5 * em, draw)

    def _draw_nested(
        self,
        canvas: Canvas,
        box: Rect,
        sheet_legend: SheetLegend,
        *,
        depth: float,
        size: float,
        scale: float,
        bw: bool,
    ) -> None:
        """The circles on one ground, the largest behind, and a thread from the top of each.

        Parameters
        ----------
        depth
            From below the heading to the ground on which the circles stand, mm.
        """
        from layers.sheet.canvas import INK, LINE, PAPER
        from layers.sheet.layout_block import MM_PER_POINT

        em, legend = size * MM_PER_POINT, sheet_legend.layer_view.legend
        step, symbols = _LINE * em, legend.symbols
        largest = max((s.radius for s in symbols), default=0.0) * scale
        fill = PAPER if bw else next((row.colour for row in reversed(legend.classes)), INK)
        ground = box.y + _HEAD * em + depth
        # Threads keep a line's distance, and the last one stays above the ground.
        floors = [ground - (len(symbols) - 1 - i) * step for i in range(len(symbols))]
        last = box.y
        for symbol, floor in zip(symbols, floors, strict=True):
            radius = symbol.radius * scale
            x, top = box.x + largest, ground - 2 * radius
            edge = INK if bw else PAPER
            self.draw_symbol(canvas, x, ground - radius, radius, fill=fill, edge=edge, width=0.6)
            last = max(min(top, floor), last + step)
            end = box.x + 2 * largest + 0.6 * em
            canvas.lines([np.array([(x, top), (end, last)])], LINE, 0.4)
            canvas.text(end + 0.4 * em, last + 0.36 * em, symbol.label, size)


_HEAD, _LINE = 1.75, 1.15
"""Height of the heading above the nested circles and of a line beside them, ems."""


def _legend(panel: MapPanel) -> Legend:
    return panel.layer_view.legend


def symbol_radius(value: float, largest: float) -> float:
    """Radius in CSS pixels of the circle for ``value``: area in proportion, sign ignored.

    Parameters
    ----------
    largest
        Largest absolute value on the map; it gets `MAX_RADIUS`.
    """
    if largest <= 0 or value == 0:
        return 0.0
    return round(MAX_RADIUS * math.sqrt(abs(value) / largest), 2)


def symbol_classes(values: Sequence[float], decimals: int) -> Classes:
    """One class of circles, or two when there are values on both sides of zero."""
    shown = [round_half_up(v, decimals) for v in values]
    if not shown:
        return Classes(math.nan, (), (), decimals)
    low, high = min(shown), max(shown)
    if low < 0 < high:
        below = sum(v <= 0 for v in shown)
        return Classes(low, (0.0, high), (below, len(shown) - below), decimals, midpoint=0.0)
    return Classes(low, (high,), (len(shown),), decimals, single_valued=low == high)


def legend_symbol_values(values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Up to three round values for the nested circles of the legend, largest first.

    The first is the largest 1, 2 or 5 times a power of ten that the map reaches; the others are
    about a quarter and a sixteenth of it, so that their radii halve.
    """
    largest = max((abs(v) for v in values), default=0.0)
    if largest <= 0:
        return ()
    wanted = [floor_to_round_number(largest / part) for part in (1, 4, 16)]
    shown = [round_half_up(v, decimals) for v in wanted]
    distinct = sorted({v for v in shown if 0 < v <= largest}, reverse=True)
    return tuple(distinct) or (round_half_up(largest, decimals),)
