"""The cells of one window of a raster with the zones that lie on them, and sums over these."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from geodata.rasters.cell_area import CellAreas
from geodata.rasters.companion import CompanionCells
from geodata.rasters.coverage import CellRuns
from geodata.rasters.grid import Window
from geodata.rasters.source import Cells, Mask

Floats = npt.NDArray[np.float64]

HALF = 0.5
"""Share of a cell that must lie in a zone for the cell to count as its lowest or highest."""


class SecondCells(NamedTuple):
    """Cells of the second rasters in the same window."""

    weights: CompanionCells | None = None
    condition: CompanionCells | None = None


class Zones(NamedTuple):
    """The zones of a window: their stretches of cells, the areas of these, and how many there are.

    All zones of the raster are counted, those that the window does not meet too.
    """

    segments: CellRuns
    areas: CellAreas
    number: int


class WindowCells:
    """Values of a window and the stretches of cells that zones cover in it.

    Parameters
    ----------
    window
        Rows and columns of the grid.
    values, valid
        As `geodata.rasters.source.RasterSource.read` gives them.
    zones
        What lies on them.
    second
        Second rasters on the same cells.
    """

    def __init__(
        self,
        window: Window,
        values: Cells,
        valid: Mask | None,
        zones: Zones,
        second: SecondCells = SecondCells(),  # noqa: B008 - it cannot be changed
    ) -> None:
        self.values, self.valid = values, valid
        self.weights, self.condition = second
        segments, self._areas, self._zones = zones
        self._window = window
        self._zone, self._fraction = segments.zone, segments.fraction
        self._row = segments.row - window.row0
        columns = window.col1 - window.col0
        start = self._row * columns + segments.start - window.col0
        end = self._row * columns + segments.end - window.col0
        self._order = np.argsort(start, kind="stable")
        self._length = (end - start).astype(float)
        self._bounds = np.empty(2 * len(start), dtype=np.int64)
        self._bounds[0::2], self._bounds[1::2] = start[self._order], end[self._order]

    def buffer(self) -> tuple[Floats, Floats]:
        """Room for one number for each cell: flat with one more at the end, and as rows."""
        flat = np.empty(self.values.size + 1)
        flat[-1] = 0.0
        return flat, flat[:-1].reshape(self.values.shape)

    def filled(self, numbers: npt.NDArray[Any], only: Mask | None) -> Floats:
        """Numbers of all cells, zero where there is none."""
        flat, cells = self.buffer()
        np.copyto(cells, numbers, casting="unsafe")
        if only is not None:
            cells[~only] = 0.0
        return flat

    def summed(self, flat: Floats, *, by_area: bool) -> Floats:
        """Sum over each zone of numbers times the covered share, or the covered area, of the cell.

        Parameters
        ----------
        flat
            Of `filled`; it may be changed.
        by_area
            Whether the cells count with their area in square metres.
        """
        factor = self._fraction
        if by_area and self._row_area is not None:
            factor = factor * self._row_area
        elif by_area:
            cells = flat[:-1].reshape(self.values.shape)
            cells *= self._cell_area
        return self._by_zone(factor * self._stretches(flat))

    def extremes(self, flat: Floats, *, lowest: bool, inside: bool) -> Floats:
        """Lowest or highest number of each zone; infinite where it has none.

        Parameters
        ----------
        inside
            Only of cells that lie in the zone by half.
        """
        nothing = np.inf if lowest else -np.inf
        reduce = np.minimum if lowest else np.maximum
        found = np.full(self._zones, nothing)
        stretches = self._reduced(flat, reduce)
        kept = self._fraction >= HALF if inside else slice(None)
        reduce.at(found, self._zone[kept], stretches[kept])
        return found

    @cached_property
    def cells(self) -> Floats:
        """Cells with a value in each zone; those on a border count by their share."""
        return self._by_zone(self._fraction * self._valid_length)

    @cached_property
    def area(self) -> Floats:
        """Area of each zone that has data, square metres."""
        if self._row_area is not None:
            return self._by_zone(self._fraction * self._row_area * self._valid_length)
        return self.summed(self.filled(np.ones((), dtype=float), self.valid), by_area=True)

    @cached_property
    def _valid_length(self) -> Floats:
        if self.valid is None:
            return self._length
        return self._stretches(self.filled(self.valid, None))

    @cached_property
    def _row_area(self) -> Floats | None:
        """Area of a cell of each stretch; None where the cells of a row differ."""
        rows = self._areas.of_rows(self._window.row0, self._window.row1)
        return None if rows is None else rows[self._row]

    @cached_property
    def _cell_area(self) -> Floats:
        return self._areas.of_window(self._window)

    def _stretches(self, flat: Floats) -> Floats:
        return self._reduced(flat, np.add)

    def _reduced(self, flat: Floats, operation: np.ufunc) -> Floats:
        """One number for each stretch, in the order of the segments."""
        if not len(self._order):
            return np.zeros(0)
        # Each second one is of what lies between two stretches.
        reduced = operation.reduceat(flat, self._bounds)[::2]
        found = np.empty(len(self._order))
        found[self._order] = reduced
        return found

    def _by_zone(self, numbers: Floats) -> Floats:
        sums = np.bincount(self._zone, weights=numbers, minlength=self._zones)
        return np.asarray(sums, dtype=float)
