"""Registers and censuses: tables with one row for every unit of an era.

The recipe ``inputs/tables.toml`` says which file is joined to which units by which columns. A join
is all or nothing: each row finds exactly one unit and each unit exactly one row, or the build stops
and names who was left over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.build.csv_rows import SourceRow
from geodata.build.table_rows import read_table_rows
from geodata.build.unit_register import name_keys
from geodata.category_list import read_category
from geodata.dataset_files import IndicatorColumn, TableRecipe
from geodata.errors import FileFault, InvalidInput
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message
from geodata.locale_numbers import parse_number
from geodata.model import Observation, Unit
from geodata.text_io import display_path
from geodata.vietnamese_names import match_key


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


def read_statistical_tables(
    tables: Iterable[TableRecipe],
    inputs: Path,
    units: Sequence[Unit],
    faults: FaultCollector = RAISE_FIRST,
) -> list[Observation]:
    """Read every table named in the dataset's recipes.

    Parameters
    ----------
    tables
        The recipes of ``inputs/tables.toml``.
    inputs
        Folder with the tables themselves.
    units
        All units of the dataset, of all eras.
    faults
        Takes what is wrong; the first fault is raised by default.

    Raises
    ------
    FileFault
        A file is wrong, a cell is not a number, or rows and units do not pair off.
    """
    found = []
    for table in tables:
        with faults.catching():
            found += _observations(table, inputs, units)
    return found


def _observations(table: TableRecipe, inputs: Path, units: Sequence[Unit]) -> list[Observation]:
    path = inputs / table.file
    rows = read_table_rows(path, table.needed_columns(), table.sheet, table.numbers)
    join = join_to_units(table, rows, units)
    if not join.complete:
        raise _join_fault(table, join)
    found = []
    faults = FaultCollector()
    for row, unit in sorted(join.matched, key=lambda pair: pair[1].unit_id):
        for column in table.columns:
            if row.cells[column.name].strip():  # an empty cell is a missing value, not a zero
                with faults.catching():
                    found.append(_observation(table, column, row, unit))
    faults.raise_any()
    return found


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
    cell, indicator = row.cells[column.name], column.classes_of
    try:
        category = read_category(cell, indicator, column.classes) if indicator else ""
        number = indicator.place_of(category) if indicator else parse_number(cell, table.numbers)
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
        category=category,
    )
