"""Units, boundaries and successions of a dataset, from its inputs.

The base of everything are the communes of the horizon: each later commune, each district and the
province are unions of them, so that all levels and all eras share one set of lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.build.partition import partition_territory
from geodata.build.polygon_coverage import build_coverage, simplify_coverage
from geodata.build.positional_accuracy import (
    ReferenceGeometry,
    hausdorff_distance,
    measure_accuracy,
    note_unknown_borders,
    share_outside,
)
from geodata.build.source_outlines import official_outlines, old_outlines
from geodata.build.territory_recipe import TerritoryRecipe
from geodata.build.unit_members import commune_lineage, horizon_members
from geodata.geodesy import reproject
from geodata.model import LEVELS, PositionalAccuracy, Succession, Unit
from geodata.topojson import GRID_STEP

Shapes = dict[str, shapely.Geometry]

_STEP_DOWN = 0.95
"""Factor by which the finest tolerance is lowered until the lines are near enough."""


@dataclass(frozen=True)
class BuiltTerritory:
    """What `build_territory` makes.

    Parameters
    ----------
    units, successions, accuracies
        Records in the order in which they are shipped.
    boundaries
        For each detail (1 is the overview) the shapes of all units: columns ``unit_id``,
        ``level``, geometry in EPSG:4326.
    members
        For each unit the communes of the horizon whose shapes make up its own.
    """

    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    boundaries: dict[int, gpd.GeoDataFrame]
    accuracies: tuple[PositionalAccuracy, ...]
    members: Mapping[str, Sequence[str]]


def build_territory(
    recipe: TerritoryRecipe,
    crs: str,
    units: Sequence[Unit],
    successions: Sequence[Succession],
) -> BuiltTerritory:
    """Make boundaries, their positional accuracy, and the shares by area of divided units.

    Parameters
    ----------
    recipe
        Settings and input files.
    crs
        Metric coordinate system of the dataset.
    units, successions
        As from `geodata.build.unit_register.build_units`, without shapes.

    Raises
    ------
    FileFault
        A boundary file is missing, or its names and codes and the registers do not agree.
    """
    lineage = commune_lineage(units, successions, recipe.horizon)
    official = official_outlines(recipe, units, crs)
    outlines = old_outlines(recipe, units, crs) or official
    horizon_shapes, missed = _horizon_coverage(
        recipe, crs, official, outlines, {commune: line[-1] for commune, line in lineage.items()}
    )
    members = horizon_members(units, lineage)
    limits = recipe.file.limits
    ruler = _DeviationLimit(crs, official, limits.deviation_m)
    boundaries = _boundaries(recipe, units, horizon_shapes, members, ruler)
    finest = boundaries[max(boundaries)].set_index("unit_id").geometry.to_dict()
    sources = _source_outlines(outlines, lineage, members)
    outside = _outside(sources, official, lineage)
    evidence = ReferenceGeometry(official, sources, outside, missed, asdict(limits), ruler.project)
    accuracies = measure_accuracy(units, finest, evidence)
    areas = {accuracy.unit_id: accuracy.shape_area_km2 for accuracy in accuracies}
    shared = _with_shares(successions, members, areas)
    return BuiltTerritory(
        units=_sorted([replace(unit, shape_area_km2=areas[unit.unit_id]) for unit in units]),
        successions=shared,
        boundaries=boundaries,
        accuracies=note_unknown_borders(
            sorted(accuracies, key=lambda accuracy: accuracy.unit_id), units, shared, members
        ),
        members=members,
    )


def _sorted(units: Sequence[Unit]) -> tuple[Unit, ...]:
    order = {level: number for number, level in enumerate(LEVELS)}
    return tuple(sorted(units, key=lambda unit: (order[unit.level], unit.unit_id)))


def _horizon_coverage(
    recipe: TerritoryRecipe,
    crs: str,
    official: Shapes,
    outlines: Shapes,
    successors: Mapping[str, str],
) -> tuple[Shapes, set[str]]:
    """Communes of the horizon as a coverage in grid steps, and those without usable outline."""
    parts: Shapes = {}
    missed: set[str] = set()
    for successor, territory in official.items():
        predecessors = {
            commune: outlines[commune] for commune, own in successors.items() if own == successor
        }
        divided, without = partition_territory(territory, predecessors, recipe.file.division)
        parts |= divided
        missed |= without
    degrees = {
        commune: reproject(part, crs, "EPSG:4326") for commune, part in sorted(parts.items())
    }
    return build_coverage(degrees, successors, GRID_STEP), missed


def _boundaries(
    recipe: TerritoryRecipe,
    units: Sequence[Unit],
    horizon_shapes: Shapes,
    members: dict[str, list[str]],
    ruler: _DeviationLimit,
) -> dict[int, gpd.GeoDataFrame]:
    """Shapes of all units at every detail; the finest keeps within the limit of deviation."""
    number = {commune: position for position, commune in enumerate(horizon_shapes)}
    parts = {unit: [number[commune] for commune in own] for unit, own in members.items()}
    coverage = np.array(list(horizon_shapes.values()), dtype=object)
    rows = [(unit.unit_id, unit.level) for unit in _sorted(units)]
    boundaries = {}
    tolerances = recipe.file.details
    for detail, tolerance in sorted(tolerances.items()):
        if detail == max(tolerances):
            simple = _near_enough(coverage, tolerance, parts, ruler)
        else:
            simple = simplify_coverage(coverage, tolerance, GRID_STEP, ruler.crs)
        shapes = [shapely.coverage_union_all(simple[parts[identity]]) for identity, _ in rows]
        frame = gpd.GeoDataFrame(rows, columns=["unit_id", "level"], geometry=shapes, crs=4326)
        boundaries[detail] = frame
    return boundaries


def _near_enough(
    coverage: NDArray[np.object_],
    tolerance: float,
    parts: Mapping[str, Sequence[int]],
    ruler: _DeviationLimit,
) -> NDArray[np.object_]:
    """The coverage generalised as far as the official lines allow."""
    simple = simplify_coverage(coverage, tolerance, GRID_STEP, ruler.crs)
    while tolerance > 1 and not ruler.accepts(simple, parts):
        tolerance *= _STEP_DOWN
        simple = simplify_coverage(coverage, tolerance, GRID_STEP, ruler.crs)
    return simple


@dataclass(frozen=True)
class _DeviationLimit:
    """Whether a generalised coverage is near enough to the official lines.

    Simplification bounds the area a dropped corner may have, not how far its tip may stand out, so
    the distance has to be measured.
    """

    crs: str
    official: Shapes
    limit: float

    def accepts(self, simple: NDArray[np.object_], parts: Mapping[str, Sequence[int]]) -> bool:
        """Whether all official lines are within the limit; ``parts`` are numbers of faces."""
        return all(
            hausdorff_distance(
                line, self.project(shapely.coverage_union_all(simple[parts[identity]]))
            )
            <= self.limit
            for identity, line in self.official.items()
        )

    def project(self, shape: shapely.Geometry) -> shapely.Geometry:
        """From EPSG:4326 to the metric CRS."""
        return reproject(shape, "EPSG:4326", self.crs)


def _source_outlines(
    outlines: Shapes, lineage: Mapping[str, Sequence[str]], members: Mapping[str, Sequence[str]]
) -> Shapes:
    """Old outline of each commune that no longer exists, joined where it was formed of several."""
    old = {identity for line in lineage.values() for identity in line[:-1]}
    return {
        identity: shapely.union_all([outlines[commune] for commune in members[identity]])
        for identity in sorted(old)
    }


def _outside(
    sources: Shapes, official: Shapes, lineage: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Share of each former commune's source outline that lies outside today's commune."""
    return {
        old: share_outside(sources[old], official[line[-1]])
        for line in lineage.values()
        for old in line[:-1]
    }


def _with_shares(
    successions: Sequence[Succession],
    members: Mapping[str, Sequence[str]],
    areas: Mapping[str, float],
) -> tuple[Succession, ...]:
    """Successions with the shares by area of units that were divided along the lines of communes.

    Nothing is known of a line within a commune of the horizon.
    """
    complete = []
    for succession in successions:
        own = members[succession.from_id]
        if succession.whole or len(own) == 1 or succession.share_area is not None:
            complete.append(succession)
            continue
        common = set(own) & set(members[succession.to_id])
        share = sum(areas[commune] for commune in common) / areas[succession.from_id]
        complete.append(replace(succession, share_area=round(share, 4)))
    return tuple(sorted(complete, key=lambda s: (s.date, s.to_id, s.from_id)))
