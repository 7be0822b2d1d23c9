"""``/office/tables/<id>/indicator/<column>``: an indicator the catalogue lacks, made in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Message
from geodata.ledger.submissions import Submission
from geodata.model import Dimension, Indicator
from geodata.series_id import format_dimensions, series_id
from geodata.table_import.column_records import ColumnMeaning, NewIndicator
from geodata.table_import.columns import IndicatorFaults, new_indicators
from geodata.table_import.columns.class_words import IGNORED
from geodata.table_import.columns.column_concepts import concepts_of
from geodata.table_import.columns.dimension_columns import CodeNames
from geodata.table_import.columns.form_faults import FormFaults
from geodata.table_import.columns.indicator_form import FIELDS
from geodata.table_import.columns.new_categories import CLASS_ROWS, classes_of_rows
from geodata.table_import.columns.new_concepts import (
    CONCEPT_FIELDS,
    stated_concept,
    with_concept,
)
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.made_entries import known_dimensions
from geodata.table_import.report_records import Answers
from portal.accounts.access import require_account
from portal.accounts.pages import lead_to, office_page
from portal.app_state import current_store
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.publishing.answer_forms import column_path
from portal.publishing.column_cards import indicator_called
from portal.publishing.drafts import own_submission, save_answers
from portal.publishing.indicator_first_values import PICKED, denominators, first_values
from portal.publishing.paths import TABLES, table_path
from portal.publishing.review_views import (
    names_of_indicators,
    read_document,
    reading_page,
)
from portal.tasks.task import Task

KINDS = ("count", "ratio", "extreme", "category")
"""Kinds of indicators that a form makes."""
DIRECTIONS = ("neutral", "up", "down")
_ENGLISH = (
    "name", "definition", "theme_name", "measure_unit_name", "dimension_name", "crossed_name",
    *(f"class_{row}" for row in range(1, CLASS_ROWS + 1)),
)  # fmt: skip
"""What takes its Vietnamese text where the English one was left empty."""
_SPARE_ROWS = 2
NAMED_HERE = "-"
"""The value of `PICKED` for a denominator that is made in the form."""


@require_account()
def make_indicator(submission_id: str, column: int) -> BaseResponse:
    """The form for a new indicator of a column, and what it makes."""
    submission = own_submission(submission_id)
    document = read_document(submission)
    if isinstance(document, Task):
        return reading_page(submission, document)
    card = _card(document, column)
    if request.method != "POST":
        first = first_values(document, card, submission.answers)
        return _draw(submission, document, card, first, {})
    typed = {name: request.form.get(name, "") for name in (*FIELDS, *CONCEPT_FIELDS, PICKED)}
    answers, wrong = submission.answers, FormFaults()
    try:
        level = document["units"]["level"]
        catalogue = StoreFacts(current_store()).catalogue
        form = with_parts(with_english(typed), names_of_indicators(answers))
        concept = stated_concept(form, concepts_of(catalogue, answers), wrong.add)
        made = new_indicators(form, catalogue, level, answers.new_indicators)
    except IndicatorFaults as faults:
        found = _of_what_was_typed(faults, typed) | wrong.by_field
        return _draw(submission, document, card, typed, found)
    if wrong.by_field:
        return _draw(submission, document, card, typed, wrong.by_field)
    classes = _classes(card, form, made[-1].indicator)
    dimensions = known_dimensions(made, catalogue.dimensions)
    parts = _parts(document, card, made[-1].indicator, dimensions)
    paths = _paths(document, card) | dict.fromkeys(parts, 0)
    answers = with_new_indicators(answers, made, paths, classes=classes, parts=parts)
    if concept is not None:
        answers = with_concept(answers, concept, paths, made[-1].indicator.id, catalogue.concepts)
    save_answers(submission, answers)
    return lead_to(table_path(submission.submission_id))


def _of_what_was_typed(faults: IndicatorFaults, typed: Mapping[str, str]) -> dict[str, Any]:
    """The faults but those of English texts left empty: they are the Vietnamese ones again."""
    return {
        field: fault
        for field, fault in faults.by_field.items()
        if not field.endswith("_en") or typed.get(field, "").strip()
    }


def with_parts(form: dict[str, str], names: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The fields with ids in place of the names of numerator and denominator.

    Parameters
    ----------
    names
        As `portal.publishing.column_cards.indicator_called` takes them. What has none of the names
        stays as it was typed, for the refusal to name it.
    """
    found = dict(form)
    for part in ("numerator", "denominator"):
        text = form.get(part, "").strip()
        found[part] = (indicator_called(text, names) or text) if text else ""
    picked = form.get(PICKED, "")
    if picked not in ("", NAMED_HERE):
        found["denominator"] = picked
    elif picked == NAMED_HERE:
        found["denominator"] = ""
    return found


def _paths(document: dict[str, Any], card: dict[str, Any]) -> dict[tuple[str, ...], int]:
    """The header paths of a column and of those that are asked about with it."""
    places = {card["place"], *card["followers"]}
    cards = [each for each in document["columns"] if each["place"] in places]
    read = {column_path(each["path"]): each["number"] for each in cards}
    return {path: number for path, number in read.items() if path is not None}


def _parts(
    document: dict[str, Any],
    card: dict[str, Any],
    indicator: Indicator,
    dimensions: Mapping[str, Dimension],
) -> dict[tuple[str, ...], str]:
    """The parts that columns beside each other hold, by their header paths.

    Below one heading each of them is headed by a code of the list, or by a word for the total; by
    one of each list where two are crossed.
    """
    by = [name for name in indicator.breakdowns if "," not in name]
    above = (column_path(card["path"]) or ())[: -len(by) or None]
    if not by or not (above or len(by) > 1):
        return {}
    names = [CodeNames(dimensions[name]) for name in by]
    found = {}
    for each in document["columns"]:
        path = column_path(each["path"]) or ()
        below = path[len(above) :] if path[: len(above)] == above else ()
        values = _values_of(below, names)
        if below and values is not None:
            found[path] = series_id(indicator.id, format_dimensions(values.items()))
    return found


