"""Which maps a document of several holds: the indicators and the units an address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.errors import InvalidInput, NotFound, unknown_name
from geodata.i18n import Message
from geodata.i18n.collation import sort_key
from geodata.model import STATUS_GROUPS, Observation, Unit
from geodata.period import parse_period
from geodata.store import Store
from layers.layer import Layer
from layers.layer_query import named_series
from layers.sheet.options import FULL_EXTENT
from layers.sparse_map import is_sparse
from portal.http_errors import TooLarge
from portal.serializers.mergers import all_formations

MAX_PAGES = 200
_OF_EVERY_MAP = ("level", "date", "on", "places", "rasters", "lang")
"""What the maps of a document have in common, whatever indicator each shows."""


@dataclass(frozen=True, slots=True)
class DocumentIndicators:
    """The indicators of a document: those that make a map, and those with too few figures for one.

    Parameters
    ----------
    maps
        One layer for each map.
    rest
        One layer for each row of the table of the others.
    """

    maps: list[Layer]
    rest: tuple[Layer, ...] = ()


def select_layers(store: Store, layer: Layer, params: Mapping[str, Any]) -> DocumentIndicators:
    """One layer for each indicator wanted, in the order of the catalogue or of the list.

    Those that are named are drawn, however few figures they have. Of a theme, or of all that have
    figures, a map shows those of which enough units have one; the others are for a table. The
    layer's own indicator is drawn as in the address. The others have its places and rasters, their
    own classes, and the latest period with figures: of the unit shown where the maps show one,
    else of most units.

    Raises
    ------
    NotFound, InvalidInput
        An indicator or the theme is unknown, or none of them has figures there.
    TooLarge
        More maps than a document holds.
    """
    unit = "" if params.get("extent", FULL_EXTENT) == FULL_EXTENT else str(params["extent"])
    if unit:
        _check_on_map(store, layer, [unit], "extent")
    periods = _of_unit(store, unit, layer) if unit else _of_level(store, layer)
    wanted = _requested_indicators(store, params, periods) or list(periods)
    found = [_layer(store, layer, each, periods.get(each, "")) for each in wanted]
    if not found:
        raise NotFound(
            Message("No indicator has figures here"),
            found=f"{layer.level}, {layer.date}",
            remedy=Message("Choose another level or date"),
            where="date",
        )
    if params.get("indicators"):
        return DocumentIndicators(check_page_count(found, "indicators"))
    covered = _well_covered(store, layer)
    maps = [
        each
        for each in found
        if (each.indicator, each.period) in covered or each.indicator == layer.indicator
    ]
    # Where none makes a map, maps of few figures are more than a table alone.
    if not maps:
        return DocumentIndicators(check_page_count(found, "indicators"))
    rest = tuple(each for each in found if each not in maps)
    return DocumentIndicators(check_page_count(maps, "indicators"), rest)


def _well_covered(store: Store, layer: Layer) -> set[tuple[str, str]]:
    """The indicators and periods of which enough units of the map have a figure."""
    return {
        (row.indicator, row.period)
        for row in store.coverage()
        if (row.level, row.step_date, row.status_group) == (layer.level, layer.date, layer.status)
        and row.with_value
        and not is_sparse(row.with_value, row.total)
    }


def check_page_count(found: list[Layer], where: str) -> list[Layer]:
    """The maps, if they are not too many for a document."""
    if len(found) > MAX_PAGES:
        raise too_many_pages(len(found), where)
    return found


def too_many_pages(count: int, where: str) -> TooLarge:
    """The refusal of a document that would be too long."""
    return TooLarge(
        Message("The document would be too long"),
        found=str(count),
        allowed=Message("at most {max_pages} pages", max_pages=MAX_PAGES),
        remedy=Message("Choose a theme, a former district or a list"),
        where=where,
    )


def _requested_indicators(
    store: Store, params: Mapping[str, Any], having: Mapping[str, str]
) -> list[str]:
    """The indicators named; empty for all that have figures."""
    listed, theme = params.get("indicators", ()), params.get("theme", "")
    if listed and theme:
        raise InvalidInput(
            Message("Only one of the two can be chosen"),
            found="indicators, theme",
            allowed=("indicators", "theme"),
            where="theme",
        )
    if theme:
        names = [each.id for each in store.themes()]
        if theme not in names:
            fault = unknown_name(Message("No such theme"), theme, names)
            fault.where = "theme"
            raise fault
        return _indicators_with_figures(store, theme, having)
    try:
        return [named_series({"indicator": name}, store).id for name in listed]
    except NotFound as fault:
        fault.where = "indicators"
        raise


def _indicators_with_figures(store: Store, theme: str, having: Mapping[str, str]) -> list[str]:
    found = [each.id for each in store.indicators(theme, parts=True) if each.id in having]
    if not found:
        raise NotFound(
            Message("This theme has no figures here"),
            found=theme,
            remedy=Message("Choose another theme, level or date"),
            where="theme",
        )
    return found


def _of_level(store: Store, layer: Layer) -> dict[str, str]:
    """The indicators with figures on the level and date; the period is the layer's own choice."""
    having = {
        row.indicator
        for row in store.coverage()
        if row.with_value
        and (row.level, row.step_date) == (layer.level, layer.date)
        and row.status_group == layer.status
    }
    return {each.id: "" for each in store.indicators(parts=True) if each.id in having}


