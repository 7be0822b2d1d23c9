"""The drafts of the account that asks: found by their address, changed by what is said of them."""

from __future__ import annotations

from dataclasses import replace

from geodata.errors import NotFound
from geodata.i18n import Message
from geodata.ledger.database import reading
from geodata.ledger.submissions import Submission, read_submission, save_submission
from geodata.table_import.report_records import Answers
from portal.accounts.access import required_account
from portal.ledger_engine import current_ledger


def own_submission(submission_id: str) -> Submission:
    """The table of an address, if it is the account's own.

    Raises
    ------
    NotFound
        It is not, or has lapsed.
    """
    with reading(current_ledger()) as connection:
        found = read_submission(connection, submission_id)
    if found.account_id != required_account().account_id:
        raise NotFound(
            Message("There is no such table among yours"),
            found=submission_id,
            remedy=Message("Hand the file in again"),
        )
    return found


def save_answers(submission: Submission, answers: Answers) -> None:
    """Keep what was said about a draft."""
    said = replace(submission, answers=answers, title=answers.source.title, source=answers.source)
    save_submission(current_ledger(), said)
