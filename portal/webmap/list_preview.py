"""What a list would draw, as inline SVG: places with their symbols, villages with their areas.

As `portal.webmap.svg_preview` draws the map of an indicator, in the same projection.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import geopandas as gpd
from markupsafe import Markup, escape

from geodata.model import Place
from geodata.store import Store
from layers.places.place_view import place_symbols
from layers.places.symbol_choice import PlaceSymbol
from layers.places.symbol_shapes import OUTLINES, SIDE, SIGNS
from portal.webmap.svg_preview import MERCATOR, path_data
from portal.webmap.svg_preview import SIDE as DRAWING_SIDE

_SYMBOL = 26.0
"""Side of a symbol in units of the drawing."""


def places_svg(store: Store, places: Sequence[Place]) -> Markup:
    """Places over the communes of today; empty where none has a position."""
    placed = [place for place in places if place.lon is not None and place.lat is not None]
    communes = store.boundaries("commune", store.info.timeline[-1].date, 1)
    if not placed or communes.empty:
        return Markup()
    frame = communes.to_crs(MERCATOR)
    west, south, east, north = frame.total_bounds
    scale = DRAWING_SIDE / max(east - west, north - south)
    points = gpd.GeoSeries.from_xy(
        [place.lon for place in placed], [place.lat for place in placed], crs="EPSG:4326"
    ).to_crs(MERCATOR)
    symbols = place_symbols(store)
    marks = "".join(
        _mark(symbols[place.category], (point.x - west) * scale, (north - point.y) * scale, place)
        for place, point in zip(placed, points, strict=True)
    )
    size = ((east - west) * scale, (north - south) * scale)
    return _drawing(size, _paths(frame, west, north, scale, ()), marks)


def villages_svg(store: Store, communes: Collection[str]) -> Markup:
    """The villages of some communes within them; empty where none has a shape."""
    day = store.info.timeline[-1].date
    villages = store.boundaries("village", day, 2)
    below = {unit.unit_id for each in communes for unit in store.children(each)}
    own = villages[villages["unit_id"].isin(below)]
    around = store.boundaries("commune", day, 2)
    around = around[around["unit_id"].isin(list(communes))]
    if own.empty or around.empty:
        return Markup()
    frame, drawn = around.to_crs(MERCATOR), own.to_crs(MERCATOR)
    west, south, east, north = frame.total_bounds
    scale = DRAWING_SIDE / max(east - west, north - south)
    size = ((east - west) * scale, (north - south) * scale)
    paths = _paths(frame, west, north, scale, ())
    return _drawing(size, paths + _paths(drawn, west, north, scale, below), "")


def _paths(
    frame: gpd.GeoDataFrame, west: float, north: float, scale: float, marked: Collection[str]
) -> str:
    tolerance = 1 / scale
    shapes = frame.geometry.simplify(tolerance)
    return "".join(
        f'<path fill="var({"--accent-soft" if unit in marked else "--unit-plain"})"'
        f' data-unit="{escape(unit)}" d="{path_data(shape, west, north, scale)}"/>'
        for unit, shape in zip(frame["unit_id"], shapes, strict=True)
    )


def _mark(symbol: PlaceSymbol, x: float, y: float, place: Place) -> str:
    outline = OUTLINES[symbol.outline]
    sign, colour = SIGNS[symbol.sign], symbol.colour
    factor = _SYMBOL / SIDE
    cx, cy = outline.centre
    return (
        f'<g transform="translate({x - _SYMBOL / 2:.1f} {y - _SYMBOL / 2:.1f})'
        f' scale({factor:.3f})"><title>{escape(place.name)}</title>'
        f'<path d="{outline.path}" fill="{colour}" stroke="#ffffff"/>'
        f'<path transform="translate({cx:g} {cy:g}) scale({outline.scale:g})" d="{sign}"'
        f' fill="#ffffff" stroke="none"/></g>'
    )


def _drawing(size: tuple[float, float], paths: str, marks: str) -> Markup:
    width, height = size
    # Numbers, paths and colours of ours and escaped texts.
    return Markup(  # noqa: S704
        f'<svg class="preview" viewBox="0 0 {width:g} {height:g}" aria-hidden="true">'
        f"{paths}{marks}</svg>"
    )
