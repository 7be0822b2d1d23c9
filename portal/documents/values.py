"""The values document: everything a map, its legend and its table show, but the shapes."""

from __future__ import annotations

import math
from typing import Any

from geodata.period import parse_period
from geodata.store import Store
from layers.drawn import DrawnLayer, draw
from layers.layer import Layer
from layers.legend import Legend
from layers.palettes import MISSING_FILL, MISSING_HATCH
from layers.query import listed
from layers.symbols import MAX_RADIUS
from portal.documents.recasting import recast_section
from portal.documents.records import Document, title_line
from portal.documents.together import together_list
from portal.links import query_text, source_url


def values_document(store: Store, layer: Layer) -> Document:
    """Draw a layer and say what every unit shows."""
    return drawn_document(store, draw(layer, store))


def drawn_document(store: Store, drawn: DrawnLayer) -> Document:
    """The values document of a layer already drawn.

    A unit with a figure is ``[value, class, status, 1 if doubtful else 0]``, one without is
    ``[null, kind of missing]``.
    """
    layer = drawn.layer
    return {
        "dataset": store.info.version,
        "layer": layer_fields(layer),
        "boundaries": {"level": layer.level, "date": layer.drawn_on.isoformat()},
        "query": query_text(layer.to_query()),
        "title": drawn.title,
        "subtitle": drawn.subtitle,
        "summary": drawn.summary,
        "indicator": _indicator(drawn),
        "legend": legend_document(drawn.legend),
        "units": {unit_id: _row(drawn, unit_id) for unit_id in drawn.units},
        "recast": recast_section(store, drawn) if layer.on else None,
        "together": together_list(drawn),
        "periods": periods(store, layer),
        "sources": _sources(store, drawn),
    }


def layer_fields(layer: Layer) -> dict[str, str]:
    """Every field of a layer as text, defaults included."""
    return {
        "indicator": layer.indicator,
        "period": layer.period,
        "level": layer.level,
        "date": layer.date.isoformat(),
        "on": layer.on.isoformat() if layer.on else "",
        "status": layer.status,
        "scheme": layer.scheme,
        "classes": str(layer.classes),
        "thresholds": listed(layer.thresholds),
        "palette": layer.palette,
        "style": layer.style,
        "title": layer.title,
    }


def _indicator(drawn: DrawnLayer) -> Document:
    indicator, language = drawn.indicator, drawn.layer.language
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
    }


def legend_document(legend: Legend) -> Document:
    """The legend as JSON; colours as ``#rrggbb``, radii in CSS pixels."""
    return {
        "style": legend.style,
        "classes": [
            {
                # Given thresholds keep their classes when there is no value to begin from.
                "lower": None if math.isnan(row.lower) else row.lower,
                "upper": row.upper,
                "label": row.label,
                "colour": row.colour,
                "count": row.count,
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
        "notes": list(legend.notes),
    }


def _row(drawn: DrawnLayer, unit_id: str) -> list[Any]:
    mark = drawn.marks[unit_id]
    if mark.value is None:
        return [None, mark.missing]
    return [mark.value, mark.index, mark.status, int(mark.doubtful)]


def periods(store: Store, layer: Layer) -> list[Document]:
    """The periods with figures for the layer's indicator, level, date and status, oldest first."""
    rows = [
        row
        for row in store.coverage(layer.indicator)
        if (row.level, row.step_date, row.status_group) == (layer.level, layer.date, layer.status)
        and row.with_value
    ]
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


def _sources(store: Store, drawn: DrawnLayer) -> list[Document]:
    language = drawn.layer.language
    used = {m.observation.source_id for m in drawn.marks.values() if m.observation is not None}
    alone = [m.recast for m in drawn.marks.values() if m.recast is not None]
    records = (*alone, *(each.record for each in drawn.together))
    used |= {part.observation.source_id for r in records for part in r.contributions}
    sources = sorted((store.source(s) for s in used), key=lambda s: (s.rank, s.id))
    return [
        {
            "id": s.id,
            "title": s.title[language],
            "title_line": title_line(s, language),
            "url": source_url(s.id, language),
        }
        for s in sources
    ]
