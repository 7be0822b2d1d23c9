"""A layer drawn: what every unit looks like, the legend, the titles and a sentence about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.model import Indicator, Observation, Unit
from geodata.period import parse_period
from geodata.recast.merged_zones import JointValue
from geodata.recast.results import RecastValue
from geodata.text import Language, Text
from layers.classification import Classes
from layers.formatting import format_value
from layers.known_together import known_together, notes_together
from layers.layer import Layer
from layers.legend import (
    Legend,
    MissingKind,
    Pool,
    missing_rows,
    paint,
    style_notes,
    symbol_sizes,
)
from layers.query import Drawing
from layers.redrawn import DRAWN_STATUSES, RECAST_NAMES, doubtful, redrawn
from layers.words import (
    SOUND_BREAKS,
    SOUND_ENDS,
    STATUS_NAMES,
    VILLAGE_AREAS,
    kinds_heading,
    rearranged_on,
    unshown_villages,
)

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two figures, in the unit of measure of the map that shows it.

    Parameters
    ----------
    status
        The less sure of the statuses of both.
    figures
        What both rest on.
    """

    value: float
    status: str
    doubtful: bool
    figures: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one unit shows.

    Parameters
    ----------
    observation
        The figure drawn; None where it is missing or was recast.
    index
        Its class; None where the value is missing.
    missing
        Why there is no value; None where there is one.
    recast
        On a layer drawn on the units of another day: what its figures give on this one.
    difference
        On a map of differences: what lies between the two figures.
    """

    observation: Observation | None
    index: int | None
    missing: MissingKind | None
    recast: RecastValue | None = None
    difference: Difference | None = None

    @property
    def value(self) -> float | None:
        """The value drawn, in the indicator's unit of measure."""
        if self.missing is not None:
            return None
        shown = self.observation or self.recast or self.difference
        return shown.value if shown else None

    @property
    def status(self) -> str:
        """Status of what is shown; empty where there is no value."""
        shown = self.observation or self.recast or self.difference
        return shown.status if shown and self.missing is None else ""

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against the figure, or against one it came from."""
        if self.observation is not None:
            return bool(self.observation.doubt)
        if self.difference is not None:
            return self.difference.doubtful
        return self.missing is None and self.recast is not None and doubtful(self.recast)

    @property
    def figures(self) -> tuple[Observation, ...]:
        """The figures it rests on."""
        if self.observation is not None:
            return (self.observation,)
        if self.difference is not None:
            return self.difference.figures
        return tuple(part.observation for part in self.recast.contributions) if self.recast else ()


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """A layer with its figures.

    Parameters
    ----------
    units
        The units of the level on the date, by id, in the order of the store.
    marks
        What each of them shows, by unit id.
    title, subtitle, summary
        In the layer's language; the summary is one sentence for those who do not see the map.
    together
        On a layer drawn on the units of another day: what is known of several units only together.
    """

    layer: Layer
    indicator: Indicator
    units: dict[str, Unit]
    marks: dict[str, Mark]
    legend: Legend
    title: str
    subtitle: str
    summary: str
    together: tuple[JointValue, ...] = ()


def draw(layer: Layer, store: Store, pool: Pool | None = None) -> DrawnLayer:
    """Fetch the figures of a layer and decide what they look like.

    Parameters
    ----------
    pool
        Values of all maps this one is compared with: its classes are theirs.

    Raises
    ------
    NotFound
        The indicator is not in the store.
    """
    indicator = store.indicator(layer.indicator)
    shown = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    units = {unit.unit_id: unit for unit in shown}
    found = _recast(layer, store, units) if layer.on else _published(layer, store, units)
    marks, legend = _marks_and_legend(layer, store, indicator, units, found, pool=pool)
    both = tuple(each for each in known_together(layer, store) if units.keys() >= {*each.units})
    said = notes_together(both, units, indicator, layer.language)
    legend = replace(legend, notes=(*said, *legend.notes))
    title = layer.title or layer_title(indicator, layer)
    return DrawnLayer(
        layer=layer,
        indicator=indicator,
        units=units,
        marks=marks,
        legend=legend,
        title=title,
        subtitle=_subtitle(layer, store, units),
        summary=_summary(title, indicator, legend, marks, units, language=layer.language),
        together=both,
    )


def _published(layer: Layer, store: Store, units: dict[str, Unit]) -> dict[str, Mark]:
    found = store.values(layer.indicator, layer.period, layer.level, layer.date, layer.status)
    return {unit: Mark(figure, None, None) for unit, figure in found.items() if unit in units}


def _recast(layer: Layer, store: Store, units: dict[str, Unit]) -> dict[str, Mark]:
    """Marks of the units to which a figure, or a reason for none, belongs."""
    return {
        unit: Mark(None, None, None if record.value is not None else "not_recoverable", record)
        for unit, record in redrawn(layer, store).items()
        if unit in units and record.status != "no_data"
    }


def _marks_and_legend(
    layer: Layer,
    store: Store,
    indicator: Indicator,
    units: dict[str, Unit],
    found: dict[str, Mark],
    *,
    pool: Pool | None,
) -> tuple[dict[str, Mark], Legend]:
    language = layer.language
    drawing = Drawing(layer.scheme, layer.classes, layer.thresholds, layer.palette, layer.style)
    values = [mark.value for mark in found.values() if mark.value is not None]
    pool = pool or shared_pool([found])
    classes, rows = paint(values, drawing, indicator, language, pool)
    marks = _marks(layer, store, indicator, units, found, classes=classes)
    notes = (
        *style_notes(indicator, layer.style),
        *(classes.notes if values else ()),
        *(
            (SOUND_BREAKS if layer.style == "choropleth" else SOUND_ENDS,)
            if pool.leaves_out
            else ()
        ),
        *(_village_notes(layer, store, units) if layer.level == "village" else ()),
    )
    symbols = symbol_sizes(pool.drawn, indicator, language) if layer.style == "symbols" else ()
    kinds = [mark.missing for mark in marks.values() if mark.missing]
    legend = Legend(
        style=layer.style,
        classes=rows,
        symbols=symbols,
        missing=missing_rows(kinds, language, layer.on is not None),
        doubtful=sum(mark.doubtful for mark in marks.values()),
        estimated=sum(mark.status in ("estimate", "estimated") for mark in marks.values()),
        with_value=len(values),
        total=len(units),
        notes=tuple(n[language] for n in notes),
    )
    return marks, legend


def _village_notes(layer: Layer, store: Store, units: dict[str, Unit]) -> tuple[Text, ...]:
    """What the areas of villages are, and how many villages have none."""
    day = store.display_date(layer.level, layer.drawn_on)
    named = store.units(level=layer.level, date=day, limit=1).total - len(units)
    drawn_from_points = any(unit.drawn_from_points for unit in units.values())
    notes = (VILLAGE_AREAS,) if drawn_from_points else ()
    return (*notes, unshown_villages(named)) if named else notes


def shared_pool(maps: Iterable[Mapping[str, Mark]]) -> Pool:
    """The values of maps that are to have one legend, by what their units show."""
    marks = [mark for found in maps for mark in found.values()]
    drawn = tuple(mark.value for mark in marks if mark.value is not None)
    sound = tuple(m.value for m in marks if m.value is not None and not m.doubtful)
    return Pool(drawn, sound or drawn)


def _marks(
    layer: Layer,
    store: Store,
    indicator: Indicator,
    units: dict[str, Unit],
    found: dict[str, Mark],
    *,
    classes: Classes,
) -> dict[str, Mark]:
    """What every unit shows: ``found`` with its classes, and why the others show nothing."""
    late = is_awaited(layer, store)
    marks = {}
    for unit_id, unit in units.items():
        kind = missing_kind(unit, indicator, layer.level, late)
        mark = found.get(unit_id, Mark(None, None, kind))
        if mark.value is not None:
            mark = replace(mark, index=classes.index(mark.value))
        elif kind == "not_applicable":
            mark = replace(mark, missing=kind)
        marks[unit_id] = mark
    return marks


def is_awaited(layer: Layer, store: Store) -> bool:
    """Whether actual figures are asked for a period that ends after the dataset's day."""
    ends = parse_period(layer.period).end
    return layer.status == "actual" and ends > store.info.reference_date


