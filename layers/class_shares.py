"""Two maps of named classes compared: the share of each class, and what became of each.

Classes are counted by units, and by the area and the people of these units; nothing is subtracted.
The table of transitions is that of land cover statistics: a cell holds what was of one class and is
of another. Over a merger it counts the parts of former units that lie in units of today, so that a
divided unit stands in the cell of each of its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.recast.service import unit_crosswalk, unit_sizes
from geodata.store import Store
from geodata.succession.crosswalk import Link
from layers.comparison import Comparison
from layers.layer_view import LayerView

WEIGHTS = ("area", "population")


@dataclass(frozen=True, slots=True)
class ClassAmount:
    """How much is of one class, or has none.

    Parameters
    ----------
    key
        Code of the class, or why there is none: a kind of `layers.legend.MissingKind`.
    units
        Number of units.
    shares
        By weight of `WEIGHTS`, share of all units whose size is known, 0 to 1; without the weight
        where none is.
    """

    key: str
    units: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Transition:
    """What was of class ``before`` and is of class ``after``; the rest as in `ClassAmount`."""

    before: str
    after: str
    units: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ClassComparison:
    """Both sides and what lies between.

    Parameters
    ----------
    before, after
        Every class of the catalogue in its order, then the reasons for none that occur.
    transitions
        The pairs that occur, in the same order.
    unsized
        By weight, how many units of both sides have no known size and so no share.
    """

    before: tuple[ClassAmount, ...]
    after: tuple[ClassAmount, ...]
    transitions: tuple[Transition, ...]
    unsized: Mapping[str, int]


def compare_classes(comparison: Comparison, store: Store) -> ClassComparison | None:
    """Compare the classes of both sides; None of an indicator that is a number."""
    indicator = comparison.left.indicator
    if indicator.kind != "category":
        return None
    left, right = comparison.left, comparison.right
    then, now = unit_classes(left), unit_classes(right)
    missing = [row.kind for view in (left, right) for row in view.legend.missing]
    found = {*then.values(), *now.values()}
    keys = (*indicator.category_ids, *(k for k in dict.fromkeys(missing) if k in found))
    sizes = {weight: unit_sizes(store).get(weight, {}) for weight in WEIGHTS}
    links = _links(comparison, store)
    return ClassComparison(
        _amounts(keys, then, sizes),
        _amounts(keys, now, sizes),
        _transitions(keys, links, (then, now), sizes),
        {w: sum(unit not in sizes[w] for unit in (*then, *now)) for w in WEIGHTS},
    )


def class_amounts(view: LayerView, store: Store) -> tuple[ClassAmount, ...]:
    """What each class of one map has, then the units without one by the reasons that occur."""
    classes = unit_classes(view)
    reasons = (row.kind for row in view.legend.missing if row.kind in classes.values())
    sizes = {weight: unit_sizes(store).get(weight, {}) for weight in WEIGHTS}
    return _amounts((*view.indicator.category_ids, *reasons), classes, sizes)


def unit_classes(view: LayerView) -> dict[str, str]:
    """By unit the code of its class, or the reason why it has none."""
    ids = view.indicator.category_ids
    return {
        unit: each.missing or "no_data" if each.class_index is None else ids[each.class_index]
        for unit, each in view.unit_views.items()
    }


def _links(comparison: Comparison, store: Store) -> list[Link]:
    """Which unit of the left lies in which of the right."""
    layer, day = comparison.left.layer, comparison.right.layer.drawn_on
    if layer.date == day:
        return [Link(unit, unit, True, {}) for unit in comparison.left.units]
    return list(unit_crosswalk(store, layer.level, layer.date, day).links())


def _amounts(
    keys: Iterable[str], classes: Mapping[str, str], sizes: Mapping[str, Mapping[str, float]]
) -> tuple[ClassAmount, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for unit, key in classes.items():
        members[key].append(unit)
    totals = {w: sum(sizes[w].get(unit, 0.0) for unit in classes) for w in WEIGHTS}
    return tuple(
        ClassAmount(
            key,
            len(members[key]),
            {
                w: sum(sizes[w].get(unit, 0.0) for unit in members[key]) / totals[w]
                for w in WEIGHTS
                if totals[w] > 0
            },
        )
        for key in keys
    )


def _transitions(
    keys: tuple[str, ...],
    links: Iterable[Link],
    classes: tuple[Mapping[str, str], Mapping[str, str]],
    sizes: Mapping[str, Mapping[str, float]],
) -> tuple[Transition, ...]:
    then, now = classes
    pairs: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.source in then and link.target in now:
            pairs[then[link.source], now[link.target]].append(link)
    totals = {w: sum(sizes[w].get(unit, 0.0) for unit in then) for w in WEIGHTS}
    order = {key: place for place, key in enumerate(keys)}
    return tuple(
        Transition(
            *pair,
            len({(link.source, link.target) for link in pairs[pair]}),
            {
                w: sum(_size(link, w, sizes[w]) for link in pairs[pair]) / totals[w]
                for w in WEIGHTS
                if totals[w] > 0 and all(link.whole or w in link.shares for link in pairs[pair])
            },
        )
        for pair in sorted(pairs, key=lambda each: (order[each[0]], order[each[1]]))
    )


def _size(link: Link, weight: str, sizes: Mapping[str, float]) -> float:
    return (1.0 if link.whole else link.shares[weight]) * sizes.get(link.source, 0.0)
