"""The page of an indicator: the map and the figures of its units."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.store import Store
from layers.drawn import DrawnLayer
from layers.formatting import format_number
from layers.sheet.box import POINT
from layers.sheet.paper import MUTED
from layers.words import MISSING_NAMES
from portal.export.atlas.figure import write_figure
from portal.export.atlas.flow import BOTTOM, WIDTH, Column, Flow
from portal.export.atlas.sources import Making
from portal.export.report.figures import shown_units
from portal.texts import text

_MAP_HEIGHT = 112.0
_IN_A_ROW = 3
_SIZE = 7.5
_ROW = _SIZE * POINT * 1.64
"""Height of a row of one line, mm."""
_COLUMNS = (
    Column("", WIDTH / 3 * 0.53, lines=1),
    Column("", WIDTH / 3 * 0.42, "right", 1),
    Column("", WIDTH / 3 * 0.05),
) * _IN_A_ROW


def write_indicator(flow: Flow, drawn: DrawnLayer, making: Making, extent: str) -> None:
    """Write the page; many units go on over the next."""
    language = drawn.layer.language
    name = drawn.indicator.name[language]
    flow.start(name, f"{name} ({text('atlas.continued', language)})")
    flow.words(drawn.indicator.definition[language], 8.5, colour=MUTED, most=2)
    flow.y += 1.5
    numbers = write_figure(flow, drawn, making, extent=extent, height=_MAP_HEIGHT)
    symbol = drawn.indicator.measure_unit.symbol[language]
    heading = text("table.title", language)
    flow.heading(f"{heading} ({symbol})" if symbol else heading)
    cells = [_cell(drawn, unit, numbers) for unit in _ordered(drawn, making.store, extent)]
    while cells:
        # Down the columns, as a list is read; what has no room begins the next page's columns.
        room = max(1, int((BOTTOM - flow.y) / _ROW))
        rows = min(room, -(-len(cells) // _IN_A_ROW))
        shown, cells = cells[: rows * _IN_A_ROW], cells[rows * _IN_A_ROW :]
        for row in range(rows):
            flat = [word for place in range(row, len(shown), rows) for word in shown[place]]
            flow.row([*flat, *[""] * (len(_COLUMNS) - len(flat))], _COLUMNS, _SIZE)
        if cells:
            flow.need(BOTTOM)


def _ordered(drawn: DrawnLayer, store: Store, extent: str) -> list[str]:
    """The highest first, those without a figure last."""
    ids = shown_units(drawn, store, extent)
    return sorted(ids, key=lambda u: (drawn.marks[u].value is None, -(drawn.marks[u].value or 0.0)))


def _cell(drawn: DrawnLayer, unit_id: str, numbers: Mapping[str, str]) -> tuple[str, str, str]:
    language = drawn.layer.language
    mark, name = drawn.marks[unit_id], drawn.units[unit_id].name[language]
    if mark.value is None:
        return name, MISSING_NAMES[mark.missing or "no_data"][language], ""
    number = f" ({numbers[unit_id]})" if unit_id in numbers else ""
    return name, format_number(mark.value, drawn.indicator.decimals, language) + number, ""
