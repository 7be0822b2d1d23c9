"""Findings that every list may have, and the findings of a list of villages."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.closed_periods import ClosedPeriods
from geodata.i18n import Localised, Message, Verbatim
from geodata.list_import.list_report import ListReport
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


def closed_findings(report: ListReport, closed: ClosedPeriods) -> Iterator[Finding]:
    """Figures that a list would bring of a closed period (P04).

    Those are the people and households of villages, and the counts of places.
    """
    said, source = report.answers.lists, report.answers.source
    villages = report.kind.kind == "villages"
    period = said.period if villages else said.as_of or source.date
    for name in _counted_villages(report) if villages else _counted_places(report):
        refused = closed.refusal(name, period) if period else None
        if refused:
            yield Finding("P04", "error", *refused, value=period)


def _counted_villages(report: ListReport) -> list[Localised]:
    counts = ("population", "households")
    return [Verbatim(one.header) for one in report.columns if one.field in counts and one.values]


def _counted_places(report: ListReport) -> list[Localised]:
    return [category.name for category in report.categories if category.indicator]
