"""The maps of a sheet side by side, all of one shape and one scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

from layers.sheet.layout_block import Rect

_SLACK = 1.04
_SQUARE = 4


@dataclass(frozen=True, slots=True)
class MapGrid:
    """How many maps, and what each needs.

    Parameters
    ----------
    aspect
        Width over height of what a map shows.
    count
        Number of maps.
    heading_height, legend_height
        Height above and below each map for its heading and its own legend, mm.
    legend_width
        Width at the right of each map for its own legend, mm.
    gap
        Between two maps, mm.
    min_width
        Narrowest width of a map, mm.
    least_height
        Lowest height of a map, mm: that of the legend beside it.
    """

    aspect: float
    count: int = 1
    heading_height: float = 0.0
    legend_height: float = 0.0
    gap: float = 0.0
    min_width: float = 0.0
    legend_width: float = 0.0
    least_height: float = 0.0

    def scale(self, width: float, height: float) -> float:
        """Height of what a map shows, mm, in the arrangement that shows it largest."""
        return max(self._scale(width, height, columns) for columns in self._choices(width))

    def columns(self, width: float, height: float) -> int:
        """How many maps stand in a row in that arrangement."""
        choices = self._choices(width)
        return max(choices, key=lambda columns: (self._scale(width, height, columns), columns))

    def natural_height(self, width: float, height: float) -> float:
        """The height that the maps take of ``height`` when they are as wide as they can be."""
        columns = self.columns(width, height)
        rows = math.ceil(self.count / columns)
        cell = max(self._width(width, columns) / self.aspect * _SLACK, self.least_height)
        return min(
            height, rows * (cell + self.heading_height + self.legend_height) + (rows - 1) * self.gap
        )

    def cells(self, box: Rect) -> tuple[Rect, ...]:
        """The boxes of the maps themselves, row by row."""
        columns = self.columns(box.width, box.height)
        rows = math.ceil(self.count / columns)
        width = self._width(box.width, columns)
        step = (box.height + self.gap) / rows
        height = step - self.gap - self.heading_height - self.legend_height
        return tuple(
            Rect(
                box.x + i % columns * (width + self.legend_width + self.gap),
                box.y + i // columns * step + self.heading_height,
                width,
                height,
            )
            for i in range(self.count)
        )

    def _choices(self, width: float) -> list[int]:
        wide = [c for c in range(1, self.count + 1) if self._width(width, c) >= self.min_width]
        # Four in a row or in a column are read as a sequence; two by two, each beside each.
        if self.count == _SQUARE and 2 in wide:
            return [2]
        return wide or [1]

    def _width(self, width: float, columns: int) -> float:
        return (width - (columns - 1) * self.gap) / columns - self.legend_width

    def _scale(self, width: float, height: float, columns: int) -> float:
        rows = math.ceil(self.count / columns)
        tall = (height - (rows - 1) * self.gap) / rows - self.heading_height - self.legend_height
        # Where the legend beside it is higher than the map may be, there is no such arrangement.
        return (
            min(self._width(width, columns) / self.aspect, tall)
            if tall >= self.least_height
            else -1.0
        )
