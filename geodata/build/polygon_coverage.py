"""One set of polygons that fit together exactly, on one grid.

Shapes from several files are laid over each other, their lines are noded and rounded to the grid
together (snap rounding, Hobby 1999, as in GEOS), and the areas between the lines are given back to
the shape they lie in. After that no two neighbours differ in a shared border by anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.errors import FileFault
from geodata.i18n import Message


def build_coverage(
    shapes: Mapping[str, shapely.Geometry], groups: Mapping[str, str], step: float
) -> dict[str, shapely.Geometry]:
    """Turn nearly fitting shapes into a coverage on the grid.

    Parameters
    ----------
    shapes
        Polygons by id, EPSG:4326, with neighbours that nearly share borders.
    groups
        The larger unit each shape lies in; crumbs that the rounding or the source left apart from
        their shape go to a neighbour of the same group, never across its border.
    step
        Grid step, degrees.

    Returns
    -------
    dict
        Shapes by id, in grid steps (multiply by ``step`` for degrees), one polygon each wherever
        the group allows.

    Raises
    ------
    FileFault
        A shape is smaller than the grid.
    """
    ids = list(shapes)
    scaled = [shapely.transform(shape, lambda xy: xy / step) for shape in shapes.values()]
    lines = shapely.union_all([shape.boundary for shape in scaled], grid_size=1.0)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    owner = _owners(pieces, scaled)
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for piece, number in zip(pieces, owner.tolist(), strict=True):
        if number >= 0:
            parts[ids[number]].append(piece)
    if lost := [identity for identity in ids if identity not in parts]:
        raise FileFault(
            Message("Units are smaller than the grid"),
            found=", ".join(lost),
            remedy=Message("choose a finer grid"),
        )
    whole = {identity: shapely.coverage_union_all(parts[identity]) for identity in ids}
    return _merge_slivers(whole, groups)


def _owners(pieces: NDArray[np.object_], shapes: list[shapely.Geometry]) -> NDArray[np.int64]:
    """Number of the shape each piece lies in, -1 where it lies in a hole of all of them."""
    tree = shapely.STRtree(shapes)
    points = shapely.point_on_surface(pieces)
    owner = np.full(len(pieces), -1)
    piece, shape = tree.query(points, predicate="within")
    owner[piece] = shape
    # Gaps narrower than the grid have no shape over them: the nearest one takes them.
    lost = np.flatnonzero(owner < 0)
    narrow = lost[shapely.area(shapely.buffer(pieces[lost], -1.0)) == 0]
    near, shape = tree.query_nearest(points[narrow], all_matches=False)
    owner[narrow[near]] = shape
    return owner


def _merge_slivers(
    shapes: Mapping[str, shapely.Geometry], groups: Mapping[str, str]
) -> dict[str, shapely.Geometry]:
    """Give every part but the largest to the neighbour of the group it touches most."""
    whole: dict[str, shapely.Geometry] = {}
    crumbs = []
    for identity, shape in shapes.items():
        whole[identity], *rest = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
        crumbs += [(identity, part) for part in rest]
    while crumbs:
        left = []
        for identity, part in crumbs:
            heir = _neighbour(part, {i: whole[i] for i in whole if groups[i] == groups[identity]})
            if heir:
                whole[heir] = shapely.coverage_union(whole[heir], part)
            else:
                left.append((identity, part))
        if len(left) == len(crumbs):  # Islands: nobody in the group to give them to.
            for identity, part in left:
                whole[identity] = shapely.union(whole[identity], part)
            break
        crumbs = left
    return whole


def _neighbour(part: shapely.Geometry, others: Mapping[str, shapely.Geometry]) -> str:
    """Whoever shares the longest border with ``part``; empty where nobody does."""
    shared = {
        identity: part.boundary.intersection(other.boundary).length
        for identity, other in others.items()
    }
    longest = max(shared, key=lambda identity: shared[identity])
    return longest if shared[longest] > 0 else ""


def simplify_coverage(
    faces: NDArray[np.object_], tolerance: float, step: float, crs: str
) -> NDArray[np.object_]:
    """Simplify a coverage as a whole; points that stay do not move.

    Parameters
    ----------
    faces
        Coverage in grid steps of EPSG:4326, as from `build_coverage`.
    tolerance
        Side of the square whose area a dropped corner may have, metres (Visvalingam and Whyatt
        1993, as `shapely.coverage_simplify`).
    crs
        Metric CRS to simplify in.

    Returns
    -------
    array
        The coverage in degrees, EPSG:4326.
    """
    there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    metric = shapely.transform(faces, lambda xy: np.column_stack(there.transform(*(xy * step).T)))
    simple = shapely.coverage_simplify(metric, tolerance)
    decimals = int(np.ceil(-np.log10(step))) + 2

    def back(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        degrees = np.column_stack(there.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))
        return np.round(np.rint(degrees / step) * step, decimals)

    result: NDArray[np.object_] = shapely.transform(simple, back)
    return result
