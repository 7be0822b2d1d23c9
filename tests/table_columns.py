"""Reading the columns and figures of small tables, for tests."""

from __future__ import annotations

from geodata.catalogue import Catalogue
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns import read_columns, to_values
from geodata.table_import.layout_records import TableLayout
from geodata.table_import.report_records import Answers, Finding, ImportedValue
from tests.table_layouts import all_matched


def columns_of(
    catalogue: Catalogue, layout: TableLayout, answers: Answers | None = None
) -> tuple[tuple[ColumnMeaning, ...], tuple[Finding, ...]]:
    return read_columns(layout, all_matched(layout), catalogue, answers or Answers())


def figures_of(
    catalogue: Catalogue, layout: TableLayout, answers: Answers | None = None, **states: str
) -> tuple[tuple[ImportedValue, ...], dict[str, Finding]]:
    said = answers or Answers()
    meanings, _ = columns_of(catalogue, layout, said)
    values, findings = to_values(layout, all_matched(layout, **states), meanings, catalogue, said)
    return values, {each.code: each for each in findings}
