"""Answers of two origins as one: what a person says goes before a recipe, a form or a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geodata.model import Concept
from geodata.table_import.column_records import ColumnMeaning, NewIndicator, TableSource
from geodata.table_import.layout_records import TableRange
from geodata.table_import.report_records import Answers


def join_answers(said: Answers, kept: Answers) -> Answers:
    """All that is said in either; where both say something, the first counts.

    Parameters
    ----------
    said
        What goes first.
    kept
        What fills in where that is silent; its rows only for the same sheet.
    """
    same_sheet = said.sheet in ("", kept.sheet)
    own_rows = said.table != TableRange() or not same_sheet
    return replace(
        said,
        sheet=said.sheet or kept.sheet,
        table=said.table if own_rows else kept.table,
        vintage=said.vintage or kept.vintage,
        units={**kept.units, **said.units},
        columns=_columns(said.columns, kept.columns),
        new_indicators=_together(kept.new_indicators, said.new_indicators),
        source=said.source if said.source != TableSource() else kept.source,
        concept=said.concept or kept.concept,
        new_concepts=_all_concepts(kept.new_concepts, said.new_concepts),
        notation=said.notation or kept.notation,
        hidden=said.hidden or kept.hidden,
        outside=said.outside or kept.outside,
        confirmed={**kept.confirmed, **said.confirmed},
    )


def _columns(
    said: Mapping[tuple[str, ...], ColumnMeaning], kept: Mapping[tuple[str, ...], ColumnMeaning]
) -> dict[tuple[str, ...], ColumnMeaning]:
    """What is said of each column; what was said of it alone leaves open is as it was kept."""
    joined = {**kept, **said}
    for path in said.keys() & kept.keys():
        joined[path] = _meaning(said[path], kept[path])
    return joined


def _meaning(said: ColumnMeaning, kept: ColumnMeaning) -> ColumnMeaning:
    same = said.indicator in ("", kept.indicator)
    if said.use not in ("", kept.use) or not same:
        return said
    return replace(
        said,
        use=said.use or kept.use,
        indicator=kept.indicator,
        dimensions=said.dimensions or kept.dimensions,
        period=said.period or kept.period,
        status=said.status or kept.status,
        measure_unit=said.measure_unit or kept.measure_unit,
        scale=kept.scale if said.scale == 1 and not said.measure_unit else said.scale,
        classes={**kept.classes, **said.classes},
        concept=said.concept or kept.concept,
    )


def _all_concepts(kept: tuple[Concept, ...], said: tuple[Concept, ...]) -> tuple[Concept, ...]:
    own = {each.id for each in said}
    return (*(each for each in kept if each.id not in own), *said)


def _together(
    kept: tuple[NewIndicator, ...], said: tuple[NewIndicator, ...]
) -> tuple[NewIndicator, ...]:
    own = {each.indicator.id for each in said}
    return (*(each for each in kept if each.indicator.id not in own), *said)
