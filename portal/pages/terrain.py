"""``/terrain``: the map tilted over the elevations that the instance has registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, make_response, render_template, request

from geodata.i18n import Language
from geodata.model import Indicator
from geodata.rasters.raster_layer import RasterLayer
from layers.formatting import format_value
from layers.layer import Layer
from layers.layer_query import LAYER_PARAMETERS
from layers.palettes import MISSING_FILL
from portal.app_state import current_store
from portal.rasters.panel import DEM_COMMAND
from portal.rasters.registry import registered_rasters
from portal.rasters.tiles import tiles_address
from portal.security import POLICY_HEADER, content_policy, csp_nonce
from portal.serializers.places import place_points
from portal.serializers.values import values_document
from portal.translations import messages, translate
from portal.urls import page_url
from portal.webmap.assets import asset_url
from portal.webmap.map_context import ESTIMATES, boundaries_url

_SECTIONS = ("terrain", "error")
"""Sections of the texts that the script uses."""


def terrain() -> Response:
    """The layer of the address in 3D; in words where there are no elevations."""
    store = current_store()
    layer = Layer.from_query(
        {name: text for name, text in request.args.items() if name in LAYER_PARAMETERS}, store
    )
    values = values_document(store, layer)
    elevations = _elevations(layer)
    words = messages(layer.language)
    page = render_template(
        "terrain.html",
        values=values,
        elevations=elevations,
        document=_document(layer, values, elevations) if elevations else {},
        texts={k: v for k, v in words.items() if k.split(".")[0] in _SECTIONS},
        command=DEM_COMMAND,
        flat_url=page_url("/", layer.language, layer.to_query()),
    )
    response = make_response(page)
    own = f"'nonce-{csp_nonce()}'"
    # The library reads tiles in a worker of its own, from this host like all else.
    response.headers[POLICY_HEADER] = content_policy((own,), ("'self'", own), workers="'self'")
    return response


def _elevations(layer: Layer) -> RasterLayer | None:
    """The elevations that the address names, else the first registered ones."""
    named = {each.id for each in layer.rasters}
    found = [each for each in registered_rasters() if each.style == "hillshade"]
    return next((each for each in found if each.id in named), next(iter(found), None))


def _document(
    layer: Layer, values: Mapping[str, Any], elevations: RasterLayer
) -> dict[str, object]:
    """What the script draws: elevations, the fill and the figure of each unit, the places."""
    from layers.rasters.raster_tile import deepest_zoom  # noqa: PLC0415 - the raster libraries

    store = current_store()
    indicator = store.indicator(layer.indicator)
    classes = values["legend"]["classes"]
    fills, figures = {}, {}
    for unit_id, cell in values["units"].items():
        known = cell[0] is not None
        has_class = known and classes and values["legend"]["screen"]["fills"]
        fills[unit_id] = classes[cell[1]]["colour"] if has_class else MISSING_FILL
        figures[unit_id] = _figure(cell, values, indicator, layer.language)
    return {
        "worker": asset_url("maplibre-gl-csp-worker.js"),
        "tiles": tiles_address(elevations, elevations=True),
        "deepest": deepest_zoom(elevations),
        "bounds": elevations.bounds,
        "boundaries": boundaries_url(values),
        "fills": fills,
        "figures": figures,
        "places": place_points(store, layer.language, layer.places) if layer.places else None,
    }


def _figure(
    cell: Sequence[Any], values: Mapping[str, Any], indicator: Indicator, language: Language
) -> dict[str, str]:
    """A unit's figure in words, and what is to be known of it, as the flat map says it.

    Returns
    -------
    dict
        ``text``; ``mark``, the sign of a doubtful or impossible figure, and ``notes``: what the
        sign means and that a figure is estimated. Both are empty for a sound actual figure.
    """
    labels = {each["kind"]: each["label"] for each in values["legend"]["missing"]}
    if cell[0] is None:
        if cell[1] != "impossible":
            return {"text": labels.get(cell[1], ""), "mark": "", "notes": ""}
        text = _value_text(cell[2], values, indicator, language)
        return {"text": text, "mark": "×", "notes": labels.get("impossible", "")}
    _, _, status, doubtful = cell
    notes = [translate("legend.estimated", language)] if status in ESTIMATES else []
    notes += [translate("legend.doubtful", language)] if doubtful else []
    text = _value_text(cell[0], values, indicator, language)
    return {"text": text, "mark": "!" if doubtful else "", "notes": " · ".join(notes)}


def _value_text(
    value: float | str, values: Mapping[str, Any], indicator: Indicator, language: Language
) -> str:
    if isinstance(value, str):
        named = {each["id"]: each["name"] for each in values["indicator"]["categories"]}
        return str(named.get(value, value))
    return format_value(value, indicator, language)


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/terrain", "terrain", terrain)
