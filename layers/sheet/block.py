"""A part of a sheet that knows its size and draws itself where it is put."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layers.sheet.box import Box
from layers.sheet.paper import Paper


@dataclass(frozen=True, slots=True)
class Block:
    """Something ``width`` by ``height`` mm that ``draw`` puts into a box."""

    width: float
    height: float
    draw: Callable[[Paper, Box], None]


def stacked(*blocks: Block, gap: float) -> Block:
    """Blocks as one, each below the one before, ``gap`` mm apart."""
    height = sum(block.height for block in blocks) + gap * (len(blocks) - 1)

    def draw(paper: Paper, box: Box) -> None:
        y = box.y
        for block in blocks:
            block.draw(paper, Box(box.x, y, box.width, block.height))
            y += block.height + gap

    return Block(max(block.width for block in blocks), height, draw)
