"""What the checks found, on the review page: the worst first, each once with all its cells."""

from __future__ import annotations

from typing import Any

from geodata.i18n import Language
from geodata.table_import.report_records import SEVERITIES, Finding, ImportReport
from portal.translations import translate


def finding_rows(report: ImportReport, language: Language) -> list[dict[str, Any]]:
    """The findings as the page lists them, open ones before those a reason was given for."""
    ordered = sorted(
        report.findings,
        key=lambda each: (bool(each.reason), SEVERITIES.index(each.severity), each.code),
    )
    return [_row(each, language) for each in ordered]


def _row(finding: Finding, language: Language) -> dict[str, Any]:
    return {
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
            {"sheet": place.sheet, "address": place.address, "row": place.row}
            for place in finding.places
        ],
    }


def severity_counts(report: ImportReport) -> dict[str, int]:
    """How many findings of each severity are open."""
    return {severity: report.count(severity) for severity in SEVERITIES}
