"""What others changed between the preview of a publication and its publishing, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from geodata.errors import Conflict, InvalidInput
from geodata.i18n import Language
from geodata.ledger.conflicts import ChangedMeanwhile, PublicationConflict
from geodata.ledger.ledger_records import CellDifference
from geodata.ledger.listed_records import RecordDifference
from geodata.store import Store
from portal.error_handlers import error_document, status_of
from portal.publishing.change_rows import difference_rows
from portal.publishing.list_documents import record_difference_rows
from portal.publishing.revision_views import revision_row

MOST_ROWS = 50
"""Cells or entries of one publication that the page lists."""


def conflict_document(
    fault: InvalidInput | Conflict | None, store: Store, language: Language
) -> dict[str, Any] | None:
    """Why a preview was not published, with each publication that came between.

    Returns
    -------
    dict or None
        The fields of an error, and ``meanwhile``: each with its ``revision``, ``cells`` and
        ``entries`` as tables and ``more``, how many are not listed. None without a refusal.
    """
    if fault is None:
        return None
    changed = fault.changed if isinstance(fault, PublicationConflict) else ()
    in_order = sorted(changed, key=_number)
    said = error_document(*status_of(fault), fault)["error"]
    return {
        # What was changed is listed below in words; the refusal names the first cell by its ids.
        **said | ({"found": ""} if changed else {}),
        "meanwhile": [
            _publication(tuple(group), store, language) for _, group in groupby(in_order, _number)
        ],
    }


def _number(changed: ChangedMeanwhile) -> int:
    return changed.revision.number


def _publication(
    changed: Sequence[ChangedMeanwhile], store: Store, language: Language
) -> dict[str, Any]:
    found = [each.difference for each in changed]
    cells = [one for one in found if isinstance(one, CellDifference)]
    entries = record_difference_rows(
        (one for one in found if isinstance(one, RecordDifference)), store, language
    )
    return {
        "revision": revision_row(changed[0].revision, language),
        "cells": difference_rows(cells[:MOST_ROWS], store, language),
        "entries": entries[:MOST_ROWS],
        "more": max(0, len(cells) - MOST_ROWS) + max(0, len(entries) - MOST_ROWS),
    }
