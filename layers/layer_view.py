"""A layer drawn: what every unit looks like, the legend, the titles and a sentence about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.i18n import Language, Localised, Message
from geodata.model import Concept, Indicator, Unit
from geodata.period import parse_period
from geodata.recast.merged_zones import JointValue
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
    overlay_note,
)
from layers.styles import drawn_style, get_style
from layers.styles.base import Style
from layers.symbology import symbolise
from layers.unit_views import UnitView, domain_of_periods, figure_views, shared_domain

if TYPE_CHECKING:
    from geodata.store.interface import Store


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
    found = figure_views(layer, store, units)
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
    symbology = replace(layer.symbology, style=style.id)
    domain = domain or _own_domain(layer, store, units, found)
    classes, rows = symbolise(values, symbology, indicator, language, domain)
    unit_views = _unit_views(layer, store, indicator, units, found, classes=classes)
    notes = (
        *style.notes(indicator),
        *(classes.notes if values else ()),
        *((_ALL_PERIODS_NOTE,) if _is_of_all_periods(layer, alone, style) else ()),
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


_ALL_PERIODS_NOTE = Message("Classes of all periods together, so that their maps can be compared")


def _is_of_all_periods(layer: Layer, alone: bool, style: Style) -> bool:
    return alone and style.uses_classification and layer.class_basis == "all_periods"


def _own_domain(
    layer: Layer, store: Store, units: dict[str, Unit], found: dict[str, UnitView]
) -> ClassificationDomain:
    if layer.class_basis == "all_periods":
        return domain_of_periods(layer, store, units)
    return shared_domain([found])


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
        kind = missing_kind(unit, indicator, layer.level, late, first_day(layer))
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


def missing_kind(
    unit: Unit, indicator: Indicator, level: str, late: bool, begins: dt.date | None = None
) -> MissingKind:
    """Why a unit has no value.

    Parameters
    ----------
    late
        Whether its figures are still awaited; see `is_not_yet_published`.
    begins
        First day of the period; a unit that was gone by then can have no figure of its own. None
        where figures of other units are recast onto it.
    """
    if unit.kind in indicator.not_applicable_kinds or level not in indicator.levels:
        return "not_applicable"
    if begins is not None and unit.valid_to is not None and unit.valid_to <= begins:
        return "not_applicable"
    return "not_published" if late else "no_data"


def first_day(layer: Layer) -> dt.date | None:
    """First day of the period of the units' own figures; None of recast ones."""
    return None if layer.on else parse_period(layer.period).start


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
