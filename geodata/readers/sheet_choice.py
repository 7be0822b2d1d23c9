"""Which sheets of a workbook are read, and who is told how far it is: the same for every format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet as the workbook lists it, and whether it is hidden."""

    name: str
    hidden: bool = False


Choose = Callable[[Sequence[SheetName]], Sequence[str]]
"""From the sheets of a workbook to the names of those to read."""


Tell = Callable[[float], None]
"""Is told which share of a file is read, 0 to 1."""


def untold(share: float) -> None:
    """Tell nobody."""


def all_sheets(sheets: Sequence[SheetName]) -> list[str]:
    """The names of all sheets."""
    return [sheet.name for sheet in sheets]
