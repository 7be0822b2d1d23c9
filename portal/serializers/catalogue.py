"""The catalogue document: what the controls of the map offer."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.model import LEVELS, STATUS_GROUPS, Indicator, Level
from geodata.period import parse_period
from geodata.store import IndicatorCoverage, Store
from geodata.store_cache import cached_per_store
from layers.classification_schemes import SCHEMES
from layers.default_selection import (
    is_map,
    opening_coverage,
    opening_indicator,
    opening_places,
    opening_series,
)
from layers.labels import LEVEL_NAMES, STATUS_NAMES
from layers.palettes import PALETTES, ramp_colours
from layers.sparse_map import is_sparse
from layers.styles import offered_styles
from layers.symbology import default_symbology
from portal.serializers.catalogue_types import (
    AvailableLayer,
    CatalogueDocument,
    CatalogueIndicator,
    CataloguePart,
    CatalogueSeries,
    SchemeDocument,
)
from portal.serializers.dimensions import part_names, total_name
from portal.serializers.entities import indicator_document


def catalogue_document(store: Store, language: Language) -> CatalogueDocument:
    """Themes with their indicators and where these have figures, well covered ones first."""
    rows = coverage_rows(store)
    levels = {row.level for group in rows.values() for row in group}
    return {
        "dataset": store.info.version,
        "title": store.info.title[language],
        "reference_date": store.info.reference_date.isoformat(),
        "themes": [
            {
                "id": theme.id,
                "name": theme.name[language],
                "lead": opening_indicator(store, theme),
                "places": list(opening_places(store, theme)),
                "indicators": [
                    _indicator(store, indicator, language)
                    for indicator in by_coverage(store, store.indicators(theme.id))
                ],
            }
            for theme in store.themes()
        ],
        "timeline": [
            {"date": s.date.isoformat(), "name": s.name[language]} for s in store.info.timeline
        ],
        "levels": [
            {"id": k, "name": LEVEL_NAMES[k][language], "dates": dates}
            for k in LEVELS
            # Villages an office loaded are a map even where nobody counted anything in them.
            if (dates := _drawn_dates(store, k)) and (k in levels or k == "village")
        ],
        "schemes": _schemes(language),
        "palettes": [
            {"id": k, "name": p.name[language], "type": p.type, "colours": list(ramp_colours(k, 5))}
            for k, p in PALETTES.items()
        ],
        "styles": [
            {
                "id": style.id,
                "name": style.name[language],
                "description": style.description[language],
                "kinds": sorted(style.suits),
            }
            for style in offered_styles().values()
        ],
        "statuses": [{"id": k, "name": STATUS_NAMES[k][language]} for k in STATUS_GROUPS],
    }


def _schemes(language: Language) -> list[SchemeDocument]:
    return [
        {
            "id": name,
            "name": scheme.name[language],
            "description": scheme.description[language],
            "counted": scheme.counted,
        }
        for name, scheme in SCHEMES.items()
    ]


def _drawn_dates(store: Store, level: Level) -> list[str]:
    """The steps of the timeline at which a level has units to draw."""
    return [
        step.date.isoformat()
        for step in store.info.timeline
        if store.units(level=level, date=step.date, with_shape=True, limit=1).total
    ]


@cached_per_store(1)
def coverage_rows(store: Store) -> dict[str, tuple[IndicatorCoverage, ...]]:
    """The coverage of every indicator, only where there is something; read once per store."""
    return {
        series.id: tuple(row for row in store.coverage(series.id) if row.with_value)
        for series in store.indicators(parts=True)
    }


def best_coverage(store: Store, indicator: Indicator) -> tuple[int, int]:
    """Units with a figure and all units of the map the indicator opens with."""
    opened = opening_coverage(store, indicator)
    return (opened.with_value, opened.total) if opened else (0, 0)


def by_coverage(store: Store, indicators: tuple[Indicator, ...]) -> list[Indicator]:
    """The indicators: those that open on a map first, of today's units, of more of them.

    Where `WELL_COVERED_SHARE` of the units have a figure, all of them count; equal ones keep the
    order of the catalogue.
    """
    today = store.info.timeline[-1].date

    def rank(indicator: Indicator) -> tuple[float, ...]:
        row = opening_coverage(store, indicator)
        if row is None:
            return (0, 0, 0)
        units = row.total if row.well_covered else row.with_value
        return is_map(row), row.step_date == today, units

    return sorted(indicators, key=rank, reverse=True)


def _indicator(store: Store, indicator: Indicator, language: Language) -> CatalogueIndicator:
    """An indicator as its map opens, with the parts that have figures."""
    rows, parts = coverage_rows(store), store.parts(indicator.id)
    shown = opening_series(store, indicator)
    return {
        **_series(store, shown, language),
        "name": indicator.name[language],
        "total_label": total_name(store, parts, language),
        "parts": [_part(store, part, language) for part in parts if rows[part.id]],
    }


def _part(store: Store, part: Indicator, language: Language) -> CataloguePart:
    dimensions, label = part_names(store, part, language)
    return {**_series(store, part, language), "dimensions": dimensions, "label": label}


def _series(store: Store, series: Indicator, language: Language) -> CatalogueSeries:
    rows = coverage_rows(store)[series.id]
    units, total = best_coverage(store, series)
    record = indicator_document(series, language)
    symbology = default_symbology(series)
    return {
        "id": series.measured,
        "name": record["name"],
        "breakdown": series.dimensions,
        "group": record["group"],
        "definition": record["definition"],
        "kind": record["kind"],
        "decimals": record["decimals"],
        "direction": record["direction"],
        "url": record["url"],
        "symbol": record["measure_unit"]["symbol"],
        "style": symbology.style,
        "palette": symbology.palette,
        "scheme": symbology.scheme,
        "classes": symbology.classes,
        "thresholds": list(symbology.thresholds),
        "coverage": {
            "units": units,
            "total": total,
            "periods": len({row.period for row in rows}),
        },
        "layers": [_layer(row, language) for row in sorted(rows, key=_layer_order)],
    }


def _layer_order(row: IndicatorCoverage) -> tuple[object, ...]:
    return row.level, row.step_date, row.status_group, parse_period(row.period).sort_key


def _layer(row: IndicatorCoverage, language: Language) -> AvailableLayer:
    return {
        "level": row.level,
        "date": row.step_date.isoformat(),
        "status": row.status_group,
        "period": row.period,
        "label": parse_period(row.period).label(language),
        "with_value": row.with_value,
        "total": row.total,
        "sparse": is_sparse(row.with_value, row.total),
    }
