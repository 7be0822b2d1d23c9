"""Positional accuracy of the shipped shapes (ISO 19157): areas and deviation from the official."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geodata.geodesy import area_km2
from geodata.i18n import Formatted, Joined, Localised, Message, Text
from geodata.locale_numbers import format_share
from geodata.model import PositionalAccuracy, Succession, Unit
from geodata.succession.shares import units_with_unknown_border


def hausdorff_distance(
    official: shapely.Geometry, shipped: shapely.Geometry, every: float = 10.0
) -> float:
    """Hausdorff distance between two border lines, metres, looking at points ``every`` metres.

    Both ways: a corner cut off and a corner added count alike. Shapes in a metric CRS.
    """
    there, here = official.boundary, shipped.boundary
    return max(_directed_distance(there, here, every), _directed_distance(here, there, every))


def _directed_distance(line: shapely.Geometry, other: shapely.Geometry, every: float) -> float:
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(line, every)))
    corners, ring = shapely.get_coordinates(shapely.get_parts(other), return_index=True)
    sides = np.stack([corners[:-1], corners[1:]], axis=1)[ring[:-1] == ring[1:]]
    tree = shapely.STRtree(shapely.linestrings(sides))
    _, distances = tree.query_nearest(points, return_distance=True, all_matches=False)
    return float(distances.max())


def share_outside(shape: shapely.Geometry, other: shapely.Geometry) -> float:
    """Share of ``shape`` that lies outside ``other``; both in a metric CRS."""
    return float(shape.difference(other).area / shape.area)


@dataclass(frozen=True)
class ReferenceGeometry:
    """What the shipped shapes are compared with.

    Parameters
    ----------
    official
        Official outlines by unit id, metric CRS, where there are any.
    outlines
        Source outlines of old units, metric CRS.
    outside
        Share of each old unit's source outline outside its successor's official territory.
    missed
        Old units whose outline could not be used at all.
    limits
        ``area_difference``, ``outside_share``, ``added_share`` and ``deviation_m``.
    project
        From EPSG:4326 to the metric CRS.
    """

    official: Mapping[str, shapely.Geometry]
    outlines: Mapping[str, shapely.Geometry]
    outside: Mapping[str, float]
    missed: Set[str]
    limits: Mapping[str, float]
    project: Callable[[shapely.Geometry], shapely.Geometry]


def measure_accuracy(
    units: Sequence[Unit], shapes: Mapping[str, shapely.Geometry], evidence: ReferenceGeometry
) -> list[PositionalAccuracy]:
    """The accuracy of every unit's boundary, from its shipped shape in EPSG:4326."""
    accuracies = []
    for unit in units:
        shape = shapes[unit.unit_id]
        line = evidence.official.get(unit.unit_id)
        area = round(area_km2(shape), 4)
        stated = unit.official_area_km2
        share = evidence.outside.get(unit.unit_id)
        accuracy = PositionalAccuracy(
            unit_id=unit.unit_id,
            official_area_km2=stated,
            shape_area_km2=area,
            area_difference=round((area - stated) / stated, 5) if stated else None,
            deviation_m=None
            if line is None
            else round(hausdorff_distance(line, evidence.project(shape)), 1),
            outside_share=None if share is None else round(share, 4),
        )
        outline = evidence.outlines.get(unit.unit_id)
        added = share_outside(evidence.project(shape), outline) if outline else 0.0
        accuracies.append(
            _with_note(accuracy, added, unit.unit_id in evidence.missed, evidence.limits)
        )
    return accuracies


def note_unknown_borders(
    accuracies: Sequence[PositionalAccuracy],
    units: Sequence[Unit],
    successions: Sequence[Succession],
    members: Mapping[str, Sequence[str]],
) -> tuple[PositionalAccuracy, ...]:
    """The accuracies in order, with a note on units whose border within a divided one is not known.

    Parameters
    ----------
    members
        For each unit the old communes whose shapes make up its own.
    """
    names = {unit.unit_id: unit.full_name for unit in units}
    lines: dict[str, list[Text]] = {}
    for step in successions:
        if step.to_id in units_with_unknown_border([step]):
            successors = [s.to_id for s in successions if s.from_id == step.from_id]
            drawn = next(u for u in successors if set(members[step.from_id]) <= set(members[u]))
            said = _border_note(names[step.from_id], [names[u] for u in successors], names[drawn])
            lines.setdefault(step.to_id, []).append(said)
    return tuple(
        replace(accuracy, note=_joined([accuracy.note, *lines.get(accuracy.unit_id, ())]))
        for accuracy in accuracies
    )


def _border_note(divided: Text, successors: Sequence[Text], drawn: Text) -> Text:
    return Text.of(
        Message(
            "the line along which {divided} was divided between {heirs} is not known: all of it is "
            "drawn with {drawn}, so the shapes of these units and their areas are indicative",
            divided=divided,
            heirs=Joined(Message(" and "), successors),
            drawn=drawn,
        )
    )


def _joined(notes: Sequence[Localised]) -> Text:
    return Text.of(Joined("; ", (note for note in notes if note)))


def _with_note(
    accuracy: PositionalAccuracy, added: float, missed: bool, limits: Mapping[str, float]
) -> PositionalAccuracy:
    said: list[Localised] = []
    if missed:
        said.append(
            Message(
                "the old outline does not lie in the successor; the territory is what is "
                "nearest to it"
            )
        )
    if (accuracy.outside_share or 0) > limits["outside_share"]:
        said.append(_share_note(accuracy.outside_share or 0))
    if added > limits["added_share"]:
        said.append(_added_note(added))
    if abs(accuracy.area_difference or 0) > limits["area_difference"]:
        said.append(_area_note(accuracy))
    if (accuracy.deviation_m or 0) > limits["deviation_m"]:
        said.append(
            Message(
                "the line strays up to {deviation_m} m from the official one",
                deviation_m=f"{accuracy.deviation_m:.0f}",
            )
        )
    return replace(accuracy, note=_joined(said))


def _share_note(share: float) -> Localised:
    return Message(
        "{share} of the old outline lay outside the successor and was cut off",
        share=Formatted(format_share, share),
    )


def _added_note(share: float) -> Localised:
    return Message(
        "{share} of the shape lies outside the old outline: territory of the successor that no "
        "predecessor's outline covers went to the nearest one",
        share=Formatted(format_share, share),
    )


def _area_note(accuracy: PositionalAccuracy) -> Localised:
    difference = accuracy.area_difference or 0
    share = Formatted(format_share, abs(difference))
    if difference > 0:
        return Message("the shape is {share} larger than the stated area", share=share)
    return Message("the shape is {share} smaller than the stated area", share=share)
