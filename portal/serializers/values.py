"""The values document: everything a map, its legend and its table show, but the shapes."""

from __future__ import annotations

import math

from geodata.model import Indicator
from geodata.period import parse_period
from geodata.store import Store
from layers.formatting import plain_value
from layers.layer import Layer
from layers.layer_query import format_thresholds
from layers.layer_view import LayerView, resolve_layer
from layers.legend import Legend
from layers.palette_choice import fitting_palette_types
from layers.palettes import MISSING_FILL, MISSING_HATCH
from layers.rasters.raster_choice import format_raster_choices
from layers.sparse_map import is_sparse
from layers.styles import get_style
from layers.styles.proportional_symbols import MAX_RADIUS
from layers.unit_views import UnitView, covered_periods
from portal.serializers.counterpart import counterpart_document
from portal.serializers.entities import category_documents, source_link
from portal.serializers.joint_values import joint_values_list
from portal.serializers.recast_values import recast_section
from portal.serializers.values_types import (
    Cell,
    LayerIndicator,
    LayerParameters,
    LegendDocument,
    PeriodDocument,
    SourceLink,
    ValuesDocument,
)
from portal.urls import query_text


def values_document(store: Store, layer: Layer) -> ValuesDocument:
    """Draw a layer and say what every unit shows."""
    return drawn_document(store, resolve_layer(layer, store))


def drawn_document(store: Store, layer_view: LayerView) -> ValuesDocument:
    """The values document of a layer already drawn.

    A unit with a figure is ``[value, class, status, 1 if doubtful else 0]``, one without is
    ``[null, kind of missing]``, one with an impossible figure ``[null, "impossible", figure]``.
    """
    layer = layer_view.layer
    return {
        "dataset": store.info.version,
        "layer": layer_fields(layer),
        "boundaries": {"level": layer.level, "date": layer.drawn_on.isoformat()},
        "query": query_text(layer.to_query()),
        "title": layer_view.title,
        "subtitle": layer_view.subtitle,
        "summary": layer_view.summary,
        "counterpart": counterpart_document(store, layer_view),
        "indicator": _indicator(layer_view),
        "legend": legend_document(layer_view.legend),
        "units": {
            unit: cell(layer_view.unit_views[unit], layer_view.indicator)
            for unit in layer_view.units
        },
        "recast": recast_section(store, layer_view) if layer.on else None,
        "together": joint_values_list(layer_view),
        "periods": periods(store, layer),
        "sources": _sources(store, layer_view),
    }


def layer_fields(layer: Layer) -> LayerParameters:
    """Every field of a layer as text, defaults included."""
    return {
        "indicator": layer.measured,
        "breakdown": layer.breakdown,
        "period": layer.period,
        "level": layer.level,
        "date": layer.date.isoformat(),
        "on": layer.on.isoformat() if layer.on else "",
        "status": layer.status,
        "scheme": layer.scheme,
        "classes": str(layer.classes),
        "thresholds": format_thresholds(layer.thresholds),
        "isolate": format_thresholds(layer.isolate),
        "class_basis": layer.class_basis,
        "palette": layer.palette,
        "style": layer.style,
        "places": ",".join(layer.places),
        "rasters": format_raster_choices(layer.rasters),
        "title": layer.title,
    }


def _indicator(layer_view: LayerView) -> LayerIndicator:
    indicator, language = layer_view.indicator, layer_view.layer.language
    unit = indicator.measure_unit
    return {
        "id": indicator.id,
        "name": indicator.name[language],
        "definition": indicator.definition[language],
        "theme": indicator.theme,
        "kind": indicator.kind,
        "direction": indicator.direction,
        "decimals": indicator.decimals,
        "measure_unit": {"symbol": unit.symbol[language], "space": unit.space},
        "categories": category_documents(indicator, language),
        "palette_types": list(fitting_palette_types(indicator)),
    }


def legend_document(legend: Legend) -> LegendDocument:
    """The legend as JSON; colours as ``#rrggbb``, radii in CSS pixels."""
    screen = get_style(legend.style).screen(legend)
    return {
        "style": legend.style,
        "screen": {
            "fills": screen.fills,
            "class_rows": screen.class_rows,
            "classification": screen.classification,
        },
        "classes": [
            {
                # Given thresholds keep their classes when there is no value to begin from.
                "lower": None if math.isnan(row.lower) else row.lower,
                "upper": row.upper,
                "label": row.label,
                "colour": row.colour,
                "count": row.count,
                "isolated": row.isolated,
            }
            for row in legend.classes
        ],
        "missing": [{"kind": m.kind, "label": m.label, "count": m.count} for m in legend.missing],
        "missing_fill": MISSING_FILL,
        "missing_hatch": MISSING_HATCH,
        "symbols": [
            {"value": s.value, "label": s.label, "radius": s.radius} for s in legend.symbols
        ],
        "max_radius": MAX_RADIUS,
        "doubtful": legend.doubtful,
        "estimated": legend.estimated,
        "with_value": legend.with_value,
        "total": legend.total,
        "sparse": is_sparse(legend.with_value, legend.total),
        "notes": list(legend.notes),
    }


def cell(unit_view: UnitView, indicator: Indicator) -> Cell:
    """A unit's value or code, class, status and 1 if doubtful, or None and why it is missing.

    What cannot be right is handed on as printed, to be shown and not drawn.
    """
    if unit_view.impossible is not None:
        return None, "impossible", plain_value(unit_view.impossible.value, indicator)
    if unit_view.value is None:
        return None, unit_view.missing or "no_data"
    value = plain_value(unit_view.value, indicator)
    return value, unit_view.class_index, unit_view.status, int(unit_view.doubtful)


def periods(store: Store, layer: Layer) -> list[PeriodDocument]:
    """The periods with figures for the layer's indicator, level, date and status, oldest first."""
    rows = covered_periods(layer, store)
    rows.sort(key=lambda row: parse_period(row.period).sort_key)
    return [
        {
            "period": row.period,
            "label": parse_period(row.period).label(layer.language),
            "with_value": row.with_value,
            "total": row.total,
        }
        for row in rows
    ]


def _sources(store: Store, layer_view: LayerView) -> list[SourceLink]:
    language = layer_view.layer.language
    used = {
        m.observation.source_id for m in layer_view.unit_views.values() if m.observation is not None
    }
    alone = [m.recast for m in layer_view.unit_views.values() if m.recast is not None]
    used |= {part.observation.source_id for record in alone for part in record.contributions}
    used |= {source for each in layer_view.joint_values for source in each.sources}
    sources = sorted((store.source(s) for s in used), key=lambda s: (s.rank, s.id))
    return [source_link(source, language) for source in sources]
