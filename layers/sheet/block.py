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
