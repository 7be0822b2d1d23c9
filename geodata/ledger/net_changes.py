"""What several revisions together made of cells and records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from geodata.ledger.ledger_records import Cell, CellChange, SeriesKey
from geodata.ledger.listed_records import RecordChange, RecordKey, RecordState

Key = TypeVar("Key", SeriesKey, RecordKey)
State = TypeVar("State", Cell, RecordState)


class NetChange(NamedTuple, Generic[Key, State]):
    """A cell or record that holds something else after some revisions than before them.

    Parameters
    ----------
    before, after
        What held before the first of them and what holds after the last.
    last
        Number of the last that changed it.
    """

    key: Key
    before: State
    after: State
    last: int


def net_changes_of_figures(
    made: Iterable[tuple[int, CellChange]],
) -> list[NetChange[SeriesKey, Cell]]:
    """The cells that differ in the end, by key.

    Parameters
    ----------
    made
        Changes with the numbers of their revisions, which rise.
    """
    return _net((change.key, change.old, change.new, number) for number, change in made)


def net_changes_of_records(
    made: Iterable[tuple[int, RecordChange]],
) -> list[NetChange[RecordKey, RecordState]]:
    """The records that differ in the end, as `net_changes_of_figures`."""
    return _net((change.key, change.old, change.new, number) for number, change in made)


def _net(made: Iterable[tuple[Key, State, State, int]]) -> list[NetChange[Key, State]]:
    found: dict[Key, NetChange[Key, State]] = {}
    for key, old, new, number in made:
        before = found[key].before if key in found else old
        found[key] = NetChange(key, before, new, number)
    return [found[key] for key in sorted(found) if found[key].before.told != found[key].after.told]
