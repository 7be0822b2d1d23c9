"""Layers of shapes, whichever of the known formats they are in."""

from __future__ import annotations

from pathlib import Path

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.content import KINDS, verify_file
from geodata.readers.features import FeatureLayer
from geodata.readers.geojson import read_geojson
from geodata.readers.geopackage import read_geopackage
from geodata.readers.kml import read_kml
from geodata.readers.limits import Limits
from geodata.readers.shapefile import read_shapefile
from geodata.readers.tables import chosen

_READERS = {
    ".gpkg": read_geopackage,
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".kml": read_kml,
    ".kmz": read_kml,
    ".zip": read_shapefile,
}

LAYER_SUFFIXES = tuple(_READERS)
"""Suffixes of the files that hold layers of shapes."""


def read_layer(path: Path, layer: str, limits: Limits) -> FeatureLayer:
    """Read a layer of shapes.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON, KML, KMZ or a zipped shapefile, by its suffix.
    layer
        Its name; may be empty where the file has one.

    Raises
    ------
    FileFault
        The file is missing, of another kind, damaged or goes beyond the limits, or there is no
        such layer.
    """
    suffix = verify_file(path, limits)
    if suffix not in _READERS:
        what = Message("The file holds no shapes")
        raise FileFault(what, found=KINDS[suffix], allowed=LAYER_SUFFIXES, where=path.name)
    return _READERS[suffix](path, limits, lambda names: chosen(path, layer, names))
