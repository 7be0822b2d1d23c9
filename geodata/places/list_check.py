"""Reading a list of places: what it would give, told before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.dataset import DETAILS, Dataset
from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message, Text
from geodata.model import CommuneCheck, Place, Unit
from geodata.places import place_findings as checks
from geodata.places.category_names import MOST_CATEGORIES, read_categories
from geodata.places.doubled_places import doubled_places
from geodata.places.place_findings import FindingList
from geodata.places.place_ids import place_ids
from geodata.places.place_report import (
    PlaceOptions,
    PlaceReport,
    UnknownCommune,
    WrittenCategory,
)
from geodata.places.place_rows import (
    KnownPositions,
    PlaceRow,
    Positions,
    read_place_rows,
    read_positions,
)
from geodata.places.place_vocabulary import PLACE_VOCABULARY
from geodata.point_tables.column_mapping import detect_columns
from geodata.point_tables.commune_names import CommuneFinder, communes_alike
from geodata.point_tables.commune_position import CommuneLocator
from geodata.point_tables.table_file import TableFile
from geodata.vietnamese_names import match_key

DECIMALS = 6
"""Decimals of degrees that are kept: about a decimetre."""


def check_places(
    table: TableFile, file: str, sha256: str, options: PlaceOptions, dataset: Dataset
) -> PlaceReport:
    """Say what the rows of a list would give.

    Parameters
    ----------
    table
        As `geodata.point_tables.table_file` reads it with `PLACE_VOCABULARY`.
    file, sha256
        Name of the file and the hash of its bytes.

    Raises
    ------
    FileFault, InvalidInput
        The file as a whole cannot be understood. What is wrong with single rows is a finding.
    """
    columns = detect_columns(table, options.columns, file, PLACE_VOCABULARY)
    findings = FindingList(table)
    rows = read_place_rows(table, columns, options, findings)
    known = dataset.catalogue.place_categories
    written = [row.category for row in rows]
    categories = read_categories(written, known, options.categories, options.new_categories)
    _tell_new_categories(rows, categories, findings)
    where = KnownPositions.of(dataset, options.crs)
    positions = read_positions(table, rows, columns, where, findings)
    sound = [row for row in rows if row.row.number not in positions.unsound]
    locating = _Located(dataset, options.communes, findings)
    located = locating.places(sound, positions)
    places = _with_ids(located, categories, options.source_id)
    for later, earlier, named in doubled_places(places):
        _tell_doubled(located[later].row, located[earlier].row, named, findings)
    return PlaceReport(
        file=file,
        sha256=sha256,
        columns=columns,
        position_note=positions.note,
        categories=tuple(categories.values()),
        communes=tuple(locating.unknown()),
        places=tuple(places),
        rows=tuple(each.row.row.number for each in located),
        findings=tuple(findings.sorted()),
        notes=table.notes,
    )


@dataclass(frozen=True, slots=True)
class _LocatedRow:
    row: PlaceRow
    lonlat: tuple[float, float] | None
    unit_id: str
    written_id: str
    check: CommuneCheck


class _Located:
    """Finds the commune of each row by its position and holds it against the one written."""

    def __init__(self, dataset: Dataset, answers: Mapping[str, str], findings: FindingList) -> None:
        finest = dataset.boundaries[DETAILS[-1]]
        self._units = {unit.unit_id: unit for unit in dataset.units}
        self._finder = CommuneFinder(dataset)
        self._locator = CommuneLocator(dataset.units, finest, dataset.info.metric_crs)
        self._findings = findings
        self._answers = {match_key(text): unit_id for text, unit_id in answers.items()}
        self._unknown: dict[str, list[PlaceRow]] = {}
        self._unplaced: Counter[str] = Counter()

    def unknown(self) -> Iterator[UnknownCommune]:
        """The communes as written that nobody knows; for after `places`."""
        for key, rows in self._unknown.items():
            text = rows[0].commune
            alike = communes_alike(self._finder.today, text)
            yield UnknownCommune(text, len(rows), alike, self._unplaced[key])

    def places(self, rows: Sequence[PlaceRow], positions: Positions) -> list[_LocatedRow]:
        """The rows that belong to a commune; the others are findings."""
        rows = [row for row in rows if self._is_listed(row)]
        written = [self._written(row) for row in rows]
        placed = [n for n, row in enumerate(rows) if row.row.number in positions.lonlat]
        lonlat = np.array([positions.lonlat[rows[n].row.number] for n in placed]).reshape(-1, 2)
        inside = self._locator.locate(lonlat, [written[n] for n in placed])
        by_position = dict(zip(placed, inside, strict=True))
        located = []
        for n, row in enumerate(rows):
            point = positions.lonlat.get(row.row.number)
            if point is None:
                each = self._by_name(row, written[n])
            else:
                each = self._by_position(row, point, by_position[n], written[n])
            located += [each] if each else []
        return located

    def _is_listed(self, row: PlaceRow) -> bool:
        """Whether a row counts: a person may have left out those of a commune."""
        listed = self._answers.get(match_key(row.commune)) != ""
        if not listed:
            what = Message("Left out, as was said")
            self._findings.add(checks.LEFT_OUT, what, row.row, value=row.commune)
        return listed

    def _written(self, row: PlaceRow) -> str:
        """The commune that a row writes; empty where it writes none that is known."""
        if said := self._answers.get(match_key(row.commune)):
            return self._said(said)
        found = self._finder.find(row.commune) if row.commune else None
        if found is None:
            if row.commune:
                self._unknown.setdefault(match_key(row.commune), []).append(row)
            return ""
        if found.note is not None:
            self._findings.add(checks.READ_AS, found.note, row.row, value=row.commune)
        return found.unit.unit_id

    def _said(self, unit_id: str) -> str:
        if not any(unit.unit_id == unit_id for unit in self._finder.today):
            what = Message("The dataset has no such commune")
            raise InvalidInput(what, found=unit_id, where="communes")
        return unit_id

    def _by_position(
        self, row: PlaceRow, point: tuple[float, float], unit_id: str, written: str
    ) -> _LocatedRow | None:
        if not unit_id:
            self._tell_outside(row, point)
            return None
        check: CommuneCheck = "agrees"
        if not row.commune:
            check = "unwritten"
        elif not written:
            check = "unknown"
            self._findings.add(
                checks.UNKNOWN_COMMUNE,
                Message("No commune, or several, of this name"),
                row.row,
                remedy=Message("The commune in which the position lies is taken"),
                value=row.commune,
            )
        elif written != unit_id:
            check = "differs"
            self._tell_other_commune(row, self._units[unit_id], self._units[written])
        return _LocatedRow(row, point, unit_id, written, check)

    def _by_name(self, row: PlaceRow, written: str) -> _LocatedRow | None:
        if not written and row.commune:
            self._unplaced[match_key(row.commune)] += 1
            self._findings.add(
                checks.WHICH_COMMUNE,
                Message("Without a position, and no commune, or several, of this name"),
                row.row,
                remedy=Message("Say which commune is meant, or leave the rows out"),
                value=row.commune,
            )
            return None
        if not written:
            self._findings.add(
                checks.NOWHERE,
                Message("The place has no position, and no known commune is written"),
                row.row,
                remedy=Message("Add the position, or the name or code of the commune"),
                value=row.commune,
            )
            return None
        self._findings.add(
            checks.BY_NAME,
            Message("Without a position: listed and counted in the commune written, not drawn"),
            row.row,
            value=row.name,
        )
        return _LocatedRow(row, None, written, written, "by_name")

    def _tell_outside(self, row: PlaceRow, point: tuple[float, float]) -> None:
        (swapped,) = self._locator.locate(np.array([point[::-1]]), [""])
        remedy: Localised = Message("Correct the position, or leave the row out")
        if swapped:
            name = self._units[swapped].full_name
            remedy = Message("Exchange the two numbers: the place then lies in {name}", name=name)
        value = f"{point[0]:.5f}, {point[1]:.5f}" if np.isfinite(point).all() else ""
        what = Message("The position lies outside the area that the dataset covers")
        self._findings.add(checks.OUTSIDE, what, row.row, remedy=remedy, value=value)

    def _tell_other_commune(self, row: PlaceRow, found: Unit, written: Unit) -> None:
        self._findings.add(
            checks.OTHER_COMMUNE,
            Message("The position lies in another commune than the list writes"),
            row.row,
            remedy=Message("The commune in which the position lies is taken"),
            detail=Message(
                "{name}: in {found}, the list writes {written}",
                name=row.name,
                found=found.full_name,
                written=written.full_name,
            ),
            value=row.name,
        )


def _with_ids(
    located: Sequence[_LocatedRow], categories: dict[str, WrittenCategory], source_id: str
) -> list[Place]:
    meant = [categories[match_key(each.row.category)].category.id for each in located]
    named = zip(meant, (e.row.name for e in located), (e.unit_id for e in located), strict=True)
    return [
        Place(
            id=identity,
            name=each.row.name,
            category=category,
            lon=round(each.lonlat[0], DECIMALS) if each.lonlat else None,
            lat=round(each.lonlat[1], DECIMALS) if each.lonlat else None,
            unit_id=each.unit_id,
            written_unit_id=each.written_id,
            commune_check=each.check,
            columns=each.row.columns,
            source_id=source_id,
            quote=each.row.quote,
        )
        for identity, each, category in zip(place_ids([*named]), located, meant, strict=True)
    ]


def _tell_new_categories(
    rows: Sequence[PlaceRow], categories: dict[str, WrittenCategory], findings: FindingList
) -> None:
    if len(categories) > MOST_CATEGORIES:
        what = Message("The column has too many different categories")
        remedy = Message("Say which column holds the categories")
        expected = Text(f"≤ {MOST_CATEGORIES}")
        findings.add(
            checks.BAD_CELL, what, rows[0].row,
            expected=expected, remedy=remedy, value=str(len(categories)),
        )  # fmt: skip
        return
    for row in rows:
        found = categories[match_key(row.category)]
        if found.asked:
            what = Message("Which category of places is “{name}”?", name=found.written)
            remedy = Message("Choose one there is, or make a new one")
            findings.add(checks.WHICH_CATEGORY, what, row.row, remedy=remedy, value=found.written)
        elif found.new:
            what = Message("A new category of places: {name}", name=found.category.name)
            findings.add(checks.NEW_CATEGORY, what, row.row, value=found.written)


def _tell_doubled(row: PlaceRow, first: PlaceRow, named: bool, findings: FindingList) -> None:
    what: Localised = Message("Row {row} has a place of this name already", row=first.row.number)
    if not named:
        what = Message("Row {row} has another place on this very point", row=first.row.number)
    remedy = Message("Leave one of the two rows out, or say why both are right")
    findings.add(checks.DOUBLED, what, row.row, remedy=remedy, value=row.name)
