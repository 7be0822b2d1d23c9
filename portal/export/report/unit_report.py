"""A unit's report of a period as a Word document: a table by field, annexes, sources."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from geodata.i18n import Language
from geodata.store import Store
from portal.export.report.docx_elements import add_table, placeholder
from portal.export.report.letterhead import write_letterhead, write_signature_block
from portal.export.report.official_document import describe_document, official_document
from portal.export.reproducible_zip import with_fixed_dates
from portal.serializers.entities import Document
from portal.serializers.unit_report import UnitReport, report_document
from portal.translations import translate

_WIDTHS = (48.0, 17.0, 21.0, 21.0, 16.0, 21.0, 16.0)
_ANNEX_WIDTHS = (100.0, 25.0, 35.0)
"""Millimetres: indicator, unit of measure, done, planned, per cent, a year before, change."""


def unit_report_docx(
    report: UnitReport, store: Store, params: Mapping[str, Any], language: Language
) -> bytes:
    """The document; the same bytes each time.

    Parameters
    ----------
    params
        The heading's lines, as of every report.
    """
    shown = report_document(store, report, language)
    document = official_document(language)
    write_letterhead(document, params, language)
    kind = document.add_paragraph(style="Title")
    placeholder(kind, "kind", "", translate("report.kind", language).upper())
    title = translate(
        "unit_report.heading",
        language,
        unit=report.unit.full_name[language],
        period=shown["period_label"],
    )
    document.add_paragraph(title, style="Subtitle")
    rows, heads = _rows(shown)
    if rows:
        right = (2, 3, 4, 5, 6)
        add_table(document, _head(language), rows, _WIDTHS, right=right, bold=heads)
    document.add_paragraph(translate("unit_report.rule", language), style="Source Line")
    for number, field in enumerate([f for f in shown["fields"] if f["annex"]], 1):
        annex = translate("unit_report.annex", language, n=number, field=field["name"])
        document.add_heading(annex, 2)
        lines = [[row["name"], row["unit"], _done(row)] for row in field["annex"]]
        add_table(document, _head(language)[:3], lines, _ANNEX_WIDTHS, right=(2,))
    document.add_heading(translate("report.sources", language), 2)
    for number, source in enumerate(shown["sources"], 1):
        document.add_paragraph(f"{number}. {source['title_line']}.", style="Body Text")
    write_signature_block(document, params, language)
    describe_document(document, title, store, str(params.get("office", "")), language)
    target = io.BytesIO()
    document.save(target)
    return with_fixed_dates(target.getvalue(), store.info.reference_date)


def _head(language: Language) -> list[str]:
    names = ("measure_unit", "actual", "plan", "percent", "before", "change")
    return [
        translate("figure.indicator", language),
        *(translate(f"unit_report.{name}", language) for name in names),
    ]


def _rows(shown: Document) -> tuple[list[list[str]], list[int]]:
    """The lines of the table, and which of them name a field."""
    lines: list[list[str]] = []
    heads: list[int] = []
    for field in shown["fields"]:
        if field["rows"]:
            heads.append(len(lines))
            lines.append([field["name"], *[""] * 6])
        for row in field["rows"]:
            cells = ("unit", "plan", "percent", "before", "change")
            unit, *rest = (row[name] for name in cells)
            lines.append([row["name"], unit, _done(row), *rest])
    return lines, heads


def _done(row: Document) -> str:
    """The figure, with a sign where it is doubtful."""
    return f"{row['actual']} (!)" if row["doubt"] else str(row["actual"])
