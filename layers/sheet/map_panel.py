"""The map itself: fills, hatches, lines, symbols, names and numbers of notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely

from layers.layer_view import LayerView
from layers.sheet import label_placement
from layers.sheet.canvas import INK, LINE, PAPER, Canvas
from layers.sheet.layout_block import MM_PER_POINT, Rect
from layers.sheet.map_furniture import draw_note_marker
from layers.sheet.map_geometry import MapGeometry
from layers.sheet.place_marks import PlaceMarks, draw_place_marks
from layers.sheet.print_fills import (
    NEUTRAL_FILL,
    PrintFill,
    is_diverging,
    legend_fills,
    missing_fill,
)
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
    relief: np.ndarray | None = None
    marks: PlaceMarks | None = None
    rasters: tuple[np.ndarray, ...] = ()


def draw_map_panel(canvas: Canvas, panel: MapPanel) -> list[str]:
    """Draw the panel, without its frame; the units whose names had room."""
    canvas.clip(panel.viewport.box)
    _fills(canvas, panel)
    if panel.relief is not None:
        canvas.image(panel.viewport.box, panel.relief)
    for picture in panel.rasters:
        canvas.image(panel.viewport.box, picture)
    _lines(canvas, panel)
    get_style(panel.layer_view.legend.style).draw_over(canvas, panel)
    if panel.chosen in panel.geometry.unit_ids:
        shape = panel.geometry.shapes[panel.geometry.unit_ids.index(panel.chosen)]
        canvas.path(panel.viewport.path([shape]), edge=PAPER, width=3.2 * panel.weight)
        canvas.path(panel.viewport.path([shape]), edge=INK, width=1.8 * panel.weight)
    if panel.marks is not None:
        draw_place_marks(canvas, panel.marks, panel.bw)
    names = _names(canvas, panel)
    canvas.clip(None)
    return names


def draw_inset_units(canvas: Canvas, panel: MapPanel) -> None:
    """The units in a small view of their own: fills with a thin edge, symbols, no names."""
    canvas.clip(panel.viewport.box)
    _fills(canvas, panel)
    shapes = [panel.geometry.shapes[i] for i in panel.visible]
    canvas.path(panel.viewport.path(shapes), edge=_OUTLINE, width=0.35)
    get_style(panel.layer_view.legend.style).draw_over(canvas, panel)
    canvas.clip(None)


def _fills(canvas: Canvas, panel: MapPanel) -> None:
    """One path for all units of a class and one for each hatch on top."""
    legend = panel.layer_view.legend
    style = get_style(legend.style)
    fills = legend_fills(legend.classes, panel.bw, two_sided=is_diverging(panel.layer_view))
    groups: dict[PrintFill, list[shapely.Geometry]] = defaultdict(list)
    over: dict[PrintFill, list[shapely.Geometry]] = defaultdict(list)
    for i in panel.visible:
        unit_view = panel.layer_view.unit_views.get(panel.geometry.unit_ids[i])
        shape = panel.geometry.shapes[i]
        if unit_view is None or (unit_view.missing is None and unit_view.class_index is None):
            groups[PrintFill(NEUTRAL_FILL)].append(shape)
        elif unit_view.missing is not None:
            groups[missing_fill(unit_view.missing, panel.bw)].append(shape)
        else:
            print_fill = style.unit_fill(unit_view, fills, panel.bw) or PrintFill(NEUTRAL_FILL)
            groups[print_fill].append(shape)
            if overprint := style.unit_overprint(unit_view, print_fill):
                over[overprint].append(shape)
    for print_fill, shapes in (*groups.items(), *over.items()):
        path = panel.viewport.path(shapes)
        if print_fill.colour != "none":
            canvas.path(path, fill=print_fill.colour)
        if print_fill.hatch:
            canvas.path(path, hatch=print_fill.hatch, hatch_colour=print_fill.hatch_colour)


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


def _names(canvas: Canvas, panel: MapPanel) -> list[str]:
    """Names and numbers of notes; the larger the unit, the sooner it is named."""
    language = panel.layer_view.layer.language
    style = get_style(panel.layer_view.legend.style)
    candidates = []
    for i in panel.visible:
        unit_id = panel.geometry.unit_ids[i]
        unit = panel.layer_view.units.get(unit_id)
        if unit is None or not (panel.named or unit_id in panel.numbers):
            continue
        x, y, size = _place(panel, i)
        clearance = style.label_clearance(panel, unit_id)
        room = shapely.box(*_page_bounds(panel.viewport, panel.geometry.shapes[i]))
        candidates.append(
            label_placement.LabelCandidate(
                name=unit.name[language] if panel.named else "",
                shape=room if shapely.area(room) < 1 else _on_page(panel, i),
                x=x,
                y=y,
                rank=(0.0 if unit_id == panel.chosen else 1 / max(size, 1e-9)),
                number=panel.numbers.get(unit_id, ""),
                clearance=clearance and clearance + 0.2,
            )
        )
    placed = label_placement.place_labels(
        candidates, panel.size, panel.viewport.box.inset(0.6), _symbol_boxes(panel)
    )
    for each in placed:
        _write(canvas, each, panel)
    return [each.candidate.name for each in placed if each.lines]


def _place(panel: MapPanel, i: int) -> tuple[float, float, float]:
    """The middle of a unit on the page and the radius of the circle inside it, mm."""
    x, y, size = panel.geometry.anchors[i]
    ((px, py),) = panel.viewport.points(np.array([(x, y)]))
    return float(px), float(py), float(size) * panel.viewport.scale


def _on_page(panel: MapPanel, i: int) -> shapely.Geometry:
    """A unit's outline on the page, coarse: only the room for a name is measured on it."""
    shape = shapely.simplify(panel.geometry.shapes[i], 0.3 / panel.viewport.scale)
    return shapely.transform(shape, panel.viewport.points)


def _page_bounds(viewport: Viewport, shape: shapely.Geometry) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.bounds(shape)
    (left, bottom), (right, top) = viewport.points(np.array([(west, south), (east, north)]))
    return float(left), float(top), float(right), float(bottom)


def _symbol_boxes(panel: MapPanel) -> list[Rect]:
    style = get_style(panel.layer_view.legend.style)
    boxes = panel.marks.boxes if panel.marks is not None else []
    for i in panel.visible:
        size = style.label_clearance(panel, panel.geometry.unit_ids[i]) * 0.8
        if size:
            x, y, _ = _place(panel, i)
            boxes.append(Rect(x - size, y - size, 2 * size, 2 * size))
    return boxes


def _write(canvas: Canvas, placed: label_placement.PlacedLabel, panel: MapPanel) -> None:
    box, number, em = placed.box, placed.candidate.number, panel.size * MM_PER_POINT
    marker = label_placement.note_marker_size(panel.size)
    room = box.width - (marker + 0.5 if number and placed.lines else 0.0)
    chosen = panel.chosen and placed.candidate.rank == 0.0
    for n, line in enumerate(placed.lines):
        baseline = box.y + 0.15 + (n + 0.84) * em * label_placement.LINE_HEIGHT
        canvas.text(
            box.x + room / 2, baseline, line, panel.size, align="center",
            weight="semibold" if chosen else "regular", halo=1.3 if panel.bw else 1.0,
        )  # fmt: skip
    if number:
        x = box.right - marker / 2 if placed.lines else box.x + box.width / 2
        draw_note_marker(canvas, x, box.y + box.height / 2, number, size=panel.size, bw=panel.bw)


def draw_frame(canvas: Canvas, box: Rect) -> None:
    """The frame around a panel."""
    canvas.rectangle(box, edge=LINE, width=0.5)
