"""Verify that the shapes of every era fit together and fill the units above them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from geodata.check.check_faults import check_fault, table_cell
from geodata.check.unit_checks import same_authority
from geodata.dataset import DETAILS, Dataset, TimelineStep, boundaries_file
from geodata.errors import FileFault
from geodata.geodesy import area_km2
from geodata.i18n import Message
from geodata.model import LEVELS, Unit

TILING_TOLERANCE = 1e-6
"""Share of a unit that may lie outside its parts or twice in them: the noise of floating point."""

CELL_TOLERANCE = 1e-3
"""Share of a commune in which cells around points may lie outside it or overlap: their corners are
rounded to the grid one by one."""

AREA_TOLERANCE = 0.001
"""Share by which an area in the table may differ from the area of the shape, or from its parts'."""

_SUM_TOLERANCES = {"shape_area_km2": AREA_TOLERANCE, "official_area_km2": 0.01}
"""Share by which the area of a unit may differ from the sum of its parts; registers round."""

Shapes = dict[str, shapely.Geometry]


def check_geometries(dataset: Dataset) -> Iterator[FileFault]:
    """Every unit has one valid shape at each detail; neighbours meet; parts fill the whole."""
    for detail in DETAILS:
        frame = dataset.boundaries[detail]
        shapes: Shapes = dict(zip(frame["unit_id"], frame.geometry, strict=True))
        where = f"shipped/{boundaries_file(detail)}"
        sound = list(_each(dataset, shapes, where))
        yield from sound
        if not sound:
            for step in dataset.info.timeline:
                yield from _neighbours(dataset, step, shapes, where)
                yield from _tiling(dataset, step, shapes, where)
                yield from _cells(dataset, step, shapes, where)
    yield from _areas(dataset)
    yield from _sums(dataset)


def _each(dataset: Dataset, shapes: Shapes, where: str) -> Iterator[FileFault]:
    units = {unit.unit_id for unit in dataset.units}
    named = {unit.unit_id for unit in dataset.units if unit.boundary_quality == "none"}
    for unit_id in sorted(named & shapes.keys()):
        said = Message("A unit known by name only has a shape")
        yield check_fault(where, said, unit_id)
    for unit_id in sorted(units - named - shapes.keys()):
        yield check_fault(where, Message("The unit has no shape"), unit_id)
    for unit_id in sorted(shapes.keys() - units):
        yield check_fault(where, Message("The shape belongs to no unit"), unit_id)
    for unit_id, shape in sorted(shapes.items()):
        if shape is None or shape.is_empty or not shape.is_valid:
            reason = shapely.is_valid_reason(shape) if shape is not None else "null"
            said = Message("The shape is not valid")
            yield check_fault(f"{where} {unit_id}", said, reason)


def _in_force(dataset: Dataset, step: TimelineStep) -> list[Unit]:
    """Units in force that fill the one above: not those known by name only, nor cells of points.

    Cells around the points of known villages leave out what is nearer to another settlement.
    """
    return [
        unit
        for unit in dataset.units
        if unit.boundary_quality != "none"
        and unit.valid_on(step.date)
        and not unit.drawn_from_points
    ]


def _below(dataset: Dataset, parent: Unit, units: list[Unit]) -> list[Unit]:
    """Which of ``units``, in force on one day, stand directly below ``parent``."""
    line = {unit.unit_id for unit in dataset.units if same_authority(unit, parent)}
    return [unit for unit in units if unit.parent_id in line]


def _neighbours(
    dataset: Dataset, step: TimelineStep, shapes: Shapes, where: str
) -> Iterator[FileFault]:
    """Shapes of one level on one day neither overlap nor miss each other's vertices."""
    for level in LEVELS:
        ids = [unit.unit_id for unit in _in_force(dataset, step) if unit.level == level]
        coverage = np.array([shapes[unit_id] for unit_id in ids])
        if len(ids) < 2 or shapely.coverage_is_valid(coverage):
            continue
        edges = shapely.coverage_invalid_edges(coverage)
        wrong = [unit_id for unit_id, edge in zip(ids, edges, strict=True) if not edge.is_empty]
        said = Message("Units overlap or do not share their border")
        yield check_fault(f"{where} {level} {step.date}", said, ", ".join(wrong))


