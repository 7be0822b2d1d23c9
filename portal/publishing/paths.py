"""The addresses of the publishing pages, all below the landing page of an office."""

from __future__ import annotations

from portal.accounts.paths import OFFICE

TABLES = f"{OFFICE}/tables"
"""The tables an account handed in, each below it by its id."""
REVISIONS = f"{OFFICE}/revisions"
"""What was published, each revision below it by its number."""

DEFINITIONS = f"{OFFICE}/indicators"
"""The indicators that tables brought, each below it by its id."""


def table_path(submission_id: str) -> str:
    """The review page of a table that was handed in."""
    return f"{TABLES}/{submission_id}"


def revision_path(number: int) -> str:
    """The page of a revision."""
    return f"{REVISIONS}/{number}"


def definition_path(indicator_id: str) -> str:
    """The page on which an indicator that a table brought is defined otherwise."""
    return f"{DEFINITIONS}/{indicator_id}"
