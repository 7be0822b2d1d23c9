"""The map itself: fills, hatches, lines, symbols, names and numbers of notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely

from layers.drawn import DrawnLayer
from layers.sheet import labels
from layers.sheet.badge import draw_badge
from layers.sheet.box import POINT, Box
from layers.sheet.inks import (
    PLAIN,
    Ink,
    class_inks,
    dots_on,
    is_two_sided,
    legend_inks,
    missing_ink,
)
from layers.sheet.paper import INK, LINE, PAPER, Paper
from layers.sheet.territory import Territory
from layers.sheet.view import View
from layers.symbols import radius

ESTIMATES = ("estimate", "estimated")
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
    """The styles the key explains."""
    return [style for style in LINE_STYLES if style.kind in kinds and style.kind != "frame"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a map panel is drawn from.

    Parameters
    ----------
    visible
        Places of the units in the territory that are drawn.
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
    """

    drawn: DrawnLayer
    territory: Territory
    view: View
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


def draw_map(paper: Paper, what: Drawing) -> list[str]:
    """Draw the panel, without its frame; the units whose names had room."""
    paper.clip(what.view.box)
    _fills(paper, what)
    if what.relief is not None:
        paper.image(what.view.box, what.relief)
    _lines(paper, what)
    if what.drawn.legend.style == "symbols":
        _symbols(paper, what)
    if what.chosen in what.territory.unit_ids:
        shape = what.territory.shapes[what.territory.unit_ids.index(what.chosen)]
        paper.path(what.view.path([shape]), edge=PAPER, width=3.2 * what.weight)
        paper.path(what.view.path([shape]), edge=INK, width=1.8 * what.weight)
    names = _names(paper, what)
    paper.clip(None)
    return names


def draw_apart(paper: Paper, what: Drawing) -> None:
    """The units in a small view of their own: fills with a hair of an edge, symbols, no names."""
    paper.clip(what.view.box)
    _fills(paper, what)
    shapes = [what.territory.shapes[i] for i in what.visible]
    paper.path(what.view.path(shapes), edge=_OUTLINE, width=0.35)
    if what.drawn.legend.style == "symbols":
        _symbols(paper, what)
    paper.clip(None)


def _fills(paper: Paper, what: Drawing) -> None:
    """One path for all units of a class and one for each hatch on top."""
    legend = what.drawn.legend
    inks = legend_inks(legend.classes, what.bw, two_sided=is_two_sided(what.drawn))
    groups: dict[Ink, list[shapely.Geometry]] = defaultdict(list)
    over: dict[Ink, list[shapely.Geometry]] = defaultdict(list)
    for i in what.visible:
        mark = what.drawn.marks.get(what.territory.unit_ids[i])
        shape = what.territory.shapes[i]
        if mark is None or (mark.missing is None and mark.index is None):
            groups[Ink(PLAIN)].append(shape)
        elif mark.missing is not None:
            groups[missing_ink(mark.missing, what.bw)].append(shape)
        elif legend.style == "symbols" or mark.index is None:
            groups[Ink(PAPER if what.bw else PLAIN)].append(shape)
        else:
            ink = inks[mark.index]
            groups[ink].append(shape)
            if mark.status in ESTIMATES:
                over[dots_on(ink.fill)].append(shape)
    for ink, shapes in (*groups.items(), *over.items()):
        path = what.view.path(shapes)
        if ink.fill != "none":
            paper.path(path, fill=ink.fill)
        if ink.hatch:
            paper.path(path, hatch=ink.hatch, hatch_colour=ink.hatch_colour)


def _lines(paper: Paper, what: Drawing) -> None:
    west, south, east, north = what.view.extent
    for style in LINE_STYLES:
        shown = [
            what.view.points(line)
            for line in what.territory.lines[style.kind]
            if line[:, 0].max() >= west and line[:, 0].min() <= east
            and line[:, 1].max() >= south and line[:, 1].min() <= north
        ]  # fmt: skip
        if not shown:
            continue
        if style.casing:
            paper.lines(shown, PAPER, style.casing * what.weight)
        paper.lines(shown, style.colour, style.width * what.weight, style.dashes)


def _radius(what: Drawing, unit_id: str) -> float:
    """Radius of a unit's circle, mm; 0 without one."""
    mark = what.drawn.marks.get(unit_id)
    if what.drawn.legend.style != "symbols" or mark is None or mark.value is None:
        return 0.0
    return radius(mark.value, what.largest) * what.symbol_scale


