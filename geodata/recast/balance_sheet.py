"""The balance sheet of a recast count: what was there before, what arrived, what did not.

For a group *g* of source units (a district as it was)::

    before(g)    = sum of C(s) over s in g
    after(g)     = sum of share × C(s) over all contributions from g to a target with a value
    undivided(g) = the same over targets without one, because a share is not known
    residual     = after + undivided - before

What is undivided is known to be somewhere in those targets, but not how much in which. The total's
``after`` is the sum of the target values themselves, so it checks the groups.
"""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.recast.results import RecastValue, RecastValues
from geodata.recast.rules import RecastResult

TOTAL = "total"

COLUMNS: dict[str, Message] = {
    "group": Message("group (the former district), or total"),
    "before": Message("total before"),
    "after": Message("total after"),
    "undivided": Message(
        "lies in new units whose value is not recoverable, for shares are not known"
    ),
    "residual": Message("after plus undivided, minus before"),
    "units": Message("number of source units"),
    "missing": Message("source units without a figure, joined by |"),
}
"""The documented header of the CSV."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One group's balance; amounts in the indicator's unit of measure."""

    group: str
    before: float
    after: float
    undivided: float
    units: int
    missing: tuple[str, ...]

    @property
    def residual(self) -> float:
        """After and undivided minus before; zero when nothing was lost or doubled."""
        return self.after + self.undivided - self.before


@dataclass(frozen=True)
class BalanceSheet:
    """The sheet.

    Parameters
    ----------
    total
        All source units against all target units.
    rows
        By group; source units without a group stand under the empty one.
    shown
        Sum of the values as shown: differs from ``total.after`` where published values win.
    unreached
        Target units without a value; the record has the reason.
    crossing
        Target units reached from more than one group.
    slivers, sliver_area_km2
        Pieces set aside by an overlay; 0 for a legal table.
    """

    indicator: str
    period: str
    total: BalanceRow
    rows: tuple[BalanceRow, ...]
    shown: float
    unreached: Mapping[str, RecastValue]
    crossing: tuple[str, ...]
    slivers: int = 0
    sliver_area_km2: float = 0.0


def balance_sheet(
    recasting: RecastResult,
    groups: Mapping[str, str] | None = None,
) -> BalanceSheet:
    """Draw up the sheet of a recast count.

    Parameters
    ----------
    groups
        Source unit -> group, usually its district (`geodata.succession.crosswalk_chain.ancestor`).

    Raises
    ------
    InvalidInput
        The indicator is no count: ratios and extremes have no total. Ask for the balance of a
        ratio's numerator and denominator.
    """
    if recasting.indicator.kind != "count":
        raise InvalidInput(
            Message("Only counts have a total to balance"),
            found=recasting.indicator.id,
            allowed=("count",),
        )
    groups = groups or {}
    arrived, crossing = _amounts_by_group(recasting, groups)
    undivided = _undivided(recasting)
    members: dict[str, list[str]] = defaultdict(list)
    for source in recasting.crosswalk.sources:
        members[groups.get(source, "")].append(source)
    shown, laid = recasting.records, recasting.crosswalk.overlay
    after = _sum_values(recasting.computed)
    return BalanceSheet(
        recasting.indicator.id,
        recasting.period,
        _row(TOTAL, recasting.crosswalk.sources, recasting, undivided, after),
        tuple(
            _row(group, members[group], recasting, undivided, math.fsum(arrived[group]))
            for group in sorted(members)
        ),
        _sum_values(shown),
        {unit: record for unit, record in shown.items() if record.value is None},
        crossing,
        laid.slivers if laid else 0,
        laid.sliver_area_km2 if laid else 0.0,
    )


def balance_csv(sheet: BalanceSheet) -> str:
    """The sheet as CSV, groups first and the total last; LF, plain decimals, empty is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in (*sheet.rows, sheet.total):
        amounts = (row.before, row.after, row.undivided, row.residual)
        cells = (_number(amount) for amount in amounts)
        writer.writerow((row.group, *cells, row.units, "|".join(row.missing)))
    return out.getvalue()


def _amounts_by_group(
    recasting: RecastResult, groups: Mapping[str, str]
) -> tuple[dict[str, list[float]], tuple[str, ...]]:
    """Amounts that reached a target, by group; and the targets reached from several groups."""
    arrived: dict[str, list[float]] = defaultdict(list)
    crossing = []
    for record in recasting.computed.values():
        seen = set()
        for part in record.contributions:
            group = groups.get(part.observation.unit_id, "")
            seen.add(group)
            if record.value is not None and part.share is not None:
                arrived[group].append(part.share * part.observation.value)
        if len(seen) > 1:
            crossing.append(record.unit_id)
    return arrived, tuple(crossing)


def _sum_values(found: RecastValues) -> float:
    """Sum of the values there are."""
    values = found.arrays.value
    return math.fsum(values[~np.isnan(values)])


def _undivided(recasting: RecastResult) -> dict[str, float]:
    """By source unit, the amount that lies in targets without a value.

    Of a source of which some shares are not known, that is all that reached no target with one.
    """
    placed: dict[str, float] = defaultdict(float)
    waiting: dict[str, float] = defaultdict(float)
    unknown = set()
    for record in recasting.computed.values():
        for part in record.contributions:
            source = part.observation.unit_id
            if part.share is None:
                unknown.add(source)
            else:
                there = waiting if record.value is None else placed
                there[source] += part.share * part.observation.value
    rest = {source: recasting.values[source].value - placed[source] for source in unknown}
    return {**waiting, **rest}


def _row(
    group: str,
    sources: Iterable[str],
    recasting: RecastResult,
    undivided: Mapping[str, float],
    after: float,
) -> BalanceRow:
    units, values = tuple(sources), recasting.values
    before = math.fsum(values[source].value for source in units if source in values)
    waiting = math.fsum(undivided.get(source, 0.0) for source in units)
    missing = tuple(source for source in units if source not in values)
    return BalanceRow(group, before, after, waiting, len(units), missing)


def _number(value: float) -> str:
    rounded = round(value, 6) + 0.0
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)
