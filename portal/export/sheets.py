"""The sheets there are: what each is asked for with, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import Message
from geodata.store import Store
from layers.comparison import ChangeMeasure, Comparison, compare, comparison_layer
from layers.difference import ChangeComponent
from layers.layer import Layer
from layers.layer_query import named_series
from layers.layer_view import resolve_layer
from layers.sheet.comparison_sheet import difference_content, side_by_side_content
from layers.sheet.sheet_content import SheetContent, layer_content
from layers.sheet.small_multiples import available_periods, maps_by_indicator, maps_by_period
from layers.unit_filter import UnitFilter, filtered_view, parse_conditions
from portal.parameters.declared import LAYER
from portal.parameters.declared_files import (
    FILTER,
    INDICATORS,
    MEASURE,
    PART,
    PERIOD2,
    PERIODS,
    SHEET,
)
from portal.parameters.reader import Parameter, Params
from portal.urls import query_text


def _accept_all(params: Params, store: Store) -> None:
    """Refuse nothing."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of sheet.

    Parameters
    ----------
    own
        Its parameters beside those of the layer and of every sheet.
    layer
        The layer it is about, every gap filled.
    canonical
        The parameters of that layer, and of the other side where there is one, every gap filled.
    show
        What stands on it.
    check
        Refuses parameters of its own that do not go with the others; quick, for it is asked before
        a sheet waits for its turn to be drawn.
    path, layout
        Of the live page, and how that lays the maps out.
    """

    own: tuple[Parameter, ...]
    layer: Callable[[Mapping[str, str], Store], Layer]
    canonical: Callable[[Mapping[str, str], Store], dict[str, str]]
    show: Callable[[Params, Store], SheetContent]
    check: Callable[[Params, Store], None] = _accept_all
    path: str = "/"
    layout: str = ""

    def address(self, query: Mapping[str, str]) -> str:
        """The live page of a sheet asked for with ``query``."""
        names = {parameter.name for parameter in (*LAYER, PERIOD2, MEASURE, *FILTER)}
        query = {name: value for name, value in query.items() if name in names}
        return f"{self.path}?{query_text(query | ({'mode': self.layout} if self.layout else {}))}"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All its parameters."""
        return (*LAYER, *self.own, *SHEET)


def _single_sheet(params: Params, store: Store) -> SheetContent:
    layer_view = resolve_layer(Layer.from_query(params.query, store), store)
    chosen = unit_filter(params)
    content = layer_content(filtered_view(layer_view, chosen, store, only=False))
    asked = {each.name: params[each.name] for each in FILTER if params.get(each.name)}
    return replace(content, page=f"{content.page}&{query_text(asked)}") if asked else content


def unit_filter(params: Params) -> UnitFilter:
    """The units that a file is to be about, as its address names them.

    Raises
    ------
    InvalidInput
        A condition cannot be read.
    """
    return UnitFilter(parse_conditions(params.get("where", "")), params.get("within", ""))


def _check_filter(params: Params, store: Store) -> None:
    chosen = unit_filter(params)
    if chosen:
        view = resolve_layer(Layer.from_query(params.query, store), store)
        filtered_view(view, chosen, store, only=False)


def _comparison(params: Params, store: Store) -> Comparison:
    """As `portal.serializers.comparison` compares for the same address."""
    layer, on = comparison_layer(params.query, store)
    return compare(layer, store, on, params.get("period2", ""))


def _pair_sheet(params: Params, store: Store) -> SheetContent:
    return side_by_side_content(_comparison(params, store), store)


def _difference_sheet(params: Params, store: Store) -> SheetContent:
    measure = cast(ChangeMeasure, params.get("measure", "absolute"))
    part = cast(ChangeComponent | None, params.get("part"))
    return difference_content(_comparison(params, store), store, measure, part)


def _check_difference(params: Params, store: Store) -> None:
    indicator = _left_layer(params.query, store).indicator
    if store.indicator(indicator).kind == "category":
        raise InvalidInput(
            Message("Named classes have no difference"),
            found=indicator,
            remedy=Message("Ask for the two maps side by side"),
            where="indicator",
        )


def _multiples_sheet(params: Params, store: Store) -> SheetContent:
    layer = Layer.from_query(params.query, store)
    if "indicators" in params:
        return maps_by_indicator(layer, params["indicators"], store)
    return maps_by_period(layer, _multiples_periods(params, store), store)


def _check_multiples(params: Params, store: Store) -> None:
    if "periods" in params and "indicators" in params:
        raise InvalidInput(
            Message("Either periods or indicators"),
            remedy=Message("Leave out periods or indicators"),
            where="indicators",
        )
    if "indicators" in params:
        _check_indicators(params["indicators"], store)
        return
    periods = _multiples_periods(params, store)
    if len(periods) < 2:
        raise InvalidInput(
            Message("There are not two periods of this indicator"),
            found=", ".join(periods),
            remedy=Message("Name the periods or the indicators"),
            where="periods",
        )


def _check_indicators(names: Sequence[str], store: Store) -> None:
    try:
        for name in names:
            named_series({"indicator": name}, store)
    except PortalError as fault:
        fault.where = "indicators"
        raise


def _multiples_periods(params: Params, store: Store) -> Sequence[str]:
    """The periods named; without any, those that have figures."""
    named: Sequence[str] | None = params.get("periods")
    return named or available_periods(Layer.from_query(params.query, store), store)


def _left_layer(query: Mapping[str, str], store: Store) -> Layer:
    return comparison_layer(query, store)[0]


def _canonical_layer(query: Mapping[str, str], store: Store) -> dict[str, str]:
    return Layer.from_query(query, store).to_query()


def _canonical_comparison(query: Mapping[str, str], store: Store) -> dict[str, str]:
    layer, on = comparison_layer(query, store)
    return {**layer.to_query(), "on": on.isoformat()}


SHEETS: dict[str, SheetKind] = {
    "sheet": SheetKind(FILTER, Layer.from_query, _canonical_layer, _single_sheet, _check_filter),
    "pair": SheetKind((PERIOD2,), _left_layer, _canonical_comparison, _pair_sheet, path="/compare"),
    "difference": SheetKind(
        (PERIOD2, MEASURE, PART),
        _left_layer,
        _canonical_comparison,
        _difference_sheet,
        _check_difference,
        path="/compare",
        layout="difference",
    ),
    "multiples": SheetKind(
        (PERIODS, INDICATORS),
        Layer.from_query,
        _canonical_layer,
        _multiples_sheet,
        _check_multiples,
    ),
}
