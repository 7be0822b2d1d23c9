"""Where the units of a table lie: in one topmost unit, and in the smallest that holds them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from geodata.i18n import Message
from geodata.model import LEVELS
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.row_search import DayFinding

_NEARLY_ALL = 0.9
_FEW = 0.5


def in_one_root(
    findings: Sequence[tuple[DayFinding, ...]], index: UnitIndex
) -> tuple[list[tuple[DayFinding, ...]], list[int | None]]:
    """Findings within the one province that explains the rows, where one alone does.

    Many communes of a country share their names; a table of one province need not say which it is.

    Returns
    -------
    tuple
        The findings, and for each day the province; None where several or none come into question.
    """
    roots = [_root(findings, day, index) for day in range(len(index.timeline))]
    narrowed = [
        tuple(
            day if root is None else _within(day, root, index)
            for day, root in zip(finding, roots, strict=True)
        )
        for finding in findings
    ]
    return narrowed, roots


def _root(findings: Sequence[tuple[DayFinding, ...]], day: int, index: UnitIndex) -> int | None:
    found = [
        {index.kinship.root(unit) for unit in finding[day].units}
        for finding in findings
        if finding[day].units
    ]
    counts = Counter(root for roots in found for root in roots)
    if len(counts) < 2:
        return next(iter(counts), None)
    (best, most), (_, second) = counts.most_common(2)
    alone = most >= _NEARLY_ALL * len(found) and second <= _FEW * len(found)
    return best if alone or (most == len(found) > second) else None


def _within(finding: DayFinding, root: int, index: UnitIndex) -> DayFinding:
    inside = tuple(unit for unit in finding.units if index.kinship.root(unit) == root)
    if len(inside) == len(finding.units):
        return finding
    elsewhere = Message("It lies in another province than the other rows")
    outside = tuple((unit, elsewhere) for unit in finding.units if unit not in inside)
    doubts = () if inside else outside
    return replace(finding, units=inside, doubts=(*finding.doubts, *doubts))


def table_area(units: Collection[int], index: UnitIndex) -> int | None:
    """The lowest unit below which all the units lie; None where there is none."""
    shared = frozenset.intersection(*(index.kinship.above(unit) for unit in units))
    return max(shared, key=lambda unit: (LEVELS.index(index.units[unit].level), unit), default=None)
