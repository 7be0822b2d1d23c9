"""Villages as documents name them: ``villages/names.csv`` and ``villages/changes.csv``.

A village known by name only has no shape, no official code and no known first day: its code is its
commune's with the number the table gives it, its validity that of its commune. What a document
tells of it stands in its mentions, one for each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from geodata.build.csv_rows import SourceRow, read_csv_rows, read_each_row
from geodata.catalogue import Catalogue
from geodata.dataset_files.csv_columns import VILLAGE_CHANGES, VILLAGE_NAMES
from geodata.errors import InvalidInput
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message, Text
from geodata.model import Unit, VillageChange, VillageMention
from geodata.period import parse_period
from geodata.vietnamese_names import match_key, normalise
from geodata.villages.village_units import KINDS, village_code, village_unit


@dataclass(frozen=True)
class VillageRecords:
    """What the documents of a dataset tell of villages."""

    units: tuple[Unit, ...] = ()
    mentions: tuple[VillageMention, ...] = ()
    changes: tuple[VillageChange, ...] = ()


def read_village_records(
    folder: Path,
    catalogue: Catalogue,
    units: Iterable[Unit],
    faults: FaultCollector = RAISE_FIRST,
) -> VillageRecords:
    """Read the tables of villages of a dataset; none where it has no such folder.

    Parameters
    ----------
    folder
        The dataset's folder.
    units
        The units of the levels above, of all eras.
    faults
        Takes what is wrong; the first fault is raised by default. With a fault nothing is known.

    Raises
    ------
    FileFault
        A cell cannot be understood, or one number stands for two names; the message names file,
        row and column.
    """
    if not (folder / "villages").is_dir():
        return VillageRecords()
    communes = {unit.unit_id: unit for unit in units if unit.level == "commune"}
    mentions: list[VillageMention] = []
    rows: list[SourceRow] = []
    with faults.catching():
        rows = read_csv_rows(folder / "villages" / "names.csv", VILLAGE_NAMES.column_names)
    before = len(faults.faults)
    for row in rows:
        with faults.catching():
            _verify(row, communes, catalogue)
            mentions.append(_village_mention(row, communes))
    read = partial(_village_change, communes=communes, catalogue=catalogue)
    path = folder / "villages" / "changes.csv"
    changes = read_each_row(path, VILLAGE_CHANGES.column_names, read, faults)
    if len(faults.faults) > before:
        return VillageRecords()
    with faults.catching():
        return VillageRecords(tuple(_units(rows, communes)), tuple(mentions), tuple(changes))
    return VillageRecords()


def _verify(row: SourceRow, communes: Mapping[str, Unit], catalogue: Catalogue) -> None:
    _known(row, "commune", communes)
    _known(row, "source", catalogue.sources)
    _known(row, "kind", KINDS)
    _period(row)
    for field in ("name", "written"):
        if not row.cells[field].strip():
            raise row.fault(field, Message("The name is missing"))
    number = row.cells["number"]
    if not (number.isascii() and number.isdigit() and len(number) == 3):
        raise row.fault("number", Message("Malformed number"), ("001 … 999",))


def _known(row: SourceRow, column: str, known: Iterable[str]) -> None:
    if row.cells[column] not in known:
        shown = tuple(known)[:40]
        what = Message("The value is not in the list")
        raise row.fault(column, what, shown)


def _period(row: SourceRow) -> None:
    try:
        parse_period(row.cells["period"])
    except InvalidInput as error:
        raise row.fault("period", error.what, error.allowed) from None


def _units(rows: Sequence[SourceRow], communes: Mapping[str, Unit]) -> Iterable[Unit]:
    """One unit for each commune and number; further rows add their spellings."""
    found: dict[tuple[str, str], Unit] = {}
    for row in rows:
        cells = row.cells
        key = cells["commune"], cells["number"]
        name = normalise(cells["name"])
        unit = village_unit(
            communes[cells["commune"]],
            int(cells["number"]),
            cells["kind"],
            name,
            cells["source"],
        )
        known = found.setdefault(key, unit)
        if (match_key(known.name.vi), known.kind) != (match_key(name), unit.kind):
            what = Message("One number stands for two names")
            raise row.fault("number", what, (known.full_name.vi,))
        spellings = [*cells["aliases"].split("|"), cells["written"], name]
        aliases = dict.fromkeys([*known.aliases, *map(normalise, spellings)])
        kept = tuple(alias for alias in aliases if alias and alias != known.name.vi)
        found[key] = replace(known, aliases=kept)
    return found.values()


def _village_mention(row: SourceRow, communes: Mapping[str, Unit]) -> VillageMention:
    cells = row.cells
    commune = communes[cells["commune"]]
    code = village_code(commune, int(cells["number"]))
    return VillageMention(
        unit_id=f"{code}-{commune.valid_from:%Y%m%d}",
        name=normalise(cells["written"]),
        period=cells["period"],
        source_id=cells["source"],
        quote=cells["quote"],
        doubt=_bilingual(row, "doubt"),
        note=_bilingual(row, "note"),
    )


def _village_change(
    row: SourceRow, communes: Mapping[str, Unit], catalogue: Catalogue
) -> VillageChange:
    _known(row, "commune", communes)
    _known(row, "source", catalogue.sources)
    _period(row)
    return VillageChange(
        commune_id=row.cells["commune"],
        period=row.cells["period"],
        before=_counts(row, "before"),
        after=_counts(row, "after"),
        source_id=row.cells["source"],
        quote=row.cells["quote"],
        doubt=_bilingual(row, "doubt"),
        note=_bilingual(row, "note"),
    )


def _counts(row: SourceRow, column: str) -> tuple[str, ...]:
    """``hamlet:35|village:8``: how many of each kind."""
    parts = tuple(part for part in row.cells[column].split("|") if part)
    for part in parts:
        kind, _, number = part.partition(":")
        if kind not in KINDS or not (number.isascii() and number.isdigit()):
            what = Message("Malformed number of villages")
            raise row.fault(column, what, tuple(f"{kind}:8" for kind in KINDS))
    return parts


def _bilingual(row: SourceRow, field: str) -> Text:
    vi, en = row.cells[f"{field}_vi"].strip(), row.cells[f"{field}_en"].strip()
    if bool(vi) != bool(en):
        what = Message("It must be said in both languages")
        raise row.fault(f"{field}_{'en' if vi else 'vi'}", what)
    return Text(vi, en)
