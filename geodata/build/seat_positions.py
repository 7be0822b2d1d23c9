"""``inputs/seats.csv``: seats of units as a map shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata.build.csv_rows import SourceRow, read_csv_rows
from geodata.dataset_files.csv_columns import SEATS
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import Unit
from geodata.parsing import parse_decimal


def read_seats(
    folder: Path, units: Sequence[Unit], faults: FaultCollector
) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of seats by unit id; none where there is no such file.

    Parameters
    ----------
    faults
        Takes what is wrong with a row.
    """
    path = folder / SEATS.path
    if not path.exists():
        return {}
    known = {unit.unit_id for unit in units}
    found: dict[str, tuple[float, float]] = {}
    with faults.catching():
        for row in read_csv_rows(path, SEATS.column_names):
            with faults.catching():
                _take(row, known, found)
    return found


def _take(row: SourceRow, known: set[str], found: dict[str, tuple[float, float]]) -> None:
    unit_id = row.cells["unit"]
    if unit_id not in known:
        raise row.fault("unit", Message("No such unit"))
    if unit_id in found:
        raise row.fault("unit", Message("The seat stands twice in the list"))
    found[unit_id] = _degrees(row, "lon"), _degrees(row, "lat")


def _degrees(row: SourceRow, column: str) -> float:
    try:
        return parse_decimal(row.cells[column])
    except ValueError:
        form = Message("degrees with a decimal point")
        raise row.fault(column, Message("Not a coordinate"), form) from None
