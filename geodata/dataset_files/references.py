"""Names by which one file of a dataset refers to another: sources, indicators and units."""

from __future__ import annotations

import re
from collections.abc import Collection

from geodata.i18n import Message
from geodata.toml_reader import TableReader

_UNIT_ID = re.compile(r"[0-9]{2,8}-[0-9]{8}")


def source(entry: TableReader, known: Collection[str], field: str = "source") -> str:
    """The id of a source of the catalogue."""
    what = Message("There is no such source")
    remedy = Message("Add the source to sources/*.toml, or correct the name")
    return entry.reference(field, known, what, remedy)


def indicator(entry: TableReader, known: Collection[str]) -> str:
    """The id of an indicator of the catalogue."""
    what = Message("There is no such indicator")
    remedy = Message("Add the indicator to indicators/*.toml, or correct the name")
    return entry.reference("indicator", known, what, remedy)


def unit(entry: TableReader, field: str) -> str:
    """The id of a unit: its code and its first day."""
    missing = not entry.has(field)
    value: str = entry.string(field)
    if not missing and not _UNIT_ID.fullmatch(value):
        form = Message("code-day, as 03390-20250701")
        entry.report(field, Message("Malformed unit id"), value, form)
    return value
