"""Villages that documents name, found among the named points of a layer.

A village is found where a point of its name, tones included, lies in the commune that documents
name it in; old lines stray, so a village of a former commune may also be the only one of its name
in the commune of today that its own went to. Whatever could be meant twice stays as it was: known
by name only. A village of a former commune goes on in the commune of today as a unit of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.build.village_records import VillageRecords
from geodata.dataset_files import VillagePointsFile
from geodata.i18n import Text
from geodata.model import Succession, Unit, VillageMention, VillagePoint
from geodata.point_tables.commune_position import CommuneLocator
from geodata.readers.sheet import cell_text
from geodata.vectors.vector_file import POINTS, read_vector_file
from geodata.vietnamese_names import fold, match_key, normalise
from geodata.villages.village_units import split_kind, village_unit

CARRIED_FROM = 500
"""Numbers above it are of villages that a former commune is named with, below it of ``names.csv``:
a name added there renames no other village."""

_POSITION_DIGITS = 5


@dataclass(frozen=True)
class FoundVillages:
    """What the points of a layer tell of villages.

    Parameters
    ----------
    records
        The villages of the documents with those that go on in a commune of today; a village found
        has the layer as its source.
    successions
        From villages of former communes to those of today.
    points
        Every named point in a commune of today.
    """

    records: VillageRecords
    successions: tuple[Succession, ...] = ()
    points: tuple[VillagePoint, ...] = ()


@dataclass(frozen=True, eq=False)
class UnitsAbove:
    """What a dataset has above its villages.

    Parameters
    ----------
    units, successions
        Of the levels above the village.
    finest
        Finest boundaries with ``unit_id`` and geometry, EPSG:4326.
    """

    units: Sequence[Unit]
    successions: Sequence[Succession]
    finest: gpd.GeoDataFrame


def read_village_points(
    recipe: VillagePointsFile, data: Path, metric_crs: str, above: UnitsAbove
) -> list[VillagePoint]:
    """The named points of the layer that lie in a commune of today, in the order of their names.

    Names in another script than the Latin one are left out.

    Parameters
    ----------
    data
        Folder with the file of the layer.
    metric_crs
        Coordinate system for distances, metres.

    Raises
    ------
    FileFault
        The layer is missing or wrong.
    """
    layer = read_vector_file(data / recipe.file, recipe.layer).chosen(recipe.where)
    layer.verify_kind(POINTS)
    names = [normalise(cell_text(row.get(recipe.name))) for row in layer.rows]
    lonlat = shapely.get_coordinates(shapely.centroid(layer.shapes)).round(_POSITION_DIGITS)
    locator = CommuneLocator(above.units, above.finest, metric_crs)
    communes = locator.locate(lonlat, [""] * len(names))
    found = {
        VillagePoint(name, float(lon), float(lat), commune, "", recipe.source)
        for name, (lon, lat), commune in zip(names, lonlat, communes, strict=True)
        if commune and fold(name)
    }
    return sorted(found, key=lambda point: (point.commune_id, point.name, point.lon, point.lat))


def find_villages(
    recipe: VillagePointsFile,
    points: Sequence[VillagePoint],
    records: VillageRecords,
    above: UnitsAbove,
) -> FoundVillages:
    """Find the villages that documents name among the points.

    Parameters
    ----------
    points
        As `read_village_points` gives them.
    above
        What there is above the villages.
    """
    communes = {unit.unit_id: unit for unit in above.units if unit.level == "commune"}
    steps = _whole_steps(communes, above.successions)
    by_name = _Points(points, above.finest)
    groups: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for village in records.units:
        today = _commune_today(village, communes, steps)
        if today:
            groups[today, match_key(village.name.vi)].append(village)
    found = _Found(recipe, records, communes, steps)
    for (today, _), villages in sorted(groups.items()):
        place = by_name.common_point(villages, today)
        if place is not None:
            found.take(villages, today, place)
    return found.result(points)


def _whole_steps(
    communes: Mapping[str, Unit], successions: Iterable[Succession]
) -> dict[str, Succession]:
    """By former commune, the step by which all of it went into one commune of today."""
    leaving: dict[str, list[Succession]] = defaultdict(list)
    for step in successions:
        if step.from_id in communes:
            leaving[step.from_id].append(step)
    return {
        unit_id: steps[0]
        for unit_id, steps in leaving.items()
        if len(steps) == 1 and steps[0].whole and communes[steps[0].to_id].valid_to is None
    }


def _commune_today(
    village: Unit, communes: Mapping[str, Unit], steps: Mapping[str, Succession]
) -> str:
    parent = village.parent_id or ""
    if communes[parent].valid_to is None:
        return parent
    return steps[parent].to_id if parent in steps else ""


class _Points:
    """The points by commune of today and name, and the former communes they lie in."""

    def __init__(self, points: Sequence[VillagePoint], finest: gpd.GeoDataFrame) -> None:
        self._shapes = dict(zip(finest["unit_id"], finest.geometry, strict=True))
        lonlat = np.array([(point.lon, point.lat) for point in points]).reshape(-1, 2)
        self._positions = shapely.points(lonlat)
        self._named: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, point in enumerate(points):
            self._named[point.commune_id, _name_key(point.name)].append(place)

    def common_point(self, villages: Sequence[Unit], today: str) -> int | None:
        """The one point that all villages of a name in a commune of today can only be."""
        former = sum(village.parent_id != today for village in villages)
        if former > 1 or len(villages) - former > 1:
            return None
        places = {self._point_of(village, today) for village in villages}
        return places.pop() if len(places) == 1 else None

    def _point_of(self, village: Unit, today: str) -> int | None:
        keys = {_name_key(name) for name in (village.full_name.vi, *village.aliases)}
        named = sorted({place for key in keys for place in self._named[today, key]})
        within = shapely.covers(self._shapes[village.parent_id], self._positions[named])
        own = list(np.array(named, dtype=int)[within])
        fitting = own or named
        return int(fitting[0]) if len(fitting) == 1 else None


def _name_key(name: str) -> str:
    """The key of a name without the word for its kind: ``Bản Nà Cà`` and ``Nà Cà`` agree."""
    return match_key(split_kind(name)[1])


class _Found:
    """Collects what is found."""

    def __init__(
        self,
        recipe: VillagePointsFile,
        records: VillageRecords,
        communes: Mapping[str, Unit],
        steps: Mapping[str, Succession],
    ) -> None:
        self._recipe, self._records = recipe, records
        self._communes, self._steps = communes, steps
        self._units = {unit.unit_id: unit for unit in records.units}
        self._mentions: dict[str, list[VillageMention]] = defaultdict(list)
        for mention in records.mentions:
            self._mentions[mention.unit_id].append(mention)
        self._numbers: dict[str, int] = defaultdict(lambda: CARRIED_FROM)
        self._added: list[VillageMention] = []
        self._successions: list[Succession] = []
        self._village_of: dict[int, str] = {}

    def take(self, villages: Sequence[Unit], today: str, place: int) -> None:
        """Let villages of one name in a commune of today stand at a point."""
        former = next((each for each in villages if each.parent_id != today), None)
        present = next((each for each in villages if each.parent_id == today), None)
        if present is None and former is not None:
            present = self._carried(former, today)
        assert present is not None
        source = self._recipe.source
        self._units[present.unit_id] = replace(
            present, boundary_quality="indicative", source_id=source
        )
        self._village_of[place] = present.unit_id
        if former is not None:
            self._link(former, present)

    def _carried(self, former: Unit, today: str) -> Unit:
        self._numbers[today] += 1
        commune = self._communes[today]
        unit = village_unit(
            commune, self._numbers[today], former.kind, former.name.vi, former.source_id
        )
        return replace(unit, aliases=former.aliases)

    def _link(self, former: Unit, present: Unit) -> None:
        step = self._steps[former.parent_id or ""]
        self._successions.append(
            Succession(
                former.unit_id,
                present.unit_id,
                step.date,
                step.legal_basis,
                whole=True,
                share_area=1.0,
                share_population=1.0,
                source_id=step.source_id,
                share_households=1.0,
                note=self._recipe.note,
            )
        )
        for mention in self._mentions[former.unit_id]:
            note = _joined(mention.note, self._recipe.note)
            self._added.append(replace(mention, unit_id=present.unit_id, note=note))

    def result(self, points: Sequence[VillagePoint]) -> FoundVillages:
        """Everything found, with the village of each point."""
        named = (replace(p, unit_id=self._village_of.get(k, "")) for k, p in enumerate(points))
        records = replace(
            self._records,
            units=tuple(self._units.values()),
            mentions=(*self._records.mentions, *self._added),
        )
        return FoundVillages(records, tuple(self._successions), tuple(named))


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.vi} {second.vi}".strip(), f"{first.en} {second.en}".strip())
