"""Putting what offices loaded on top of a dataset: units, areas, successions, people, sources.

A pure function of the dataset and the imports, so that a store can be made again whenever either
changes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd
import shapely

from geodata.dataset import Dataset
from geodata.errors import InvalidInput
from geodata.geodesy import area_km2
from geodata.i18n import Message, Text
from geodata.model import BoundaryQuality, Observation, Source, Succession, Unit
from geodata.topojson import GRID_STEP
from geodata.vietnamese_names import match_key, normalise
from geodata.villages.import_record import ImportedVillage, VillageImport, imports_version
from geodata.villages.village_areas import (
    MetricProjection,
    clip_at_details,
    unclipped_areas,
)
from geodata.villages.village_units import MAX_VILLAGES, village_unit

DETAIL_GRID = {1: 4 * GRID_STEP, 2: 2 * GRID_STEP, 3: GRID_STEP}
"""Grid of the shapes by detail, degrees: that of the boundaries as they are served."""

_COUNTS = ("population", "households")
_DEFAULT_KIND = "hamlet"


@dataclass
class _CommuneVillages:
    """The villages of one commune while an import is put on them, by unit id."""

    commune: Unit
    units: dict[str, Unit]
    numbers: set[int]
    areas: dict[str, shapely.Geometry] = field(default_factory=dict)
    steps: list[Succession] = field(default_factory=list)
    figures: list[Observation] = field(default_factory=list)

    def numbers_of(self, rows: Sequence[ImportedVillage]) -> dict[int, int]:
        """The numbers that rows bring along, by the place of the row, where they are free."""
        given = {
            place: row.number
            for place, row in enumerate(rows)
            if row.number and row.number not in self.numbers
        }
        self.numbers.update(given.values())
        return given

    def next_number(self) -> int:
        """A number no village of the commune's code has had."""
        number = next((n for n in range(1, MAX_VILLAGES + 1) if n not in self.numbers), None)
        if number is None:
            what = Message("Too many villages in one commune")
            raise InvalidInput(what, found=self.commune.full_name.vi, allowed=(str(MAX_VILLAGES),))
        self.numbers.add(number)
        return number


def merge_imports(dataset: Dataset, imports: Iterable[VillageImport]) -> Dataset:
    """The dataset with the villages offices loaded; its version names both.

    Raises
    ------
    InvalidInput
        An import speaks of a commune the dataset does not have.
    """
    kept = sorted(imports, key=lambda record: record.commune_id)
    for record in kept:
        dataset = _merge_import(dataset, record)
    if kept:
        version = f"{dataset.info.version}-{imports_version(kept)}"
        dataset = replace(dataset, info=replace(dataset.info, version=version))
    return dataset


def matching_village(units: Iterable[Unit], kind: str, name: str) -> Unit | None:
    """The village of a name among those of one commune; of several, the one of the kind."""
    key = match_key(normalise(name))
    named = [u for u in units if key in {match_key(n) for n in (u.name.vi, *u.aliases)}]
    alike = [unit for unit in named if unit.kind == kind] if kind else []
    if alike:
        return alike[0]
    return named[0] if len(named) == 1 else None


def villages_below(dataset: Dataset, commune: Unit) -> list[Unit]:
    """The villages of a commune as the dataset knows them."""
    return [u for u in dataset.units if u.level == "village" and u.parent_id == commune.unit_id]


def _merge_import(dataset: Dataset, record: VillageImport) -> Dataset:
    commune = next((u for u in dataset.units if u.unit_id == record.commune_id), None)
    if commune is None or commune.level != "commune":
        raise InvalidInput(
            Message("The dataset has no such commune"),
            found=record.commune_id,
            remedy=Message("Take the publication back"),
        )
    plane = MetricProjection(dataset.info.metric_crs)
    territories = _territories(dataset, commune)
    of_code = [u for u in dataset.units if u.level == "village" and u.code[:5] == commune.code]
    villages = _CommuneVillages(
        commune,
        {unit.unit_id: unit for unit in villages_below(dataset, commune)},
        {int(unit.code[5:]) for unit in of_code},
    )
    finest = plane.to_metres(territories[max(territories)])
    ids = _first_villages(villages, record, unclipped_areas(record.rows, finest, plane))
    if record.merged_on is not None:
        _merge_villages(villages, record, ids, record.merged_on)
    shapes = clip_at_details(villages.areas, territories, plane, DETAIL_GRID)
    return _joined(dataset, record, villages, shapes)


def _territories(dataset: Dataset, commune: Unit) -> dict[int, shapely.Geometry]:
    return {
        detail: frame.loc[frame["unit_id"] == commune.unit_id, "geometry"].iloc[0]
        for detail, frame in dataset.boundaries.items()
    }


def _quality(row: ImportedVillage, record: VillageImport) -> BoundaryQuality:
    return record.quality if row.wkt else "indicative"


