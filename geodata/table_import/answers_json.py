"""Answers about a table as JSON: the answers file of the command line, the draft of a page.

The document has a version. A field that it does not know is refused, not passed over: a misspelt
answer that counts for nothing would be worse than none.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from geodata.catalogue import read_indicator, read_measure_unit
from geodata.concepts_file import read_concept
from geodata.dimensions_file import read_dimension
from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Message, Text
from geodata.model import STATUSES, Category, Classification, Concept, Dimension, Status
from geodata.period import parse_period
from geodata.table_import.column_records import (
    COLUMN_USES,
    EACH_ROW,
    ColumnMeaning,
    NewIndicator,
    TableSource,
)
from geodata.table_import.layout_records import TableRange
from geodata.table_import.list_answers import list_document, list_from
from geodata.table_import.report_records import Answers
from geodata.toml_reader import TableReader

VERSION = 1
"""Version of the document; it grows when a field changes its meaning or goes."""

LARGEST = 2_000_000
"""Characters of a document that is read."""

_STATUSES: tuple[Status | Literal[""], ...] = ("", *STATUSES)
_NOTATIONS: tuple[Literal["", "vietnamese", "english"], ...] = ("", "vietnamese", "english")
_OUTSIDE: tuple[Literal["", "skip"], ...] = ("", "skip")
_HIDDEN: tuple[Literal["", "use", "skip"], ...] = ("", "use", "skip")


def answers_document(answers: Answers) -> dict[str, Any]:
    """Answers as plain data, ready for ``json.dumps``; what nobody answered is left out."""
    document: dict[str, Any] = {
        "version": VERSION,
        "sheet": answers.sheet,
        "table": _range_document(answers.table),
        "vintage": answers.vintage.isoformat() if answers.vintage else None,
        "units": dict(answers.units),
        "columns": [column_document(path, each) for path, each in answers.columns.items()],
        "new_indicators": [_new_document(each) for each in answers.new_indicators],
        "source": _filled({f.name: getattr(answers.source, f.name) for f in fields(TableSource)}),
        "concept": answers.concept,
        "new_concepts": [_concept_document(each) for each in answers.new_concepts],
        "notation": answers.notation,
        "hidden": answers.hidden,
        "outside": answers.outside,
        "confirmed": dict(answers.confirmed),
        "list": list_document(answers.lists),
    }
    return _filled(document)


def read_answers(text: str, where: str = "answers.json") -> Answers:
    """Read answers from JSON.

    Parameters
    ----------
    text
        The document.
    where
        Its name, for messages.

    Raises
    ------
    FileFault
        It is no such document: too long, no JSON, of another version, with unknown fields or wrong
        values; all faults at once.
    """
    return answers_of(parsed(text, where), where)


def parsed(text: str, where: str) -> object:
    """What a bounded JSON text holds.

    Raises
    ------
    FileFault
        It is too long or no JSON.
    """
    if len(text) > LARGEST:
        what = Message("The file is too large")
        raise FileFault(what, str(len(text)), (f"≤ {LARGEST}",), where=where)
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FileFault(Message("The file is not valid JSON"), str(error), where=where) from None


def _no_number(name: str) -> float:
    raise ValueError(name)


def answers_of(document: object, where: str = "answers") -> Answers:
    """Answers from plain data; see `read_answers`."""
    faults = FaultCollector()
    entry = TableReader(where, document, faults)
    verify_version(entry, VERSION)
    answers = answers_from(entry, where)
    entry.finish()
    faults.raise_any()
    return answers


def verify_version(entry: TableReader, known: int) -> None:
    """A fault where a document is not of the version that is read."""
    said = entry.take("version", (int,))
    if said != known:
        remedy = Message("Make it anew with this version of the portal")
        entry.report("version", Message("Not a known version"), said, (str(known),), remedy)


def answers_from(entry: TableReader, where: str) -> Answers:
    """Answers from the fields of a document; faults go to the taker of ``entry``."""
    columns = dict(column_from(each) for each in entry.tables("columns"))
    made = tuple(
        _new_indicator(f"{where} [new_indicators #{number}]", each, entry.faults)
        for number, each in enumerate(entry.take("new_indicators", (list,), []), 1)
    )
    return Answers(
        sheet=entry.string("sheet", ""),
        table=_range(entry.table("table")),
        vintage=_day(entry),
        units=_texts(entry, "units"),
        columns=columns,
        new_indicators=made,
        source=_source(entry.table("source")),
        concept=entry.string("concept", ""),
        new_concepts=tuple(_new_concept(each) for each in entry.tables("new_concepts")),
        notation=entry.choice("notation", _NOTATIONS, ""),
        hidden=entry.choice("hidden", _HIDDEN, ""),
        outside=entry.choice("outside", _OUTSIDE, ""),
        confirmed=_texts(entry, "confirmed"),
        lists=list_from(entry.table("list")),
    )


def column_document(path: tuple[str, ...], meaning: ColumnMeaning) -> dict[str, Any]:
    """What is said of a column, as plain data."""
    said = {
        "header": list(path),
        "use": meaning.use,
        "indicator": meaning.indicator,
        "dimensions": meaning.dimensions,
        "period": meaning.period,
        "status": meaning.status,
        "measure_unit": meaning.measure_unit,
        "scale": None if meaning.scale == 1 else meaning.scale,
        "classes": dict(meaning.classes),
        "concept": meaning.concept,
    }
    return _filled(said)


def column_from(entry: TableReader) -> tuple[tuple[str, ...], ColumnMeaning]:
    """A header path and what is said of its column."""
    path = tuple(entry.items("header", (str,)))
    use = entry.choice("use", COLUMN_USES, "")
    said = ColumnMeaning(
        0,
        path,
        use,
        indicator=entry.string("indicator", ""),
        dimensions=entry.string("dimensions", ""),
        period=_period(entry),
        status=entry.choice("status", _STATUSES, ""),
        measure_unit=entry.string("measure_unit", ""),
        scale=entry.positive("scale") if entry.has("scale") else 1.0,
        classes=_texts(entry, "classes"),
        concept=entry.string("concept", ""),
    )
    return path, said


def _filled(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def _range_document(table: TableRange) -> dict[str, Any]:
    rows = None if table.header_rows is None else list(table.header_rows)
    found = {"header_rows": rows, "first_row": table.first_row, "last_row": table.last_row}
    return {key: value for key, value in found.items() if value is not None}


def _range(entry: TableReader) -> TableRange:
    rows = tuple(entry.items("header_rows", (int,))) if entry.has("header_rows") else None
    return TableRange(rows, _row(entry, "first_row"), _row(entry, "last_row"))


def _row(entry: TableReader, field: str) -> int | None:
    return entry.integer(field, 1, 10_000_000) if entry.has(field) else None


def _day(entry: TableReader) -> dt.date | None:
    return entry.date("vintage") if entry.has("vintage") else None


def _texts(entry: TableReader, field: str) -> dict[str, str]:
    table = entry.table(field)
    return {key: table.string(key) for key in table.remaining()}


def _period(entry: TableReader) -> str:
    if not entry.has("period") or entry.remaining()["period"] in ("", EACH_ROW):
        return entry.string("period", "")
    return entry.parsed("period", lambda text: parse_period(text).code, "")


def _source(entry: TableReader) -> TableSource:
    return TableSource(**{f.name: entry.string(f.name, "") for f in fields(TableSource)})


def _new_document(made: NewIndicator) -> dict[str, Any]:
    """A new indicator in the form of a catalogue's file, with its theme and unit of measure."""
    indicator, unit = made.indicator, made.indicator.measure_unit
    bounds = [each for each in (indicator.minimum, indicator.maximum) if each is not None]
    usual = Classification()
    classes = indicator.classification
    entry: dict[str, Any] = {
        "id": indicator.id,
        "theme": indicator.theme,
        "theme_name": _both(made.theme_name),
        "group": _both(indicator.group),
        "name": _both(indicator.name),
        "definition": _both(indicator.definition),
        "kind": indicator.kind,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "ratio_factor": indicator.ratio_factor,
        "direction": indicator.direction,
        "range": bounds,
        "usual_range": list(indicator.usual_range),
        "levels": list(indicator.levels),
        "not_applicable_kinds": list(indicator.not_applicable_kinds),
        "palette": indicator.palette,
        "style": indicator.style,
        "extreme": indicator.extreme,
    }
    if classes != usual:
        entry["classification"] = {
            "scheme": classes.scheme,
            "classes": classes.classes,
            "thresholds": list(classes.thresholds),
        }
    if indicator.breakdowns:
        entry["breakdowns"] = [each.split(",") for each in indicator.breakdowns]
    for field, dimension in (("dimension", made.dimension), ("crossed", made.crossed)):
        if dimension is not None:
            entry[field] = _dimension_document(dimension)
    if indicator.kind == "category":
        entry["categories"] = [_category_document(each) for each in indicator.categories]
        return _filled(entry) | {"ordered": indicator.ordered}
    return _filled(entry) | {
        "decimals": indicator.decimals,
        "measure_unit": {
            "id": unit.id,
            "symbol": _both(unit.symbol),
            "name": _both(unit.name),
            "space": unit.space,
        },
    }


