"""``/office/reports``: what readers reported about the units of an editor, and its answers."""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput, NotFound, NotPermitted
from geodata.i18n import Message
from geodata.ledger.account_records import Account
from geodata.ledger.account_rights import covers_unit, require_units
from geodata.ledger.database import reading, writing
from geodata.ledger.error_reports import (
    MOST_TEXT,
    STATES,
    Decision,
    ErrorReport,
    State,
    decide_report,
    list_reports,
    read_report,
)
from geodata.locale_numbers import plain_integer
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import answer_form, lead_to, office_page
from portal.accounts.paths import OFFICE
from portal.app_state import current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.pages.shared import read_page_params
from portal.parameters.types import choice_parameter
from portal.reports.subjects import SubjectWords, subject_words

INBOX = f"{OFFICE}/reports"
_STATE = choice_parameter("state", "State of the reports", STATES)
_DECISIONS: tuple[Decision, ...] = ("answered", "closed", "reopened")


@require_account()
def inbox() -> Response:
    """The reports of the account's units, those that wait first."""
    state = cast(State, read_page_params(_STATE).get("state", "open"))
    own = own_reports(required_account())
    counts = {each: sum(report.state == each for report in own) for each in STATES}
    shown = [report for report in own if report.state == state]
    return office_page(
        "reports.html", state=state, counts=counts, reports=[_row(report) for report in shown]
    )


@require_account()
def one_report(report_id: str) -> BaseResponse:
    """One report, and the form that answers it."""

    def draw(fault: InvalidInput | None) -> Response:
        report = _own_report(report_id)
        text = request.form.get("text", "") if fault else report.answer
        return office_page(
            "report_decision.html", fault, report=_row(report), text=text, most=MOST_TEXT
        )

    return answer_form(draw, lambda: _decide(report_id))


def own_reports(account: Account) -> list[ErrorReport]:
    """The reports about units of an account."""
    with reading(current_ledger()) as connection:
        found = list_reports(connection)
    return [report for report in found if _covers(account, report.subject.unit_id)]


def _covers(account: Account, unit_id: str) -> bool:
    try:
        return covers_unit(current_store(), account.communes, unit_id)
    except NotFound:  # A unit of an earlier dataset: those who may write for all look after it.
        return False


def _own_report(report_id: str) -> ErrorReport:
    with reading(current_ledger()) as connection:
        report = read_report(connection, report_id)
    if not _covers(required_account(), report.subject.unit_id):
        raise NotPermitted(
            Message("The account may not write for these units"),
            found=report.subject.unit_id,
            remedy=Message("Ask an administrator of the portal"),
        )
    return report


def _decide(report_id: str) -> BaseResponse:
    decision = request.form.get("decision", "")
    if decision not in _DECISIONS:
        raise InvalidInput(Message("There is no such decision"), found=decision, allowed=_DECISIONS)
    account, seen = required_account(), plain_integer(request.form.get("seen", ""))
    with writing(current_ledger()) as connection:
        report = read_report(connection, report_id)
        unit_id = report.subject.unit_id
        require_units(connection, current_store(), account.account_id, [unit_id])
        decide_report(
            connection,
            report_id,
            account.account_id,
            decision,
            text=request.form.get("text", ""),
            seen=-1 if seen is None else seen,
        )
    return lead_to(INBOX)


def _row(report: ErrorReport) -> dict[str, object]:
    language = current_language()
    words: SubjectWords = subject_words(current_store(), report.subject, language)
    return {
        "id": report.report_id,
        "at": local_time_text(report.at, language),
        "words": words,
        "value_then": report.value_text,
        "text": report.text,
        "state": report.state,
        "number": report.decision_number,
        "decided_at": local_time_text(report.decided_at, language),
        "decided_by": report.decided_by,
    }


def init_app(app: Flask) -> None:
    """Route the inbox."""
    app.add_url_rule(INBOX, "reports", inbox)
    rule = f"{INBOX}/<report_id>"
    app.add_url_rule(rule, "report_decision", one_report, methods=["GET", "POST"])
