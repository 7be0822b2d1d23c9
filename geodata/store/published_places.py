"""Places that accounts published, put on those of a dataset, and the counts that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from geodata.dataset import Dataset
from geodata.model import Observation, Place, PlaceCategory, Source
from geodata.places.place_counts import CountSource, count_places

COUNT_RANK = 1
"""Rank of the source of a count: that of the first documents of a catalogue."""


@dataclass(frozen=True, slots=True)
class CountedList:
    """What the counts of a category are made of.

    Parameters
    ----------
    source
        The list, as the source of the counts.
    period
        The day or period for which it holds.
    """

    source: Source
    period: str


@dataclass(frozen=True)
class PublishedPlaces:
    """Places that hold by the ledger.

    Parameters
    ----------
    categories
        Those that publications brought along and that places have or had.
    places
        In the place of shipped ones of the same ids.
    gone
        Ids of shipped places that were taken away.
    complete
        Ids of the categories of which every place is listed.
    counted
        By the id of each category that the ledger touched.
    """

    categories: tuple[PlaceCategory, ...] = ()
    places: tuple[Place, ...] = ()
    gone: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()
    counted: Mapping[str, CountedList] = field(default_factory=dict)


def with_places(dataset: Dataset, published: PublishedPlaces) -> Dataset:
    """The dataset with the places on it, and with its counts made anew where they changed.

    Places of a commune that the dataset has no more are left out.
    """
    if not published.counted:
        return dataset
    known = dataset.catalogue.place_categories
    named = known | {one.id: one for one in published.categories if one.id not in known}
    indicators = dataset.catalogue.indicators
    categories = {
        name: replace(
            one,
            complete=one.complete or name in published.complete,
            # A newer dataset may know the indicator no more.
            indicator=one.indicator if one.indicator in indicators else "",
        )
        for name, one in named.items()
    }
    units = {unit.unit_id for unit in dataset.units}
    own = {one.id: one for one in published.places if one.unit_id in units}
    kept = [p for p in dataset.places if p.id not in published.gone and p.id not in own]
    counted = {name: one for name, one in published.counted.items() if name in categories}
    sources = {one.source.id: one.source for one in counted.values()}
    catalogue = replace(
        dataset.catalogue,
        place_categories=categories,
        sources=dataset.catalogue.sources | sources,
    )
    whole = replace(dataset, catalogue=catalogue, places=(*kept, *own.values()))
    return _with_counts(whole, counted)


def _with_counts(dataset: Dataset, counted: Mapping[str, CountedList]) -> Dataset:
    categories = dataset.catalogue.place_categories
    stated = {name: CountSource(one.source.id, one.period) for name, one in counted.items()}
    again = {(categories[name].indicator, one.period) for name, one in stated.items()}
    figures = [o for o in dataset.observations if not (_is_count(o, again))]
    counts = count_places(
        dataset.catalogue,
        dataset.places,
        dataset.units,
        figures,
        dataset.info.reference_date,
        stated=stated,
    )
    return replace(dataset, observations=(*figures, *counts))


def _is_count(figure: Observation, again: set[tuple[str, str]]) -> bool:
    """Whether a figure was counted in a list that is counted anew."""
    return (figure.indicator, figure.period) in again and bool(figure.method) and not figure.quote
