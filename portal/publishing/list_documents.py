"""The review and the preview of a list as the pages draw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from geodata.errors import truncate
from geodata.i18n import Language
from geodata.ledger.list_content import ListPlan, hash_of_list
from geodata.ledger.listed_records import RecordChange, RecordDifference
from geodata.ledger.record_differences import EntryDifference, entry_differences
from geodata.list_import.list_recipe import VOCABULARIES
from geodata.list_import.list_report import ListQuestion, ListReport
from geodata.model import Place
from geodata.period import parse_period
from geodata.readers.sheet import Sheet
from geodata.store import Store
from geodata.table_import.list_answers import LIST_SCOPES, QUALITIES, ListAnswers
from geodata.table_import.report_records import SEVERITIES, Finding
from layers.labels import date_text
from layers.places.place_view import place_symbols
from layers.places.symbol_shapes import SIGNS
from portal.publishing.change_rows import unit_name
from portal.publishing.definition_rows import definition_fields
from portal.publishing.finding_rows import finding_row, in_order_of_weight
from portal.publishing.form_fields import SOURCE_FIELDS
from portal.publishing.list_answers_form import ALL_NEW, LEAVE_OUT, NEW
from portal.publishing.paths import definition_path
from portal.publishing.table_frame import table_frame
from portal.serializers.places import symbol_document
from portal.translations import translate
from portal.urls import page_url, unit_url

MOST_ENTRIES = 400
"""Places and villages that a page lists."""


def list_review_document(
    report: ListReport, sheet: Sheet | None, store: Store, language: Language
) -> dict[str, Any]:
    """What the review page of a list shows.

    Parameters
    ----------
    sheet
        That it stands in; None for a file of shapes.
    """
    answers = report.answers
    return {
        "kind": report.kind.kind,
        "reasons": [each[language] for each in report.kind.reasons],
        "recipe": report.recipe,
        "rows": report.rows,
        "entries": report.entries,
        "publishable": report.publishable,
        "titled": bool(answers.source.title),
        "source": {name: getattr(answers.source, name) for name in SOURCE_FIELDS},
        "lists": answers.lists,
        **_days(answers.lists, language),
        "frame": table_frame(None, sheet, language, report.findings) if sheet else None,
        "columns": [(each.header, each.field, each.values) for each in report.columns],
        "fields": list(VOCABULARIES[report.kind.kind].headings),
        "own": "lists.field_own" if report.kind.kind == "places" else "lists.field_unused",
        "positions": report.position_note[language],
        "notes": [each[language] for each in report.notes],
        "findings": [_finding(each, language) for each in in_order_of_weight(report.findings)],
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "asked": report.count("question") + report.count("confirm"),
        "scopes": LIST_SCOPES,
        "qualities": QUALITIES,
        **_questions(report, store, language),
        "categories": [
            (c.name[language], sum(p.category == c.id for p in report.places))
            for c in report.categories
        ],
        "communes": [
            (each.commune.full_name[language], len(each.matched), len(each.new))
            for each in report.villages
        ],
    }


def _questions(report: ListReport, store: Store, language: Language) -> dict[str, Any]:
    """The questions with all that their answers are chosen from."""
    return {
        "questions": [_question(n, q, report) for n, q in enumerate(report.questions)],
        "unnamed": sum(q.kind == "category" and q.answer is None for q in report.questions),
        "themes": [(each.id, each.name[language]) for each in store.themes()],
        "indicators": [
            (each.id, each.name[language]) for each in store.indicators() if each.kind == "count"
        ],
        "symbols": [(sign, translate(f"lists.symbol_{sign}", language)) for sign in SIGNS],
        "leave_out": LEAVE_OUT,
        "new": NEW,
        "all_new": ALL_NEW,
    }


def _question(number: int, question: ListQuestion, report: ListReport) -> dict[str, Any]:
    made = report.answers.lists.new_categories.get(question.key)
    chosen = question.answer
    if chosen == "":
        chosen = LEAVE_OUT if question.kind == "commune" else NEW
    return {
        "number": number,
        "kind": question.kind,
        "key": question.key,
        "written": question.written,
        "parent": question.parent,
        "rows": question.rows,
        "row": question.first_row,
        "candidates": question.candidates,
        "chosen": chosen or "",
        "made": made,
    }


def _days(said: ListAnswers, language: Language) -> dict[str, str]:
    """Days and periods as a person writes them: so they are read again."""
    merged_on = date_text(said.merged_on, language) if said.merged_on else ""
    periods = {"as_of": said.as_of, "period": said.period}
    texts = {name: _period_text(code, language) for name, code in periods.items()}
    return {**texts, "merged_on": merged_on}


def _period_text(code: str, language: Language) -> str:
    return parse_period(code).label(language) if code else ""


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    # What a finding asks is answered in the list of questions, in the form, or as a reason.
    answers = {"D20": "source-title", "F09": "about-title", "G12": "period", "G13": "merged_on"}
    answer = answers.get(finding.code, "questions-title")
    if finding.severity == "confirm":
        answer = f"reason-{finding.code}"
    row = finding_row(finding, language)
    return {
        **row,
        "answer": answer if finding.severity in ("confirm", "question") else "",
        # It is asked where it is answered, and need not be said twice; what a person must say about
        # the whole list (F09) has no question of its own there.
        "below": finding.severity in ("confirm", "question") and finding.code != "F09",
        # Of one row it says which; of several their rows are listed.
        "value": truncate(finding.value) if finding.count == 1 else "",
        # A list stands on one sheet.
        "places": [{**place, "sheet": ""} for place in row["places"]],
    }


def places_legend(
    places: Iterable[Place], store: Store, language: Language
) -> list[dict[str, Any]]:
    """Each category of some places with its symbol and how many of them it has."""
    counts, symbols = Counter(place.category for place in places), place_symbols(store)
    return [
        {
            "symbol": symbol_document(symbols[each.id]),
            "name": each.name[language],
            "count": counts[each.id],
        }
        for each in store.place_categories()
        if counts[each.id]
    ]


def list_preview_document(
    report: ListReport, plan: ListPlan, store: Store, language: Language
) -> dict[str, Any]:
    """What the preview of a list shows beside its picture."""
    rows = record_change_rows(plan.changes, store, language)
    return {
        "based_on": plan.based_on,
        "hash": hash_of_list(report.content) if report.content else "",
        "counts": dict(plan.counts),
        "same_file": plan.same_file[0].number if plan.same_file else 0,
        "rows": rows[:MOST_ENTRIES],
        "more": max(0, len(rows) - MOST_ENTRIES),
    }


def record_change_rows(
    made: Iterable[RecordChange], store: Store, language: Language
) -> list[dict[str, Any]]:
    """Each place or village that came, went or changed, in the reader's words."""
    return [
        _row(each, change.address, store, language)
        for change in made
        for each in entry_differences(change.key, change.old, change.new)
    ]


def record_difference_rows(
    found: Iterable[RecordDifference], store: Store, language: Language
) -> list[dict[str, Any]]:
    """Each place or village that differs between two states."""
    return [
        _row(each, "", store, language)
        for one in found
        for each in entry_differences(one.key, one.before, one.after)
    ]


def _row(each: EntryDifference, address: str, store: Store, language: Language) -> dict[str, Any]:
    name, fields, url = each.name, [(f.name, f.before, f.after) for f in each.fields], ""
    if each.kind == "indicator":
        fields, url = definition_fields(each, language), definition_path(each.id)
    elif each.kind == "complete":
        name = translate("lists.complete", language, category=each.id)
    elif not name:
        name = translate("lists.about", language)
    return {
        "change": translate(f"lists.{each.change}", language),
        "kind": each.change,
        "name": name,
        "unit": unit_name(store, each.unit_id, language) if each.unit_id else "",
        "unit_url": unit_url(each.unit_id, language) if each.unit_id else "",
        "url": page_url(url, language) if url else "",
        "fields": fields,
        "row": address,
    }
