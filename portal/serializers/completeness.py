"""Which units have figures of which themes and years, and which indicators lack most of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.i18n import Language
from geodata.model import Indicator, Level, Observation, Theme, Unit
from geodata.period import parse_period
from geodata.store import Store
from geodata.store_cache import cached_per_store
from portal.serializers.entities import Document, unit_link
from portal.translations import translate
from portal.urls import indicator_url, unit_theme_url

_HALF = 0.5
_MOST_MISSING = 15


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is known of the units of a level.

    Parameters
    ----------
    units
        Those in force on the latest day on which the level has any.
    figures
        By unit id and theme id the latest figure of each indicator that has one.
    applicable
        By kind of unit and theme id, how many indicators have a meaning for it.
    """

    units: tuple[Unit, ...]
    themes: tuple[Theme, ...]
    figures: Mapping[tuple[str, str], Mapping[str, Observation]]
    applicable: Mapping[tuple[str, str], int]


@cached_per_store(16)
def completeness(store: Store, level: Level, year: int | None) -> Completeness:
    """Count the figures of a level, of one year or of all.

    A figure counts for the year in which its period ends, whatever its status; impossible ones do
    not count, and of an indicator that is broken down a part counts as the whole.
    """
    units = _units(store, level)
    ids = {unit.unit_id for unit in units}
    theme_of = {each.id: each.theme for each in store.indicators(parts=True)}
    figures: dict[tuple[str, str], dict[str, Observation]] = defaultdict(dict)
    for figure in store.observations().items:
        if figure.unit_id not in ids or figure.impossible or figure.indicator not in theme_of:
            continue
        if year is not None and parse_period(figure.period).end.year != year:
            continue
        cell = figures[figure.unit_id, theme_of[figure.indicator]]
        measured = store.indicator(figure.indicator).measured
        if measured not in cell or _end(figure) > _end(cell[measured]):
            cell[measured] = figure
    return Completeness(units, store.themes(), figures, _applicable(store, units, level))


def _end(figure: Observation) -> tuple[object, ...]:
    return parse_period(figure.period).sort_key


def _units(store: Store, level: Level) -> tuple[Unit, ...]:
    for step in reversed(store.info.timeline):
        found = store.units(level=level, date=step.date).items
        if found:
            return tuple(found)
    return ()


def _applicable(store: Store, units: Iterable[Unit], level: Level) -> dict[tuple[str, str], int]:
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for kind in {unit.kind for unit in units}:
        for indicator in store.indicators():
            if _applies(indicator, level, kind):
                counted[kind, indicator.theme] += 1
    return counted


def _applies(indicator: Indicator, level: Level, kind: str) -> bool:
    return level in indicator.levels and kind not in indicator.not_applicable_kinds


def years_of(store: Store) -> list[int]:
    """The years in which periods with figures end, the latest first."""
    ends = {parse_period(row.period).end.year for row in store.coverage()}
    return sorted(ends, reverse=True)


def matrix(found: Completeness, language: Language) -> list[Document]:
    """One row for each unit, one cell for each theme and one for all, with where each leads."""
    return [_row(found, unit, language) for unit in found.units]


def _row(found: Completeness, unit: Unit, language: Language) -> Document:
    cells = []
    for theme in found.themes:
        known = found.figures.get((unit.unit_id, theme.id), {})
        total = found.applicable.get((unit.kind, theme.id), 0)
        cells.append(
            {
                **_count(len(known), total, language),
                "latest": _latest(known.values(), language),
                "url": unit_theme_url(unit.unit_id, theme.id, language) if known else "",
            }
        )
    known = sum(cell["n"] for cell in cells)
    total = sum(found.applicable.get((unit.kind, theme.id), 0) for theme in found.themes)
    return {**unit_link(unit, language), "cells": cells, "whole": _count(known, total, language)}


def _count(known: int, total: int, language: Language) -> Document:
    share = known / total if total else 0.0
    rank = 0 if not known else 1 if share < _HALF else 2 if share < 1 else 3
    said = translate("completeness.of", language, n=known, total=total)
    return {"n": known, "total": total, "text": said if known else "–", "rank": rank}


def _latest(figures: Iterable[Observation], language: Language) -> str:
    last = max(figures, key=_end, default=None)
    if last is None:
        return ""
    label = parse_period(last.period).label(language)
    return translate("completeness.latest", language, period=label)


def missing_most(store: Store, found: Completeness, language: Language) -> list[Document]:
    """Indicators that some units have and most of those they have a meaning for lack."""
    level = found.units[0].level if found.units else "commune"
    known: dict[str, int] = defaultdict(int)
    for cell in found.figures.values():
        for indicator in cell:
            known[indicator] += 1
    rows: list[tuple[int, int, Indicator]] = []
    for one in store.indicators():
        total = sum(_applies(one, level, unit.kind) for unit in found.units)
        if 0 < known[one.id] < _HALF * total:
            rows.append((known[one.id], total, one))
    rows.sort(key=lambda row: -row[0])
    return [
        {
            "name": indicator.name[language],
            "url": indicator_url(indicator.id, language),
            "text": translate("completeness.of", language, n=n, total=total),
        }
        for n, total, indicator in rows[:_MOST_MISSING]
    ]
