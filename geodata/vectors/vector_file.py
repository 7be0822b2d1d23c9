"""Layers of lines, points and polygons, read for figures of units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.layers import read_layer
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.sheet import CellValue
from geodata.vectors.feature_filter import FeatureFilter, matching
from geodata.vectors.line_segments import to_lonlat
from geodata.vectors.unit_shapes import Shapes, UnitShapes

VECTOR_LIMITS = replace(
    DEFAULT_LIMITS,
    file_bytes=200_000_000,
    rows=200_000,
    cells=5_000_000,
    positions=5_000_000,
    seconds=60.0,
)
"""Roads of a region: twenty times those of a province."""

LINES = ("LineString", "MultiLineString")
POINTS = ("Point", "MultiPoint")


@dataclass(frozen=True, eq=False)
class VectorLayer:
    """Features of a layer that have a shape.

    Parameters
    ----------
    file
        Name of the file, and of the layer where it has several.
    columns
        Names of the fields.
    rows
        Fields of each feature.
    shapes
        Their shapes, EPSG:4326; shape (n,).
    without_shape
        Features left out because they have none.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, CellValue], ...]
    shapes: Shapes
    without_shape: int

    @property
    def extent(self) -> shapely.Geometry:
        """The rectangle around all features, EPSG:4326."""
        return shapely.box(*shapely.total_bounds(self.shapes))

    def chosen(self, filters: Sequence[FeatureFilter]) -> VectorLayer:
        """The features that every filter takes; see `matching`.

        Raises
        ------
        FileFault
            A filter names what does not occur, or none is left.
        """
        taken = matching(filters, self.columns, self.rows, self.file)
        if not taken.any():
            found = " ".join(each.words for each in filters)
            raise FileFault(Message("No feature is left"), found=found, where=self.file)
        rows = tuple(row for row, keep in zip(self.rows, taken, strict=True) if keep)
        return replace(self, rows=rows, shapes=self.shapes[taken])

    def verify_kind(self, kinds: Collection[str]) -> None:
        """Refuse features of another kind of shape.

        Raises
        ------
        FileFault
            There is one.
        """
        found = sorted({shape.geom_type for shape in self.shapes} - set(kinds))
        if found:
            what = Message("The figure is not computed from this kind of shape")
            raise FileFault(what, ", ".join(found), allowed=tuple(kinds), where=self.file)


def read_vector_file(path: Path, layer: str = "") -> VectorLayer:
    """Read a layer of a GeoPackage, GeoJSON, KML, KMZ or zipped shapefile.

    Parameters
    ----------
    layer
        Its name; may be empty where the file has one.

    Raises
    ------
    FileFault
        The file is missing, of another kind, damaged or beyond `VECTOR_LIMITS`, there is no such
        layer, it names no coordinate system or none that its coordinates fit, or has no shape.
    """
    read = read_layer(path, layer, VECTOR_LIMITS)
    drawn = [each for each in read.features if each.shape is not None and not each.shape.is_empty]
    if not drawn:
        what = Message("The layer has no shapes")
        raise FileFault(what, found=read.name, where=path.name)
    shapes = to_lonlat(np.array([each.shape for each in drawn], dtype=object), read.crs)
    _verify_positions(shapes, [each.number for each in drawn], read.crs, path.name)
    return VectorLayer(
        path.name,
        read.columns,
        tuple(each.fields for each in drawn),
        shapes,
        len(read.features) - len(drawn),
    )


def _verify_positions(shapes: Shapes, numbers: Sequence[int], crs: str, file: str) -> None:
    """Refuse coordinates that lie nowhere on Earth: most often they are of another system."""
    bounds = shapely.bounds(shapes)
    sound = np.isfinite(bounds).all(axis=1) & (np.abs(bounds) <= [180, 90, 180, 90]).all(axis=1)
    if not sound.all():
        first = int(np.flatnonzero(~sound)[0])
        what = Message("The coordinates do not fit the coordinate system of the layer")
        remedy = Message("Give the layer its system in QGIS")
        raise FileFault(what, found=crs, remedy=remedy, where=f"{file}:{numbers[first]}")


def verify_reach(layer: VectorLayer, units: UnitShapes) -> None:
    """Refuse a layer that lies beside all units.

    Raises
    ------
    FileFault
        The rectangle around its features touches no unit.
    """
    if not shapely.intersects(units.shapes, layer.extent).any():
        what = Message("The layer lies outside the area that the dataset covers")
        west, south, east, north = shapely.total_bounds(layer.shapes)
        found = f"{west:.3f}, {south:.3f} … {east:.3f}, {north:.3f}"
        remedy = Message("Check the coordinate system of the layer, or take one of this area")
        raise FileFault(what, found=found, remedy=remedy, where=layer.file)
