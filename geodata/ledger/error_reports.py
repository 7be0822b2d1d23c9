"""Errors that readers report in a figure or a border, and what editors answer.

A report names no person and nobody is written to: what an editor answers stands beside the figure.
Reports are read by editors alone, since anybody may write anything into them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Message
from geodata.ledger.account_tables import accounts, error_report_answers, error_reports
from geodata.ledger.metadata import new_id, utc_now

Decision = Literal["answered", "closed", "reopened"]
State = Literal["open", "answered", "closed"]
STATES: tuple[State, ...] = ("open", "answered", "closed")
LEAST_TEXT, MOST_TEXT = 10, 2000
"""Characters of a report and of an answer."""
MOST_OPEN = 2000
"""Reports that may wait for an answer; more are refused, so that nobody fills the ledger."""
_answers, _reports = error_report_answers.c, error_reports.c


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: a figure, or the border of a unit where the last three are empty."""

    unit_id: str
    indicator: str = ""
    period: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A report with what was decided about it last.

    Parameters
    ----------
    value_text
        The figure as it was shown when it was reported.
    decision_number
        Of the last decision; 0 without one. It goes up with every decision.
    decided_at, decided_by
        Time and label of the account of the last decision; empty without one.
    answer
        What is published of it; empty unless the report is answered.
    """

    report_id: str
    at: str
    subject: Subject
    value_text: str
    text: str
    state: State
    decision_number: int
    decided_at: str
    decided_by: str
    answer: str


def add_report(connection: Connection, subject: Subject, value_text: str, text: str) -> str:
    """Keep what a reader reports; its id.

    Raises
    ------
    InvalidInput
        It says too little or too much, or too many wait for an answer.
    """
    text = _read_text(text)
    if _count_open(connection) >= MOST_OPEN:
        raise InvalidInput(
            Message("More reports wait for an answer than the portal keeps"),
            remedy=Message("Try again in a few days, or write to the office"),
        )
    row = {
        "id": new_id(),
        "at": utc_now(),
        "unit_id": subject.unit_id,
        "indicator": subject.indicator,
        "period": subject.period,
        "status": subject.status,
        "value_text": value_text,
        "text": text,
    }
    connection.execute(insert(error_reports), row)
    return str(row["id"])


def list_reports(connection: Connection, state: State | None = None) -> list[ErrorReport]:
    """The reports, of one state or of all, newest first."""
    rows = connection.execute(_with_decisions().order_by(_reports.at.desc()))
    found = [_report(row) for row in rows]
    return [each for each in found if state in (None, each.state)]


def read_report(connection: Connection, report_id: str) -> ErrorReport:
    """One report.

    Raises
    ------
    NotFound
        There is none of this id.
    """
    row = connection.execute(_with_decisions().where(_reports.id == report_id)).first()
    if row is None:
        raise NotFound(Message("There is no such report"), found=report_id)
    return _report(row)


def decide_report(
    connection: Connection,
    report_id: str,
    account_id: str,
    decision: Decision,
    *,
    text: str = "",
    seen: int,
) -> None:
    """Answer a report, close it without an answer, or open it again.

    Parameters
    ----------
    text
        The answer, which is published.
    seen
        `ErrorReport.decision_number` of the report that the editor had before the eyes.

    Raises
    ------
    NotFound
        There is no such report.
    InvalidInput
        The answer says too little or too much, or somebody else has decided meanwhile.
    """
    report = read_report(connection, report_id)
    if report.decision_number != seen:
        raise InvalidInput(
            Message("Somebody else has decided about this report meanwhile"),
            found=report.decided_by,
            remedy=Message("Read what was decided and decide again"),
        )
    row = {
        "report_id": report_id,
        "at": utc_now(),
        "account_id": account_id,
        "decision": decision,
        "text": _read_text(text) if decision == "answered" else "",
    }
    connection.execute(insert(error_report_answers), row)


def published_answers(connection: Connection, unit_id: str) -> list[ErrorReport]:
    """The reports about a unit that were answered, newest answer first."""
    query = _with_decisions().where(_reports.unit_id == unit_id, _answers.decision == "answered")
    return [_report(row) for row in connection.execute(query.order_by(_answers.number.desc()))]


def answers_revision(connection: Connection, unit_id: str) -> int:
    """A number that changes whenever the answers about a unit do; 0 without any."""
    query = select(func.max(_answers.number)).join(error_reports, _reports.id == _answers.report_id)
    return connection.execute(query.where(_reports.unit_id == unit_id)).scalar() or 0


def _count_open(connection: Connection) -> int:
    waiting = _answers.decision.is_(None) | (_answers.decision == "reopened")
    found = _with_decisions().where(waiting).subquery()
    return int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def _with_decisions() -> Select[Any]:
    """Every report beside its last decision and who made it."""
    others = error_report_answers.alias()
    own = select(func.max(others.c.number)).where(others.c.report_id == _reports.id)
    last = own.correlate(error_reports).scalar_subquery()
    joined = error_reports.outerjoin(error_report_answers, _answers.number == last)
    joined = joined.outerjoin(accounts, accounts.c.id == _answers.account_id)
    return select(
        *error_reports.columns,
        _answers.number.label("number"),
        _answers.at.label("decided_at"),
        _answers.decision.label("decision"),
        _answers.text.label("answer"),
        accounts.c.name,
        accounts.c.full_name,
    ).select_from(joined)


def _report(row: Row[Any]) -> ErrorReport:
    state: State = row.decision if row.decision in ("answered", "closed") else "open"
    return ErrorReport(
        report_id=row.id,
        at=row.at,
        subject=Subject(row.unit_id, row.indicator, row.period, row.status),
        value_text=row.value_text,
        text=row.text,
        state=state,
        decision_number=row.number or 0,
        decided_at=row.decided_at or "",
        decided_by=row.full_name or row.name or "",
        answer=row.answer or "",
    )


def _read_text(text: str) -> str:
    """A text of several lines, as a form sends it, without signs that are not printed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    clean = "\n".join("".join(c for c in line if c.isprintable()).rstrip() for line in lines)
    if not LEAST_TEXT <= len(clean) <= MOST_TEXT:
        raise InvalidInput(
            Message("The text is too short or too long"),
            allowed=Message("{low} to {high} characters", low=LEAST_TEXT, high=MOST_TEXT),
            where="text",
        )
    return clean