def missing_kind(unit: Unit, indicator: Indicator, level: str, late: bool) -> MissingKind:
    """Why a unit has no value.

    Parameters
    ----------
    late
        Whether its figures are still awaited; see `is_awaited`.
    """
    if unit.kind in indicator.not_applicable_kinds or level not in indicator.levels:
        return "not_applicable"
    return "not_published" if late else "no_data"


def layer_title(indicator: Indicator, layer: Layer) -> str:
    """``Tỷ lệ che phủ rừng, 6 tháng đầu năm 2026 (%)``; plans and targets are named as such."""
    language = layer.language
    parts = [indicator.name[language]]
    if layer.status != "actual":
        parts.append(STATUS_NAMES[layer.status][language].lower())
    parts.append(parse_period(layer.period).label(language))
    symbol = indicator.measure_unit.symbol[language]
    return ", ".join(parts) + (f" ({symbol})" if symbol else "")


def _subtitle(layer: Layer, store: Store, units: dict[str, Unit]) -> str:
    heading = kinds_heading((u.kind for u in units.values()), layer.level, layer.language)
    shown = f"{heading} · {boundaries_name(store, layer.drawn_on, layer.language)}"
    latest = max((u.valid_from for u in units.values()), default=layer.drawn_on)
    if layer.level == "village" and latest > layer.drawn_on:
        shown = f"{shown} · {rearranged_on(latest, layer.language)}"
    if layer.on is None:
        return shown
    theirs = boundaries_name(store, layer.date, layer.language)
    if layer.language == "vi":
        return f"{shown} · tính lại từ số liệu theo {theirs}"
    return f"{shown} · recast from figures on the {theirs}"


