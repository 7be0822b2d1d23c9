"""Which commune a point lies in."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.dataset import GEOGRAPHIC_CRS
from geodata.model import Unit

NEAR_M = 60.0
"""How far outside the shipped line of its commune a point may lie: the line strays as far."""


class CommuneLocator:
    """Finds today's commune of a position.

    Parameters
    ----------
    units
        Units of all levels and days.
    shapes
        Finest boundaries with ``unit_id`` and geometry, EPSG:4326.
    metric_crs
        Coordinate system for distances, metres.
    """

    def __init__(self, units: Sequence[Unit], shapes: gpd.GeoDataFrame, metric_crs: str) -> None:
        today = {u.unit_id for u in units if u.level == "commune" and u.valid_to is None}
        chosen = shapes[shapes["unit_id"].isin(today)]
        self._crs = metric_crs
        self._ids: list[str] = chosen["unit_id"].tolist()
        self._shapes = chosen.geometry.to_crs(metric_crs).to_numpy()
        self._tree = shapely.STRtree(self._shapes)

    def locate(self, lonlat: NDArray[np.float64], written: Sequence[str]) -> list[str]:
        """The commune of each position; empty where it lies in none.

        A point up to `NEAR_M` outside the commune written for it lies in that one, and a point as
        near to the outer border lies in the nearest.

        Parameters
        ----------
        lonlat
            Longitude and latitude, degrees (WGS 84), shape (n, 2); numbers that are no degrees of
        the earth lie nowhere.
        written
            Unit id of the commune written for each; empty where none is.

        Returns
        -------
        list of str
            Unit ids.
        """
        found = [""] * len(lonlat)
        on_earth = np.flatnonzero((np.abs(lonlat) <= (180.0, 90.0)).all(axis=1))
        if not len(on_earth):
            return found
        points = gpd.GeoSeries.from_xy(*lonlat[on_earth].T, crs=GEOGRAPHIC_CRS).to_crs(self._crs)
        near: list[list[int]] = [[] for _ in on_earth]
        shapes = points.to_numpy()
        which, communes = self._tree.query(shapes, predicate="dwithin", distance=NEAR_M)
        for place, commune in zip(which.tolist(), communes.tolist(), strict=True):
            near[place].append(commune)
        for number, shape, close in zip(on_earth.tolist(), shapes, near, strict=True):
            found[number] = self._chosen(shape, close, written[number])
        return found

    def _chosen(self, point: shapely.Geometry, near: Sequence[int], written: str) -> str:
        ids = [self._ids[commune] for commune in near]
        if written in ids:
            return written
        distances = shapely.distance(self._shapes[list(near)], point)
        return ids[int(np.argmin(distances))] if ids else ""
