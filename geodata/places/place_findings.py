"""What was found in a list of places; the same thing in many rows is one finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geodata.errors import PortalError
from geodata.i18n import Joined, Localised, Text
from geodata.point_tables.table_file import PointRow, TableFile
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.report_records import SEVERITIES, Finding, Severity

MOST_PLACES = 20
"""Cells a finding lists; the rest are counted."""

_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """One check of a list of places.

    Parameters
    ----------
    code
        Its name; it never changes its meaning.
    severity
        What follows from a finding.
    """

    code: str
    severity: Severity


BAD_CELL = PlaceCheck("D01", "error")
OUTSIDE = PlaceCheck("D02", "error")
NOWHERE = PlaceCheck("D03", "error")
OTHER_COMMUNE = PlaceCheck("D04", "confirm")
DOUBLED = PlaceCheck("D05", "confirm")
UNKNOWN_COMMUNE = PlaceCheck("D06", "confirm")
BY_NAME = PlaceCheck("D07", "note")
READ_AS = PlaceCheck("D08", "note")
NEW_CATEGORY = PlaceCheck("D09", "note")
WHICH_CATEGORY = PlaceCheck("D10", "question")
WHICH_COMMUNE = PlaceCheck("D11", "question")
LEFT_OUT = PlaceCheck("D12", "note")
WHICH_THEME = PlaceCheck("D13", "question")


class FindingList:
    """Takes findings row by row.

    Parameters
    ----------
    table
        The list, for the places of the cells.
    """

    def __init__(self, table: TableFile) -> None:
        self._table = table
        self._found: dict[tuple[str, str], Finding] = {}
        self._details: dict[tuple[str, str], list[Localised]] = {}

    def add(
        self,
        check: PlaceCheck,
        what: Localised,
        row: PointRow,
        column: str = "",
        *,
        expected: Localised = _NOTHING,
        remedy: Localised = _NOTHING,
        value: str = "",
        detail: Localised | None = None,
    ) -> None:
        """Take what a check found in a row; the same words make one finding.

        Parameters
        ----------
        detail
            What is true of this row alone; said of up to 20 rows in the place of ``expected``.
        """
        place = CellPlace(self._table.sheet, row.number, self._table.numbers.get(column, 0))
        key = check.code, what["en"]
        if detail is not None:
            details = self._details.setdefault(key, [])
            details.append(detail)
            expected = Joined("; ", details[:MOST_PLACES])
        known = self._found.get(key)
        if known is None:
            self._found[key] = Finding(
                check.code, check.severity, what, expected, remedy, (place,), value
            )
            return
        places = known.places if len(known.places) >= MOST_PLACES else (*known.places, place)
        expected = expected if detail is not None else known.expected
        self._found[key] = replace(known, places=places, count=known.count + 1, expected=expected)

    def add_fault(self, row: PointRow, fault: PortalError) -> None:
        """Take the fault of a cell."""
        column = fault.where.removeprefix(row.where).strip()
        expected = fault.allowed if isinstance(fault.allowed, Localised) else _NOTHING
        self.add(
            BAD_CELL, fault.what, row, column,
            expected=expected, remedy=fault.remedy, value=fault.found,
        )  # fmt: skip

    def sorted(self) -> Iterator[Finding]:
        """The findings, the worst first, otherwise as they were found."""
        yield from sorted(self._found.values(), key=lambda each: SEVERITIES.index(each.severity))
