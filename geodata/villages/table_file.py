"""An office's file of villages as rows: a table, GeoPackage or GeoJSON, of bounded size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.content import KINDS, verify_file
from geodata.readers.features import FeatureLayer
from geodata.readers.geojson import read_geojson
from geodata.readers.geopackage import read_geopackage
from geodata.readers.limits import DEFAULT_LIMITS, Limits, too_much
from geodata.readers.sheet import Sheet, cell_text, twice
from geodata.readers.tables import TABLE_SUFFIXES, chosen, the_sheet
from geodata.text_io import control_character

MAX_BYTES = 50_000_000
"""Largest file."""

MAX_ROWS = 5000
"""Most rows; a province has some hundreds of villages."""

ENDINGS = tuple(KINDS)


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
    limits = replace(DEFAULT_LIMITS, file_bytes=MAX_BYTES)
    suffix = verify_file(path, limits)
    if suffix in TABLE_SUFFIXES:
        table = _from_sheet(path, the_sheet(path, layer, limits))
    else:
        table = _from_features(path, _layer(path, suffix, layer, replace(limits, rows=MAX_ROWS)))
    if not table.rows:
        raise FileFault(Message("The file has no rows"), where=path.name)
    for row in table.rows:
        _verify_letters(row)
    return table


def _layer(path: Path, suffix: str, layer: str, limits: Limits) -> FeatureLayer:
    read = read_geopackage if suffix == ".gpkg" else read_geojson
    return read(path, limits, lambda names: chosen(path, layer, names))


def _from_sheet(path: Path, sheet: Sheet) -> TableFile:
    """The first row that is not blank is the header."""
    header: list[str] = []
    found: list[TableRow] = []
    for row in sheet.rows:
        texts = row.texts()
        if not any(texts):
            continue
        if not header:
            header = texts
            if again := twice(header):
                what = Message("A column stands twice")
                raise FileFault(what, found=", ".join(again), where=f"{path.name}:1")
            continue
        if len(found) >= MAX_ROWS:
            what = Message("The file is too large")
            raise too_much(what, f"> {MAX_ROWS}", MAX_ROWS, f"{path.name}:{row.number}")
        padded = texts + [""] * (len(header) - len(texts))
        cells = {name: text for name, text in zip(header, padded, strict=False) if name}
        found.append(TableRow(f"{path.name}:{row.number}", cells))
    return TableFile(tuple(column for column in header if column), tuple(found))


def _from_features(path: Path, layer: FeatureLayer) -> TableFile:
    rows = tuple(
        TableRow(
            f"{path.name}:{feature.number}",
            {column: cell_text(feature.fields.get(column)) for column in layer.columns},
            feature.shape,
        )
        for feature in layer.features
    )
    return TableFile(layer.columns, rows, layer.crs)


def _verify_letters(row: TableRow) -> None:
    """Refuse what is no text at all."""
    for column, text in row.cells.items():
        if text.isascii() and text.isprintable():
            continue
        if sign := control_character(text):
            what = Message("The cell holds a control character")
            remedy = Message("Write the cell anew")
            raise FileFault(what, ascii(sign), remedy=remedy, where=f"{row.where} {column}")
