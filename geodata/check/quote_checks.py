"""Verify that every quote stands in its document, and the figure in the quote."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from geodata.build.input_folders import find_input_file
from geodata.build.table_rows import workbook_text
from geodata.check.check_faults import check_fault, table_cell
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.locale_numbers import value_occurs_in
from geodata.model import Observation, Source, VillageChange, VillageMention
from geodata.readers.tables import TABLE_SUFFIXES
from geodata.stated_change import parse_stated_change
from geodata.vietnamese_names import normalise

_TABLE = "observations"
_NUMBER = re.compile("[-−+]?[0-9][0-9., \u00a0\u202f]*")
"""A cell that holds a number, in whatever notation the table is in."""


def check_quotes(dataset: Dataset, inputs: Path | None) -> Iterator[FileFault]:
    """Numbers against their quotes; with ``inputs``, quotes against their documents.

    Text is compared in NFC with runs of white space made one space.
    """
    sources = dataset.catalogue.sources
    for index, figure in enumerate(dataset.observations):
        if figure.quote:
            yield from _numbers(index, figure, sources.get(figure.source_id))
    if inputs is not None:
        yield from _documents(dataset, inputs)


def _numbers(index: int, figure: Observation, source: Source | None) -> Iterator[FileFault]:
    is_table = source is not None and source.file.endswith(".csv")
    holds = _in_cells if is_table else value_occurs_in
    is_number = not figure.method and not figure.category
    if is_number and not holds(figure.as_printed, figure.quote, figure.scale):
        said = Message("The value does not stand in the quote")
        where = table_cell(_TABLE, index, "value")
        found = f"{figure.indicator} {figure.unit_id} {figure.period}: {figure.as_printed:g}"
        yield check_fault(where, said, found, figure.quote)
    percent = figure.stated_percent
    if percent is not None and not _percent_in(percent, figure.quote):
        said = Message("The percentage is not in the quote")
        yield check_fault(table_cell(_TABLE, index, "stated_percent"), said, percent, figure.quote)

    if figure.stated_change:
        amount = abs(parse_stated_change(figure.stated_change).amount)
        if not value_occurs_in(amount, figure.quote):
            said = Message("The stated change is not in the quote")
            where = table_cell(_TABLE, index, "stated_change")
            yield check_fault(where, said, figure.stated_change, figure.quote)


def _in_cells(value: float, quote: str, scale: float) -> bool:
    """Whether a row of a table, quoted as it stands in the file, has a cell with the value."""
    return any(
        _NUMBER.fullmatch(cell.strip()) and value_occurs_in(value, cell, scale)
        for cell in next(csv.reader([quote]))
    )


def _percent_in(percent: float, quote: str) -> bool:
    """A share of plan is stated as such ("đạt 118%") or as what exceeds it ("vượt 18%")."""
    exceeds = "vượt" in normalise(quote).lower() and value_occurs_in(percent - 100, quote)
    return exceeds or value_occurs_in(percent, quote)


def _documents(dataset: Dataset, inputs: Path) -> Iterator[FileFault]:
    """Quotes that their document does not hold; a document that is missing is told once."""
    texts: dict[str, str | None] = {}
    unchecked: dict[str, list[str]] = {}
    for where, file, quote in _quotes(dataset):
        if file not in texts:
            texts[file] = _text(find_input_file(inputs, file))
        text = texts[file]
        if text is None:
            unchecked.setdefault(file, []).append(where)
        elif normalise(quote) not in text:
            said = Message("The quote is not in the document")
            yield check_fault(where, said, f"{file}: {quote}")
    for file, cells in unchecked.items():
        yield _missing_document(file, cells, inputs)


def _quotes(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """The cell of each quote, the file of its source, and the quote."""
    sources = dataset.catalogue.sources
    tables: dict[str, Sequence[Observation | VillageMention | VillageChange]] = {
        _TABLE: dataset.observations,
        "village_mentions": dataset.mentions,
        "village_changes": dataset.changes,
    }
    for table, rows in tables.items():
        for index, record in enumerate(rows):
            source = sources.get(record.source_id)
            if record.quote and source is not None and source.file:
                yield table_cell(table, index, "quote"), source.file, record.quote


def _missing_document(file: str, cells: Sequence[str], inputs: Path) -> FileFault:
    return FileFault(
        Message.plural(
            "The document of {n} quote is not among the inputs",
            "The document of {n} quotes is not among the inputs",
            len(cells),
        ),
        found=file,
        remedy=Message("Put it into {folder}, or check without --inputs", folder=inputs),
        where=cells[0],
    )


def _text(path: Path | None) -> str | None:
    if path is None:
        return None
    if path.suffix.lower() not in TABLE_SUFFIXES:
        return normalise(path.read_text(encoding="utf-8"))
    cells = workbook_text(path)
    if path.suffix.lower() in (".csv", ".tsv"):
        # Comma-separated UTF-8 is quoted as it stands, every other table by its cells.
        cells += "\n" + path.read_text(encoding="utf-8", errors="replace")
    return normalise(cells)
