"""Figures of units computed from grids: means, extremes and shares over the cells of a unit.

Cells on the boundary count with the exact fraction of them that lies inside (exactextract). A cell
of a projected grid does not have the same area everywhere: on Web Mercator (EPSG:3857) a cell is
larger on paper than on the ground by 1 / cos² of its latitude, so means and shares weigh each cell
by its true area, from the areal scale of the projection at the middle of the cell (Snyder, Map
Projections, USGS 1395). Over one degree of latitude the weights differ by about one per cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import rasterio
from exactextract import exact_extract
from pyproj import CRS, Proj, Transformer

from geodata.dataset_files import RasterRecipe, Statistic
from geodata.errors import FileFault
from geodata.i18n import Formatted, Joined, Message, Text
from geodata.locale_numbers import format_number
from geodata.model import Observation, Unit
from geodata.text_io import display_path

Floats = npt.NDArray[np.float64]

EXTREME_COVERAGE = 0.5
"""Share of a cell that must lie in the unit for the cell to count as its lowest or highest."""

_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class UnitCells:
    """The cells of a grid that a unit touches.

    Parameters
    ----------
    values
        Value of each cell, cells without a value left out.
    coverage
        Share of each cell that lies in the unit, 0 to 1.
    weights
        True area of the covered part, in any one unit.
    covered
        Share of the unit that lies on cells with a value, 0 to 1.
    """

    values: Floats
    coverage: Floats
    weights: Floats
    covered: float


def mean(cells: UnitCells) -> float:
    """Mean by true area."""
    return float(np.average(cells.values, weights=cells.weights))


def lowest(cells: UnitCells) -> float:
    """Lowest value of the cells at least half inside; of all cells where none is."""
    return float(_mostly_inside(cells).min())


def highest(cells: UnitCells) -> float:
    """Highest value of the cells at least half inside; of all cells where none is."""
    return float(_mostly_inside(cells).max())


def value_range(cells: UnitCells) -> float:
    """Highest less lowest."""
    return highest(cells) - lowest(cells)


def share_above(cells: UnitCells, threshold: float) -> float:
    """Per cent of the true area whose value is greater than ``threshold``."""
    above = cells.weights[cells.values > threshold].sum()
    return float(100 * above / cells.weights.sum())


def _mostly_inside(cells: UnitCells) -> Floats:
    inside = cells.coverage >= EXTREME_COVERAGE
    return cells.values[inside] if inside.any() else cells.values


OPERATIONS: dict[str, Callable[[UnitCells], float]] = {
    "mean": mean,
    "lowest": lowest,
    "highest": highest,
    "range": value_range,
}

_FRACTIONS = Message("cells on the boundary count with the part inside")
_HALF = Message("cells with at least half of them inside")
_METHODS = {
    "mean": Message("Mean of the grid cells by true area, {fractions}", fractions=_FRACTIONS),
    "lowest": Message("Lowest value of the {half}", half=_HALF),
    "highest": Message("Highest value of the {half}", half=_HALF),
    "range": Message("Highest less lowest value of the {half}", half=_HALF),
    "share_above": Message(
        "Share of the true area with a value above {bound}, {fractions}", fractions=_FRACTIONS
    ),
}


def zonal_observations(
    grids: Iterable[RasterRecipe],
    inputs: Path,
    boundaries: gpd.GeoDataFrame,
    units: Sequence[Unit],
) -> list[Observation]:
    """Every figure of the dataset's grids for every unit that has a shape.

    Parameters
    ----------
    grids
        The recipes of ``inputs/rasters.toml``.
    inputs
        Folder with the grids.
    boundaries
        Finest boundaries: columns ``unit_id`` and ``geometry``, any known CRS (EPSG:4326).
    units
        All units; those without a shape get no figure.

    Raises
    ------
    FileFault
        A grid is missing or wrong.
    """
    by_id = {unit.unit_id: unit for unit in units}
    shapes = boundaries[boundaries["unit_id"].isin(by_id)].sort_values("unit_id")
    return [
        observation
        for grid in grids
        for unit_id, cells in cells_by_unit(inputs / grid.file, shapes).items()
        for observation in _observations(grid, cells, by_id[unit_id])
    ]


def cells_by_unit(path: Path, shapes: gpd.GeoDataFrame) -> dict[str, UnitCells]:
    """The cells of the grid at ``path`` under each shape; shapes off the grid are left out.

    Raises
    ------
    FileFault
        The file is missing, no raster, or has no coordinate system.
    """
    crs = verify_grid(path)
    on_grid = shapes[["unit_id", "geometry"]].to_crs(crs)
    found = exact_extract(
        str(path),
        on_grid,
        ["values", "coverage", "center_x", "center_y"],
        include_cols=["unit_id"],
        output="pandas",
    )
    with rasterio.open(path) as raster:
        cell_area = abs(raster.transform.determinant)
    result = {}
    for row, drawn in zip(found.itertuples(), on_grid.geometry.area, strict=True):
        coverage = np.asarray(row.coverage, dtype=float)
        if coverage.sum() > 0:
            covered = min(1.0, float(coverage.sum()) * cell_area / drawn)
            weights = coverage * _true_area(crs, row.center_x, row.center_y)
            values = np.asarray(row.values, dtype=float)
            result[str(row.unit_id)] = UnitCells(values, coverage, weights, round(covered, 4))
    return result


def verify_grid(path: Path) -> CRS:
    """The coordinate system of a grid; no cell is read.

    Raises
    ------
    FileFault
        The file is missing, no raster, or has no coordinate system.
    """
    try:
        with rasterio.open(path) as raster:
            crs = raster.crs
    except rasterio.errors.RasterioIOError as error:
        what = Message("The grid cannot be read")
        raise FileFault(what, found=str(error), where=display_path(path)) from None
    if crs is None:
        what = Message("The grid has no coordinate system")
        raise FileFault(what, where=display_path(path))
    return CRS.from_wkt(crs.to_wkt())


def _true_area(crs: CRS, x: Floats, y: Floats) -> Floats:
    """Area on the ground of one unit of area of the grid, at the points (x, y) of its CRS."""
    if crs.is_geographic:
        return np.cos(np.radians(np.asarray(y, dtype=float)))
    to_degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    longitude, latitude = to_degrees.transform(x, y)
    scale = Proj(crs).get_factors(longitude, latitude).areal_scale
    return 1.0 / np.asarray(scale, dtype=float)


def _observations(grid: RasterRecipe, cells: UnitCells, unit: Unit) -> list[Observation]:
    return [
        Observation(
            unit_id=unit.unit_id,
            indicator=statistic.indicator,
            period=grid.period,
            status="actual",
            value=round(_value(statistic, cells), _DECIMALS),
            source_id=grid.source,
            method=_method(statistic, grid),
            coverage=cells.covered,
        )
        for statistic in grid.statistics
    ]


def _value(statistic: Statistic, cells: UnitCells) -> float:
    if statistic.threshold is not None:
        return share_above(cells, statistic.threshold)
    return OPERATIONS[statistic.operation](cells)


def _method(statistic: Statistic, grid: RasterRecipe) -> Text:
    bound = Formatted(format_number, statistic.threshold or 0.0)
    method = _METHODS[statistic.operation].filled(bound=bound)
    return Text.of(Joined("; ", (method, grid.coarseness)))
