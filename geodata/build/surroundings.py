"""The country around a dataset: coarse outlines for a small map that shows where a unit lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod

from geodata.build.polygon_coverage import build_coverage, simplify_coverage
from geodata.dataset import SURROUNDINGS_COLUMNS, empty_surroundings
from geodata.errors import FileFault
from geodata.i18n import Message, Text
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml

STEP = 0.01
"""Grid of the coordinates as shipped, degrees."""
_FINE = 0.002
"""Grid on which neighbours are made to fit together, degrees."""
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class _IslandUnit:
    """A unit that stands for itself."""

    code: str
    name: Text
    least_area_km2: float
    tolerance_m: float


@dataclass(frozen=True, slots=True)
class _SurroundingsRecipe:
    """``inputs/surroundings.toml``; see its comments for the fields."""

    file: str
    source: str
    code: str
    group: str
    tolerance_m: float
    least_area_km2: float
    islands: tuple[_IslandUnit, ...]


def build_surroundings(folder: Path, data: Path, metric_crs: str) -> gpd.GeoDataFrame:
    """The outlines that ``inputs/surroundings.toml`` asks for; none without that file.

    Parameters
    ----------
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
        A field, the file or an island's unit is missing.
    """
    path = folder / "inputs" / "surroundings.toml"
    if not path.exists():
        return empty_surroundings()
    recipe = _read(path)
    units = _read_units(data / recipe.file, path)
    codes = units[recipe.code].astype(str)
    _require_islands(recipe, set(codes), path)
    apart = codes.isin([each.code for each in recipe.islands])
    rows = [
        *_groups(units[~apart], recipe, metric_crs),
        *_islands(units[apart].set_index(codes[apart]), recipe, metric_crs),
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    frame["source_id"] = recipe.source
    return frame.sort_values(["kind", "id"], ignore_index=True)[[*SURROUNDINGS_COLUMNS, "geometry"]]


def _read(path: Path) -> _SurroundingsRecipe:
    entry = TableReader(display_path(path), read_toml(path))
    listed = [
        TableReader(f"{display_path(path)} [islands]", each)
        for each in entry.items("islands", (dict,))
    ]
    recipe = _SurroundingsRecipe(
        file=entry.string("file"),
        source=entry.string("source"),
        code=entry.string("code"),
        group=entry.string("group"),
        tolerance_m=entry.number("tolerance_m"),
        least_area_km2=entry.number("least_area_km2"),
        islands=tuple(
            _IslandUnit(
                each.string("code"),
                each.text("name"),
                each.number("least_area_km2"),
                each.number("tolerance_m"),
            )
            for each in listed
        ),
    )
    for each in (entry, *listed):
        each.finish()
    return recipe


def _read_units(file: Path, recipe: Path) -> gpd.GeoDataFrame:
    """The units of the country; a GeoParquet file needs pyarrow, which only builders have."""
    try:
        return gpd.read_parquet(file)
    except ImportError as missing:
        raise FileFault(
            Message("GeoParquet files cannot be read here"),
            found=file.name,
            remedy=Message(
                "install the extra for building: pip install 'commune-indicator-portal[build]'"
            ),
            where=f"{display_path(recipe)} file",
        ) from missing
    except FileNotFoundError as missing:
        raise FileFault(
            Message("There is no such file"),
            found=str(file),
            where=f"{display_path(recipe)} file",
        ) from missing


def _require_islands(recipe: _SurroundingsRecipe, codes: set[str], path: Path) -> None:
    for islands in recipe.islands:
        if islands.code not in codes:
            raise FileFault(
                Message("There is no such unit in the file"),
                found=islands.code,
                where=f"{display_path(path)} [islands] code",
            )


def _groups(
    units: gpd.GeoDataFrame, recipe: _SurroundingsRecipe, crs: str
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
    units: gpd.GeoDataFrame, recipe: _SurroundingsRecipe, crs: str
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
