"""Layers of features as read from a file, and the coordinate systems they may name."""

from __future__ import annotations

import re
from dataclasses import dataclass

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.sheet import CellValue

_FILES_OF_A_SYSTEM = re.compile(r"grids|parameter *file|\+init", re.IGNORECASE)
"""Words by which the definition of a coordinate system leads to a file."""

_LONGEST_DEFINITION = 20_000


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its number in the layer, from 1, its fields, and its shape in two dimensions."""

    number: int
    fields: dict[str, CellValue]
    shape: shapely.Geometry | None


@dataclass(frozen=True, slots=True)
class FeatureLayer:
    """A bounded layer.

    Parameters
    ----------
    columns
        Names of all fields, in the order of the file.
    crs
        Coordinate system of the shapes, as ``EPSG:9205`` or WKT; x is east, y is north.
    """

    name: str
    columns: tuple[str, ...]
    features: tuple[Feature, ...]
    crs: str


def epsg_crs(code: str, where: str) -> str:
    """A coordinate system by its EPSG code, as ``EPSG:9205``.

    Raises
    ------
    FileFault
        There is none of that code, or it is none of maps.
    """
    try:
        return _of_maps(CRS.from_authority("EPSG", int(code)), code, where)
    except (CRSError, ValueError, OverflowError):
        raise _unknown(f"EPSG:{code}", where) from None


def defined_crs(definition: str, where: str) -> str:
    """A coordinate system by its definition in WKT.

    Raises
    ------
    FileFault
        The definition cannot be read, is none of maps, or leads to a file.
    """
    if len(definition) > _LONGEST_DEFINITION or _FILES_OF_A_SYSTEM.search(definition):
        raise _unknown(definition, where)
    try:
        return _of_maps(CRS.from_wkt(definition), definition, where)
    except CRSError:
        raise _unknown(definition, where) from None


def _of_maps(crs: CRS, found: str, where: str) -> str:
    if not (crs.is_geographic or crs.is_projected):
        raise _unknown(found, where)
    return str(crs.to_string())


def _unknown(found: str, where: str) -> FileFault:
    return FileFault(
        Message("There is no such coordinate system"),
        found=found,
        allowed=Message("one of an EPSG code, as EPSG:9205"),
        remedy=Message("Give the layer its system in QGIS"),
        where=where,
    )


def no_crs(layer: str, where: str) -> FileFault:
    """The fault for a layer that does not say which coordinate system it is in."""
    return FileFault(
        Message("The layer names no coordinate system"),
        found=layer,
        remedy=Message("Give the layer its system in QGIS"),
        where=where,
    )


def no_shapes(layer: str, where: str) -> FileFault:
    """The fault for a layer without shapes."""
    what = Message("The layer has no shapes")
    return FileFault(what, found=layer, where=where)
