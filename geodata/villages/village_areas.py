"""The shapes of an office's villages: cells around its points, or its polygons, at every detail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.dataset import GEOGRAPHIC_CRS
from geodata.geodesy import reproject
from geodata.villages.import_record import ImportedVillage
from geodata.villages.overlay_bounds import pairs_to_compare, verify_meetings
from geodata.villages.power_diagram import polygons_of, population_weights, power_cells

OUTSIDE_SHARE = 0.02
"""Share of a polygon that may lie outside its commune, whose shipped line is generalised."""

OVERLAP_SHARE = 0.005
"""Share of the smaller of two villages that may lie in both: the width of a drawn line."""

MOST_OVERLAPS = 100
"""Overlaps listed; what overlaps more is drawn wrong as a whole."""


@dataclass(frozen=True)
class MetricProjection:
    """From EPSG:4326 to the metric system of a dataset and back."""

    crs: str

    def to_metres(self, shape: shapely.Geometry) -> shapely.Geometry:
        """``shape`` in metres."""
        return reproject(shape, GEOGRAPHIC_CRS, self.crs)

    def to_degrees(self, shape: shapely.Geometry) -> shapely.Geometry:
        """``shape`` in EPSG:4326."""
        return reproject(shape, self.crs, GEOGRAPHIC_CRS)

    def points(self, rows: Sequence[ImportedVillage]) -> NDArray[np.float64]:
        """The points of rows that have one, metres, shape (n, 2)."""
        return self.positions(np.array([(row.lon, row.lat) for row in rows], dtype=float))

    def positions(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitude and latitude (n, 2), degrees, in metres."""
        transformer = Transformer.from_crs(GEOGRAPHIC_CRS, self.crs, always_xy=True)
        return np.column_stack(transformer.transform(*lonlat.T))


def is_weighted(rows: Sequence[ImportedVillage]) -> bool:
    """Whether areas follow the populations: every village with a point has one."""
    points = [row for row in rows if row.lon is not None]
    people = [row.population for row in points]
    return len(points) > 1 and None not in people and sum(p or 0 for p in people) > 0


def unclipped_areas(
    rows: Sequence[ImportedVillage], territory: shapely.Geometry, plane: MetricProjection
) -> dict[int, shapely.Geometry]:
    """The area of each row that has a point or a polygon, before the cut, in metres.

    Parameters
    ----------
    territory
        The commune in metres.

    Returns
    -------
    dict
        By number of the row. Polygons win over points; a table has either.
    """
    drawn = {n: row for n, row in enumerate(rows) if row.wkt}
    if drawn:
        return {n: plane.to_metres(shapely.from_wkt(row.wkt)) for n, row in drawn.items()}
    placed = {n: row for n, row in enumerate(rows) if row.lon is not None}
    if not placed:
        return {}
    points = plane.points(list(placed.values()))
    weights = None
    if is_weighted(rows):
        people = [row.population or 0.0 for row in placed.values()]
        weights = population_weights(points, people, territory.area)
    return dict(zip(placed, power_cells(points, territory, weights), strict=True))


def clip_at_details(
    areas: Mapping[str, shapely.Geometry],
    territories: Mapping[int, shapely.Geometry],
    plane: MetricProjection,
    grid: Mapping[int, float],
) -> dict[int, dict[str, shapely.Geometry]]:
    """Every area cut to the commune as it is drawn at each detail.

    Parameters
    ----------
    areas
        By unit id, uncut, metres.
    territories
        The commune at each detail, EPSG:4326.
    grid
        Step of the grid positions are rounded to at each detail, degrees.

    Returns
    -------
    dict
        By detail and unit id, EPSG:4326; without the areas nothing is left of.
    """
    cut: dict[int, dict[str, shapely.Geometry]] = {}
    for detail, territory in territories.items():
        metres = plane.to_metres(territory)
        found = {}
        for unit_id, area in areas.items():
            part = plane.to_degrees(shapely.intersection(area, metres))
            part = polygons_of(shapely.set_precision(part, grid[detail]))
            if not part.is_empty:
                found[unit_id] = part
        cut[detail] = found
    return cut


@dataclass(frozen=True, slots=True)
class PolygonFaults:
    """What is wrong with polygons that should fill a commune.

    Parameters
    ----------
    gaps_km2, gap_share
        Land of the commune in no village; as a share of the commune.
    overlaps
        Numbers of two rows and the km² that lie in both, above `OVERLAP_SHARE`; the first
        `MOST_OVERLAPS` of them.
    outside
        Number of a row and the share of it outside the commune, above `OUTSIDE_SHARE`.
    invalid
        Numbers of rows whose polygon crosses itself, with the reason.
    """

    gaps_km2: float
    gap_share: float
    overlaps: tuple[tuple[int, int, float], ...]
    outside: tuple[tuple[int, float], ...]
    invalid: tuple[tuple[int, str], ...]


def check_polygons(
    areas: Mapping[int, shapely.Geometry], territory: shapely.Geometry
) -> PolygonFaults:
    """Gaps, overlaps and what lies outside the commune; all in one metric CRS.

    Raises
    ------
    InvalidInput
        The polygons overlap or cross so often that checking them would take too long.
    """
    invalid = tuple(
        (n, shapely.is_valid_reason(area)) for n, area in areas.items() if not area.is_valid
    )
    sound = {n: area for n, area in areas.items() if area.is_valid and area.area > 0}
    pairs = pairs_to_compare(sound)
    verify_meetings([*sound.values(), territory])
    outside = tuple(
        (n, share)
        for n, area in sound.items()
        if (share := shapely.difference(area, territory).area / area.area) > OUTSIDE_SHARE
    )
    gaps = shapely.difference(territory, shapely.union_all(list(sound.values()))).area
    overlaps = tuple(islice(_overlaps(sound, pairs), MOST_OVERLAPS))
    return PolygonFaults(gaps / 1e6, gaps / territory.area, overlaps, outside, invalid)


def _overlaps(
    areas: Mapping[int, shapely.Geometry], pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, float]]:
    """Numbers of two areas and the km² in both, where it is more than a drawn line."""
    for one, other in pairs:
        first, second = areas[one], areas[other]
        if shapely.intersects(first, second):
            common = shapely.intersection(first, second).area
            if common > OVERLAP_SHARE * min(first.area, second.area):
                yield one, other, common / 1e6
