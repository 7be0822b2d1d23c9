"""A unit of a map beside those that a reader would hold it against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geodata.model import Observation, Unit
from geodata.neighbours import alike, neighbours
from geodata.period import parse_period
from geodata.store import Store
from layers.charts.bars import Bar, value_bars
from layers.formatting import format_value
from portal.serializers.entities import Document, unit_link
from portal.serializers.indicator_story import Story, latest_figure
from portal.translations import translate

_MOST_ALIKE = 4


def comparators(store: Store, story: Story) -> list[Document]:
    """The chosen unit, the whole, its former districts, its neighbours and units like it.

    Each has its figure of the map's period, else its latest one, whose period is told. Units
    without a figure are left out; nothing is given where no unit was chosen, or none is left.
    """
    if story.unit is None or story.indicator.kind == "category":
        return []
    own = story.unit
    rows: list[tuple[str, Unit, Observation]] = []
    seen: set[str] = set()
    for group, units in _groups(store, story, own):
        for unit in units:
            figure = None if unit.unit_id in seen else _figure(store, story, unit)
            if figure is not None:
                seen.add(unit.unit_id)
                rows.append((group, unit, figure))
    if len(rows) < 2:
        return []
    bars = value_bars([Bar(figure.value) for _, _, figure in rows])
    return [
        {
            **unit_link(unit, story.language),
            "group": translate(f"indicators.beside_{group}", story.language),
            "text": format_value(figure.value, story.indicator, story.language),
            "period_label": parse_period(figure.period).label(story.language),
            "doubtful": bool(figure.doubt),
            "bar": bar,
            "chosen": unit is own,
        }
        for (group, unit, figure), bar in zip(rows, bars, strict=True)
    ]


def _groups(store: Store, story: Story, own: Unit) -> Iterator[tuple[str, Iterable[Unit]]]:
    yield "own", (own,)
    if story.whole is not None:
        yield "whole", (story.whole,)
    yield "district", former_districts(store, own)
    days = [step.date for step in store.info.timeline if own.valid_on(step.date)]
    if days:
        near = neighbours(store, own.level, days[-1]).get(own.unit_id, ())
        yield "neighbour", (store.unit(unit_id) for unit_id in near)
        yield "alike", _alike(store, story, own)


def former_districts(store: Store, unit: Unit) -> list[Unit]:
    """The districts that hold a unit, or held what it was formed from, the latest ones."""
    held = [unit, *(store.unit(step.from_id) for step in store.predecessors(unit.unit_id))]
    parents = dict.fromkeys(each.parent_id for each in held if each.parent_id)
    return [
        parent
        for parent in map(store.unit, parents)
        if parent.level == "district" and unit.level != "district"
    ]


def _alike(store: Store, story: Story, own: Unit) -> list[Unit]:
    """The units of the level nearest in the figures that describe a unit."""
    units = store.units(level=own.level, date=story.view.layer.date).items if story.view else ()
    known = {each.id for each in store.indicators()}
    by_indicator = []
    for name in store.info.profile.alike_by:
        if name in known and name != story.indicator.id:
            latest = {
                unit.unit_id: latest_figure(store, unit, store.indicator(name)) for unit in units
            }
            by_indicator.append({k: figure.value for k, figure in latest.items() if figure})
    return [store.unit(unit_id) for unit_id in alike(own, units, by_indicator, _MOST_ALIKE)]


def _figure(store: Store, story: Story, unit: Unit) -> Observation | None:
    period = story.view.layer.period if story.view else ""
    series = store.series(unit.unit_id, story.indicator.id)
    same = [o for o in series if o.period == period and o.status in ("actual", "estimate")]
    return next((o for o in same if not o.impossible), None) or latest_figure(
        store, unit, story.indicator
    )
