"""The figures of a map as files for other programs."""

from __future__ import annotations

from collections.abc import Callable

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from portal.export.data.geo_formats import geojson, geopackage, topojson
from portal.export.data.places import places_csv, places_geojson
from portal.export.data.tables import csv_file


def _workbook(layer_view: LayerView, store: Store) -> bytes:
    # openpyxl and lxml are many megabytes: only who wants a workbook loads them.
    from portal.export.data.workbook import workbook  # noqa: PLC0415

    return workbook(layer_view, store)


_WRITERS: dict[str, tuple[str, Callable[[LayerView, Store], bytes]]] = {
    "csv": ("text/csv", csv_file),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    "geojson": ("application/geo+json", geojson),
    "gpkg": ("application/geopackage+sqlite3", geopackage),
    "topojson": ("application/json", topojson),
}
DATA_TYPES = {extension: mimetype for extension, (mimetype, _) in _WRITERS.items()}
"""Media type of each kind of file."""


def data_file(layer: Layer, store: Store, extension: str) -> bytes:
    """The figures of a layer with statuses, quotes, doubts and sources."""
    return _WRITERS[extension][1](resolve_layer(layer, store), store)


_PLACE_WRITERS: dict[str, Callable[[Layer, Store], bytes]] = {
    "csv": places_csv,
    "geojson": places_geojson,
}
PLACE_TYPES = {extension: DATA_TYPES[extension] for extension in _PLACE_WRITERS}
"""Media type of each kind of file of places."""
UNIT_TYPES = {extension: DATA_TYPES[extension] for extension in ("csv", "xlsx")}
"""Media type of each kind of file of one unit."""


def places_file(layer: Layer, store: Store, extension: str) -> bytes:
    """The places over a layer with their own columns and sources."""
    return _PLACE_WRITERS[extension](layer, store)
