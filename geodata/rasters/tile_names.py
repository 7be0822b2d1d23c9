"""Which tiles of a raster cover an area, by the names that its publisher gives them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.toml_reader import TableReader

_Corner = Literal["south_west", "north_west"]
_CORNERS: tuple[_Corner, ...] = ("south_west", "north_west")


@dataclass(frozen=True, slots=True)
class TilePattern:
    """Tiles of whole degrees, named after one of their corners.

    Parameters
    ----------
    step
        Degrees of a side; corners lie at its multiples.
    corner
        The one that a tile is named after.
    names
        Patterns of the names with ``lat``, ``lon`` (whole, without a sign) and ``NS``, ``EW``: one,
        or several where several files belong together.
    """

    step: int
    corner: _Corner
    names: tuple[str, ...]

    def covering(self, bounds: tuple[float, float, float, float]) -> tuple[str, ...]:
        """The names of the tiles that cover a box.

        Parameters
        ----------
        bounds
            West, south, east and north in degrees.
        """
        west, south, east, north = bounds
        up = self.step if self.corner == "north_west" else 0
        return tuple(
            name.format(lat=abs(lat + up), lon=abs(lon), NS="NS"[lat + up < 0], EW="EW"[lon < 0])
            for name in self.names
            for lat in self._multiples(south, north)
            for lon in self._multiples(west, east)
        )

    def _multiples(self, low: float, high: float) -> range:
        first = math.floor(low / self.step)
        return range(first * self.step, math.ceil(high / self.step) * self.step, self.step)


def read_tile_pattern(entry: TableReader) -> TilePattern:
    """The pattern of a preset's table ``[tiles]``."""
    pattern = TilePattern(
        entry.integer("step", 1, 90),
        entry.choice("corner", _CORNERS),
        tuple(entry.items("names", (str,))),
    )
    entry.finish()
    try:
        pattern.covering((0.5, 0.5, 0.6, 0.6))
    except (KeyError, ValueError, IndexError) as error:
        what = Message("Not a pattern of names")
        raise FileFault(what, str(error), where=f"{entry.where} names") from None
    return pattern