def boundaries_name(store: Store, date: dt.date, language: Language) -> str:
    """The boundaries of a step of the timeline in words: ``ranh giới từ 01/7/2025``."""
    name = next(s.name[language] for s in store.info.timeline if s.date == date)
    boundaries = "ranh giới" if language == "vi" else "boundaries"
    return f"{boundaries} {name[:1].lower()}{name[1:]}"


def _summary(
    title: str,
    indicator: Indicator,
    legend: Legend,
    marks: dict[str, Mark],
    units: dict[str, Unit],
    *,
    language: Language,
) -> str:
    vi = language == "vi"
    having = "đơn vị có số liệu" if vi else "units have a figure"
    counted = f"{legend.with_value}/{legend.total}"
    parts = [f"{title}: {counted if vi else counted.replace('/', ' of ')} {having}"]
    parts += [
        f"{count} {RECAST_NAMES[status][language].lower()}"
        for status, count in recast_counts(marks).items()
        if count
    ]
    sound = [
        (mark.value, units[unit_id])
        for unit_id, mark in marks.items()
        if mark.value is not None and not mark.doubtful
    ]
    ends = [(max, "cao nhất" if vi else "highest"), (min, "thấp nhất" if vi else "lowest")]
    for pick, word in ends[: len(sound)]:
        value, unit = pick(sound, key=lambda pair: pair[0])
        shown = format_value(value, indicator, language)
        parts.append(f"{word} {unit.full_name[language]} {shown}")
    if legend.doubtful:
        parts.append(f"{legend.doubtful} " + ("số liệu cần xem lại" if vi else "doubtful"))
    return "; ".join(parts) + "."


def recast_counts(marks: dict[str, Mark]) -> dict[str, int]:
    """How many units have a recast value of each status; all zero on a layer as published."""
    found = [mark.status for mark in marks.values() if mark.recast is not None]
    return {status: found.count(status) for status in DRAWN_STATUSES}
