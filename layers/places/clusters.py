"""Points that would cover each other, drawn as one; the browser does the same.

``static/js/places/clusters.js`` is the same rule in the browser; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points drawn as one symbol.

    Parameters
    ----------
    x, y
        Where it is drawn: the mean of its points.
    members
        Numbers of its points, the first the one it began with.
    """

    x: float
    y: float
    members: tuple[int, ...]


def cluster_points(points: NDArray[np.float64], radius: float) -> list[Cluster]:
    """Points joined to the first of them that is near and not joined itself.

    Parameters
    ----------
    points
        On the page or the screen, shape (n, 2).
    radius
        Distance up to which points are joined, in the same unit.

    Returns
    -------
    list of Cluster
        In the order of their first points; every point is in one.
    """
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    keys = np.floor(points / radius).astype(int).tolist() if len(points) else []
    for number, (column, row) in enumerate(keys):
        cells[column, row].append(number)
    free = set(range(len(points)))
    clusters = []
    for number, (column, row) in enumerate(keys):
        if number not in free:
            continue
        near = [
            other
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in cells.get((column + right, row + down), ())
            if other in free
        ]
        members = sorted(other for other in near if _near(points, number, other, radius))
        free.difference_update(members)
        x, y = points[members].mean(axis=0)
        clusters.append(Cluster(float(x), float(y), tuple(members)))
    return clusters


def _near(points: NDArray[np.float64], one: int, other: int, radius: float) -> bool:
    dx, dy = points[one] - points[other]
    return bool(dx * dx + dy * dy <= radius * radius)


def common_category(categories: Sequence[str], cluster: Cluster) -> str:
    """The category of all points of a cluster; empty where they differ."""
    found = {categories[number] for number in cluster.members}
    return found.pop() if len(found) == 1 else ""
