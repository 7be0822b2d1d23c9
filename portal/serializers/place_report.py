"""The report on a list of places as a JSON document."""

from __future__ import annotations

from typing import Annotated, TypedDict

from geodata.i18n import Language
from geodata.model import PlaceCategory
from geodata.places.place_report import PlaceReport, WrittenCategory
from geodata.table_import.report_records import Finding


class ReportCategory(TypedDict):
    """A category as the list writes it."""

    written: Annotated[str, "The words of the list"]
    id: Annotated[str, "Id of the category that is meant, or of the new one"]
    new: Annotated[bool, "Whether it would be made"]
    rows: Annotated[int, "How many rows write it"]
    alike: Annotated[list[str], "Ids of categories of nearly the same name; while any, a question"]


class ReportFinding(TypedDict):
    """What a check found."""

    code: Annotated[str, "The check; a code never changes its meaning"]
    severity: Annotated[str, "error, confirm or note"]
    what: Annotated[str, "What was found"]
    expected: Annotated[str, "What would have been accepted"]
    remedy: Annotated[str, "What to do, or what follows if nothing is done"]
    value: Annotated[str, "What the first cell holds"]
    count: Annotated[int, "In how many rows it was found"]
    sheet: Annotated[str, "Name of the sheet or layer"]
    cells: Annotated[list[str], "Up to 20 cells: E2; a row alone is 2"]


class PlaceReportDocument(TypedDict):
    """What a list of places would give."""

    file: Annotated[str, "Name of the file"]
    sha256: Annotated[str, "Hash of its bytes"]
    columns: Annotated[dict[str, str], "Headings by field"]
    kept: Annotated[list[str], "Headings of the columns that are kept with the places"]
    positions: Annotated[str, "How positions were read; empty without any"]
    categories: Annotated[list[ReportCategory], "The categories of the list"]
    places: Annotated[int, "How many places it gives"]
    without_position: Annotated[int, "How many of them have no position"]
    communes: Annotated[int, "In how many communes they lie"]
    findings: Annotated[list[ReportFinding], "The worst first"]
    notes: Annotated[list[str], "What was set apart or converted on the way"]


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