def _first_villages(
    villages: _CommuneVillages, record: VillageImport, areas: Mapping[int, shapely.Geometry]
) -> list[str]:
    """Every row as a unit, known before or new; returns their ids."""
    ids = []
    given = villages.numbers_of(record.rows)
    for number, row in enumerate(record.rows):
        unit = matching_village(villages.units.values(), row.kind, row.name)
        if unit is None:
            unit = village_unit(
                villages.commune,
                given.get(number) or villages.next_number(),
                row.kind or _DEFAULT_KIND,
                row.name,
                record.source_id,
            )
        if number in areas:
            quality = _quality(row, record)
            unit = replace(unit, boundary_quality=quality, source_id=record.source_id)
            villages.areas[unit.unit_id] = areas[number]
        villages.units[unit.unit_id] = unit
        for name in _COUNTS:
            if (value := getattr(row, name)) is not None:
                villages.figures.append(
                    Observation(
                        unit.unit_id, name, record.period, "actual", value, record.source_id
                    )
                )
        ids.append(unit.unit_id)
    return ids


def _merge_villages(
    villages: _CommuneVillages, record: VillageImport, ids: Sequence[str], day: dt.date
) -> None:
    """Rows that name the same village they joined become that village on a day."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(record.rows):
        if row.joined_name:
            groups[match_key(row.joined_name)].append(number)
    for numbers in groups.values():
        rows = [record.rows[n] for n in numbers]
        olds = [villages.units[ids[n]] for n in numbers]
        kind = next((row.joined_kind for row in rows if row.joined_kind), "") or olds[0].kind
        keeper = matching_village(olds, kind, rows[0].joined_name)
        number = int(keeper.code[5:]) if keeper else villages.next_number()
        new = village_unit(
            villages.commune, number, kind, rows[0].joined_name, record.source_id, valid_from=day
        )
        areas = [villages.areas[old.unit_id] for old in olds if old.unit_id in villages.areas]
        if len(areas) == len(olds):
            villages.areas[new.unit_id] = shapely.union_all(areas)
            new = replace(new, boundary_quality=olds[0].boundary_quality)
        villages.units[new.unit_id] = new
        for old in olds:
            villages.units[old.unit_id] = replace(old, valid_to=day)
            villages.steps.append(
                Succession(
                    old.unit_id,
                    new.unit_id,
                    day,
                    record.basis,
                    True,
                    1.0,
                    1.0,
                    record.source_id,
                    1.0,
                )
            )
        villages.figures += _summed(new, rows, record)


def _summed(new: Unit, rows: Sequence[ImportedVillage], record: VillageImport) -> list[Observation]:
    """Counts of a merged village as the sum over those it was formed from, where all have one."""
    found = []
    for name in _COUNTS:
        values = [getattr(row, name) for row in rows]
        if None in values:
            continue
        n = len(values)
        found.append(
            Observation(
                new.unit_id,
                name,
                record.period,
                "actual",
                sum(values),
                record.source_id,
                basis="successor_of_parts",
                method=Text.of(Message("Sum over {n} former villages", n=n)),
                coverage=1.0,
            )
        )
    return found


def _joined(
    dataset: Dataset,
    record: VillageImport,
    villages: _CommuneVillages,
    shapes: Mapping[int, Mapping[str, shapely.Geometry]],
) -> Dataset:
    finest = shapes[max(shapes)]
    replaced = set(villages.units) if finest else set()
    polygons = any(row.wkt for row in record.rows)
    units = [_measured(unit, villages, finest, polygons) for unit in villages.units.values()]
    others = [unit for unit in dataset.units if unit.unit_id not in villages.units]
    allowed = {
        name
        for name, indicator in dataset.catalogue.indicators.items()
        if "village" in indicator.levels
    }
    sources = dataset.catalogue.sources | {record.source_id: _source(record)}
    return replace(
        dataset,
        catalogue=replace(dataset.catalogue, sources=sources),
        units=(*others, *units),
        successions=(*dataset.successions, *villages.steps),
        observations=(
            *dataset.observations,
            *(figure for figure in villages.figures if figure.indicator in allowed),
        ),
        boundaries={
            detail: _with_shapes(frame[~frame["unit_id"].isin(replaced)], shapes[detail], finest)
            for detail, frame in dataset.boundaries.items()
        },
    )


def _measured(
    unit: Unit,
    villages: _CommuneVillages,
    finest: Mapping[str, shapely.Geometry],
    drawn_as_areas: bool,
) -> Unit:
    """The unit with the area of its shape; that of an indicative cell would say nothing."""
    if not finest:
        return unit
    # Areas that the dataset knew of before would lie across those of the office.
    if unit.unit_id not in finest:
        return replace(unit, boundary_quality="none")
    if not drawn_as_areas:
        return unit
    return replace(unit, shape_area_km2=round(area_km2(finest[unit.unit_id]), 4))


def _source(record: VillageImport) -> Source:
    return Source(
        id=record.source_id,
        kind="office",
        title=Text(record.title),
        number=record.number,
        issuer=Text(record.issuer),
        date=record.date,
        url=record.url,
        file=record.file,
        rank=2,
    )


def _with_shapes(
    frame: gpd.GeoDataFrame,
    shapes: Mapping[str, shapely.Geometry],
    finest: Mapping[str, shapely.Geometry],
) -> gpd.GeoDataFrame:
    """The frame with the villages; what vanishes on a coarse grid keeps its finest shape."""
    if not finest:
        return frame
    complete = {unit_id: shapes.get(unit_id, shape) for unit_id, shape in finest.items()}
    added = gpd.GeoDataFrame(
        {"unit_id": list(complete), "level": "village"},
        geometry=list(complete.values()),
        crs=frame.crs,
    )
    joined = pd.concat([frame, added], ignore_index=True)
    return joined.sort_values("unit_id", ignore_index=True)
