"""Loading an office's villages: what would be done, told before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import numpy as np
import shapely

from geodata.dataset import DETAILS, Dataset
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Localised, Message, Verbatim
from geodata.model import BoundaryQuality, Unit
from geodata.period import parse_period
from geodata.point_tables.column_mapping import ColumnMapping, detect_columns
from geodata.point_tables.commune_names import CommuneFinder
from geodata.point_tables.commune_position import NEAR_M
from geodata.point_tables.positions import extent_for_detection, possible_systems
from geodata.point_tables.table_file import TableFile, TableRow, read_table_file
from geodata.vietnamese_names import match_key
from geodata.villages.columns import parse_villages
from geodata.villages.import_notes import position_notes, total_notes
from geodata.villages.import_record import ImportedVillage, VillageImport
from geodata.villages.merge_import import matching_village, merge_imports, villages_below
from geodata.villages.village_areas import (
    MetricProjection,
    PolygonFaults,
    check_polygons,
    is_weighted,
    unclipped_areas,
)
from geodata.villages.village_headings import VILLAGE_VOCABULARY
from geodata.villages.village_units import MAX_VILLAGES


@dataclass(frozen=True)
class ImportOptions:
    """What the command line says about a file; see `portal.cli.villages_commands`."""

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


@dataclass(frozen=True)
class ImportReport:
    """What loading a file means for one commune.

    Parameters
    ----------
    matched
        Rows that met a village already known, with its unit id.
    new
        Rows that met none.
    duplicates
        Rows that name a village, or stand on a point, another row has; with that row.
    outside
        Rows whose point lies outside the commune, with the distance in metres.
    unmentioned
        Villages known before that the file does not name.
    joined
        Villages of the rearrangement, with the rows that joined each.
    polygons
        What is wrong with polygons; None without any.
    weighted
        Whether areas around points follow the populations.
    notes
        What was read in another way than it stands, set apart or left without a position.
    """

    record: VillageImport
    commune: Unit
    position_note: Localised
    columns: ColumnMapping
    matched: tuple[tuple[ImportedVillage, str], ...]
    new: tuple[ImportedVillage, ...]
    duplicates: tuple[tuple[ImportedVillage, ImportedVillage], ...]
    outside: tuple[tuple[ImportedVillage, float], ...]
    unmentioned: tuple[Unit, ...]
    joined: dict[str, tuple[ImportedVillage, ...]]
    polygons: PolygonFaults | None
    weighted: bool
    notes: tuple[Localised, ...] = ()

    @property
    def faults(self) -> int:
        """Number of findings that forbid writing."""
        shapes = self.polygons
        wrong = len(shapes.overlaps) + len(shapes.outside) + len(shapes.invalid) if shapes else 0
        return len(self.duplicates) + len(self.outside) + wrong


def prepare_import(path: Path, options: ImportOptions, dataset: Dataset) -> list[ImportReport]:
    """Read a file and say what loading it means, for each commune it speaks of.

    Nothing is written; see `geodata.store.village_imports`.

    Parameters
    ----------
    dataset
        The dataset without anything loaded for these communes.

    Raises
    ------
    FileFault, InvalidInput
        The file or an option cannot be understood; the message names file, row and column.
    """
    _verify_printable(options)
    named = tuple(options.columns.values())
    table = read_table_file(path, VILLAGE_VOCABULARY, options.layer, named)
    columns = detect_columns(table, options.columns, path.name, VILLAGE_VOCABULARY)
    finder = CommuneFinder(dataset)
    place = extent_for_detection(dataset)
    systems = [options.crs] if options.crs else possible_systems(dataset)
    reports: list[ImportReport] = []
    for commune, rows, found in _by_commune(table, columns, finder, options, path):
        if len(rows) > MAX_VILLAGES:
            raise _too_many(commune, rows)
        villages = parse_villages(table, columns, place, systems, rows)
        record = _import_record(options, commune, villages.rows, path)
        read = () if reports else (*table.notes, *total_notes(table, columns))
        notes = (*read, *found, *position_notes(villages.rows))
        reports.append(
            replace(_report(dataset, commune, record, villages.position_note, columns), notes=notes)
        )
        if not reports[-1].faults:
            merge_imports(dataset, [record])
    return reports


def _too_many(commune: Unit, rows: Sequence[TableRow]) -> FileFault:
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


def _by_commune(
    table: TableFile,
    columns: ColumnMapping,
    finder: CommuneFinder,
    options: ImportOptions,
    path: Path,
) -> Iterable[tuple[Unit, list[TableRow], list[Localised]]]:
    """The rows of each commune: the one of the options, else the one each row or group names.

    With what there is to say of how the commune was found.
    """
    if options.commune:
        found = finder.find(options.commune)
        if found is None:
            raise _unknown_commune(options.commune, finder.today, "--commune")
        return [(found.unit, list(table.rows), [found.note] if found.note else [])]
    column = columns.by_field.get("commune")
    grouped_rows = all(row.group for row in table.rows)
    if column is None and not grouped_rows:
        raise FileFault(
            Message("Which commune is not said"),
            found=", ".join(table.columns),
            remedy=Message("Add --commune CODE, or a column “commune code” in the file"),
            where=path.name,
        )
    grouped: dict[str, tuple[Unit, list[TableRow], list[Localised]]] = {}
    for row in table.rows:
        text = row.cells[column] if column is not None else row.group
        found = finder.find(text)
        if found is None:
            where = f"{row.where} {column}" if column is not None else row.where
            raise _unknown_commune(text, finder.today, where)
        _, rows, notes = grouped.setdefault(found.unit.unit_id, (found.unit, [], []))
        rows.append(row)
        if found.note and found.note not in notes:
            notes.append(found.note)
    return list(grouped.values())


def _unknown_commune(text: str, communes: Sequence[Unit], where: str) -> InvalidInput:
    return InvalidInput(
        Message("No commune, or several, of this name"),
        found=text,
        allowed=tuple(f"{unit.code} {unit.name.vi}" for unit in communes[:40]),
        where=where,
    )


def _import_record(
    options: ImportOptions, commune: Unit, rows: tuple[ImportedVillage, ...], path: Path
) -> VillageImport:
    counted = any(row.population is not None or row.households is not None for row in rows)
    joined = any(row.joined_name for row in rows)
    if not options.title.strip():
        raise _missing("--source-title", Message("The document's title is missing"))
    if counted and not options.period:
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
        file=path.name,
        period=parse_period(options.period).code if counted else "",
        quality=options.quality,
        merged_on=options.merged_on if joined else None,
        legal_basis=options.legal_basis,
    )


def _missing(flag: str, what: Localised) -> InvalidInput:
    remedy = Message("Add {flag}", flag=flag)
    return InvalidInput(what, remedy=remedy, where=flag)


def _report(
    dataset: Dataset,
    commune: Unit,
    record: VillageImport,
    position_note: Localised,
    columns: ColumnMapping,
) -> ImportReport:
    plane = MetricProjection(dataset.info.metric_crs)
    frame = dataset.boundaries[DETAILS[-1]]
    territory = frame.loc[frame["unit_id"] == commune.unit_id, "geometry"].iloc[0]
    metres = plane.to_metres(territory)
    known = villages_below(dataset, commune)
    met = [(row, matching_village(known, row.kind, row.name)) for row in record.rows]
    ids = {unit.unit_id for _, unit in met if unit is not None}
    drawn = any(row.wkt for row in record.rows)
    mixed = drawn and any(row.lon is not None for row in record.rows)
    if mixed:
        what = Message("The file has points and areas")
        raise FileFault(what, remedy=Message("Make two files"), where=record.file)
    joined: dict[str, list[ImportedVillage]] = {}
    for row in record.rows:
        if row.joined_name:
            joined.setdefault(row.joined_name, []).append(row)
    return ImportReport(
        record=record,
        commune=commune,
        position_note=position_note,
        columns=columns,
        matched=tuple((row, unit.unit_id) for row, unit in met if unit is not None),
        new=tuple(row for row, unit in met if unit is None),
        duplicates=tuple(_duplicate_rows(record.rows)),
        outside=tuple(_outside(record.rows, metres, plane)),
        unmentioned=tuple(unit for unit in known if unit.unit_id not in ids),
        joined={name: tuple(rows) for name, rows in joined.items()},
        polygons=_polygon_faults(record, metres, plane) if drawn else None,
        weighted=is_weighted(record.rows),
    )


def _polygon_faults(
    record: VillageImport, territory: shapely.Geometry, plane: MetricProjection
) -> PolygonFaults:
    try:
        return check_polygons(unclipped_areas(record.rows, territory, plane), territory)
    except InvalidInput as error:
        raise InvalidInput(
            error.what, error.found, error.allowed, error.remedy, record.file
        ) from None


def _duplicate_rows(
    rows: Sequence[ImportedVillage],
) -> Iterable[tuple[ImportedVillage, ImportedVillage]]:
    """Rows with the name and kind, or with the very point, of an earlier one."""
    names: dict[tuple[str, str], ImportedVillage] = {}
    points: dict[tuple[float, float], ImportedVillage] = {}
    for row in rows:
        name = row.kind, match_key(row.name)
        first = names.setdefault(name, row)
        if row.lon is not None and row.lat is not None and first is row:
            first = points.setdefault((round(row.lon, 6), round(row.lat, 6)), row)
        if first is not row:
            yield row, first


def _outside(
    rows: Sequence[ImportedVillage], territory: shapely.Geometry, plane: MetricProjection
) -> Iterable[tuple[ImportedVillage, float]]:
    placed = [row for row in rows if row.lon is not None]
    if not placed:
        return
    distances = shapely.distance(shapely.points(plane.points(placed)), territory)
    for row, distance in zip(placed, np.nan_to_num(distances, nan=np.inf), strict=True):
        if distance > NEAR_M:
            yield row, float(distance)
