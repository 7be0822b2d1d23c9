"""What the checks found, on the review page: the worst first, each once with all its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from geodata.i18n import Language
from geodata.table_import.report_records import SEVERITIES, Finding, ImportReport
from portal.publishing.file_names import shown_file_name
from portal.translations import translate

MOST_ALIKE = 5
"""Findings of one code that are shown at once; the others are folded away."""


def finding_rows(report: ImportReport, language: Language) -> list[dict[str, Any]]:
    """The findings as the page lists them, open ones before those a reason was given for."""
    seen: Counter[str] = Counter()
    rows = []
    for each in in_order_of_weight(report.findings):
        seen[each.code] += 1
        folded = seen[each.code] > MOST_ALIKE
        rows.append(
            {**finding_row(each, language), "answer": _answered_at(each, report), "folded": folded,
             "below": _asked_below(each)}
        )  # fmt: skip
    return rows


def in_order_of_weight(findings: Iterable[Finding]) -> list[Finding]:
    """The worst first, and at the end those that a reason was given for."""
    return sorted(
        findings,
        key=lambda each: (bool(each.reason), SEVERITIES.index(each.severity), each.code),
    )


def _asked_below(finding: Finding) -> bool:
    """Whether the form asks for it where it is answered, so that it need not be said twice."""
    if finding.severity == "confirm":
        return True
    return finding.severity == "question" and (
        finding.code[0] in _OF_COLUMNS or finding.code in _OF_UNITS
    )


def finding_row(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding in words, with its cells; without where the page settles it."""
    return {
        "open": finding.severity != "note" and not finding.reason,
        "code": finding.code,
        "severity": finding.severity,
        "label": translate(f"publishing.severity_{finding.severity}", language),
        "what": finding.what[language],
        "expected": finding.expected[language],
        "remedy": finding.remedy[language],
        "value": finding.value,
        "count": finding.count,
        "reason": finding.reason,
        "places": [
            {
                "sheet": shown_file_name(place.sheet, language),
                "address": place.address,
                "row": place.row,
            }
            for place in finding.places
        ],
    }


_PLACES_OF_ANSWERS = {
    "F": "table-title",
    "B": "table-title",
    "R": "table-title",
    "U": "units-title",
}
"""By the first letter of a code: the part of the page where such a finding is settled."""
_OF_COLUMNS = ("C", "H", "I", "P")
_OF_UNITS = ("U01", "U02", "U03", "U05", "U06", "U07")


def _answered_at(finding: Finding, report: ImportReport) -> str:
    """The id of what on the page settles a finding; empty where only the file can be put right."""
    if finding.severity == "confirm":
        return f"reason-{finding.code}"
    if finding.severity == "note":
        return ""
    if finding.code == "U07":
        return "outside"
    if finding.code[0] in _OF_COLUMNS and finding.places:
        column = finding.places[0].column
        for place, meaning in enumerate(report.columns):
            if meaning.column == column:
                return f"column-{place}"
    return _PLACES_OF_ANSWERS.get(finding.code[0], "")


def severity_counts(report: ImportReport) -> dict[str, int]:
    """How many findings of each severity are open."""
    return {severity: report.count(severity) for severity in SEVERITIES}
