"""All figures of a unit by theme, with how it stands among the units of its level."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any, NamedTuple

from geodata.i18n import Language
from geodata.model import STATUS_GROUPS, Indicator, Level, Observation, Source, Unit
from geodata.period import parse_period
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.charts.figure_series import figure_series
from layers.charts.sparkline import sparkline, trend_of
from layers.charts.strip_plot import strip_plot
from layers.figure_concepts import concepts_by_id, concepts_of, mixture_note
from layers.formatting import format_percent, format_value
from portal.serializers.counterpart import figure_beside
from portal.serializers.entities import Document, observation_document, source_document
from portal.serializers.unit_card import plan_document, series_point
from portal.translations import translate
from portal.urls import indicator_url, page_url, series_query

# Fewer sound figures than this make no range worth drawing.
MIN_SIBLINGS = 3
# A title longer than this is cut where a source stands beside a figure, characters.
_TITLE = 56


class _Figures(NamedTuple):
    """Every figure of one indicator of a unit, and the preferred ones as its series."""

    every: list[Observation]
    series: tuple[Observation, ...]


@cached_per_store(64)
def themes_of(store: Store, unit: Unit, language: Language) -> list[Document]:
    """The themes that have figures for a unit, each with its indicators and their figures.

    Kept for the units seen last: a store does not change while it is open.
    """
    figures = store.observations(unit=unit.unit_id).items
    by_indicator: dict[str, list[Observation]] = {}
    for figure in figures:
        by_indicator.setdefault(figure.indicator, []).append(figure)
    themes, series = [], store.all_series(unit.unit_id)
    for theme in store.themes():
        rows = [
            _indicator(store, unit, i, _Figures(by_indicator[i.id], series.get(i.id, ())), language)
            for i in store.indicators(theme.id, parts=True)
            if i.id in by_indicator
        ]
        if rows:
            count = sum(len(row["figures"]) for row in rows)
            name = theme.name[language]
            themes.append({"id": theme.id, "name": name, "indicators": rows, "count": count})
    return themes


def with_parts_below(store: Store, themes: list[Document], language: Language) -> list[Document]:
    """The themes with the parts of an indicator below it, also where no total is known.

    Parameters
    ----------
    themes
        As `themes_of` lists them, which stay as they are.
    """
    return [
        {**theme, "indicators": _grouped(store, theme["indicators"], language)} for theme in themes
    ]


def _grouped(store: Store, rows: list[Document], language: Language) -> list[Document]:
    found: dict[str, Document] = {}
    for row in rows:
        if not row["whole"]:
            found.setdefault(row["id"], {"parts": []}).update(row)
            continue
        below = found.setdefault(row["whole"], {"parts": []})
        if "name" not in below:
            whole = store.indicator(row["whole"])
            below |= {
                "name": whole.name[language],
                "url": indicator_url(whole.id, language),
                "figures": [],
            }
        below["parts"].append(row)
    return list(found.values())


def key_figures(store: Store, unit: Unit, language: Language) -> list[Document]:
    """The latest actual figure of each key indicator, a sound one before a doubtful one."""
    known = {indicator.id: indicator for indicator in store.indicators(parts=True)}
    found = []
    for indicator_id in store.info.profile.key_indicators:
        figures = [
            o
            for o in store.observations(unit=unit.unit_id, indicator=indicator_id).items
            if o.status in ("actual", "estimate")
        ]
        if indicator_id in known and figures:
            best = max(figures, key=recency)
            found.append(_key_figure(store, known[indicator_id], best, language))
    return found


def recency(figure: Observation) -> tuple[object, ...]:
    """Possible before impossible, later before earlier, actual before estimated, then sound."""
    period = parse_period(figure.period).sort_key
    return not figure.impossible, period, figure.status == "actual", not figure.doubt


def _key_figure(
    store: Store, indicator: Indicator, figure: Observation, language: Language
) -> Document:
    return {
        **observation_document(store, figure, language),
        "name": indicator.name[language],
        "url": indicator_url(indicator.id, language),
        "source": source_document(store.source(figure.source_id), language),
    }


def short_citation(source: Source, language: Language) -> str:
    """A source in a few words: its number or the start of its title, and its date."""
    document = source_document(source, language)
    numbered = source.number[:1].isdigit()
    name = source.number if numbered else _shorten_title(document["title"])
    issuer = document["issuer"] if numbered else ""
    return ", ".join(part for part in (issuer, name, document["date_label"]) if part)


def _shorten_title(title: str) -> str:
    if len(title) <= _TITLE:
        return title
    return title[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–-(") + "…"


def _indicator(
    store: Store,
    unit: Unit,
    indicator: Indicator,
    known: _Figures,
    language: Language,
) -> Document:
    figures, series = known
    trend = trend_of(figure_series(store, unit, indicator, series, language), indicator)
    ordered = sorted(figures, key=lambda o: parse_period(o.period).sort_key, reverse=True)
    latest = next((o for o in ordered if o.status in ("actual", "estimate") and not o.doubt), None)
    step = max(
        (s.date for s in store.info.timeline if s.date <= unit.valid_from),
        default=store.info.timeline[0].date,
    )
    shown = _shown_first(ordered)
    told = figure_in_series(store, indicator, shown, series, language) if shown else None
    query = {**series_query(indicator.id), "level": unit.level, "date": step.isoformat()}
    official = latest or next((o for o in ordered if o.status in STATUS_GROUPS["actual"]), None)
    return {
        "id": indicator.id,
        "whole": indicator.whole,
        "name": indicator.name[language],
        "url": indicator_url(indicator.id, language),
        "map_url": page_url("/", language, {**query, "unit": unit.unit_id}),
        "figures": [figure_in_series(store, indicator, o, series, language) for o in ordered],
        "counterpart": _counterpart(store, official, query, language) if official else None,
        "latest": told,
        "reference": reference_figure(store, unit, indicator, shown, language) if shown else None,
        "strip": place_among_siblings(store, unit, indicator, latest, language) if latest else None,
        "trend": trend,
        "sparkline": sparkline(trend, indicator.name[language]) if trend else None,
        "concept_note": _concept_note(store, indicator, figures, language),
    }


def _counterpart(
    store: Store, figure: Observation, query: dict[str, str], language: Language
) -> Document | None:
    """The estimate beside the latest official figure, or the reverse; with the way to its map."""
    found = None if figure.impossible else figure_beside(store, figure, language)
    if found is None:
        return None
    own = series_point(store.indicator(figure.indicator), figure, language)
    there = {**query, **series_query(found["indicator"]), "unit": figure.unit_id}
    return {**found, "own": own, "map_url": page_url("/", language, there)}


def _shown_first(ordered: list[Observation]) -> Observation | None:
    """What stands for a series in one row: what happened last, else what is planned or aimed at."""
    happened = (o for o in ordered if o.status in ("actual", "estimate") and not o.impossible)
    return next(happened, next(iter(ordered), None))


def reference_figure(
    store: Store, unit: Unit, indicator: Indicator, figure: Observation, language: Language
) -> Document | None:
    """What the figure of a unit is held against.

    The figure of the unit above all others for the same period, else its latest one, whose period
    is told; where it has none, the middle value of the units of the level. None for the unit above
    all itself, and for named classes.
    """
    whole = whole_unit(store)
    if indicator.kind == "category" or (whole and whole.unit_id == unit.unit_id):
        return None
    series = _series_of_whole(store).get(indicator.id, ())
    happened = [o for o in series if o.status in ("actual", "estimate") and not o.impossible]
    same = next((o for o in happened if o.period == figure.period), None)
    found = same or max(happened, key=recency, default=None)
    if found is not None:
        told = "" if same else parse_period(found.period).label(language)
        return {**observation_document(store, found, language), "told": told}
    return _middle_of_level(store, unit, indicator, figure, language)


def _middle_of_level(
    store: Store, unit: Unit, indicator: Indicator, figure: Observation, language: Language
) -> Document | None:
    values = _sound_values(store, unit, indicator, figure.period)
    if len(values) < MIN_SIBLINGS:
        return None
    text = format_value(statistics.median(values), indicator, language)
    return {"text": text, "told": translate("unit.middle", language, n=len(values))}


def _sound_values(store: Store, unit: Unit, indicator: Indicator, period: str) -> list[float]:
    """The figures of the units of a level that nothing speaks against, lowest first."""
    step = max((s.date for s in store.info.timeline if unit.valid_on(s.date)), default=None)
    if step is None:
        return []
    return _sound_values_of_level(store, unit.level, step).get((indicator.id, period), [])


@cached_per_store(8)
def _sound_values_of_level(
    store: Store, level: Level, step: dt.date
) -> dict[tuple[str, str], list[float]]:
    return store.sound_values(level, step)


@cached_per_store(1)
def _series_of_whole(store: Store) -> dict[str, tuple[Observation, ...]]:
    """The series of the unit above all others, by indicator."""
    whole = whole_unit(store)
    return store.all_series(whole.unit_id) if whole else {}


@cached_per_store(1)
def whole_unit(store: Store) -> Unit | None:
    """The unit above all others; None where there are several."""
    day = store.info.timeline[-1].date
    found = [one for one in store.units(level="province", date=day).items if not one.parent_id]
    return found[0] if len(found) == 1 else None


def _concept_note(
    store: Store, indicator: Indicator, figures: list[Observation], language: Language
) -> str:
    """What is said of a series whose figures are counted by different concepts."""
    drawn = (figure for figure in figures if not figure.impossible)
    note = mixture_note(concepts_of(drawn, indicator, concepts_by_id(store)))
    return note[language] if note else ""


def figure_in_series(
    store: Store,
    indicator: Indicator,
    figure: Observation,
    series: tuple[Observation, ...],
    language: Language,
) -> Document:
    """A figure with its source, and its plan where it is an actual one."""
    actual = figure.status in ("actual", "estimate")
    plan = plan_document(indicator, figure, series, language) if actual else None
    coverage, source = figure.coverage, store.source(figure.source_id)
    return {
        **observation_document(store, figure, language),
        "source": source_document(source, language),
        "source_short": short_citation(source, language),
        "plan": plan,
        "coverage_text": "" if coverage is None else format_percent(100 * coverage, language),
    }


def place_among_siblings(
    store: Store, unit: Unit, indicator: Indicator, figure: Observation, language: Language
) -> Document | None:
    """Rank among the units of the level, with their figures on one line from lowest to highest.

    None for fewer than `MIN_SIBLINGS` sound figures, where all are equal, and for named classes.
    """
    if indicator.kind == "category":
        return None
    sound = _sound_values(store, unit, indicator, figure.period)
    if len(sound) < MIN_SIBLINGS or sound[0] == sound[-1]:
        return None
    low, high = sound[0], sound[-1]
    rank = 1 + sum(v > figure.value for v in sound)
    words: dict[str, Any] = {
        "rank": rank,
        "of": len(sound),
        "shared_by": sound.count(figure.value),
        "value": format_value(figure.value, indicator, language),
        "lowest": format_value(low, indicator, language),
        "highest": format_value(high, indicator, language),
    }
    label = translate(
        "figure.siblings_text",
        language,
        n=len(sound),
        name=unit.full_name[language],
        value=format_value(figure.value, indicator, language),
        lowest=words["lowest"],
        highest=words["highest"],
    )
    period = parse_period(figure.period).label(language)
    return {**words, "chart": strip_plot(sound, figure.value, label), "period": period}
