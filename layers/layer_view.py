"""A layer drawn: what every unit looks like, the legend, the titles and a sentence about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.i18n import Language, Localised, Message
from geodata.model import Concept, Indicator, Observation, Unit
from geodata.period import parse_period
from geodata.recast.merged_zones import JointValue
from geodata.recast.results import RecastValue
from layers.classification import Classes
from layers.figure_concepts import concepts_by_id, concepts_of, mixture_note
from layers.joint_values import joint_value_notes, joint_values_of
from layers.labels import (
    STATUS_NAMES,
    VILLAGE_AREAS_NOTE,
    undrawn_villages_note,
    unit_kinds_heading,
    village_points_note,
    villages_rearranged_note,
)
from layers.layer import Layer
from layers.layer_summary import layer_summary
from layers.legend import (
    ClassificationDomain,
    Legend,
    MissingKind,
    missing_counts,
)
from layers.recast_layer import (
    has_doubtful_input,
    overlay_note,
    recast_layer_values,
)
from layers.styles import drawn_style, get_style
from layers.symbology import Symbology, symbolise

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """The difference of two figures, in the unit of measure of its map.

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
class UnitView:
    """What one unit shows.

    Parameters
    ----------
    observation
        The figure drawn, or the impossible one that is not; None where it is missing or was recast.
    class_index
        Its class; None where the value is missing.
    missing
        Why there is no value; None where there is one.
    recast
        On a layer drawn on the units of another day: what its figures give on this one.
    difference
        On a map of differences: what lies between the two figures.
    """

    observation: Observation | None
    class_index: int | None
    missing: MissingKind | None
    recast: RecastValue | None = None
    difference: ValueDifference | None = None

    @property
    def value(self) -> float | None:
        """The value drawn, in the indicator's unit of measure; None of an impossible figure."""
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
        """Whether something speaks against the figure drawn, or against one it came from."""
        if self.observation is not None:
            return self.missing is None and bool(self.observation.doubt)
        if self.difference is not None:
            return self.difference.doubtful
        return self.missing is None and self.recast is not None and has_doubtful_input(self.recast)

    @property
    def impossible(self) -> Observation | None:
        """The figure that is shown as printed and not drawn, since it cannot be right."""
        return self.observation if self.missing == "impossible" else None

    @property
    def figures(self) -> tuple[Observation, ...]:
        """The figures it rests on."""
        if self.observation is not None:
            return (self.observation,)
        if self.difference is not None:
            return self.difference.figures
        return tuple(part.observation for part in self.recast.contributions) if self.recast else ()


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer with its figures.

    Parameters
    ----------
    units
        The units of the level on the date, by id, in the order of the store.
    unit_views
        What each of them shows, by unit id.
    title, subtitle, summary
        In the layer's language; the summary is one sentence for those who do not see the map.
    joint_values
        On a layer drawn on the units of another day: what is known of several units only together.
    """

    layer: Layer
    indicator: Indicator
    units: dict[str, Unit]
    unit_views: dict[str, UnitView]
    legend: Legend
    title: str
    subtitle: str
    summary: str
    joint_values: tuple[JointValue, ...] = ()


def resolve_layer(
    layer: Layer, store: Store, domain: ClassificationDomain | None = None
) -> LayerView:
    """Fetch the figures of a layer and decide what they look like.

    Parameters
    ----------
    domain
        Values of all maps this one is compared with: its classes are theirs.

    Raises
    ------
    NotFound
        The indicator is not in the store.
    """
    indicator = store.indicator(layer.indicator)
    shown = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    units = {unit.unit_id: unit for unit in shown}
    found = (
        _recast_views(layer, store, units) if layer.on else _published_views(layer, store, units)
    )
    unit_views, legend = _unit_views_and_legend(
        layer, store, indicator, units, found, domain=domain
    )
    both = tuple(each for each in joint_values_of(layer, store) if units.keys() >= {*each.units})
    said = joint_value_notes(both, units, indicator, layer.language)
    overlaid = overlay_note(layer, store)
    how = (overlaid[layer.language],) if overlaid else ()
    mixed = mixture_note(drawn_concepts(store, indicator, unit_views))
    how = (*how, *((mixed[layer.language],) if mixed else ()))
    legend = replace(legend, notes=(*how, *said, *legend.notes))
    title = layer.title or layer_title(indicator, layer)
    return LayerView(
        layer=layer,
        indicator=indicator,
        units=units,
        unit_views=unit_views,
        legend=legend,
        title=title,
        subtitle=_subtitle(layer, store, units),
        summary=layer_summary(title, indicator, legend, unit_views, units, language=layer.language),
        joint_values=both,
    )


def drawn_concepts(
    store: Store, indicator: Indicator, unit_views: Mapping[str, UnitView]
) -> tuple[Concept, ...]:
    """The concepts that the figures on a map state."""
    known = concepts_by_id(store)
    if not known:
        return ()
    drawn = (view for view in unit_views.values() if view.value is not None)
    return concepts_of((f for view in drawn for f in view.figures), indicator, known)


def _published_views(layer: Layer, store: Store, units: dict[str, Unit]) -> dict[str, UnitView]:
    found = store.values(layer.indicator, layer.period, layer.level, layer.date, layer.status)
    return {
        unit: UnitView(figure, None, "impossible" if figure.impossible else None)
        for unit, figure in found.items()
        if unit in units
    }


def _recast_views(layer: Layer, store: Store, units: dict[str, Unit]) -> dict[str, UnitView]:
    """Views of the units to which a figure, or a reason for none, belongs.

    A unit's own figure that is impossible does not win over a recast one, and is told where there
    is none.
    """
    views = {
        unit: UnitView(None, None, _why_missing(record), record)
        for unit, record in recast_layer_values(layer, store).items()
        if unit in units and record.status != "no_data"
    }
    own = _published_views(replace(layer, date=layer.drawn_on), store, units)
    told = {unit: view for unit, view in own.items() if view.impossible and unit not in views}
    return {**views, **told}


def _why_missing(record: RecastValue) -> MissingKind | None:
    if record.value is not None:
        return None
    return "mixed" if record.status == "mixed" else "not_recoverable"


def _unit_views_and_legend(
    layer: Layer,
    store: Store,
    indicator: Indicator,
    units: dict[str, Unit],
    found: dict[str, UnitView],
    *,
    domain: ClassificationDomain | None,
) -> tuple[dict[str, UnitView], Legend]:
    language = layer.language
    values = [unit_view.value for unit_view in found.values() if unit_view.value is not None]
    # Maps with one legend are told apart by its classes, however few units they show.
    alone = domain is None
    style = drawn_style(layer.style, len(values), len(units)) if alone else get_style(layer.style)
    symbology = Symbology(layer.scheme, layer.classes, layer.thresholds, layer.palette, style.id)
    domain = domain or shared_domain([found])
    classes, rows = symbolise(values, symbology, indicator, language, domain)
    unit_views = _unit_views(layer, store, indicator, units, found, classes=classes)
    notes = (
        *style.notes(indicator),
        *(classes.notes if values else ()),
        *((style.doubtful_note,) if domain.excludes_values else ()),
        *(_village_notes(layer, store, units) if layer.level == "village" else ()),
    )
    kinds = [unit_view.missing for unit_view in unit_views.values() if unit_view.missing]
    legend = Legend(
        style=style.id,
        classes=rows,
        symbols=style.legend_symbols(domain.displayed, indicator, language),
        missing=missing_counts(kinds, language, layer.on is not None),
        doubtful=sum(unit_view.doubtful for unit_view in unit_views.values()),
        estimated=sum(
            unit_view.status in ("estimate", "estimated") for unit_view in unit_views.values()
        ),
        with_value=len(values),
        total=len(units),
        notes=tuple(n[language] for n in notes),
    )
    return unit_views, legend


def _village_notes(layer: Layer, store: Store, units: dict[str, Unit]) -> tuple[Localised, ...]:
    """How the areas of villages came about, and how many villages have none."""
    day = store.display_date(layer.level, layer.drawn_on)
    named = store.units(level=layer.level, date=day, limit=1).total - len(units)
    sources = {unit.source_id for unit in units.values() if unit.drawn_from_points}
    notes: list[Localised] = []
    if sources:
        titles = "; ".join(store.source(each).title[layer.language] for each in sorted(sources))
        notes += [VILLAGE_AREAS_NOTE, village_points_note(titles)]
    return (*notes, undrawn_villages_note(named)) if named else tuple(notes)


def shared_domain(maps: Iterable[Mapping[str, UnitView]]) -> ClassificationDomain:
    """The values of maps that are to have one legend, by what their units show."""
    unit_views = [unit_view for found in maps for unit_view in found.values()]
    drawn = tuple(unit_view.value for unit_view in unit_views if unit_view.value is not None)
    sound = tuple(m.value for m in unit_views if m.value is not None and not m.doubtful)
    return ClassificationDomain(drawn, sound or drawn)


def _unit_views(
    layer: Layer,
    store: Store,
    indicator: Indicator,
    units: dict[str, Unit],
    found: dict[str, UnitView],
    *,
    classes: Classes,
) -> dict[str, UnitView]:
    """The view of every unit: ``found`` with its classes, and why the others show nothing."""
    late = is_not_yet_published(layer, store)
    stated = store.absences(layer.indicator, layer.period, layer.status) if not layer.on else {}
    unit_views = {}
    for unit_id, unit in units.items():
        kind = missing_kind(unit, indicator, layer.level, late)
        if kind != "not_applicable":
            kind = stated.get(unit_id, kind)
        unit_view = found.get(unit_id, UnitView(None, None, kind))
        if unit_view.value is not None:
            unit_view = replace(unit_view, class_index=classes.index(unit_view.value))
        elif kind == "not_applicable" and unit_id not in stated:
            unit_view = replace(unit_view, missing=kind)
        unit_views[unit_id] = unit_view
    return unit_views


def is_not_yet_published(layer: Layer, store: Store) -> bool:
    """Whether actual figures are asked for a period that ends after the dataset's day."""
    ends = parse_period(layer.period).end
    return layer.status == "actual" and ends > store.info.reference_date


def missing_kind(unit: Unit, indicator: Indicator, level: str, late: bool) -> MissingKind:
    """Why a unit has no value.

    Parameters
    ----------
    late
        Whether its figures are still awaited; see `is_not_yet_published`.
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
    heading = unit_kinds_heading((u.kind for u in units.values()), layer.level, layer.language)
    shown = f"{heading} · {boundary_version_name(store, layer.drawn_on, layer.language)}"
    latest = max((u.valid_from for u in units.values()), default=layer.drawn_on)
    if layer.level == "village" and latest > layer.drawn_on:
        shown = f"{shown} · {villages_rearranged_note(latest, layer.language)}"
    if layer.on is None:
        return shown
    theirs = boundary_version_name(store, layer.date, layer.language)
    recast = Message("recast from figures on the {boundaries}", boundaries=theirs)
    return f"{shown} · {recast[layer.language]}"


def boundary_version_name(store: Store, date: dt.date, language: Language) -> str:
    """The boundaries of a step of the timeline in words: ``ranh giới từ 01/7/2025``."""
    name = next(s.name[language] for s in store.info.timeline if s.date == date)
    return Message("boundaries {day}", day=f"{name[:1].lower()}{name[1:]}")[language]
