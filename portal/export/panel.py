"""The export panel of the map page, made when it is opened so that the first map does not wait."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template, request

from geodata.errors import NotFound
from geodata.model import Unit
from geodata.store import Store
from layers.drawn import draw, layer_title
from layers.layer import Layer
from layers.sheet import PRESETS
from layers.sheet.subject import alt_text
from portal.export.data import DATA_TYPES
from portal.links import query_text
from portal.parameters import LAYER, UNIT, read_parameters
from portal.services import services

DPIS = (96, 150, 200, 300, 450, 600)
_FILE_NAMES = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "gpkg": "GeoPackage",
               "topojson": "TopoJSON"}  # fmt: skip


def panel() -> str:
    """The panel for the layer in the address, and for the unit chosen on the map."""
    store = services().store
    ask = read_parameters((*LAYER, UNIT), request.args)
    layer = Layer.from_query(request.args.to_dict(), store)
    drawn = draw(layer, store)
    return render_template(
        "export_dialog.html",
        presets=[(name, preset.name[layer.language]) for name, preset in PRESETS.items()],
        dpis=DPIS,
        unit=_chosen(store, ask.get("unit", ""), layer),
        title=layer.title,
        generated=layer_title(drawn.indicator, replace(layer, title="")),
        alt=alt_text(drawn),
        query=query_text(layer.to_query()),
        files=DATA_TYPES,
        names=_FILE_NAMES,
    )


def _chosen(store: Store, unit_id: str, layer: Layer) -> Unit | None:
    """The unit, if it is on the map."""
    try:
        unit = store.unit(unit_id) if unit_id else None
    except NotFound:
        return None
    on_map = (
        unit
        and unit.level == layer.level
        and unit.valid_on(store.drawn_day(layer.level, layer.drawn_on))
    )
    return unit if on_map else None
