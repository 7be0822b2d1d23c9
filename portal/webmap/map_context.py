"""The template context of the map page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from geodata.dataset import shape_part
from geodata.i18n import Language
from geodata.i18n.collation import sort_key
from geodata.model import Unit
from layers.formatting import format_number
from layers.layer import Layer
from portal.urls import api_url
from portal.webmap.breakdown_field import breakdown_groups
from portal.webmap.folium_map import Bounds, PortalMap
from portal.webmap.indicator_menu import indicator_menu
from portal.webmap.map_layers import add_layers

ESTIMATES = ("estimate", "estimated")
"""Statuses of figures that are estimated: by who published them, or by shares when recast."""
SCRIPT_SECTIONS = ("map", "choose", "legend", "table", "popup", "find", "places", "error")
"""Sections of the texts that the browser code uses."""
FIRST_ROWS = 120
"""Rows of the table that come with the page, as many as the browser writes at once."""
MANY_UNITS = 400
"""Beyond this the browser draws on a canvas, from the overview's lines."""


def boundary_detail(units: int) -> int:
    """Which of the generalisations of the boundaries a map of so many units is drawn from."""
    return 1 if units > MANY_UNITS else 3


def boundaries_url(values: Mapping[str, Any]) -> str:
    """Address of the shapes of a values document, the same as the browser makes."""
    shapes = values["boundaries"]
    detail = boundary_detail(values["legend"]["total"])
    query = {"date": shapes["date"], "detail": str(detail), "v": shape_part(values["dataset"])}
    return api_url(f"/boundaries/{shapes['level']}.topojson", query)


def build_map(
    values: Mapping[str, Any],
    bounds: Bounds | None,
    label: str,
    nonce: str,
    basemap: tuple[str, str],
    *,
    preview: str = "",
) -> PortalMap:
    """The page's map with its layers; ``basemap`` is (address, attribution), empty for none."""
    portal_map = PortalMap(bounds, label, "main", nonce, preview=preview, styles="")
    add_layers(portal_map, basemap, boundaries=boundaries_url(values))
    return portal_map


def table_rows(
    values: Mapping[str, Any], units: tuple[Unit, ...], layer: Layer
) -> list[dict[str, Any]]:
    """The first `FIRST_ROWS` of the figures, highest first, those without a figure last by name.

    The browser adds the others, for which the page need not wait. Doubtful figures have no rank;
    their bars are as long as they say, so that all bars keep one measure.
    """
    names = {unit.unit_id: unit.name[layer.language] for unit in units}
    rows = [_row(unit_id, names[unit_id], cell) for unit_id, cell in values["units"].items()]
    if values["indicator"]["categories"]:
        return _category_rows(rows, values, layer.language)
    sound = sorted(r["value"] for r in rows if r["value"] is not None and not r["doubtful"])
    most = max((abs(r["value"]) for r in rows if r["value"] is not None), default=0)
    first = sorted(rows, key=partial(_order, layer.language))[:FIRST_ROWS]
    for row in first:
        _complete(row, values, layer.language, sound, most)
    return first


def _category_rows(
    rows: list[dict[str, Any]], values: Mapping[str, Any], language: Language
) -> list[dict[str, Any]]:
    """The first rows by class, in the order of its list, and by name: nobody has a rank."""
    names = {each["id"]: each["name"] for each in values["indicator"]["categories"]}
    labels = {each["kind"]: each["label"] for each in values["legend"]["missing"]}

    def order(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["value"] is None, row.get("index", 0), sort_key(row["name"], language))

    first = sorted(rows, key=order)[:FIRST_ROWS]
    for row in first:
        if row["value"] is None:
            row["label"] = labels[row["missing"]]
            row["text"] = names.get(row["printed"], row["label"])
        else:
            row["text"] = names[row["value"]]
            row["swatch"] = values["legend"]["classes"][row["index"]]["colour"]
    return first


def _row(unit_id: str, name: str, cell: Sequence[Any]) -> dict[str, Any]:
    if cell[0] is None:
        printed = cell[2] if cell[1] == "impossible" else None
        missing = {"missing": cell[1], "printed": printed, "doubtful": False}
        return {"id": unit_id, "name": name, "value": None, **missing}
    value, index, status, doubt = cell
    return {
        "id": unit_id,
        "name": name,
        "value": value,
        "index": index,
        "estimate": status in ESTIMATES,
        "doubtful": bool(doubt),
    }


def _complete(
    row: dict[str, Any],
    values: Mapping[str, Any],
    language: Language,
    sound: list[float],
    most: float,
) -> None:
    legend = values["legend"]
    if row["value"] is None:
        labels = {each["kind"]: each["label"] for each in legend["missing"]}
        row["text"] = row["label"] = labels[row["missing"]]
        if row["printed"] is not None:
            decimals = values["indicator"]["decimals"]
            row["text"] = format_number(row["printed"], decimals, language)
        return
    value = row["value"]
    row["text"] = format_number(value, values["indicator"]["decimals"], language)
    row["rank"] = None if row["doubtful"] else 1 + len(sound) - bisect_right(sound, value)
    row["share"] = round(100 * abs(value) / most, 1) if most else 0
    row["colour"] = legend["classes"][row["index"]]["colour"] if legend["classes"] else ""


def _order(language: Language, row: dict[str, Any]) -> tuple[Any, ...]:
    value = row["value"]
    return (value is None, 0 if value is None else -value, sort_key(row["name"], language))


def page_context(
    values: Mapping[str, Any],
    catalogue: Mapping[str, Any],
    units: tuple[Unit, ...],
    layer: Layer,
    words: dict[str, str],
    *,
    place_categories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything ``map.html`` shows, but the map itself.

    Parameters
    ----------
    values, catalogue
        The documents the API answers for the same layer and language.
    units
        The units of the layer's level and date.
    place_categories
        The documents of the categories of places that may be drawn over it.
    words
        All texts of the layer's language by ``section.name``.
    """
    theme = values["indicator"]["theme"]
    return {
        "values": values,
        "catalogue": catalogue,
        "texts": {k: v for k, v in words.items() if k.split(".")[0] in SCRIPT_SECTIONS},
        "boundaries_url": boundaries_url(values),
        "rows": table_rows(values, units, layer),
        "menu": indicator_menu(catalogue, layer, theme),
        "indicative": any(unit.boundary_quality == "indicative" for unit in units),
        "layer_fields": values["layer"],
        "places": _places(catalogue, layer),
        "breakdowns": breakdown_groups(_entry(catalogue, layer), layer),
        "place_categories": place_categories,
    }


def _entry(catalogue: Mapping[str, Any], layer: Layer) -> Mapping[str, Any]:
    """The layer's indicator in the catalogue document."""
    entries = (each for theme in catalogue["themes"] for each in theme["indicators"])
    found: Mapping[str, Any] = next(each for each in entries if each["id"] == layer.measured)
    return found


def _places(catalogue: Mapping[str, Any], layer: Layer) -> dict[str, set[str]]:
    """The statuses, levels and dates at which the indicator has figures."""
    entry = _entry(catalogue, layer)
    series = (each for each in (entry, *entry["parts"]) if each["breakdown"] == layer.breakdown)
    available: list[dict[str, str]] = next((each["layers"] for each in series), [])
    return {field: {a[field] for a in available} for field in ("status", "level", "date")}
