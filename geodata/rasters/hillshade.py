"""Hillshade: how brightly the sun lights a surface of elevations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SUN_AZIMUTH, SUN_ALTITUDE = 315.0, 45.0
"""Light from the north-west, as maps have it, degrees."""


def hillshade(
    elevation: npt.NDArray[np.floating],
    cell_size: float | npt.NDArray[np.float64],
    z_factor: float = 1.0,
) -> npt.NDArray[np.float64]:
    """The cosine between the sun and the normal of the slope, 0 in shadow.

    Parameters
    ----------
    elevation
        Shape (rows, columns), rows from the north; not a number where there is none.
    cell_size
        Side of a cell on the ground, metres; of shape (rows, 1) where it differs from row to row.
    z_factor
        Metres for one unit of the elevations: 0.3048 where they are feet.

    Returns
    -------
    ndarray of float, shape (rows, columns)
        Between 0 and 1, sin(45°) on level ground; not a number where there is no elevation. A cell
        at the edge, or beside one without elevation, takes itself in the place of what is missing.

    References
    ----------
    Horn (1981), Hill shading and the reflectance map, Proceedings of the IEEE 69 (1): slopes from
    the eight neighbours, those beside a cell counted twice.
    """
    height = np.asarray(elevation, dtype=np.float64) * z_factor
    rows, columns = height.shape
    around = np.pad(height, 1, mode="edge")

    def shifted(down: int, right: int) -> npt.NDArray[np.float64]:
        part = around[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
        return np.where(np.isnan(part), height, part)

    north, south, west, east = shifted(-1, 0), shifted(1, 0), shifted(0, -1), shifted(0, 1)
    north_west, north_east = shifted(-1, -1), shifted(-1, 1)
    south_west, south_east = shifted(1, -1), shifted(1, 1)
    to_east = north_east + 2 * east + south_east - north_west - 2 * west - south_west
    to_south = south_west + 2 * south + south_east - north_west - 2 * north - north_east
    to_east, to_south = to_east / (8 * cell_size), to_south / (8 * cell_size)
    azimuth, altitude = np.radians(SUN_AZIMUTH), np.radians(SUN_ALTITUDE)
    towards_sun = to_south * np.cos(azimuth) - to_east * np.sin(azimuth)
    cosine = np.sin(altitude) + np.cos(altitude) * towards_sun
    light = np.maximum(cosine / np.sqrt(1 + to_south**2 + to_east**2), 0.0)
    return np.where(np.isnan(height), np.nan, light)
