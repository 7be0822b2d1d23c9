"""Rectangles on a page, and the parts of a sheet that draw themselves where they are put.

Lengths are millimetres from the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.sheet.canvas import Canvas

MM_PER_POINT = 25.4 / 72
"""A typographic point, mm."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: its top left corner, its width and its height, mm."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    def inset(self, by: float) -> Rect:
        """The box less a margin on all sides."""
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share more than an edge."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: Rect) -> bool:
        """Whether the other lies inside."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class LayoutBlock:
    """Something ``width`` by ``height`` mm that ``draw`` puts into a box."""

    width: float
    height: float
    draw: Callable[[Canvas, Rect], None]


def stack_blocks(*blocks: LayoutBlock, gap: float) -> LayoutBlock:
    """Blocks as one, each below the one before, ``gap`` mm apart."""
    height = sum(block.height for block in blocks) + gap * (len(blocks) - 1)

    def draw(canvas: Canvas, box: Rect) -> None:
        y = box.y
        for block in blocks:
            block.draw(canvas, Rect(box.x, y, box.width, block.height))
            y += block.height + gap

    return LayoutBlock(max(block.width for block in blocks), height, draw)
