"""Reading a draft: from its file and its answers to the document of the review page.

The same function runs in a thread of the server for a small file, and in a process of its own for a
large one, whose time and memory are bounded there (`portal.tasks`).
"""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, cast

from geodata.errors import PortalError
from geodata.i18n import DEFAULT_LANGUAGE, Language
from geodata.ledger.account_rights import communes_of
from geodata.ledger.database import LEDGER_FILE, open_ledger
from geodata.ledger.database import reading as reading_ledger
from geodata.ledger.saved_aliases import saved_aliases
from geodata.ledger.submissions import Submission, file_of_submission, read_submission
from geodata.readers.sheet import Sheet
from geodata.store import Store
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.opened_file import OpenedFile, open_file
from geodata.table_import.prepare import Stage, prepare_table
from geodata.table_import.report_records import ImportReport
from portal.app_state import open_or_create_store
from portal.config import Settings, read_settings
from portal.publications import PublicationService
from portal.publishing.review_document import review_document
from portal.table_readings import instance_reading
from portal.tasks.progress import ProgressCallback
from portal.translations import translate

ENTRY_POINT = "portal.publishing.draft_reading:read_in_process"
SHARES: dict[Stage, int] = {
    "reading": 28, "layout": 19, "units": 8, "columns": 4, "values": 23, "checks": 17,
}  # fmt: skip
"""Per cent of the time that each stage takes of a large table; drawing the page is the rest."""


def _tell_nobody(done: int, message: str) -> None:
    """Leave the progress untold."""


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A draft and what was read from it.

    Parameters
    ----------
    sheets
        Of the file; none of one that cannot be read.
    """

    submission: Submission
    content: bytes
    sheets: tuple[Sheet, ...]
    report: ImportReport


def read_draft(
    service: PublicationService,
    submission: Submission,
    on_progress: ProgressCallback = _tell_nobody,
    language: Language = DEFAULT_LANGUAGE,
) -> DraftReading:
    """Read, match and check the table of a draft as its answers say, or a recipe that fits it."""

    def tell(stage: Stage, share: float) -> None:
        before = sum(SHARES[each] for each in takewhile(lambda each: each != stage, SHARES))
        percent = int(before + share * SHARES[stage])
        if percent > told[0]:
            told[0] = percent
            on_progress(percent, translate(f"publishing.stage_{stage}", language))

    told = [-1]
    engine, store = service.ledger, service.store

    tell("reading", 0.0)
    content = file_of_submission(engine, submission.submission_id)
    name = submission.file_name
    opened: OpenedFile | bytes = content
    with suppress(PortalError):  # The report says what is wrong with the file.
        opened = open_file(content, name, lambda share: tell("reading", share))
    facts = StoreFacts(store, [each.alias for each in saved_aliases(engine)])
    area = communes_of(engine, submission.account_id)
    reading = replace(instance_reading(engine, service.settings), area=area, progress=tell)
    report = prepare_table(opened, name, facts, submission.answers, reading)
    sheets = opened.sheets if isinstance(opened, OpenedFile) else ()
    return DraftReading(submission, content, sheets, report)


def draft_document(store: Store, reading: DraftReading, language: Language) -> bytes:
    """The document of the review page as JSON."""
    document = review_document(
        reading.report,
        reading.sheets,
        StoreFacts(store).catalogue,
        store.units().items,
        language,
    )
    return json.dumps(document, ensure_ascii=False).encode()


def read_in_process(arguments: dict[str, Any], on_progress: ProgressCallback) -> bytes:
    """Make the document of a draft in a process that opens store and ledger for itself.

    Parameters
    ----------
    arguments
        ``settings`` as in the environment, ``submission`` and ``language``.
    """
    settings: Settings = read_settings(arguments["settings"])
    language = cast(Language, arguments["language"])
    engine = open_ledger(settings.instance / LEDGER_FILE)
    with reading_ledger(engine) as connection:
        submission = read_submission(connection, arguments["submission"])
    with closing(open_or_create_store(settings)) as store:
        service = PublicationService(settings, engine, store)
        reading = read_draft(service, submission, on_progress, language)
        return draft_document(store, reading, language)
