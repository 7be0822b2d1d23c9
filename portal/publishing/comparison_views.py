"""``/office/revisions/compare``: two states of the ledger, cell by cell."""

from __future__ import annotations

from flask import Flask, Response, request

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import Message
from geodata.ledger.history import diff, diff_records
from geodata.ledger.ledger_records import CellDifference
from geodata.ledger.listed_records import RecordDifference
from geodata.locale_numbers import plain_integer
from portal.accounts.access import require_account
from portal.accounts.pages import office_page
from portal.app_state import current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.publishing.change_rows import difference_rows
from portal.publishing.list_documents import record_difference_rows
from portal.publishing.paths import REVISIONS

MOST_CELLS = 1000
"""Cells that the page lists."""


@require_account()
def compare_revisions() -> Response:
    """The cells that differ between the states after two revisions."""
    texts = {name: request.args.get(name, "").strip() for name in ("before", "after")}
    cells: tuple[CellDifference, ...] = ()
    records: tuple[RecordDifference, ...] = ()
    fault: InvalidInput | None = None
    if all(texts.values()):
        try:
            before, after = (_number(name, text) for name, text in texts.items())
            cells = diff(current_ledger(), before, after, current_store())
            records = diff_records(current_ledger(), before, after)
        except PortalError as refusal:
            # Also a number there is none of: it is told beside the form, not on a page of its own.
            fault = InvalidInput(
                refusal.what, refusal.found, refusal.allowed, refusal.remedy,
                refusal.where if refusal.where in texts else "before",
            )  # fmt: skip
    return office_page(
        "publishing_comparison.html",
        fault,
        values=texts,
        asked=all(texts.values()) and fault is None,
        rows=difference_rows(cells[:MOST_CELLS], current_store(), current_language()),
        cells=len(cells),
        records=record_difference_rows(records, current_store(), current_language())[:MOST_CELLS],
    )


def _number(name: str, text: str) -> int:
    number = plain_integer(text)
    if number is not None:
        return number
    raise InvalidInput(
        Message("This is no number of a revision"),
        found=text,
        allowed=Message("a whole number; 0 for the shipped dataset"),
        where=name,
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(f"{REVISIONS}/compare", "compare_revisions", compare_revisions)
