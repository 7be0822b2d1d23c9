"""The addresses of the publishing pages, all below the landing page of an office."""

from __future__ import annotations

from portal.accounts.paths import OFFICE

TABLES = f"{OFFICE}/tables"
"""The tables an account handed in, each below it by its id."""
REVISIONS = f"{OFFICE}/revisions"
"""What was published, each revision below it by its number."""


def table_path(submission_id: str) -> str:
    """The review page of a table that was handed in."""
    return f"{TABLES}/{submission_id}"


def revision_path(number: int) -> str:
    """The page of a revision."""
    return f"{REVISIONS}/{number}"
