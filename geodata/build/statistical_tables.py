"""Registers and censuses: tables with one row for every unit of an era.

The recipe ``inputs/tables.toml`` says which file is joined to which units by which columns. A join
is all or nothing: each row finds exactly one unit and each unit exactly one row, or the build stops
and names who was left over.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.build.csv_rows import SourceRow
from geodata.build.table_rows import read_table_rows
from geodata.build.unit_register import name_keys
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message, Text
from geodata.locale_numbers import NOTATIONS, Notation, parse_number
from geodata.model import LEVELS, STATUSES, Observation, Status, Unit
from geodata.period import parse_period
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml
from geodata.vietnamese_names import match_key

_RECIPE = "tables.toml"


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """One column that holds an indicator: value = number in the cell × ``scale``."""

    name: str
    indicator: str
    scale: float
    note: Text


@dataclass(frozen=True, slots=True)
class TableRecipe:
    """How one file is read.

    Parameters
    ----------
    file, sheet
        CSV or XLSX among the inputs; the sheet is needed where a workbook has several.
    valid_on
        The rows describe the units valid on this day.
    code
        Column with the unit's code; empty when the table is joined by name.
    name, parent, kind
        Columns with the unit's name, the name of the unit above and its rank (the last two may be
        empty when names alone are enough).
    kinds
        From the table's word for a rank to the dataset's kind.
    """

    file: str
    sheet: str
    source: str
    level: str
    valid_on: dt.date
    period: str
    status: Status
    numbers: Notation
    code: str
    name: str
    parent: str
    kind: str
    kinds: dict[str, str]
    columns: tuple[IndicatorColumn, ...]

    def needed_columns(self) -> list[str]:
        """Columns the file must have."""
        keys = (self.code, self.name, self.parent, self.kind)
        return [name for name in (*keys, *(column.name for column in self.columns)) if name]


@dataclass(frozen=True, slots=True)
class UnitJoin:
    """What came of joining rows to units.

    Parameters
    ----------
    matched
        Pairs of row and unit.
    unmatched
        Rows that found no unit, or several.
    missing
        Units that no row found.
    duplicates
        Units that several rows found.
    """

    matched: tuple[tuple[SourceRow, Unit], ...]
    unmatched: tuple[SourceRow, ...]
    missing: tuple[Unit, ...]
    duplicates: tuple[Unit, ...]

    @property
    def complete(self) -> bool:
        """Whether rows and units pair off without a rest."""
        return not (self.unmatched or self.missing or self.duplicates)


def read_statistical_tables(folder: Path, inputs: Path, units: Sequence[Unit]) -> list[Observation]:
    """Read every table named in the dataset's recipe.

    Parameters
    ----------
    folder
        The dataset's folder; the recipe is ``inputs/tables.toml`` in it.
    inputs
        Folder with the tables themselves.
    units
        All units of the dataset, of all eras.

    Raises
    ------
    FileFault
        A file or the recipe is wrong, a cell is not a number, or rows and units do not pair off.
    """
    return [
        observation
        for table in read_table_recipes(folder / "inputs" / _RECIPE)
        for observation in _observations(table, inputs, units)
    ]


def read_table_recipes(path: Path) -> list[TableRecipe]:
    """Read ``tables.toml``."""
    recipe = TableReader(display_path(path), read_toml(path))
    tables = []
    for number, raw in enumerate(recipe.items("table", (dict,), []), start=1):
        tables.append(_table(TableReader(f"{display_path(path)} [table #{number}]", raw)))
    recipe.finish()
    return tables


def _table(entry: TableReader) -> TableRecipe:
    table = TableRecipe(
        file=entry.string("file"),
        sheet=entry.string("sheet", ""),
        source=entry.string("source"),
        level=entry.choice("level", LEVELS),
        valid_on=entry.date("valid_on"),
        period=parse_period(entry.string("period")).code,
        status=entry.choice("status", STATUSES, "actual"),
        numbers=entry.choice("numbers", NOTATIONS, "plain"),
        code=entry.string("code", ""),
        name=entry.string("name", ""),
        parent=entry.string("parent", ""),
        kind=entry.string("kind", ""),
        kinds=entry.take("kinds", (dict,), {}),
        columns=tuple(
            _column(TableReader(f"{entry.where} [column #{number}]", raw))
            for number, raw in enumerate(entry.items("column", (dict,)), start=1)
        ),
    )
    entry.finish()
    if bool(table.code) == bool(table.name):
        what = Message("Name either the code or the name column")
        raise entry.fault("code", what, table.code or table.name)
    return table


def _column(entry: TableReader) -> IndicatorColumn:
    column = IndicatorColumn(
        entry.string("name"),
        entry.string("indicator"),
        entry.number("scale", 1.0),
        entry.text("note", ""),
    )
    entry.finish()
    return column


def _observations(table: TableRecipe, inputs: Path, units: Sequence[Unit]) -> list[Observation]:
    path = inputs / table.file
    rows = read_table_rows(path, table.needed_columns(), table.sheet, table.numbers)
    join = join_to_units(table, rows, units)
    if not join.complete:
        raise _join_fault(table, join)
    return [
        _observation(table, column, row, unit)
        for row, unit in sorted(join.matched, key=lambda pair: pair[1].unit_id)
        for column in table.columns
        if row.cells[column.name].strip()  # an empty cell is a missing value, not a zero
    ]


def join_to_units(table: TableRecipe, rows: Sequence[SourceRow], units: Sequence[Unit]) -> UnitJoin:
    """Pair the rows of a table with the units of its level valid on its day.

    Codes are compared as text. Names are compared by `geodata.vietnamese_names.match_key` (spaces,
    hyphens and the place of the tone do not count; the tone itself does) against the name and the
    aliases.
    """
    era = [unit for unit in units if unit.level == table.level and unit.valid_on(table.valid_on)]
    names = {unit.unit_id: name_keys(unit) for unit in units}
    found = [(row, _candidates(table, row, era, names)) for row in rows]
    matched = tuple((row, hits[0]) for row, hits in found if len(hits) == 1)
    uses = Counter(unit.unit_id for _, unit in matched)
    return UnitJoin(
        matched=matched,
        unmatched=tuple(row for row, hits in found if len(hits) != 1),
        missing=tuple(unit for unit in era if not uses[unit.unit_id]),
        duplicates=tuple(unit for unit in era if uses[unit.unit_id] > 1),
    )


def _candidates(
    table: TableRecipe, row: SourceRow, era: Sequence[Unit], names: dict[str, set[str]]
) -> list[Unit]:
    """The units a row can mean."""
    if table.code:
        return [unit for unit in era if unit.code == row.cells[table.code]]
    key = match_key(row.cells[table.name])
    hits = [unit for unit in era if key in names[unit.unit_id]]
    if table.kind:
        kind = table.kinds.get(row.cells[table.kind])
        hits = [unit for unit in hits if unit.kind == kind]
    if table.parent:
        parent = match_key(row.cells[table.parent])
        hits = [unit for unit in hits if parent in names.get(unit.parent_id or "", ())]
    return hits


def _unmatched_counts(join: UnitJoin) -> tuple[Sequence[object], ...]:
    return join.unmatched, join.missing, join.duplicates


def _join_fault(table: TableRecipe, join: UnitJoin) -> FileFault:
    rows = ", ".join(f"{row.where.rpartition(':')[2]}: {row.verbatim}" for row in join.unmatched)
    missing = ", ".join(f"{unit.unit_id} {unit.full_name.vi}" for unit in join.missing)
    duplicates = ", ".join(f"{unit.unit_id} {unit.full_name.vi}" for unit in join.duplicates)
    m, u, x, d = (len(part) for part in (join.matched, *_unmatched_counts(join)))
    return FileFault(
        Message(
            "Rows and units do not pair off: {m} rows matched, {u} rows unmatched, {x} "
            "units missing, {d} duplicate units",
            m=m,
            u=u,
            x=x,
            d=d,
        ),
        found="; ".join(part for part in (rows, missing, duplicates) if part),
        where=display_path(Path("inputs") / table.file),
        remedy=Message("Add the other spelling to aliases.csv, or correct the table"),
    )


def _observation(
    table: TableRecipe, column: IndicatorColumn, row: SourceRow, unit: Unit
) -> Observation:
    try:
        number = parse_number(row.cells[column.name], table.numbers)
    except InvalidInput as error:
        raise row.fault(column.name, error.what, error.allowed) from None
    return Observation(
        unit_id=unit.unit_id,
        indicator=column.indicator,
        period=table.period,
        status=table.status,
        value=number * column.scale,
        source_id=table.source,
        quote=row.verbatim,
        scale=column.scale,
        note=column.note,
    )
