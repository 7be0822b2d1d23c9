"""Which coordinates a table gives: degrees or a plane in metres, and which column points where.

In VN-2000 x points north and y east (Circular 973/2001/TT-TCĐC), while tables made with GIS have it
the other way round. So the columns are told apart by what their numbers mean: of the possible
readings only one may put the points into the place the dataset is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geodata.dataset import GEOGRAPHIC_CRS
from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message

NEEDED_SHARE = 0.5
"""Share of the points a reading must put into the place."""


@dataclass(frozen=True, slots=True)
class CoordinateInterpretation:
    """How two columns of numbers become positions.

    Parameters
    ----------
    crs
        The system the numbers are in.
    swapped
        Whether the first column points north and the second east.
    """

    crs: str
    swapped: bool

    def positions(self, first: Sequence[float], second: Sequence[float]) -> NDArray[np.float64]:
        """Longitude and latitude of every row, degrees (WGS 84), shape (n, 2)."""
        east, north = (second, first) if self.swapped else (first, second)
        transformer = Transformer.from_crs(self.crs, GEOGRAPHIC_CRS, always_xy=True)
        lon, lat = transformer.transform(np.asarray(east, float), np.asarray(north, float))
        return np.column_stack([lon, lat])

    def words(self, first: str, second: str) -> Localised:
        """What was recognised, to be shown to whoever loads the table."""
        east, north = (second, first) if self.swapped else (first, second)
        name = "WGS 84" if self.crs == GEOGRAPHIC_CRS else CRS.from_user_input(self.crs).name
        return Message(
            "{name} ({crs}): “{east}” points east, “{north}” points north",
            name=name,
            crs=self.crs,
            east=east,
            north=north,
        )


def detect_coordinates(
    first: Sequence[float], second: Sequence[float], place: shapely.Geometry, systems: Sequence[str]
) -> CoordinateInterpretation:
    """The one reading of two columns that puts most points into a place.

    Parameters
    ----------
    first, second
        The numbers of the two columns.
    place
        Extent within which points make sense, EPSG:4326.
    systems
        Coordinate systems that may be meant.

    Raises
    ------
    InvalidInput
        No reading, or more than one, puts at least half of the points there.
    """
    readings = [
        CoordinateInterpretation(crs, swapped) for crs in systems for swapped in (False, True)
    ]
    shares = [_inside(reading, first, second, place) for reading in readings]
    best = max(shares, default=0.0)
    found = [r for r, share in zip(readings, shares, strict=True) if share == best]
    if best < NEEDED_SHARE or len(found) != 1:
        raise InvalidInput(
            Message("The coordinates cannot be recognised"),
            found=f"{first[0]}, {second[0]}",
            allowed=Message(
                "longitude and latitude (degrees), or x, y (metres) in {systems}",
                systems=", ".join(systems),
            ),
            remedy=Message("Name the coordinate system, as EPSG:9205"),
        )
    return found[0]


def _inside(
    reading: CoordinateInterpretation,
    first: Sequence[float],
    second: Sequence[float],
    place: shapely.Geometry,
) -> float:
    lonlat = reading.positions(first, second)
    sound = np.isfinite(lonlat).all(axis=1)
    inside = shapely.contains_xy(place, lonlat[sound])
    return float(inside.sum()) / len(lonlat)


_DEGREES = re.compile(
    r"([-−]?)([0-9]{1,3}(?:[.,][0-9]{1,12})?)\s*[°º˚]"
    r"(?:\s*([0-9]{1,2}(?:[.,][0-9]{1,12})?)\s*['’′]"
    r"(?:\s*([0-9]{1,2}(?:[.,][0-9]{1,12})?)\s*(?:\"|”|″|''|’’|′′))?)?\s*([A-Za-zĐđ]*)"
)
_EAST_OR_NORTH = frozenset({"", "e", "đ", "n", "b", "kđđ", "kđ", "vđb"})


def parse_degrees(text: str) -> float | None:
    """Degrees with their sign, with or without minutes and seconds: ``103°36'12"Đ`` is 103.6033.

    None where the text has no such sign, or is east or north of nothing known.
    """
    match = _DEGREES.fullmatch(text.strip())
    if match is None or match[5].casefold() not in _EAST_OR_NORTH:
        return None
    degrees, minutes, seconds = (
        float((part or "0").replace(",", ".")) for part in match.group(2, 3, 4)
    )
    if minutes >= 60 or seconds >= 60:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if match[1] else value


def validate_crs(text: str) -> str:
    """A coordinate system as named on the command line.

    Raises
    ------
    InvalidInput
        There is no such system.
    """
    try:
        return CRS.from_user_input(text).to_string()
    except CRSError as error:
        raise InvalidInput(
            Message("There is no such coordinate system"),
            found=f"{text} ({error})",
            allowed=Message("an EPSG code, as EPSG:9205"),
            where="--crs",
        ) from None
