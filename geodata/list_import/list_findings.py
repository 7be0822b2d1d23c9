"""Findings that every list may have, and the findings of a list of villages."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Message
from geodata.table_import.column_records import TableSource
from geodata.table_import.report_records import Finding


def source_finding(source: TableSource) -> Iterator[Finding]:
    """A question while nobody has said from which document a list is (D20)."""
    if not source.title.strip():
        yield Finding(
            "D20",
            "question",
            Message("From which document or file is the list?"),
            remedy=Message("State its title; it is shown wherever the list is shown"),
        )
