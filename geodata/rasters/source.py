"""Opening rasters: GeoTIFF files, alone or as tiles of one grid, and files on a server by ranges.

A file is opened by the driver that its first bytes name, GeoTIFF or grid as text, and by no other,
whatever its name says. Nothing that it points to is followed, and nothing beside it is read but the
coordinate system of a grid as text (.prj). How much it unfolds to is counted before it does.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window as FileWindow

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Joined, Localised, Message, Verbatim
from geodata.rasters.addresses import file_name, is_remote, verified_file
from geodata.rasters.grid import Grid, Window, verified_grid
from geodata.readers.limits import too_much

Cells = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

MOST_CELLS = 5_000_000_000
"""Cells of a raster that lie in the area of the units: a country in cells of 10 m."""
_MOST_BLOCK_BYTES = 64_000_000
_MOST_TILES = 2_000
_MOST_BANDS = 10_000
_LARGEST = 1e30
"""A larger number in a raster is what programs write where they have none."""

GDAL_OPTIONS = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_GEOREF_SOURCES": "INTERNAL",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_CACHEMAX": 48,
    "GDAL_HTTP_TIMEOUT": 60,
    "GDAL_HTTP_CONNECTTIMEOUT": 15,
    "GDAL_HTTP_MAX_RETRY": 2,
    "GDAL_HTTP_RETRY_DELAY": 1,
    "CPL_VSIL_CURL_USE_S3_REDIRECT": "NO",
}
"""What GDAL may do while a raster is read: nothing beside the file is looked for or written."""


@dataclass(frozen=True, slots=True)
class _Tile:
    """One file of a source and where it begins in the grid of all of them."""

    dataset: DatasetReader
    row: int
    column: int

    @property
    def window(self) -> Window:
        height, width = self.dataset.shape
        return Window(self.row, self.row + height, self.column, self.column + width)


class RasterSource:
    """One band of a raster or of the tiles of one; made by `open_raster`.

    Attributes
    ----------
    grid
        The cells of all tiles together.
    name
        Of the file, for messages; the first of several.
    dtype
        In which the values are read.
    block
        Rows and columns that the file packs together.
    """

    def __init__(
        self, tiles: Sequence[_Tile], grid: Grid, band: int, missing: Collection[float], name: str
    ) -> None:
        self._tiles, self._band, self._missing = tuple(tiles), band, tuple(missing)
        self.grid, self.name = grid, name
        first = tiles[0].dataset
        place = band - 1
        scaled = (first.scales[place], first.offsets[place])
        self._scaled = scaled if scaled != (1.0, 0.0) else None
        self.dtype = np.dtype("float64" if self._scaled else first.dtypes[place])
        self.block: tuple[int, int] = first.block_shapes[place]
        self.nodata: float | None = first.nodatavals[place]

    @property
    def datasets(self) -> tuple[DatasetReader, ...]:
        """The open files."""
        return tuple(tile.dataset for tile in self._tiles)

    @property
    def band(self) -> int:
        """Number of the band, from 1."""
        return self._band

    @property
    def missing(self) -> frozenset[float]:
        """Values that stand for none."""
        return frozenset(self._missing) | ({self.nodata} if self.nodata is not None else set())

    def window_of_area(self, bounds: tuple[float, float, float, float], most: int) -> Window:
        """The cells that lie in the area of the units.

        Parameters
        ----------
        bounds
            Left, bottom, right, top of the area, in the system of the raster.
        most
            Cells that may be taken.

        Raises
        ------
        FileFault
            The raster has no cell there, or more than ``most``.
        """
        grid = self.grid
        region = grid.window(bounds)
        if not region.cells:
            corners = (grid.x(0), grid.y(0), grid.x(grid.columns), grid.y(grid.rows))
            raise FileFault(
                Message("The raster lies elsewhere: it has no cell in the area of the units"),
                found=", ".join(f"{number:g}" for number in corners),
                allowed=(", ".join(f"{number:g}" for number in bounds),),
                remedy=Message("Fetch the file or tile of this area"),
                where=self.name,
            )
        if region.cells > most:
            raise too_much(
                Message("The raster has too many cells in the area of the units"),
                region.cells,
                most,
                self.name,
                Message("Take one of coarser cells, or average it to them first"),
            )
        return region

    def read(self, window: Window) -> tuple[Cells, Mask | None]:
        """The values of some cells, shape (rows, columns), and which of them there are.

        Returns
        -------
        tuple
            The mask is None where all cells have a value; what stands in the others is any number.

        Raises
        ------
        FileFault
            The file is damaged, or the server stopped answering.
        """
        parts = [
            (tile, part)
            for tile in self._tiles
            if (part := tile.window.intersection(window)).cells > 0
        ]
        if len(parts) == 1 and parts[0][1] == window:
            return self._part(*parts[0])
        shape = (window.row1 - window.row0, window.col1 - window.col0)
        values, valid = np.zeros(shape, self.dtype), np.zeros(shape, dtype=bool)
        for tile, part in parts:
            there = (
                slice(part.row0 - window.row0, part.row1 - window.row0),
                slice(part.col0 - window.col0, part.col1 - window.col0),
            )
            found, has = self._part(tile, part)
            # Where tiles overlap the first that has a value is taken, so that nothing counts twice.
            new = ~valid[there] if has is None else has & ~valid[there]
            values[there][new] = found[new]
            valid[there] |= new
        return values, valid

    def _part(self, tile: _Tile, part: Window) -> tuple[Cells, Mask | None]:
        place = FileWindow(
            part.col0 - tile.column,
            part.row0 - tile.row,
            part.col1 - part.col0,
            part.row1 - part.row0,
        )
        try:
            values = tile.dataset.read(self._band, window=place)
            valid = self._valid(tile.dataset, values, place)
        except RasterioError as error:
            what = Message("The raster cannot be read to its end")
            remedy = Message("Fetch the file again; it may have been cut off")
            raise FileFault(what, str(error), remedy=remedy, where=self.name) from None
        return self.scaled(values), valid

    def scaled(self, values: Cells) -> Cells:
        """Values by the scale and offset that the file states for its band."""
        return values * self._scaled[0] + self._scaled[1] if self._scaled else values

    def _valid(self, dataset: DatasetReader, values: Cells, place: FileWindow) -> Mask | None:
        flags = dataset.mask_flag_enums[self._band - 1]
        valid: Mask | None = None
        if MaskFlags.per_dataset in flags or MaskFlags.alpha in flags:
            valid = dataset.read_masks(self._band, window=place) > 0
        for code in self.missing:
            if not np.isnan(code):  # It equals nothing, and is told by its size below.
                valid = _both(valid, values != code)
        if np.issubdtype(values.dtype, np.floating):
            valid = _both(valid, np.abs(values) < _LARGEST)
        return None if valid is None or valid.all() else valid


def _both(one: Mask | None, other: Mask) -> Mask:
    return other if one is None else one & other


@contextmanager
def open_raster(
    addresses: Sequence[str],
    *,
    band: int | None = None,
    missing: Collection[float] = (),
    remote: bool = False,
) -> Iterator[RasterSource]:
    """Open a raster, or the tiles of one, for as long as the block lasts.

    Parameters
    ----------
    addresses
        Paths of GeoTIFF files; several must be tiles of one grid. Where ``remote`` allows it also
        http(s) addresses, of which only the needed ranges are read.
    band
        Number of the band, from 1; None where the file has only one.
    missing
        Values that stand for none beside those that the file declares.

    Raises
    ------
    FileFault
        A file is missing, of another kind, damaged, too large in one piece, has no such band, does
        not say where its cells lie, or does not fit to the other tiles.
    InvalidInput
        An address is none that may be opened.
    """
    if not addresses:
        raise InvalidInput(Message("No raster was named"))
    if len(addresses) > _MOST_TILES:
        what = Message("Too many tiles of a raster")
        raise too_much(what, len(addresses), _MOST_TILES, file_name(addresses[0]))
    with rasterio.Env(**GDAL_OPTIONS), ExitStack() as opened:
        read = [opened.enter_context(_opened(address, remote)) for address in addresses]
        names = [file_name(address) for address in addresses]
        chosen = {_band(each, band, name) for each, name in zip(read, names, strict=True)}
        number = chosen.pop() if len(chosen) == 1 else 1
        grids = [_grid(each, number, name) for each, name in zip(read, names, strict=True)]
        tiles, grid = _joined(read, grids, number, names)
        yield RasterSource(tiles, grid, number, missing, names[0])


def _opened(address: str, remote: bool) -> DatasetReader:
    name = file_name(address)
    target, driver = (address, "GTiff") if is_remote(address) else verified_file(address)
    if is_remote(address) and not remote:
        raise InvalidInput(
            Message(
                "A raster on a server is read only where its address is given on the command line"
            ),
            found=address,
            remedy=Message("Fetch the file and name its path"),
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            threads = {"num_threads": "ALL_CPUS"} if driver == "GTiff" else {}
            return rasterio.open(target, driver=driver, **threads)
    except RasterioError as error:
        raise FileFault(
            Message("The raster cannot be read"),
            found=str(error),
            allowed=Message("a GeoTIFF (.tif), also one laid out for the web (COG)"),
            remedy=(
                Message("Look whether the address is right and its server answers in ranges")
                if is_remote(address)
                else Message("Fetch or write the file again")
            ),
            where=name,
        ) from None


def _band(dataset: DatasetReader, asked: int | None, name: str) -> int:
    values = [
        number
        for number, meaning in enumerate(dataset.colorinterp[:_MOST_BANDS], start=1)
        if meaning != ColorInterp.alpha
    ]
    if asked is None and len(values) == 1:
        return values[0]
    if asked not in values:
        what = (
            Message("There is no such band") if asked else Message("The raster has several bands")
        )
        raise FileFault(
            what,
            found=str(asked or len(values)),
            allowed=_bands(dataset, values),
            remedy=Message("Say which one is meant with --band"),
            where=name,
        )
    return asked


def _bands(dataset: DatasetReader, numbers: Sequence[int]) -> Localised:
    """The numbers of the bands with what the file says of them, the first ones only."""
    told = [
        f"{number} ({said})" if (said := dataset.descriptions[number - 1]) else str(number)
        for number in numbers[:20]
    ]
    return Joined(", ", tuple(Verbatim(each) for each in told))


def _grid(dataset: DatasetReader, band: int, name: str) -> Grid:
    place = band - 1
    kind = np.dtype(dataset.dtypes[place]) if "complex" not in dataset.dtypes[place] else None
    if kind is None or kind.kind not in "iuf":
        what = Message("The values of the raster are no plain numbers")
        raise FileFault(what, found=dataset.dtypes[place], where=name)
    rows, columns = dataset.block_shapes[place]
    if rows * columns * kind.itemsize > _MOST_BLOCK_BYTES:
        raise too_much(
            Message("The raster unfolds to too much at once: one block of it has too many bytes"),
            rows * columns * kind.itemsize,
            _MOST_BLOCK_BYTES,
            name,
            Message("Write it in tiles: gdal_translate -co TILED=YES -co COMPRESS=DEFLATE"),
        )
    try:
        wkt = dataset.crs.to_wkt() if dataset.crs else ""
    except CRSError:
        wkt = ""
    return verified_grid(wkt, dataset.transform, (dataset.width, dataset.height), name)


def _kind(dataset: DatasetReader, band: int) -> tuple[str, str]:
    """Kind of the values of a band and what stands for none; as text, since NaN equals nothing."""
    return str(dataset.dtypes[band - 1]), str(dataset.nodatavals[band - 1])


def _joined(
    read: Sequence[DatasetReader], grids: Sequence[Grid], band: int, names: Sequence[str]
) -> tuple[list[_Tile], Grid]:
    """The tiles in the one grid that they are parts of."""
    first = grids[0]
    offsets = []
    for dataset, grid, name in zip(read, grids, names, strict=True):
        offset = first.offset_of(grid)
        alike = (dataset.dtypes[band - 1], dataset.nodatavals[band - 1])
        if offset is None or str(alike) != str(
            (read[0].dtypes[band - 1], read[0].nodatavals[band - 1])
        ):
            raise FileFault(
                Message("The files are no tiles of one raster: cells or kind of values differ"),
                found=name,
                allowed=Message("files whose cells continue those of {first}", first=names[0]),
                remedy=Message("Join them to one file first, as by gdalwarp"),
                where=name,
            )
        offsets.append(offset)
    row, column = min(o[0] for o in offsets), min(o[1] for o in offsets)
    tiles = [
        _Tile(dataset, offset[0] - row, offset[1] - column)
        for dataset, offset in zip(read, offsets, strict=True)
    ]
    rows, columns = (max(getattr(t.window, side) for t in tiles) for side in ("row1", "col1"))
    left, top = first.x(column), first.y(row)
    return tiles, Grid(first.crs, left, top, first.width, first.height, columns, rows)
