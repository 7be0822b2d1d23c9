"""The difference map of a comparison: one value per unit, in classes centred on zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from geodata.model import Indicator, MeasureUnit, Unit
from geodata.period import parse_period
from geodata.text import Language, Text
from layers.classification import Classes
from layers.comparison import Change, Comparison, Mode, difference_decimals
from layers.diverging import diverging_classes, diverging_rows
from layers.drawn import Difference, DrawnLayer, Mark, boundaries_name
from layers.formatting import format_number, format_percent, with_unit
from layers.legend import Legend, missing_rows

if TYPE_CHECKING:
    from geodata.store.interface import Store

Part = Literal["redrawing", "real", "whole"]
"""What of a difference is shown; see `layers.comparison`."""

POINTS = MeasureUnit("point", Text("điểm %", "points"), Text("điểm %", "points"), space=True)
_PER_CENT = MeasureUnit("percent", Text("%", "%"), Text("phần trăm", "per cent"), space=False)
PARTS: dict[Part, Text] = {
    "redrawing": Text("Chỉ do đổi ranh giới", "Only due to redrawn lines"),
    "real": Text("Thay đổi thật trên cùng đơn vị", "Real change on the same units"),
    "whole": Text(
        "Cả phần do đổi ranh giới và phần thay đổi thật", "Redrawn lines and real change together"
    ),
}
_TITLES: dict[Part, Text] = {
    "redrawing": Text(
        "{name}, {period}: chênh lệch do đổi ranh giới ({unit})",
        "{name}, {period}: difference due to redrawn lines ({unit})",
    ),
    "real": Text(
        "Thay đổi {name}, {period} – {period2} ({unit})",
        "Change of {name}, {period} – {period2} ({unit})",
    ),
    "whole": Text(
        "Chênh lệch {name} của nơi ở, {period} – {period2} ({unit})",
        "{name} of the unit a place lies in: difference, {period} – {period2} ({unit})",
    ),
}
_COUNTED = Text("{n}/{total} đơn vị", "{n} of {total} units")
_MOST = Text("tăng nhiều nhất {unit} {value}", "largest rise {unit} {value}")
_LEAST = Text("giảm nhiều nhất {unit} {value}", "largest fall {unit} {value}")


def known_part(found: Comparison) -> Part:
    """The part a comparison shows unless asked otherwise: the real change where it is known."""
    return "real" if any(c.difference is not None for c in found.real.values()) else "redrawing"


def draw_difference(store: Store, found: Comparison, mode: Mode, part: Part) -> DrawnLayer:
    """A difference as a layer.

    Real change is drawn on the units of the right side; the other parts on those of the left.

    Returns
    -------
    DrawnLayer
        Its indicator has the unit of measure and the decimals of the difference.
    """
    changes = changes_of(found, part)
    side = found.right if part == "real" else found.left
    layer, indicator = replace(side.layer, title=""), found.left.indicator
    decimals = difference_decimals(indicator, mode)
    values = {unit: change.shown(mode) for unit, change in changes.items()}
    classes = diverging_classes(list(values.values()), decimals)
    marks = {
        unit: _mark(found, unit, part, values[unit], classes)
        if unit in changes
        else Mark(None, None, "not_recoverable")
        for unit in side.units
    }
    legend = _legend(marks, classes, indicator, layer.language)
    title = found.left.layer.title or _title(found, mode, part)
    measured = replace(
        indicator, measure_unit=measure_unit(indicator, mode), decimals=decimals, kind="ratio"
    )
    lines = boundaries_name(store, layer.drawn_on, layer.language)
    return DrawnLayer(
        layer=layer,
        indicator=measured,
        units=side.units,
        marks=marks,
        legend=legend,
        title=title,
        subtitle=f"{PARTS[part][layer.language]} · {lines}",
        summary=_summary(title, legend, marks, side.units, measured, language=layer.language),
    )


def changes_of(found: Comparison, part: Part) -> Mapping[str, Change]:
    """The changes of a part by unit: on the right for the real one, else on the left."""
    if part == "real":
        return found.real
    return found.redrawing if part == "redrawing" else found.whole


def measure_unit(indicator: Indicator, mode: Mode) -> MeasureUnit:
    """What a difference is counted in; that of shares in percentage points."""
    if mode == "relative":
        return _PER_CENT
    unit = indicator.measure_unit
    return POINTS if unit.symbol.en == "%" else unit


def difference_text(value: float, indicator: Indicator, language: Language) -> str:
    """A difference in the unit of measure with its sign; of shares in percentage points."""
    shown = _signed(value) + format_number(value, indicator.decimals, language)
    return with_unit(shown, measure_unit(indicator, "absolute"), language)


def percent_text(value: float, language: Language) -> str:
    """A difference in per cent with its sign."""
    return _signed(value) + format_percent(value, language)


def _signed(value: float) -> str:
    return "+" if value > 0 else ""


def _mark(found: Comparison, unit: str, part: Part, value: float | None, classes: Classes) -> Mark:
    change = changes_of(found, part)[unit]
    before, after = _ends(found, unit, part)
    if value is not None:
        figures = (*before.figures, *(after.figures if after else ()))
        shown = Difference(value, change.status, change.doubtful, figures)
        return Mark(None, classes.index(value), None, difference=shown)
    if change.difference is not None:
        return Mark(None, None, "not_recoverable")
    kinds = [mark.missing for mark in (before, after) if mark is not None and mark.missing]
    return Mark(None, None, kinds[0] if kinds else "not_recoverable")


def _ends(found: Comparison, unit: str, part: Part) -> tuple[Mark, Mark | None]:
    """The marks between which a change lies."""
    if part == "real":
        return found.base.marks[unit], found.right.marks[unit]
    later = found.base if part == "redrawing" else found.right
    heir = found.heirs.get(unit)
    return found.left.marks[unit], later.marks.get(heir.unit_id) if heir else None


def _legend(
    marks: Mapping[str, Mark], classes: Classes, indicator: Indicator, language: Language
) -> Legend:
    having = [mark for mark in marks.values() if mark.missing is None]
    kinds = [mark.missing for mark in marks.values() if mark.missing]
    return Legend(
        style="choropleth",
        classes=diverging_rows(classes, indicator, language),
        symbols=(),
        missing=missing_rows(kinds, language, recast=True),
        doubtful=sum(mark.doubtful for mark in having),
        estimated=sum(mark.status in ("estimate", "estimated") for mark in having),
        with_value=len(having),
        total=len(marks),
        notes=(),
    )


def _title(found: Comparison, mode: Mode, part: Part) -> str:
    layer, indicator = found.left.layer, found.left.indicator
    language = layer.language
    name = indicator.name[language]
    leads = _TITLES[part][language].startswith("{name}")
    inside = name if leads or name[:2].isupper() else name[:1].lower() + name[1:]
    return _TITLES[part][language].format(
        name=inside,
        period=parse_period(layer.period).label(language),
        period2=parse_period(found.period2 or layer.period).label(language),
        unit=measure_unit(indicator, mode).symbol[language],
    )


def _summary(
    title: str,
    legend: Legend,
    marks: Mapping[str, Mark],
    units: Mapping[str, Unit],
    indicator: Indicator,
    *,
    language: Language,
) -> str:
    counted = _COUNTED[language].format(n=legend.with_value, total=legend.total)
    parts = [counted, *(f"{row.label}: {row.count}" for row in legend.classes if row.count)]
    sound = [
        (mark.value, units[unit].full_name[language])
        for unit, mark in marks.items()
        if mark.value is not None and not mark.doubtful
    ]
    for words, (value, name) in ((_MOST, max(sound)), (_LEAST, min(sound))) if sound else ():
        if (value > 0) == (words is _MOST) and value:
            number = _signed(value) + format_number(value, indicator.decimals, language)
            shown = with_unit(number, indicator.measure_unit, language)
            parts.append(words[language].format(unit=name, value=shown))
    return f"{title}: " + "; ".join(parts) + "."
