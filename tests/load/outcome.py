"""What a measurement found: rows of a table, and faults with the way to see each again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_FAULTS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its target; ``most`` and ``least`` are None where the side is open."""

    name: str
    figure: float
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the figure keeps to its target."""
        over = self.most is not None and self.figure > self.most
        under = self.least is not None and self.figure < self.least
        return not (over or under or math.isnan(self.figure))

    def cells(self) -> tuple[str, ...]:
        """The row as the table prints it."""
        target = f"≤ {self.most:g}" if self.most is not None else ""
        target += f"≥ {self.least:g}" if self.least is not None else ""
        state = ("yes" if self.holds else "NO") if target else "-"
        return self.name, f"{self.figure:.4g} {self.unit}", target or "-", state, self.note


@dataclass(slots=True)
class Outcome:
    """Rows and faults; a fault is one line: what was seen, and how to see it again."""

    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every figure keeps to its target."""
        return all(row.holds for row in self.rows)

    def add(self, other: Outcome) -> None:
        """Take in what another measurement found."""
        self.rows += other.rows
        self.faults += other.faults


def table(rows: Sequence[Row]) -> list[str]:
    """The rows as lines of equal columns."""
    head = ("what", "figure", "target", "held", "note")
    cells = [head, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(head))]
    return ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()
            for line in cells]  # fmt: skip
