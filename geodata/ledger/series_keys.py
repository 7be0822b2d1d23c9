"""Which figure a person, a program or a table means, in the one form that the ledger keeps.

What was published is never rewritten: a cell whose indicator has been given another id since stays
under the id that it was first kept under, and every later change of it is written there too. So it
is one cell for whoever compares, corrects, publishes or takes back; readers see the present id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from geodata.broken_down import present_ids
from geodata.ledger.current_cells import read_current
from geodata.ledger.ledger_records import SeriesKey
from geodata.series_id import parse_series_id
from geodata.store import Store


def series_key(store: Store, series: str, period: str, status: str, unit_id: str) -> SeriesKey:
    """The key of a figure; a former id of an indicator means what bears its figures now.

    Parameters
    ----------
    series
        Id of an indicator, or of a part of one as ``population[sex:female]``, in any order.

    Raises
    ------
    InvalidInput
        What stands in the brackets are no values of dimensions.
    """
    named = parse_series_id(series)
    moved = store.moved_indicator(named)
    return SeriesKey.of(moved.id if moved else named, period, status, unit_id)


def present_ids_of(store: Store) -> dict[str, str]:
    """`geodata.broken_down.present_ids` of what a store has."""
    return present_ids({one.id: one for one in store.indicators(parts=True)})


def with_present_id(key: SeriesKey, present: Mapping[str, str]) -> SeriesKey:
    """The key under the id that its series bears by now."""
    series = present.get(key.series)
    return SeriesKey.of(series, *key[2:]) if series else key


def former_names(present: Mapping[str, str]) -> dict[str, list[str]]:
    """By present ids of series the former ones; those that were never renamed are not in it."""
    names = defaultdict[str, list[str]](list)
    for name, now in present.items():
        names[now].append(name)
    return dict(names)


def former_keys(key: SeriesKey, former: Mapping[str, Iterable[str]]) -> list[SeriesKey]:
    """The keys of the same cell under former ids, which `former_names` gives."""
    return [SeriesKey.of(name, *key[2:]) for name in former.get(key.series, ())]


def kept_keys(
    connection: Connection, store: Store, keys: Collection[SeriesKey]
) -> dict[SeriesKey, SeriesKey]:
    """By each key the one under which the ledger keeps its cell.

    Parameters
    ----------
    keys
        With present ids, as `series_key` gives them.
    """
    present = present_ids_of(store)
    former = former_names(present)
    renamed = (key for key in keys if key.series in former)
    same = [one for key in renamed for one in (*former_keys(key, former), key)]
    held = read_current(connection, same) if same else {}
    cells = ((key, cell.origin) for key, (cell, _) in held.items())
    return {key: key for key in keys} | cells_kept(cells, present)


def cells_kept(
    cells: Iterable[tuple[SeriesKey, int]], present: Mapping[str, str]
) -> dict[SeriesKey, SeriesKey]:
    """By present keys those under which cells are kept.

    Versions before this rule kept a cell under both ids once it was published again: then what was
    published under the present id holds, else what was published last.

    Parameters
    ----------
    cells
        Keys of cells that the ledger has touched, each with its origin.
    """
    found: dict[SeriesKey, tuple[tuple[bool, bool, int], SeriesKey]] = {}
    for key, origin in cells:
        now = with_present_id(key, present)
        rank = (origin > 0, key == now, origin)
        if now not in found or rank > found[now][0]:
            found[now] = rank, key
    return {now: key for now, (_, key) in found.items()}
