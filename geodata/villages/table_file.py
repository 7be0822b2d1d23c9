"""An office's file of villages as rows: CSV, XLSX, GeoPackage or GeoJSON, of bounded size."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import shapely

from geodata.errors import FileFault, PortalError
from geodata.i18n import Message, Verbatim
from geodata.vietnamese_names import normalise
from geodata.villages.legacy_encodings import REMEDY, detect_legacy_encoding

MAX_BYTES = 50_000_000
"""Largest file, and largest content of a workbook once unpacked."""

MAX_ROWS = 5000
"""Most rows; a province has some hundreds of villages."""

MAX_COLUMNS = 200

ENDINGS = (".csv", ".xlsx", ".gpkg", ".geojson", ".json")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: where it stands, its cells as text, and its shape if the file has shapes."""

    where: str
    cells: dict[str, str]
    shape: shapely.Geometry | None = None


@dataclass(frozen=True, slots=True)
class TableFile:
    """What a file holds; ``crs`` is that of its shapes, empty where it has none."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    crs: str = ""


def read_table_file(path: Path, layer: str = "") -> TableFile:
    """Read a table of villages.

    Parameters
    ----------
    layer
        Sheet of a workbook or layer of a GeoPackage; needed where there are several.

    Raises
    ------
    FileFault
        The file is missing, too large, of no known kind, damaged, or not in Unicode; the message
        names file, row and column.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        what = Message("This kind of file is not read")
        raise FileFault(what, found=path.name, allowed=ENDINGS, where=path.name)
    if not path.is_file():
        raise FileFault(Message("There is no such file"), where=str(path))
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path, f"{path.stat().st_size} B", f"≤ {MAX_BYTES} B")
    if ending == ".csv":
        table = _from_cells(path, _csv_rows(path))
    elif ending == ".xlsx":
        table = _from_cells(path, _xlsx_rows(path, layer))
    else:
        _verify_content(path)
        table = _from_shapes(path, layer)
    if not table.rows:
        raise FileFault(Message("The file has no rows"), where=path.name)
    _refuse_legacy(table)
    return table


def _too_large(path: Path, found: str, allowed: str) -> FileFault:
    return FileFault(
        Message("The file is too large"),
        found=found,
        allowed=Verbatim(allowed),
        remedy=Message("Make one file for each commune"),
        where=path.name,
    )


def _damaged(path: Path, error: Exception) -> FileFault:
    what = Message("The file cannot be read")
    remedy = Message("Open and save the file, then load it again")
    return FileFault(what, found=str(error), remedy=remedy, where=path.name)


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raw = path.read_bytes().decode("latin-1")
        kind = detect_legacy_encoding(raw) or "?"
        what = Message("The file is not UTF-8")
        raise FileFault(what, found=kind, remedy=REMEDY, where=path.name) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise _damaged(path, error) from None


def _xlsx_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > 4 * MAX_BYTES:
            raise _too_large(path, f"{size} B", f"≤ {4 * MAX_BYTES} B")
        with ExitStack() as open_now:
            pages = []
            for results in (True, False):
                book = openpyxl.load_workbook(path, read_only=True, data_only=results)
                open_now.enter_context(closing(book))
                page = book[_chosen(path, sheet, book.sheetnames)]
                pages.append(open_now.enter_context(closing(page.iter_rows(values_only=True))))
            for number, (cells, formulas) in enumerate(zip(*pages, strict=True), 1):
                _refuse_unworked(f"{path.name}:{number}", cells, formulas)
                yield number, [_cell(value) for value in cells[:MAX_COLUMNS]]
    except PortalError:
        raise
    except Exception as error:
        # A damaged workbook comes apart anywhere on the way, as an error of any class.
        raise _damaged(path, error) from error


