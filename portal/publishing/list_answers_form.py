"""What the form of a list's review page says, as `Answers`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import Message, Text
from geodata.point_tables.coordinate_detection import validate_crs
from geodata.table_import.list_answers import (
    LIST_SCOPES,
    QUALITIES,
    ListAnswers,
    NewPlaceCategory,
)
from geodata.table_import.report_records import Answers
from geodata.vietnamese_names import normalise, without_diacritics
from layers.places.symbol_shapes import SIGNS
from portal.publishing.form_fields import (
    Fields,
    read_confirmed,
    read_day,
    read_period,
    read_source,
    readable_fields,
)

NEW, OPEN, LEAVE_OUT = "=new", "", "=ignore"
"""Values of a question's field beside the ids of what is known."""
ALL_NEW = "all-new"
"""The button by which every category that is asked about becomes a new one."""
_MOST_QUESTIONS = 4000
_MOST_COLUMNS = 500
_LONGEST = 400


def read_list_answers(fields: Fields, before: Answers) -> tuple[Answers, list[InvalidInput]]:
    """Answers with what a form says, and what of it could not be read.

    Parameters
    ----------
    fields
        The form as sent; each question has ``question-N`` with its key and kind beside, each column
        ``field-N`` with its heading and what it was read as.
    before
        What was said earlier.
    """
    faults: list[InvalidInput] = []
    fields = readable_fields(fields, faults)
    said = before.lists
    scope, quality = fields.get("scope", said.scope), fields.get("quality", said.quality)
    lists = replace(
        said,
        columns=_columns(fields, said.columns, faults),
        scope=scope if scope in LIST_SCOPES else said.scope,
        quality=quality if quality in QUALITIES else said.quality,
        as_of=_period(fields, "as_of", said.as_of, faults),
        period=_period(fields, "period", said.period, faults),
        merged_on=read_day(fields, "merged_on", said.merged_on, faults),
        legal_basis=fields.get("legal_basis", said.legal_basis).strip()[:_LONGEST],
        commune=fields.get("commune", said.commune).strip()[:_LONGEST],
        category=fields.get("category", said.category).strip()[:_LONGEST],
        crs=_crs(fields, said.crs, faults),
        complete=True,
    )
    answers = replace(
        before,
        source=read_source(fields, before.source, faults),
        confirmed=read_confirmed(fields, before.confirmed),
        lists=_questions(fields, lists),
    )
    return answers, faults


def _period(fields: Fields, name: str, before: str, faults: list[InvalidInput]) -> str:
    if name not in fields:
        return before
    told = len(faults)
    period = read_period(fields[name].strip(), name, faults)
    return before if len(faults) > told else period


def _crs(fields: Fields, before: str, faults: list[InvalidInput]) -> str:
    text = fields.get("crs", before).strip()
    try:
        if text and text != before:
            validate_crs(text)
    except PortalError as fault:
        faults.append(InvalidInput(fault.what, text, fault.allowed, fault.remedy, "crs"))
        return before
    return text


def _columns(
    fields: Fields, before: Mapping[str, str], faults: list[InvalidInput]
) -> Mapping[str, str]:
    """Headings by field, once one column was said to hold something else than it was read as."""
    chosen: dict[str, str] = {}
    read: set[str] = set()
    changed = False
    for number in range(_MOST_COLUMNS):
        heading, was = fields.get(f"header-{number}"), fields.get(f"was-{number}", "")
        if heading is None:
            break
        meant = fields.get(f"field-{number}", was)
        changed |= meant != was
        read |= {was} - {""}
        if meant in chosen:
            what, found = Message("Two columns mean the same"), f"{chosen[meant]}, {heading}"
            faults.append(InvalidInput(what, found, where=f"field-{number}"))
        elif meant:
            chosen[meant] = heading
    # An empty heading says that no column holds it.
    return {**dict.fromkeys(read, ""), **chosen} if changed else before


def _questions(fields: Fields, lists: ListAnswers) -> ListAnswers:
    """The answers to the questions of the page."""
    categories, communes = dict(lists.categories), dict(lists.communes)
    villages, made = dict(lists.villages), dict(lists.new_categories)
    by_kind = {"category": categories, "commune": communes, "village": villages}
    all_new = fields.get("next") == ALL_NEW
    usual_theme = fields.get("theme-all", "").strip()[:120] if all_new else ""
    for number in range(_MOST_QUESTIONS):
        key, kind = fields.get(f"key-{number}"), fields.get(f"kind-{number}", "")
        if key is None:
            break
        chosen = fields.get(f"question-{number}", OPEN)
        answers = by_kind.get(kind)
        if answers is None:
            continue
        if chosen == OPEN and kind == "category" and all_new:
            chosen = NEW
        answers.pop(key, None)
        made.pop(key, None)
        if chosen == OPEN:
            continue
        answers[key] = "" if chosen in (NEW, LEAVE_OUT) else chosen
        if kind == "category" and chosen == NEW:
            made[key] = _new_category(fields, number, usual_theme)
    return replace(
        lists, categories=categories, communes=communes, villages=villages, new_categories=made
    )


def _new_category(fields: Fields, number: int, usual: str) -> NewPlaceCategory:
    """A category as its fields make it; without a theme of its own it has the usual one."""

    def text(name: str) -> str:
        return normalise(fields.get(f"{name}-{number}", ""))[:120]

    symbol, theme, vi = text("symbol"), text("theme") or usual, text("name_vi")
    return NewPlaceCategory(
        name=Text(vi, text("name_en") or without_diacritics(vi)),
        symbol=symbol if symbol in SIGNS else "",
        theme=theme,
        indicator=text("indicator"),
    )
