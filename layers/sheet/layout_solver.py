"""The layout: header, map, legend and footer, solved so that the map is as large as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.map_grid import MapGrid


@dataclass(frozen=True, slots=True)
class LayoutPlan:
    """Positions of all parts of a sheet.

    Parameters
    ----------
    map
        The panel of the map or of all maps.
    cells
        The box of each map.
    places
        The place of every block.
    bottom
        Where the footer can begin, mm from the top.
    beside
        Whether the legend stands beside the map.
    """

    map: Rect
    cells: tuple[Rect, ...]
    places: tuple[Rect, ...]
    bottom: float
    beside: bool


def solve_layout(
    body: Rect, grid: MapGrid, blocks: Sequence[LayoutBlock], size: float, least: float
) -> LayoutPlan | None:
    """The plan with the larger map, the legend beside it or below; None when neither has room.

    Parameters
    ----------
    grid
        The maps.
    size
        Of the type, points.
    least
        Smallest scale of the map, as a share of the one it would have without a legend.
    """
    gap = size * MM_PER_POINT * 1.3
    alone = grid.scale(body.width, body.height)
    plans = [make(body, grid, blocks, gap) for make in (_beside, _below)]
    fit = [p for p in plans if p is not None and map_height(p, grid) >= max(least * alone, 1.0)]
    return max(fit, key=lambda p: (map_height(p, grid), p.beside), default=None)


def map_height(plan: LayoutPlan, grid: MapGrid) -> float:
    """Height of what a map shows, mm."""
    return grid.scale(plan.map.width, plan.map.height)


def _beside(
    body: Rect, grid: MapGrid, blocks: Sequence[LayoutBlock], gap: float
) -> LayoutPlan | None:
    column = max(block.width for block in blocks)
    total = sum(block.height for block in blocks) + gap * (len(blocks) - 1)
    width = body.width - column - 1.2 * gap
    if total > body.height or width <= 0:
        return None
    height = min(body.height, max(grid.natural_height(width, body.height), total))
    places, y = [], body.y
    for block in blocks:
        places.append(Rect(body.right - column, y, column, block.height))
        y += block.height + gap
    # The last one, the scale, stands at the foot of the map.
    last = places[-1]
    places[-1] = Rect(last.x, body.y + height - last.height, last.width, last.height)
    panel = Rect(body.x, body.y, width, height)
    return LayoutPlan(panel, grid.cells(panel), tuple(places), body.y + height, True)


def _below(
    body: Rect, grid: MapGrid, blocks: Sequence[LayoutBlock], gap: float
) -> LayoutPlan | None:
    if max(block.width for block in blocks) > body.width:
        return None
    columns = _columns(body.width, blocks, gap)
    depth = max(sum(b.height + gap for _, b in column) - gap for column in columns)
    room = body.height - depth - gap
    if room <= 0:
        return None
    height = grid.natural_height(body.width, room)
    top = body.y + height + gap
    places = [Rect(0, 0, 0, 0)] * len(blocks)
    wide = [max(b.width for _, b in column) for column in columns]
    space = (body.width - sum(wide)) / (len(columns) - 1) if len(columns) > 1 else 0.0
    space = min(space, 4 * gap)
    x = body.x
    for column, width in zip(columns, wide, strict=True):
        y = top
        for i, block in column:
            places[i] = Rect(x, y, block.width, block.height)
            y += block.height + gap
        x += width + space
    last = places[-1]
    if len(columns[-1]) == 1:
        places[-1] = Rect(body.right - last.width, last.y, last.width, last.height)
    panel = Rect(body.x, body.y, body.width, height)
    return LayoutPlan(panel, grid.cells(panel), tuple(places), top + depth, False)


BlockColumns = list[list[tuple[int, LayoutBlock]]]


def _columns(width: float, blocks: Sequence[LayoutBlock], gap: float) -> BlockColumns:
    """The blocks side by side; as long as that is too wide, the lowest two share a column."""
    columns: BlockColumns = [[(i, block)] for i, block in enumerate(blocks)]
    while sum(max(b.width for _, b in c) for c in columns) + 2 * gap * (len(columns) - 1) > width:
        if len(columns) == 1:
            break
        sums = [
            sum(b.height for _, b in columns[i] + columns[i + 1]) for i in range(len(columns) - 1)
        ]
        at = sums.index(min(sums))
        columns[at : at + 2] = [columns[at] + columns[at + 1]]
    return columns
