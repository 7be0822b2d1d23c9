"""What the form of a list's review page says, as `Answers`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.i18n import Message, Text
from geodata.period import parse_period
from geodata.table_import.column_records import TableSource
from geodata.table_import.list_answers import (
    LIST_SCOPES,
    NEW_INDICATOR,
    QUALITIES,
    NewPlaceCategory,
)
from geodata.table_import.report_records import Answers
from layers.places.symbol_shapes import SIGNS

NEW, OPEN, LEAVE_OUT = "=new", "", "=ignore"
"""Values of a question's field beside the ids of what is known."""
_MOST_QUESTIONS = 4000
_LONGEST = 400


def read_list_answers(
    form: Mapping[str, str], before: Answers
) -> tuple[Answers, list[InvalidInput]]:
    """Answers with what the form says, and what of it could not be read.

    Parameters
    ----------
    form
        The fields that were sent; each question has ``question-N`` with its key and kind beside.
    before
        What was said earlier.
    """
    faults: list[InvalidInput] = []
    said = before.lists
    names = ("number", "issuer", "date", "place", "url", "page", "title")
    source = TableSource(**{n: form.get(f"source-{n}", "").strip()[:_LONGEST] for n in names})
    confirmed = {
        name.removeprefix("reason-"): text.strip()
        for name, text in form.items()
        if name.startswith("reason-") and text.strip()
    }
    scope, quality = form.get("scope", said.scope), form.get("quality", said.quality)
    lists = replace(
        said,
        scope=scope if scope in LIST_SCOPES else said.scope,
        quality=quality if quality in QUALITIES else said.quality,
        as_of=_read(form, "as_of", said.as_of, _period, faults),
        period=_read(form, "period", said.period, _period, faults),
        merged_on=_read(form, "merged_on", said.merged_on, _day, faults),
        legal_basis=form.get("legal_basis", said.legal_basis).strip()[:_LONGEST],
        commune=form.get("commune", said.commune).strip()[:_LONGEST],
        category=form.get("category", said.category).strip()[:_LONGEST],
        crs=form.get("crs", said.crs).strip()[:40],
        complete=True,
    )
    answers = replace(before, source=source, confirmed=confirmed, lists=_questions(form, lists))
    return answers, faults


def _questions(form: Mapping[str, str], lists: Any) -> Any:  # noqa: ANN401 - ListAnswers
    """The answers to the questions of the page."""
    categories, communes = dict(lists.categories), dict(lists.communes)
    villages, made = dict(lists.villages), dict(lists.new_categories)
    by_kind = {"category": categories, "commune": communes, "village": villages}
    for number in range(_MOST_QUESTIONS):
        key, kind = form.get(f"key-{number}"), form.get(f"kind-{number}", "")
        if key is None:
            break
        chosen = form.get(f"question-{number}", OPEN)
        answers = by_kind.get(kind)
        if answers is None:
            continue
        answers.pop(key, None)
        made.pop(key, None)
        if chosen == OPEN:
            continue
        answers[key] = "" if chosen in (NEW, LEAVE_OUT) else chosen
        if kind == "category" and chosen == NEW:
            made[key] = _new_category(form, number)
    return replace(
        lists, categories=categories, communes=communes, villages=villages, new_categories=made
    )


def _new_category(form: Mapping[str, str], number: int) -> NewPlaceCategory:
    def text(name: str) -> str:
        return form.get(f"{name}-{number}", "").strip()[:120]

    symbol, theme = text("symbol"), text("theme")
    indicator = text("indicator")
    return NewPlaceCategory(
        name=Text(text("name_vi"), text("name_en")),
        symbol=symbol if symbol in SIGNS else "",
        theme=theme,
        # Without a theme there is nowhere for an indicator to stand.
        indicator=indicator if theme or indicator != NEW_INDICATOR else "",
    )


def _read(
    form: Mapping[str, str],
    name: str,
    before: Any,  # noqa: ANN401 - what the field held
    parse: Callable[[str], Any],
    faults: list[InvalidInput],
) -> Any:  # noqa: ANN401
    if name not in form:
        return before
    text = form[name].strip()
    if not text:
        return parse("")
    try:
        return parse(text)
    except (PortalError, ValueError) as fault:
        known = isinstance(fault, FileFault | InvalidInput)
        what = fault.what if known else Message("Not a date")  # type: ignore[union-attr]
        allowed = Message("a day such as 2026-06-01")
        faults.append(InvalidInput(what, text, allowed, where=name))
        return before


def _period(text: str) -> str:
    return parse_period(text).code if text else ""


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
