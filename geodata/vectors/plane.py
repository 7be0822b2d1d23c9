"""From longitude and latitude to a plane in metres and back."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod, Transformer

from geodata.vectors.line_segments import Floats
from geodata.vectors.unit_shapes import Shapes

_ELLIPSOID = Geod(ellps="WGS84")


def in_plane(shapes: Shapes, crs: str) -> Shapes:
    """Shapes of EPSG:4326 in the plane ``crs``."""
    return _moved(shapes, Transformer.from_crs("EPSG:4326", crs, always_xy=True))


def from_plane(shapes: Shapes, crs: str) -> Shapes:
    """Shapes of the plane ``crs`` in longitude and latitude, EPSG:4326."""
    return _moved(shapes, Transformer.from_crs(crs, "EPSG:4326", always_xy=True))


def _moved(shapes: Shapes, transformer: Transformer) -> Shapes:
    moved = shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(*xy.T)))
    return np.asarray(moved)


def geodesic_km(first: Floats, last: Floats) -> Floats:
    """Distance on the WGS 84 ellipsoid between points in degrees, km; both of shape (n, 2)."""
    metres = _ELLIPSOID.inv(first[:, 0], first[:, 1], last[:, 0], last[:, 1])[2]
    return np.asarray(metres, dtype=float) / 1000
