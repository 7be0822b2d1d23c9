"""Cells of the ledger in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geodata.errors import NotFound
from geodata.i18n import Language
from geodata.ledger.ledger_records import Cell, CellChange, CellDifference, SeriesKey
from geodata.model import Indicator
from geodata.period import parse_period
from geodata.store import Store
from layers.formatting import format_number, format_value
from layers.labels import MISSING_KIND_NAMES, STATUS_NAMES
from portal.publishing.file_names import shown_file_name
from portal.urls import unit_url


def change_rows(
    changes: Iterable[CellChange], store: Store, language: Language
) -> list[dict[str, Any]]:
    """Each changed cell: whose it is, what it held, what it holds, and where that comes from.

    Parameters
    ----------
    changes
        Of one revision or of a preview.
    store
        Gives the names; a unit or an indicator it does not know is shown by its id.
    """
    return [_row(change, store, language) for change in changes]


def _row(change: CellChange, store: Store, language: Language) -> dict[str, Any]:
    key = change.key
    indicator = known_indicator(store, key.series)
    place = f"{shown_file_name(change.sheet, language)}!{change.address}" if change.address else ""
    return {
        **_series_row(key, store, language),
        "before": cell_text(change.old, indicator, language),
        "after": cell_text(change.new, indicator, language),
        "doubt": change.doubt[language],
        "cell": place,
        "raw": change.raw,
        "method": change.derivation.method[language] if change.derivation else "",
    }


def difference_rows(
    cells: Iterable[CellDifference], store: Store, language: Language
) -> list[dict[str, Any]]:
    """Each cell that differs between two states, as `change_rows` gives it."""
    return [
        {
            **_series_row(each.key, store, language),
            "before": cell_text(each.before, known_indicator(store, each.key.series), language),
            "after": cell_text(each.after, known_indicator(store, each.key.series), language),
            "doubt": "",
            "cell": "",
            "method": "",
        }
        for each in cells
    ]


def _series_row(key: SeriesKey, store: Store, language: Language) -> dict[str, str]:
    indicator = known_indicator(store, key.series)
    return {
        "unit": unit_name(store, key.unit_id, language),
        "unit_url": unit_url(key.unit_id, language),
        "indicator": indicator.name[language] if indicator else key.series,
        "period": parse_period(key.period).label(language),
        "status": STATUS_NAMES[key.status][language],
    }


def cell_text(cell: Cell, indicator: Indicator | None, language: Language) -> str:
    """A value with its unit of measure or the name of a class; empty where there is none."""
    if cell.absence:
        return MISSING_KIND_NAMES[cell.absence][language]
    if cell.category:
        classes = indicator.categories if indicator else ()
        names = {each.id: each.name[language] for each in classes}
        return names.get(cell.category, cell.category)
    if not cell.present or cell.value is None:
        return ""
    if indicator is None:
        return format_number(cell.value, 2, language)
    return format_value(cell.value, indicator, language)


def series_text(store: Store, key: SeriesKey, language: Language) -> str:
    """What a figure is about, in one line."""
    indicator = known_indicator(store, key.series)
    name = indicator.name[language] if indicator else key.series
    period = parse_period(key.period).label(language)
    return f"{unit_name(store, key.unit_id, language)}, {name}, {period}"


def known_indicator(store: Store, indicator_id: str) -> Indicator | None:
    """An indicator, also by a former id; None where the store has none of the id."""
    if moved := store.moved_indicator(indicator_id):
        return moved
    try:
        return store.indicator(indicator_id)
    except NotFound:
        return None


def unit_name(store: Store, unit_id: str, language: Language) -> str:
    """The full name of a unit; its id where the store does not know it."""
    try:
        return store.unit(unit_id).full_name[language]
    except NotFound:
        return unit_id
