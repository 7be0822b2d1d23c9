"""The menu of a theme's indicators; ``static/js/core/indicator_menu.js`` does the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geodata.store.interface import WELL_COVERED_SHARE
from layers.layer import Layer

LONG_MENU = 15
"""A theme with more indicators gets a field to filter them."""


def indicator_menu(catalogue: Mapping[str, Any], layer: Layer, theme: str) -> dict[str, Any]:
    """The theme's indicators by group, the best covered at the layer's level and date first.

    Those with figures for `WELL_COVERED_SHARE` of the units count as full, so that one impossible
    figure does not move an indicator down.

    Returns
    -------
    dict
        ``groups`` (``name`` and ``rows``) in the order of their best covered indicators;
        ``elsewhere``, rows of the indicators with figures at other levels and dates only;
        ``open``, whether the layer's indicator is one of these; ``long``, whether there are more
        than `LONG_MENU`. An indicator without any figure is in the menu only if the map shows it.
    """
    entries = next(t["indicators"] for t in catalogue["themes"] if t["id"] == theme)
    listed = [e for e in entries if e["layers"] or e["id"] == layer.measured]
    rows = sorted(
        (_coverage(entry, layer) for entry in listed),
        key=lambda row: (-min(row["share"] / WELL_COVERED_SHARE, 1), -row["periods"]),
    )
    levels = {each["id"]: each["name"] for each in catalogue["levels"]}
    elsewhere = [
        {**row, "level": levels.get(row["best_level"], "–")}
        for row in rows
        if not row["with_value"]
    ]
    return {
        "groups": _groups([row for row in rows if row["with_value"]]),
        "elsewhere": elsewhere,
        "open": any(row["id"] == layer.measured for row in elsewhere),
        "long": len(rows) > LONG_MENU,
    }


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    return [{"name": name, "rows": members} for name, members in groups.items()]


def _coverage(entry: Mapping[str, Any], layer: Layer) -> dict[str, Any]:
    where = (layer.level, layer.date.isoformat())
    here = [a for a in entry["layers"] if (a["level"], a["date"]) == where]
    same = [a for a in here if a["status"] == layer.status] or here
    best = max(same, key=lambda a: (a["with_value"] / a["total"], a["period"]), default=None)
    place = max(entry["layers"], key=lambda a: _fullness(a, layer.status), default=None)
    return {
        "id": entry["id"],
        "name": entry["name"],
        "group": entry["group"],
        "with_value": best["with_value"] if best else 0,
        "total": best["total"] if best else 0,
        "share": best["with_value"] / best["total"] if best else 0.0,
        "periods": len({a["period"] for a in here}),
        "best_level": place["level"] if place else "",
    }


def _fullness(place: Mapping[str, Any], status: str) -> tuple[Any, ...]:
    """How much a level, date, status and period show: units with figures before their share."""
    units, total = place["with_value"], place["total"]
    return units, units / total, place["status"] == status, place["date"], place["period"]
