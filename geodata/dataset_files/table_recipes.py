"""``inputs/tables.toml``: tables with one row for every unit of an era, and how they are read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from geodata.catalogue import Catalogue
from geodata.dataset_files import references
from geodata.faults import FaultCollector
from geodata.i18n import Message, Text
from geodata.locale_numbers import NOTATIONS, Notation
from geodata.model import LEVELS, STATUSES, Indicator, Level, Status
from geodata.period import parse_period
from geodata.toml_reader import TableReader, read_table_array


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """One column that holds an indicator.

    Parameters
    ----------
    name
        Name of the column in the file.
    indicator
        Id of the indicator.
    scale
        The number in a cell times this is the value; 1 where it is left out.
    note
        What a reader needs to know of every figure of the column.
    classes
        Of an indicator of kind ``category``: from what a cell says to the code of the class; left
        out where cells hold the codes.
    classes_of
        The indicator itself where it is of kind ``category``; else None.
    """

    name: str
    indicator: str
    scale: float
    note: Text
    classes: dict[str, str] = field(default_factory=dict)
    classes_of: Indicator | None = None


@dataclass(frozen=True, slots=True)
class TableRecipe:
    """How one file is read.

    Parameters
    ----------
    file
        Name of the CSV or XLSX file in the folder of the inputs.
    sheet
        Sheet of a workbook; left out where it has only one.
    source
        Id of the source of the table.
    level
        Level of the units in the rows.
    valid_on
        The rows describe the units valid on this day.
    period
        Code of the period of every figure.
    status
        Status of every figure; ``actual`` where it is left out.
    numbers
        How numbers are written: ``plain`` (1234.5), ``vietnamese`` (1.234,5) or ``english``
        (1,234.5); ``plain`` where it is left out.
    code
        Column with the unit's code; empty when the table is joined by name.
    name
        Column with the unit's name; empty when the table is joined by code.
    parent
        Column with the name of the unit above; may be empty when names alone are enough.
    kind
        Column with the unit's rank; may be empty when names alone are enough.
    kinds
        From the table's word for a rank to the dataset's kind.
    columns
        Columns with figures.
    where
        The entry of the recipe, for messages.
    """

    file: str
    sheet: str
    source: str
    level: Level
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
    where: str

    def needed_columns(self) -> list[str]:
        """Columns the file must have."""
        keys = (self.code, self.name, self.parent, self.kind)
        return [name for name in (*keys, *(column.name for column in self.columns)) if name]


def read_table_recipes(
    path: Path, catalogue: Catalogue, faults: FaultCollector
) -> tuple[TableRecipe, ...]:
    """Read ``tables.toml``; there are no tables where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    return read_table_array(path, "table", faults, lambda entry: _table(entry, catalogue))


def _table(entry: TableReader, catalogue: Catalogue) -> TableRecipe:
    columns = entry.tables("column")
    table = TableRecipe(
        file=entry.string("file"),
        sheet=entry.string("sheet", ""),
        source=references.source(entry, catalogue.sources),
        level=entry.choice("level", LEVELS),
        valid_on=entry.date("valid_on"),
        period=entry.parsed("period", lambda text: parse_period(text).code, ""),
        status=entry.choice("status", STATUSES, "actual"),
        numbers=entry.choice("numbers", NOTATIONS, "plain"),
        code=entry.string("code", ""),
        name=entry.string("name", ""),
        parent=entry.string("parent", ""),
        kind=entry.string("kind", ""),
        kinds=entry.take("kinds", (dict,), {}),
        columns=tuple(_column(column, catalogue) for column in columns),
        where=entry.where,
    )
    _verify_source(entry, table, catalogue)
    if bool(table.code) == bool(table.name):
        what = Message("Name either the code or the name column")
        entry.report("code", what, table.code or table.name)
    if not columns:
        remedy = Message("Add a [[table.column]] with name and indicator")
        entry.report("column", Message("The table has no column of figures"), "", remedy=remedy)
    return table


def _verify_source(entry: TableReader, table: TableRecipe, catalogue: Catalogue) -> None:
    """Each figure's quote is a row of its source's file: that must be the file of the table."""
    source = catalogue.sources.get(table.source)
    if source and source.file and table.file and source.file != table.file:
        what = Message("The source of the table is another file")
        remedy = Message("Give each file a source of its own")
        entry.report("source", what, f"{table.source}: {source.file}", (table.file,), remedy)


def _column(entry: TableReader, catalogue: Catalogue) -> IndicatorColumn:
    name, indicator_id = entry.string("name"), references.indicator(entry, catalogue.indicators)
    indicator = catalogue.indicators.get(indicator_id)
    is_category = indicator is not None and indicator.kind == "category"
    if is_category and entry.has("scale"):
        entry.report("scale", Message("The values of a category are no numbers"), "")
    return IndicatorColumn(
        name,
        indicator_id,
        entry.number("scale", 1.0),
        entry.text("note", ""),
        _classes(entry, indicator) if indicator else {},
        indicator if is_category else None,
    )


def _classes(entry: TableReader, indicator: Indicator) -> dict[str, str]:
    """From what cells say to codes of classes; every one of these must exist."""
    said: dict[str, str] = entry.take("classes", (dict,), {})
    if said and indicator.kind != "category":
        entry.report("classes", Message("Only an indicator of kind category has classes"), "")
    for word, code in said.items():
        if indicator.kind == "category" and code not in indicator.category_ids:
            what = Message("The indicator has no such class")
            entry.report(f"classes.{word}", what, code, indicator.category_ids)
    return said
