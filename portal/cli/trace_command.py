"""``portal data trace``: where a figure, a place or a village comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from geodata.errors import InvalidInput
from geodata.i18n import Language, Localised, Message, Verbatim
from geodata.ledger.entry_trace import EntryTrace, TracedChange, trace_entry
from geodata.ledger.history import trace
from geodata.ledger.ledger_export import change_document
from geodata.ledger.ledger_records import Trace
from geodata.ledger.series_keys import series_key
from portal.cli.data_commands import LANGUAGE
from portal.cli.ledger_commands import JSON, STATUS, emit, ledger_session
from portal.cli.ledger_lines import revision_line, trace_lines
from portal.cli.record_lines import entry_lines


@click.command("trace")
@click.argument("subject")
@click.argument("indicator", default="")
@click.argument("period", default="")
@STATUS
@JSON
@LANGUAGE
def trace_subject(
    subject: str, indicator: str, period: str, *, status: str, as_json: bool, lang: Language
) -> None:
    """Say where something comes from, and what was changed in it.

    SUBJECT alone is the id of a place, the unit id of a village, or that of a commune for all its
    villages. With an INDICATOR and a PERIOD it is the unit id of a figure.
    """
    with ledger_session() as session:
        if not indicator:
            entry = trace_entry(session.ledger, session.service.store, subject)
            emit(_entry_document(entry), _entry_lines(entry), as_json, lang)
            return
        if not period:
            what = Message("A figure is named by its unit, its indicator and its period")
            remedy = Message("Add the period, as 2025 or 2026-H1")
            raise InvalidInput(what, found=indicator, remedy=remedy, where="PERIOD")
        key = series_key(session.service.store, indicator, period, status, subject)
        found = trace(session.ledger, key, session.service.store)
        emit(_figure_document(found), trace_lines(found), as_json, lang)


def _figure_document(found: Trace) -> dict[str, Any]:
    return {
        "series": found.key._asdict(),
        "holds": found.cell._asdict() if found.cell else None,
        "history": [
            {"revision": e.revision.number} | change_document(e.change) for e in found.history
        ],
    }


def _entry_document(found: EntryTrace) -> dict[str, Any]:
    return {
        "record": found.key._asdict(),
        "name": found.name,
        "history": [
            {
                "revision": each.revision.number,
                "at": each.revision.at,
                "file": each.revision.file_name,
                "sheet": each.sheet,
                "row": each.row,
                "entries": [asdict(entry) for entry in each.entries],
            }
            for each in found.history
        ],
    }


def _entry_lines(found: EntryTrace) -> Iterator[Localised]:
    yield Verbatim(" ".join(part for part in (*found.key, found.name) if part))
    if not found.history:
        yield Message("Nothing was published of it: it is as the dataset ships it")
    for each in found.history:
        yield revision_line(each.revision)
        yield from entry_lines(each.entries)
        if each.revision.file_name:
            yield _place_line(each)


def _place_line(each: TracedChange) -> Localised:
    file = each.revision.file_name
    if each.sheet:
        return Message("file {file}, sheet {sheet}, row {row}", file=file, sheet=each.sheet,
                       row=each.row)  # fmt: skip
    if each.row:
        return Message("file {file}, row {row}", file=file, row=each.row)
    return Message("file {file}", file=file)