def _of_unit(store: Store, unit_id: str, layer: Layer) -> dict[str, str]:
    """The indicators with a figure for the unit, each with the latest period that has one."""
    best: dict[str, Observation] = {}
    for figure in store.observations(unit=unit_id).items:
        if figure.status in STATUS_GROUPS[layer.status] and not figure.impossible:
            known = best.get(figure.indicator)
            best[figure.indicator] = max(known, figure, key=_recency) if known else figure
    return {
        each.id: best[each.id].period for each in store.indicators(parts=True) if each.id in best
    }


def _recency(figure: Observation) -> tuple[object, ...]:
    """Later before earlier, then sound before doubtful."""
    return parse_period(figure.period).sort_key, not figure.doubt


def _layer(store: Store, layer: Layer, indicator: str, period: str) -> Layer:
    if indicator == layer.indicator:
        return layer
    query = {name: layer.to_query().get(name, "") for name in _OF_EVERY_MAP}
    return Layer.from_query(
        {**query, "indicator": indicator, "period": period, "status": layer.status}, store
    )


def _check_on_map(store: Store, layer: Layer, unit_ids: Sequence[str], where: str) -> None:
    there = {
        u.unit_id
        for u in store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    }
    strange = [unit for unit in unit_ids if unit not in there]
    if strange:
        what = Message("There is no such unit on the map")
        fault = unknown_name(what, strange[0], sorted(there))
        fault.where = where
        raise fault


def select_units(store: Store, layer: Layer, params: Mapping[str, Any]) -> list[Unit]:
    """The units wanted, in dictionary order: those listed, of a former district, or all.

    Raises
    ------
    NotFound, InvalidInput
        A unit is not of the layer's level and date, or the district is none.
    TooLarge
        More units than a document holds.
    """
    there = {
        u.unit_id: u
        for u in store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    }
    listed: Sequence[str] = params.get("units", ())
    district = params.get("district", "")
    if listed and district:
        raise InvalidInput(
            Message("Only one of the two can be chosen"),
            found="units, district",
            allowed=("units", "district"),
            where="district",
        )
    if listed:
        _check_on_map(store, layer, listed, "units")
        found = [there[unit] for unit in dict.fromkeys(listed)]
    else:
        districts = former_districts(store)
        found = list(there.values())
        if district:
            found = [u for u in found if district in districts.get(u.unit_id, (u.parent_id,))]
            if not found:
                known = sorted({d for each in districts.values() for d in each})
                what = Message("No such former district")
                fault = unknown_name(what, district, known)
                fault.where = "district"
                raise fault
        found.sort(key=lambda unit: sort_key(unit.name[layer.language], layer.language))
    if len(found) > MAX_PAGES:
        raise too_many_pages(len(found), "units")
    return found


def former_districts(store: Store) -> dict[str, tuple[str, ...]]:
    """The districts that the parts of each of today's units lay in, the largest part's first."""
    found = {}
    for formation in all_formations(store):
        parts = [part.old.parent_id or "" for part in formation.parts]
        first = [d for d in dict.fromkeys(parts) if d in formation.districts]
        found[formation.unit.unit_id] = tuple(dict.fromkeys((*first, *formation.districts)))
    return found
