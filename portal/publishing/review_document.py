"""The review page of a table as data: made where the table is read, drawn where it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from geodata.catalogue import Catalogue
from geodata.i18n import Language
from geodata.model import Unit
from geodata.readers.pasted import PASTED
from geodata.readers.sheet import Sheet
from geodata.table_import.columns.column_concepts import concepts_of
from geodata.table_import.columns.table_document import stated_document
from geodata.table_import.columns.table_title import titles_of
from geodata.table_import.layout_records import TableChoice
from geodata.table_import.report_records import SEVERITIES, ImportReport
from layers.formatting import fewest_decimals, format_number
from layers.labels import LEVEL_NAMES, date_text
from portal.publishing.column_cards import (
    USES,
    column_cards,
    indicator_names,
    is_open,
    status_options,
)
from portal.publishing.finding_rows import finding_rows, severity_counts
from portal.publishing.form_fields import SOURCE_FIELDS
from portal.publishing.table_frame import sheet_of, table_frame
from portal.publishing.unit_rows import UnitById, described, unit_rows
from portal.translations import translate

SURE_SCORE = 75
"""From this score on the picture of the table is folded away."""


def review_document(
    report: ImportReport,
    sheets: Sequence[Sheet],
    catalogue: Catalogue,
    units: Sequence[Unit],
    language: Language,
) -> dict[str, Any]:
    """Everything the review page shows; nothing in it but text, numbers and lists.

    Parameters
    ----------
    report
        What was read from the table.
    sheets
        The sheets of the file, for the picture of the table.
    catalogue
        The indicators that columns may be.
    units
        The units of all days that rows may be about.
    language
        Of all texts.
    """
    by_id = {unit.unit_id: unit for unit in units}
    counts, source = severity_counts(report), _source(report, language)
    return {
        "file": report.file,
        "sentence": _sentence(report, language),
        "counts": counts,
        "severities": [
            {"id": each, "count": counts[each],
             "label": translate(f"publishing.severities_{each}", language)}
            for each in SEVERITIES if counts[each]
        ],
        "findings": finding_rows(report, language),
        "score": report.layout.score if report.layout else 0,
        "encoding": _encoding(report, language),
        "table_open": report.layout is None or report.layout.score < SURE_SCORE
        or bool(report.tables),
        "frame": _frame(report, sheets, language),
        "sheets": [sheet.name for sheet in sheets],
        "columns": column_cards(report, catalogue, language),
        "subject": next(iter(titles_of(report.layout.letterhead)), "") if report.layout else "",
        "uses": list(USES),
        "indicators": list(indicator_names(catalogue, report.answers, language).values()),
        "tables": [_table_choice(each) for each in report.tables],
        "asked": _asked(report, bool(source["title"])),
        "without_period": sum(
            meaning.use == "value" and not meaning.period for meaning in report.columns
        ),
        "statuses": status_options(language),
        "units": unit_rows(report.matching, by_id.__getitem__, language)
        if report.matching else None,
        "unit_names": _unit_names(report, units, by_id.__getitem__, language),
        "totals": _totals(report, language),
        "answers": _answers(report),
        "source": source,
        **_concepts(report, catalogue, language),
        "recipe": report.recipe,
        "titled": bool(report.answers.source.title),
        "publishable": report.publishable and bool(report.answers.source.title),
        "values": sum(value.told for value in report.values),
    }  # fmt: skip


def _concepts(report: ImportReport, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """The concepts by which figures may be counted, and the one said of all columns."""
    known = concepts_of(catalogue, report.answers)
    return {
        "concepts": [(name, one.name[language]) for name, one in known.items()],
        "concept": report.answers.concept,
    }


def _sentence(report: ImportReport, language: Language) -> str:
    """What was understood, in one sentence."""
    if report.layout is None or report.matching is None:
        return translate("publishing.nothing_found", language)
    matching = report.matching
    if matching.vintage is None:
        return translate(
            "publishing.understood_mixed",
            language,
            rows=len(matching.rows),
            level=LEVEL_NAMES[matching.level][language].lower(),
        )
    day = date_text(matching.vintage, language)
    return translate(
        "publishing.understood",
        language,
        units=len({row.unit_id for row in matching.rows if row.state == "matched"}),
        level=LEVEL_NAMES[matching.level][language].lower(),
        date=day,
        columns=len({value.place.column for value in report.values}),
        values=sum(value.told for value in report.values),
    )


def _asked(report: ImportReport, titled: bool) -> int:
    """How many things of the form wait for an answer, as a person counts them."""
    units = report.matching.rows if report.matching else ()
    rows = any(row.state in ("asked", "unmatched", "doubled") for row in units)
    columns = sum(is_open(meaning) for meaning in report.columns if meaning.use != "position")
    reasons = {f.code for f in report.findings if f.severity == "confirm" and not f.reason}
    return rows + columns + len(reasons) + (not titled)


def _table_choice(table: TableChoice) -> dict[str, Any]:
    header = table.table.header_rows or ()
    return {
        "name": table.name,
        "sheet": table.sheet,
        "header": f"{header[0]}–{header[-1]}" if header else "–",
        "rows": f"{table.table.first_row}–{table.table.last_row}",
    }


def _encoding(report: ImportReport, language: Language) -> str:
    layout = report.layout
    if layout is None or not layout.encoding:
        return ""
    return translate(
        "publishing.converted", language, encoding=layout.encoding, n=layout.converted_cells
    )


def _frame(
    report: ImportReport, sheets: Sequence[Sheet], language: Language
) -> dict[str, Any] | None:
    sheet = sheet_of(report.layout, sheets) if report.layout else next(iter(sheets), None)
    if sheet is None:
        return None
    return table_frame(report.layout, sheet, language, report.findings)


def _unit_names(
    report: ImportReport, units: Sequence[Unit], by_id: UnitById, language: Language
) -> list[dict[str, str]]:
    """The units a person may name where none of the candidates fits."""
    matching = report.matching
    if matching is None or all(row.state in ("matched", "ignored") for row in matching.rows):
        return []
    return [
        {"id": unit.unit_id, "name": described(unit, by_id, language)}
        for unit in units
        if unit.level == matching.level
        and (matching.vintage is None or unit.valid_on(matching.vintage))
    ]


def _totals(report: ImportReport, language: Language) -> list[dict[str, str]]:
    return [
        {
            "label": each.label,
            "address": each.place.address,
            "stated": _plain(each.stated, language),
            "total": "" if each.total is None else _plain(each.total, language),
        }
        for each in report.totals
    ]


def _source(report: ImportReport, language: Language) -> dict[str, str]:
    """The document as it was stated; until then what the table's letterhead says is proposed."""
    source = {name: getattr(report.answers.source, name) for name in SOURCE_FIELDS}
    if not any(source.values()) and report.layout is not None:
        stated = stated_document(report.layout)
        source = {name: getattr(stated, name) for name in SOURCE_FIELDS}
        if source["title"] == PASTED:
            source["title"] = ""
    if source["date"]:
        source["date"] = date_text(dt.date.fromisoformat(source["date"]), language)
    return source


def _plain(value: float, language: Language) -> str:
    """A number with as many decimals as it has, six at the most."""
    return format_number(value, fewest_decimals((value,), 6), language)


def _answers(report: ImportReport) -> dict[str, Any]:
    """What was answered about the table itself, as the fields of the form hold it."""
    answers = report.answers
    header = answers.table.header_rows
    return {
        "sheet": answers.sheet,
        "header_first": min(header) if header else "",
        "header_last": max(header) if header else "",
        "first_row": answers.table.first_row or "",
        "last_row": answers.table.last_row or "",
        "vintage": answers.vintage.isoformat() if answers.vintage else "",
        "notation": answers.notation,
        "hidden": answers.hidden,
        "outside": answers.outside,
    }
