"""The review and the preview of a list as the pages draw them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geodata.i18n import Language
from geodata.ledger.list_content import ListPlan, hash_of_list
from geodata.ledger.listed_records import RecordChange, RecordDifference
from geodata.ledger.record_differences import EntryDifference, entry_differences
from geodata.list_import.list_report import ListQuestion, ListReport
from geodata.store import Store
from geodata.table_import.list_answers import LIST_SCOPES, QUALITIES
from geodata.table_import.report_records import SEVERITIES, Finding
from layers.places.symbol_shapes import SIGNS
from portal.publishing.change_rows import unit_name
from portal.publishing.finding_rows import finding_row, in_order_of_weight
from portal.publishing.list_answers_form import LEAVE_OUT, NEW
from portal.translations import translate
from portal.urls import unit_url

MOST_ENTRIES = 400
"""Places and villages that a page lists."""


def list_review_document(report: ListReport, store: Store, language: Language) -> dict[str, Any]:
    """What the review page of a list shows."""
    answers = report.answers
    themes = [(each.id, each.name[language]) for each in store.themes()]
    counts = [(each.id, each.name[language]) for each in store.indicators() if each.kind == "count"]
    source = {
        name: getattr(answers.source, name)
        for name in ("title", "number", "issuer", "date", "place", "url", "page")
    }
    return {
        "kind": report.kind.kind,
        "reasons": [each[language] for each in report.kind.reasons],
        "recipe": report.recipe,
        "rows": report.rows,
        "entries": len(report.places) or sum(len(r.record.rows) for r in report.villages),
        "publishable": report.publishable,
        "titled": bool(answers.source.title),
        "source": source,
        "lists": answers.lists,
        "columns": [(each.header, each.field, each.values) for each in report.columns],
        "positions": report.position_note[language],
        "notes": [each[language] for each in report.notes],
        "questions": [_question(n, q, report) for n, q in enumerate(report.questions)],
        "findings": [_finding(each, language) for each in in_order_of_weight(report.findings)],
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "severities": [
            {
                "id": severity,
                "label": translate(f"publishing.severity_{severity}", language),
                "count": report.count(severity),
            }
            for severity in SEVERITIES
        ],
        "themes": themes,
        "indicators": counts,
        "symbols": [(sign, translate(f"lists.symbol_{sign}", language)) for sign in SIGNS],
        "scopes": LIST_SCOPES,
        "qualities": QUALITIES,
        "leave_out": LEAVE_OUT,
        "new": NEW,
        "categories": [
            (c.name[language], sum(p.category == c.id for p in report.places))
            for c in report.categories
        ],
        "communes": [
            (each.commune.full_name[language], len(each.matched), len(each.new))
            for each in report.villages
        ],
    }  # fmt: skip


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


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    # What a finding asks is answered in the list of questions, in the form, or as a reason.
    answers = {"D20": "source-title", "G12": "period", "G13": "merged_on"}
    answer = answers.get(finding.code, "questions-title")
    if finding.severity == "confirm":
        answer = f"reason-{finding.code}"
    row = finding_row(finding, language)
    return {
        **row,
        "answer": answer if finding.severity in ("confirm", "question") else "",
        # A list stands on one sheet.
        "places": [{**place, "sheet": ""} for place in row["places"]],
    }


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
    name = each.name
    if each.kind == "complete":
        name = translate("lists.complete", language, category=each.id)
    elif not name:
        name = translate("lists.about", language)
    return {
        "change": translate(f"lists.{each.change}", language),
        "kind": each.change,
        "name": name,
        "unit": unit_name(store, each.unit_id, language) if each.unit_id else "",
        "unit_url": unit_url(each.unit_id, language) if each.unit_id else "",
        "fields": [(f.name, f.before, f.after) for f in each.fields],
        "row": address,
    }
