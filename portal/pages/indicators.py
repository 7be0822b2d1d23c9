"""``/indicators`` and ``/indicators/<id>``: what is measured, and where there are figures."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.i18n import Language
from geodata.model import Indicator
from geodata.period import parse_period
from geodata.store import IndicatorCoverage, Store
from layers.charts.bars import coverage_bar
from layers.formatting import fewest_decimals, format_number
from layers.labels import LEVEL_NAMES, STATUS_NAMES, unit_kind_name
from layers.layer_query import named_series
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.indicator_sections import story_context
from portal.pages.shared import read_page_params
from portal.parameters.declared import BREAKDOWN, LANG, UNIT
from portal.serializers.catalogue import best_coverage, by_coverage, coverage_rows
from portal.serializers.document_types import SourceDocument
from portal.serializers.entities import Document, indicator_document, source_document, unit_link
from portal.serializers.indicator_story import read_story
from portal.serializers.unit_profile import whole_unit
from portal.translations import translate
from portal.urls import indicator_url, page_url, series_query, unit_theme_url

_MOST_DECIMALS = 2


def indicators() -> str:
    """The list by theme, the well covered first."""
    store, language = current_store(), read_page_params()["lang"]
    top = whole_unit(store)
    themes = [
        {
            "id": theme.id,
            "page": unit_theme_url(top.unit_id, theme.id, language) if top else "",
            "name": theme.name[language],
            **_grouped(store, by_coverage(store, store.indicators(theme.id)), language),
        }
        for theme in store.themes()
    ]
    return render_template(
        "indicators.html",
        themes=themes,
        top=unit_link(top, language) if top else None,
        count=len(store.indicators()),
    )


def indicator(indicator_id: str) -> str:
    """One indicator as a story, then its definition, its coverage and its sources."""
    store, params = current_store(), read_page_params(BREAKDOWN, UNIT)
    language = params["lang"]
    found = named_series({**params, "indicator": indicator_id}, store)
    chosen = store.unit(params["unit"]) if params.get("unit") else None
    story = read_story(store, found, chosen, language)
    return render_template(
        "indicator.html",
        indicator=indicator_document(found, language),
        theme=next(t.name[language] for t in store.themes() if t.id == found.theme),
        facts=_facts(store, found, language),
        coverage=_by_level(_coverage(store, found, language)),
        sources=_sources(store, found, language),
        whole=_mention(store, found.whole or None, language),
        parts=[_row(store, part, language) for part in store.parts(found.id)],
        **story_context(store, story, found),
    )


def _grouped(store: Store, ordered: list[Indicator], language: Language) -> Document:
    """The indicators under their sub-headings, the best covered group first.

    Denominators of which nothing is known stand apart: they say how a ratio is made, no more.
    """
    every = store.indicators(parts=True)
    bare = {i.denominator for i in every} | {i.numerator for i in every}
    groups: dict[str, list[Document]] = {}
    without = []
    for indicator in ordered:
        row = _row(store, indicator, language)
        if indicator.id in bare and not row["periods"] and not row["parts"]:
            without.append(row)
        else:
            groups.setdefault(indicator.group[language], []).append(row)
    return {
        "groups": [{"name": name, "indicators": rows} for name, rows in groups.items()],
        "without": without,
        "count": len(ordered),
    }


def _row(store: Store, indicator: Indicator, language: Language) -> Document:
    rows, parts = coverage_rows(store)[indicator.id], store.parts(indicator.id)
    units, total = best_coverage(store, indicator) if rows else (0, 0)
    counts = {"with_value": units, "total": total}
    return {
        **indicator_document(indicator, language),
        "units_text": translate("indicators.coverage_units", language, **counts) if units else "",
        "coverage_bar": coverage_bar(units / total if total else 0.0),
        "periods": len({r.period for r in rows}),
        "map_url": page_url("/", language, series_query(indicator.id)),
        "parts": [_row(store, part, language) for part in parts if coverage_rows(store)[part.id]],
    }


def _facts(store: Store, indicator: Indicator, language: Language) -> Document:
    """The definition's parts in words."""
    return {
        "levels": ", ".join(LEVEL_NAMES[v][language] for v in indicator.levels),
        "range": _range((indicator.minimum, indicator.maximum), language),
        "usual": _range(indicator.usual_range, language),
        "numerator": _mention(store, indicator.numerator, language),
        "denominator": _mention(store, indicator.denominator, language),
        "not_applicable": ", ".join(
            unit_kind_name(k, language) for k in indicator.not_applicable_kinds
        ),
    }


def _mention(store: Store, indicator_id: str | None, language: Language) -> Document | None:
    if indicator_id is None:
        return None
    name = store.indicator(indicator_id).name[language]
    return {"name": name, "url": indicator_url(indicator_id, language)}


def _range(bounds: tuple[float | None, ...], language: Language) -> str:
    """A range in words, either end of which may be open; empty for none."""
    ends = zip(("low", "high"), bounds, strict=False)
    words = {
        k: format_number(v, fewest_decimals((v,), _MOST_DECIMALS), language)
        for k, v in ends if v is not None
    }  # fmt: skip
    if not words:
        return ""
    key = "range_both" if len(words) == 2 else "range_from" if "low" in words else "range_to"
    return translate(f"indicators.{key}", language, **words)


def _coverage(store: Store, indicator: Indicator, language: Language) -> list[Document]:
    names = {s.date: s.name[language] for s in store.info.timeline}
    rows = sorted(
        coverage_rows(store)[indicator.id],
        key=lambda r: (r.step_date, parse_period(r.period).sort_key, r.with_value),
        reverse=True,
    )
    return [
        {
            "level": LEVEL_NAMES[r.level][language],
            "period_id": r.period,
            "boundaries": names[r.step_date],
            "period": parse_period(r.period).label(language),
            "status": STATUS_NAMES[r.status_group][language],
            "with_value": r.with_value,
            "total": r.total,
            "coverage_bar": coverage_bar(r.with_value / r.total if r.total else 0.0),
            "map_url": page_url("/", language, _layer_query(r)),
        }
        for r in rows
    ]


def _by_level(rows: list[Document]) -> list[Document]:
    """The rows of each level together, the level with the most units first.

    Of rows that differ in nothing but the boundaries the latest stands: the figures of a unit that
    outlived a change are the same on either side of it.
    """
    seen: dict[tuple[object, ...], Document] = {}
    for row in rows:
        key = (row["level"], row["period_id"], row["status"], row["with_value"], row["total"])
        seen.setdefault(key, row)
    levels: dict[str, list[Document]] = {}
    for row in seen.values():
        levels.setdefault(row["level"], []).append(row)
    groups = [{"level": level, "rows": found} for level, found in levels.items()]
    return sorted(groups, key=lambda group: -max(row["total"] for row in group["rows"]))


def _layer_query(row: IndicatorCoverage) -> dict[str, str]:
    query = {
        **series_query(row.indicator),
        "period": row.period,
        "level": row.level,
        "date": row.step_date.isoformat(),
    }
    return query if row.status_group == "actual" else {**query, "status": row.status_group}


def _sources(store: Store, indicator: Indicator, language: Language) -> list[SourceDocument]:
    used = {o.source_id for o in store.observations(indicator=indicator.id).items}
    found = sorted((store.source(s) for s in used), key=lambda s: (s.rank, s.id))
    return [source_document(s, language) for s in found]


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule("/indicators", "indicators", cached_page(indicators, (LANG,)))
    app.add_url_rule(
        "/indicators/<indicator_id>", "indicator", cached_page(indicator, (BREAKDOWN, UNIT, LANG))
    )
