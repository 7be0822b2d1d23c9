"""The tables by which a GeoPackage describes itself (OGC 12-128r17, GeoPackage 1.3)."""

from __future__ import annotations

from collections.abc import Iterable

from pyproj import CRS
from sqlalchemy import Connection, text

from geodata.dataset import Dataset
from geodata.record_codec import Row
from geodata.store import schema
from geodata.store.geometry_type import SRS_ID
from geodata.store.geopackage_views import GeoPackageView

APPLICATION_ID = 0x47504B47
"""``GPKG`` in ASCII, in the header of the file."""

USER_VERSION = 10300
"""GeoPackage 1.3."""

_SHAPES, _AROUND, _PLACES, _GEOM = "boundaries", "surroundings", "places", "geom"

_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL
        DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
        table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
        scope TEXT NOT NULL,
        CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
    """CREATE TABLE gpkg_data_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
        description TEXT, mime_type TEXT, constraint_name TEXT,
        CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
        CONSTRAINT gdc_tn UNIQUE (table_name, name))""",
    """CREATE TABLE gpkg_data_column_constraints (
        constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
        min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
        CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))""",
)

_INDEX_PURPOSE = "http://www.geopackage.org/spec120/#extension_rtree"
_SCHEMA_PURPOSE = "http://www.geopackage.org/spec121/#extension_schema"
_EXTENSIONS = (
    (_SHAPES, _GEOM, "gpkg_rtree_index", _INDEX_PURPOSE, "write-only"),
    ("gpkg_data_columns", None, "gpkg_schema", _SCHEMA_PURPOSE, "read-write"),
    ("gpkg_data_column_constraints", None, "gpkg_schema", _SCHEMA_PURPOSE, "read-write"),
)


def initialise(connection: Connection) -> None:
    """Mark the empty file as a GeoPackage and make the tables that describe it."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    wgs84 = CRS.from_epsg(SRS_ID).to_wkt(version="WKT1_GDAL")
    systems = (
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
        ("WGS 84", SRS_ID, "EPSG", SRS_ID, wgs84, "longitude and latitude, degrees"),
    )
    insert = "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)"
    connection.exec_driver_sql(insert, list(systems))


def register_layers(
    connection: Connection, dataset: Dataset, views: Iterable[GeoPackageView]
) -> None:
    """List tables and views, index the shapes, name the columns of the views.

    The date of the last change is the day up to which the dataset's documents were read.
    """
    day = f"{dataset.info.reference_date.isoformat()}T00:00:00.000Z"
    for table in schema.metadata.sorted_tables:
        if table not in (schema.boundaries, schema.surroundings, schema.places):
            row = {"name": table.name, "type": "attributes", "title": table.name, "about": ""}
            connection.execute(_CONTENT, row | {"day": day, "srs": None} | _NOWHERE)
    tables = [
        GeoPackageView(name, name, "", frozenset(), {}) for name in (_SHAPES, _AROUND, _PLACES)
    ]
    for view in (*tables, *views):
        _list_features(connection, view, day)
    insert = "INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)"
    connection.exec_driver_sql(insert, list(_EXTENSIONS))
    _index_shapes(connection)


_CONTENT = text(
    "INSERT INTO gpkg_contents VALUES"
    " (:name, :type, :title, :about, :day, :min_x, :min_y, :max_x, :max_y, :srs)"
)
_GEOMETRY = text("INSERT INTO gpkg_geometry_columns VALUES (:name, 'geom', :kind, :srs, 0, 0)")
_COLUMN = text(
    "INSERT INTO gpkg_data_columns (table_name, column_name, title, description)"
    " VALUES (:table, :column, :title, :about)"
)
_ABOUT = text("UPDATE gpkg_contents SET description = :about WHERE table_name = :name")
_NAMELESS = text("DELETE FROM gpkg_data_columns WHERE table_name = :name")
_TABLES_OF_SHAPES = {_AROUND: schema.surroundings, _PLACES: schema.places}
_NOWHERE: Row = dict.fromkeys(("min_x", "min_y", "max_x", "max_y"))


def _list_features(connection: Connection, view: GeoPackageView, day: str) -> None:
    extent = dict(zip(_NOWHERE, _extent(connection, view), strict=True))
    row = {"name": view.name, "type": "features", "title": view.title, "about": view.about}
    connection.execute(_CONTENT, row | {"day": day, "srs": SRS_ID} | extent)
    kind = "POINT" if view.name == _PLACES else "MULTIPOLYGON"
    connection.execute(_GEOMETRY, {"name": view.name, "kind": kind, "srs": SRS_ID})
    _name_columns(connection, view)


def describe_again(connection: Connection, view: GeoPackageView) -> None:
    """Say anew what a view is about and what its columns are, after its figures changed."""
    names = {"name": view.name, "about": view.about}
    connection.execute(_ABOUT, names)
    connection.execute(_NAMELESS, names)
    _name_columns(connection, view)


def _name_columns(connection: Connection, view: GeoPackageView) -> None:
    for column, (title, about) in view.columns.items():
        names = {"table": view.name, "column": column, "title": title, "about": about}
        connection.execute(_COLUMN, names)


def _extent(connection: Connection, view: GeoPackageView) -> tuple[float | None, ...]:
    """West, south, east and north of the shapes of a view; of all of them for the table."""
    table = _TABLES_OF_SHAPES.get(view.name, schema.boundaries)
    shapes = connection.execute(table.select().where(table.c.geom.is_not(None))).all()
    bounds = [
        row.geom.bounds for row in shapes if not view.unit_ids or row.unit_id in view.unit_ids
    ]
    if not bounds:
        return (None,) * 4
    west, south, east, north = zip(*bounds, strict=True)
    return min(west), min(south), max(east), max(north)


def _index_shapes(connection: Connection) -> None:
    """The spatial index and the triggers that keep it (extension F.3)."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE rtree_boundaries_geom USING rtree(id, minx, maxx, miny, maxy)"
    )
    rows = []
    for row in connection.execute(schema.boundaries.select()):
        west, south, east, north = row.geom.bounds
        rows.append((row.fid, west, east, south, north))
    if rows:
        insert = "INSERT INTO rtree_boundaries_geom VALUES (?, ?, ?, ?, ?)"
        connection.exec_driver_sql(insert, rows)
    for name, event, condition, action in _TRIGGERS:
        connection.exec_driver_sql(
            f"CREATE TRIGGER rtree_boundaries_geom_{name} AFTER {event} ON boundaries"
            f" WHEN {condition} BEGIN {action} END"
        )


_FILLED = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
_EMPTY = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
_PUT = (
    "INSERT OR REPLACE INTO rtree_boundaries_geom VALUES (NEW.fid, ST_MinX(NEW.geom),"
    " ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));"
)
_DROP = "DELETE FROM rtree_boundaries_geom WHERE id = OLD.fid;"
_DROP_BOTH = "DELETE FROM rtree_boundaries_geom WHERE id IN (OLD.fid, NEW.fid);"
_TRIGGERS = (
    ("insert", "INSERT", _FILLED, _PUT),
    ("update1", "UPDATE OF geom", f"OLD.fid = NEW.fid AND {_FILLED}", _PUT),
    ("update2", "UPDATE OF geom", f"OLD.fid = NEW.fid AND {_EMPTY}", _DROP),
    ("update3", "UPDATE", f"OLD.fid != NEW.fid AND {_FILLED}", f"{_DROP} {_PUT}"),
    ("update4", "UPDATE", f"OLD.fid != NEW.fid AND {_EMPTY}", _DROP_BOTH),
    ("delete", "DELETE", "OLD.geom NOTNULL", _DROP),
)
