"""Answers of two origins as one: what a person says goes before a recipe, a form or a draft."""

from __future__ import annotations

from dataclasses import replace

from geodata.table_import.column_records import NewIndicator, TableSource
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
        columns={**kept.columns, **said.columns},
        new_indicators=_together(kept.new_indicators, said.new_indicators),
        source=said.source if said.source != TableSource() else kept.source,
        notation=said.notation or kept.notation,
        hidden=said.hidden or kept.hidden,
        confirmed={**kept.confirmed, **said.confirmed},
    )


def _together(
    kept: tuple[NewIndicator, ...], said: tuple[NewIndicator, ...]
) -> tuple[NewIndicator, ...]:
    own = {each.indicator.id for each in said}
    return (*(each for each in kept if each.indicator.id not in own), *said)
