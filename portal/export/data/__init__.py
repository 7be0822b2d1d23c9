"""The figures of a map as files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import LayerView
from portal.export.data.csv_form import CsvForm
from portal.export.data.geo_formats import geojson, topojson
from portal.export.data.geopackage import geopackage
from portal.export.data.places import places_csv, places_geojson
from portal.export.data.tables import csv_file


@dataclass(frozen=True, slots=True)
class FileForm:
    """In which form a file of figures is written.

    Parameters
    ----------
    csv
        Of a table of text: for programs, or as the reader's spreadsheet writes numbers.
    crs
        Coordinate system of the shapes, as ``EPSG:9205``; empty for WGS 84 in degrees.
    """

    csv: CsvForm = "plain"
    crs: str = ""


_AS_USUAL = FileForm()


def _workbook(layer_view: LayerView, store: Store, _: FileForm) -> bytes:
    # openpyxl and lxml are many megabytes: only who wants a workbook loads them.
    from portal.export.data.workbook import workbook  # noqa: PLC0415

    return workbook(layer_view, store)


_WRITERS: dict[str, tuple[str, Callable[[LayerView, Store, FileForm], bytes]]] = {
    "csv": ("text/csv", lambda view, store, form: csv_file(view, store, form.csv)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    "geojson": ("application/geo+json", lambda view, store, _: geojson(view, store)),
    "gpkg": (
        "application/geopackage+sqlite3",
        lambda view, store, form: geopackage(view, store, form.crs),
    ),
    "topojson": ("application/json", lambda view, store, _: topojson(view, store)),
}
DATA_TYPES = {extension: mimetype for extension, (mimetype, _) in _WRITERS.items()}
"""Media type of each kind of file."""


def data_file(
    layer_view: LayerView, store: Store, extension: str, form: FileForm = _AS_USUAL
) -> bytes:
    """The figures of a map with statuses, quotes, doubts, sources and how they came about."""
    return _WRITERS[extension][1](layer_view, store, form)


PLACE_TYPES = {extension: DATA_TYPES[extension] for extension in ("csv", "geojson")}
"""Media type of each kind of file of places."""
UNIT_TYPES = {extension: DATA_TYPES[extension] for extension in ("csv", "xlsx")}
"""Media type of each kind of file of one unit."""


def places_file(layer: Layer, store: Store, extension: str, form: FileForm) -> bytes:
    """The places over a layer with their own columns and sources."""
    if extension == "csv":
        return places_csv(layer, store, form.csv)
    return places_geojson(layer, store)
