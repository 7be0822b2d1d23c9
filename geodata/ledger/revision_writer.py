"""Adding a revision to the ledger, inside the transaction of whoever adds it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from geodata.bulk_statements import execute_many
from geodata.ledger.concept_rows import SeriesOfUnits, concept_rows
from geodata.ledger.derivations import derivation_rows, hashed_texts
from geodata.ledger.ledger_records import CellChange, Revision, RevisionKind, SeriesKey, Writer
from geodata.ledger.listed_records import RecordChange, RecordKey
from geodata.ledger.metadata import ledger_state, new_id, to_json, utc_now
from geodata.ledger.record_rows import keep_current_records, record_change_row
from geodata.ledger.record_tables import new_place_categories, record_changes
from geodata.ledger.revision_rows import (
    change_row,
    hash_of_changes,
    hash_of_revision,
    read_revision,
    revision_row,
)
from geodata.ledger.revision_tables import (
    SERIES_COLUMNS,
    changes,
    current_figures,
    derivations,
    new_concepts,
    new_dimensions,
    new_indicators,
    new_themes,
    revisions,
    stated_concepts,
)
from geodata.model import Concept, Dimension, Indicator, PlaceCategory, Theme
from geodata.record_codec import to_row
from geodata.table_import.column_records import TableSource
from geodata.text_io import readable_text


@dataclass(frozen=True, slots=True)
class NewEntries:
    """What a revision brings along for the catalogue.

    Parameters
    ----------
    themes, indicators, place_categories, dimensions, concepts
        New ones.
    stated
        By which concept its figures are counted: an id, by what the figures of all units have in
        common; nothing for figures of which none is stated.
    """

    themes: Sequence[Theme] = ()
    indicators: Sequence[Indicator] = ()
    place_categories: Sequence[PlaceCategory] = ()
    dimensions: Sequence[Dimension] = ()
    concepts: Sequence[Concept] = ()
    stated: Mapping[SeriesOfUnits, str] = field(default_factory=dict)


NOTHING_NEW = NewEntries()


@dataclass(frozen=True, slots=True)
class ChangedRecords:
    """The records that a revision changes, and which of them the ledger has touched before."""

    made: Sequence[RecordChange] = ()
    known: Collection[RecordKey] = ()


NO_RECORDS = ChangedRecords()


@dataclass(frozen=True, slots=True)
class RevisionDraft:
    """A revision before it has a number; the fields are those of `Revision`.

    Without a ``base_version`` it is that of the revision before.
    """

    kind: RevisionKind
    writer: Writer
    counts: dict[str, int]
    request_id: str = ""
    undoes: int | None = None
    title: str = ""
    reason: str = ""
    source: TableSource = field(default_factory=TableSource)
    file_sha256: str = ""
    file_name: str = ""
    recipe: str = ""
    answers: object = None
    confirmed: dict[str, str] = field(default_factory=dict)
    base_version: str = ""


def append_revision(
    connection: Connection,
    draft: RevisionDraft,
    made: Sequence[CellChange],
    known: Collection[SeriesKey],
    *,
    brought: NewEntries = NOTHING_NEW,
    records: ChangedRecords = NO_RECORDS,
) -> Revision:
    """Write a revision, its changes and what holds since, and return it.

    Parameters
    ----------
    connection
        Of `geodata.ledger.database.writing`: the number comes from the row that it has locked.
    made
        The changes of figures; values that the revision brings have `next_number` for their origin.
    known
        Series that the ledger has touched before.
    brought
        What the revision brings along for the catalogue.
    records
        The changes of records, by the same rule.

    Raises
    ------
    InvalidInput
        A text that stands in it for good holds a control character.
    """
    _verify_texts(draft)
    number = next_number(connection)
    own = sorted(made, key=lambda change: change.key)
    listed = sorted(records.made, key=lambda change: change.key)
    rows = [change_row(number, change) for change in own]
    record_rows = [record_change_row(number, change) for change in listed]
    entries = _entry_rows(number, brought)
    revision = _numbered(connection, draft, number, hash_of_changes(rows, record_rows))
    derived = derivation_rows(number, own)
    stated = concept_rows(number, brought.stated)
    texts = [row["record"] for _, entered in entries for row in entered]
    texts += hashed_texts(derived) + hashed_texts(stated)
    revision = replace(revision, hash=hash_of_revision(revision_row(revision), texts))
    connection.execute(insert(revisions), revision_row(revision))
    execute_many(connection, insert(changes), rows)
    execute_many(connection, insert(record_changes), record_rows)
    for table, entered in entries:
        execute_many(connection, insert(table), entered)
    execute_many(connection, insert(derivations), derived)
    execute_many(connection, insert(stated_concepts), stated)
    _keep_current(connection, own, rows, known)
    keep_current_records(connection, number, listed, records.known)
    connection.execute(update(ledger_state).values(last_revision=number))
    return revision


def _verify_texts(draft: RevisionDraft) -> None:
    for name in ("title", "reason", "recipe"):
        readable_text(getattr(draft, name), name)
    for name, text in asdict(draft.source).items():
        readable_text(text, f"source-{name}")
    for code, reason in draft.confirmed.items():
        readable_text(reason, f"reason-{code}")


def next_number(connection: Connection) -> int:
    """The number that the next revision gets, in the transaction that writes it."""
    last = connection.execute(select(ledger_state.c.last_revision)).scalar_one()
    return int(last) + 1


def _numbered(connection: Connection, draft: RevisionDraft, number: int, digest: str) -> Revision:
    last = connection.execute(select(revisions).where(revisions.c.number == number - 1)).first()
    before = read_revision(last) if last else None
    return Revision(
        number=number,
        kind=draft.kind,
        request_id=draft.request_id or new_id(),
        undoes=draft.undoes,
        account_id=draft.writer.account_id,
        account_name=draft.writer.name,
        # A clock that was put back must not turn the order of the entries round.
        at=max(utc_now(), before.at if before else ""),
        title=draft.title,
        reason=draft.reason,
        source=draft.source,
        file_sha256=draft.file_sha256,
        file_name=draft.file_name,
        recipe=draft.recipe,
        answers=draft.answers,
        confirmed=draft.confirmed,
        base_version=draft.base_version or (before.base_version if before else ""),
        counts=draft.counts,
        changes_hash=digest,
        previous_hash=before.hash if before else "",
        hash="",
    )


def _entry_rows(number: int, brought: NewEntries) -> list[tuple[Table, list[dict[str, Any]]]]:
    def rows(
        records: Sequence[Theme | Indicator | PlaceCategory | Dimension | Concept],
    ) -> list[dict[str, Any]]:
        return [
            {"revision": number, "id": one.id, "position": n, "record": to_json(to_row(one))}
            for n, one in enumerate(records)
        ]

    return [
        (new_themes, rows(brought.themes)),
        (new_indicators, rows(brought.indicators)),
        (new_place_categories, rows(brought.place_categories)),
        (new_dimensions, rows(brought.dimensions)),
        (new_concepts, rows(brought.concepts)),
    ]


def _keep_current(
    connection: Connection,
    made: Sequence[CellChange],
    change_rows: Sequence[Mapping[str, Any]],
    known: Collection[SeriesKey],
) -> None:
    rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    names = {there: _key_names(there) for there in rows}
    for change, written in zip(made, change_rows, strict=True):
        there = change.key in known
        row: dict[str, Any] = dict(zip(names[there], change.key, strict=True))
        row["present"] = written["new_present"]
        row["value"] = written["new_value"]
        row["origin"] = written["new_origin"]
        row["last_revision"] = written["revision"]
        rows[there].append(row)
    table = current_figures.c
    same = [table[name] == bindparam(f"key_{name}") for name in SERIES_COLUMNS]
    execute_many(connection, insert(current_figures), rows[False])
    execute_many(connection, update(current_figures).where(*same), rows[True])


def _key_names(there: bool) -> list[str]:
    """Names of the key's parameters: an update compares with them, an insert sets them."""
    return [f"key_{name}" if there else name for name in SERIES_COLUMNS]
