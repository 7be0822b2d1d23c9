"""One row for each budget of DESIGN.md, section 6, and the table they are printed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Budget:
    """What a measured figure is held to; a side that is None is open.

    Parameters
    ----------
    most
        Largest figure of ours, in the unit of the row.
    most_ratio, least_ratio
        Bounds of ours / peer.
    """

    most: float | None = None
    most_ratio: float | None = None
    least_ratio: float | None = None

    def holds(self, ours: float, ratio: float | None) -> bool:
        """Whether the figures keep to it; a ratio is asked for only where there is a peer."""
        if self.most is not None and ours > self.most:
            return False
        if self.most_ratio is not None and (ratio is None or ratio > self.most_ratio):
            return False
        return not (self.least_ratio is not None and (ratio is None or ratio < self.least_ratio))

    def words(self, unit: str) -> str:
        """The budget as the table says it."""
        parts = []
        if self.most is not None:
            parts.append(f"≤ {self.most:g} {unit}")
        if self.most_ratio is not None:
            parts.append(f"≤ {self.most_ratio:.3g} × peer")
        if self.least_ratio is not None:
            parts.append(f"≥ {self.least_ratio:.3g} × peer")
        return ", ".join(parts) or "-"


@dataclass(frozen=True)
class Row:
    """One measured figure beside its peer's and its budget.

    Parameters
    ----------
    ours, peer
        In ``unit``; the peer is None where the budget stands alone.
    note
        What a reader needs to judge the figures.
    """

    name: str
    ours: float
    unit: str
    budget: Budget = field(default_factory=Budget)
    peer: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours / peer."""
        return self.ours / self.peer if self.peer else None

    @property
    def holds(self) -> bool:
        """Whether the budget is kept."""
        return self.budget.holds(self.ours, self.ratio)

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        return (
            self.name,
            _quantity(self.ours, self.unit),
            _quantity(self.peer, self.unit),
            "-" if self.ratio is None else f"{self.ratio:.2f}",
            self.budget.words(self.unit),
            "yes" if self.holds else "NO",
        )


HEADINGS = ("row", "ours", "peer", "ratio", "budget", "holds?")


def table(rows: Sequence[Row], left_out: Sequence[str] = ()) -> list[str]:
    """Lines of the printed table, the notes under it, and what could not be measured."""
    grid = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in grid) for column in range(len(HEADINGS))]
    lines = [_line(cells, widths) for cells in grid]
    lines.insert(1, "  ".join("-" * width for width in widths))
    notes = [f"{row.name}: {row.note}" for row in rows if row.note]
    return [*lines, "", *notes, *(f"left out: {words}" for words in left_out)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])


def _quantity(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    decimals = 0 if value >= 100 else 1
    return f"{value:,.{decimals}f} {unit}"
