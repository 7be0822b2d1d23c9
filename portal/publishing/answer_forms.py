"""What a person fills in on the review page, as the `Answers` that the next reading of it uses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import Message
from geodata.locale_numbers import parse_number, plain_integer
from geodata.model import STATUSES, Concept
from geodata.table_import.column_records import (
    ColumnMeaning,
    ColumnUse,
)
from geodata.table_import.columns.class_words import IGNORED, word_key
from geodata.table_import.columns.column_concepts import NOT_AS_NAMED
from geodata.table_import.columns.new_classes import with_new_class
from geodata.table_import.columns.period_words import period_of_cell
from geodata.table_import.layout_records import TableChoice, TableRange
from geodata.table_import.report_records import Answers
from portal.publishing.column_cards import (
    ANOTHER,
    COLUMN_FIELDS,
    IGNORE,
    USES,
    indicator_called,
)
from portal.publishing.form_fields import (
    Fields,
    read_confirmed,
    read_day,
    read_period,
    read_source,
    readable_fields,
    with_stated_concept,
)

LATER = ""
"""The answer about a unit or a word that leaves it open."""


def read_answers(
    fields: Fields,
    before: Answers,
    names: Sequence[Mapping[str, str]] = (),
    concepts: Mapping[str, Concept] = MappingProxyType({}),
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
    concepts
        The concepts of the catalogue, by id.

    Returns
    -------
    tuple
        The answers, and what could not be read, each fault naming its field in ``where``; a field
        that cannot be read leaves the answer as it was.
    """
    faults: list[InvalidInput] = []
    fields = readable_fields(fields, faults)
    answers = replace(
        before,
        sheet=fields.get("sheet", before.sheet),
        table=_table(fields, before.table, faults),
        vintage=read_day(fields, "vintage", before.vintage, faults),
        units=_units(fields, before.units),
        columns=_ColumnFields(fields, names, faults).meanings(before.columns),
        source=read_source(fields, before.source, faults),
        notation=_one_of(fields, "notation", ("", "vietnamese", "english"), before.notation),
        hidden=_one_of(fields, "hidden", ("", "use", "skip"), before.hidden),
        outside=_one_of(fields, "outside", ("", "skip"), before.outside),
        confirmed=read_confirmed(fields, before.confirmed),
    )
    chosen = TableChoice.called(fields.get("table_choice", ""))
    if chosen is not None:
        answers = replace(answers, sheet=chosen.sheet, table=chosen.table)
    answers = with_stated_concept(fields, answers, concepts, faults)
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
    if number := plain_integer(text, 7):
        return number
    faults.append(
        InvalidInput(
            Message("This is no number of a row"),
            found=text,
            allowed=Message("a whole number from 1"),
            where=name,
        )
    )
    return None


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
        picked = self._picked(place)
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
        if "concept" in changed:
            values["concept"] = said["concept"] or NOT_AS_NAMED
        if "status" in changed and said["status"] in STATUSES:
            values["status"] = said["status"]
        if "measure" in changed:
            values["measure_unit"] = said["measure"]
        if "scale" in changed:
            values["scale"] = _scale(said["scale"], f"scale-{place}", self.faults)
            values["measure_unit"] = values.get("measure_unit", "") if "measure" in changed else ""
        return replace(meaning, **values)

    def _picked(self, place: str) -> str:
        """What was picked for a column; of those asked about once, each has a part of its own."""
        leader = self._field("same", place)
        picked = self._field("pick", leader or place)
        own = self._field("part", place)
        return own if leader and own and picked == self._field("part", leader) else picked

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


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...], before: str) -> Any:  # noqa: ANN401
    value = fields.get(name, before)
    return value if value in allowed else before
