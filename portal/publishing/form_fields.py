"""Fields that the forms of every table and list have: the document, reasons, days and periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.model import Concept
from geodata.table_import.column_records import TableSource
from geodata.table_import.columns.form_faults import FormFaults
from geodata.table_import.columns.new_concepts import stated_concept
from geodata.table_import.columns.period_words import period_of_cell, stated_period
from geodata.table_import.report_records import Answers
from geodata.text_io import readable_text

MOST_REASON = 500
SOURCE_FIELDS = ("title", "number", "issuer", "date", "place", "url", "page")

Fields = MultiDict[str, str]


def readable_fields(fields: Fields, faults: list[InvalidInput]) -> Fields:
    """The fields without those that hold control characters, which no answers file may hold."""
    readable: Fields = MultiDict()
    for name, value in fields.items(multi=True):
        try:
            readable.add(readable_text(name, ascii(name)), readable_text(value, name))
        except InvalidInput as fault:
            faults.append(fault)
    return readable


def read_source(fields: Fields, before: TableSource, faults: list[InvalidInput]) -> TableSource:
    """The document; its date may be written ``30/6/2026`` or ``30 June 2026``."""
    given: dict[str, Any] = {
        name: fields[f"source-{name}"].strip()
        for name in SOURCE_FIELDS
        if f"source-{name}" in fields
    }
    if given.get("date"):
        day = _day_of(given["date"])
        if day is None:
            faults.append(_no_date(given["date"], "source-date"))
        given["date"] = day.isoformat() if day else before.date
    return replace(before, **given)


def with_stated_concept(
    fields: Fields, before: Answers, known: Mapping[str, Concept], faults: list[InvalidInput]
) -> Answers:
    """The answers with the concept of all columns, which the form may make.

    Parameters
    ----------
    known
        The concepts of the catalogue, by id.
    """
    if "concept" not in fields:
        return before
    made, wrong = {one.id: one for one in before.new_concepts}, FormFaults()
    stated = stated_concept(fields, {**made, **known}, wrong.add)
    if wrong.by_field:
        for one in wrong.by_field.values():
            faults.append(InvalidInput(one.what, one.found, one.allowed, one.remedy, one.where))
        return before
    if stated is None:
        return replace(before, concept="")
    new = () if stated.id in {*made, *known} else (stated,)
    return replace(before, concept=stated.id, new_concepts=(*before.new_concepts, *new))


def read_confirmed(fields: Fields, before: Mapping[str, str]) -> dict[str, str]:
    """The reasons given for findings; an empty one takes the confirmation back."""
    confirmed = dict(before)
    for name, value in fields.items():
        code = name.removeprefix("reason-")
        if code == name:
            continue
        if value.strip():
            confirmed[code] = value.strip()[:MOST_REASON]
        else:
            confirmed.pop(code, None)
    return confirmed


def read_day(
    fields: Fields, name: str, before: dt.date | None, faults: list[InvalidInput]
) -> dt.date | None:
    """A day, as ``2025-07-01`` or ``1/7/2025``; the one before where it cannot be read."""
    if name not in fields:
        return before
    text = fields[name].strip()
    if not text:
        return None
    day = _day_of(text)
    if day is None:
        faults.append(_no_date(text, name))
        return before
    return day


def _day_of(text: str) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(period_of_cell(text))
    return None


def _no_date(text: str, where: str) -> InvalidInput:
    return InvalidInput(
        Message("Not a date"),
        found=text,
        allowed=Message("a day such as 30/6/2026"),
        where=where,
    )


def read_period(text: str, name: str, faults: list[InvalidInput]) -> str:
    """A period as its code or in the words of an office (``6 tháng 2026``).

    Parameters
    ----------
    name
        Of the field.
    faults
        Takes what cannot be read.
    """
    if not text:
        return ""
    try:
        return stated_period(text, name)
    except InvalidInput as fault:
        if all(each.where != name for each in faults):
            faults.append(fault)
        return ""
