"""``/mergers``: what every unit of today was formed from."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.errors import unknown_name
from geodata.i18n import Message
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import DISTRICT, LANG, QUERY
from portal.serializers.mergers import (
    all_formations,
    crosswalk_downloads,
    filter_formations,
    formation_document,
    former_district_options,
)

# The spreads shown in the list; the page of a unit shows all.
LISTED = ("population_density", "population")


def mergers() -> str:
    """The list, by former district and by old or new name."""
    params = read_page_params(DISTRICT, QUERY)
    store, language = current_store(), params["lang"]
    district, q = params.get("district", ""), params.get("q", "")
    offered = former_district_options(store, language)
    if district and district not in {each["id"] for each in offered}:
        fault = unknown_name(
            Message("No such former district"),
            district,
            [each["id"] for each in offered],
        )
        fault.where = "district"
        raise fault
    found = filter_formations(store, district, q)
    return render_template(
        "mergers.html",
        formations=[formation_document(store, item, language, LISTED) for item in found],
        total=len(all_formations(store)),
        districts=offered,
        district=district,
        q=q,
        downloads=crosswalk_downloads(store, language),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/mergers", "mergers", cached_page(mergers, (DISTRICT, QUERY, LANG)))
