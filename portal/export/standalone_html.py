"""A layer as one HTML file to mail: folium's map with all it needs inside, no request at all.

The file brings the screen's own browser code, so its colours, hatches and names are the screen's.
Its content policy lets nothing run but the two scripts it was made with, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import string
from functools import lru_cache
from pathlib import Path
from typing import Any

from folium.template import Template
from jinja2 import Environment, FileSystemLoader

from geodata.i18n import DEFAULT_LANGUAGE, Language, locale_of
from geodata.period import parse_period
from geodata.store import Store
from layers.figure_quality import missing_text
from layers.formatting import format_value
from layers.labels import STATUS_NAMES, date_text
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.places.place_view import resolve_places
from layers.recast_layer import RECAST_STATUS_NAMES
from layers.sheet.fonts import font_face_css
from layers.sheet.footer import boundary_sources, map_sources
from layers.sheet.sheet_content import alt_text
from layers.styles import get_style
from portal.boundary_files import unit_topology
from portal.export.data.tables import Cell, rows
from portal.export.standalone_rasters import carried_rasters
from portal.serializers.entities import Document, citation
from portal.serializers.places import place_feature, place_points
from portal.serializers.values import drawn_document
from portal.translations import messages, translate
from portal.urls import page_url
from portal.webmap.assets import asset_text
from portal.webmap.folium_map import Bounds, PortalMap
from portal.webmap.map_context import SCRIPT_SECTIONS, boundary_detail
from portal.webmap.map_layers import add_layers
from portal.webmap.svg_preview import symbol_outline

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
_FIELDS = ("status", "period", "class", "source", "method", "note")
"""The lines of a popup below the value, by the columns of the table."""


class StandaloneMap(PortalMap):
    """The portal's folium map whose browser code stands in the same file."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="map" id={{ this.get_name()|tojson }} role="application" tabindex="0"
          aria-label="{{ this.label|e }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const portal = window.portal;
        const {{ this.get_name() }} = portal.createMap(
          {{ this.get_name()|tojson }}, {{ this.browser_options|tojson }});
        {% endmacro %}
        """
    )


def standalone_html(
    layer: Layer, store: Store, public_url: str = "", rasters: Path | None = None
) -> bytes:
    """The file; the same bytes for the same layer and dataset.

    Parameters
    ----------
    public_url
        Where readers reach the portal; the file then names the address of the live map.
    rasters
        Folder of the registered rasters that the layer may name; None draws none.
    """
    layer_view, language = resolve_layer(layer, store), layer.language
    parts = _folium_parts(layer_view, store)
    program = asset_text("standalone.js")
    script = f"\n{parts['script']}\nportal.start({parts['variable']});\n"
    body = _environment().get_template("standalone_body.html").render(
        _=lambda key, **values: translate(key, language, **values),
        map=parts["html"],
        notices=asset_text("standalone_notices.txt"),
        **_context(layer_view, store, public_url),
        **carried_rasters(layer, rasters, _bounds(layer_view, store)),
    )  # fmt: skip
    styles = _font_faces(body) + asset_text("standalone.css")
    page = _environment().get_template("standalone.html").render(
        language=language,
        locale=locale_of(language).document(),
        title=layer_view.title,
        summary=layer_view.summary,
        policy=_content_policy((program, script), styles),
        styles=styles,
        body=body,
        program=program,
        script=script,
    )  # fmt: skip
    return page.encode()


def _folium_parts(layer_view: LayerView, store: Store) -> dict[str, str]:
    label = translate("map.label", layer_view.layer.language, title=layer_view.title)
    folium_map = StandaloneMap(_bounds(layer_view, store), label, "carried", module="standalone.js")
    add_layers(folium_map)
    return folium_map.parts()


def _bounds(layer_view: LayerView, store: Store) -> Bounds | None:
    detail = boundary_detail(layer_view.legend.total)
    frame = store.boundaries(layer_view.layer.level, layer_view.layer.drawn_on, detail)
    if frame.empty:
        return None
    west, south, east, north = (round(float(edge), 5) for edge in frame.total_bounds)
    return (south, west), (north, east)


def _context(layer_view: LayerView, store: Store, public_url: str) -> dict[str, Any]:
    """The body of the page: the figures once for the script and once as a table to read."""
    layer, language = layer_view.layer, layer_view.layer.language
    table = [(row, _card(row, layer_view)) for row in rows(layer_view, store)]
    table.sort(key=lambda pair: (pair[0]["value"] is None, -float(pair[0]["value"] or 0)))
    credited, shapes = map_sources(layer_view, store), boundary_sources(layer_view, store)
    query = layer.to_query()
    return {
        "values": drawn_document(store, layer_view),
        "shapes": unit_topology(
            store, layer.level, layer.drawn_on, boundary_detail(layer_view.legend.total)
        ),
        "cards": {row["unit_id"]: card for row, card in table},
        "words": {
            k: v for k, v in messages(language).items() if k.split(".")[0] in SCRIPT_SECTIONS
        },
        "table": table,
        "alt": alt_text(layer_view),
        "sources": [citation(source, language) for source in credited],
        "boundaries": [citation(source, language) for source in shapes],
        "indicative": any(u.boundary_quality == "indicative" for u in layer_view.units.values()),
        "licences": list(dict.fromkeys(s.licence for s in (*credited, *shapes) if s.licence)),
        "day": date_text(store.info.reference_date, language),
        "address": f"{public_url}{page_url('/', DEFAULT_LANGUAGE, query)}" if public_url else "",
        **_places(layer, store, public_url),
        "info": {"title": store.info.title[language], "version": store.info.version},
    }


def _places(layer: Layer, store: Store, public_url: str) -> dict[str, Any]:
    """The points of the places over the map, and what is known of each; nothing without any.

    A file stands nowhere: its links lead to the portal where readers reach one, else nowhere.
    """
    if not layer.places:
        return {"places": None}
    details = {}
    for place in resolve_places(store, layer.places).placed:
        feature = place_feature(store, place, layer.language)
        known = feature["properties"]
        for holder, key in ((known, "source_url"), (known["unit"], "url")):
            holder[key] = f"{public_url}{holder[key]}" if public_url else ""  # type: ignore[literal-required]
        details[place.id] = feature
    return {
        "places": place_points(store, layer.language, layer.places),
        "place_details": details,
    }


def _card(row: dict[str, Cell], layer_view: LayerView) -> Document:
    """The popup of a unit, as text only."""
    language = layer_view.layer.language
    unit_view = layer_view.unit_views[str(row["unit_id"])]
    style = get_style(layer_view.legend.style)
    value = unit_view.value
    if value is None:
        shown = missing_text(unit_view, layer_view.indicator, language)
    else:
        shown = format_value(value, layer_view.indicator, language)
    period = str(row["period"])
    fields: dict[str, Cell] = {
        **row,
        "status": _status(unit_view.status, language),
        "period": parse_period(period).label(language) if period else "",
        "class": row["class"] if style.class_label_in_tables else "",
    }
    named = [(translate(f"carried.{name}", language), str(fields[name] or "")) for name in _FIELDS]
    return {
        "name": row["full_name"],
        "value": shown,
        "rows": [pair for pair in named if pair[1]] if unit_view.figures else [],
        "quote": row["quote"] or "",
        "doubt": row["doubt"] or "",
    }


def _status(status: str, language: Language) -> str:
    names = {**STATUS_NAMES, **RECAST_STATUS_NAMES}
    return names[status][language] if status in names else status


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["symbol_outline"] = symbol_outline
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def _font_faces(body: str) -> str:
    """The fonts with the letters of the page and all that numbers are written with."""
    letters = frozenset(body) | frozenset(string.printable)
    return "".join(font_face_css(weight, letters) for weight in ("regular", "semibold"))


def _content_policy(scripts: tuple[str, ...], styles: str) -> str:
    """Nothing but the scripts and styles of the file, and nothing from anywhere.

    W3C Content Security Policy Level 3, 2.3.1: hashes of what stands between the tags.
    """
    hashes = " ".join(_csp_hash(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes}",
            f"style-src {_csp_hash(styles)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _csp_hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
