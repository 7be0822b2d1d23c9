"""The map itself: fills, hatches, lines, symbols, names and numbers of notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely

from layers.layer_view import LayerView
from layers.sheet.canvas import INK, LINE, PAPER, Canvas
from layers.sheet.label_placement import Placement
from layers.sheet.layout_block import Rect
from layers.sheet.map_geometry import MapGeometry
from layers.sheet.place_marks import PlaceMarks, draw_place_marks
from layers.sheet.print_fills import (
    NEUTRAL_FILL,
    PrintFill,
    is_diverging,
    legend_fills,
    missing_fill,
)
from layers.sheet.unit_names import draw_unit_names, place_unit_names
from layers.sheet.viewport import Viewport
from layers.styles import get_style

_OUTLINE = "#39424a"


@dataclass(frozen=True, slots=True)
class LineStyle:
    """Colour, width and dashes (points) of a kind of line; the casing lies below it.

    One wider than its dashes are long is a hatched band: strokes across an edge that nobody
    surveyed, where a line along it would say that there is one.
    """

    kind: str
    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    casing: float = 0.0


LINE_STYLES = (
    LineStyle("derived", _OUTLINE, 4.2, (0.65, 1.3), 4.2),
    LineStyle("plain", "#66717a", 0.35, (), 0.8),
    LineStyle("indicative", _OUTLINE, 0.5, (3.0, 1.8), 0.9),
    LineStyle("above", _OUTLINE, 1.0, (), 1.8),
    LineStyle("frame", _OUTLINE, 1.1),
)


def line_styles(kinds: list[str]) -> list[LineStyle]:
    """The styles the legend explains."""
    return [style for style in LINE_STYLES if style.kind in kinds and style.kind != "frame"]


@dataclass(frozen=True, slots=True)
class MapPanel:
    """The inputs of a map panel.

    Parameters
    ----------
    visible
        Places of the units in the geometry that are drawn.
    numbers
        Numbers of the notes of doubtful units.
    chosen
        Id of the unit the sheet is about; empty for none.
    size
        Of the names, points.
    symbol_scale
        Millimetres for a pixel of a symbol's radius.
    largest
        The value whose symbol is the largest.
    weight
        Factor of the widths of lines.
    named
        Whether names are written; the numbers of notes are in any case.
    marked
        Ids of units whose outline is dashed.
    relief
        Light and shadow on the fills, as `layers.sheet.relief` gives them; None for none.
    marks
        The places over it; None for none.
    rasters
        Pictures of registered rasters on the fills, as `layers.sheet.raster_marks` gives them.
    """

    layer_view: LayerView
    geometry: MapGeometry
    viewport: Viewport
    visible: list[int]
    numbers: dict[str, str]
    chosen: str
    bw: bool
    size: float
    symbol_scale: float
    largest: float
    weight: float
    named: bool = True
    marked: frozenset[str] = frozenset()
    relief: np.ndarray | None = None
    marks: PlaceMarks | None = None
    rasters: tuple[np.ndarray, ...] = ()


def draw_map_panel(canvas: Canvas, panel: MapPanel, names: Placement | None = None) -> None:
    """Draw the panel, without its frame.

    Parameters
    ----------
    names
        Where the names stand; None where that is not decided yet.
    """
    canvas.clip(panel.viewport.box)
    filled = _fills(canvas, panel)
    if panel.relief is not None:
        canvas.image(panel.viewport.box, panel.relief)
    for picture in panel.rasters:
        canvas.image(panel.viewport.box, picture)
    _lines(canvas, panel)
    get_style(panel.layer_view.legend.style).draw_over(canvas, panel)
    _outline_marked(canvas, panel)
    if panel.chosen in panel.geometry.unit_ids:
        shape = panel.geometry.shapes[panel.geometry.unit_ids.index(panel.chosen)]
        canvas.path(panel.viewport.path([shape]), edge=PAPER, width=3.2 * panel.weight)
        canvas.path(panel.viewport.path([shape]), edge=INK, width=1.8 * panel.weight)
    if panel.marks is not None:
        draw_place_marks(canvas, panel.marks, panel.bw)
    placed = (place_unit_names(panel, {}) if names is None else names).placed
    draw_unit_names(canvas, panel, placed, filled)
    canvas.clip(None)


def _outline_marked(canvas: Canvas, panel: MapPanel) -> None:
    """A dashed outline around the units that the remarks are about, on dark and on light fills."""
    shapes = [panel.geometry.shapes[i] for i in panel.visible
              if panel.geometry.unit_ids[i] in panel.marked]  # fmt: skip
    rings = shapely.get_rings(shapely.get_parts(shapes)) if shapes else ()
    lines = [panel.viewport.points(shapely.get_coordinates(ring)) for ring in rings]
    if lines:
        canvas.lines(lines, PAPER, 1.6 * panel.weight)
        canvas.lines(lines, INK, 1.0 * panel.weight, (2.2, 1.6))


def draw_inset_units(canvas: Canvas, panel: MapPanel) -> None:
    """The units in a small view of their own: fills with a thin edge, symbols, no names."""
    canvas.clip(panel.viewport.box)
    _fills(canvas, panel)
    shapes = [panel.geometry.shapes[i] for i in panel.visible]
    canvas.path(panel.viewport.path(shapes), edge=_OUTLINE, width=0.35)
    get_style(panel.layer_view.legend.style).draw_over(canvas, panel)
    canvas.clip(None)


def _fills(canvas: Canvas, panel: MapPanel) -> dict[str, PrintFill]:
    """One path for all units of a class and one for each hatch on top; that of each unit."""
    legend = panel.layer_view.legend
    style = get_style(legend.style)
    fills = legend_fills(legend.classes, panel.bw, two_sided=is_diverging(panel.layer_view))
    groups: dict[PrintFill, list[shapely.Geometry]] = defaultdict(list)
    over: dict[PrintFill, list[shapely.Geometry]] = defaultdict(list)
    filled: dict[str, PrintFill] = {}
    for i in panel.visible:
        unit_id, shape = panel.geometry.unit_ids[i], panel.geometry.shapes[i]
        unit_view = panel.layer_view.unit_views.get(unit_id)
        fill = PrintFill(NEUTRAL_FILL)
        if unit_view is not None and unit_view.missing is not None:
            fill = missing_fill(unit_view.missing, panel.bw)
        elif unit_view is not None and unit_view.class_index is not None:
            fill = style.unit_fill(unit_view, fills, panel.bw) or fill
        groups[fill].append(shape)
        filled[unit_id] = fill
        drawn = unit_view is not None and unit_view.missing is None
        if drawn and unit_view is not None and unit_view.class_index is not None:
            overprint = style.unit_overprint(unit_view, fill)
            if overprint:
                over[overprint].append(shape)
                filled[unit_id] = PrintFill(fill.colour, overprint.hatch)
    for print_fill, shapes in (*groups.items(), *over.items()):
        path = panel.viewport.path(shapes)
        if print_fill.colour != "none":
            canvas.path(path, fill=print_fill.colour)
        if print_fill.hatch:
            canvas.path(path, hatch=print_fill.hatch, hatch_colour=print_fill.hatch_colour)
    return filled


def _lines(canvas: Canvas, panel: MapPanel) -> None:
    west, south, east, north = panel.viewport.extent
    for style in LINE_STYLES:
        shown = [
            panel.viewport.points(line)
            for line in panel.geometry.lines[style.kind]
            if line[:, 0].max() >= west and line[:, 0].min() <= east
            and line[:, 1].max() >= south and line[:, 1].min() <= north
        ]  # fmt: skip
        if not shown:
            continue
        if style.casing:
            canvas.lines(shown, PAPER, style.casing * panel.weight)
        canvas.lines(shown, style.colour, style.width * panel.weight, style.dashes)


def draw_frame(canvas: Canvas, box: Rect) -> None:
    """The frame around a panel."""
    canvas.rectangle(box, edge=LINE, width=0.5)
