"""What holds by the ledger of places and villages, read as the records that a store is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from geodata.ledger.ledger_records import Revision
from geodata.ledger.metadata import from_json
from geodata.ledger.record_rows import record_document
from geodata.ledger.record_tables import current_records, new_place_categories, record_changes
from geodata.ledger.revision_rows import read_revision
from geodata.ledger.revision_tables import revisions
from geodata.model import Place, PlaceCategory, Source
from geodata.period import parse_period
from geodata.record_codec import from_row
from geodata.store.published_places import COUNT_RANK, CountedList, PublishedPlaces
from geodata.villages.import_record import VillageImport, import_from_json

SourceOf = Callable[[Revision], Source]


@dataclass(frozen=True)
class PublishedRecords:
    """Places and villages that hold by the ledger.

    Parameters
    ----------
    origins
        The revisions that they come from.
    """

    places: PublishedPlaces = field(default_factory=PublishedPlaces)
    villages: tuple[VillageImport, ...] = ()
    origins: tuple[Revision, ...] = ()


def lists_changed(connection: Connection, since: int) -> bool:
    """Whether a revision after one changed a place or villages."""
    table = record_changes.c
    query = select(table.revision).where(table.revision > since, table.kind != "indicator")
    return connection.execute(query.limit(1)).first() is not None


def read_published_records(connection: Connection, source_of: SourceOf) -> PublishedRecords:
    """What holds now of places and villages.

    Parameters
    ----------
    source_of
        The source that a revision stands for.
    """
    rows = connection.execute(
        select(current_records)
        .where(current_records.c.origin > 0, current_records.c.kind != "indicator")
        .order_by(current_records.c.kind, current_records.c.id)
    ).all()
    if not rows:
        return PublishedRecords()
    made = _revisions(connection, {row.origin for row in rows})
    places = [
        _place(row.content, source_of(made[row.origin]))
        for row in rows
        if row.kind == "place" and row.content
    ]
    gone = [row.id for row in rows if row.kind == "place" and not row.content]
    origin_of = {row.id: row.origin for row in rows if row.kind == "place"}
    touched = [(place.category, origin_of[place.id]) for place in places]
    touched += _categories_of_gone(connection, gone, origin_of)
    complete = [(row.id, row.origin) for row in rows if row.kind == "complete" and row.content]
    categories = _categories(connection)
    return PublishedRecords(
        places=PublishedPlaces(
            categories=tuple(one for one in categories if one.id in {c for c, _ in touched}),
            places=tuple(places),
            gone=frozenset(gone),
            complete=frozenset(category for category, _ in complete),
            counted=_counted([*touched, *complete], made, source_of),
        ),
        villages=tuple(
            import_from_json(r.content) for r in rows if r.kind == "villages" and r.content
        ),
        origins=tuple(made[number] for number in sorted(made)),
    )


def touched_communes(connection: Connection) -> frozenset[str]:
    """The communes whose villages the ledger has ever spoken of."""
    query = select(current_records.c.id).where(current_records.c.kind == "villages")
    return frozenset(connection.execute(query).scalars())


def _revisions(connection: Connection, numbers: set[int]) -> dict[int, Revision]:
    query = select(revisions).where(revisions.c.number.in_(numbers))
    return {row.number: read_revision(row) for row in connection.execute(query)}


def _place(content: str, source: Source) -> Place:
    return from_row(Place, {**record_document(content), "source_id": source.id})


def _categories_of_gone(
    connection: Connection, gone: Iterable[str], origin_of: dict[str, int]
) -> list[tuple[str, int]]:
    """Categories of the places that were taken away, with the revisions that did."""
    table, found = record_changes.c, []
    for place_id in gone:
        query = select(table.old_content).where(
            table.kind == "place", table.id == place_id, table.revision == origin_of[place_id]
        )
        if old := connection.execute(query).scalar():
            found.append((record_document(old)["category"], origin_of[place_id]))
    return found


def _categories(connection: Connection) -> list[PlaceCategory]:
    """The last definition of each kind of place that was brought along."""
    table = new_place_categories.c
    query = select(table.id, table.record).order_by(table.revision, table.position)
    records = {row.id: row.record for row in connection.execute(query)}
    return [from_row(PlaceCategory, from_json(record)) for record in records.values()]


def _counted(
    touched: Iterable[tuple[str, int]], made: dict[int, Revision], source_of: SourceOf
) -> dict[str, CountedList]:
    """By category, the latest list of it: the source of its counts, and the day they hold for."""
    latest: dict[str, int] = {}
    for category, number in touched:
        latest[category] = max(number, latest.get(category, 0))
    return {
        category: CountedList(
            replace(
                source_of(made[number]), id=f"places-{category}", kind="office", rank=COUNT_RANK
            ),
            period_of(made[number]),
        )
        for category, number in latest.items()
    }


def period_of(revision: Revision) -> str:
    """The day for which a list holds: as stated, else that of its document, else of publishing."""
    answers = revision.answers if isinstance(revision.answers, dict) else {}
    stated = answers.get("list", {}).get("as_of", "")
    return parse_period(stated or revision.source.date or revision.at[:10]).code
