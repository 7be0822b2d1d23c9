"""The country around a dataset: coarse outlines for a small map that shows where a unit lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj import Geod

from geodata.build.polygon_coverage import build_coverage, simplify_coverage
from geodata.dataset import SURROUNDINGS_COLUMNS, empty_surroundings
from geodata.dataset_files import SurroundingsFile
from geodata.errors import FileFault
from geodata.i18n import Message

STEP = 0.01
"""Grid of the coordinates as shipped, degrees."""
_FINE = 0.002
"""Grid on which neighbours are made to fit together, degrees."""
_GEOD = Geod(ellps="WGS84")
_WHERE = "inputs/surroundings.toml"


def build_surroundings(
    recipe: SurroundingsFile | None, data: Path, metric_crs: str
) -> gpd.GeoDataFrame:
    """The outlines that ``inputs/surroundings.toml`` asks for; none without that file.

    Parameters
    ----------
    recipe
        What the file says.
    data
        Folder of the input files.
    metric_crs
        Coordinate system to simplify in, metres.

    Returns
    -------
    GeoDataFrame
        `SURROUNDINGS_COLUMNS` and ``geometry``, EPSG:4326, by kind and id.

    Raises
    ------
    FileFault
        The input file, a column or an island's unit is missing.
    """
    if recipe is None:
        return empty_surroundings()
    units = _read_units(data / recipe.file, recipe)
    codes = units[recipe.code].astype(str)
    _require_islands(recipe, set(codes))
    apart = codes.isin([each.code for each in recipe.islands])
    rows = [
        *_groups(units[~apart], recipe, metric_crs),
        *_islands(units[apart].set_index(codes[apart]), recipe, metric_crs),
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    frame["source_id"] = recipe.source
    return frame.sort_values(["kind", "id"], ignore_index=True)[[*SURROUNDINGS_COLUMNS, "geometry"]]


def _read_units(file: Path, recipe: SurroundingsFile) -> gpd.GeoDataFrame:
    """The units of the country; a GeoParquet file needs pyarrow, which only builders have."""
    try:
        units = gpd.read_parquet(file) if file.suffix == ".parquet" else gpd.read_file(file)
    except ImportError as missing:
        raise FileFault(
            Message("GeoParquet files cannot be read here"),
            found=file.name,
            remedy=Message(
                "install the extra for building: pip install 'commune-indicator-portal[build]'"
            ),
            where=f"{_WHERE} file",
        ) from missing
    except (OSError, pyogrio.errors.DataSourceError) as missing:
        what = Message("There is no such file")
        remedy = Message("Put the file into the folder of the inputs, or correct its name")
        raise FileFault(what, str(file), remedy=remedy, where=f"{_WHERE} file") from missing
    for field in ("code", "group"):
        if getattr(recipe, field) not in units.columns:
            columns = tuple(str(column) for column in units.columns)
            what = Message("The file has no such field")
            raise FileFault(what, getattr(recipe, field), columns, where=f"{_WHERE} {field}")
    return units


def _require_islands(recipe: SurroundingsFile, codes: set[str]) -> None:
    for islands in recipe.islands:
        if islands.code not in codes:
            raise FileFault(
                Message("There is no such unit in the file"),
                found=islands.code,
                where=f"{_WHERE} [islands] code",
            )


def _groups(
    units: gpd.GeoDataFrame, recipe: SurroundingsFile, crs: str
) -> Iterator[dict[str, object]]:
    """One outline for each group, simplified as one coverage."""
    shapes = {
        str(name): shapely.union_all(shapely.simplify(found.to_numpy(), _FINE / 3), grid_size=_FINE)
        for name, found in units.geometry.groupby(units[recipe.group].astype(str))
    }
    fitted = build_coverage(shapes, {name: name for name in shapes}, _FINE)
    simple = simplify_coverage(np.array(list(fitted.values())), recipe.tolerance_m, _FINE, crs)
    for name, shape in zip(fitted, simple, strict=True):
        kept = _large(shape, recipe.least_area_km2)
        yield {"id": name, "kind": "outline", "name_vi": "", "name_en": "", "geometry": kept}


def _islands(
    units: gpd.GeoDataFrame, recipe: SurroundingsFile, crs: str
) -> Iterator[dict[str, object]]:
    for islands in recipe.islands:
        parts = _large(units.geometry[islands.code], islands.least_area_km2)
        steps = shapely.transform(parts, lambda points: points / _FINE)
        shape = simplify_coverage(np.array([steps]), islands.tolerance_m, _FINE, crs)[0]
        yield {
            "id": islands.code,
            "kind": "islands",
            "name_vi": islands.name.vi,
            "name_en": islands.name.en,
            "geometry": shape,
        }


def _large(shape: shapely.Geometry, least_km2: float) -> shapely.Geometry:
    """The parts of a shape that are not too small, without their holes; the largest in any case.

    Parameters
    ----------
    shape
        Polygons in EPSG:4326.
    """
    parts = shapely.get_parts(shape)
    areas = np.array([abs(_GEOD.geometry_area_perimeter(part)[0]) / 1e6 for part in parts])
    kept = parts[(areas >= least_km2) | (areas == areas.max())]
    return shapely.multipolygons(shapely.polygons(shapely.get_exterior_ring(kept)))
