"""A part of a sheet that knows its size and draws itself where it is put."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layers.sheet.canvas import Canvas
from layers.sheet.rect import Rect


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
