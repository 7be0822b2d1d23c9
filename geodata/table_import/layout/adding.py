"""Rows that are the sum of other rows, told by adding.

A district's row can bear the name of a commune, and a total need not say that it is one. What
tells them is that their figures are the sums of the rows below or above them. A sum of small
numbers is met by chance: how much each equation tells is counted in bits, and a row is believed to
be a sum where the equations tell more than chance gives among all the spans of the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]
"""Figures by row and column; NaN where there is none."""
Places = NDArray[np.int64]

_PRIMARIES = 4
"""Columns by whose sums spans are looked for; the others only confirm them."""
_MOST_PASSES = 4
_BY_NAME = 5.0
"""Bits up to which a row needs so little that its words must have said that it is a sum."""


@dataclass(frozen=True, slots=True)
class RowSum:
    """A row that is the sum of others.

    Parameters
    ----------
    row
        Its place.
    first, last
        Places of the first and last of the rows that it may sum up; those among them that are sums
        themselves do not count.
    columns
        In how many columns it is their sum.
    bits
        How much this tells.
    """

    row: int
    first: int
    last: int
    columns: int
    bits: float

    @property
    def above(self) -> bool:
        """Whether it stands above its rows."""
        return self.row < self.first


def bits_by_chance(rows: int) -> float:
    """Bits from which a sum among so many rows is no chance, where no word speaks for it."""
    return math.log2(max(rows, 2)) + 10


def find_sums(figures: Figures, members: NDArray[np.bool_], needed: Figures) -> dict[int, RowSum]:
    """The rows that are sums of those next to them.

    Parameters
    ----------
    figures
        Of columns that can be added.
    members
        Whether a row may be one of those that are added: sums by their words are not.
    needed
        Bits from which a row is believed to be a sum; infinite where it cannot be one.

    Returns
    -------
    dict of int to RowSum
        By place of the row.
    """
    if figures.size == 0:
        return {}
    members, needed = members.copy(), needed.copy()
    steps = _steps(figures)
    found: dict[int, RowSum] = {}
    for _ in range(_MOST_PASSES):
        possible = [
            *_sums_above(figures, members, needed, steps),
            *(
                _turned_round(each, len(figures))
                for each in _sums_above(figures[::-1], members[::-1], needed[::-1], steps)
            ),
        ]
        taken = _without_conflict(possible, list(found.values()), members)
        if not taken:
            break
        for each in taken:
            found[each.row] = each
            needed[each.row] = np.inf
            members[each.row] = False
    return found


def _steps(figures: Figures) -> Figures:
    """The smallest step between the figures of each column: 1, 0.1, … 0.0001."""
    steps = []
    for column in figures.T:
        values = column[np.isfinite(column)][:5000]
        for decimals in range(5):
            scaled = values * 10**decimals
            if np.all(np.abs(scaled - np.round(scaled)) <= 1e-6 * np.maximum(1, np.abs(scaled))):
                break
        steps.append(10.0**-decimals)
    return np.array(steps)


def _tolerance(steps: Figures, counts: Places) -> Figures:
    """How far the printed sum of so many rounded figures may lie from the sum of these."""
    return 0.5 * steps * (1 + np.sqrt(counts))[:, None] + 1e-9


def _sums_above(
    figures: Figures, members: NDArray[np.bool_], needed: Figures, steps: Figures
) -> Iterator[RowSum]:
    """The rows that are sums of rows below them, for each the likeliest span."""
    search = _TotalSearch.of(figures, members, needed, steps)
    best: dict[int, tuple[tuple[float, bool, int], RowSum]] = {}
    for rows, ends in search.spans():
        for found in search.sums(rows, ends):
            # Rows without figures make many spans equal: a sum reaches to the next sum.
            rank = found.bits, search.closing(found.last + 1), found.last
            if found.row not in best or rank > best[found.row][0]:
                best[found.row] = rank, found
    return (found for _, found in best.values())


@dataclass(frozen=True, slots=True)
class _TotalSearch:
    """What is worked out once to find the rows that sum up rows below them.

    Parameters
    ----------
    values
        The figures, 0 where there is none.
    filled
        Where there is one.
    members, needed, steps
        As in `find_sums` and `_steps`.
    running, counts, filled_members
        For each place the sum of the figures of the members above it, how many these are, and how
        many of them have a figure in each column.
    next_closed
        From each place the next one where a sum may end: at another sum or after the last row.
    """

    values: Figures
    filled: NDArray[np.bool_]
    members: NDArray[np.bool_]
    needed: Figures
    steps: Figures
    running: Figures
    counts: Places
    filled_members: Places
    next_closed: Places

    @classmethod
    def of(
        cls, figures: Figures, members: NDArray[np.bool_], needed: Figures, steps: Figures
    ) -> _TotalSearch:
        filled = np.isfinite(figures)
        values = np.where(filled, figures, 0.0)
        length, width = values.shape
        places = np.where(np.append(~members, True), np.arange(length + 1), length)
        return cls(
            values,
            filled,
            members,
            needed,
            steps,
            np.vstack([np.zeros(width), np.cumsum(values * members[:, None], axis=0)]),
            np.concatenate([[0], np.cumsum(members)]),
            np.vstack([np.zeros(width), np.cumsum(filled & members[:, None], axis=0)]).astype(int),
            np.minimum.accumulate(places[::-1])[::-1],
        )

    def closing(self, end: int) -> bool:
        """Whether a span may well end before this place."""
        return int(self.next_closed[end]) == end

    def spans(self) -> Iterator[tuple[Places, Places]]:
        """Rows and ends (not included) of spans below them whose sums they may be."""
        for column in self._primaries():
            rows = np.flatnonzero(np.isfinite(self.needed) & (self.values[:, column] > 0))
            running = self.running[:, column]
            target = running[rows + 1] + self.values[rows, column]
            far = _tolerance(self.steps, np.array([len(self.values)]))[0, column]
            low = np.maximum(np.searchsorted(running, target - far, "left"), rows + 2)
            last = np.searchsorted(running, target + far, "right") - 1
            closed = self.next_closed[np.minimum(low, len(self.values))]
            for ends in (low, low + 1, low + 2, last - 1, last, closed):
                fit = (ends >= low) & (ends <= last)
                yield rows[fit], ends[fit]

    def _primaries(self) -> list[int]:
        """Columns without negative figures, the fullest first: their running sums only rise."""
        rising = [
            column for column in range(self.values.shape[1]) if np.all(self.values[:, column] >= 0)
        ]
        return sorted(rising, key=lambda column: -int(self.filled[:, column].sum()))[:_PRIMARIES]

    def sums(self, rows: Places, ends: Places) -> Iterator[RowSum]:
        """Those of the rows that are the sums of the rows below them up to the ends."""
        counts = self.counts[ends] - self.counts[rows + 1]
        stated, needed = self.values[rows], self.needed[rows]
        compared = self.filled[rows] & (stated != 0)
        compared &= self.filled_members[ends] > self.filled_members[rows + 1]
        far = _tolerance(self.steps, counts)
        added = self.running[ends] - self.running[rows + 1]
        equal = compared & (np.abs(added - stated) <= far)
        bits = (np.log2(1 + np.abs(stated) / (2 * far)) * equal).sum(axis=1)
        columns, most = equal.sum(axis=1), compared.sum(axis=1)
        named = needed <= _BY_NAME
        enough = (columns >= 2) | (named & (most == 1) & (columns == 1))
        enough &= (2 * columns >= most) & (counts >= np.where(named, 1, 2)) & (bits >= needed)
        for n in np.flatnonzero(enough):
            row, end = int(rows[n]), int(ends[n])
            yield RowSum(row, row + 1, end - 1, int(columns[n]), float(bits[n]))


def _turned_round(found: RowSum, rows: int) -> RowSum:
    """A sum found among rows in reverse order."""
    last = rows - 1
    return RowSum(
        last - found.row, last - found.last, last - found.first, found.columns, found.bits
    )


def _without_conflict(
    possible: Sequence[RowSum], known: Sequence[RowSum], members: NDArray[np.bool_]
) -> list[RowSum]:
    """Those that can all be true: none adds up another that was not known for a sum, none cross."""
    every = [*known, *possible]
    rows, firsts, lasts = (
        np.array(each, dtype=np.int64)
        for each in ([s.row for s in every], [s.first for s in every], [s.last for s in every])
    )
    added = members[rows]
    believed = np.arange(len(every)) < len(known)
    order = sorted(range(len(known), len(every)), key=lambda n: (-every[n].bits, every[n].row))
    for n in order:
        first, last, row = firsts[n], lasts[n], rows[n]
        apart = (lasts < first) | (firsts > last)
        inside = (firsts >= first) & (lasts <= last)
        around = (firsts <= first) & (lasts >= last)
        wrong = ~(apart | inside | around) | (rows == row)
        wrong |= added & (rows >= first) & (rows <= last)
        if added[n]:
            wrong |= (firsts <= row) & (lasts >= row)
        if not (wrong & believed).any():
            believed[n] = True
    return [every[n] for n in order if believed[n]]
