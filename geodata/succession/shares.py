"""The check that nothing of a unit is lost or doubled when it is divided.

For a unit *s* that ends on a date, the shares *f* of its successors *t* satisfy, for every weight
*w* (area, population, households), ``sum_t f_w(s, t) = 1``; a whole merger is the case of one *t*
with f = 1. By a weight either all shares of a unit are known or none; where no weight is known at
all, every part says why.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.model import Succession
from geodata.succession.crosswalk import JointSizes, Sizes

SHARE_TOLERANCE = 1e-3
"""How far a sum of rounded shares may stand from one."""

ExtraShares = Mapping[str, Mapping[tuple[str, str], float]]
"""Further weights, such as ``households``: weight -> (from_id, to_id) -> share."""


@dataclass(frozen=True, slots=True)
class ShareFault:
    """One unit whose division does not add up."""

    from_id: str
    date: dt.date
    weight: str
    found: str
    what: Localised


def shares_of(row: Succession, extra_shares: ExtraShares | None = None) -> dict[str, float | None]:
    """The known shares of one succession by weight; a whole one is 1 by every weight."""
    extra = {
        name: table.get((row.from_id, row.to_id)) for name, table in (extra_shares or {}).items()
    }
    shares = {
        "area": row.share_area,
        "population": row.share_population,
        "households": row.share_households,
        **extra,
    }
    return dict.fromkeys(shares, 1.0) if row.whole else shares


def units_with_unknown_border(successions: Iterable[Succession]) -> set[str]:
    """Units that took in a part of unknown area: where their border runs is not known."""
    return {row.to_id for row in successions if shares_of(row)["area"] is None}


def joint_sizes(successions: Iterable[Succession], sizes: Sizes) -> JointSizes:
    """Sizes known only of several units together: of those a unit was divided among unknown shares.

    What was divided is somewhere in them, so the sum over what they were formed from is that of all
    of them, unless some of it went elsewhere.

    Returns
    -------
    JointSizes
        By weight, groups of units with their size together.
    """
    rows = list(successions)
    successors, parts = defaultdict(set), defaultdict(set)
    for row in rows:
        successors[row.from_id].add(row.to_id)
        parts[row.to_id].add(row.from_id)
    found = {}
    for weight, size in sizes.items():
        divided = {row.from_id for row in rows if shares_of(row).get(weight) is None}
        groups = {frozenset(successors[old]) for old in divided}
        found[weight] = [
            (group, sum(size[old] for old in olds))
            for group in groups
            if (olds := {old for unit in group for old in parts[unit]}) <= size.keys()
            and all(successors[old] <= group for old in olds)
        ]
    return found


def check_shares(
    successions: Iterable[Succession],
    extra_shares: ExtraShares | None = None,
    tolerance: float = SHARE_TOLERANCE,
) -> tuple[ShareFault, ...]:
    """Find units whose shares do not sum to one.

    Parameters
    ----------
    successions
        All rows of a dataset, any number of events.
    extra_shares
        Shares by weights that the rows do not carry themselves.
    tolerance
        Allowed distance of the sum from one.

    Returns
    -------
    tuple of ShareFault
        Empty when every unit is accounted for. Also faults: a whole row beside another row, one
        pair twice, a share outside 0 to 1, a weight known for some parts only, a part without any
        weight that does not say why.
    """
    groups: dict[tuple[str, dt.date], list[Succession]] = defaultdict(list)
    for row in successions:
        groups[row.from_id, row.date].append(row)
    return tuple(
        fault for rows in groups.values() for fault in _faults(rows, extra_shares, tolerance)
    )


def require_shares(
    successions: Iterable[Succession], extra_shares: ExtraShares | None = None
) -> None:
    """Refuse successions whose shares do not sum to one.

    Raises
    ------
    FileFault
        Names the first unit at fault.
    """
    for fault in check_shares(successions, extra_shares):
        raise FileFault(
            fault.what,
            found=fault.found,
            allowed=Message("a sum of 1"),
            where=f"succession.csv: {fault.from_id} {fault.date} {fault.weight}".rstrip(),
        )


def _faults(
    rows: list[Succession], extra_shares: ExtraShares | None, tolerance: float
) -> Iterable[ShareFault]:
    first, pairs = rows[0], [row.to_id for row in rows]
    if len(set(pairs)) < len(pairs):
        yield _fault(first, "", ", ".join(pairs), Message("A pair stands twice"))
    if any(row.whole for row in rows):
        if len(rows) > 1:
            what = Message("Wholly merged, yet there are other parts")
            yield _fault(first, "", ", ".join(pairs), what)
        return
    tables = [shares_of(row, extra_shares) for row in rows]
    known_any = False
    for weight in tables[0]:
        values = [table[weight] for table in tables if table[weight] is not None]
        known_any |= len(values) == len(rows)
        yield from _weight_faults(first, weight, values, len(rows), tolerance)  # type: ignore[arg-type]
    if not known_any:
        yield from _unexplained(rows)


def _weight_faults(
    row: Succession, weight: str, values: list[float], parts: int, tolerance: float
) -> Iterable[ShareFault]:
    if not values:
        return
    if len(values) < parts:
        what = Message("Only some parts have a share")
        yield _fault(row, weight, f"{len(values)}/{parts}", what)
    elif not all(0 <= value <= 1 for value in values):
        yield _fault(row, weight, str(values), Message("A share outside 0 to 1"))
    elif abs(sum(values) - 1) > tolerance:
        what = Message("The shares of the parts do not sum to one")
        yield _fault(row, weight, f"{sum(values):.6f}", what)


def _unexplained(rows: list[Succession]) -> Iterable[ShareFault]:
    """Parts without any share that give no reason for it."""
    what = Message("A unit is divided, no share is known and no reason is given")
    yield from (_fault(row, "", row.to_id, what) for row in rows if not row.note)


def _fault(row: Succession, weight: str, found: str, what: Localised) -> ShareFault:
    return ShareFault(row.from_id, row.date, weight, found, what)
