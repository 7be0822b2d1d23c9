"""Areas on the ellipsoid and changes of coordinate reference system."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod, Transformer

_ELLIPSOID = Geod(ellps="WGS84")
_SQUARE_METRES_PER_KM2 = 1e6


def area_km2(shape: shapely.Geometry) -> float:
    """Geodesic area of a shape.

    Parameters
    ----------
    shape
        In degrees, EPSG:4326.

    Returns
    -------
    float
        Area on the WGS 84 ellipsoid, km², by the method of Karney (2013), Algorithms for geodesics,
        Journal of Geodesy 87.
    """
    return abs(float(_ELLIPSOID.geometry_area_perimeter(shape)[0])) / _SQUARE_METRES_PER_KM2


def reproject(shape: shapely.Geometry, source: str, target: str) -> shapely.Geometry:
    """A shape in another coordinate reference system.

    Parameters
    ----------
    shape
        In ``source``.
    source, target
        Whatever PROJ knows, as ``EPSG:32648``; x is east and y is north in both, whatever order of
        axes the systems name.
    """
    transformer = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(shape, lambda xy: np.column_stack(transformer.transform(*xy.T)))
