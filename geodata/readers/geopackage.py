"""GeoPackage (OGC 12-128r19) read through SQLite alone: one table of one file, nothing it runs.

The file is opened read-only and its schema trusted with nothing. Views, virtual tables and computed
columns are not read, because they can lead elsewhere or compute without end.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.features import (
    Feature,
    FeatureLayer,
    defined_crs,
    epsg_crs,
    no_crs,
    no_shapes,
)
from geodata.readers.geometry import ShapeBuilder, malformed
from geodata.readers.limits import Limits, damaged, too_large, too_much
from geodata.readers.sheet import CellValue, too_many_columns, too_many_rows, verify_text
from geodata.readers.wkb import read_wkb

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_PRAGMAS = {"table_info"}
_STEPS_BETWEEN_LOOKS = 20_000
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_UNDEFINED = {-1, 0}
_LONGEST_VALUE = 20_000_000


class _Text(bytes):
    """A text as the file holds it, which may not be UTF-8."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _GeoTable:
    """What is read of a layer: its columns but the key, and where its shapes are."""

    name: str
    geometry: str
    columns: tuple[str, ...]
    crs: str


def read_geopackage(
    path: Path, limits: Limits, choose: Callable[[list[str]], str] = lambda names: names[0]
) -> FeatureLayer:
    """Read a layer of features.

    Parameters
    ----------
    choose
        From the names of the layers of features to that of the one to read.

    Raises
    ------
    FileFault
        The file is damaged, open in another program or beyond the limits, the layer is a view,
        names no coordinate system or holds text that is not UTF-8.
    """
    try:
        with _opened(path, limits) as database:
            layer = choose(_layers(database, path.name, limits))
            table = _table(database, layer, path.name, limits)
            features = tuple(_features(database, table, path.name, limits))
    except (sqlite3.Error, ValueError) as error:
        # A damaged schema is told in its own bytes, which need not be UTF-8: a ValueError.
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            what = Message("Reading the file takes too long")
            raise too_much(
                what, f"> {limits.seconds} s", limits.seconds, path.name, unit="s"
            ) from None
        raise damaged(path.name, error) from None
    return FeatureLayer(layer, table.columns, features, table.crs)


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[sqlite3.Connection]:
    journal = path.with_name(f"{path.name}-wal")
    if journal.is_file() and journal.stat().st_size:
        raise FileFault(
            Message("The file is open in another program"),
            found=journal.name,
            remedy=Message("Close QGIS and load it again"),
            where=path.name,
        )
    # Immutable: no lock, no journal and no other file beside it is opened.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        database.text_factory = _Text
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        # Processor time, so that a busy machine refuses no good file.
        end = time.thread_time() + limits.seconds
        database.set_progress_handler(lambda: time.thread_time() > end, _STEPS_BETWEEN_LOOKS)
        database.set_authorizer(_authorised)
        yield database


def _authorised(action: int, name: str | None, *_: str | None) -> int:
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and name in _PRAGMAS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _layers(database: sqlite3.Connection, file: str, limits: Limits) -> list[str]:
    _verify_tables(database, file, ("gpkg_contents", "gpkg_geometry_columns"))
    found = database.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' LIMIT ?",
        (limits.sheets,),
    )
    names = [_words(name, f"{file} gpkg_contents") for (name,) in found]
    if not names:
        raise no_shapes("", file)
    return names


def _verify_tables(database: sqlite3.Connection, file: str, names: tuple[str, ...]) -> None:
    """Refuse what is missing, or no plain table."""
    for name in names:
        found = database.execute(
            "SELECT type, rootpage FROM sqlite_master WHERE name = ? COLLATE NOCASE", (name,)
        ).fetchone()
        if found is None:
            raise damaged(file, f"no table {name}")
        # A view and a virtual table have no page of their own.
        if bytes(found[0]) != b"table" or not found[1]:
            raise FileFault(
                Message("The layer is no table of its own"),
                found=name,
                remedy=Message("Save the layer as a new file in QGIS and load that"),
                where=file,
            )


