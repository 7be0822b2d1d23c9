"""Two offices at once: what was changed between a preview and its publication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from geodata.errors import Conflict
from geodata.i18n import Message
from geodata.ledger.ledger_records import CellChange, ChangedMeanwhile, Revision, SeriesKey
from geodata.ledger.revision_rows import cell_value, read_change, read_revision
from geodata.ledger.revision_tables import changes, revisions


@dataclass
class PublicationConflict(Conflict):
    """Cells of a publication were changed after its preview was made.

    Parameters
    ----------
    changed
        The cells, who changed them, and what they held before and hold now.
    """

    changed: tuple[ChangedMeanwhile, ...] = ()


def verify_unchanged(connection: Connection, figures: Collection[SeriesKey], based_on: int) -> None:
    """Refuse where a cell was given another value by somebody after the preview.

    Raises
    ------
    PublicationConflict
        With all such cells.
    """
    query = select(changes).where(changes.c.revision > based_on).order_by(changes.c.revision)
    first: dict[SeriesKey, CellChange] = {}
    last: dict[SeriesKey, tuple[int, CellChange]] = {}
    for row in connection.execute(query):
        change = read_change(row)
        if change.key in figures:
            first.setdefault(change.key, change)
            last[change.key] = (row.revision, change)
    changed = [
        ChangedMeanwhile(key, _revision(connection, number), first[key].old, change.new)
        for key, (number, change) in last.items()
        if change.new.told != first[key].old.told
    ]
    if changed:
        raise _conflict(changed)


def _revision(connection: Connection, number: int) -> Revision:
    query = select(revisions).where(revisions.c.number == number)
    return read_revision(connection.execute(query).one())


def _conflict(changed: list[ChangedMeanwhile]) -> PublicationConflict:
    one = changed[0]
    found = (
        f"{one.key.unit_id} {one.key.series} {one.key.period}: "
        f"{cell_value(one.before)} → {cell_value(one.after)} "
        f"({one.revision.account_name}, {one.revision.number})"
    )
    count = len(changed)
    return PublicationConflict(
        Message.plural(
            "{n} cell of the table was changed by somebody else since the preview (L03)",
            "{n} cells of the table were changed by somebody else since the preview (L03)",
            count,
        ),
        found=found,
        remedy=Message("Look at the new preview and publish again"),
        changed=tuple(changed),
    )
