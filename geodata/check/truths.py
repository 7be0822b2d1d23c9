"""Verify that the report of the boundaries mentions everything over a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geodata.check.wording import fault, half_texts, row
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.model import BoundaryTruth
from geodata.tomlfile import read_toml

_MEASURES = ("area_difference", "outside_share", "deviation_m")


def check_truths(dataset: Dataset) -> Iterator[FileFault]:
    """Every unit with a finest boundary is measured, and what exceeds a limit has a note."""
    units = {unit.unit_id: unit for unit in dataset.units}
    limits = _limits(dataset)
    for index, truth in enumerate(dataset.truths):
        unit = units.get(truth.unit_id)
        if unit is None:
            said = "Không có đơn vị này", "There is no such unit"
            yield fault(row("boundary_report", index, "unit_id"), *said, truth.unit_id)
        elif unit.shape_area_km2 != truth.shape_area_km2:
            said = "Diện tích khác bảng đơn vị", "The area differs from the table of units"
            where = row("boundary_report", index, "shape_area_km2")
            yield fault(where, *said, truth.shape_area_km2, str(unit.shape_area_km2))
        yield from half_texts(row("boundary_report", index, "note"), truth.note)
        yield from _unmentioned(index, truth, limits)


def _limits(dataset: Dataset) -> Mapping[str, float]:
    """The limits the build states in its recipe; none where there is no recipe."""
    if dataset.info.folder is None:
        return {}
    recipe = dataset.info.folder / "inputs" / "territory.toml"
    limits: Mapping[str, float] = read_toml(recipe).get("limits", {}) if recipe.exists() else {}
    return limits


def _unmentioned(
    index: int, truth: BoundaryTruth, limits: Mapping[str, float]
) -> Iterator[FileFault]:
    for field in _MEASURES:
        value = getattr(truth, field)
        if value is None or field not in limits or abs(value) <= limits[field] or truth.note:
            continue
        said = "Vượt giới hạn mà không có ghi chú", "Over the limit without a note"
        where = row("boundary_report", index, field)
        yield fault(where, *said, f"{truth.unit_id}: {value}", f"≤ {limits[field]}")
