"""What is known before a table comes in: catalogue, units, and the figures there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from geodata.catalogue import Catalogue
from geodata.dataset import Dataset
from geodata.model import Observation, Source, Status, Succession, Unit
from geodata.precedence import preferred_observations
from geodata.series_id import series_id
from geodata.store import Store
from geodata.table_import.units import UnitAlias, UnitIndex

FigureKey = tuple[str, str, Status]
"""Unit, period and status."""


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure that is there already.

    Parameters
    ----------
    value
        In the indicator's unit of measure; of a class as of `geodata.model.Observation`.
    source
        Title of the document or file it is from.
    doubtful
        Whether something speaks against it; it is then no measure for others.
    category
        Code of the class; empty of a number.
    """

    value: float
    source: str
    doubtful: bool = False
    category: str = ""


Figures = Mapping[FigureKey, KnownFigure]


class KnownFacts(Protocol):
    """What reading and checking a table needs to know; every part is made when first asked for."""

    @property
    def catalogue(self) -> Catalogue:
        """Indicators, units of measure, themes and sources."""
        ...

    @property
    def index(self) -> UnitIndex:
        """The units of all days."""
        ...

    @property
    def today(self) -> dt.date:
        """The day until which figures can be actual: the later of today and the dataset's day."""
        ...

    def figures(self, indicator: str, dimensions: str = "") -> Figures:
        """The preferred figures of a series; empty for an indicator that is not known."""
        ...


def _known(observations: Iterable[Observation], sources: Mapping[str, Source]) -> Figures:
    preferred = preferred_observations(observations, sources)
    return {
        (unit_id, period, status): KnownFigure(
            figure.value,
            _title(figure.source_id, sources),
            bool(figure.doubt),
            figure.category,
        )
        for (unit_id, _, period, status), figure in preferred.items()
    }


def _today(reference: dt.date) -> dt.date:
    # The clock of an office's machine may stand still; a dataset is never ahead of its time.
    return max(reference, dt.datetime.now(dt.UTC).date())


def _title(source_id: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(source_id)
    return source.title.vi if source else source_id


class DatasetFacts:
    """The facts of a dataset in memory.

    Parameters
    ----------
    dataset
        The dataset.
    aliases
        Spellings of units that people confirmed.
    """

    def __init__(self, dataset: Dataset, aliases: Iterable[UnitAlias] = ()) -> None:
        self._dataset = dataset
        self._aliases = tuple(aliases)
        self._kept: dict[str, Figures] = {}

    @property
    def catalogue(self) -> Catalogue:
        """Indicators, units of measure, themes and sources."""
        return self._dataset.catalogue

    @cached_property
    def index(self) -> UnitIndex:
        """The units of all days."""
        dataset = self._dataset
        days = [step.date for step in dataset.info.timeline]
        return UnitIndex.of(dataset.units, dataset.successions, days, self._aliases)

    @property
    def today(self) -> dt.date:
        """See `KnownFacts.today`."""
        return _today(self._dataset.info.reference_date)

    @cached_property
    def _by_indicator(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for observation in self._dataset.observations:
            found[observation.indicator].append(observation)
        return found

    def figures(self, indicator: str, dimensions: str = "") -> Figures:
        """The preferred figures of a series; empty for an indicator that is not known."""
        indicator = series_id(indicator, dimensions)
        if indicator not in self._kept:
            given = self._by_indicator.get(indicator, ())
            self._kept[indicator] = _known(given, self.catalogue.sources)
        return self._kept[indicator]


class StoreFacts:
    """The facts of a store, with what offices have published in it.

    Parameters
    ----------
    store
        The store; it stays the caller's to close.
    aliases
        Spellings of units that people confirmed.
    """

    def __init__(self, store: Store, aliases: Iterable[UnitAlias] = ()) -> None:
        self._store = store
        self._aliases = tuple(aliases)
        self._kept: dict[str, Figures] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """Indicators, units of measure, themes and sources."""
        indicators = self._store.indicators(parts=True)
        return Catalogue(
            themes={theme.id: theme for theme in self._store.themes()},
            measure_units={
                each.measure_unit.id: each.measure_unit
                for each in indicators
                if each.kind != "category"
            },
            indicators={each.id: each for each in indicators},
            sources={source.id: source for source in self._store.sources()},
            concepts={one.id: one for one in self._store.concepts()},
            dimensions={one.id: one for one in self._store.dimensions()},
        )

    @cached_property
    def index(self) -> UnitIndex:
        """The units of all days."""
        units = self._store.units().items
        days = [step.date for step in self._store.info.timeline]
        return UnitIndex.of(units, self._successions(units, days), days, self._aliases)

    @property
    def today(self) -> dt.date:
        """See `KnownFacts.today`."""
        return _today(self._store.info.reference_date)

    def _successions(self, units: Sequence[Unit], days: Sequence[dt.date]) -> list[Succession]:
        """Who became whom; only units that ended before the last day became others."""
        ended = (unit.unit_id for unit in units if unit.valid_to is not None)
        found = {row for unit_id in ended for row in self._store.successors(unit_id)}
        return sorted(found, key=lambda row: (row.from_id, row.to_id))

    def figures(self, indicator: str, dimensions: str = "") -> Figures:
        """The preferred figures of a series; empty for an indicator that is not known."""
        indicator = series_id(indicator, dimensions)
        if indicator not in self.catalogue.indicators:
            return {}
        if indicator not in self._kept:
            given = self._store.observations(indicator=indicator).items
            self._kept[indicator] = _known(given, self.catalogue.sources)
        return self._kept[indicator]
