"""The report on a list as a JSON document, in the shape of that on a table of figures."""

from __future__ import annotations

from typing import Any

from geodata.i18n import Language
from geodata.list_import.list_report import ListQuestion, ListReport
from geodata.table_import.report_json import FORMAT, finding_document, total_document
from geodata.table_import.report_records import SEVERITIES


def list_document(report: ListReport, language: Language) -> dict[str, Any]:
    """The report as plain data, ready for ``json.dumps``.

    Returns
    -------
    dict
        As `geodata.table_import.report_json.report_document`: ``format``, ``file``, ``sha256``,
        ``sheet``, ``recipe``, ``level`` (``commune`` for places, ``village``), ``vintage`` (null),
        ``units`` (how many communes or villages are ``matched``, and how many names are
        ``unmatched``, ``doubled``, ``asked``, ``ignored``, ``absent``), ``columns`` (``header``,
        ``field``, ``values``), ``totals``, ``findings``, ``counts``, ``values`` (the number of
        places or villages), ``publishable``; and beside these ``kind`` (``places`` or
        ``villages``), ``evidence``, ``positions`` (how they were read), ``categories``,
        ``questions`` and ``notes``.
    """
    return {
        "format": FORMAT,
        "kind": report.kind.kind,
        "chosen_by": "answer" if report.kind.said else "evidence",
        "evidence": [each[language] for each in report.kind.reasons],
        "file": report.file,
        "sha256": report.sha256,
        "sheet": report.kind.sheet or report.answers.sheet or None,
        "level": "village" if report.kind.kind == "villages" else "commune",
        "vintage": None,
        "recipe": report.recipe,
        "rows": report.rows,
        "units": dict(report.units),
        "columns": [
            {"header": each.header, "field": each.field or None, "values": each.values}
            for each in report.columns
        ],
        "positions": report.position_note[language],
        "categories": [
            {
                "id": each.id,
                "name": {"vi": each.name.vi, "en": each.name.en},
                "symbol": each.symbol,
                "indicator": each.indicator,
                "places": sum(place.category == each.id for place in report.places),
            }
            for each in report.categories
        ],
        "totals": _totals(report),
        "questions": [_question(each, language) for each in report.questions],
        "findings": [finding_document(each, language) for each in report.findings],
        "notes": [each[language] for each in report.notes],
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "values": report.entries,
        "publishable": report.publishable,
    }


def _totals(report: ListReport) -> list[dict[str, Any]]:
    headers = {each.number: each.header for each in report.columns}
    return [total_document(each, headers.get(each.place.column, "")) for each in report.totals]


def _question(question: ListQuestion, language: Language) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "key": question.key,
        "written": question.written,
        "parent": question.parent,
        "rows": question.rows,
        "first_row": question.first_row or None,
        "candidates": [
            {"id": each.id, "name": each.name[language]} for each in question.candidates
        ],
        "answer": question.answer,
    }
