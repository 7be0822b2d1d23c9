"""Which units touch each other, and which are alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import shapely

from geodata.model import Level, Unit
from geodata.store_cache import cached_per_store

if TYPE_CHECKING:
    from geodata.store.interface import Store


@cached_per_store(32)
def neighbours(store: Store, level: Level, day: dt.date) -> Mapping[str, tuple[str, ...]]:
    """By unit id the units of its level that share a stretch of border with it on a day.

    Units that meet in a point only are no neighbours. The shapes are one coverage, whose
    neighbours share their edges exactly.
    """
    frame = store.boundaries(level, day, 1)
    shapes, ids = frame.geometry.to_numpy(), list(frame["unit_id"])
    found: dict[str, set[str]] = {unit_id: set() for unit_id in ids}
    if not ids:
        return {}
    tree = shapely.STRtree(shapes)
    for one, other in tree.query(shapes, predicate="intersects").T:
        if one < other and shapely.intersection(shapes[one], shapes[other]).length > 0:
            found[ids[one]].add(ids[other])
            found[ids[other]].add(ids[one])
    return {unit_id: tuple(sorted(touching)) for unit_id, touching in found.items()}


def alike(
    unit: Unit, units: Iterable[Unit], figures: Iterable[Mapping[str, float]], most: int
) -> tuple[str, ...]:
    """The units most like one, the likest first.

    Likeness is the sum over the indicators of how many ranks lie between both: of ranks and not
    of values, so that one city among communes does not make all others alike.

    Parameters
    ----------
    units
        The candidates, all of one level; ``unit`` among them or not.
    figures
        By indicator the values by unit id. Only units that have all of them are compared.

    Returns
    -------
    tuple of str
        At most ``most`` unit ids; none where ``unit`` itself lacks a figure or there are none.
    """
    given = [dict(values) for values in figures]
    known = [each.unit_id for each in units if all(each.unit_id in values for values in given)]
    if not given or unit.unit_id not in known:
        return ()
    apart = dict.fromkeys(known, 0)
    for values in given:
        order = sorted(values[unit_id] for unit_id in known)
        own = order.index(values[unit.unit_id])
        for unit_id in known:
            apart[unit_id] += abs(order.index(values[unit_id]) - own)
    others = [unit_id for unit_id in known if unit_id != unit.unit_id]
    return tuple(sorted(others, key=lambda unit_id: (apart[unit_id], unit_id))[:most])