def _values_of(words: Sequence[str], names: Sequence[CodeNames]) -> dict[str, str] | None:
    """The codes that sub-headings name, each of a list of its own; None where one names none."""
    left = list(names)
    values = {}
    for word in words:
        codes = {each: each.code(word) for each in left}
        if "" in codes.values():
            continue  # The total of a list.
        of_it = next((each for each, code in codes.items() if code is not None), None)
        if of_it is None:
            return None
        left.remove(of_it)
        values[of_it.dimension.id] = codes[of_it] or ""
    return values


def _classes(card: dict[str, Any], form: Mapping[str, str], indicator: Indicator) -> dict[str, str]:
    """The class of each word of a column: that of its row, or none where the row has no name."""
    if indicator.kind != "category":
        return {}
    of_rows = classes_of_rows(form, indicator)
    return {
        word["key"]: of_rows.get(row, IGNORED) for row, word in enumerate(card["words"], start=1)
    }


def with_new_indicators(
    answers: Answers,
    made: Sequence[NewIndicator],
    columns: Mapping[tuple[str, ...], int],
    *,
    classes: Mapping[str, str] = MappingProxyType({}),
    parts: Mapping[tuple[str, ...], str] = MappingProxyType({}),
) -> Answers:
    """The answers with more indicators, the last of which columns hold.

    Parameters
    ----------
    made
        What was made; of a ratio whose denominator is new too, the denominator first.
    columns
        From the header paths of the columns to their numbers.
    classes
        From the words of the columns to the classes that were made of them.
    parts
        From header paths of columns to the parts of the indicator that they hold.
    """
    ids = {each.indicator.id for each in made}
    others = tuple(each for each in answers.new_indicators if each.indicator.id not in ids)
    meanings = dict(answers.columns)
    for path, number in columns.items():
        meaning = meanings.get(path, ColumnMeaning(number, path, "value", status=""))
        of_it = parts.get(path, made[-1].indicator.id)
        meanings[path] = replace(meaning, use="value", indicator=of_it, classes=dict(classes))
    return replace(answers, new_indicators=(*others, *made), columns=meanings)


def with_english(form: dict[str, str]) -> dict[str, str]:
    """The fields with the Vietnamese text where the English one was left empty."""
    empty = {
        f"{base}_en": form.get(f"{base}_vi", "")
        for base in _ENGLISH
        if not form.get(f"{base}_en", "").strip()
    }
    return form | empty


def _card(document: dict[str, Any], column: int) -> dict[str, Any]:
    """The card of a column.

    Raises
    ------
    NotFound
        The table has no such column of figures.
    """
    found = next((each for each in document["columns"] if each["place"] == column), None)
    if found is None or document["units"] is None:
        raise NotFound(
            Message("The table has no such column"),
            found=str(column),
            allowed=tuple(str(each["place"]) for each in document["columns"]),
        )
    return dict(found)


def _draw(
    submission: Submission,
    document: dict[str, Any],
    card: dict[str, Any],
    form: dict[str, str],
    faults: dict[str, Any],
) -> Response:
    store, language = current_store(), current_language()
    catalogue = StoreFacts(store).catalogue
    known = known_dimensions(submission.answers.new_indicators, catalogue.dimensions)
    said = {
        name: error_document(*status_of(_as_input(fault)), _as_input(fault))["error"]
        for name, fault in faults.items()
    }
    page = office_page(
        "publishing_indicator.html",
        submission=submission,
        path=f"{table_path(submission.submission_id)}/indicator/{card['place']}",
        back=table_path(submission.submission_id),
        card=card,
        class_rows=class_rows(
            [{name: each[name] for name in ("written", "cells")} for each in card["words"]]
        ),
        values=form,
        faults=said,
        kinds=KINDS,
        directions=DIRECTIONS,
        concepts=[
            (name, one.name[language])
            for name, one in concepts_of(catalogue, submission.answers).items()
        ],
        dimensions=[(one.id, one.name[language]) for one in known.values()],
        themes=[(theme.id, theme.name[language]) for theme in catalogue.themes.values()],
        measure_units=[(u.id, u.name[language]) for u in catalogue.measure_units.values()],
        indicators=list(names_of_indicators(submission.answers)[0].values()),
        denominators=denominators(document, submission.answers),
        measure_symbols=sorted({u.symbol[language] for u in catalogue.measure_units.values()}),
        level=document["units"]["level_label"],
    )
    if faults:
        page.status_code = 400
    return page


def class_rows(words: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each word, and some for classes that none of them is."""
    listed = [{"written": each["written"], "cells": each["cells"]} for each in words]
    rows = [*listed, *([{"written": "", "cells": 0}] * _SPARE_ROWS)]
    return [{"number": n, **row} for n, row in enumerate(rows[:CLASS_ROWS], start=1)]


def _as_input(fault: Any) -> InvalidInput:  # noqa: ANN401 - any refusal of the form
    """The refusal as one of the request, not of a file of the server."""
    return InvalidInput(fault.what, fault.found, fault.allowed, fault.remedy, fault.where)


def init_app(app: Flask) -> None:
    """Route the page."""
    rule = f"{TABLES}/<submission_id>/indicator/<int:column>"
    app.add_url_rule(rule, "table_indicator", make_indicator, methods=["GET", "POST"])
