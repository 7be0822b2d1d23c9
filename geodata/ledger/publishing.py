"""Publishing a table or computed figures: whole or not at all, in one transaction of the ledger.

The served store is made of the ledger afterwards (`geodata.ledger.served_store`): what is written
here holds even if that fails, and is made up for later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, Engine, select, update

from geodata.collection_pause import collection_pause
from geodata.errors import Conflict, InvalidInput
from geodata.i18n import Message
from geodata.ledger.concept_rows import SeriesOfUnits, series_of_units
from geodata.ledger.conflicts import verify_new_indicators, verify_unchanged
from geodata.ledger.current_cells import ShippedFigures, holding, read_current
from geodata.ledger.database import reading, writing
from geodata.ledger.definitions import with_later_definitions
from geodata.ledger.derived_figures import DerivedFigures
from geodata.ledger.ledger_records import (
    Cell,
    CellChange,
    PublicationPlan,
    PublicationRequest,
    Receipt,
    Revision,
    RightsCheck,
    SeriesKey,
)
from geodata.ledger.metadata import utc_now
from geodata.ledger.publication_content import (
    NewFigure,
    PublicationContent,
    content_of_derived,
    content_of_report,
)
from geodata.ledger.revision_rows import read_revision
from geodata.ledger.revision_tables import revisions, submissions
from geodata.ledger.revision_writer import (
    ChangedRecords,
    RevisionDraft,
    append_revision,
    next_number,
)
from geodata.ledger.series_keys import kept_keys
from geodata.ledger.source_file import store_file
from geodata.ledger.submissions import hash_of_preview
from geodata.store import Store
from geodata.table_import.column_records import TableSource
from geodata.table_import.report_records import ImportReport


@collection_pause()
def publish(
    engine: Engine,
    store: Store,
    report: ImportReport,
    request: PublicationRequest,
    may: RightsCheck,
) -> Receipt:
    """Write the figures of a report to the ledger as one revision.

    A blank cell erases nothing. Cells that hold the value already are counted, not written.

    Parameters
    ----------
    engine
        The ledger.
    store
        The served store: its units, its catalogue and the shipped figures beneath the ledger.
    report
        What the reading of the table came to.
    request
        Who publishes it, under which title, from which document.
    may
        Asked in the transaction whether the account may write for all units of the table.

    Returns
    -------
    Receipt
        Of the first time where the same request was carried out before.

    Raises
    ------
    InvalidInput
        The report may not be published, a figure names what the store does not know, or nothing
        would change.
    PublicationConflict
        Somebody changed a cell of the table since the preview was made.
    StoreFault
        The ledger cannot be written.
    """
    write = prepare_publication(store, report, request, may)
    with writing(engine) as connection:
        return write(connection)


def prepare_publication(
    store: Store, report: ImportReport, request: PublicationRequest, may: RightsCheck
) -> Callable[[Connection], Receipt]:
    """Verify a publication as far as can be done without the ledger.

    Parameters and refusals are those of `publish`.

    Returns
    -------
    callable
        Does the rest in the transaction it is given.
    """
    content = content_of_report(report, store)
    _verify_preview(report, request)
    return _prepared(store, content, request, may)


@collection_pause()
def publish_derived(
    engine: Engine,
    store: Store,
    derived: DerivedFigures,
    request: PublicationRequest,
    may: RightsCheck,
) -> Receipt:
    """Write computed figures to the ledger as one revision, with how each was computed.

    As `publish`, whose other parameters and refusals it has.

    Raises
    ------
    InvalidInput
        A value is impossible or does not say how it was computed, a figure names what the store
        does not know, or nothing would change.
    """
    write = prepare_derived(store, derived, request, may)
    with writing(engine) as connection:
        return write(connection)


def prepare_derived(
    store: Store, derived: DerivedFigures, request: PublicationRequest, may: RightsCheck
) -> Callable[[Connection], Receipt]:
    """`prepare_publication` for computed figures."""
    return _prepared(store, content_of_derived(derived, store), request, may)


def _prepared(
    store: Store, content: PublicationContent, request: PublicationRequest, may: RightsCheck
) -> Callable[[Connection], Receipt]:
    shipped = ShippedFigures(store)

    def write(connection: Connection) -> Receipt:
        figures = _kept_figures(connection, store, content)
        may(connection, {key.unit_id for key in figures})
        if repeated := find_request(connection, request.request_id, request.writer.account_id):
            return Receipt(repeated, repeated=True)
        verify_new_indicators(connection, content.brought.indicators)
        if request.based_on is not None:
            verify_unchanged(connection, figures, request.based_on)
        current = read_current(connection, figures)
        number = next_number(connection)
        made = _changes(figures, current, shipped, number)
        if not made:
            raise _nothing_new(content)
        same = publications_of_file(connection, content.sha256)
        draft = _draft(content, request, store, _counts(content, made))
        keep_file(connection, request, content.file, content.sha256)
        defined = with_later_definitions(connection, content.brought.indicators, number)
        revision = append_revision(
            connection,
            draft,
            made,
            current.keys(),
            brought=replace(content.brought, stated=_stated(figures, made)),
            records=ChangedRecords(defined, {change.key for change in defined}),
        )
        close_submission(connection, request.request_id)
        return Receipt(revision, same_file=tuple(same))

    return write


def plan_publication(engine: Engine, store: Store, report: ImportReport) -> PublicationPlan:
    """What publishing a report would do now, cell by cell; nothing is written.

    Raises
    ------
    InvalidInput
        The report may not be published, or a figure names what the store does not know.
    """
    return _plan(engine, store, content_of_report(report, store))


def plan_derived(engine: Engine, store: Store, derived: DerivedFigures) -> PublicationPlan:
    """`plan_publication` for computed figures."""
    return _plan(engine, store, content_of_derived(derived, store))


def _plan(engine: Engine, store: Store, content: PublicationContent) -> PublicationPlan:
    with reading(engine) as connection:
        figures = _kept_figures(connection, store, content)
        current, number = read_current(connection, figures), next_number(connection)
        made = _changes(figures, current, ShippedFigures(store), number)
        return PublicationPlan(
            based_on=number - 1,
            changes=tuple(sorted(made, key=lambda change: change.key)),
            counts=_counts(content, made),
            same_file=tuple(publications_of_file(connection, content.sha256)),
        )


def last_revision(engine: Engine) -> int:
    """Number of the last revision: what a preview that is made now is based on."""
    with reading(engine) as connection:
        return next_number(connection) - 1


def publications_of_file(connection: Connection, sha256: str) -> list[Revision]:
    """Publications of a file with these very bytes, the last first."""
    if not sha256:
        return []
    query = select(revisions).where(revisions.c.file_sha256 == sha256)
    rows = connection.execute(query.order_by(revisions.c.number.desc()))
    return [read_revision(row) for row in rows]


def find_request(connection: Connection, request_id: str, account_id: str) -> Revision | None:
    """The revision that a request made; None where it made none yet.

    Raises
    ------
    Conflict
        Another account has used the id.
    """
    if not request_id:
        return None
    row = connection.execute(select(revisions).where(revisions.c.request_id == request_id)).first()
    if row is None:
        return None
    if row.account_id != account_id:
        what = Message("Another account has carried out this request")
        raise Conflict(what, found=row.account_name)
    return read_revision(row)


def _verify_preview(report: ImportReport, request: PublicationRequest) -> None:
    if request.preview_hash and request.preview_hash != hash_of_preview(report):
        raise Conflict(
            Message("The table gives other figures now than the preview showed"),
            remedy=Message("Look at the new preview and publish again"),
            where=report.file,
        )


def _kept_figures(
    connection: Connection, store: Store, content: PublicationContent
) -> dict[SeriesKey, NewFigure]:
    """The figures by the keys under which the ledger keeps their cells."""
    kept = kept_keys(connection, store, content.figures.keys())
    return {kept[key]: figure for key, figure in content.figures.items()}


def _changes(
    figures: Mapping[SeriesKey, NewFigure],
    current: dict[SeriesKey, tuple[Cell, int]],
    shipped: ShippedFigures,
    number: int,
) -> list[CellChange]:
    """The cells that would hold another value, with ``number`` for the origin of the new ones."""
    made = []
    for key, figure in figures.items():
        old = holding(key, current, shipped)
        new = figure.cell(number)
        if old.told != new.told:
            kept = (figure.doubt, figure.sheet, figure.address, figure.raw, figure.derivation)
            made.append(CellChange(key, old, new, *kept))
    return made


def _stated(
    figures: Mapping[SeriesKey, NewFigure], made: Iterable[CellChange]
) -> dict[SeriesOfUnits, str]:
    """The concepts that the figures of the changes state, by what units have in common."""
    named = ((series_of_units(change.key), figures[change.key].concept) for change in made)
    return {series: concept for series, concept in named if concept}


def _nothing_new(content: PublicationContent) -> InvalidInput:
    n = len(content.figures)
    return InvalidInput(
        Message("Nothing would change: all {n} values are published already (L04)", n=n),
        remedy=Message("Check whether this is the right file"),
        where=content.file,
    )


def _counts(content: PublicationContent, made: list[CellChange]) -> dict[str, int]:
    kinds = Counter("changed" if change.old.present else "added" for change in made)
    return {
        "added": kinds["added"],
        "changed": kinds["changed"],
        "removed": 0,
        "unchanged": len(content.figures) - len(made),
        "blank": content.blank,
        "doubtful": sum(bool(change.doubt) for change in made),
    }


def _draft(
    content: PublicationContent, request: PublicationRequest, store: Store, counts: dict[str, int]
) -> RevisionDraft:
    draft = draft_of_request(request, counts, content.source)
    return replace(
        draft,
        file_sha256=content.sha256 if request.content else "",
        file_name=content.file,
        recipe=content.recipe,
        answers=content.answers,
        confirmed=content.confirmed,
        base_version=store.info.shipped_version,
    )


def draft_of_request(
    request: PublicationRequest, counts: dict[str, int], source: TableSource
) -> RevisionDraft:
    """The revision that a request to publish asks for, without what its file says.

    Parameters
    ----------
    source
        Taken where the request names none.

    Raises
    ------
    InvalidInput
        It has no title.
    """
    if not request.title.strip():
        what = Message("The publication has no title")
        raise InvalidInput(what, remedy=Message("Say in a few words what is published"))
    return RevisionDraft(
        kind="import",
        writer=request.writer,
        counts=counts,
        request_id=request.request_id,
        title=request.title.strip(),
        reason=request.note.strip(),
        source=request.source if request.source != TableSource() else source,
    )


def keep_file(connection: Connection, request: PublicationRequest, file: str, sha256: str) -> None:
    """Keep the bytes that a publication was read from, where the request brings them."""
    if request.content:
        store_file(connection, file, request.content, request.media_type, sha256)


def close_submission(connection: Connection, request_id: str) -> None:
    """The draft of a publication, where it had one, is a draft no more."""
    of_it = submissions.c.id == request_id
    closed = {"state": "published", "changed_at": utc_now()}
    connection.execute(update(submissions).where(of_it).values(closed))
