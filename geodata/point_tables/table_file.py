"""An office's list as rows: a table or a layer of shapes, of bounded size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

import shapely

from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.point_tables.headings import ListVocabulary
from geodata.point_tables.sheet_table import SheetTable, find_table
from geodata.readers.content import KINDS, verify_file
from geodata.readers.damaged_text import is_mojibake
from geodata.readers.features import FeatureLayer
from geodata.readers.layers import LAYER_SUFFIXES, read_layer
from geodata.readers.limits import DEFAULT_LIMITS, too_much
from geodata.readers.sheet import CellValue, Sheet, SheetRow, cell_text, unworked_formula
from geodata.readers.sheet_choice import SheetName
from geodata.readers.tables import TABLE_SUFFIXES, chosen_sheet, read_sheets
from geodata.text_io import control_character

MAX_BYTES = 50_000_000
"""Largest file."""

MAX_ROWS = 20_000
"""Most rows; a province has some thousands of villages and of schools, health stations, cameras."""

ENDINGS = tuple(KINDS)

_LIMITS = replace(DEFAULT_LIMITS, file_bytes=MAX_BYTES)
_SHAPE_LIMITS = replace(_LIMITS, rows=MAX_ROWS)


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row of a table.

    Parameters
    ----------
    where
        File and row.
    cells
        Its cells as text by column.
    shape
        Its shape if the file has shapes.
    values
        Its cells as they were typed, by column.
    group
        The heading of the group it stands under; empty without one.
    number
        Number of the row in its sheet, of the feature in its layer.
    damaged
        The columns in which a cell of some row is UTF-8 that was taken for another encoding.
    """

    where: str
    cells: dict[str, str]
    shape: shapely.Geometry | None = None
    values: dict[str, CellValue] = field(default_factory=dict)
    group: str = ""
    number: int = 0
    damaged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TableFile:
    """What a file holds.

    Parameters
    ----------
    crs
        Coordinate system of its shapes; empty where it has none.
    headings
        The headings of each column from top to bottom.
    header
        Number of the header's first row.
    totals
        Rows that sum the others up.
    notes
        What was set apart, converted or passed over on the way.
    sheet
        Name of the sheet or layer.
    numbers
        Number of each column in the sheet, from 1.
    above
        Texts above the header: letterhead and title.
    """

    columns: tuple[str, ...]
    rows: tuple[PointRow, ...]
    crs: str = ""
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    header: int = 1
    totals: tuple[PointRow, ...] = ()
    notes: tuple[Localised, ...] = ()
    sheet: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    above: tuple[str, ...] = ()


def read_table_file(
    path: Path, vocabulary: ListVocabulary, layer: str = "", named: Collection[str] = ()
) -> TableFile:
    """Read a list.

    Parameters
    ----------
    vocabulary
        What the list calls its columns.
    layer
        Sheet of a workbook, layer of a GeoPackage or shapefile of an archive; needed where several
        are shown.
    named
        Headings that a person has named.

    Raises
    ------
    FileFault
        The file is missing, too large, of no known kind or damaged; the message names file, row
        and column.
    """
    suffix = verify_file(path, _LIMITS)
    if suffix not in TABLE_SUFFIXES:
        return read_shape_file(path, layer)
    hidden: list[str] = []

    def choose(sheets: Sequence[SheetName]) -> list[str]:
        name = chosen_sheet(path, layer, sheets)
        hidden.extend(sheet.name for sheet in sheets if sheet.hidden and sheet.name != name)
        return [name]

    return list_of_sheet(
        read_sheets(path, _LIMITS, choose)[0], path.name, vocabulary, named, hidden
    )


def is_shape_file(name: str) -> bool:
    """Whether a file of this name holds shapes, not a table."""
    return PurePath(name).suffix.lower() in LAYER_SUFFIXES


def read_shape_file(path: Path, layer: str = "") -> TableFile:
    """A layer of a file of shapes as a list; see `read_table_file`."""
    verify_file(path, _LIMITS)
    return _verified(_from_features(path, read_layer(path, layer, _SHAPE_LIMITS)), path.name)


