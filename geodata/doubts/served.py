"""The doubts about what a store serves, published figures among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.raised import RaisedDoubt, raised_doubts
from geodata.model import Concept, Dimension, Indicator, Observation, Source
from geodata.recast.service import all_successions
from geodata.store import Store
from geodata.store_cache import cached_per_store


@dataclass(frozen=True)
class _StoreCatalogue:
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    sources: Mapping[str, Source]
    concepts: Mapping[str, Concept]


@cached_per_store(1)
def served_doubts(store: Store) -> tuple[RaisedDoubt, ...]:
    """All doubts about the figures of a store; found once for each."""
    known = _StoreCatalogue(
        {each.id: each for each in store.indicators(parts=True)},
        {each.id: each for each in store.dimensions()},
        {each.id: each for each in store.sources()},
        {each.id: each for each in store.concepts()},
    )
    figures = store.observations().items
    return raised_doubts(ComparedFigures(known, figures, all_successions(store)))


_FigureKey = tuple[str, str, str, str, str, float]


def _key(figure: Observation) -> _FigureKey:
    """What tells a figure from every other of a store."""
    about = figure.unit_id, figure.indicator, figure.period, figure.status
    return *about, figure.source_id, figure.value


@cached_per_store(1)
def _by_figure(store: Store) -> Mapping[_FigureKey, tuple[RaisedDoubt, ...]]:
    found: dict[_FigureKey, tuple[RaisedDoubt, ...]] = {}
    for doubt in served_doubts(store):
        for each in doubt.figures:
            found[_key(each)] = (*found.get(_key(each), ()), doubt)
    return found


def doubts_about(store: Store, figure: Observation) -> tuple[RaisedDoubt, ...]:
    """The doubts about a figure of a store; none where it bears none."""
    return _by_figure(store).get(_key(figure), ()) if figure.doubt else ()
