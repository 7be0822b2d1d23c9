"""How many places of a category each unit has, as figures computed from the list."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from geodata.catalogue import Catalogue
from geodata.i18n import Localised, Message, Text
from geodata.model import Observation, Place, PlaceCategory, Unit
from geodata.period import parse_period


class CountSource(NamedTuple):
    """Id of the source of counts, and the period for which they hold."""

    source_id: str
    period: str


def count_places(
    catalogue: Catalogue,
    places: Sequence[Place],
    units: Sequence[Unit],
    observations: Sequence[Observation],
    reference_date: dt.date,
    *,
    stated: Mapping[str, CountSource] | None = None,
) -> list[Observation]:
    """Figures of the indicators that count places.

    A unit without a place of the category has zero where the category's list is complete, and no
    figure where it is not: what is not listed may still be there. A figure that a document gives
    for the same unit and period is never counted anew.

    Parameters
    ----------
    catalogue
        Its categories name the indicators.
    units
        All units; the communes of today are counted, and the units above them.
    observations
        The figures read.
    reference_date
        Of the dataset; the period of a list whose source has no date.
    stated
        Source and period by the id of the category, for the categories to count; None counts all
        by the sources of their places.

    Returns
    -------
    list
        By indicator and unit.
    """
    read = {(o.unit_id, o.indicator, o.period) for o in observations if o.status == "actual"}
    by_category: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_category[place.category].append(place)
    counted: list[Observation] = []
    for category in catalogue.place_categories.values():
        listed = by_category[category.id]
        if category.indicator and _is_counted(category, listed, stated):
            source_id, period = (
                _source_and_period(listed, catalogue, reference_date)
                if stated is None
                else stated[category.id]
            )
            applicable = _applicable_units(catalogue, category, units)
            figures = _figures(category, listed, applicable, units)
            counted += [
                _observation(category, unit, found, source_id, period)
                for unit, found in figures
                if (unit.unit_id, category.indicator, period) not in read
            ]
    return counted


def _is_counted(
    category: PlaceCategory, listed: Sequence[Place], stated: Mapping[str, CountSource] | None
) -> bool:
    # A list from which the last place was taken away counts nothing, unless it is complete.
    if stated is None:
        return bool(listed)
    return category.id in stated and bool(listed or category.complete)


def _source_and_period(
    listed: Sequence[Place], catalogue: Catalogue, reference_date: dt.date
) -> CountSource:
    """The source of most places, and the latest date of any of their sources."""
    sources = Counter(place.source_id for place in listed)
    dates = [catalogue.sources[source_id].date for source_id in sources]
    main = min(sources, key=lambda source_id: (-sources[source_id], source_id))
    known = [date for date in dates if date]
    latest = max(known, key=lambda date: parse_period(date).sort_key, default="")
    return CountSource(main, parse_period(latest or reference_date.isoformat()).code)


def _applicable_units(
    catalogue: Catalogue, category: PlaceCategory, units: Sequence[Unit]
) -> list[Unit]:
    indicator = catalogue.indicators[category.indicator]
    return [
        unit
        for unit in units
        if unit.valid_to is None
        and unit.level != "village"
        and unit.level in indicator.levels
        and unit.kind not in indicator.not_applicable_kinds
    ]


def _figures(
    category: PlaceCategory,
    listed: Sequence[Place],
    applicable: Sequence[Unit],
    units: Sequence[Unit],
) -> Iterator[tuple[Unit, list[Place]]]:
    """Each unit with its places; one without any only where the list is complete."""
    above = units_above(units)
    found: dict[str, list[Place]] = defaultdict(list)
    for place in listed:
        for unit_id in (place.unit_id, *above.get(place.unit_id, ())):
            found[unit_id].append(place)
    for unit in sorted(applicable, key=lambda unit: unit.unit_id):
        if found[unit.unit_id] or category.complete:
            yield unit, found[unit.unit_id]


def units_above(units: Sequence[Unit]) -> Mapping[str, tuple[str, ...]]:
    """For each unit the ids of the units above it, the nearest first."""
    parents = {unit.unit_id: unit.parent_id for unit in units}
    chains: dict[str, tuple[str, ...]] = {}
    for unit_id, directly_above in parents.items():
        chain: list[str] = []
        parent = directly_above
        while parent is not None and parent not in chain:
            chain.append(parent)
            parent = parents.get(parent)
        chains[unit_id] = tuple(chain)
    return chains


def _observation(
    category: PlaceCategory, unit: Unit, found: Sequence[Place], source_id: str, period: str
) -> Observation:
    by_name = sum(place.commune_check == "by_name" for place in found)
    note: Localised = Text("")
    if not category.complete:
        note = Message("The list is not complete: there may be more")
    return Observation(
        unit_id=unit.unit_id,
        indicator=category.indicator,
        period=period,
        status="actual",
        value=float(len(found)),
        source_id=source_id,
        method=Text.of(
            Message(
                "Counted in the list of places “{name}”: {placed} by position, {written} by the "
                "commune written",
                name=category.name,
                placed=len(found) - by_name,
                written=by_name,
            )
        ),
        coverage=1.0 if category.complete else None,
        note=Text.of(note) if note else Text(""),
    )
