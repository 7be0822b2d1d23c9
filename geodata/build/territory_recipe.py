"""What a dataset folder and its inputs say about units and boundaries.

The settings stand in ``inputs/territory.toml`` and ``events.toml`` (`geodata.dataset_files`), other
spellings of names in ``aliases.csv``. Nothing about a particular province stands in code.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from geodata.build.csv_rows import SourceRow, read_csv_rows
from geodata.build.table_rows import read_table_rows
from geodata.dataset_files import EventsFile, TerritoryFile
from geodata.dataset_files.csv_columns import ALIASES
from geodata.dataset_files.territory_records import InputTable
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message
from geodata.parsing import parse_decimal
from geodata.vietnamese_names import normalise


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of an input table by what its columns hold, whatever the file calls them."""

    row: SourceRow
    columns: dict[str, str]

    def __getitem__(self, name: str) -> str:
        """Text of a cell, NFC; empty where the file has no such column."""
        column = self.columns.get(name)
        return normalise(self.row.cells[column]) if column else ""

    def number(self, name: str) -> float | None:
        """A number; None where the cell is empty or there is no such column.

        Raises
        ------
        FileFault
            The cell holds something else.
        """
        text = self[name]
        try:
            return parse_decimal(text) if text else None
        except ValueError:
            what = Message("Not a number")
            remedy = Message("Write it with a decimal point, without signs between thousands")
            raise self.row.fault(self.columns[name], what, ("1742.1",), remedy) from None


@dataclass(frozen=True)
class TerritoryRecipe:
    """How the units and boundaries of a dataset are made.

    Parameters
    ----------
    file
        ``inputs/territory.toml``.
    events
        ``events.toml``.
    aliases
        Other spellings by unit id.
    inputs
        Folder of the input files.
    """

    file: TerritoryFile
    events: EventsFile
    aliases: dict[str, tuple[str, ...]]
    inputs: Path

    @property
    def horizon(self) -> dt.date:
        """First day from which units below the province are known."""
        return self.file.horizon

    @property
    def merger(self) -> dt.date:
        """First day of today's communes."""
        return self.file.successors.date

    def rows(self, table: InputTable) -> list[RegisterRow]:
        """Rows of an input table."""
        return read_register(table, self.inputs)


def read_register(table: InputTable, inputs: Path) -> list[RegisterRow]:
    """Rows of an input table.

    Raises
    ------
    FileFault
        The file is missing or lacks a column.
    """
    rows = read_table_rows(inputs / table.file, tuple(table.columns.values()), table.sheet)
    return [RegisterRow(row, table.columns) for row in rows]


def read_aliases(folder: Path, faults: FaultCollector = RAISE_FIRST) -> dict[str, tuple[str, ...]]:
    """Other spellings by unit id, from ``aliases.csv``; none where there is no such file.

    Raises
    ------
    FileFault
        The file cannot be read.
    """
    path = folder / "aliases.csv"
    aliases: dict[str, list[str]] = {}
    with faults.catching():
        for row in read_csv_rows(path, ALIASES.column_names) if path.exists() else []:
            aliases.setdefault(row.cells["unit_id"], []).append(normalise(row.cells["alias"]))
    return {unit_id: tuple(names) for unit_id, names in aliases.items()}
