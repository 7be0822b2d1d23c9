"""Two offices at once: what one changed between the preview of another and its publication."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from geodata.errors import Conflict
from geodata.i18n import Localised, Message
from geodata.ledger.definitions import last_definitions
from geodata.ledger.ledger_records import CellDifference, Revision, SeriesKey
from geodata.ledger.listed_records import RecordDifference, RecordKey
from geodata.ledger.metadata import from_json
from geodata.ledger.net_changes import net_changes_of_figures, net_changes_of_records
from geodata.ledger.record_differences import entry_differences
from geodata.ledger.record_rows import read_record_change, record_document
from geodata.ledger.record_tables import current_records, new_place_categories, record_changes
from geodata.ledger.revision_rows import read_change, read_revision, told_text
from geodata.ledger.revision_tables import changes, current_figures, revisions
from geodata.model import Indicator, PlaceCategory
from geodata.record_codec import from_older_row


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """A cell or record that somebody changed after the preview of a publication was made.

    Parameters
    ----------
    revision
        The last that changed it.
    """

    difference: CellDifference | RecordDifference
    revision: Revision


@dataclass
class PublicationConflict(Conflict):
    """Cells or records of a publication were changed after its preview was made.

    Parameters
    ----------
    changed
        What was changed, who did it, and what held before and holds now.
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
    later = ((row.revision, read_change(row)) for row in connection.execute(query))
    found = net_changes_of_figures(each for each in later if each[1].key in figures)
    if found:
        one, n = found[0], len(found)
        what = Message.plural(
            "{n} cell of the table was changed by somebody else since the preview (L03)",
            "{n} cells of the table were changed by somebody else since the preview (L03)",
            n,
        )
        values = f"{told_text(one.before)} → {told_text(one.after)}"
        named = f"{one.key.unit_id} {one.key.series} {one.key.period}: {values}"
        pairs = [(CellDifference(*each[:3]), each.last) for each in found]
        raise _conflict(connection, what, named, pairs)


def verify_records_unchanged(
    connection: Connection, records: Collection[RecordKey], based_on: int
) -> None:
    """`verify_unchanged` for places and villages."""
    table = record_changes.c
    query = select(record_changes).where(table.revision > based_on).order_by(table.revision)
    later = ((row.revision, read_record_change(row)) for row in connection.execute(query))
    found = net_changes_of_records(each for each in later if each[1].key in records)
    if found:
        what = Message.plural(
            "{n} entry of the list was changed by somebody else since the preview (L03)",
            "{n} entries of the list were changed by somebody else since the preview (L03)",
            len(found),
        )
        first = next(entry_differences(*found[0][:3]), None)
        named = first.name if first and first.name else found[0].key.id
        pairs = [(RecordDifference(*each[:3]), each.last) for each in found]
        raise _conflict(connection, what, named, pairs)


def _conflict(
    connection: Connection,
    what: Localised,
    named: str,
    found: Sequence[tuple[CellDifference | RecordDifference, int]],
) -> PublicationConflict:
    made = _revisions(connection, {number for _, number in found})
    changed = tuple(ChangedMeanwhile(difference, made[number]) for difference, number in found)
    first = changed[0].revision
    return PublicationConflict(
        what,
        found=f"{named} ({first.account_name}, {first.number})",
        remedy=Message("Look at the new preview and publish again"),
        changed=changed,
    )


def _revisions(connection: Connection, numbers: Collection[int]) -> dict[int, Revision]:
    query = select(revisions).where(revisions.c.number.in_(numbers))
    return {row.number: read_revision(row) for row in connection.execute(query)}


def verify_new_indicators(connection: Connection, indicators: Iterable[Indicator]) -> None:
    """Refuse an indicator whose id another publication has just given to another one.

    Raises
    ------
    Conflict
        Figures hold of the other one.
    """
    current, last = current_figures.c, last_definitions(connection)
    defined = {name: from_older_row(Indicator, row) for name, row in last.items()}
    for one in indicators:
        if defined.get(one.id, one) == one:
            continue
        used = select(current.unit_id).where(current.indicator == one.id, current.present == 1)
        if connection.execute(used.limit(1)).first() is not None:
            raise Conflict(
                Message("The catalogue has another indicator of this id"),
                found=one.id,
                remedy=Message("Give the new indicator another id, or choose the one there is"),
            )


def verify_new_categories(connection: Connection, categories: Iterable[PlaceCategory]) -> None:
    """Refuse a kind of place whose id another publication has just given to another one.

    Raises
    ------
    Conflict
        There are places of the other one.
    """
    places = select(current_records.c.content).where(current_records.c.kind == "place")
    for one in _defined_otherwise(connection, categories):
        rows = connection.execute(places).scalars()
        if any(content and record_document(content)["category"] == one.id for content in rows):
            raise Conflict(
                Message("There is another category of places of this id by now"),
                found=one.id,
                remedy=Message("Look at the list again and choose the one there is"),
            )


def _defined_otherwise(
    connection: Connection, categories: Iterable[PlaceCategory]
) -> Iterator[PlaceCategory]:
    """The kinds of place whose ids were last given to something else."""
    table = new_place_categories.c
    for one in categories:
        query = select(table.record).where(table.id == one.id)
        record = connection.execute(query.order_by(table.revision.desc()).limit(1)).scalar()
        if record is not None and from_older_row(PlaceCategory, from_json(record)) != one:
            yield one
