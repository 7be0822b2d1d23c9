"""The ledger as files for others: JSON lines with all of it, CSV with one row for each change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Engine, select

from geodata.ledger.database import reading
from geodata.ledger.history import changes_of
from geodata.ledger.ledger_records import Cell, CellChange, Derivation, Revision
from geodata.ledger.listed_records import RecordChange, RecordDifference, RecordState
from geodata.ledger.metadata import to_json
from geodata.ledger.record_rows import record_changes_of
from geodata.ledger.revision_rows import number_text, read_revision
from geodata.ledger.revision_tables import revisions
from geodata.text_io import spreadsheet_text

_CSV_COLUMNS = (
    "revision", "kind", "time", "account", "title", "document", "reason", "file", "unit_id",
    "indicator", "dimensions", "period", "status", "old_value", "new_value", "origin", "doubt",
    "sheet", "address", "raw", "method", "coverage", "hash",
)  # fmt: skip


def revision_document(revision: Revision) -> dict[str, Any]:
    """A revision as a document; ``source`` holds the fields of the document that was stated."""
    document = {field.name: getattr(revision, field.name) for field in fields(revision)}
    return document | {"source": asdict(revision.source)}


def change_document(change: CellChange) -> dict[str, Any]:
    """A change as a document; values are numbers, null where there is none or a class is."""
    return {
        **change.key._asdict(),
        "old": change.old._asdict(),
        "new": change.new._asdict(),
        "doubt": {"vi": change.doubt.vi, "en": change.doubt.en},
        "sheet": change.sheet,
        "address": change.address,
        "raw": change.raw,
        "derivation": _derivation_document(change.derivation),
    }


def _derivation_document(derivation: Derivation | None) -> dict[str, Any] | None:
    if derivation is None:
        return None
    method = derivation.method
    return {"method": {"vi": method.vi, "en": method.en}, "coverage": derivation.coverage}


def record_change_document(change: RecordChange) -> dict[str, Any]:
    """A change of a record as a document; a record is null where there is none."""
    return {
        **change.key._asdict(),
        "old": _state_document(change.old),
        "new": _state_document(change.new),
        "sheet": change.sheet,
        "address": change.address,
    }


def record_difference_document(found: RecordDifference) -> dict[str, Any]:
    """A record that differs between two states as a document."""
    states = {"before": _state_document(found.before), "after": _state_document(found.after)}
    return {**found.key._asdict(), **states}


def _state_document(held: RecordState) -> dict[str, Any]:
    return {"origin": held.origin, "record": held.document or None}


def export_json_lines(engine: Engine) -> Iterator[str]:
    """The whole ledger, oldest entry first: one line of JSON for each, its changes with it."""
    for revision, made, records in _entries(engine):
        document = revision_document(revision)
        document["changes"] = [change_document(change) for change in made]
        document["records"] = [record_change_document(change) for change in records]
        yield to_json(document) + "\n"


def export_csv(engine: Engine) -> Iterator[str]:
    """One line for each change, header first; of a record, kind and id stand for the indicator.

    Texts that a spreadsheet would run are made texts. Numbers have a decimal point. Lines end as
    RFC 4180 wants it; as a file for Excel they are written in UTF-8 with a byte order mark.
    """
    yield _csv_line(_CSV_COLUMNS)
    for revision, made, records in _entries(engine):
        for change in made:
            yield _csv_line(_csv_cells(revision, change))
        for record in records:
            yield _csv_line(_csv_record_cells(revision, record))


def _entries(engine: Engine) -> Iterator[tuple[Revision, list[CellChange], list[RecordChange]]]:
    """The entries of one state of the ledger; those added meanwhile are not among them."""
    with reading(engine) as connection:
        rows = connection.execute(select(revisions).order_by(revisions.c.number)).all()
        for row in rows:
            revision = read_revision(row)
            made = list(changes_of(connection, revision.number))
            yield revision, made, record_changes_of(connection, revision.number)


def _csv_head(revision: Revision) -> tuple[object, ...]:
    stated = revision.source
    document = " · ".join(part for part in (stated.number, stated.title) if part)
    return (
        revision.number, revision.kind, revision.at, revision.account_name, revision.title,
        document, revision.reason, revision.file_name,
    )  # fmt: skip


def _csv_cells(revision: Revision, change: CellChange) -> tuple[object, ...]:
    key, derivation = change.key, change.derivation
    return (
        *_csv_head(revision), key.unit_id, key.indicator, key.dimensions,
        key.period, key.status, _cell(change.old), _cell(change.new),
        change.new.origin, change.doubt.vi, change.sheet, change.address, change.raw,
        derivation.method.vi if derivation else "",
        _number(derivation.coverage if derivation else None), revision.hash,
    )  # fmt: skip


def _csv_record_cells(revision: Revision, change: RecordChange) -> tuple[object, ...]:
    units = " ".join(sorted(change.unit_ids))
    return (
        *_csv_head(revision), units, f"{change.key.kind} {change.key.id}", "", "", "",
        change.old.content, change.new.content, change.new.origin, "", change.sheet,
        change.address, "", revision.hash,
    )  # fmt: skip


def _cell(cell: Cell) -> object:
    return cell.category or cell.absence or _number(cell.value)


def _number(value: float | None) -> object:
    return number_text(value) if value is None else value


def _csv_line(cells: tuple[object, ...]) -> str:
    target = io.StringIO(newline="")
    shown = (spreadsheet_text(cell) if isinstance(cell, str) else cell for cell in cells)
    csv.writer(target, lineterminator="\r\n").writerow(shown)
    return target.getvalue()
