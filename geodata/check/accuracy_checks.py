"""Verify that the report of the boundaries mentions everything over a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geodata.check.check_faults import check_fault, missing_translations, table_cell
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import PositionalAccuracy
from geodata.toml_reader import read_toml

_MEASURES = ("area_difference", "outside_share", "deviation_m")


def check_accuracies(dataset: Dataset) -> Iterator[FileFault]:
    """Every unit with a finest boundary is measured, and what exceeds a limit has a note."""
    units = {unit.unit_id: unit for unit in dataset.units}
    limits = _limits(dataset)
    for index, accuracy in enumerate(dataset.accuracies):
        unit = units.get(accuracy.unit_id)
        if unit is None:
            said = Message("There is no such unit")
            yield check_fault(
                table_cell("boundary_report", index, "unit_id"), said, accuracy.unit_id
            )
        elif unit.shape_area_km2 != accuracy.shape_area_km2:
            said = Message("The area differs from the table of units")
            where = table_cell("boundary_report", index, "shape_area_km2")
            yield check_fault(where, said, accuracy.shape_area_km2, str(unit.shape_area_km2))
        yield from missing_translations(table_cell("boundary_report", index, "note"), accuracy.note)
        yield from _without_note(index, accuracy, limits)


def _limits(dataset: Dataset) -> Mapping[str, float]:
    """The limits the build states in its recipe; none where there is no recipe."""
    if dataset.info.folder is None:
        return {}
    recipe = dataset.info.folder / "inputs" / "territory.toml"
    limits: Mapping[str, float] = read_toml(recipe).get("limits", {}) if recipe.exists() else {}
    return limits


def _without_note(
    index: int, accuracy: PositionalAccuracy, limits: Mapping[str, float]
) -> Iterator[FileFault]:
    for field in _MEASURES:
        value = getattr(accuracy, field)
        if value is None or field not in limits or abs(value) <= limits[field] or accuracy.note:
            continue
        said = Message("Over the limit without a note")
        where = table_cell("boundary_report", index, field)
        yield check_fault(where, said, f"{accuracy.unit_id}: {value}", f"≤ {limits[field]}")
