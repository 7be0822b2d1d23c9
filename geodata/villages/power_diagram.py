"""Areas around points: the cells of a Voronoi or power diagram, cut to a territory.

Where an office knows of its villages only a point each, every place is given to the nearest
point: the Voronoi diagram (Okabe, Boots, Sugihara and Chiu 2000, Spatial Tessellations, ch. 2).
Where their populations are known, larger villages get more: the power diagram (Aurenhammer 1987,
Power diagrams: properties, algorithms and applications, SIAM J. Comput. 16, 78-96), in which the
square of the distance is lessened by the point's weight. Its cells have straight edges and are
convex before the cut. The multiplicatively weighted diagram (Boots 1980, Weighting Thiessen
polygons, Economic Geography 56, 248-259) was not taken: its edges are arcs, and one cell may lie
inside another or in several pieces, which no village does.

Such areas are an aid to the eye. Nobody has surveyed them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

Points = NDArray[np.float64]

_OWN_POINT = 0.98
"""Share of the weights' largest difference at which a point would leave its own cell."""

_FAR = 40.0
"""How far from the middle the four points stand that close the outer cells, in extents."""


def population_weights(points: Points, populations: Sequence[float], area: float) -> Points:
    """Weights of a power diagram by which a cell grows with its population.

    A village is thought of as a disc whose area has the share of the territory that the village
    has of the people; its squared radius is its weight. All weights are then lessened by one
    factor until no point lies outside its own cell, that is until the weights of any two differ by
    less than their squared distance.

    Parameters
    ----------
    points : (n, 2)
        Positions in a metric CRS, metres, no two alike.
    populations : (n,)
        People of each village, none negative, not all zero.
    area
        Area of the territory, m².

    Returns
    -------
    ndarray of shape (n,)
        Weights in m².
    """
    people = np.asarray(populations, dtype=float)
    radii = people / people.sum() * area / np.pi
    gained = radii[:, None] - radii[None, :]
    apart = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    larger = gained > 0
    most = (apart[larger] / gained[larger]).min() if larger.any() else 1.0
    weights: Points = radii * min(1.0, _OWN_POINT * float(most))
    return weights


def power_cells(
    points: Points, territory: shapely.Geometry, weights: Points | None = None
) -> list[shapely.Polygon]:
    """The power cell of every point; with equal weights or none the Voronoi cell.

    The cells are the shadow of the lower hull of the points lifted to the paraboloid
    ``z = x² + y² - w`` (Aurenhammer 1987, section 4): each facet of the hull gives one corner,
    which the cells around it share to the last digit. The outer cells are closed far outside the
    territory.

    Parameters
    ----------
    points : (n, 2)
        Positions in a metric CRS, metres, no two alike.
    territory
        What the cells have to cover, in the same CRS.
    weights : (n,)
        In m²; see `population_weights`.

    Returns
    -------
    list of Polygon
        In the order of the points; empty for a point that others dominate everywhere.
    """
    middle = points.mean(axis=0)
    added = np.zeros(len(points)) if weights is None else np.asarray(weights, dtype=float)
    added = added - added.min()
    west, south, east, north = territory.bounds
    reached = np.abs(np.vstack([points, [[west, south], [east, north]]]) - middle).max()
    extent = max(float(reached), float(np.sqrt(added.max())), 1.0)
    corners = _FAR * np.array([[1.0, 1.1], [-1.1, 1.0], [-1.0, -1.1], [1.1, -1.0]])
    sites = np.vstack([(points - middle) / extent, corners])
    heights = (sites**2).sum(axis=1)
    heights[: len(points)] -= added / extent**2
    # Here, as only an import of villages needs it and the server does not wait for it.
    from scipy.spatial import ConvexHull  # type: ignore[import-untyped] # noqa: PLC0415

    hull = ConvexHull(np.column_stack([sites, heights]))
    around: dict[int, list[Points]] = defaultdict(list)
    for facet, (a, b, c, _) in zip(hull.simplices, hull.equations, strict=True):
        if c < 0:
            corner = np.array([-a / (2 * c), -b / (2 * c)]) * extent + middle
            for site in facet:
                around[int(site)].append(corner)
    return [_polygon(around.get(number, [])) for number in range(len(points))]


def _polygon(corners: list[Points]) -> shapely.Polygon:
    hull = shapely.MultiPoint(corners).convex_hull
    return hull if hull.geom_type == "Polygon" else shapely.Polygon()


def clip(cells: Sequence[shapely.Geometry], territory: shapely.Geometry) -> list[shapely.Geometry]:
    """The part of every cell in the territory, as a polygon or several; empty where there is none.

    Both in one metric CRS.
    """
    shapely.prepare(territory)
    return [polygons_of(shapely.intersection(cell, territory)) for cell in cells]


def polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry, without the points and lines a cut may leave."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0]
    nested = [q for p in shapely.get_parts(shape) if p.geom_type == "MultiPolygon"
              for q in shapely.get_parts(p)]  # fmt: skip
    whole = [*parts, *nested]
    return whole[0] if len(whole) == 1 else shapely.MultiPolygon(whole)


def indicative_areas(
    points: Points, territory: shapely.Geometry, populations: Sequence[float] | None = None
) -> list[shapely.Geometry]:
    """Areas around points that fill a territory without gap or overlap.

    Parameters
    ----------
    points : (n, 2)
        Positions in a metric CRS, metres, no two alike.
    territory
        The commune, in the same CRS.
    populations : (n,)
        People of each village; None for cells of the nearest point alone.
    """
    known = populations is not None and sum(populations) > 0
    weights = population_weights(points, populations or (), territory.area) if known else None
    return clip(power_cells(points, territory, weights), territory)