def _category_document(category: Category) -> dict[str, Any]:
    name = _both(category.name)
    return _filled({"id": category.id, "name": name, "colour": category.colour})


def _dimension_document(dimension: Dimension) -> dict[str, Any]:
    """A code list in the form of ``dimensions.toml``."""
    return {
        "id": dimension.id,
        "name": _both(dimension.name),
        "total": _both(dimension.total),
        "overlapping": dimension.overlapping,
        "code": [
            _filled({"id": each.id, "name": _both(each.name), "parent": each.parent})
            for each in dimension.codes
        ],
    }


def _concept_document(concept: Concept) -> dict[str, Any]:
    """A concept in the form of ``concepts.toml``."""
    return _filled(
        {
            "id": concept.id,
            "name": _both(concept.name),
            "definition": _both(concept.definition),
            "comparable": concept.comparable,
            "indicators": list(concept.indicators),
        }
    )


def _new_concept(entry: TableReader) -> Concept:
    concept = read_concept(entry)
    return replace(concept, indicators=tuple(entry.items("indicators", (str,), [])))


def _both(text: Text) -> dict[str, str] | None:
    return {"vi": text.vi, "en": text.en} if text else None


def _new_indicator(where: str, table: object, faults: FaultCollector) -> NewIndicator:
    entry = TableReader(where, table, faults)
    theme = entry.string("theme")
    theme_name = entry.text("theme_name", "")
    dimension, crossed = (
        read_dimension(entry.table(field, required=True)) if entry.has(field) else None
        for field in ("dimension", "crossed")
    )
    fields_of_it, units = dict(entry.remaining()), {}
    if fields_of_it.get("kind") != "category" or "measure_unit" in fields_of_it:
        unit_entry = entry.table("measure_unit", required=True)
        unit = read_measure_unit(unit_entry.string("id"), unit_entry)
        unit_entry.finish()
        fields_of_it = entry.remaining() | {"measure_unit": unit.id}
        units = {unit.id: unit}
    inner = TableReader(where, fields_of_it, faults)
    breakdowns = _breakdowns(inner)
    indicator = read_indicator(inner, theme, units)
    inner.finish()
    return NewIndicator(replace(indicator, breakdowns=breakdowns), theme_name, dimension, crossed)


def _breakdowns(entry: TableReader) -> tuple[str, ...]:
    """By which code lists an indicator is broken down; whether they are there is seen later."""
    listed = entry.items("breakdowns", (list,), [])
    return tuple(",".join(str(name) for name in each) for each in listed)
