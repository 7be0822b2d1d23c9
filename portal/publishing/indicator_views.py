"""``/office/tables/<id>/indicator/<column>``: an indicator the catalogue lacks, made in a form."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Message
from geodata.ledger.submissions import Submission
from geodata.table_import.columns import IndicatorFaults, new_indicator
from geodata.table_import.columns.new_indicators import FIELDS
from geodata.table_import.known_facts import StoreFacts
from portal.accounts.access import require_account
from portal.accounts.pages import lead_to, office_page
from portal.app_state import current_store
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.publishing.answer_forms import column_path, with_new_indicator
from portal.publishing.column_cards import indicator_options
from portal.publishing.paths import TABLES, table_path
from portal.publishing.review_views import own_submission, read_document, reading_page, save_answers
from portal.tasks.task import Task

KINDS = ("count", "ratio", "extreme")
DIRECTIONS = ("neutral", "up", "down")
_ENGLISH = ("name", "definition", "theme_name", "measure_unit_name")


@require_account()
def make_indicator(submission_id: str, column: int) -> BaseResponse:
    """The form for a new indicator of a column, and what it makes."""
    submission = own_submission(submission_id)
    document = read_document(submission)
    if isinstance(document, Task):
        return reading_page(submission, document)
    card = _card(document, column)
    if request.method != "POST":
        return _draw(submission, document, card, _first_values(card), {})
    typed = {name: request.form.get(name, "") for name in FIELDS}
    answers = submission.answers
    try:
        level = document["units"]["level"]
        made = new_indicator(with_english(typed), StoreFacts(current_store()).catalogue, level,
                             answers.new_indicators)  # fmt: skip
    except IndicatorFaults as faults:
        return _draw(submission, document, card, typed, faults.by_field)
    changed = with_new_indicator(answers, made, column_path(card["path"]), card["number"])
    save_answers(submission, changed)
    return lead_to(table_path(submission.submission_id))


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


def _first_values(card: dict[str, Any]) -> dict[str, str]:
    """What the form begins with: the words of the header.

    The unit of measure in brackets is left out of the name: maps and tables add it to every name.
    """
    unit = card["measure"]
    words = card["heading"].removesuffix(f"({unit})").rstrip() if unit else card["heading"]
    return {
        "name_vi": (words or card["heading"]).replace(" / ", ": "),
        "kind": "ratio" if "%" in unit or "%" in card["heading"] else "count",
        "direction": "neutral",
        "decimals": "1" if "%" in card["heading"] else "0",
        "minimum": "0",
        "maximum": "100" if "%" in card["heading"] else "",
        "measure_unit_name_vi": unit,
    }


def _draw(
    submission: Submission,
    document: dict[str, Any],
    card: dict[str, Any],
    form: dict[str, str],
    faults: dict[str, Any],
) -> Response:
    store, language = current_store(), current_language()
    catalogue = StoreFacts(store).catalogue
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
        values=form,
        faults=said,
        kinds=KINDS,
        directions=DIRECTIONS,
        themes=[(theme.id, theme.name[language]) for theme in catalogue.themes.values()],
        measure_units=[(u.id, u.name[language]) for u in catalogue.measure_units.values()],
        indicators=indicator_options(catalogue, submission.answers.new_indicators, language),
        level=document["units"]["level_label"],
    )
    if faults:
        page.status_code = 400
    return page


def _as_input(fault: Any) -> InvalidInput:  # noqa: ANN401 - any refusal of the form
    """The refusal as one of the request, not of a file of the server."""
    return InvalidInput(fault.what, fault.found, fault.allowed, fault.remedy, fault.where)


def init_app(app: Flask) -> None:
    """Route the page."""
    rule = f"{TABLES}/<submission_id>/indicator/<int:column>"
    app.add_url_rule(rule, "table_indicator", make_indicator, methods=["GET", "POST"])
