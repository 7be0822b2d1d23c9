"""A raster registered to be drawn: the part around the units copied with its overviews.

The copy is what is served: it has tiles and overviews whatever the file given has, keeps when that
is moved or changed, joins the tiles of a grid, and is a GeoTIFF of one band and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from pyproj import Geod, Transformer
from rasterio.enums import Resampling
from rasterio.io import DatasetWriter
from rasterio.windows import Window as FileWindow

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message, Text
from geodata.rasters.addresses import is_remote, sha256_of
from geodata.rasters.grid import Grid, Window
from geodata.rasters.raster_id import RASTER_ID
from geodata.rasters.raster_layer import (
    CELLS_FILE,
    RECORD_FILE,
    Bounds,
    RasterClass,
    RasterLayer,
    RasterStyle,
    layer_document,
)
from geodata.rasters.source import GDAL_OPTIONS, Cells, Mask, RasterSource, open_raster
from geodata.rasters.staging import put_in_place, staging_folder

MOST_KEPT_CELLS = 400_000_000
"""Cells of a copy: a province in cells of 10 m has a hundred million."""
_MARGIN = 0.1
"""Part of the area's sides by which the copy goes beyond it."""
_BLOCK = 512
_SMALLEST_OVERVIEW = 256
"""Longer side of the coarsest overview, cells."""
_NO_CLASS = -(2**31)
_ENDS = (2.0, 98.0)
"""Percentiles of the values at the ends of a colour ramp."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RasterRegistration:
    """What is said of a raster that is to be registered.

    Parameters
    ----------
    files
        A GeoTIFF, or tiles of one; http(s) addresses too.
    id, title, style, unit, classes, z_factor, credit, licence, url, period
        As in `geodata.rasters.raster_layer.RasterLayer`.
    band, missing
        As in `geodata.rasters.source.open_raster`.
    ends
        Values at the ends of the colour ramp; None for those of the raster.
    replaces
        Whether it may take the place of one of its id.
    """

    files: tuple[str, ...]
    id: str
    title: Text
    style: RasterStyle
    unit: str = ""
    classes: tuple[RasterClass, ...] = ()
    z_factor: float = 1.0
    credit: str = ""
    licence: str = ""
    url: str = ""
    period: str = ""
    band: int | None = None
    missing: tuple[float, ...] = ()
    ends: tuple[float, float] | None = None
    replaces: bool = False


def register_raster(
    folder: Path, said: RasterRegistration, area: Bounds, progress: Progress | None = None
) -> RasterLayer:
    """Copy what a raster shows around an area and put it among the registered ones.

    Parameters
    ----------
    folder
        Of the registered rasters.
    area
        West, south, east, north of the units, degrees.

    Raises
    ------
    InvalidInput
        The id is none or taken, or the style lacks what it needs.
    FileFault
        A file cannot be read, lies elsewhere, is too large, or has no such classes; see
        `geodata.rasters.source.open_raster`. Nothing is registered then.
    """
    _verify(folder, said)
    with staging_folder(folder, said.id) as aside:
        remote = any(is_remote(each) for each in said.files)
        with open_raster(said.files, band=said.band, missing=said.missing, remote=remote) as source:
            layer = _copied(source, said, area, aside / CELLS_FILE, progress)
        record = layer_document(layer)
        made_of = json.dumps(record).encode() + sha256_of([str(layer.path)]).encode()
        stamped = replace(layer, stamp=hashlib.sha256(made_of).hexdigest()[:12])
        text = json.dumps(layer_document(stamped), ensure_ascii=False, indent=1)
        (aside / RECORD_FILE).write_text(text + "\n", encoding="utf-8")
        put_in_place(aside, folder / said.id)
    return replace(stamped, path=folder / said.id / CELLS_FILE)


def _verify(folder: Path, said: RasterRegistration) -> None:
    if not RASTER_ID.fullmatch(said.id):
        raise InvalidInput(
            Message("The id of the raster cannot be used"),
            found=said.id,
            allowed=Message("a small letter, then small letters, digits, - and _, 40 at most"),
            where="--id",
        )
    if (folder / said.id).exists() and not said.replaces:
        raise InvalidInput(
            Message("There is a registered raster of this id"),
            found=said.id,
            remedy=Message("Choose another id, or put it in its place with --replace"),
            where="--id",
        )
    if said.style == "classes" and not said.classes:
        raise InvalidInput(
            Message("The raster's codes have no meaning yet"),
            remedy=Message("Name its classes, as --class 10=Forest, or a preset"),
            where="--class",
        )
    if not said.title:
        raise InvalidInput(
            Message("The raster has no title"),
            remedy=Message("Say with --title in a few words what it shows"),
            where="--title",
        )


def _copied(
    source: RasterSource,
    said: RasterRegistration,
    area: Bounds,
    target: Path,
    progress: Progress | None,
) -> RasterLayer:
    region = _region(source, area)
    factors = _overview_factors(region)
    grid = _padded(source.grid, region, max(factors, default=1))
    colours = _file_colours(source)
    counted = _write(source, said, region, (grid, target), progress)
    _write_overviews(target, factors, categorical=said.style == "classes")
    if said.style == "classes" and not any(counted[each.code] for each in said.classes):
        raise FileFault(
            Message("None of the classes occurs in the area of the units"),
            found=", ".join(str(each.code) for each in said.classes),
            allowed=tuple(str(code) for code, _ in counted.most_common(12)),
            remedy=Message("Look up the codes of the classes, and whether this is their band"),
            where=source.name,
        )
    low, high = said.ends or _ramp_ends(target)
    return RasterLayer(
        id=said.id,
        title=said.title,
        style=said.style,
        unit=said.unit,
        classes=tuple(
            replace(each, colour=each.colour or colours.get(each.code, ""))
            for each in said.classes
            if counted[each.code]
        ),
        low=low,
        high=high,
        z_factor=said.z_factor,
        credit=said.credit,
        licence=said.licence,
        url=said.url,
        period=said.period,
        bounds=_degrees(source.grid, region),
        cell_size=_cell_size(grid),
        path=target,
    )


def _region(source: RasterSource, area: Bounds) -> Window:
    west, south, east, north = area
    across, up = (east - west) * _MARGIN, (north - south) * _MARGIN
    wide = (west - across, south - up, east + across, north + up)
    turn = Transformer.from_crs(4326, source.grid.crs, always_xy=True)
    return source.window_of_area(turn.transform_bounds(*wide, densify_pts=41), MOST_KEPT_CELLS)


def _overview_factors(region: Window) -> list[int]:
    longer = max(region.row1 - region.row0, region.col1 - region.col0)
    levels = max(0, math.ceil(math.log2(longer / _SMALLEST_OVERVIEW)))
    return [2**level for level in range(1, levels + 1)]


def _padded(grid: Grid, region: Window, multiple: int) -> Grid:
    """The grid of the copy: whole cells of the coarsest overview, which then lies exactly."""
    columns = math.ceil((region.col1 - region.col0) / multiple) * multiple
    rows = math.ceil((region.row1 - region.row0) / multiple) * multiple
    left, top = grid.x(region.col0), grid.y(region.row0)
    return Grid(grid.crs, left, top, grid.width, grid.height, columns, rows)


def _write(
    source: RasterSource,
    said: RasterRegistration,
    region: Window,
    copy_grid: tuple[Grid, Path],
    progress: Progress | None,
) -> Counter[int]:
    """Write the copy block by block; for classes how many cells each code has."""
    grid, target = copy_grid
    categorical = said.style == "classes"
    dtype, nodata = ("int32", _NO_CLASS) if categorical else ("float32", math.nan)
    profile = {
        "driver": "GTiff", "dtype": dtype, "nodata": nodata, "count": 1, "width": grid.columns,
        "height": grid.rows, "crs": grid.crs.to_wkt(), "transform": grid.transform, "tiled": True,
        "blockxsize": 256, "blockysize": 256, "compress": "DEFLATE",
        "predictor": 2 if categorical else 3, "BIGTIFF": "IF_SAFER", "SPARSE_OK": True,
    }  # fmt: skip
    counted: Counter[int] = Counter()
    with rasterio.Env(**GDAL_OPTIONS), rasterio.open(target, "w", **profile) as copy:
        blocks = [*_blocks(region)]
        for done, block in enumerate(blocks, 1):
            values, valid = source.read(block)
            cells = _cells(source, values, valid, categorical=categorical)
            if categorical:
                codes, numbers = np.unique(cells[cells != _NO_CLASS], return_counts=True)
                counted.update(dict(zip(codes.tolist(), numbers.tolist(), strict=True)))
            _put(copy, block, region, cells)
            if progress is not None:
                progress(done, len(blocks))
    return counted


def _write_overviews(target: Path, factors: list[int], *, categorical: bool) -> None:
    """Coarser copies within the file: the class of most cells, of other values the mean."""
    kind = Resampling.mode if categorical else Resampling.average
    # The coarsest first, or GDAL makes it of the next finer one, where most is no more what it was.
    steps = [[factor] for factor in reversed(factors)] if categorical else [factors]
    for step in steps:
        with rasterio.Env(**GDAL_OPTIONS), rasterio.open(target, "r+", driver="GTiff") as copy:
            copy.build_overviews(step, kind)


def _put(copy: DatasetWriter, block: Window, region: Window, cells: Cells) -> None:
    height, width = cells.shape
    column, row = block.col0 - region.col0, block.row0 - region.row0
    copy.write(cells, 1, window=FileWindow(column, row, width, height))


def _blocks(region: Window) -> Iterator[Window]:
    for row in range(region.row0, region.row1, _BLOCK):
        for column in range(region.col0, region.col1, _BLOCK):
            yield region.intersection(Window(row, row + _BLOCK, column, column + _BLOCK))


def _cells(source: RasterSource, values: Cells, valid: Mask | None, *, categorical: bool) -> Cells:
    """Values in the type of the copy, with its sign for none."""
    has = np.ones(values.shape, dtype=bool) if valid is None else valid
    if not categorical:
        return np.where(has, values, np.nan).astype(np.float32)
    known = values[has]
    if known.size and not ((np.abs(known) < 2**31) & (known == np.rint(known))).all():
        raise FileFault(
            Message("The values of the raster are no codes of classes"),
            allowed=Message("whole numbers"),
            remedy=Message("Draw it as a ramp, or look whether this is the band of the classes"),
            where=source.name,
        )
    cells = np.full(values.shape, _NO_CLASS, np.int32)
    cells[has] = known.astype(np.int32)
    return cells


def _ramp_ends(path: Path) -> tuple[float, float]:
    """Nearly the lowest and the highest value, by the coarsest overview."""
    with rasterio.Env(**GDAL_OPTIONS), closing(rasterio.open(path, driver="GTiff")) as copy:
        factor = max(copy.overviews(1), default=1)
        shape = math.ceil(copy.height / factor), math.ceil(copy.width / factor)
        found: Any = copy.read(1, out_shape=shape, masked=True).compressed()
    found = found[np.isfinite(found)]
    if not found.size:
        return 0.0, 1.0
    low, high = (float(each) for each in np.percentile(found, _ENDS))
    return (low, high) if high > low else (low, low + 1.0)


def _file_colours(source: RasterSource) -> dict[int, str]:
    """The colours that the file names for its codes."""
    try:
        table = source.datasets[0].colormap(source.band)
    except ValueError:
        return {}
    return {code: "#{:02x}{:02x}{:02x}".format(*colour[:3]) for code, colour in table.items()}


def _corners(grid: Grid, region: Window) -> tuple[float, float, float, float]:
    xs = sorted((grid.x(region.col0), grid.x(region.col1)))
    ys = sorted((grid.y(region.row0), grid.y(region.row1)))
    return xs[0], ys[0], xs[1], ys[1]


def _degrees(grid: Grid, region: Window) -> Bounds:
    turn = Transformer.from_crs(grid.crs, 4326, always_xy=True)
    west, south, east, north = turn.transform_bounds(*_corners(grid, region), densify_pts=21)
    return round(west, 6), round(south, 6), round(east, 6), round(north, 6)


def _cell_size(grid: Grid) -> float:
    """The shorter side of the cell in the middle, metres on the ellipsoid."""
    turn = Transformer.from_crs(grid.crs, 4326, always_xy=True)
    x, y = grid.x(grid.columns / 2), grid.y(grid.rows / 2)
    lon, lat = turn.transform([x, x + grid.width, x], [y, y, y + grid.height])
    geod = Geod(ellps="WGS84")
    sides = [geod.inv(lon[0], lat[0], lon[n], lat[n])[2] for n in (1, 2)]
    return float(min(sides))
