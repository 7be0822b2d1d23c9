"""Revisions and changes as rows of their tables and back, and what their hashes cover."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row

from geodata.i18n import Text
from geodata.ledger.ledger_records import Cell, CellChange, Revision, SeriesKey
from geodata.ledger.metadata import from_json, to_json
from geodata.model.absent_figures import ABSENCE_OF_TEXT
from geodata.table_import.column_records import TableSource

_HASHED_AT_ONCE = 5000
_JSON_FIELDS = ("answers", "confirmed", "counts")
_CLASS = "class:"
"""Before the code of a class, which alone might be read as a number or as a kind of absence."""


def number_text(value: float | None) -> str:
    """A value as text in the one form that hashes need; empty without one."""
    if value is None:
        return ""
    whole = value.is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def cell_value(cell: Cell) -> str:
    """What a cell says as text that is kept: its value or class, or why there is none."""
    if cell.category:
        return f"{_CLASS}{cell.category}"
    return cell.absence or number_text(cell.value)


def told_text(cell: Cell) -> str:
    """What a cell says as text for programs and people: as `cell_value`, a class by its code."""
    return cell.category or cell_value(cell)


def read_cell(origin: int, present: object, text: str) -> Cell:
    """The cell that `cell_value` wrote."""
    kind = ABSENCE_OF_TEXT.get(text)
    if kind is not None:
        return Cell(origin, bool(present), None, kind)
    if text.startswith(_CLASS):
        return Cell(origin, bool(present), None, category=text.removeprefix(_CLASS))
    return Cell(origin, bool(present), read_number(text))


def change_row(revision: int, change: CellChange) -> dict[str, Any]:
    """A change as a row of its table; how its value was computed stands in another one."""
    key, old, new, doubt, sheet, address, raw, _ = change
    return {
        "revision": revision,
        "indicator": key.indicator,
        "dimensions": key.dimensions,
        "period": key.period,
        "status": key.status,
        "unit_id": key.unit_id,
        "old_origin": old.origin,
        "old_present": int(old.present),
        "old_value": cell_value(old),
        "new_origin": new.origin,
        "new_present": int(new.present),
        "new_value": cell_value(new),
        "doubt_vi": doubt.vi,
        "doubt_en": doubt.en,
        "sheet": sheet,
        "address": address,
        "raw": raw,
    }


def read_change(row: Row[Any]) -> CellChange:
    """The change of a row that holds all columns of its table."""
    old = read_cell(row.old_origin, row.old_present, row.old_value)
    new = read_cell(row.new_origin, row.new_present, row.new_value)
    doubt = Text(row.doubt_vi, row.doubt_en)
    return CellChange(read_key(row), old, new, doubt, row.sheet, row.address, row.raw)


def read_key(row: Row[Any]) -> SeriesKey:
    """The series of a row."""
    return SeriesKey(row.indicator, row.dimensions, row.period, row.status, row.unit_id)


def read_number(text: str) -> float | None:
    """The value that `number_text` wrote."""
    return float(text) if text else None


def hash_of_changes(
    rows: Sequence[dict[str, Any]], record_rows: Sequence[dict[str, Any]] = ()
) -> str:
    """SHA-256 over the rows of a revision's changes.

    Parameters
    ----------
    rows, record_rows
        Of its figures, in the order of their series, and of its records, in that of their keys.
    """
    digest = hashlib.sha256()
    for listed in (rows, record_rows):
        for start in range(0, len(listed), _HASHED_AT_ONCE):
            part = [list(row.values()) for row in listed[start : start + _HASHED_AT_ONCE]]
            digest.update(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())
            digest.update(b"\n")
    return digest.hexdigest()


def hash_of_revision(row: dict[str, Any], brought: Iterable[str]) -> str:
    """SHA-256 over a revision's row, without its own hash, and what it brought along.

    Parameters
    ----------
    brought
        The records of new themes, indicators and kinds of place as text, in their order, and after
        them those of `geodata.ledger.derivations.hashed_texts`.
    """
    content = {name: value for name, value in row.items() if name != "hash"}
    return hashlib.sha256(to_json([content, list(brought)]).encode()).hexdigest()


def revision_row(revision: Revision) -> dict[str, Any]:
    """A revision as a row of its table."""
    row = {field.name: getattr(revision, field.name) for field in fields(revision)}
    row |= {name: to_json(row[name]) for name in _JSON_FIELDS}
    row["source"] = to_json(asdict(revision.source))
    row["file_sha256"] = revision.file_sha256 or None
    return row


def read_revision(row: Row[Any]) -> Revision:
    """The revision of a row that holds all columns of its table."""
    values = {field.name: getattr(row, field.name) for field in fields(Revision)}
    values |= {name: from_json(values[name]) for name in _JSON_FIELDS}
    values["source"] = TableSource(**from_json(values["source"]))
    values["file_sha256"] = values["file_sha256"] or ""
    return Revision(**values)