def _tiling(
    dataset: Dataset, step: TimelineStep, shapes: Shapes, where: str
) -> Iterator[FileFault]:
    """The units directly below a unit fill it without gap, overlap or excess."""
    units = _in_force(dataset, step)
    for parent in units:
        parts = [shapes[unit.unit_id] for unit in _below(dataset, parent, units)]
        if not parts:
            continue
        whole = shapes[parent.unit_id]
        union = shapely.union_all(parts)
        misfit = shapely.symmetric_difference(whole, union).area
        overlap = sum(part.area for part in parts) - union.area
        share = max(misfit, overlap) / whole.area
        if share > TILING_TOLERANCE:
            said = Message("The units below do not tile the unit above")
            place = f"{where} {parent.unit_id} {step.date}"
            yield check_fault(place, said, f"{share:.2e}", f"≤ {TILING_TOLERANCE:.0e}")


def _cells(dataset: Dataset, step: TimelineStep, shapes: Shapes, where: str) -> Iterator[FileFault]:
    """Cells around points lie in their commune and beside each other."""
    siblings: dict[str, list[str]] = {}
    for unit in dataset.units:
        if unit.drawn_from_points and unit.valid_on(step.date):
            siblings.setdefault(unit.parent_id or "", []).append(unit.unit_id)
    for parent, ids in siblings.items():
        cells = [shapes[unit_id] for unit_id in ids]
        union = shapely.union_all(cells)
        outside = shapely.difference(union, shapes[parent]).area
        overlap = sum(cell.area for cell in cells) - union.area
        share = max(outside, overlap) / shapes[parent].area
        if share > CELL_TOLERANCE:
            said = Message("Village areas overlap or leave their commune")
            place = f"{where} {parent} {step.date}"
            yield check_fault(place, said, f"{share:.2e}", f"≤ {CELL_TOLERANCE:.0e}")


def _areas(dataset: Dataset) -> Iterator[FileFault]:
    """The area in the table is the geodesic area of the finest shape."""
    frame = dataset.boundaries[DETAILS[-1]]
    shapes: Shapes = dict(zip(frame["unit_id"], frame.geometry, strict=True))
    for index, unit in enumerate(dataset.units):
        shape = shapes.get(unit.unit_id)
        if shape is None or unit.shape_area_km2 is None:
            continue
        area = area_km2(shape)
        if abs(area - unit.shape_area_km2) > AREA_TOLERANCE * area:
            said = Message("The area is not that of the shape")
            where = table_cell("units", index, "shape_area_km2")
            yield check_fault(where, said, f"{unit.unit_id}: {unit.shape_area_km2}", f"{area:.4f}")


def _sums(dataset: Dataset) -> Iterator[FileFault]:
    """The area of a unit is the sum of the areas of the units directly below, on every date.

    Official areas are compared where all of them are known.
    """
    for step in dataset.info.timeline:
        units = _in_force(dataset, step)
        for index, parent in enumerate(dataset.units):
            parts = _below(dataset, parent, units) if parent.valid_on(step.date) else []
            for field, tolerance in _SUM_TOLERANCES.items():
                whole: float | None = getattr(parent, field)
                areas = [getattr(part, field) for part in parts]
                if not areas or whole is None or None in areas:
                    continue
                if abs(sum(areas) - whole) > tolerance * whole:
                    said = Message("The area is not that of its parts")
                    found = f"{parent.unit_id}: {whole}"
                    allowed = f"{sum(areas):.4f} ({step.date})"
                    yield check_fault(table_cell("units", index, field), said, found, allowed)