def _table(database: sqlite3.Connection, layer: str, file: str, limits: Limits) -> _GeoTable:
    _verify_tables(database, file, (layer,))
    named = database.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ? COLLATE NOCASE",
        (layer,),
    ).fetchone()
    if named is None:
        raise no_shapes(layer, file)
    geometry = _words(named[0], f"{file} gpkg_geometry_columns")
    info = database.execute(f"PRAGMA table_info({_quoted(layer)})").fetchall()
    columns = [(_words(name, file), key) for _, name, _, _, _, key in info]
    shapes = [name for name, _ in columns if name.casefold() == geometry.casefold()]
    if not shapes:
        raise no_shapes(layer, file)
    fields = tuple(name for name, key in columns if not key and name not in shapes)
    if len(fields) > limits.columns:
        raise too_many_columns(file, len(fields), limits)
    return _GeoTable(layer, shapes[0], fields, _crs(database, layer, named[1], file))


def _crs(database: sqlite3.Connection, layer: str, srs_id: object, file: str) -> str:
    if not isinstance(srs_id, int) or srs_id in _UNDEFINED:
        raise no_crs(layer, file)
    _verify_tables(database, file, ("gpkg_spatial_ref_sys",))
    found = database.execute(
        "SELECT organization, organization_coordsys_id, definition"
        " FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (srs_id,),
    ).fetchone()
    if found is None:
        raise no_crs(layer, file)
    organization, number, definition = found
    where = f"{file} gpkg_spatial_ref_sys"
    if _words(organization, where).upper() == "EPSG":
        return epsg_crs(str(number), where)
    return defined_crs(_words(definition, where), where)


def _features(
    database: sqlite3.Connection, table: _GeoTable, file: str, limits: Limits
) -> Iterator[Feature]:
    names = ", ".join(_quoted(name) for name in (table.geometry, *table.columns))
    # Names are quoted above; everything else is fixed.
    query = f"SELECT {names} FROM {_quoted(table.name)} LIMIT ?"  # noqa: S608
    builder = ShapeBuilder(limits)
    taken = 0
    for number, (shape, *values) in enumerate(database.execute(query, (limits.rows + 1,)), 1):
        where = f"{file}:{number}"
        if number > limits.rows:
            raise too_many_rows(where, f"> {limits.rows}", limits)
        # A crafted file can give one page of it to many rows.
        taken += sum(len(value) for value in (shape, *values) if isinstance(value, bytes))
        if taken > limits.file_bytes:
            what = Message("The file unfolds to too much")
            raise too_large(what, taken, limits.file_bytes, where)
        fields = {
            name: _value(value, f"{where} {name}", limits)
            for name, value in zip(table.columns, values, strict=True)
        }
        yield Feature(number, fields, _shape(shape, builder, f"{where} {table.geometry}"))


def _value(value: object, where: str, limits: Limits) -> CellValue:
    if isinstance(value, _Text):
        text = _words(value, where)
        verify_text(where, text, limits)
        return text
    if isinstance(value, int | float):
        return value
    if value is None:
        return None
    what = Message("The cell is neither text nor a number")
    raise FileFault(what, found="BLOB", where=where)


def _words(value: object, where: str) -> str:
    """A text of the file, if it is one in UTF-8."""
    if not isinstance(value, _Text):
        raise damaged(where, repr(value)[:100])
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileFault(
            Message("The text is not UTF-8"),
            found=value.decode("utf-8", "backslashreplace"),
            remedy=Message(
                "Choose the right encoding when the layer is opened in QGIS, and save it again"
            ),
            where=where,
        ) from error


def _shape(value: object, builder: ShapeBuilder, where: str) -> shapely.Geometry | None:
    """The shape of a GeoPackage binary (2.1.3): a header, then well-known binary."""
    if value is None:
        return None
    if isinstance(value, _Text) or not isinstance(value, bytes) or value[:2] != b"GP":
        what = Message("This is no GeoPackage shape")
        raise malformed(what, repr(value)[:100], where)
    flags = value[3] if len(value) > 3 else 0
    envelope = flags >> 1 & 0b111
    if envelope >= len(_ENVELOPE_BYTES) or len(value) < 8:
        what = Message("The shape is cut off")
        raise malformed(what, f"{len(value)} B", where)
    return read_wkb(value[8 + _ENVELOPE_BYTES[envelope] :], builder, where)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
