"""Tables on their way to being published: drafts that can be taken up again, with their files.

A draft is changed as often as its account likes. What is published of it is entered in the ledger
once, under the draft's id: `geodata.ledger.publishing.publish` takes it as ``request_id``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from geodata.errors import Conflict, NotFound
from geodata.i18n import Message
from geodata.ledger.database import reading, writing
from geodata.ledger.ledger_records import Writer
from geodata.ledger.metadata import from_json, new_id, to_json, utc_now, utc_text
from geodata.ledger.revision_rows import number_text
from geodata.ledger.revision_tables import revisions, source_files, submissions
from geodata.ledger.source_file import store_file
from geodata.table_import.answers_json import answers_document, answers_of
from geodata.table_import.column_records import TableSource
from geodata.table_import.report_records import Answers, ImportReport

SubmissionState = Literal["draft", "waiting", "returned", "published", "withdrawn"]

KEPT_DAYS = 30
"""Days after which a draft lapses that nobody has touched."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A table that an account is about to publish.

    Parameters
    ----------
    answers
        What has been said about it.
    based_on
        Number of the last revision when the preview was made.
    preview_hash
        `hash_of_preview` of what the account saw; empty before.
    created_at, changed_at
        UTC, ISO 8601.
    """

    submission_id: str
    account_id: str
    account_name: str
    file_sha256: str
    file_name: str
    recipe: str = ""
    answers: Answers = field(default_factory=Answers)
    based_on: int = 0
    preview_hash: str = ""
    state: SubmissionState = "draft"
    title: str = ""
    source: TableSource = field(default_factory=TableSource)
    note: str = ""
    created_at: str = ""
    changed_at: str = ""


def start_submission(
    engine: Engine, writer: Writer, file_name: str, content: bytes, media_type: str = ""
) -> Submission:
    """Keep an uploaded file as a new draft."""
    now = utc_now()
    with writing(engine) as connection:
        made = Submission(
            submission_id=new_id(),
            account_id=writer.account_id,
            account_name=writer.name,
            file_sha256=store_file(connection, file_name, content, media_type),
            file_name=file_name,
            created_at=now,
            changed_at=now,
        )
        connection.execute(insert(submissions), _row(made))
    return made


def save_submission(engine: Engine, submission: Submission) -> None:
    """Keep what has been said about a draft; its account and file stay as they are.

    Raises
    ------
    NotFound
        There is no such draft any more.
    Conflict
        It is published already.
    FileFault
        The answers are none that could be read again.
    """
    row = _row(submission)
    answers_of(from_json(row["answers"]))
    fixed = ("id", "account_id", "account_name", "file_sha256", "file_name", "created_at")
    changed = {name: value for name, value in row.items() if name not in fixed}
    with writing(engine) as connection:
        found = read_submission(connection, submission.submission_id)
        if found.state == "published":
            raise Conflict(Message("The draft is published already"), found=found.title)
        of_it = submissions.c.id == submission.submission_id
        connection.execute(
            update(submissions).where(of_it).values(changed | {"changed_at": utc_now()})
        )


def read_submission(connection: Connection, submission_id: str) -> Submission:
    """A draft, or what became of it.

    Raises
    ------
    NotFound
        There is none of this id.
    """
    row = connection.execute(select(submissions).where(submissions.c.id == submission_id)).first()
    if row is None:
        what = Message("There is no such draft")
        remedy = Message("Upload the file again; drafts lapse after {n} days", n=KEPT_DAYS)
        raise NotFound(what, found=submission_id, remedy=remedy)
    return _submission(row)


def list_submissions(
    engine: Engine, account_id: str | None = None, states: Collection[SubmissionState] = ()
) -> tuple[Submission, ...]:
    """Drafts of an account or of all, in some states or any, the last changed first."""
    query = select(submissions).order_by(submissions.c.changed_at.desc())
    if account_id is not None:
        query = query.where(submissions.c.account_id == account_id)
    if states:
        query = query.where(submissions.c.state.in_(states))
    with reading(engine) as connection:
        return tuple(_submission(row) for row in connection.execute(query))


def file_of_submission(engine: Engine, submission_id: str) -> bytes:
    """The bytes of a draft's file.

    Raises
    ------
    NotFound
        There is no draft of this id.
    """
    with reading(engine) as connection:
        found = read_submission(connection, submission_id)
        of_it = source_files.c.sha256 == found.file_sha256
        return bytes(connection.execute(select(source_files.c.content).where(of_it)).scalar_one())


def remove_lapsed(engine: Engine, now: dt.datetime | None = None) -> int:
    """Remove drafts that nobody touched for `KEPT_DAYS`, with files that nothing else needs.

    Returns
    -------
    int
        How many drafts.
    """
    now = now or dt.datetime.now(dt.UTC)
    limit = utc_text(now - dt.timedelta(days=KEPT_DAYS))
    with writing(engine) as connection:
        table = submissions.c
        lapsed = (table.changed_at < limit) & (table.state != "published")
        count = connection.execute(delete(submissions).where(lapsed)).rowcount
        needed = select(table.file_sha256).union(
            select(revisions.c.file_sha256).where(revisions.c.file_sha256.is_not(None))
        )
        connection.execute(delete(source_files).where(source_files.c.sha256.not_in(needed)))
    return count


def hash_of_preview(report: ImportReport) -> str:
    """SHA-256 over what a preview shows of a report: two that differ in a figure differ in it."""
    cells = [
        [v.unit_id, v.indicator, v.dimensions, v.period, v.status,
         v.category or number_text(v.value), v.marker, v.raw, bool(v.doubt)]
        for v in report.values
    ]  # fmt: skip
    return hashlib.sha256(to_json([report.sha256, cells]).encode()).hexdigest()


def _row(submission: Submission) -> dict[str, Any]:
    row = asdict(submission)
    row["id"] = row.pop("submission_id")
    row["answers"] = to_json(answers_document(submission.answers))
    row["source"] = to_json(asdict(submission.source))
    return row


def _submission(row: Row[Any]) -> Submission:
    fields = dict(row._mapping)
    fields["submission_id"] = fields.pop("id")
    fields["answers"] = answers_of(from_json(fields["answers"]))
    fields["source"] = TableSource(**from_json(fields["source"]))
    return Submission(**fields)
