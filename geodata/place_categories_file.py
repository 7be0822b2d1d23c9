"""``place_categories.toml``: the kinds of place of a dataset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import Indicator, PlaceCategory, Theme
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, keyed_tables

PLACE_CATEGORIES_FILE = "place_categories.toml"

PLACE_CATEGORY_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""Form of the id of a category, which stands in addresses."""


def read_place_categories(
    path: Path,
    themes: Mapping[str, Theme],
    indicators: Mapping[str, Indicator],
    faults: FaultCollector,
) -> dict[str, PlaceCategory]:
    """Read the kinds of place of a dataset, in menu order; none where there is no such file.

    Parameters
    ----------
    themes, indicators
        Of the catalogue, by id.
    faults
        Takes what is wrong.
    """
    if not path.exists():
        return {}
    categories = {
        key: _category(key, entry, themes, indicators) for key, entry in keyed_tables(path, faults)
    }
    _verify_counted_once(categories, display_path(path), faults)
    return categories


def _category(
    key: str,
    entry: TableReader,
    themes: Mapping[str, Theme],
    indicators: Mapping[str, Indicator],
) -> PlaceCategory:
    if not PLACE_CATEGORY_ID.fullmatch(key):
        entry.report("id", Message("Malformed id"), key, (PLACE_CATEGORY_ID.pattern,))
    return PlaceCategory(
        id=key,
        name=entry.text("name"),
        symbol=entry.string("symbol", ""),
        theme=_theme(entry, themes),
        indicator=_indicator(entry, indicators),
        complete=entry.take("complete", (bool,), False),
    )


def _theme(entry: TableReader, themes: Mapping[str, Theme]) -> str:
    if not entry.has("theme"):
        return ""
    what, remedy = Message("There is no such theme"), Message("Name a theme of themes.toml")
    return entry.reference("theme", themes, what, remedy)


def _indicator(entry: TableReader, indicators: Mapping[str, Indicator]) -> str:
    if not entry.has("indicator"):
        return ""
    counts = [each.id for each in indicators.values() if each.kind == "count"]
    what = Message("There is no such indicator of kind count")
    remedy = Message("Add the indicator to indicators/*.toml, or correct the name")
    return entry.reference("indicator", counts, what, remedy)


def _verify_counted_once(
    categories: Mapping[str, PlaceCategory], file: str, faults: FaultCollector
) -> None:
    """An indicator counts the places of one category."""
    first: dict[str, str] = {}
    for category in categories.values():
        if not category.indicator:
            continue
        other = first.setdefault(category.indicator, category.id)
        if other != category.id:
            what = Message("The indicator counts the places of another category already")
            remedy = Message("Give each category an indicator of its own")
            where = f"{file} [{category.id}] indicator"
            faults.add(
                FileFault(what, f"{category.indicator}: {other}", remedy=remedy, where=where)
            )
