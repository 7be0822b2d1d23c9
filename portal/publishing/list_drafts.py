"""A draft that is a list of places or villages: told apart, read, previewed and published."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from geodata.broken_down import present_ids
from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.database import rehearsal
from geodata.ledger.ledger_records import PublicationRequest, Writer
from geodata.ledger.list_content import ListContent, ListPlan
from geodata.ledger.list_publishing import plan_list_publication, prepare_list_publication
from geodata.ledger.published_state import read_published
from geodata.ledger.saved_recipes import save_recipe
from geodata.ledger.served_dataset import ServedDataset
from geodata.ledger.served_store import villages_known
from geodata.ledger.submissions import Submission, file_of_submission
from geodata.list_import.list_recipe import list_recipe_of
from geodata.list_import.list_report import ListReport
from geodata.list_import.prepare_list import HandedIn, prepare_list, take_in
from geodata.locale_numbers import plain_integer
from geodata.store import Store, create_store
from geodata.table_import.list_answers import TableKind
from geodata.table_import.report_records import Answers
from portal.publications import PublicationService, WriteOutcome, rights_of
from portal.publishing.draft_publishing import LONGEST_NAME
from portal.table_readings import instance_reading


def kind_of_draft(service: PublicationService, submission: Submission) -> TableKind:
    """What the file of a draft lists; kept for each file and each answer."""
    said = submission.answers.lists.kind
    if said:
        return said
    key = (submission.file_sha256, submission.answers.sheet, service.store.info.version)
    return _found_kind(*key, _Draft(service, submission))


class _Draft:
    """A draft that counts for nothing in the key of what is kept."""

    def __init__(self, service: PublicationService, submission: Submission) -> None:
        self.service = service
        self.submission = submission

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Draft)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _found_kind(_sha256: str, _sheet: str, _version: str, draft: _Draft) -> TableKind:
    return _handed_in(draft.service, draft.submission).kind.kind


def _handed_in(service: PublicationService, submission: Submission) -> HandedIn:
    content = file_of_submission(service.ledger, submission.submission_id)
    served = service.served_dataset()
    return take_in(content, submission.file_name, served, submission.answers)


def read_list(service: PublicationService, submission: Submission) -> tuple[HandedIn, ListReport]:
    """Read the list of a draft as its answers say."""
    handed_in = _handed_in(service, submission)
    reading = instance_reading(service.ledger, service.settings)
    report = prepare_list(handed_in, submission.answers, service.served_dataset(), reading)
    return handed_in, report


def publishable_content(report: ListReport) -> ListContent:
    """What a list would bring.

    Raises
    ------
    InvalidInput
        It cannot be published yet.
    """
    if report.content is None or not report.publishable:
        raise InvalidInput(
            Message("The table cannot be published yet"),
            found=", ".join(sorted({f.code for f in report.findings if f.severity != "note"})),
            remedy=Message("Correct what the report calls an error and confirm the doubts"),
            where=report.file,
        )
    return report.content


def list_request(submission: Submission, content: bytes, title: str) -> PublicationRequest:
    """Who publishes what, with the file it was read from."""
    return PublicationRequest(
        writer=Writer(submission.account_id, submission.account_name),
        title=title,
        source=submission.answers.source,
        content=content,
    )


def plan_of(engine: Engine, served: ServedDataset, content: ListContent) -> ListPlan:
    """What publishing would change now."""
    return plan_list_publication(engine, served.shipped, content)


@contextmanager
def previewed_store(
    service: PublicationService, content: ListContent, request: PublicationRequest
) -> Iterator[Store]:
    """A store with exactly what would be published, seen by nobody else, gone with the block.

    Raises
    ------
    InvalidInput, Conflict, NotPermitted
        As publishing would.
    """
    shipped = service.served_dataset().shipped
    may = rights_of(service.store, request.writer.account_id)
    write = prepare_list_publication(shipped, content, request, may)
    with rehearsal(service.ledger) as connection:
        write(connection)
        published = read_published(connection, present_ids(shipped.catalogue.indicators))
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        villages = villages_known(shipped, published.villages)
        made = create_store(Path(folder) / "preview.gpkg", shipped, villages, published)
        with closing(made) as store:
            yield store


def publish_list_draft(
    service: PublicationService, submission: Submission, form: Mapping[str, str]
) -> WriteOutcome:
    """Publish a list as it was previewed.

    Parameters
    ----------
    form
        ``based_on`` and ``hash`` as the preview gave them, ``title``, ``note`` and ``recipe``; see
        `portal.publishing.draft_publishing.publish_draft`.

    Raises
    ------
    Conflict
        The list gives something else than the preview showed, or somebody changed one of its
        entries.
    InvalidInput
        It cannot be published.
    """
    handed_in, report = read_list(service, submission)
    content = publishable_content(report)
    request = replace(
        list_request(submission, handed_in.content, form.get("title", "")),
        note=form.get("note", ""),
        based_on=plain_integer(form.get("based_on", "")),
        preview_hash=form.get("hash", ""),
        request_id=submission.submission_id,
    )
    outcome = service.publish_list(
        content, request, rights_of(service.store, submission.account_id)
    )
    if name := form.get("recipe", "").strip()[:LONGEST_NAME]:
        save_recipe(service.ledger, list_recipe_of(report, name), request.writer)
    return outcome


def with_kind(answers: Answers, kind: TableKind) -> Answers:
    """Answers that say what the file lists; what was said of another kind stays for later."""
    return replace(answers, lists=replace(answers.lists, kind=kind))
