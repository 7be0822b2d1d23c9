"""Fields that presets and a dataset's recipes have in common."""

from __future__ import annotations

from geodata.i18n import Message
from geodata.rasters.statistic import BY_CLASS, OPERATIONS, Operation
from geodata.toml_reader import TableReader

LARGEST_CELLS = 1_000_000.0
"""Most cells that a unit can be asked to have."""


def read_operation(entry: TableReader) -> tuple[Operation, tuple[int, ...], float | None]:
    """The operation of an entry with its classes and its threshold."""
    operation = entry.choice("operation", OPERATIONS)
    classes = tuple(entry.items("classes", (int,))) if operation in BY_CLASS else ()
    threshold = entry.number("threshold") if operation == "share_above" else None
    return operation, classes, threshold


def read_number_between(
    entry: TableReader, field: str, low: float, high: float, default: float | None
) -> float | None:
    """A number of a range; ``default`` where the field is absent."""
    value = entry.number(field, default)
    if value is not None and not low <= value <= high:
        what = Message("The number is out of range")
        entry.report(field, what, value, (f"{low:g} – {high:g}",))
    return value
