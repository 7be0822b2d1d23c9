"""The first map as the server draws it: units and symbols in colour, there before any script.

It lies where Leaflet will fit the map, until Leaflet's own paths take its place; without scripts it
is the map. The projection is the web's spherical Mercator (EPSG:3857), as Leaflet's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup, escape

from geodata.model import Level
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.styles import Style, get_style

MAX_UNITS = 400
"""Beyond this the paths would weigh more than the picture is worth."""
SIDE = 1000
"""Units of the drawing along its longer side: about one to a pixel."""
TOLERANCE = 1 / 400
"""How far lines may move, as a share of the longer side; a bend of two pixels is not missed."""
PLAIN = "var(--unit-plain)"
HATCH = "url(#preview-hatch)"
LATTICE = "url(#preview-lattice)"
"""Of impossible figures."""
MERCATOR = "EPSG:3857"
"""The projection of the web's maps."""
_PATTERN = (
    '<pattern id="preview-hatch" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<rect width="9" height="9" class="hatch-background"/>'
    '<path d="M-1 1 1-1M0 9 9 0M8 10 10 8" class="hatch-line"/></pattern>'
)
_LATTICE_PATTERN = (
    '<pattern id="preview-lattice" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<rect width="9" height="9" class="hatch-background"/>'
    '<path d="M4.5 0V9M0 4.5H9" class="hatch-line"/></pattern>'
)


@dataclass(frozen=True)
class Outlines:
    """The units of a level and day as SVG path data.

    Parameters
    ----------
    size
        Width and height of the drawing.
    paths
        Path data by unit id.
    anchors
        By unit id, the place of its symbol: the middle of the largest circle inside the unit.
    """

    size: tuple[float, float]
    paths: Mapping[str, str]
    anchors: Mapping[str, tuple[float, float]]


def preview_svg(store: Store, values: Mapping[str, Any]) -> Markup:
    """The map of a values document as inline SVG, empty where it has no shapes or too many.

    Fills are presentation attributes, since the pages' content policy refuses style attributes.
    """
    shapes, legend = values["boundaries"], values["legend"]
    if legend["total"] > MAX_UNITS:
        return Markup()
    found = outlines(store, shapes["level"], dt.date.fromisoformat(shapes["date"]))
    if found is None:
        return Markup()
    style, units = get_style(legend["style"]), values["units"]
    fills = {unit: fill_of(units.get(unit), legend, style) for unit in found.paths}
    paths = "".join(
        f'<path fill="{fills[unit]}" data-unit="{escape(unit)}" d="{data}"/>'
        for unit, data in found.paths.items()
    )
    width, height = found.size
    used = set(fills.values())
    patterns = (_PATTERN * (HATCH in used), _LATTICE_PATTERN * (LATTICE in used))
    # Numbers, colours of ours and escaped ids.
    return Markup(  # noqa: S704
        f'<svg class="preview" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="xMidYMin" '
        f'aria-hidden="true">'
        f"{''.join(patterns)}{paths}{_symbols(found, values, style)}</svg>"
    )


def _symbols(found: Outlines, values: Mapping[str, Any], style: Style) -> str:
    """The symbols of the units that have one, the largest first so that none is hidden."""
    symbols = [
        (style.preview_symbol(cell, values["legend"]), found.anchors[unit])
        for unit, cell in values["units"].items()
        if unit in found.anchors and _has_value(cell)
    ]
    drawn = [(symbol, place) for symbol, place in symbols if symbol is not None]
    marks = "".join(
        f'<path class="symbol" transform="translate({x:g} {y:g})"'
        f' d="{style.symbol_outline(symbol.radius)}" fill="{symbol.colour}"/>'
        for symbol, (x, y) in sorted(drawn, key=lambda each: -each[0].radius)
    )
    return f"<g>{marks}</g>" if marks else ""


def symbol_outline(style: str, radius: float) -> str:
    """A symbol of a legend as SVG path data around the point (0, 0), for the templates."""
    return get_style(style).symbol_outline(radius)


def _has_value(cell: Sequence[Any] | None) -> bool:
    return cell is not None and cell[0] is not None


def fill_of(cell: Sequence[Any] | None, legend: Mapping[str, Any], style: Style) -> str:
    """The fill of a unit: what its style gives it, a hatch without a value to draw."""
    if cell is None or not _has_value(cell):
        return LATTICE if cell is not None and cell[1] == "impossible" else HATCH
    return style.preview_fill(cell, legend) or PLAIN


@cached_per_store(32)
def outlines(store: Store, level: Level, day: dt.date) -> Outlines | None:
    """The outlines of the units of a level, simplified together so that borders stay shared."""
    frame = store.boundaries(level, day, 1)
    if frame.empty or len(frame) > MAX_UNITS:
        return None
    shapes = _simplified(frame.geometry, store.info.metric_crs).to_crs(MERCATOR)
    west, south, east, north = frame.to_crs(MERCATOR).total_bounds
    scale = SIDE / max(east - west, north - south)
    paths = {
        unit: path_data(shape, west, north, scale)
        for unit, shape in zip(frame["unit_id"], shapes, strict=True)
    }
    size = (round((east - west) * scale, 1), round((north - south) * scale, 1))
    anchors = {
        unit: _anchor(shape, west, north, scale)
        for unit, shape in zip(frame["unit_id"], shapes, strict=True)
    }
    return Outlines(size, paths, anchors)


def _anchor(
    shape: shapely.Geometry, west: float, north: float, scale: float
) -> tuple[float, float]:
    """Position of a symbol in drawing units: in the largest part, far from its edges."""
    part = max(shapely.get_parts(shape), key=shapely.area)
    tolerance = max(1.0 / scale, float(np.sqrt(shapely.area(part))) / 60)
    circle = shapely.maximum_inscribed_circle(part, tolerance)
    (x, y), _ = shapely.get_coordinates(circle)
    return round((x - west) * scale), round((north - y) * scale)


def _simplified(shapes: gpd.GeoSeries, metric_crs: str) -> gpd.GeoSeries:
    metric = shapes.to_crs(metric_crs)
    west, south, east, north = metric.total_bounds
    tolerance = TOLERANCE * max(east - west, north - south)
    return gpd.GeoSeries(shapely.coverage_simplify(metric.array, tolerance), crs=metric.crs)


def path_data(shape: shapely.Geometry, west: float, north: float, scale: float) -> str:
    """Rings as whole numbers: where each begins, then the steps from point to point."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        for ring in shapely.get_rings(part)
        if not ring.is_empty
    ]
    return "".join(_ring_data(shapely.get_coordinates(ring), west, north, scale) for ring in rings)


def _ring_data(points: np.ndarray, west: float, north: float, scale: float) -> str:
    placed = np.rint((points - (west, north)) * (scale, -scale)).astype(int).tolist()
    # The last point is the first again, which z says shorter.
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(placed[:-1])]
    numbers = [str(n) for step in steps if step != (0, 0) for n in step]
    # A minus sign parts two numbers as well as a space does.
    text = "".join(n if n[0] == "-" else f" {n}" for n in numbers).lstrip()
    return f"M{placed[0][0]} {placed[0][1]}l{text}z" if text else ""
