"""Loading an office's villages: what would be done, told before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from geodata.dataset import Dataset
from geodata.errors import FileFault, InvalidInput, UnansweredFile
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Localised, Message, Verbatim
from geodata.model import BoundaryQuality, Unit
from geodata.period import parse_period
from geodata.point_tables.column_mapping import ColumnMapping, detect_columns
from geodata.point_tables.commune_names import CommuneFinder
from geodata.point_tables.positions import extent_for_detection, possible_systems
from geodata.point_tables.table_file import PointRow, TableFile
from geodata.point_tables.title_commune import commune_of_title
from geodata.vietnamese_names import match_key
from geodata.villages.columns import parse_villages
from geodata.villages.earlier_list import has_counts, with_earlier, with_numbers
from geodata.villages.import_notes import position_notes
from geodata.villages.import_record import ImportedVillage, VillageImport
from geodata.villages.import_report import VillageImportReport, commune_report
from geodata.villages.merge_import import merge_imports
from geodata.villages.village_headings import VILLAGE_VOCABULARY
from geodata.villages.village_units import KINDS, MAX_VILLAGES


@dataclass(frozen=True)
class ImportOptions:
    """What is said about a file.

    Parameters
    ----------
    communes
        From a commune as written to a unit id, or to an empty text for rows that are left out.
    villages
        By `village_key`, the unit id of the village that is meant; an empty text for a new one.
    known
        The villages there are, by unit id.
    before
        The lists that hold, by the unit id of their commune.
    """

    commune: str = ""
    layer: str = ""
    crs: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    url: str = ""
    period: str = ""
    quality: BoundaryQuality = "indicative"
    merged_on: dt.date | None = None
    legal_basis: str = ""
    communes: Mapping[str, str] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Unit] = field(default_factory=dict)
    before: Mapping[str, VillageImport] = field(default_factory=dict)


@dataclass(frozen=True)
class VillageImports:
    """What loading a file means.

    Parameters
    ----------
    reports
        For each commune it speaks of.
    unknown
        By a commune as written of which nobody knows which it is: its rows, which are in no report.
    left_out
        Rows that a person left out with their commune.
    """

    columns: ColumnMapping
    reports: tuple[VillageImportReport, ...]
    unknown: Mapping[str, list[PointRow]] = field(default_factory=dict)
    left_out: tuple[PointRow, ...] = ()


def prepare_import(
    table: TableFile,
    file: str,
    options: ImportOptions,
    dataset: Dataset,
    faults: FaultCollector = RAISE_FIRST,
) -> VillageImports:
    """Say what loading a table of villages means, for each commune it speaks of.

    Nothing is written; see `geodata.list_import`.

    Parameters
    ----------
    table
        As `geodata.point_tables.table_file` reads it with `VILLAGE_VOCABULARY`.
    file
        Name of the file.
    dataset
        The dataset without anything loaded for these communes.
    faults
        Takes what is wrong with single rows, which are left out; the first is raised by default.

    Raises
    ------
    FileFault, InvalidInput
        The table as a whole or an option cannot be understood.
    """
    _verify_printable(options)
    columns = detect_columns(table, options.columns, file, VILLAGE_VOCABULARY)
    place = extent_for_detection(dataset)
    systems = [options.crs] if options.crs else possible_systems(dataset)
    grouped = _by_commune(table, columns, CommuneFinder(dataset), options, file)
    reports: list[VillageImportReport] = []
    for commune, rows, found in grouped.communes:
        if len(rows) > MAX_VILLAGES:
            raise _too_many(commune, rows)
        villages = parse_villages(table, columns, place, systems, rows, faults=faults)
        named = _with_what_is_known(villages.rows, commune, options)
        record = _import_record(options, commune, named, file)
        read = () if reports else table.notes
        notes = (*read, *found, *position_notes(named))
        reports.append(
            replace(
                commune_report(dataset, commune, record, villages.position_note, columns),
                notes=notes,
            )
        )
        if not reports[-1].faults:
            merge_imports(dataset, [record])
    return VillageImports(columns, tuple(reports), grouped.unknown, tuple(grouped.left_out))


def _with_what_is_known(
    rows: Sequence[ImportedVillage], commune: Unit, options: ImportOptions
) -> tuple[ImportedVillage, ...]:
    """The rows as a person named them, with what earlier lists gave."""
    named = [meant_village(row, commune, options) for row in rows]
    joined = with_earlier(named, options.before.get(commune.unit_id))
    known = [unit for unit in options.known.values() if unit.parent_id == commune.unit_id]
    return with_numbers(joined, known)


def village_key(commune: Unit, kind: str, name: str) -> str:
    """Under which an answer about a village as written is kept."""
    return f"{commune.unit_id}|{match_key(f'{KINDS[kind].vi} {name}' if kind else name)}"


def meant_village(row: ImportedVillage, commune: Unit, options: ImportOptions) -> ImportedVillage:
    """The row under the name of the village that a person said it is."""
    said = options.villages.get(village_key(commune, row.kind, row.name))
    known = options.known.get(said or "")
    return replace(row, kind=known.kind, name=known.name.vi) if known else row


def _too_many(commune: Unit, rows: Sequence[PointRow]) -> FileFault:
    return FileFault(
        Message("Too many villages in one commune"),
        found=f"{commune.full_name.vi}: {len(rows)}",
        allowed=Verbatim(f"≤ {MAX_VILLAGES}"),
        remedy=Message("Add a column “commune code”, or make one file for each commune"),
        where=rows[MAX_VILLAGES].where,
    )


def _verify_printable(options: ImportOptions) -> None:
    for each in fields(options):
        text = getattr(options, each.name)
        if isinstance(text, str) and not text.isprintable():
            raise InvalidInput(
                Message("It has a character nobody sees"),
                found=text,
                where=each.name,
            )


@dataclass
class _ByCommune:
    """The rows of each commune, with what there is to say of how it was found."""

    communes: Iterable[tuple[Unit, list[PointRow], list[Localised]]] = ()
    unknown: dict[str, list[PointRow]] = field(default_factory=dict)
    left_out: list[PointRow] = field(default_factory=list)


def _by_commune(
    table: TableFile,
    columns: ColumnMapping,
    finder: CommuneFinder,
    options: ImportOptions,
    file: str,
) -> _ByCommune:
    """The rows by commune: the one of the options, else the one each row or group names."""
    if options.commune:
        found = finder.find(options.commune)
        if found is None:
            raise _unknown_commune(options.commune, finder.today, "--commune")
        return _ByCommune([(found.unit, list(table.rows), [found.note] if found.note else [])])
    column = columns.by_field.get("commune")
    if column is None and not all(row.group for row in table.rows):
        if titled := commune_of_title(table, file, finder):
            notes = [titled.note] if titled.note else []
            return _ByCommune([(titled.unit, list(table.rows), notes)])
        raise UnansweredFile(
            Message("Which commune is not said"),
            found=", ".join(table.columns),
            remedy=Message("State the commune of all villages, or which column holds it"),
            where=file,
        )
    grouped: dict[str, tuple[Unit, list[PointRow], list[Localised]]] = {}
    listed = _ByCommune()
    said = {match_key(text): unit_id for text, unit_id in options.communes.items()}
    for row in table.rows:
        text = row.cells[column] if column is not None else row.group
        answer = said.get(match_key(text))
        if answer == "":
            listed.left_out.append(row)
            continue
        found = finder.find(answer or text)
        if found is None:
            listed.unknown.setdefault(text, []).append(row)
            continue
        _, rows, notes = grouped.setdefault(found.unit.unit_id, (found.unit, [], []))
        rows.append(row)
        if found.note and found.note not in notes:
            notes.append(found.note)
    listed.communes = list(grouped.values())
    return listed


def _unknown_commune(text: str, communes: Sequence[Unit], where: str) -> InvalidInput:
    return InvalidInput(
        Message("No commune, or several, of this name"),
        found=text,
        allowed=tuple(f"{unit.code} {unit.name.vi}" for unit in communes[:40]),
        where=where,
    )


def _import_record(
    options: ImportOptions, commune: Unit, rows: tuple[ImportedVillage, ...], file: str
) -> VillageImport:
    counted = any(map(has_counts, rows))
    before = options.before.get(commune.unit_id)
    period = options.period or (before.period if before else "")
    joined = any(row.joined_name for row in rows)
    if not options.title.strip():
        raise _missing("--source-title", Message("The document's title is missing"))
    if counted and not period:
        raise _missing("--period", Message("The period of the people is missing"))
    if joined and options.merged_on is None:
        raise _missing("--merged-on", Message("The day of the change is missing"))
    if options.merged_on is not None and options.merged_on <= commune.valid_from:
        raise InvalidInput(
            Message("The day is before the commune's own"),
            found=str(options.merged_on),
            allowed=(f"> {commune.valid_from}",),
            where="--merged-on",
        )
    return VillageImport(
        commune_id=commune.unit_id,
        title=options.title.strip(),
        rows=rows,
        issuer=options.issuer,
        number=options.number,
        date=options.date,
        url=options.url,
        file=file,
        period=parse_period(period).code if counted else "",
        quality=options.quality,
        merged_on=options.merged_on if joined else None,
        legal_basis=options.legal_basis,
    )


def _missing(flag: str, what: Localised) -> InvalidInput:
    remedy = Message("Add {flag}", flag=flag)
    return InvalidInput(what, remedy=remedy, where=flag)
