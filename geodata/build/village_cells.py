"""Indicative areas of the villages that were found among the points of a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.dataset import GEOGRAPHIC_CRS
from geodata.model import VillagePoint
from geodata.villages.merge_import import DETAIL_GRID
from geodata.villages.power_diagram import power_cells
from geodata.villages.village_areas import MetricProjection, clip_at_details


def village_cells(
    points: Sequence[VillagePoint], boundaries: Mapping[int, gpd.GeoDataFrame], metric_crs: str
) -> dict[int, gpd.GeoDataFrame]:
    """Cells of the nearest point in each commune, of the points that are a known village.

    All points of a commune take part, so that what lies nearer to a settlement of which no document
    speaks is in no village's cell.

    Parameters
    ----------
    points
        Points with the villages found in them.
    boundaries
        By detail, the communes (EPSG:4326).
    metric_crs
        Coordinate system for distances, metres.

    Returns
    -------
    dict
        By detail a frame with ``unit_id``, ``level`` and ``geometry`` (EPSG:4326).
    """
    plane = MetricProjection(metric_crs)
    rows: dict[int, list[tuple[str, shapely.Geometry]]] = {detail: [] for detail in boundaries}
    shapes = {
        detail: dict(zip(frame["unit_id"], frame.geometry, strict=True))
        for detail, frame in boundaries.items()
    }
    for commune in dict.fromkeys(point.commune_id for point in points if point.unit_id):
        within = [point for point in points if point.commune_id == commune]
        territories = {detail: found[commune] for detail, found in shapes.items()}
        cells = _cells(within, plane, territories[max(territories)])
        clipped = clip_at_details(cells, territories, plane, DETAIL_GRID)
        finest = clipped[max(clipped)]
        for detail, found in clipped.items():
            rows[detail] += list((finest | found).items())
    return {detail: _frame(found) for detail, found in rows.items()}


def _cells(
    points: Sequence[VillagePoint], plane: MetricProjection, territory: shapely.Geometry
) -> dict[str, shapely.Geometry]:
    """By village its cell before the cut, metres; points at one position are one point."""
    sites: dict[tuple[float, float], str] = {}
    for point in points:
        position = point.lon, point.lat
        sites[position] = point.unit_id or sites.get(position, "")
    metres = plane.positions(np.array(list(sites)))
    cells = power_cells(metres, plane.to_metres(territory))
    return {unit_id: cell for unit_id, cell in zip(sites.values(), cells, strict=True) if unit_id}


def _frame(rows: Sequence[tuple[str, shapely.Geometry]]) -> gpd.GeoDataFrame:
    table = pd.DataFrame({"unit_id": [unit_id for unit_id, _ in rows], "level": "village"})
    shapes = [shape for _, shape in rows]
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=GEOGRAPHIC_CRS)
    return frame.sort_values("unit_id", ignore_index=True)
