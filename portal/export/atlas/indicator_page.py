"""The page of an indicator: the map and the figures of its units."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.store import Store
from layers.formatting import format_bare_value, table_place
from layers.labels import MISSING_KIND_NAMES
from layers.layer_view import LayerView
from layers.sheet.canvas import MUTED
from layers.sheet.layout_block import MM_PER_POINT
from portal.export.atlas.map_figure import write_map_figure
from portal.export.atlas.page_flow import BOTTOM, WIDTH, PageColumn, PageFlow
from portal.export.atlas.references import AtlasContext
from portal.export.report.map_section import shown_units
from portal.translations import translate

_MAP_HEIGHT = 112.0
_PER_ROW = 3
_SIZE = 7.5
_ROW = _SIZE * MM_PER_POINT * 1.64
"""Height of a row of one line, mm."""
_COLUMNS = (
    PageColumn("", WIDTH / 3 * 0.53, lines=1),
    PageColumn("", WIDTH / 3 * 0.42, "right", 1),
    PageColumn("", WIDTH / 3 * 0.05),
) * _PER_ROW


def write_indicator(
    flow: PageFlow, layer_view: LayerView, context: AtlasContext, extent: str
) -> None:
    """Write the page; many units go on over the next."""
    language = layer_view.layer.language
    name = layer_view.indicator.name[language]
    flow.start_page(name, f"{name} ({translate('atlas.continued', language)})")
    flow.paragraph(layer_view.indicator.definition[language], 8.5, colour=MUTED, most=2)
    flow.y += 1.5
    numbers = write_map_figure(flow, layer_view, context, extent=extent, height=_MAP_HEIGHT)
    symbol = layer_view.indicator.measure_unit.symbol[language]
    heading = translate("table.title", language)
    flow.heading(f"{heading} ({symbol})" if symbol else heading)
    cells = [
        _cell(layer_view, unit, numbers) for unit in _ordered(layer_view, context.store, extent)
    ]
    while cells:
        # Down the columns, as a list is read; what has no room begins the next page's columns.
        room = max(1, int((BOTTOM - flow.y) / _ROW))
        rows = min(room, -(-len(cells) // _PER_ROW))
        shown, cells = cells[: rows * _PER_ROW], cells[rows * _PER_ROW :]
        for row in range(rows):
            flat = [word for place in range(row, len(shown), rows) for word in shown[place]]
            flow.row([*flat, *[""] * (len(_COLUMNS) - len(flat))], _COLUMNS, _SIZE)
        if cells:
            flow.ensure_room(BOTTOM)


def _ordered(layer_view: LayerView, store: Store, extent: str) -> list[str]:
    """The highest first, those without a figure last."""
    ids = shown_units(layer_view, store, extent)
    return sorted(
        ids,
        key=lambda u: (
            layer_view.unit_views[u].value is None,
            table_place(layer_view.unit_views[u].value or 0.0, layer_view.indicator),
        ),
    )


def _cell(layer_view: LayerView, unit_id: str, numbers: Mapping[str, str]) -> tuple[str, str, str]:
    language = layer_view.layer.language
    unit_view, name = layer_view.unit_views[unit_id], layer_view.units[unit_id].name[language]
    number = f" ({numbers[unit_id]})" if unit_id in numbers else ""
    indicator, impossible = layer_view.indicator, unit_view.impossible
    if impossible is not None:
        # The sign of the screen; the note says what it means.
        return name, f"× {format_bare_value(impossible.value, indicator, language)}{number}", ""
    if unit_view.value is None:
        return name, MISSING_KIND_NAMES[unit_view.missing or "no_data"][language], ""
    return name, format_bare_value(unit_view.value, indicator, language) + number, ""
