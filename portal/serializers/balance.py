"""The balance sheet of a recast count, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.model import LEVELS, Indicator, Level
from geodata.recast.balance_sheet import (
    COLUMNS,
    BalanceRow,
    BalanceSheet,
    balance_csv,
    balance_sheet,
)
from geodata.recast.service import all_units, recast_observations
from geodata.store import Store
from geodata.succession.crosswalk_chain import ancestor
from layers.comparison import comparison_layer
from layers.formatting import format_number, format_value
from layers.layer import Layer
from layers.recast_layer import layer_figures
from portal.serializers.entities import unit_link
from portal.serializers.recast_values import recast_method_document
from portal.serializers.succession_types import BalanceDocument, BalanceRowDocument
from portal.translations import translate
from portal.urls import api_url, query_text


def read_balance(store: Store, query: Mapping[str, str]) -> tuple[Layer, BalanceSheet]:
    """The sheet of the figures in the address on the units of ``on``, by the unit above.

    Raises
    ------
    InvalidInput
        The indicator is no count.
    """
    layer, on = comparison_layer(query, store)
    _refuse_uncountable(store.indicator(layer.indicator))
    result = recast_observations(store, layer_figures(layer), on)
    units = all_units(store)
    above = _above(store, layer)
    groups = {
        unit: found
        for unit in result.crosswalk.sources
        if above and (found := ancestor(unit, units, layer.date, above))
    }
    return replace(layer, on=on), balance_sheet(result, groups)


def _refuse_uncountable(indicator: Indicator) -> None:
    """Only counts have a total; of a ratio, its parts can be balanced."""
    if indicator.kind == "count":
        return
    parts = [name for name in (indicator.numerator, indicator.denominator) if name]
    raise InvalidInput(
        Message("Only counts have a total to balance"),
        found=indicator.id,
        allowed=tuple(parts) or Message("an indicator that is a count"),
        remedy=Message("Ask for its numerator or denominator"),
        where="indicator",
    )


def _above(store: Store, layer: Layer) -> Level | None:
    """The next level up that has units on the layer's date."""
    higher = LEVELS[: LEVELS.index(layer.level)]
    there = [v for v in higher if store.units(level=v, date=layer.date, limit=1).total]
    return there[-1] if there else None


def balance_text(store: Store, query: Mapping[str, str]) -> str:
    """The sheet as CSV."""
    return balance_csv(read_balance(store, query)[1])


def balance_document(store: Store, query: Mapping[str, str]) -> BalanceDocument:
    """The sheet as JSON."""
    layer, sheet = read_balance(store, query)
    indicator, language = store.indicator(layer.indicator), layer.language
    fields = layer.to_query()
    return {
        "indicator": {"id": indicator.id, "name": indicator.name[language]},
        "period": layer.period,
        "query": query_text(fields),
        "csv": api_url("/balance.csv", fields),
        "columns": {name: words[language] for name, words in COLUMNS.items()},
        "total": _row(
            store, sheet.total, indicator, language, translate("balance.whole", language)
        ),
        "rows": [
            _row(store, row, indicator, language, _name(store, row, language)) for row in sheet.rows
        ],
        "shown": sheet.shown,
        "shown_text": format_value(sheet.shown, indicator, language),
        "unreached": [
            {
                "unit": unit_link(store.unit(unit), language),
                "reason": recast_method_document(record, indicator, language)["reason"],
            }
            for unit, record in sheet.unreached.items()
        ],
        "crossing": [unit_link(store.unit(unit), language) for unit in sheet.crossing],
        "slivers": sheet.slivers,
        "sliver_area_km2": sheet.sliver_area_km2,
        "sliver_area_text": format_number(sheet.sliver_area_km2, 2, language) + "\u00a0km²",
    }


def _name(store: Store, row: BalanceRow, language: Language) -> str:
    if not row.group:
        return translate("balance.no_group", language)
    return store.unit(row.group).full_name[language]


def _row(
    store: Store, row: BalanceRow, indicator: Indicator, language: Language, name: str
) -> BalanceRowDocument:
    before, after, undivided, residual = (
        round(value, 6) + 0.0 for value in (row.before, row.after, row.undivided, row.residual)
    )
    return {
        "group": row.group,
        "name": name,
        "before": before,
        "before_text": format_value(before, indicator, language),
        "after": after,
        "after_text": format_value(after, indicator, language),
        "undivided": undivided,
        "undivided_text": format_value(undivided, indicator, language),
        "residual": residual,
        "residual_text": format_value(residual, indicator, language),
        "units": row.units,
        "missing": [unit_link(store.unit(unit), language) for unit in row.missing],
    }
