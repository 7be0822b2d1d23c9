"""Figures read from documents by people: ``observations/<theme>.csv`` to observations.

The files keep what the document says, with the words it says it in. Nothing is corrected here; a
cell that cannot be understood is a fault that names file, row and column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from geodata.build.csv_rows import SourceRow, read_csv_rows
from geodata.catalogue import Catalogue
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message, Text
from geodata.locale_numbers import parse_number
from geodata.model import STATUSES, Observation
from geodata.period import parse_period

T = TypeVar("T")

COLUMNS = (
    *("unit_id", "indicator", "period", "status", "value", "source", "quote", "scale"),
    *("stated_percent", "basis", "method_vi", "method_en"),
    *("doubt_vi", "doubt_en", "note_vi", "note_en"),
)
"""The header every file of readings has; ``method`` says how parts given in the document make the
value, where it does not give the value itself."""

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
        The first fault; its remedy says how many more there are.
    """
    observations, faults = scan_document_observations(folder, catalogue)
    if not faults:
        return observations
    if len(faults) == 1:
        raise faults[0]
    more = len(faults) - 1
    raise replace(
        faults[0],
        remedy=Message(
            "{remedy} ({more} more faults; `portal dataset check` lists them all)",
            remedy=faults[0].remedy,
            more=more,
        ),
    )


def scan_document_observations(
    folder: Path, catalogue: Catalogue
) -> tuple[list[Observation], list[FileFault]]:
    """The readings that can be understood, and one fault for every row that cannot."""
    observations: list[Observation] = []
    faults: list[FileFault] = []
    for path in sorted((folder / "observations").glob("*.csv")):
        try:
            rows = read_csv_rows(path, COLUMNS)
        except FileFault as fault:
            faults.append(fault)
            continue
        for row in rows:
            try:
                observations.append(_observation(row, catalogue))
            except FileFault as fault:
                faults.append(fault)
    return observations, faults


def _observation(row: SourceRow, catalogue: Catalogue) -> Observation:
    cells = row.cells
    if not _UNIT_ID.fullmatch(cells["unit_id"]):
        form = Message("code-day, as 03390-20250701")
        what = Message("Malformed unit id")
        raise row.fault("unit_id", what, form)
    _one_of(row, "indicator", tuple(catalogue.indicators))
    _one_of(row, "source", tuple(catalogue.sources))
    _one_of(row, "status", STATUSES)
    _one_of(row, "basis", BASES)
    _parsed_cell(row, "period", parse_period)
    stated = cells["stated_percent"]
    return Observation(
        unit_id=cells["unit_id"],
        indicator=cells["indicator"],
        period=cells["period"],
        status=cells["status"],  # type: ignore[arg-type]
        value=_parsed_cell(row, "value", parse_number),
        source_id=cells["source"],
        quote=unicodedata.normalize("NFC", cells["quote"]),
        scale=_parsed_cell(row, "scale", parse_number) if cells["scale"] else 1.0,
        stated_percent=_parsed_cell(row, "stated_percent", parse_number) if stated else None,
        basis=cells["basis"],
        method=_bilingual(row, "method"),
        doubt=_bilingual(row, "doubt"),
        note=_bilingual(row, "note"),
    )


def _one_of(row: SourceRow, column: str, allowed: tuple[str, ...]) -> None:
    if row.cells[column] in allowed:
        return
    shown = allowed if len(allowed) <= 40 else (*allowed[:40], "…")
    raise row.fault(
        column,
        Message("The value is not in the list"),
        shown,
        Message("Correct the cell or add it to the catalogue"),
    )


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
