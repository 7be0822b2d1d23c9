"""A layer drawn: what every unit looks like, the legend, the titles and a sentence about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.model import Indicator, Observation, Unit
from geodata.period import parse_period
from geodata.text import Language
from layers.formatting import format_value
from layers.layer import Layer
from layers.legend import (
    Legend,
    MissingKind,
    missing_rows,
    paint,
    style_notes,
    symbol_sizes,
)
from layers.query import Drawing
from layers.words import STATUS_NAMES, kinds_heading

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True, slots=True)
class Mark:
    """What one unit shows.

    Parameters
    ----------
    observation
        The figure drawn; None where it is missing.
    index
        Its class; None where the value is missing.
    missing
        Why there is no value; None where there is one.
    """

    observation: Observation | None
    index: int | None
    missing: MissingKind | None

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against the figure."""
        return self.observation is not None and bool(self.observation.doubt)


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
    """

    layer: Layer
    indicator: Indicator
    units: dict[str, Unit]
    marks: dict[str, Mark]
    legend: Legend
    title: str
    subtitle: str
    summary: str


def draw(layer: Layer, store: Store) -> DrawnLayer:
    """Fetch the figures of a layer and decide what they look like.

    Raises
    ------
    NotFound
        The indicator is not in the store.
    """
    indicator = store.indicator(layer.indicator)
    units = {u.unit_id: u for u in store.units(level=layer.level, date=layer.date).items}
    found = store.values(layer.indicator, layer.period, layer.level, layer.date, layer.status)
    found = {k: v for k, v in found.items() if k in units}
    marks, legend = _marks_and_legend(layer, store, indicator, units, found)
    title = layer.title or layer_title(indicator, layer)
    return DrawnLayer(
        layer=layer,
        indicator=indicator,
        units=units,
        marks=marks,
        legend=legend,
        title=title,
        subtitle=_subtitle(layer, store, units),
        summary=_summary(title, indicator, layer.language, legend, _sound(units, marks)),
    )


def _marks_and_legend(
    layer: Layer,
    store: Store,
    indicator: Indicator,
    units: dict[str, Unit],
    found: dict[str, Observation],
) -> tuple[dict[str, Mark], Legend]:
    language = layer.language
    drawing = Drawing(layer.scheme, layer.classes, layer.thresholds, layer.palette, layer.style)
    values = [o.value for o in found.values()]
    classes, rows = paint(values, drawing, indicator, language)
    late = layer.status == "actual" and parse_period(layer.period).end > store.info.reference_date
    marks = {
        unit_id: Mark(found[unit_id], classes.index(found[unit_id].value), None)
        if unit_id in found
        else Mark(None, None, missing_kind(unit, indicator, layer.level, late))
        for unit_id, unit in units.items()
    }
    notes = (*style_notes(indicator, layer.style), *(classes.notes if found else ()))
    symbols = symbol_sizes(values, indicator, language) if layer.style == "symbols" else ()
    legend = Legend(
        style=layer.style,
        classes=rows,
        symbols=symbols,
        missing=missing_rows([m.missing for m in marks.values() if m.missing], language),
        doubtful=sum(m.doubtful for m in marks.values()),
        estimated=sum(o.status == "estimate" for o in found.values()),
        with_value=len(found),
        total=len(units),
        notes=tuple(n[language] for n in notes),
    )
    return marks, legend


def missing_kind(unit: Unit, indicator: Indicator, level: str, late: bool) -> MissingKind:
    """Why a unit has no value.

    Parameters
    ----------
    late
        Whether actual figures are asked for a period that ends after the dataset's day.
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
    step = next(s for s in store.info.timeline if s.date == layer.date)
    name = step.name[layer.language]
    boundaries = "ranh giới" if layer.language == "vi" else "boundaries"
    return f"{heading} · {boundaries} {name[:1].lower()}{name[1:]}"


def _sound(units: dict[str, Unit], marks: dict[str, Mark]) -> list[tuple[float, Unit]]:
    """The figures nothing speaks against, with their units."""
    return [
        (mark.observation.value, units[unit_id])
        for unit_id, mark in marks.items()
        if mark.observation is not None and not mark.doubtful
    ]


def _summary(
    title: str,
    indicator: Indicator,
    language: Language,
    legend: Legend,
    sound: list[tuple[float, Unit]],
) -> str:
    vi = language == "vi"
    having = "đơn vị có số liệu" if vi else "units have a figure"
    counted = f"{legend.with_value}/{legend.total}"
    parts = [f"{title}: {counted if vi else counted.replace('/', ' of ')} {having}"]
    ends = [(max, "cao nhất" if vi else "highest"), (min, "thấp nhất" if vi else "lowest")]
    for pick, word in ends[: len(sound)]:
        value, unit = pick(sound, key=lambda pair: pair[0])
        shown = format_value(value, indicator, language)
        parts.append(f"{word} {unit.full_name[language]} {shown}")
    if legend.doubtful:
        parts.append(f"{legend.doubtful} " + ("số liệu cần xem lại" if vi else "doubtful"))
    return "; ".join(parts) + "."
