"""XLSX workbooks: only the parts a table needs are unpacked, each within its limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from geodata.readers.limits import Limits, damaged
from geodata.readers.sheet import Sheet
from geodata.readers.xlsx_parts import SheetEntry, WorkbookParts, read_workbook_parts
from geodata.readers.xlsx_sheet import SheetReader
from geodata.readers.xml_parts import read_part
from geodata.readers.zip_package import open_package


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet as the workbook lists it, and whether it is hidden."""

    name: str
    hidden: bool = False


Choose = Callable[[Sequence[SheetName]], Sequence[str]]
"""From the sheets of a workbook to the names of those to read."""


def all_sheets(sheets: Sequence[SheetName]) -> list[str]:
    """The names of all sheets."""
    return [sheet.name for sheet in sheets]


def read_xlsx(path: Path, limits: Limits, choose: Choose = all_sheets) -> list[Sheet]:
    """Read sheets of a workbook.

    Formulas count by their last results; one without is listed in `Sheet.unworked`. Links to other
    files are not followed, macros and pictures not looked at.

    Parameters
    ----------
    choose
        Which sheets; what the others hold does not matter.

    Raises
    ------
    FileFault
        The workbook is damaged or protected, or goes beyond the limits.
    """
    with open_package(path, limits) as archive:
        parts = read_workbook_parts(archive, path.name, limits)
        entries = {entry.name: entry for entry in parts.sheets}
        names = choose([SheetName(entry.name, entry.hidden) for entry in parts.sheets])
        several = len(entries) > 1
        return [
            _sheet(archive, f"{path.name} [{name}]" if several else path.name, entries[name],
                   limits, parts)
            for name in names
        ]  # fmt: skip


def _sheet(
    archive: ZipFile, where: str, entry: SheetEntry, limits: Limits, parts: WorkbookParts
) -> Sheet:
    reader = SheetReader(where, limits, parts)
    try:
        stream = archive.open(entry.part)
    except KeyError:
        raise damaged(where, entry.part) from None
    with stream:
        read_part(stream, reader)
    return Sheet(
        entry.name,
        tuple(reader.collector.rows),
        tuple(reader.merged),
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_columns),
        entry.hidden,
        parts.styles.cells,
        tuple(reader.unworked),
    )
