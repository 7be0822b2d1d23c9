"""What a person says about a list of places or villages, beside what is said of every table.

Part of `geodata.table_import.report_records.Answers` and of its document, as ``list``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from geodata.i18n import Text
from geodata.model import BoundaryQuality
from geodata.period import parse_period
from geodata.toml_reader import TableReader

TableKind = Literal["figures", "places", "villages"]
"""What a file lists: figures of units, places, or the villages of communes."""

TABLE_KINDS: tuple[TableKind, ...] = get_args(TableKind)

ListScope = Literal["adds", "communes", "all"]
"""What follows for places that a list does not name: ``adds``, nothing; ``communes``, those of its
categories in the communes that it names are taken away; ``all``, all of its categories are, and a
unit without any has none."""

LIST_SCOPES: tuple[ListScope, ...] = get_args(ListScope)

_KINDS: tuple[TableKind | Literal[""], ...] = ("", *TABLE_KINDS)
QUALITIES: tuple[BoundaryQuality, ...] = ("official", "generalised", "indicative")
"""What polygons of villages may be said to be."""

NEW_INDICATOR = "new"
"""Stands for an indicator that is made with a category of places and counts them."""


@dataclass(frozen=True, slots=True)
class NewPlaceCategory:
    """A kind of place as a form makes it.

    Parameters
    ----------
    id
        Empty lets it be made of the name.
    name
        In both languages.
    symbol
        Id of a symbol; empty lets it be chosen by the name.
    theme
        Id of a theme; empty for none.
    indicator
        What counts its places per unit: the id of an indicator, `NEW_INDICATOR`, or empty.
    """

    id: str = ""
    name: Text = field(default_factory=lambda: Text(""))
    symbol: str = ""
    theme: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class ListAnswers:
    """What a person says about a list.

    Parameters
    ----------
    kind
        What the file lists; empty lets it be found.
    crs
        Coordinate system of x and y, as ``EPSG:9205``; empty lets it be recognised.
    columns
        Headings by field; see the vocabularies of `geodata.places` and `geodata.villages`.
    category
        Category of all places, as it would be written; empty where the rows tell it.
    categories
        From a category as written (by `geodata.vietnamese_names.match_key`) to the id of one that
        is known, or to an empty text for a new one.
    new_categories
        How new ones are made, by the same keys.
    scope
        See `ListScope`.
    as_of
        Day or period for which the list holds; empty for the date of its document.
    communes
        From a commune as written (by `match_key`) to a unit id, or to an empty text for rows that
        are left out.
    commune
        The commune of all villages, as it would be written; empty where the rows tell it.
    villages
        From ``<unit id of the commune>|<village as written, by match_key>`` to the unit id of a
        village, or to an empty text for a new one.
    period
        Of the people and households of villages.
    quality
        Of the polygons of villages.
    merged_on, legal_basis
        Day of the rearrangement of villages and what it rests on.
    complete
        Whether all was said, as by a form that shows every field: what is empty is meant so, and a
        recipe adds nothing.
    """

    kind: TableKind | Literal[""] = ""
    crs: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    category: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    new_categories: Mapping[str, NewPlaceCategory] = field(default_factory=dict)
    scope: ListScope = "adds"
    as_of: str = ""
    communes: Mapping[str, str] = field(default_factory=dict)
    commune: str = ""
    villages: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    quality: BoundaryQuality = "indicative"
    merged_on: dt.date | None = None
    legal_basis: str = ""
    complete: bool = False


def list_document(said: ListAnswers) -> dict[str, Any]:
    """The answers as plain data; what nobody answered is left out."""
    unsaid = ListAnswers()
    plain = ("kind", "crs", "category", "scope", "as_of", "commune", "period", "quality",
             "legal_basis", "complete")  # fmt: skip
    document: dict[str, Any] = {
        name: getattr(said, name) for name in plain if getattr(said, name) != getattr(unsaid, name)
    }
    for name in ("columns", "categories", "communes", "villages"):
        if found := getattr(said, name):
            document[name] = dict(found)
    if said.new_categories:
        document["new_categories"] = {
            written: _category_document(one) for written, one in said.new_categories.items()
        }
    if said.merged_on:
        document["merged_on"] = said.merged_on.isoformat()
    return document


def _category_document(made: NewPlaceCategory) -> dict[str, Any]:
    said = {name: getattr(made, name) for name in ("id", "symbol", "theme", "indicator")}
    document: dict[str, Any] = {name: value for name, value in said.items() if value}
    return document | ({"name": {"vi": made.name.vi, "en": made.name.en}} if made.name else {})


def list_from(entry: TableReader) -> ListAnswers:
    """The answers of a document; faults go to the taker of ``entry``."""
    return ListAnswers(
        kind=entry.choice("kind", _KINDS, ""),
        crs=entry.string("crs", ""),
        columns=_texts(entry, "columns"),
        category=entry.string("category", ""),
        categories=_texts(entry, "categories"),
        new_categories=_new_categories(entry),
        scope=entry.choice("scope", LIST_SCOPES, "adds"),
        as_of=_period(entry, "as_of"),
        communes=_texts(entry, "communes"),
        commune=entry.string("commune", ""),
        villages=_texts(entry, "villages"),
        period=_period(entry, "period"),
        quality=entry.choice("quality", QUALITIES, "indicative"),
        merged_on=entry.date("merged_on") if entry.has("merged_on") else None,
        legal_basis=entry.string("legal_basis", ""),
        complete=entry.take("complete", (bool,), False),
    )


def _period(entry: TableReader, field_name: str) -> str:
    if not entry.has(field_name):
        return ""
    return entry.parsed(field_name, lambda text: parse_period(text).code, "")


def _texts(entry: TableReader, field_name: str) -> dict[str, str]:
    table = entry.table(field_name)
    return {key: table.string(key) for key in table.remaining()}


def _new_categories(entry: TableReader) -> dict[str, NewPlaceCategory]:
    table = entry.table("new_categories")
    return {key: _new_category(table.table(key)) for key in table.remaining()}


def _new_category(entry: TableReader) -> NewPlaceCategory:
    return NewPlaceCategory(
        id=entry.string("id", ""),
        name=entry.text("name") if entry.has("name") else Text(""),
        symbol=entry.string("symbol", ""),
        theme=entry.string("theme", ""),
        indicator=entry.string("indicator", ""),
    )
