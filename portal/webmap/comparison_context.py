"""The template context of the comparison page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geodata.i18n import Language
from geodata.model import Unit
from geodata.series_id import series_id
from layers.layer import Layer
from portal.parameters.declared import COMPARISON_MODES
from portal.serializers.entities import Document
from portal.webmap.folium_map import Bounds, PortalMap
from portal.webmap.map_context import SCRIPT_SECTIONS, boundaries_url, table_rows
from portal.webmap.map_layers import add_layers

SIDES = ("left", "right")
MODULE = "compare.js"


def build_maps(
    document: Mapping[str, Any],
    bounds: Bounds | None,
    words: dict[str, str],
    nonce: str,
    basemap: tuple[str, str],
) -> dict[str, dict[str, str]]:
    """Both maps as HTML, by side; ``basemap`` is (address, attribution), empty for none."""
    parts = {}
    for side in SIDES:
        label = words["map.label"].replace("{title}", document[side]["title"])
        # The maps move together: what one shows in passing the other could not follow.
        portal_map = PortalMap(bounds, label, side, nonce, MODULE, zoomAnimation=False)
        add_layers(portal_map, basemap, boundaries=boundaries_url(document[side]))
        parts[side] = portal_map.parts()
    return parts


def comparable(catalogue: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Themes with those of their indicators and parts of such that can be compared.

    They have figures for several units of one day.
    """
    themes = []
    for theme in catalogue["themes"]:
        kept = [
            {"id": series_id(each["id"], each["breakdown"]), "name": each["name"]}
            for entry in theme["indicators"]
            for each in _all_series(entry)
            if _several(each)
        ]
        if kept:
            themes.append({"name": theme["name"], "indicators": kept})
    return themes


def _all_series(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The total, where it has figures, and the parts of an indicator that have some."""
    return [*([] if entry["breakdown"] else [entry]), *entry["parts"]]


def _several(entry: Mapping[str, Any]) -> bool:
    return any(layer["with_value"] > 1 for layer in entry["layers"])


def levels_and_steps(catalogue: Mapping[str, Any], level: str) -> dict[str, list[Document]]:
    """The levels that have several units, and the days on which ``level`` has some."""
    rows = [
        layer
        for theme in catalogue["themes"]
        for entry in theme["indicators"]
        for series in (entry, *entry["parts"])
        for layer in series["layers"]
        if layer["total"] > 1
    ]
    levels = {row["level"] for row in rows}
    days = {row["date"] for row in rows if row["level"] == level}
    return {
        "levels": [each for each in catalogue["levels"] if each["id"] in levels],
        "steps": [each for each in catalogue["timeline"] if each["date"] in days],
    }


def comparison_context(
    document: Mapping[str, Any],
    catalogue: Mapping[str, Any],
    units: tuple[Unit, ...],
    layer: Layer,
    words: dict[str, str],
) -> dict[str, Any]:
    """Everything ``compare.html`` shows, but the maps themselves.

    Parameters
    ----------
    document
        What ``/api/v1/compare`` answers for the same address.
    units
        The units of the right side.
    words
        All texts of the layer's language by ``section.name``.
    """
    sections = (*SCRIPT_SECTIONS, "comparison")
    language: Language = layer.language
    return {
        "document": document,
        "texts": {k: v for k, v in words.items() if k.split(".")[0] in sections},
        "shapes": [boundaries_url(document[side]) for side in SIDES],
        "rows": table_rows(document["right"], units, layer),
        "themes": comparable(catalogue),
        "modes": COMPARISON_MODES,
        "language": language,
        **levels_and_steps(catalogue, layer.level),
    }
