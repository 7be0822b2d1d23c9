"""The difference map of a comparison as the API gives it."""

from __future__ import annotations

from geodata.model import Indicator
from geodata.store import Store
from geodata.text import Language
from layers.comparison import Comparison, Mode
from layers.difference import (
    difference_text,
    draw_difference,
    known_part,
    measure_unit,
    percent_text,
)
from layers.drawn import Mark
from portal.documents.records import Document
from portal.documents.values import legend_document


def difference_document(store: Store, found: Comparison, mode: Mode) -> Document:
    """What the difference map shows.

    Real change on the units of the right side where it is known, else what redrawing alone did on
    those of the left.
    """
    part = known_part(found)
    drawn = draw_difference(store, found, mode, part)
    indicator, language = found.left.indicator, drawn.layer.language
    unit = measure_unit(indicator, mode)
    return {
        "part": part,
        "boundaries": {"level": drawn.layer.level, "date": drawn.layer.drawn_on.isoformat()},
        "title": drawn.title,
        "subtitle": drawn.subtitle,
        "summary": drawn.summary,
        "decimals": drawn.indicator.decimals,
        "measure_unit": {"symbol": unit.symbol[language], "space": unit.space},
        "units": {unit_id: _row(mark) for unit_id, mark in drawn.marks.items()},
        "texts": {
            unit_id: _text(mark.value, indicator, mode, language)
            for unit_id, mark in drawn.marks.items()
            if mark.value is not None
        },
        "legend": legend_document(drawn.legend),
    }


def _row(mark: Mark) -> list[object]:
    if mark.value is None:
        return [None, mark.missing]
    return [mark.value, mark.index, mark.status, int(mark.doubtful)]


def _text(value: float, indicator: Indicator, mode: Mode, language: Language) -> str:
    if mode == "relative":
        return percent_text(value, language)
    return difference_text(value, indicator, language)
