"""The sheets there are: what each is asked for with, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from geodata.errors import InvalidInput, PortalError
from geodata.store import Store
from geodata.text import Text
from layers.comparison import ChangeMeasure, Comparison, compare, comparison_layer
from layers.difference import ChangeComponent
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sheet.comparison_sheet import difference_content, side_by_side_content
from layers.sheet.sheet_content import SheetContent, layer_content
from layers.sheet.small_multiples import available_periods, maps_by_indicator, maps_by_period
from portal.export.parameters import CHANGE, INDICATORS, PART, PERIOD2, PERIODS, SHEET
from portal.links import query_text
from portal.parameters import LAYER, Ask, Parameter


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of sheet.

    Parameters
    ----------
    own
        Its parameters beside those of the layer and of every sheet.
    layer
        The layer it is about, every gap filled.
    show
        What stands on it.
    path, layout
        Of the live page, and how that lays the maps out.
    """

    own: tuple[Parameter, ...]
    layer: Callable[[Mapping[str, str], Store], Layer]
    show: Callable[[Mapping[str, str], Ask, Store], SheetContent]
    path: str = "/"
    layout: str = ""

    def address(self, given: Mapping[str, str]) -> str:
        """The live page of a sheet asked for with ``given``."""
        names = {parameter.name for parameter in (*LAYER, PERIOD2, CHANGE)}
        query = {name: value for name, value in given.items() if name in names}
        return f"{self.path}?{query_text(query | ({'mode': self.layout} if self.layout else {}))}"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All its parameters."""
        return (*LAYER, *self.own, *SHEET)


def _one(given: Mapping[str, str], ask: Ask, store: Store) -> SheetContent:
    return layer_content(resolve_layer(Layer.from_query(given, store), store))


def _compared(given: Mapping[str, str], ask: Ask, store: Store) -> Comparison:
    """As `portal.documents.compare` compares for the same address."""
    layer, on = comparison_layer(given, store)
    return compare(layer, store, on, ask.get("period2", ""))


def _pair(given: Mapping[str, str], ask: Ask, store: Store) -> SheetContent:
    return side_by_side_content(_compared(given, ask, store), store)


def _difference(given: Mapping[str, str], ask: Ask, store: Store) -> SheetContent:
    mode = cast(ChangeMeasure, ask.get("change", "absolute"))
    part = cast(ChangeComponent | None, ask.get("part"))
    return difference_content(_compared(given, ask, store), store, mode, part)


def _multiples(given: Mapping[str, str], ask: Ask, store: Store) -> SheetContent:
    layer = Layer.from_query(given, store)
    if "periods" in ask and "indicators" in ask:
        raise InvalidInput(
            Text("Không vẽ cùng lúc theo kỳ và theo chỉ tiêu", "Either periods or indicators"),
            remedy=Text("Bỏ periods hoặc indicators", "Leave out periods or indicators"),
            where="indicators",
        )
    if "indicators" in ask:
        try:
            return maps_by_indicator(layer, ask["indicators"], store)
        except PortalError as fault:
            fault.where = "indicators"
            raise
    periods = ask.get("periods") or available_periods(layer, store)
    if len(periods) < 2:
        raise InvalidInput(
            Text("Chỉ tiêu này chưa có đủ hai kỳ", "There are not two periods of this indicator"),
            found=", ".join(periods),
            remedy=Text("Nêu các kỳ hoặc các chỉ tiêu", "Name the periods or the indicators"),
            where="periods",
        )
    return maps_by_period(layer, periods, store)


def _left(given: Mapping[str, str], store: Store) -> Layer:
    return comparison_layer(given, store)[0]


SHEETS: dict[str, SheetKind] = {
    "sheet": SheetKind((), Layer.from_query, _one),
    "pair": SheetKind((PERIOD2,), _left, _pair, "/compare"),
    "difference": SheetKind((PERIOD2, CHANGE, PART), _left, _difference, "/compare", "difference"),
    "multiples": SheetKind((PERIODS, INDICATORS), Layer.from_query, _multiples),
}


def asked_key(kind: SheetKind, ask: Ask) -> tuple[Any, ...]:
    """What of the address a sheet depends on beside its layer and its options."""
    return tuple((parameter.name, ask.get(parameter.name)) for parameter in kind.own)
