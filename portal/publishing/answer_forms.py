"""What a person fills in on the review page, as the `Answers` that the next reading of it uses."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import Message
from geodata.locale_numbers import parse_number
from geodata.model import STATUSES
from geodata.table_import.column_records import (
    ColumnMeaning,
    ColumnUse,
    NewIndicator,
    TableSource,
)
from geodata.table_import.columns.class_words import IGNORED, word_key
from geodata.table_import.columns.new_classes import with_new_class
from geodata.table_import.columns.period_words import period_of_cell, stated_period
from geodata.table_import.layout_records import TableChoice, TableRange
from geodata.table_import.report_records import Answers
from geodata.text_io import readable_text
from portal.publishing.column_cards import (
    ANOTHER,
    COLUMN_FIELDS,
    IGNORE,
    USES,
    indicator_called,
)

LATER = ""
"""The answer about a unit or a word that leaves it open."""
MOST_REASON = 500
SOURCE_FIELDS = ("title", "number", "issuer", "date", "place", "url", "page")

Fields = MultiDict[str, str]


def read_answers(
    fields: Fields, before: Answers, names: Sequence[Mapping[str, str]] = ()
) -> tuple[Answers, list[InvalidInput]]:
    """The answers with what a form changes in them.

    Parameters
    ----------
    fields
        The form as sent; what it does not hold stays as it was.
    before
        The answers up to now.
    names
        What indicators are called in each language, by id, as
        `portal.publishing.column_cards.indicator_names` gives it; without it only ids are read.

    Returns
    -------
    tuple
        The answers, and what could not be read, each fault naming its field in ``where``; a field
        that cannot be read leaves the answer as it was.
    """
    faults: list[InvalidInput] = []
    fields = _readable(fields, faults)
    answers = replace(
        before,
        sheet=fields.get("sheet", before.sheet),
        table=_table(fields, before.table, faults),
        vintage=_day(fields, "vintage", before.vintage, faults),
        units=_units(fields, before.units),
        columns=_ColumnFields(fields, names, faults).meanings(before.columns),
        source=_source(fields, before.source, faults),
        notation=_one_of(fields, "notation", ("", "vietnamese", "english"), before.notation),
        hidden=_one_of(fields, "hidden", ("", "use", "skip"), before.hidden),
        confirmed=_confirmed(fields, before.confirmed),
    )
    chosen = TableChoice.called(fields.get("table_choice", ""))
    if chosen is not None:
        answers = replace(answers, sheet=chosen.sheet, table=chosen.table)
    return _with_new_classes(fields, answers, faults), faults


def _with_new_classes(fields: Fields, answers: Answers, faults: list[InvalidInput]) -> Answers:
    """The answers with the classes that words become of an indicator made for the table."""
    for name, value in fields.items():
        field, _, word = name.partition(":")
        place = field.removeprefix("word-")
        path = column_path(fields.get(f"path-{place}", "")) if place != field else None
        if path is None or value != ANOTHER:
            continue
        written = fields.get(f"written-{place}:{word}", "").strip()
        try:
            answers = with_new_class(answers, path, fields.get(f"of-{place}", ""), word, written)
        except InvalidInput as fault:
            fault.where = name
            faults.append(fault)
    return answers


def _readable(fields: Fields, faults: list[InvalidInput]) -> Fields:
    """The fields without those that hold control characters, which no answers file may hold."""
    readable: Fields = MultiDict()
    for name, value in fields.items(multi=True):
        try:
            readable.add(readable_text(name, ascii(name)), readable_text(value, name))
        except InvalidInput as fault:
            faults.append(fault)
    return readable


def _table(fields: Fields, before: TableRange, faults: list[InvalidInput]) -> TableRange:
    names = ("header_first", "header_last", "first_row", "last_row")
    if not any(name in fields for name in names):
        return before
    first, last, top, bottom = (_row_number(fields, name, faults) for name in names)
    last = last or first
    header = tuple(range(first, last + 1)) if first and last and first <= last else None
    return TableRange(header, top, bottom)


def _row_number(fields: Fields, name: str, faults: list[InvalidInput]) -> int | None:
    text = fields.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 7 and int(text):
        return int(text)
    faults.append(
        InvalidInput(
            Message("This is no number of a row"),
            found=text,
            allowed=Message("a whole number from 1"),
            where=name,
        )
    )
    return None


def _day(
    fields: Fields, name: str, before: dt.date | None, faults: list[InvalidInput]
) -> dt.date | None:
    if name not in fields:
        return before
    text = fields[name].strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        faults.append(_no_date(text, name))
        return before


def _no_date(text: str, where: str) -> InvalidInput:
    return InvalidInput(
        Message("Not a date"),
        found=text,
        allowed=Message("a day such as 2026-06-01"),
        where=where,
    )


def _units(fields: Fields, before: Mapping[str, str]) -> dict[str, str]:
    """Answers about units; a typed choice stands beside the list of candidates."""
    units = dict(before)
    for name, value in fields.items():
        key = name.removeprefix("unit:")
        if key == name:
            continue
        chosen = fields.get(f"other:{key}", "").strip() or value
        if chosen == IGNORE:
            units[key] = ""
        elif chosen == LATER:
            units.pop(key, None)
        else:
            units[key] = chosen
    return units


def column_path(text: str) -> tuple[str, ...] | None:
    """A header path as the form carries it; None where the text is none."""
    with suppress(ValueError, RecursionError):
        read = json.loads(text)
        if isinstance(read, list) and all(isinstance(each, str) for each in read):
            return tuple(read)
    return None


class _ColumnFields:
    """The fields of the columns' cards, each name followed by the place of its column."""

    def __init__(
        self, fields: Fields, names: Sequence[Mapping[str, str]], faults: list[InvalidInput]
    ) -> None:
        self.fields, self.names, self.faults = fields, names, faults

    def meanings(
        self, before: Mapping[tuple[str, ...], ColumnMeaning]
    ) -> dict[tuple[str, ...], ColumnMeaning]:
        """What is said of all columns, with what was said before."""
        columns = dict(before)
        for name in self.fields:
            place = name.removeprefix("path-")
            path = column_path(self.fields[name]) if place != name else None
            if path is not None:
                meaning = self._meaning(place, path, before.get(path))
                if meaning is not None:
                    columns[path] = meaning
        return columns

    def _meaning(
        self, place: str, path: tuple[str, ...], before: ColumnMeaning | None
    ) -> ColumnMeaning | None:
        """What a person says of a column: only what differs from what the page showed.

        What is left as it was found stays found: next year's table of the same form may say
        otherwise.
        """
        said = {name: self._field(name, place) for name in COLUMN_FIELDS}
        before_texts = column_path(self.fields.get(f"shown-{place}", "")) or ()
        shown = dict(zip(COLUMN_FIELDS, before_texts, strict=False))
        field = f"period-{place}"
        if not (said["period"] or shown.get("period")):
            said["period"], field = self.fields.get("period-all", "").strip(), "period-all"
        changed = {name for name in COLUMN_FIELDS if said[name] != shown.get(name, "")}
        if period_of_cell(said["period"]) == period_of_cell(shown.get("period", "")) != "":
            changed.discard("period")
        picked = self._field("pick", self._field("same", place) or place)
        if picked == IGNORE:
            return replace(before or ColumnMeaning(0, path, "", status=""), use="skip")
        indicator = picked or self._indicator(place, changed)
        meaning = before or ColumnMeaning(0, path, "", status="")
        other = bool(indicator or "indicator" in changed)
        classes = {} if other else self._classes(place, meaning.classes)
        if said["use"] not in USES or not (changed or other or classes != meaning.classes):
            return before
        values: dict[str, Any] = {"use": cast(ColumnUse, said["use"]), "classes": classes}
        if other:
            values["indicator"] = indicator
        if "period" in changed:
            values["period"] = read_period(said["period"], field, self.faults)
        if "status" in changed and said["status"] in STATUSES:
            values["status"] = said["status"]
        if "measure" in changed:
            values["measure_unit"] = said["measure"]
        if "scale" in changed:
            values["scale"] = _scale(said["scale"], f"scale-{place}", self.faults)
            values["measure_unit"] = values.get("measure_unit", "") if "measure" in changed else ""
        return replace(meaning, **values)

    def _classes(self, place: str, before: Mapping[str, str]) -> dict[str, str]:
        """The classes of the words of a column, those that the form does not hold as before."""
        classes = {word_key(word): code for word, code in before.items()}
        for name, value in self.fields.items():
            field, _, word = name.partition(":")
            if field != f"word-{place}" or value == ANOTHER:
                continue
            if value == LATER:
                classes.pop(word, None)
            else:
                classes[word] = IGNORED if value == IGNORE else value
        return classes

    def _field(self, name: str, place: str) -> str:
        return self.fields.get(f"{name}-{place}", "").strip()

    def _indicator(self, place: str, changed: set[str]) -> str:
        """Id of the indicator that was typed for a column, or for the one it goes with."""
        leader = self._field("same", place)
        text = self._field("indicator", leader or place)
        if not text or (not leader and "indicator" not in changed):
            return ""
        found = indicator_called(text, self.names) if self.names else text
        if found is None and not leader:
            self.faults.append(
                InvalidInput(
                    Message("No indicator has this name"),
                    found=text,
                    allowed=Message("one of the list, or a new indicator"),
                    where=f"indicator-{place}",
                )
            )
        return found or ""


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


