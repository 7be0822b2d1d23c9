"""How a figure of a map came about, for the columns of a file: all that its card knows."""

from __future__ import annotations

from geodata.i18n import Language, Message
from geodata.model import Indicator, Observation, Source
from geodata.period import parse_period
from geodata.recast.merged_zones import SEPARATOR
from geodata.recast.results import Contribution
from geodata.store import Store
from layers.formatting import format_percent, format_value, plain_value, round_half_up
from layers.labels import STATUS_NAMES
from layers.recast_layer import INPUT_ROLE_NAMES
from layers.unit_views import UnitView
from portal.export.data.csv_form import Cell
from portal.serializers.entities import citation

_UNKNOWN_SHARE = Message("an unknown part")


def rounded_value(value: float | None, indicator: Indicator) -> Cell:
    """A value as its class was chosen and as the map writes it; of a category its code."""
    if value is None or indicator.kind == "category":
        return None if value is None else plain_value(value, indicator)
    return round_half_up(value, indicator.decimals)


def unrounded_value(value: float | None, indicator: Indicator) -> float | None:
    """The value with all its digits; None of a category, which has none."""
    return None if indicator.kind == "category" else value


def origin_cells(unit_view: UnitView, store: Store, language: Language) -> dict[str, Cell]:
    """Sources, quotes, weights, bounds and inputs of what a unit shows."""
    recast = unit_view.recast
    contributions = recast.contributions if recast and unit_view.observation is None else ()
    return {
        **sources_of(unit_view.figures, store, language),
        "low": recast.low if recast else None,
        "high": recast.high if recast else None,
        "weight": recast.weight if recast else "",
        "inputs": inputs_text(contributions, store, language),
        "missing_units": "; ".join(
            store.unit(unit).full_name[language] for unit in (recast.missing if recast else ())
        ),
    }


def sources_of(
    figures: tuple[Observation, ...], store: Store, language: Language
) -> dict[str, Cell]:
    """Ids, citations and quotes; each quote of several figures behind the name of its unit."""
    ids = list(dict.fromkeys(figure.source_id for figure in figures))
    sources: list[Source] = [store.source(each) for each in ids]
    quoted = [figure for figure in figures if figure.quote]
    quotes = (
        f"{store.unit(figure.unit_id).full_name[language]}: {figure.quote}"
        if len(figures) > 1
        else figure.quote
        for figure in quoted
    )
    return {
        "source_id": SEPARATOR.join(ids),
        "source": "; ".join(citation(each, language) for each in sources),
        "quote": " | ".join(dict.fromkeys(quotes)),
    }


def inputs_text(contributions: tuple[Contribution, ...], store: Store, language: Language) -> str:
    """``Xã Sơn Bình: 3.214 người (100%, ngày 01/4/2019, Thực hiện)``, one part after the other."""
    return "; ".join(_input(part, store, language) for part in contributions)


def _input(part: Contribution, store: Store, language: Language) -> str:
    figure = part.observation
    indicator = store.indicator(figure.indicator)
    share = _UNKNOWN_SHARE[language]
    if part.share is not None:
        share = format_percent(100 * part.share, language)
    said = [] if part.role == "value" else [INPUT_ROLE_NAMES[part.role][language]]
    said += [share, parse_period(figure.period).label(language)]
    said += [STATUS_NAMES[figure.status][language]]
    symbol = indicator.measure_unit.symbol[language]
    value = format_value(figure.value, indicator, language)
    unit = f" {symbol}" if symbol and symbol not in value else ""
    name = store.unit(figure.unit_id).full_name[language]
    return f"{name}: {value}{unit} ({', '.join(said)})"
