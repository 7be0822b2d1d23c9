"""Places on a sheet: their symbols on the map, and their part of the legend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from pyproj import Transformer

from geodata.i18n import Language, Message
from layers.places.clusters import Cluster, cluster_points, common_category
from layers.places.place_view import PlaceView
from layers.places.symbol_choice import PlaceSymbol
from layers.places.symbol_shapes import OUTLINES, SIDE, SIGNS
from layers.sheet.canvas import INK, MUTED, PAPER, Canvas
from layers.sheet.fonts import text_width, wrap_text
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.map_geometry import projection
from layers.sheet.viewport import Viewport

PLACES = Message("Places")
UNPLACED = Message.plural(
    "One place without a position is not drawn", "{n} places without a position are not drawn", 0
)
JOINED = Message("A number: so many places close together")
INCOMPLETE = Message("The list is not complete: where none is shown, there may be some")

_SYMBOL = 1.5
"""Side of a symbol, in heights of the legend's type."""
_JOINED = 0.95
"""Share of a symbol's side up to which places are drawn as one."""
_WIDEST = 14.0
_COUNT = 0.62
_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")


@dataclass(frozen=True, slots=True)
class PlaceMarks:
    """The places of a map on the page.

    Parameters
    ----------
    view
        The places.
    clusters
        Those that are seen, on the page; a member is a number of a place of ``view.placed``.
    side
        Of a symbol, mm.
    """

    view: PlaceView
    clusters: tuple[Cluster, ...]
    side: float

    @property
    def boxes(self) -> list[Rect]:
        """What the symbols cover, for the names of units to keep clear of."""
        half = self.side / 2
        return [Rect(c.x - half, c.y - half, self.side, self.side) for c in self.clusters]


def symbol_side(size: float) -> float:
    """Side of a symbol beside type of ``size`` points, mm."""
    return _SYMBOL * size * MM_PER_POINT


def place_marks(view: PlaceView, viewport: Viewport, meridian: float, size: float) -> PlaceMarks:
    """The places that a map shows, those close together joined.

    Parameters
    ----------
    meridian
        Central meridian of the map's plane, degrees.
    size
        Of the legend's type, points.
    """
    side = symbol_side(size)
    if not view.placed:
        return PlaceMarks(view, (), side)
    transformer = Transformer.from_crs("EPSG:4326", projection(meridian), always_xy=True)
    lon, lat = zip(*((place.lon, place.lat) for place in view.placed), strict=True)
    points = viewport.points(np.column_stack(transformer.transform(lon, lat)))
    box = viewport.box
    seen = np.flatnonzero(
        (points[:, 0] >= box.x) & (points[:, 0] <= box.right)
        & (points[:, 1] >= box.y) & (points[:, 1] <= box.bottom)
    )  # fmt: skip
    clusters = cluster_points(points[seen], _JOINED * side)
    own = seen.tolist()
    return PlaceMarks(
        view,
        tuple(Cluster(c.x, c.y, tuple(own[member] for member in c.members)) for c in clusters),
        side,
    )


def draw_place_marks(canvas: Canvas, marks: PlaceMarks, bw: bool) -> None:
    """The symbols; where several places are one, with how many they are."""
    categories = [place.category for place in marks.view.placed]
    for cluster in marks.clusters:
        category = common_category(categories, cluster)
        half = marks.side / 2
        box = Rect(cluster.x - half, cluster.y - half, marks.side, marks.side)
        if category:
            draw_symbol(canvas, box, marks.view.symbols[category], bw=bw)
        else:
            canvas.circle(cluster.x, cluster.y, half * 0.92, fill=INK, edge=PAPER, width=0.6)
        if len(cluster.members) > 1:
            _draw_count(canvas, cluster, marks.side, on_symbol=bool(category))


