"""What loading an office's villages means for one commune: met, new, doubled, outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.dataset import DETAILS, Dataset
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Localised, Message
from geodata.model import Unit
from geodata.point_tables.column_mapping import ColumnMapping
from geodata.point_tables.commune_position import NEAR_M
from geodata.vietnamese_names import match_key
from geodata.villages.import_record import ImportedVillage, VillageImport
from geodata.villages.merge_import import matching_village, villages_below
from geodata.villages.village_areas import (
    MetricProjection,
    PolygonFaults,
    check_polygons,
    is_weighted,
    unclipped_areas,
)


@dataclass(frozen=True)
class VillageImportReport:
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


def commune_report(
    dataset: Dataset,
    commune: Unit,
    record: VillageImport,
    position_note: Localised,
    columns: ColumnMapping,
) -> VillageImportReport:
    """Hold a list of villages against its commune and the villages that are known.

    Raises
    ------
    FileFault, InvalidInput
        It has points and areas, or its polygons cannot be compared.
    """
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
    return VillageImportReport(
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
