"""The difference map of a comparison: one value per unit, in classes centred on zero."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.model import Indicator
from geodata.period import parse_period
from geodata.store import Store
from geodata.text import Language
from layers.classification import Classes
from layers.comparison import Change, Comparison, Mode, difference_decimals
from layers.diverging import diverging_classes, diverging_rows
from layers.drawn import boundaries_name
from layers.formatting import format_number, format_percent, with_unit
from layers.legend import Legend, missing_rows
from portal.documents.records import Document
from portal.documents.values import legend_document
from portal.texts import text


def difference_document(store: Store, found: Comparison, mode: Mode, *, real: bool) -> Document:
    """What the difference map shows.

    Real change on the units of the right side where it is known, else what redrawing alone did on
    those of the left.
    """
    changes = found.real if real else found.redrawing
    side = found.right if real else found.left
    layer, indicator = found.left.layer, found.left.indicator
    language = layer.language
    values = {unit: change.shown(mode) for unit, change in changes.items()}
    classes = diverging_classes(list(values.values()), difference_decimals(indicator, mode))
    rows = {unit: _row(found, unit, changes[unit], values[unit], classes) for unit in changes}
    legend = _legend(rows, classes, indicator, language)
    title, lines = (
        _title(found, mode, real=real),
        boundaries_name(store, side.layer.drawn_on, language),
    )
    day = side.layer.drawn_on.isoformat()
    return {
        "part": "real" if real else "redrawing",
        "boundaries": {"level": layer.level, "date": day},
        "title": title,
        "subtitle": text("compare.part_real" if real else "compare.part_redrawing", language)
        + f" · {lines}",
        "summary": _summary(title, legend, language),
        "decimals": difference_decimals(indicator, mode),
        "measure_unit": _unit(indicator, mode, language),
        "units": rows,
        "texts": {
            unit: _text(value, indicator, mode, language)
            for unit, value in values.items()
            if value is not None
        },
        "legend": legend_document(legend),
    }


def _row(
    found: Comparison, unit: str, change: Change, value: float | None, classes: Classes
) -> list[object]:
    if value is not None:
        return [value, classes.index(value), change.status, int(change.doubtful)]
    if change.difference is not None:
        return [None, "not_recoverable"]
    marks = (found.left.marks, found.base.marks, found.right.marks)
    kinds = [side[unit].missing for side in marks if unit in side]
    return [None, next((kind for kind in kinds if kind), "not_recoverable")]


def _legend(
    rows: Mapping[str, list[object]], classes: Classes, indicator: Indicator, language: Language
) -> Legend:
    having = [row for row in rows.values() if row[0] is not None]
    kinds = [str(row[1]) for row in rows.values() if row[0] is None]
    return Legend(
        style="choropleth",
        classes=diverging_rows(classes, indicator, language),
        symbols=(),
        missing=missing_rows(kinds, language, recast=True),
        doubtful=sum(bool(row[3]) for row in having),
        estimated=sum(row[2] in ("estimate", "estimated") for row in having),
        with_value=len(having),
        total=len(rows),
        notes=(),
    )


def _unit(indicator: Indicator, mode: Mode, language: Language) -> Document:
    if mode == "relative":
        return {"symbol": "%", "space": False}
    if indicator.measure_unit.symbol["en"] == "%":
        return {"symbol": text("compare.points", language), "space": True}
    return {
        "symbol": indicator.measure_unit.symbol[language],
        "space": indicator.measure_unit.space,
    }


def difference_text(value: float, indicator: Indicator, language: Language) -> str:
    """A difference in the unit of measure with its sign; of shares in percentage points."""
    shown = ("+" if value > 0 else "") + format_number(value, indicator.decimals, language)
    if indicator.measure_unit.symbol["en"] == "%":
        return f"{shown}\u00a0{text('compare.points', language)}"
    return with_unit(shown, indicator.measure_unit, language)


def percent_text(value: float, language: Language) -> str:
    """A difference in per cent with its sign."""
    return ("+" if value > 0 else "") + format_percent(value, language)


def _text(value: float, indicator: Indicator, mode: Mode, language: Language) -> str:
    if mode == "relative":
        return percent_text(value, language)
    return difference_text(value, indicator, language)


def _title(found: Comparison, mode: Mode, *, real: bool) -> str:
    layer, indicator = found.left.layer, found.left.indicator
    language = layer.language
    first = parse_period(layer.period).label(language)
    name = indicator.name[language]
    inside = name[:1].lower() + name[1:] if real and not name[:2].isupper() else name
    words = {
        "name": inside,
        "period": first,
        "period2": parse_period(found.period2).label(language) if real else first,
        "unit": str(_unit(indicator, mode, language)["symbol"]),
    }
    return text("compare.title_real" if real else "compare.title_redrawing", language, **words)


def _summary(title: str, legend: Legend, language: Language) -> str:
    parts = [f"{row.label}: {row.count}" for row in legend.classes if row.count]
    counted = text(
        "indicators.coverage_units", language, with_value=legend.with_value, total=legend.total
    )
    return f"{title}: {counted}; " + "; ".join(parts) + "."