def _draw_count(canvas: Canvas, cluster: Cluster, side: float, *, on_symbol: bool) -> None:
    size = _COUNT * side / MM_PER_POINT
    text, low = str(len(cluster.members)), 0.36 * size * MM_PER_POINT
    if not on_symbol:
        canvas.text(
            cluster.x, cluster.y + low, text, size, weight="semibold", colour=PAPER, align="center"
        )
        return
    x, y = cluster.x + side * 0.42, cluster.y - side * 0.3
    canvas.text(x, y + low, text, size, weight="semibold", halo=0.9)


def draw_symbol(canvas: Canvas, box: Rect, symbol: PlaceSymbol, *, bw: bool) -> None:
    """A symbol within a square box; on black and white paper the outline alone tells it apart."""
    outline = OUTLINES[symbol.outline]
    scale = min(box.width, box.height) / SIDE
    left = box.x + (box.width - SIDE * scale) / 2
    top = box.y + (box.height - SIDE * scale) / 2
    placed = Affine2D().scale(scale).translate(left, top)
    canvas.path(
        placed.transform_path(svg_path(outline.path)),
        fill=INK if bw else symbol.colour,
        edge=PAPER,
        width=0.6,
    )
    inside = Affine2D().scale(outline.scale).translate(*outline.centre)
    sign = inside.transform_path(svg_path(SIGNS[symbol.sign]))
    canvas.path(placed.transform_path(sign), fill=PAPER)


@lru_cache(maxsize=64)
def svg_path(text: str) -> Path:
    """A path in the grammar of `layers.places.symbol_shapes`, its y axis downwards."""
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, numbers in _STEP.findall(text):
        values = [float(each) for each in numbers.split()]
        pairs = [*zip(values[::2], values[1::2], strict=True)] or [(0.0, 0.0)]
        code = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}[letter]
        points += pairs
        codes += [int(code)] * len(pairs)
    return Path(points, codes)


def place_legend_block(view: PlaceView, size: float, bw: bool, language: Language) -> LayoutBlock:
    """The symbols with their categories and how many places there are of each."""
    em, small = size * MM_PER_POINT, size * 0.88
    rows = [(each, str(view.count(each.id))) for each in view.categories]
    swatch = symbol_side(size)
    label = max(text_width(each.name[language], size) for each, _ in rows)
    count = max(text_width(text, size) for _, text in rows)
    width = max(
        swatch + 0.7 * em + label + 1.2 * em + count,
        text_width(PLACES[language], size, "semibold"),
    )
    notes = _notes(view, small, max(width, _WIDEST * em), language)
    width = max([width, *(text_width(line, small) for line in notes)])
    row = max(1.62 * em, swatch + 0.3 * em)
    height = 1.6 * em + len(rows) * row + len(notes) * 1.25 * em

    def draw(canvas: Canvas, box: Rect) -> None:
        canvas.text(box.x, box.y + em, PLACES[language], size, weight="semibold")
        for n, (category, text) in enumerate(rows):
            y = box.y + 1.6 * em + n * row
            symbol = Rect(box.x, y + (row - swatch) / 2, swatch, swatch)
            draw_symbol(canvas, symbol, view.symbols[category.id], bw=bw)
            base = y + row / 2 + 0.36 * em
            canvas.text(box.x + swatch + 0.7 * em, base, category.name[language], size)
            canvas.text(box.right, base, text, size, colour=MUTED, align="right")
        for n, line in enumerate(notes):
            y = box.y + 1.6 * em + len(rows) * row + (n + 0.9) * 1.25 * em
            canvas.text(box.x, y, line, small, colour=MUTED)

    return LayoutBlock(width, height, draw)


def _notes(view: PlaceView, size: float, room: float, language: Language) -> Sequence[str]:
    said = [JOINED[language]] if len(view.placed) > 1 else []
    if view.unplaced:
        said.append(UNPLACED.counted(view.unplaced)[language])
    if view.incomplete:
        said.append(INCOMPLETE[language])
    return [line for text in said for line in wrap_text(text, size, room, max_lines=2)]