def list_of_sheet(
    sheet: Sheet,
    file: str,
    vocabulary: ListVocabulary,
    named: Collection[str] = (),
    hidden: Sequence[str] = (),
) -> TableFile:
    """The list of a sheet that was read already; see `read_table_file`.

    Parameters
    ----------
    hidden
        Names of sheets that were passed over.
    """
    return _verified(rows_of_sheet(sheet, file, vocabulary, named, hidden), file)


def rows_of_sheet(
    sheet: Sheet,
    file: str,
    vocabulary: ListVocabulary,
    named: Collection[str] = (),
    hidden: Sequence[str] = (),
) -> TableFile:
    """`list_of_sheet` where it matters only what kind of list it is, not whether it can be used."""
    if sheet.unworked:
        raise unworked_formula(file, sheet.unworked[0])
    found = find_table(sheet, file, vocabulary, named)
    if found is None:
        return TableFile((), ())
    if len(found.rows) > MAX_ROWS:
        what = Message("The file is too large")
        raise too_much(what, f"> {MAX_ROWS}", MAX_ROWS, f"{file}:{found.rows[MAX_ROWS][0].number}")
    return TableFile(
        tuple(found.columns),
        tuple(_row(file, found, row, group) for row, group in found.rows),
        headings=found.paths,
        header=found.header_row,
        totals=tuple(_row(file, found, row, "") for row in found.totals),
        sheet=sheet.name,
        numbers=found.columns,
        notes=(*found.apart, *_notes(sheet, hidden, {row.number for row, _ in found.rows})),
        above=found.above,
    )


def _verified(table: TableFile, file: str) -> TableFile:
    """The table, if it has rows and nothing in them that is no text at all."""
    if not table.rows:
        raise FileFault(Message("The file has no rows"), where=file)
    for row in table.rows:
        _verify_letters(row)
    damaged = frozenset(  # As they were typed: a blank that does not break may be half a letter.
        column
        for row in table.rows
        for column, value in row.values.items()
        if isinstance(value, str) and is_mojibake(value)
    )
    return replace(table, rows=_marked(table.rows, damaged)) if damaged else table


def _marked(rows: Iterable[PointRow], damaged: frozenset[str]) -> tuple[PointRow, ...]:
    """The rows with the columns that hold damaged text."""
    return tuple(replace(row, damaged=damaged) for row in rows)


def _row(file: str, table: SheetTable, row: SheetRow, group: str) -> PointRow:
    values = {
        name: row.values[column - 1] if column <= len(row.values) else None
        for name, column in table.columns.items()
    }
    cells = {name: cell_text(value) for name, value in values.items()}
    where = f"{file}:{row.number}"
    return PointRow(where, cells, values=values, group=group, number=row.number)


def _notes(sheet: Sheet, hidden: Sequence[str], rows: Collection[int]) -> Iterator[Localised]:
    if hidden:
        names = ", ".join(hidden)
        yield Message("Hidden sheets, not read: {names}", names=names)
    if unseen := sorted(sheet.hidden_rows & set(rows)):
        listed = ", ".join(map(str, unseen[:20]))
        yield Message("Hidden rows, read as the others: {rows}", rows=listed)
    if sheet.converted_cells:
        yield Message(
            "{count} cells were converted from {encoding}",
            count=sheet.converted_cells,
            encoding=sheet.encoding,
        )


def _from_features(path: Path, layer: FeatureLayer) -> TableFile:
    rows = tuple(
        PointRow(
            f"{path.name}:{feature.number}",
            {column: cell_text(feature.fields.get(column)) for column in layer.columns},
            feature.shape,
            {column: feature.fields.get(column) for column in layer.columns},
            number=feature.number,
        )
        for feature in layer.features
    )
    return TableFile(
        layer.columns,
        rows,
        layer.crs,
        {column: (column,) for column in layer.columns},
        sheet=layer.name,
        numbers={column: number for number, column in enumerate(layer.columns, start=1)},
    )


def _verify_letters(row: PointRow) -> None:
    """Refuse what is no text at all."""
    for column, text in row.cells.items():
        if text.isascii() and text.isprintable():
            continue
        if sign := control_character(text):
            what = Message("The cell holds a control character")
            remedy = Message("Write the cell anew")
            raise FileFault(what, ascii(sign), remedy=remedy, where=f"{row.where} {column}")
