"""``/mergers``: what every unit of today was formed from."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.errors import unknown
from geodata.store import Store
from geodata.text import Text
from portal.documents.catalogue import coverage_rows
from portal.documents.mergers import (
    all_formations,
    districts,
    downloads,
    formation_document,
    selected,
)
from portal.links import api_url
from portal.pages.shared import read_page
from portal.parameters import DISTRICT, QUERY
from portal.services import current_store

# The spreads shown in the list; the page of a unit shows all.
LISTED = ("population_density", "population")


def mergers() -> str:
    """The list, by former district and by old or new name."""
    ask = read_page(DISTRICT, QUERY)
    store, language = current_store(), ask["lang"]
    district, q = ask.get("district", ""), ask.get("q", "")
    offered = districts(store, language)
    if district and district not in {each["id"] for each in offered}:
        fault = unknown(
            Text("Không có huyện cũ này", "No such former district"),
            district,
            [each["id"] for each in offered],
        )
        fault.where = "district"
        raise fault
    found = selected(store, district, q)
    return render_template(
        "mergers.html",
        formations=[formation_document(store, item, language, LISTED) for item in found],
        total=len(all_formations(store)),
        districts=offered,
        district=district,
        q=q,
        downloads=downloads(store, language),
        balance_url=_balance_url(store),
    )


def _balance_url(store: Store) -> str:
    """The balance sheet of the former units' people; empty where none were counted."""
    row = max(
        (r for r in coverage_rows(store).get("population", ()) if r.level == "commune"),
        key=lambda r: (-r.step_date.toordinal(), r.with_value),
        default=None,
    )
    if row is None:
        return ""
    return api_url("/balance.csv", {"indicator": "population", "period": row.period})


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/mergers", "mergers", mergers)
