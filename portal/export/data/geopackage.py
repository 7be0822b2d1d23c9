"""The figures of a map as a GeoPackage 1.3 that QGIS opens as the map looks, with its headers.

GDAL writes the tables (OGC 12-128r17). What it does not write is put in afterwards: the names of
columns in the reader's language (the schema extension, ``gpkg_data_columns``), and the style as
QGIS itself keeps it in a GeoPackage (``layer_styles``).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import geopandas as gpd
import pyogrio

from geodata.i18n import Language
from geodata.store import Store
from layers.layer_view import LayerView
from layers.places.place_view import resolve_places
from portal.export.data.geo_formats import units_frame
from portal.export.data.places import HEADERS as PLACE_HEADERS
from portal.export.data.places import places_frame
from portal.export.data.qgis_style import qgis_style
from portal.export.data.tables import HEADERS

_gdal_settings = Lock()
_SCHEMA_EXTENSION = """
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
"""
_SCHEMA_DEFINITION = "http://www.geopackage.org/spec121/#extension_schema"
_EXTENSION_ROWS = [
    (
        table,
        None,
        "gpkg_schema",
        "http://www.geopackage.org/spec121/#extension_schema",
        "read-write",
    )
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints")
]
_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME);
"""


def geopackage(layer_view: LayerView, store: Store, crs: str = "") -> bytes:
    """A GeoPackage with the table ``map`` and any ``places`` over it, dated by the dataset.

    Parameters
    ----------
    crs
        Of the shapes, as ``EPSG:9205``; without one WGS 84 in degrees.
    """
    language = layer_view.layer.language
    layers = {"map": units_frame(layer_view, store)}
    places = resolve_places(store, layer_view.layer.places)
    if places.placed:
        layers["places"] = places_frame(places, store, language)
    if crs:
        layers = {name: frame.to_crs(crs) for name, frame in layers.items()}
    stamp = f"{store.info.reference_date.isoformat()}T00:00:00.000Z"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        _write_layers(layers, path, stamp)
        with closing(sqlite3.connect(path)) as connection, connection:
            _name_columns(connection, layers, language)
            _add_style(connection, layer_view, stamp)
        return path.read_bytes()


def _write_layers(layers: dict[str, gpd.GeoDataFrame], path: Path, stamp: str) -> None:
    with _gdal_settings:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
        try:
            for name, frame in layers.items():
                kind = "Point" if name == "places" else "MultiPolygon"
                options = {} if path.exists() else {"dataset_options": {"VERSION": "1.3"}}
                pyogrio.write_dataframe(
                    frame, path, layer=name, driver="GPKG", append=path.exists(),
                    geometry_type=kind, promote_to_multi=kind == "MultiPolygon", **options,
                )  # fmt: skip
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _name_columns(
    connection: sqlite3.Connection, layers: dict[str, gpd.GeoDataFrame], language: Language
) -> None:
    """The headers of the table as other names of its columns, which GDAL and QGIS show."""
    headers = {"map": HEADERS, "places": PLACE_HEADERS}
    named = [
        (table, column, headers[table][column][language])
        for table, frame in layers.items()
        for column in frame.columns
        if column in headers[table]
    ]
    connection.executescript(_SCHEMA_EXTENSION)
    _register_extensions(connection)
    connection.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name) VALUES (?, ?, ?)", named
    )


def _register_extensions(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, "
        "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
        "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
    )
    connection.executemany("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", _EXTENSION_ROWS)


def _add_style(connection: sqlite3.Connection, layer_view: LayerView, stamp: str) -> None:
    connection.executescript(_STYLES)
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
        (stamp,),
    )
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "ui, update_time) VALUES ('', '', 'map', 'geom', 'map', ?, '', 1, ?, '', NULL, ?)",
        (qgis_style(layer_view), layer_view.title, stamp),
    )
