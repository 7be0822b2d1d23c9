"""The report on a list of places as a JSON document."""

from __future__ import annotations

from typing import TypedDict

from geodata.i18n import Language
from geodata.model import PlaceCategory
from geodata.places.place_report import PlaceReport, WrittenCategory
from geodata.table_import.report_records import Finding


class ReportCategory(TypedDict):
    """A category of the list: as written, its id, and what it may mean instead."""

    written: str
    id: str
    new: bool
    rows: int
    alike: list[str]


class ReportFinding(TypedDict):
    """What a check found, with the addresses of up to 20 cells."""

    code: str
    severity: str
    what: str
    expected: str
    remedy: str
    value: str
    count: int
    sheet: str
    cells: list[str]


class PlaceReportDocument(TypedDict):
    """What a list of places would give."""

    file: str
    sha256: str
    columns: dict[str, str]
    kept: list[str]
    positions: str
    categories: list[ReportCategory]
    places: int
    without_position: int
    communes: int
    findings: list[ReportFinding]
    notes: list[str]


def place_report_document(report: PlaceReport, language: Language) -> PlaceReportDocument:
    """The report with its sentences in one language."""
    return {
        "file": report.file,
        "sha256": report.sha256,
        "columns": dict(report.columns.by_field),
        "kept": list(report.columns.ignored),
        "positions": report.position_note[language],
        "categories": [_category(each) for each in report.categories],
        "places": len(report.places),
        "without_position": sum(place.lon is None for place in report.places),
        "communes": len({place.unit_id for place in report.places}),
        "findings": [_finding(each, language) for each in report.findings],
        "notes": [note[language] for note in report.notes],
    }


def _category(found: WrittenCategory) -> ReportCategory:
    alike: tuple[PlaceCategory, ...] = found.alike
    return {
        "written": found.written,
        "id": found.category.id,
        "new": found.new,
        "rows": found.rows,
        "alike": [category.id for category in alike],
    }


def _finding(finding: Finding, language: Language) -> ReportFinding:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "what": finding.what[language],
        "expected": finding.expected[language],
        "remedy": finding.remedy[language],
        "value": finding.value,
        "count": finding.count,
        "sheet": finding.places[0].sheet if finding.places else "",
        "cells": [place.address for place in finding.places],
    }