def _symbols(paper: Paper, what: Drawing) -> None:
    """Circles, the largest first so that no small one is hidden."""
    ids = [what.territory.unit_ids[i] for i in what.visible]
    points = what.view.points(what.territory.anchors[what.visible, :2])
    circles = sorted(zip(ids, points, strict=True), key=lambda c: (-_radius(what, c[0]), c[0]))
    colours = [row.colour for row in what.drawn.legend.classes]
    inks = class_inks(colours, what.bw)
    for unit_id, (x, y) in circles:
        size = _radius(what, unit_id)
        mark = what.drawn.marks[unit_id]
        if not size or mark.index is None:
            continue
        fill = inks[mark.index].fill if len(inks) > 1 or not what.bw else "#c9c9c9"
        paper.circle(x, y, size, fill=fill, edge=INK if what.bw else PAPER, width=0.6)
        if mark.status in ESTIMATES:
            paper.circle(x, y, size, hatch="....", hatch_colour=dots_on(fill).hatch_colour)


def _names(paper: Paper, what: Drawing) -> list[str]:
    """Names and numbers of notes; the larger the unit, the sooner it is named."""
    language = what.drawn.layer.language
    wishes = []
    for i in what.visible:
        unit_id = what.territory.unit_ids[i]
        unit = what.drawn.units.get(unit_id)
        if unit is None or not (what.named or unit_id in what.numbers):
            continue
        x, y, size = _place(what, i)
        room = shapely.box(*_page_bounds(what.view, what.territory.shapes[i]))
        wishes.append(
            labels.Wish(
                name=unit.name[language] if what.named else "",
                shape=room if shapely.area(room) < 1 else _on_page(what, i),
                x=x,
                y=y,
                rank=(0.0 if unit_id == what.chosen else 1 / max(size, 1e-9)),
                number=what.numbers.get(unit_id, ""),
                below=_radius(what, unit_id) and _radius(what, unit_id) + 0.2,
            )
        )
    placed = labels.place(wishes, what.size, what.view.box.inset(0.6), _symbol_boxes(what))
    for each in placed:
        _write(paper, each, what)
    return [each.wish.name for each in placed if each.lines]


def _place(what: Drawing, i: int) -> tuple[float, float, float]:
    """The middle of a unit on the page and the radius of the circle inside it, mm."""
    x, y, size = what.territory.anchors[i]
    ((px, py),) = what.view.points(np.array([(x, y)]))
    return float(px), float(py), float(size) * what.view.scale


def _on_page(what: Drawing, i: int) -> shapely.Geometry:
    """A unit's outline on the page, coarse: only the room for a name is measured on it."""
    shape = shapely.simplify(what.territory.shapes[i], 0.3 / what.view.scale)
    return shapely.transform(shape, what.view.points)


def _page_bounds(view: View, shape: shapely.Geometry) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.bounds(shape)
    (left, bottom), (right, top) = view.points(np.array([(west, south), (east, north)]))
    return float(left), float(top), float(right), float(bottom)


def _symbol_boxes(what: Drawing) -> list[Box]:
    boxes = []
    for i in what.visible:
        size = _radius(what, what.territory.unit_ids[i]) * 0.8
        if size:
            x, y, _ = _place(what, i)
            boxes.append(Box(x - size, y - size, 2 * size, 2 * size))
    return boxes


def _write(paper: Paper, placed: labels.Placed, what: Drawing) -> None:
    box, number, em = placed.box, placed.wish.number, what.size * POINT
    badge = labels.badge_size(what.size)
    room = box.width - (badge + 0.5 if number and placed.lines else 0.0)
    chosen = what.chosen and placed.wish.rank == 0.0
    for n, line in enumerate(placed.lines):
        baseline = box.y + 0.15 + (n + 0.84) * em * labels.LINE_HEIGHT
        paper.text(
            box.x + room / 2, baseline, line, what.size, align="center",
            weight="semibold" if chosen else "regular", halo=1.3 if what.bw else 1.0,
        )  # fmt: skip
    if number:
        x = box.right - badge / 2 if placed.lines else box.x + box.width / 2
        draw_badge(paper, x, box.y + box.height / 2, number, size=what.size, bw=what.bw)


def draw_frame(paper: Paper, box: Box) -> None:
    """The frame around a panel."""
    paper.box(box, edge=LINE, width=0.5)
