"""The grid of a raster: where its cells lie, and whether that can be right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from affine import Affine
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.errors import FileFault
from geodata.i18n import Message

_ALIGNED = 1e-3
"""Part of a cell by which tiles of one grid may be off, since headers are rounded."""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows and columns of a grid; the last of each is not included."""

    row0: int
    row1: int
    col0: int
    col1: int

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return max(self.row1 - self.row0, 0) * max(self.col1 - self.col0, 0)

    def intersection(self, other: Window) -> Window:
        """What lies in both; without cells where they do not meet."""
        return Window(
            max(self.row0, other.row0),
            min(self.row1, other.row1),
            max(self.col0, other.col0),
            min(self.col1, other.col1),
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in rows and columns that run along the axes of a coordinate system.

    Parameters
    ----------
    crs
        Its coordinate reference system; x is east and y is north, whatever order its axes have.
    left, top
        x and y of the outer corner of the first cell of the first row.
    width, height
        Of a cell, in units of the CRS; ``height`` is negative where rows go south, as they mostly
        do.
    columns, rows
        How many there are.
    """

    crs: CRS
    left: float
    top: float
    width: float
    height: float
    columns: int
    rows: int

    @property
    def whole(self) -> Window:
        """All of it."""
        return Window(0, self.rows, 0, self.columns)

    @property
    def transform(self) -> Affine:
        """From columns and rows to coordinates."""
        return Affine(self.width, 0.0, self.left, 0.0, self.height, self.top)

    def x(self, column: float) -> float:
        """The coordinate of the left border of a column."""
        return self.left + column * self.width

    def y(self, row: float) -> float:
        """The coordinate of the upper border of a row."""
        return self.top + row * self.height

    def window(self, bounds: tuple[float, float, float, float]) -> Window:
        """The cells that a box in the CRS touches, as far as the grid goes.

        Parameters
        ----------
        bounds
            Lowest x and y, highest x and y.
        """
        x0, y0, x1, y1 = bounds
        columns = sorted(((x0 - self.left) / self.width, (x1 - self.left) / self.width))
        rows = sorted(((y0 - self.top) / self.height, (y1 - self.top) / self.height))
        # A coordinate beyond all bounds of an integer is cut before it becomes one.
        low_col, high_col = (min(max(n, -1.0), self.columns + 1.0) for n in columns)
        low_row, high_row = (min(max(n, -1.0), self.rows + 1.0) for n in rows)
        touched = Window(
            math.floor(low_row), math.ceil(high_row), math.floor(low_col), math.ceil(high_col)
        )
        return self.whole.intersection(touched)

    def offset_of(self, other: Grid) -> tuple[int, int] | None:
        """Row and column of this grid at which another of the same cells starts; None if it is not.

        Both may be parts of a larger grid, so that the numbers may be negative.
        """
        far = max(other.columns, other.rows, 1)
        same_size = abs(other.width - self.width) * far <= _ALIGNED * abs(self.width) and abs(
            other.height - self.height
        ) * far <= _ALIGNED * abs(self.height)
        if not same_size or not same_crs(self.crs, other.crs):
            return None
        row = (other.top - self.top) / self.height
        column = (other.left - self.left) / self.width
        if max(abs(row - round(row)), abs(column - round(column))) > _ALIGNED:
            return None
        return round(row), round(column)


def same_crs(one: CRS, other: CRS) -> bool:
    """Whether two systems are the same; headers of files write one in many ways."""
    return one == other or one.equals(other, ignore_axis_order=True)


def verified_grid(wkt: str, transform: Affine, size: tuple[int, int], where: str) -> Grid:
    """The grid that the header of a raster tells.

    Parameters
    ----------
    wkt
        Its coordinate system; empty where the file names none.
    transform
        From columns and rows to coordinates.
    size
        Columns and rows.

    Raises
    ------
    FileFault
        There is no coordinate system, the cells lie askew or nowhere, or beyond the globe.
    """
    if not wkt:
        raise FileFault(
            Message("The raster has no coordinate system"),
            allowed=Message(
                "a GeoTIFF that names its coordinate system, as EPSG:4326 or a VN-2000 zone"
            ),
            remedy=Message(
                "Write it with its system: gdal_translate -a_srs EPSG:4326 (or that of the data)"
            ),
            where=where,
        )
    try:
        crs = CRS.from_wkt(wkt)
    except CRSError as error:
        what = Message("The coordinate system of the raster is not known")
        raise FileFault(what, found=str(error), where=where) from None
    numbers = tuple(transform)[:6]
    found = ", ".join(f"{number:.12g}" for number in numbers)
    _verify_transform(transform, found, where)
    grid = Grid(crs, transform.c, transform.f, transform.a, transform.e, *size)
    _verify_place(grid, found, where)
    return grid


def _verify_transform(transform: Affine, found: str, where: str) -> None:
    if not all(math.isfinite(number) for number in tuple(transform)[:6]) or not (
        transform.a and transform.e
    ):
        if transform.b or transform.d:
            raise _askew(found, where)
        raise FileFault(
            Message("The place of the raster's cells is broken"),
            found=found,
            allowed=Message("a width and a height of cells, and the corner of the first"),
            where=where,
        )
    if transform.b or transform.d:
        raise _askew(found, where)
    if transform == Affine.identity():
        raise FileFault(
            Message("The raster does not say where its cells lie"),
            remedy=Message(
                "Write it with its place in the file itself; a world file beside it is not read"
            ),
            where=where,
        )


def _askew(found: str, where: str) -> FileFault:
    return FileFault(
        Message("The rows of the raster do not run along the axes of its coordinate system"),
        found=found,
        remedy=Message("Turn it upright first, as by gdalwarp, which writes cells along the axes"),
        where=where,
    )


def _verify_place(grid: Grid, found: str, where: str) -> None:
    """A geographic grid must lie on the globe."""
    if not grid.crs.is_geographic:
        return
    x, y = (grid.x(0), grid.x(grid.columns)), (grid.y(0), grid.y(grid.rows))
    slack_x, slack_y = abs(grid.width), abs(grid.height)
    on_globe = (
        min(x) >= -360 - slack_x
        and max(x) <= 360 + slack_x
        and min(y) >= -90 - slack_y
        and max(y) <= 90 + slack_y
    )
    if not on_globe:
        raise FileFault(
            Message("The raster lies beyond the globe: its coordinates are no degrees"),
            found=found,
            remedy=Message("Look whether the file names the right coordinate system"),
            where=where,
        )
