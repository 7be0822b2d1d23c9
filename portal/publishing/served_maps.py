"""From the ledger to the served map: the store brought up to it, and the maps of a revision."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from flask import current_app
from sqlalchemy import Engine
from werkzeug.wrappers import Response as BaseResponse

from geodata.i18n import Language
from geodata.ledger.history import records_of, show
from geodata.ledger.ledger_records import Revision
from geodata.model import STATUS_GROUPS
from geodata.period import parse_period
from geodata.store import Store
from geodata.store.geopackage_store import read_store_mark
from layers.labels import STATUS_NAMES
from portal.accounts.pages import lead_to
from portal.app_state import app_state, serve_new_store, store_path
from portal.config import Settings
from portal.ledger_engine import current_ledger
from portal.publications import PublicationService, WriteOutcome
from portal.publishing.change_rows import known_indicator
from portal.publishing.paths import revision_path
from portal.translations import translate
from portal.urls import page_url, series_query, unit_url

GROUP_OF: dict[str, str] = {
    status: group for group, statuses in STATUS_GROUPS.items() for status in statuses
}
"""The group of statuses that a map shows together, by status."""
_log = logging.getLogger("portal")


def current_publications() -> PublicationService:
    """Ledger and store of the app that is answering, for who writes."""
    state = app_state()
    return PublicationService(state.settings, current_ledger(), state.store)


def show_outcome(outcome: WriteOutcome) -> BaseResponse:
    """Serve what was written at once, and lead to its receipt.

    Where the store could not be brought up to the ledger, the receipt says so; the next start or
    publication makes up for it.
    """
    if outcome.delayed is not None:
        _log.error("The store could not be brought up to the ledger: %s", outcome.delayed)
    serve_new_store(current_app)
    return lead_to(revision_path(outcome.receipt.revision.number), {"fresh": "1"})


def served_revision(settings: Settings) -> int:
    """Number of the last revision that the served store holds; 0 without any."""
    mark = read_store_mark(store_path(settings))
    return mark.revision if mark else 0


def map_links(
    engine: Engine, revision: Revision, store: Store, language: Language
) -> list[dict[str, Any]]:
    """The maps on which the figures of a revision are seen; none where the store lacks them.

    Each opens the very layer that was published: of its units, on the first day on which all of
    them are in force.
    """
    units = {unit.unit_id: unit for unit in store.units().items}
    first_days: dict[tuple[str, str, str, str], dt.date] = {}
    for change in show(engine, revision.number)[1].items:
        unit = units.get(change.key.unit_id)
        if unit is not None and change.new.present:
            key = (change.key.series, change.key.period, GROUP_OF[change.key.status], unit.level)
            first_days[key] = max(first_days.get(key, unit.valid_from), unit.valid_from)
    links = []
    for (indicator_id, period, status, level), day in first_days.items():
        indicator = known_indicator(store, indicator_id)
        if indicator is None:
            continue
        query = layer_query(indicator_id, period, status, level, day.isoformat())
        name = f"{indicator.name[language]}, {parse_period(period).label(language)}"
        if status != "actual":
            name = f"{name} ({STATUS_NAMES[status][language].lower()})"
        links.append({"name": name, "url": page_url("/", language, query)})
    return [*links, *list_links(engine, revision, store, language)]


def list_links(
    engine: Engine, revision: Revision, store: Store, language: Language
) -> list[dict[str, Any]]:
    """Where the places and villages of a revision are seen: over the map, on the unit's page."""
    made = records_of(engine, revision.number)
    known = {one.id: one for one in store.place_categories()}
    places = [c.new.document for c in made if c.key.kind == "place" and c.new.present]
    found = [name for name in known if any(place["category"] == name for place in places)]
    links = [
        {"name": known[name].name[language], "url": page_url("/", language, {"places": name})}
        for name in found
    ]
    if len(found) > 1:
        together = page_url("/", language, {"places": ",".join(found)})
        links.insert(0, {"name": translate("lists.all_places", language), "url": together})
    links += _count_links([known[name].indicator for name in found], store, language)
    communes = [c.key.id for c in made if c.key.kind == "villages" and c.new.present]
    units = {unit.unit_id: unit for unit in store.units(level="commune").items}
    return links + [
        {"name": units[each].full_name[language], "url": unit_url(each, language)}
        for each in communes
        if each in units
    ]


def _count_links(
    indicators: Iterable[str], store: Store, language: Language
) -> list[dict[str, Any]]:
    """The maps of what counts places, in its last period."""
    links = []
    for indicator in filter(None, (known_indicator(store, each) for each in indicators if each)):
        periods = [each.period for each in store.coverage(indicator.id) if each.level == "commune"]
        if periods:
            last = max(periods, key=lambda code: parse_period(code).end)
            query = {**series_query(indicator.id), "period": last, "level": "commune"}
            name = f"{indicator.name[language]}, {parse_period(last).label(language)}"
            links.append({"name": name, "url": page_url("/", language, query)})
    return links


def layer_query(indicator: str, period: str, status: str, level: str, date: str) -> dict[str, str]:
    """The address of a map as its parameters.

    Parameters
    ----------
    status
        The group of statuses that it shows together: ``actual``, ``plan`` or ``target``.
    level, date
        Of the units, and a day on which they are in force.
    """
    query = {**series_query(indicator), "period": period, "level": level, "date": date}
    return query if status == "actual" else {**query, "status": status}
