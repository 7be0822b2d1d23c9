"""Publishing a list of places or villages: whole or not at all, as `geodata.ledger.publishing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import Connection, Engine, select

from geodata.dataset import Dataset
from geodata.errors import Conflict, InvalidInput
from geodata.i18n import Message
from geodata.ledger.conflicts import verify_new_categories, verify_records_unchanged
from geodata.ledger.database import reading, writing
from geodata.ledger.ledger_records import PublicationRequest, Receipt, RightsCheck
from geodata.ledger.list_content import COMPLETE, ListContent, ListPlan, hash_of_list, place_content
from geodata.ledger.listed_records import (
    NO_RECORD,
    RecordChange,
    RecordKey,
    RecordState,
)
from geodata.ledger.publishing import (
    close_submission,
    draft_of_request,
    find_request,
    keep_file,
    publications_of_file,
)
from geodata.ledger.record_differences import counts_of_records
from geodata.ledger.record_tables import current_records
from geodata.ledger.revision_writer import (
    ChangedRecords,
    RevisionDraft,
    append_revision,
    next_number,
)
from geodata.table_import.column_records import TableSource


class ShippedRecords:
    """The records of the shipped dataset, which stand beneath those of the ledger."""

    def __init__(self, dataset: Dataset) -> None:
        self.contents = {RecordKey("place", one.id): place_content(one) for one in dataset.places}
        self.contents |= {
            RecordKey("complete", one.id): COMPLETE
            for one in dataset.catalogue.place_categories.values()
            if one.complete
        }

    def state(self, key: RecordKey) -> RecordState:
        """What the dataset ships under a key."""
        return RecordState(0, self.contents.get(key, ""))


def publish_list(
    engine: Engine,
    dataset: Dataset,
    content: ListContent,
    request: PublicationRequest,
    may: RightsCheck,
) -> Receipt:
    """Write a list to the ledger as one revision; records that hold already are only counted.

    Parameters
    ----------
    dataset
        As it is shipped.
    content, request, may
        As for `geodata.ledger.publishing.publish`.

    Raises
    ------
    InvalidInput
        It has no title, or nothing would change.
    PublicationConflict
        Somebody changed a record of the list since the preview was made.
    Conflict
        The list would give another result than the preview showed.
    StoreFault
        The ledger cannot be written.
    """
    write = prepare_list_publication(dataset, content, request, may)
    with writing(engine) as connection:
        return write(connection)


def prepare_list_publication(
    dataset: Dataset, content: ListContent, request: PublicationRequest, may: RightsCheck
) -> Callable[[Connection], Receipt]:
    """What `publish_list` does, to be done in a transaction that may be a rehearsal."""
    _verify_preview(content, request)
    shipped = ShippedRecords(dataset)

    def write(connection: Connection) -> Receipt:
        held = _Held(connection, shipped)
        made = held.changes(content, next_number(connection))
        may(connection, _units(content, made, dataset))
        if repeated := find_request(connection, request.request_id, request.writer.account_id):
            return Receipt(repeated, repeated=True)
        verify_new_categories(connection, content.brought.place_categories)
        if request.based_on is not None:
            keys = content.records.keys() | {change.key for change in made}
            verify_records_unchanged(connection, keys, request.based_on)
        if not made:
            raise _nothing_new(content)
        same = publications_of_file(connection, content.sha256)
        draft = _draft(content, request, dataset, held.counts(content, made))
        keep_file(connection, request, content.file, content.sha256)
        records = ChangedRecords(made, held.touched)
        revision = append_revision(
            connection, draft, [], (), brought=content.brought, records=records
        )
        close_submission(connection, request.request_id)
        return Receipt(revision, same_file=tuple(same))

    return write


def plan_list_publication(engine: Engine, dataset: Dataset, content: ListContent) -> ListPlan:
    """What publishing a list would do now, record by record; nothing is written."""
    with reading(engine) as connection:
        held, number = _Held(connection, ShippedRecords(dataset)), next_number(connection)
        made = held.changes(content, number)
        return ListPlan(
            based_on=number - 1,
            changes=tuple(sorted(made, key=lambda change: change.key)),
            counts=held.counts(content, made),
            same_file=tuple(publications_of_file(connection, content.sha256)),
        )


class _Held:
    """What holds for all records, by the ledger and by the dataset beneath it."""

    def __init__(self, connection: Connection, shipped: ShippedRecords) -> None:
        self._shipped = shipped
        self._current: dict[RecordKey, RecordState] = {}
        for row in connection.execute(select(current_records)):
            self._current[RecordKey(row.kind, row.id)] = RecordState(row.origin, row.content)

    @property
    def touched(self) -> frozenset[RecordKey]:
        """The records that the ledger has touched."""
        return frozenset(self._current)

    def state(self, key: RecordKey) -> RecordState:
        """What holds for a record: the ledger's word, else what is shipped."""
        state = self._current.get(key, NO_RECORD)
        return state if state.origin else self._shipped.state(key)

    def changes(self, content: ListContent, number: int) -> list[RecordChange]:
        """The records that a list would change, ``number`` being that of its revision."""
        made = []
        for key, listed in content.records.items():
            old = self.state(key)
            if old.content != listed.content:
                new = RecordState(number, listed.content)
                made.append(RecordChange(key, old, new, listed.sheet, listed.address))
        gone = RecordState(number, "")
        made += [RecordChange(key, self.state(key), gone) for key in self._left_out(content)]
        return made

    def _left_out(self, content: ListContent) -> Iterable[RecordKey]:
        """Places of the list's scope that it does not name."""
        if not content.scope.categories:
            return
        for key in sorted(self._current.keys() | self._shipped.contents.keys()):
            if key.kind == "place" and key not in content.records:
                state = self.state(key)
                if state.present and content.scope.holds(state.document):
                    yield key

    def counts(self, content: ListContent, made: list[RecordChange]) -> dict[str, int]:
        """The counts of a revision with these changes."""
        return counts_of_records(made, {key: one.content for key, one in content.records.items()})


def _units(content: ListContent, made: list[RecordChange], dataset: Dataset) -> set[str]:
    """The units that a list is written for: a complete list of places speaks of every commune."""
    units: set[str] = set()
    for change in made:
        units |= change.unit_ids
    for key, listed in content.records.items():
        units |= RecordChange(key, NO_RECORD, RecordState(1, listed.content)).unit_ids
    if content.scope.communes is None:
        today = (u for u in dataset.units if u.level == "commune" and u.valid_to is None)
        units |= {unit.unit_id for unit in today}
    return units | (content.scope.communes or set())


def _verify_preview(content: ListContent, request: PublicationRequest) -> None:
    if request.preview_hash and request.preview_hash != hash_of_list(content):
        raise Conflict(
            Message("The list gives something else now than the preview showed"),
            remedy=Message("Look at the new preview and publish again"),
            where=content.file,
        )


def _nothing_new(content: ListContent) -> InvalidInput:
    return InvalidInput(
        Message("Nothing would change: all {n} entries of the list are published already (L04)",
                n=len(content.records)),
        remedy=Message("Check whether this is the right file"),
        where=content.file,
    )  # fmt: skip


def _draft(
    content: ListContent, request: PublicationRequest, dataset: Dataset, counts: dict[str, int]
) -> RevisionDraft:
    return replace(
        draft_of_request(request, counts, TableSource(request.title)),
        file_sha256=content.sha256 if request.content else "",
        file_name=content.file,
        answers=content.answers,
        recipe=content.recipe,
        confirmed=dict(content.confirmed),
        base_version=dataset.info.version,
    )
