"""Figures read from documents by people: ``observations/<theme>.csv`` to observations.

The files keep what the document says, with the words it says it in. Nothing is corrected here; a
cell that cannot be understood is a fault that names file, row and column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from geodata.broken_down import former_ids
from geodata.build.csv_rows import SourceRow, read_csv_rows
from geodata.catalogue import Catalogue
from geodata.category_list import read_category
from geodata.dataset_files.csv_columns import OBSERVATIONS
from geodata.errors import FileFault, InvalidInput
from geodata.faults import FaultCollector
from geodata.i18n import Message, Text
from geodata.locale_numbers import parse_number
from geodata.model import QUALIFIERS, STATUSES, Indicator, Observation
from geodata.period import parse_period
from geodata.series_id import format_dimensions, parse_dimensions, series_id
from geodata.stated_change import parse_stated_change
from geodata.toml_reader import nearest_names

T = TypeVar("T")

BASES = ("", "restated", "successor_of_parts")
"""``restated``: a successor reports a period before its own validity; ``successor_of_parts``: it
reports the sum of what its parts had."""

_UNIT_ID = re.compile(r"[0-9]{2,8}-[0-9]{8}")


def read_document_observations(folder: Path, catalogue: Catalogue) -> list[Observation]:
    """Read every file of readings of a dataset, in the order of file names and rows.

    Parameters
    ----------
    folder
        The dataset's folder.
    catalogue
        What indicators and sources there are.

    Raises
    ------
    FileFault
        Something is wrong; where there are several faults, all of them.
    """
    observations, faults = scan_document_observations(folder, catalogue)
    collector = FaultCollector()
    for fault in faults:
        collector.add(fault)
    collector.raise_any()
    return observations


def scan_document_observations(
    folder: Path, catalogue: Catalogue, units: Collection[str] | None = None
) -> tuple[list[Observation], list[FileFault]]:
    """The readings that can be understood, and every fault of the others.

    Parameters
    ----------
    units
        Ids of the units there are; None where they are not known yet.
    """
    observations: list[Observation] = []
    faults = FaultCollector()
    for path in sorted((folder / "observations").glob("*.csv")):
        with faults.catching():
            for row in read_csv_rows(path, OBSERVATIONS.column_names):
                observations += _observation(row, catalogue, units, faults)
    return observations, faults.faults


def _observation(
    row: SourceRow,
    catalogue: Catalogue,
    units: Collection[str] | None,
    faults: FaultCollector,
) -> list[Observation]:
    """The reading of a row; none where a cell is at fault."""
    cells, before = row.cells, len(faults.faults)
    series = _verify_names(row, catalogue, units, faults)
    with faults.catching():
        _parsed_cell(row, "period", parse_period)
    if cells.get("stated_change"):
        with faults.catching():
            _parsed_cell(row, "stated_change", parse_stated_change)
    indicator = catalogue.indicators.get(series)
    is_category = indicator is not None and indicator.kind == "category"
    category = _category(row, indicator, faults) if indicator and is_category else ""
    numbers = {} if is_category else _numbers(row, faults)
    texts: dict[str, Text] = {}
    for field in ("method", "doubt", "note"):
        with faults.catching():
            texts[field] = _bilingual(row, field)
    with faults.catching():
        _verify_quality(row)
    if len(faults.faults) > before:
        return []
    return [
        Observation(
            unit_id=cells["unit_id"],
            indicator=series,
            period=cells["period"],
            status=cells["status"],  # type: ignore[arg-type]
            value=catalogue.indicators[series].place_of(category)
            if category
            else numbers["value"] or 0.0,
            source_id=cells["source"],
            quote=unicodedata.normalize("NFC", cells["quote"]),
            scale=numbers.get("scale") or 1.0,
            stated_percent=numbers.get("stated_percent"),
            basis=cells["basis"],
            method=texts["method"],
            doubt=texts["doubt"],
            impossible=cells.get("quality") == "impossible",
            printed=numbers.get("printed"),
            note=texts["note"],
            concept=cells.get("concept", ""),
            category=category,
            qualifier=cells.get("qualifier", ""),  # type: ignore[arg-type]
            stated_change=cells.get("stated_change", ""),
        )
    ]


def _verify_names(
    row: SourceRow,
    catalogue: Catalogue,
    units: Collection[str] | None,
    faults: FaultCollector,
) -> str:
    """The series of the row; a fault for each cell that names something there is not."""
    cells, series = row.cells, ""
    with faults.catching():
        _verify_unit(row, units)
    with faults.catching():
        series = _series(row, catalogue)
    allowed: dict[str, Collection[str]] = {
        "source": catalogue.sources,
        "status": STATUSES,
        "basis": BASES,
        **({"concept": catalogue.concepts} if cells.get("concept") else {}),
        **({"qualifier": QUALIFIERS} if cells.get("qualifier") else {}),
    }
    for column, names in allowed.items():
        with faults.catching():
            _one_of(row, column, names)
    return series


def _category(row: SourceRow, indicator: Indicator, faults: FaultCollector) -> str:
    """The class that a row names; its columns for numbers stay empty."""
    for column in ("scale", "stated_percent", "printed"):
        if row.cells.get(column):
            what = Message("The values of a category are no numbers")
            faults.add(row.fault(column, what, remedy=Message("Leave the cell empty")))
    with faults.catching():
        return _parsed_cell(row, "value", lambda cell: read_category(cell, indicator))
    return ""


def _series(row: SourceRow, catalogue: Catalogue) -> str:
    """The series that the row is a figure of: its indicator with the values of its dimensions."""
    name, given = row.cells["indicator"], row.cells.get("dimensions", "")
    moved = dict(former_ids(catalogue.indicators)).get(name)
    if moved is not None:
        remedy = Message(
            "Write {indicator}, with {dimensions} in the column dimensions",
            indicator=moved.measured,
            dimensions=moved.dimensions or "–",
        )
        raise row.fault("indicator", Message("The indicator has another id now"), remedy=remedy)
    every = catalogue.indicators.values()
    _one_of(row, "indicator", [one.id for one in every if not one.whole])
    values = _parsed_cell(row, "dimensions", parse_dimensions) if given else ()
    dimensions = format_dimensions(values)
    series = series_id(name, dimensions)
    if series not in catalogue.indicators:
        parts = [one.dimensions for one in every if one.whole == name]
        remedy = Message("Correct the values, or add the breakdown to the catalogue")
        what = Message("The indicator is not broken down like this")
        raise row.fault("dimensions", what, nearest_names(dimensions, parts), remedy)
    return series


def _numbers(row: SourceRow, faults: FaultCollector) -> dict[str, float | None]:
    """The numbers of a row by column; only the value must be there."""
    numbers: dict[str, float | None] = {}
    for column in ("value", "scale", "stated_percent", "printed"):
        with faults.catching():
            if row.cells.get(column) or column == "value":
                numbers[column] = _parsed_cell(row, column, parse_number)
    return numbers


def _verify_unit(row: SourceRow, units: Collection[str] | None) -> None:
    unit = row.cells["unit_id"]
    if not _UNIT_ID.fullmatch(unit):
        form = Message("code-day, as 03390-20250701")
        raise row.fault("unit_id", Message("Malformed unit id"), form)
    if units is not None and unit not in units:
        near = tuple(sorted(each for each in units if each.split("-")[0] == unit.split("-")[0]))
        remedy = Message("Correct the code or its first day: an id is that of a unit of its time")
        raise row.fault("unit_id", Message("There is no such unit"), near, remedy)


def _one_of(row: SourceRow, column: str, allowed: Collection[str]) -> None:
    if row.cells[column] in allowed:
        return
    shown = nearest_names(row.cells[column], allowed)
    raise row.fault(
        column,
        Message("The value is not in the list"),
        shown,
        Message("Correct the cell or add it to the catalogue"),
    )


def _verify_quality(row: SourceRow) -> None:
    """A quality that is stated goes with its reason, a slip with the figure as printed."""
    quality, printed = (row.cells.get(column, "") for column in ("quality", "printed"))
    if quality not in ("", "read_as", "impossible"):
        _one_of(row, "quality", ("read_as", "impossible"))
    if quality and not row.cells["doubt_vi"].strip():
        raise row.fault("doubt_vi", Message("A figure of this quality needs its reason"))
    if (quality == "read_as") != bool(printed):
        what = Message("The figure as printed goes with the quality read_as, and only with it")
        remedy = Message("Write the printed figure into printed and what it must mean into value")
        raise row.fault("printed", what, remedy=remedy)


def _parsed_cell(row: SourceRow, column: str, read: Callable[[str], T]) -> T:
    """What ``read`` makes of a cell; its refusal gets the place of the cell."""
    try:
        return read(row.cells[column])
    except InvalidInput as error:
        remedy = Message("Correct the cell")
        raise row.fault(column, error.what, error.allowed, remedy) from None


def _bilingual(row: SourceRow, field: str) -> Text:
    vi, en = row.cells[f"{field}_vi"].strip(), row.cells[f"{field}_en"].strip()
    if bool(vi) != bool(en):
        raise row.fault(
            f"{field}_{'en' if vi else 'vi'}",
            Message("It must be said in both languages"),
        )
    return Text(vi, en)