def _scale(text: str, name: str, faults: list[InvalidInput]) -> float:
    if not text:
        return 1.0
    with suppress(PortalError, ValueError):
        scale = parse_number(text, "vietnamese")
        if 0 < scale < 1e15:
            return scale
    faults.append(
        InvalidInput(
            Message("This factor cannot be used"),
            found=text,
            allowed=Message("a number above 0"),
            where=name,
        )
    )
    return 1.0


def _source(fields: Fields, before: TableSource, faults: list[InvalidInput]) -> TableSource:
    """The document; its date may be written ``30/6/2026`` or ``30 June 2026``."""
    given: dict[str, Any] = {
        name: fields[f"source-{name}"].strip()
        for name in SOURCE_FIELDS
        if f"source-{name}" in fields
    }
    if given.get("date"):
        given["date"] = _iso_date(given["date"], before.date, faults)
    return replace(before, **given)


def _iso_date(text: str, before: str, faults: list[InvalidInput]) -> str:
    code = period_of_cell(text)
    with suppress(ValueError):
        return dt.date.fromisoformat(code).isoformat()
    faults.append(_no_date(text, "source-date"))
    return before


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...], before: str) -> Any:  # noqa: ANN401
    value = fields.get(name, before)
    return value if value in allowed else before


def _confirmed(fields: Fields, before: Mapping[str, str]) -> dict[str, str]:
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


def with_new_indicators(
    answers: Answers,
    made: Sequence[NewIndicator],
    columns: Mapping[tuple[str, ...], int],
    classes: Mapping[str, str] = MappingProxyType({}),
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
    """
    ids = {each.indicator.id for each in made}
    others = tuple(each for each in answers.new_indicators if each.indicator.id not in ids)
    meanings = dict(answers.columns)
    for path, number in columns.items():
        meaning = meanings.get(path, ColumnMeaning(number, path, "value", status=""))
        of_it = made[-1].indicator.id
        meanings[path] = replace(meaning, use="value", indicator=of_it, classes=dict(classes))
    return replace(answers, new_indicators=(*others, *made), columns=meanings)
