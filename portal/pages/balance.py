"""``/balance``: the balance sheet of a recast count, to read and to download."""

from __future__ import annotations

from flask import Flask, render_template, request

from geodata.period import parse_period
from layers.comparison import compared_layer
from layers.drawn import boundaries_name
from portal.documents.balance import balance_document
from portal.links import page_url
from portal.services import current_store


def balance_page() -> str:
    """The sheet of the figures in the address; those of former units' people by default."""
    query = request.args.to_dict()
    store = current_store()
    named = query if query.get("indicator") else {**query, "indicator": "population"}
    layer, on = compared_layer(named, store)
    sheet = balance_document(store, named)
    language = layer.language
    compared = {**layer.to_query(), "on": on.isoformat()}
    return render_template(
        "balance.html",
        sheet=sheet,
        period=parse_period(layer.period).label(language),
        boundaries=[boundaries_name(store, day, language) for day in (layer.date, on)],
        compare_url=page_url("/compare", language, compared),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/balance", "balance", balance_page)
