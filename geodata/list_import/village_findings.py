"""What was found in a list of villages; the same thing in many rows is one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from geodata.errors import PortalError
from geodata.i18n import Localised, Message, Text, Verbatim
from geodata.list_import.list_report import ListQuestion
from geodata.period import parse_period
from geodata.places.place_findings import FindingList, PlaceCheck
from geodata.point_tables.table_file import PointRow, TableFile
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.report_records import SEVERITIES, Finding
from geodata.villages.import_record import ImportedVillage
from geodata.villages.import_report import VillageImportReport

BAD_CELL = PlaceCheck("G01", "error")
DOUBLED = PlaceCheck("G02", "error")
OUTSIDE = PlaceCheck("G03", "error")
OVERLAP = PlaceCheck("G04", "error")
AREA_OUTSIDE = PlaceCheck("G05", "error")
INVALID_AREA = PlaceCheck("G06", "error")
GAPS = PlaceCheck("G07", "note")
UNMENTIONED = PlaceCheck("G08", "note")
NEW = PlaceCheck("G09", "note")
WHICH_VILLAGE = PlaceCheck("G10", "question")
WHICH_COMMUNE = PlaceCheck("G11", "question")
PERIOD = PlaceCheck("G12", "question")
DAY = PlaceCheck("G13", "question")
TITLED = PlaceCheck("G14", "note")

_MOST_NAMED = 12
_ROW = re.compile(r":(?P<row>\d{1,7})(?: (?P<column>.*))?$")


class VillageFindings:
    """Takes what a reading found, and gives it as findings with their cells.

    Parameters
    ----------
    table
        The list.
    """

    def __init__(self, table: TableFile) -> None:
        self._table = table
        self._rows = {row.number: row for row in table.rows}
        self._listed = FindingList(table)
        self._more: list[Finding] = []

    def sorted(self) -> Iterator[Finding]:
        """The findings, the worst first."""
        found = [*self._listed.sorted(), *self._more]
        yield from sorted(found, key=lambda each: SEVERITIES.index(each.severity))

    def add_faults(self, faults: Iterable[PortalError]) -> None:
        """Take the faults of single cells."""
        for fault in faults:
            found = _ROW.search(fault.where)
            row = self._rows.get(int(found["row"])) if found else None
            expected = fault.allowed
            if not isinstance(expected, Localised):
                expected = Verbatim(", ".join(expected or ()))
            if row is not None and found is not None:
                self._listed.add(
                    BAD_CELL, fault.what, row, found["column"] or "",
                    expected=expected, remedy=fault.remedy, value=fault.found,
                )  # fmt: skip
            else:
                self._more.append(
                    Finding("G01", "error", fault.what, expected, fault.remedy, (), fault.found)
                )

    def ask_period(self, column: str) -> None:
        """Ask for the period of people and households."""
        what = Message("For which day or period are the people and households?")
        self._ask(PERIOD, what, column)

    def note_period(self, period: str, text: str) -> None:
        """Say of which period the people and households are, and which line above says so."""
        what = Message(
            "The people and households are of {period}: “{text}” says so",
            period=Text(parse_period(period).label("vi"), parse_period(period).label("en")),
            text=text,
        )
        remedy = Message("State another period where this is not meant")
        self._more.append(Finding(TITLED.code, TITLED.severity, what, remedy=remedy, value=text))

    def ask_day(self, column: str) -> None:
        """Ask for the day on which villages were joined."""
        what = Message("On which day were the villages joined?")
        self._ask(DAY, what, column)

    def _ask(self, check: PlaceCheck, what: Message, column: str) -> None:
        number = self._table.numbers.get(column, 0)
        place = CellPlace(self._table.sheet, self._table.header, number)
        self._more.append(Finding(check.code, check.severity, what, places=(place,), value=column))

    def add_questions(self, questions: Sequence[ListQuestion]) -> None:
        """Take the questions that nobody has answered."""
        for each in questions:
            if each.answer is not None:
                continue
            row = self._rows.get(each.first_row)
            if each.kind == "village":
                what = Message("Which village of {commune} is it, or a new one?",
                               commune=each.parent)  # fmt: skip
                check = WHICH_VILLAGE
            else:
                what = Message("No commune, or several, of this name")
                check = WHICH_COMMUNE
            remedy = Message("Say which is meant")
            if row is not None:
                self._listed.add(check, what, row, remedy=remedy, value=each.written)

    def add_report(self, report: VillageImportReport) -> None:
        """Take what was found for one commune."""
        for row, first in report.duplicates:
            what = Message("The list names this village, or this point, in row {row} already",
                           row=first.row_number)  # fmt: skip
            remedy = Message("Leave one of the two rows out")
            if row.joined_name and first.joined_name and row.joined_name != first.joined_name:
                remedy = Message(
                    "A divided village is not read from the column “joined”: hand in the list "
                    "after the rearrangement, one row for each new village, without that column"
                )
            self._add(DOUBLED, what, row, remedy)
        commune = report.commune.full_name
        for row, metres in report.outside:
            what = Message("The point lies outside {commune}", commune=commune)
            self._add(OUTSIDE, what, row, Message("Correct the position or the commune"),
                      f"{row.name}: {metres:.0f} m")  # fmt: skip
        self._add_areas(report)
        if report.new:
            names = _named([row.name for row in report.new])
            what = Message("New villages in {commune}: {names}", commune=commune, names=names)
            self._note(NEW, what, len(report.new))
        if report.unmentioned:
            names = _named([unit.full_name.vi for unit in report.unmentioned])
            what = Message(
                "Known villages of {commune} that the list does not name stay as they are: {names}",
                commune=commune, names=names,
            )  # fmt: skip
            self._note(UNMENTIONED, what, len(report.unmentioned))

    def _add_areas(self, report: VillageImportReport) -> None:
        found, rows = report.polygons, report.record.rows
        if found is None:
            return
        for one, other, km2 in found.overlaps:
            what = Message("The area overlaps that of “{name}”", name=rows[other].name)
            self._add(OVERLAP, what, rows[one], Message("Correct the areas"), f"{km2:.4f} km²")
        for place, share in found.outside:
            what = Message("Part of the area lies outside {commune}",
                           commune=report.commune.full_name)  # fmt: skip
            self._add(AREA_OUTSIDE, what, rows[place], Message("Correct the areas"),
                      f"{100 * share:.1f} %")  # fmt: skip
        for place, why in found.invalid:
            self._add(INVALID_AREA, Message("The area is drawn wrongly"), rows[place],
                      Message("Correct the areas"), why)  # fmt: skip
        if found.gaps_km2 > 0:
            area, commune = f"{found.gaps_km2:.3f}", report.commune.full_name
            what = Message("{area} km² of {commune} belong to no area", area=area, commune=commune)
            self._note(GAPS, what, 1)

    def _add(
        self, check: PlaceCheck, what: Localised, row: ImportedVillage, remedy: Localised,
        value: str = "",
    ) -> None:  # fmt: skip
        listed: PointRow | None = self._rows.get(row.row_number)
        if listed is not None:
            self._listed.add(check, what, listed, remedy=remedy, value=value or row.name)
        else:
            found = Finding(check.code, check.severity, what, remedy=remedy, value=value)
            self._more.append(found)

    def _note(self, check: PlaceCheck, what: Localised, count: int) -> None:
        self._more.append(Finding(check.code, check.severity, what, count=count))


def _named(names: Sequence[str]) -> str:
    return ", ".join([*names[:_MOST_NAMED], *["…"] * (len(names) > _MOST_NAMED)])
