"""XLSX workbooks: only the parts a table needs are unpacked, each within its limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from geodata.readers.limits import Limits, damaged
from geodata.readers.macros_and_links import verify_package_of_sheets
from geodata.readers.sheet import Sheet
from geodata.readers.sheet_choice import Choose, SheetName, Tell, all_sheets, untold
from geodata.readers.xlsx_parts import SheetEntry, WorkbookParts, read_workbook_parts
from geodata.readers.xlsx_sheet import SheetReader
from geodata.readers.xml_parts import read_part
from geodata.readers.zip_package import open_package


def read_xlsx(
    path: Path, limits: Limits, choose: Choose = all_sheets, tell: Tell = untold
) -> list[Sheet]:
    """Read sheets of a workbook.

    Formulas count by their last results; one without is listed in `Sheet.unworked`. Pictures are
    not looked at.

    Parameters
    ----------
    choose
        Which sheets; what the others hold does not matter.
    tell
        Is told which share of the sheets is read.

    Raises
    ------
    FileFault
        The workbook is damaged or protected, has macros, takes figures from other files, or goes
        beyond the limits.
    """
    with open_package(path, limits) as archive:
        verify_package_of_sheets(archive, path.name, limits)
        parts = read_workbook_parts(archive, path.name, limits)
        entries = {entry.name: entry for entry in parts.sheets}
        names = choose([SheetName(entry.name, entry.hidden) for entry in parts.sheets])
        several = len(entries) > 1
        done, sheets = _ShareRead(archive, [entries[name].part for name in names], tell), []
        for name in names:
            where = f"{path.name} [{name}]" if several else path.name
            sheets.append(
                _sheet(archive, where, entries[name], _WorkbookReading(limits, parts, done))
            )
        return sheets


class _ShareRead:
    """Tells which share of the sheets of a workbook is read, by their bytes."""

    def __init__(self, archive: ZipFile, parts: Sequence[str], tell: Tell) -> None:
        known = set(archive.namelist())
        self.sizes = {part: archive.getinfo(part).file_size for part in parts if part in known}
        self.whole = sum(self.sizes.values())
        self.before = 0
        self.tell = tell

    def of(self, part: str) -> Callable[[int], None]:
        """What is told how many bytes of a part are read."""
        before = self.before
        self.before += self.sizes.get(part, 0)
        return lambda fed: self.tell(min(1.0, (before + fed) / self.whole))


@dataclass(frozen=True, slots=True)
class _WorkbookReading:
    """What the sheets of a workbook share while they are read."""

    limits: Limits
    parts: WorkbookParts
    done: _ShareRead


def _sheet(archive: ZipFile, where: str, entry: SheetEntry, reading: _WorkbookReading) -> Sheet:
    parts = reading.parts
    reader = SheetReader(where, reading.limits, parts)
    try:
        stream = archive.open(entry.part)
    except KeyError:
        raise damaged(where, entry.part) from None
    with stream:
        read_part(stream, reader, reading.done.of(entry.part))
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