def _refuse_unworked(where: str, values: tuple[object, ...], written: tuple[object, ...]) -> None:
    """A formula whose result was never worked out must not pass for an empty cell."""
    for value, formula in zip(values, written, strict=False):
        if value is None and formula is not None:
            raise FileFault(
                Message("A formula has no result yet"),
                found=str(formula),
                remedy=Message("Open the file in Excel or LibreOffice, save it, and load it again"),
                where=where,
            )


def _chosen(path: Path, wanted: str, names: list[str]) -> str:
    """The sheet or layer asked for, or the only one."""
    if wanted in names or (not wanted and len(names) == 1):
        return wanted or names[0]
    raise FileFault(
        Message("A layer or sheet must be chosen"),
        found=wanted,
        allowed=tuple(names),
        remedy=Message("Add --layer NAME"),
        where=path.name,
    )


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return normalise(str(value))


def _from_cells(path: Path, rows: Iterator[tuple[int, list[str]]]) -> TableFile:
    """The first row that is not blank is the header."""
    header: list[str] = []
    found: list[TableRow] = []
    for number, cells in rows:
        texts = [normalise(cell) for cell in cells]
        if not any(texts):
            continue
        if not header:
            header = _header(path, texts)
            continue
        if len(found) >= MAX_ROWS:
            raise _too_large(path, f"> {MAX_ROWS}", f"≤ {MAX_ROWS}")
        padded = texts + [""] * (len(header) - len(texts))
        where = f"{path.name}:{number}"
        found.append(TableRow(where, {k: v for k, v in zip(header, padded, strict=False) if k}))
    return TableFile(tuple(column for column in header if column), tuple(found))


def _header(path: Path, cells: list[str]) -> list[str]:
    twice = sorted({cell for cell in cells if cell and cells.count(cell) > 1})
    if twice:
        what = Message("A column stands twice")
        raise FileFault(what, found=", ".join(twice), where=f"{path.name}:1")
    return cells


def _verify_content(path: Path) -> None:
    """Refuse what is not what its name says.

    GDAL goes by the content: a file that describes a virtual layer would be followed to other
    files and other hosts.
    """
    with path.open("rb") as file:
        start = file.read(64)
    if path.suffix.lower() == ".gpkg":
        sound = start.startswith(b"SQLite format 3\0")
    else:
        sound = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if not sound:
        raise FileFault(
            Message("The content is not what the file's name says"),
            allowed=("GeoPackage", "GeoJSON"),
            remedy=Message("Save it from QGIS and load it again"),
            where=path.name,
        )


def _from_shapes(path: Path, layer: str) -> TableFile:
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
        chosen = _chosen(path, layer, names)
        frame = pyogrio.read_dataframe(path, layer=chosen, max_features=MAX_ROWS + 1)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _damaged(path, error) from None
    if len(frame) > MAX_ROWS:
        raise _too_large(path, f"> {MAX_ROWS}", f"≤ {MAX_ROWS}")
    if "geometry" not in frame.columns:
        what = Message("The layer has no shapes")
        raise FileFault(what, found=chosen, where=path.name)
    if frame.crs is None:
        raise FileFault(
            Message("The layer names no coordinate system"),
            found=chosen,
            remedy=Message("Give the layer its system in QGIS"),
            where=path.name,
        )
    columns = tuple(str(name) for name in frame.columns if name != "geometry")
    rows = tuple(
        TableRow(
            f"{path.name}:{number}",
            {column: _cell(record[column]) for column in columns},
            None if record["geometry"] is None else shapely.force_2d(record["geometry"]),
        )
        for number, record in enumerate(frame.to_dict("records"), 1)
    )
    return TableFile(columns, rows, frame.crs.to_string())


def _refuse_legacy(table: TableFile) -> None:
    for row in table.rows:
        for column, text in row.cells.items():
            if kind := detect_legacy_encoding(text):
                raise FileFault(
                    Message("The text is not in Unicode"),
                    found=f"{text} ({kind})",
                    remedy=REMEDY,
                    where=f"{row.where} {column}",
                )
