"""The locator map: the outline of the country, with its islands in their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

from geodata.i18n import Language, Text
from geodata.store_cache import cached_per_store
from layers.sheet.canvas import ALERT, INK, LINE, MUTED, Canvas
from layers.sheet.fonts import text_width
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.map_geometry import MapGeometry, projection
from layers.sheet.viewport import Extent, Viewport, fit_extent

if TYPE_CHECKING:
    from geodata.store.interface import Store

_LAND = "#e6e9eb"
_NEAR = 120_000.0
"""Greatest distance from a named island of what belongs to it, metres."""
_NATIONAL = 0.8
"""Share of the country's area from which a map shows the country itself."""


@dataclass(frozen=True, eq=False)
class CountryOutline:
    """The country around a dataset on the plane of its maps.

    Parameters
    ----------
    outlines
        Its parts, metres on the plane.
    islands
        The islands that stand for themselves, with their names in both languages.
    sources
        Ids of the sources of both.
    """

    outlines: np.ndarray
    islands: tuple[tuple[Text, shapely.Geometry], ...]
    sources: tuple[str, ...] = ()

    @property
    def extent(self) -> Extent:
        """West, south, east, north of all of it, metres."""
        west, south, east, north = shapely.total_bounds(
            [*self.outlines, *(shape for _, shape in self.islands)]
        )
        return float(west), float(south), float(east), float(north)

    def is_covered_by(self, geometry: MapGeometry) -> bool:
        """Whether a map of the units is a map of the country."""
        own = float(shapely.area(self.outlines).sum())
        return float(shapely.area(geometry.shapes).sum()) >= _NATIONAL * own

    def mainland_extent(self, geometry: MapGeometry) -> Extent:
        """West, south, east, north of the parts of units that lie off the named islands."""
        parts = shapely.get_parts(geometry.shapes)
        off = parts[~shapely.intersects(parts, self._waters())]
        west, south, east, north = shapely.total_bounds(off if len(off) else parts)
        return float(west), float(south), float(east), float(north)

    def island_units(self, geometry: MapGeometry) -> list[int]:
        """Places of the units that lie, all or in part, on the named islands."""
        found = shapely.intersects(geometry.shapes, self._waters())
        return [int(i) for i in np.flatnonzero(found)]

    def _waters(self) -> shapely.Geometry:
        """Around the named islands; the outlines leave their smallest parts out."""
        return shapely.union_all([shapely.buffer(shape, _NEAR) for _, shape in self.islands])


@cached_per_store(4)
def country_outline(store: Store, meridian: float) -> CountryOutline | None:
    """The country around the store's units; None where its dataset does not say."""
    frame = store.surroundings()
    if frame.empty:
        return None
    project = Transformer.from_crs("EPSG:4326", projection(meridian), always_xy=True).transform

    def plane(points: np.ndarray) -> np.ndarray:
        return np.column_stack(project(points[:, 0], points[:, 1]))

    shapes = shapely.transform(frame.geometry.to_numpy(), plane)
    apart = (frame["kind"] == "islands").to_numpy()
    names = [Text(row.name_vi, row.name_en) for row in frame[apart].itertuples()]
    sources = tuple(sorted({str(each) for each in frame["source_id"].dropna()} - {""}))
    return CountryOutline(shapes[~apart], tuple(zip(names, shapes[apart], strict=True)), sources)


def locator_map_block(
    whole: CountryOutline, own: MapGeometry, size: float, bw: bool, language: Language
) -> LayoutBlock:
    """The small map of the country, its islands named and the dataset's units marked.

    Parameters
    ----------
    own
        The units of the dataset, on the same plane.
    size
        Of the legend's type, points.
    """
    em = size * MM_PER_POINT
    west, south, east, north = whole.extent
    # Room for a name below the southernmost islands.
    south -= (north - south) * 0.09
    height = 12.5 * em
    width = height * (east - west) / (north - south)
    small = max(4.2, size * 0.72)
    colour = INK if bw else ALERT

    def draw(canvas: Canvas, box: Rect) -> None:
        frame = Rect(box.x, box.y, width, height)
        viewport = fit_extent((west, south, east, north), frame, 0.9)
        canvas.path(viewport.path(whole.outlines), fill=_LAND, edge=LINE, width=0.25)
        canvas.credited_sources |= set(whole.sources)
        canvas.path(viewport.path(own.shapes), fill=colour, edge=colour, width=0.4)
        for _, shape in whole.islands:
            # A hair of an edge lets the smallest be seen.
            canvas.path(viewport.path([shape]), fill=MUTED, edge=MUTED, width=0.6)
        _name(canvas, whole, viewport, small, language)
        canvas.rectangle(frame, edge=LINE, width=0.4)

    return LayoutBlock(width, height, draw)


def islands_inset_block(
    whole: CountryOutline,
    size: float,
    language: Language,
    draw_units: Callable[[Canvas, Viewport], None],
) -> LayoutBlock:
    """The islands of the country apart, at a scale of their own, with what the map shows on them.

    Parameters
    ----------
    draw_units
        Draws the units of the map through a view.
    """
    em = size * MM_PER_POINT
    west, south, east, north = shapely.total_bounds([shape for _, shape in whole.islands])
    south -= (north - south) * 0.12
    height = 11 * em
    width = max(height * (east - west) / (north - south), 8 * em)

    def draw(canvas: Canvas, box: Rect) -> None:
        frame = Rect(box.x, box.y, width, height)
        viewport = fit_extent((west, south, east, north), frame, 0.9)
        draw_units(canvas, viewport)
        canvas.credited_sources |= set(whole.sources)
        _name(canvas, whole, viewport, max(4.4, size * 0.8), language)
        canvas.rectangle(frame, edge=LINE, width=0.5)

    return LayoutBlock(width, height, draw)


def _name(
    canvas: Canvas, whole: CountryOutline, viewport: Viewport, size: float, language: Language
) -> None:
    """The names of the islands, each below its own and within the frame."""
    frame = viewport.box
    for names, shape in whole.islands:
        left, _, right, bottom = shapely.transform(shape, viewport.points).bounds
        half = text_width(names[language], size) / 2
        middle = min(max((left + right) / 2, frame.x + half + 0.6), frame.right - half - 0.6)
        canvas.text(middle, bottom + size * MM_PER_POINT * 1.1, names[language], size,
                   colour=MUTED, align="center", halo=0.8)  # fmt: skip
