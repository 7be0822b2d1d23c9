"""The report on a table as a JSON document, the same from the command line and the API."""

from __future__ import annotations

from collections import Counter
from typing import Any

from geodata.i18n import Language, Localised
from geodata.table_import.column_series import ColumnSeries, column_series
from geodata.table_import.layout_records import CellPlace, TableLayout
from geodata.table_import.match_records import UnitMatch, UnitMatching
from geodata.table_import.report_records import SEVERITIES, Finding, ImportReport, StatedTotal
from geodata.table_import.units import UnitIndex
from geodata.table_import.units.candidate_names import candidate_names

FORMAT = 1
"""Version of the document; it grows when a field changes its meaning or goes."""


def report_document(report: ImportReport, index: UnitIndex, language: Language) -> dict[str, Any]:
    """The report as plain data, ready for ``json.dumps``.

    Parameters
    ----------
    index
        The units, for the names of those that are proposed.
    language
        Of the sentences.

    Returns
    -------
    dict
        ``format`` (1), ``kind`` (``figures``), ``file``, ``sha256``, ``recipe``; ``sheet`` and
        ``table`` (where it stands); ``level``; ``vintage`` (first day of the units' list, or null)
        with ``vintages`` (the evidence of each day) and ``chosen_by``; ``units`` (how many are
        ``matched``, how many rows ``unmatched``, ``doubled``, ``asked``, ``ignored``; how many
        units ``absent``);
        ``rows`` (those without a unit of their own, with proposals); ``columns`` (one for each
        series: ``header``, ``indicator``, ``period``, ``status``, ``concept``, ``values``, the
        number of its figures); ``totals`` (``label``, ``column``, ``stated``, ``sum``);
        ``findings``;
        ``skipped`` (rules that could not be applied); ``counts`` of open findings by severity;
        ``values`` (the number of figures); ``publishable``.
    """
    layout, matching = report.layout, report.matching
    return {
        "format": FORMAT,
        "kind": "figures",
        "file": report.file,
        "sha256": report.sha256,
        "recipe": report.recipe,
        "sheet": layout.sheet if layout else None,
        "table": _table(layout) if layout else None,
        "level": matching.level if matching else None,
        "vintage": _day(matching.vintage) if matching else None,
        "vintages": _vintages(matching) if matching else [],
        "chosen_by": matching.chosen_by if matching else None,
        "units": _units(matching),
        "rows": _open_rows(matching, layout, index, language) if matching and layout else [],
        "columns": _columns(report, language),
        "totals": _totals(report),
        "findings": [finding_document(each, language) for each in report.findings],
        "skipped": [{"code": e.code, "what": e.what[language]} for e in report.skipped],
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "values": len(report.values),
        "publishable": report.publishable,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _table(layout: TableLayout) -> dict[str, Any]:
    roles = Counter(row.role for row in layout.rows)
    return {
        "header_rows": list(layout.header_rows),
        "first_row": layout.rows[0].number if layout.rows else None,
        "last_row": layout.rows[-1].number if layout.rows else None,
        "rows": roles["data"],
        "groups": roles["group"],
        "totals": roles["total"],
        "score": layout.score,
        "turned": layout.turned,
        "sheets": list(layout.sheets),
        "encoding": layout.encoding,
        "converted_cells": layout.converted_cells,
        "dash": layout.dash_note,
    }


def _vintages(matching: UnitMatching) -> list[dict[str, Any]]:
    return [
        {
            "date": str(each.date),
            "explained": each.explained,
            "only_here": each.only_here,
            "named": each.named,
            "units": each.units,
        }
        for each in matching.vintages
    ]


def _units(matching: UnitMatching | None) -> dict[str, int]:
    rows = matching.rows if matching else ()
    met = {each.unit_id for each in rows if each.unit_id and each.state != "ignored"}
    states = Counter(each.state for each in rows)
    return {
        "matched": len(met),
        "unmatched": states["unmatched"],
        "doubled": states["doubled"],
        "asked": states["asked"],
        "ignored": states["ignored"],
        "absent": len(matching.absent) if matching else 0,
    }


def _open_rows(
    matching: UnitMatching, layout: TableLayout, index: UnitIndex, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            "row": layout.place(each.row).row or layout.place(each.row).column,
            "written": each.written,
            "code": each.code,
            "parent": each.parent,
            "state": each.state,
            "unit": each.unit_id or None,
            "candidates": _candidates(each, index, language),
        }
        for each in matching.rows
        if each.state != "matched"
    ]


def _candidates(match: UnitMatch, index: UnitIndex, language: Language) -> list[dict[str, Any]]:
    names = candidate_names([each.unit_id for each in match.candidates], index)
    return [
        {
            "unit": each.unit_id,
            "name": names[each.unit_id][language],
            "reason": each.reason[language],
            "similarity": each.similarity,
        }
        for each in match.candidates
    ]


def _columns(report: ImportReport, language: Language) -> list[dict[str, Any]]:
    headers = {each.column: " / ".join(each.path) for each in report.columns}
    return [
        _column(each, headers.get(each.meaning.of_column or 0), language)
        for each in column_series(report)
    ]


def _column(series: ColumnSeries, of_column: str | None, language: Language) -> dict[str, Any]:
    meaning = series.meaning
    return {
        "header": " / ".join(meaning.path),
        "path": list(meaning.path),
        "column": meaning.column,
        "use": meaning.use,
        "indicator": series.indicator,
        "dimensions": series.dimensions,
        "period": series.period,
        "status": series.status,
        "concept": meaning.concept,
        "values": series.figures,
        "measure_unit": meaning.measure_unit,
        "scale": meaning.scale,
        "scale_reason": meaning.scale_reason[language],
        "of_column": of_column,
        "classes": [
            {
                "written": each.written,
                "cells": each.cells,
                "category": each.category,
                "alike": list(each.proposals),
            }
            for each in (meaning.words if meaning.use == "value" else ())
        ],
        "proposals": [
            {"indicator": each.indicator, "score": each.score, "reason": each.reason[language]}
            for each in meaning.proposals
        ],
    }


def _totals(report: ImportReport) -> list[dict[str, Any]]:
    headers = {each.column: " / ".join(each.path) for each in report.columns}
    if report.layout is None:
        return []
    return [
        total_document(each, headers.get(report.layout.row_and_column(each.place)[1], ""))
        for each in report.totals
    ]


def total_document(total: StatedTotal, header: str) -> dict[str, Any]:
    """A stated total as plain data, with the heading of its column."""
    return {
        "label": total.label,
        "column": header,
        "cell": total.place.address,
        "stated": total.stated,
        "sum": total.total,
    }


def finding_document(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as plain data, its sentences in one language."""

    def words(text: Localised) -> str:
        return text[language] if text else ""

    return {
        "code": finding.code,
        "severity": finding.severity,
        "what": words(finding.what),
        "expected": words(finding.expected),
        "remedy": words(finding.remedy),
        "value": finding.value,
        "count": finding.count,
        "places": [_place(each) for each in finding.places],
        "reason": finding.reason,
    }


def _place(place: CellPlace) -> dict[str, Any]:
    return {
        "sheet": place.sheet,
        "cell": place.address,
        "row": place.row or None,
        "column": place.column or None,
    }
