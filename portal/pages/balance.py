"""``/balance``: the balance sheet of a recast count, to read and to download."""

from __future__ import annotations

from flask import Flask, render_template, request

from geodata.period import parse_period
from geodata.store import Store
from layers.comparison import comparison_layer
from layers.layer_view import boundary_version_name
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.parameters.declared import BALANCE
from portal.serializers.balance import balance_document
from portal.urls import page_url

POPULATION = "population"
"""The figures balanced by default."""


def balance_page() -> str:
    """The sheet of the figures in the address; those of former units' people by default."""
    query = request.args.to_dict()
    store = current_store()
    named = {**_default_query(store), **query} if not query.get("indicator") else query
    layer, on = comparison_layer(named, store)
    sheet = balance_document(store, named)
    language = layer.language
    compared = {**layer.to_query(), "on": on.isoformat()}
    return render_template(
        "balance.html",
        sheet=sheet,
        period=parse_period(layer.period).label(language),
        boundaries=[boundary_version_name(store, day, language) for day in (layer.date, on)],
        compare_url=page_url("/compare", language, compared),
    )


def _default_query(store: Store) -> dict[str, str]:
    """Query of the fullest count of the former communes' people."""
    last = store.info.timeline[-1].date
    rows = [
        row
        for row in store.coverage(POPULATION)
        if row.level == "commune" and row.status_group == "actual" and row.step_date < last
    ]
    row = max(rows, key=lambda row: row.with_value / row.total, default=None)
    if row is None:
        return {"indicator": POPULATION}
    day = row.step_date.isoformat()
    return {"indicator": POPULATION, "period": row.period, "level": row.level, "date": day}


def init_app(app: Flask) -> None:
    """Route the page."""
    view = cached_page(balance_page, BALANCE, ignore_others=True)
    app.add_url_rule("/balance", "balance", view)
