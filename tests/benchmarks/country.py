"""All 3,321 communes of the country, to measure the portal at that size.

The shapes come from the team's shared folder and are not part of the project; the figures are made
up, the same on every run.
"""

from __future__ import annotations

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

FILE = "data/national_commune_2025_20m.parquet"
METRIC_CRS = "EPSG:32648"
TOLERANCE_M = 400
CACHE = Path(__file__).parents[2] / ".benchmarks"


def shared_folder() -> Path | None:
    """The folder of shared data: PORTAL_SHARED, or ``shared`` beside the checkout, or none."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("PORTAL_SHARED") or beside)
    return folder if (folder / FILE).is_file() else None


def read_communes(shared: Path) -> gpd.GeoDataFrame:
    """The communes simplified to 20 m, with a made-up figure of each in ``value``.

    Returns
    -------
    GeoDataFrame
        EPSG:4326; columns ``unit_id``, ``code``, ``name``, ``full_name``, ``province_code``,
        ``province``, ``value``, ``geometry``.
    """
    frame = gpd.read_parquet(shared / FILE).sort_values("code", ignore_index=True)
    figures = np.random.default_rng(2025).normal(50, 15, len(frame)).clip(0, 100).round(2)
    return frame.assign(unit_id=frame["code"] + "-20250701", value=figures)


def simplified(communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same communes as one coverage simplified to `TOLERANCE_M`, kept for the next run."""
    kept = CACHE / f"country-{TOLERANCE_M}m.parquet"
    if not kept.is_file():
        metric = communes.geometry.to_crs(METRIC_CRS)
        shapes = shapely.coverage_simplify(metric.to_numpy(), TOLERANCE_M)
        degrees = gpd.GeoSeries(shapes, crs=METRIC_CRS).to_crs("EPSG:4326")
        CACHE.mkdir(exist_ok=True)
        communes[["unit_id"]].set_geometry(degrees).to_parquet(kept)
    shapes = gpd.read_parquet(kept)
    assert shapes["unit_id"].equals(communes["unit_id"]), f"{kept} is of other communes: delete it"
    return communes.set_geometry(shapes.geometry)
