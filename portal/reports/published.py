"""The answers of editors as readers see them, beside the figures they are about."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from geodata.errors import StoreFault
from geodata.i18n import Language
from geodata.ledger.database import change_counter, reading
from geodata.ledger.error_reports import ErrorReport, answers_revision, published_answers
from portal.ledger_engine import ledger_of
from portal.office_times import local_date_text
from portal.serializers.unit_detail_types import ReportAnswer

_MOST_STAMPS = 5000
_log = logging.getLogger("portal")


def answers_about(unit_id: str, language: Language) -> list[ReportAnswer]:
    """What editors answered about the figures and the border of a unit, newest first.

    A ledger that cannot be read takes no page away from readers: there are no answers then.
    """
    ledger = ledger_of(current_app)
    if not ledger.exists:
        return []
    try:
        with reading(ledger.get()) as connection:
            found = published_answers(connection, unit_id)
    except (StoreFault, SQLAlchemyError) as error:
        _log.error("The answers cannot be read: %s", error)
        return []
    return [_document(each, language) for each in found]


def answers_stamp(path_values: Mapping[str, str]) -> str:
    """A text that changes whenever the answers about the unit of an address do."""
    ledger = ledger_of(current_app)
    if not ledger.exists:
        return ""
    try:
        return _stamps.of(ledger.get(), path_values.get("unit_id", ""))
    except (OSError, StoreFault, SQLAlchemyError) as error:
        _log.error("The answers cannot be read: %s", error)
        return ""


class _Stamps:
    """The stamps asked for since the ledger was last written; a page asks for one each time."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str], str] = {}

    def of(self, engine: Engine, unit_id: str) -> str:
        """The stamp of a unit."""
        before = change_counter(engine)
        key = (str(engine.url), before or 0, unit_id)
        found = self._known.get(key) if before is not None else None
        if found is not None:
            return found
        with reading(engine) as connection:
            revision = answers_revision(connection, unit_id)
        stamp = f"+{revision}" if revision else ""
        # A writer that was stopped half-way leaves a counter that is used again.
        if before is not None and change_counter(engine) == before:
            if len(self._known) >= _MOST_STAMPS:
                self._known.clear()
            self._known[key] = stamp
        return stamp


_stamps = _Stamps()


def _document(report: ErrorReport, language: Language) -> ReportAnswer:
    subject = report.subject
    return {
        "indicator": subject.indicator,
        "period": subject.period,
        "status": subject.status,
        "text": report.answer,
        "at": report.decided_at,
        "date_label": local_date_text(report.decided_at, language),
        "by": report.decided_by,
    }
