"""Recipes as JSON: kept in the ledger, exported from one office and imported in another."""

from __future__ import annotations

from typing import Any

from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.table_import.answers_json import VERSION as ANSWERS_VERSION
from geodata.table_import.answers_json import (
    answers_document,
    answers_from,
    column_document,
    column_from,
    parsed,
    verify_version,
)
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.header_keys import HeaderKey
from geodata.table_import.recipe import Recipe
from geodata.toml_reader import TableReader

VERSION = 1
"""Version of the document; it grows when a field changes its meaning or goes."""


def recipe_document(recipe: Recipe) -> dict[str, Any]:
    """A recipe as plain data, ready for ``json.dumps``."""
    return {
        "version": VERSION,
        "name": recipe.name,
        "recipe_version": recipe.version,
        "headers": [list(each) for each in sorted(recipe.headers)],
        "columns": [
            column_document((heading,), meaning) | {"nth": place}
            for (heading, place), meaning in sorted(recipe.columns.items(), key=lambda e: e[0])
        ],
        "answers": answers_document(recipe.answers),
    }


def read_recipe(text: str, where: str = "recipe.json") -> Recipe:
    """Read a recipe from JSON.

    Raises
    ------
    FileFault
        It is no such document; unknown fields are refused, all faults told at once.
    """
    return recipe_from(parsed(text, where), where)


def recipe_from(document: object, where: str = "recipe") -> Recipe:
    """A recipe from plain data; see `read_recipe`."""
    faults = FaultCollector()
    entry = TableReader(where, document, faults)
    verify_version(entry, VERSION)
    name, version = entry.string("name"), entry.integer("recipe_version", 1, 1_000_000)
    columns = dict(_column(each) for each in entry.tables("columns"))
    headers = frozenset(_header(entry, each) for each in entry.items("headers", (list,)))
    inner = entry.table("answers")
    verify_version(inner, ANSWERS_VERSION)
    answers = answers_from(inner, f"{where} [answers]")
    entry.finish()
    faults.raise_any()
    return Recipe(name, version, headers, columns, answers)


def _header(entry: TableReader, said: list[object]) -> HeaderKey:
    match said:
        case [str(heading), int(place)] if place > 0:
            return heading, place
    what = Message("Not a header")
    entry.report("headers", what, repr(said), ('["…", 1]',))
    return "", 1


def _column(entry: TableReader) -> tuple[HeaderKey, ColumnMeaning]:
    place = entry.integer("nth", 1, 10_000)
    path, meaning = column_from(entry)
    return (" / ".join(path), place), meaning
