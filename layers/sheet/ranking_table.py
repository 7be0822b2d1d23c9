"""A table of the values by rank, for the room that a map leaves on a tall page."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.i18n.collation import sort_key
from layers.formatting import capitalise, format_number, format_value
from layers.layer_view import LayerView
from layers.sheet import captions
from layers.sheet.canvas import INK, MUTED, Canvas
from layers.sheet.fonts import Weight, text_width, truncate_text
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.sheet_content import SheetMap

_STEP = 1.42
"""Height of a row, in sizes of type."""
_LEAST = 6
"""Rows below which a table says no more than the legend's highest and lowest value."""


@dataclass(frozen=True, slots=True)
class RankingRow:
    """A row: its place, empty for a doubtful value, its name, its value."""

    place: str
    name: str
    value: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows in columns of one width, below a heading."""

    heading: str
    rows: tuple[RankingRow, ...]
    columns: int
    width: float
    place: float

    @property
    def depth(self) -> int:
        """Rows of the longest column."""
        return -(-len(self.rows) // self.columns)


def rank_units(shown: SheetMap, numbers: dict[str, str], chosen: str = "") -> list[RankingRow]:
    """The units with a value, the highest first; at the end the doubtful ones, without a place.

    Units whose values are written alike share their place.

    Parameters
    ----------
    numbers
        Numbers of the notes of doubtful units.
    chosen
        Id of the unit whose row stands out.

    Returns
    -------
    list of RankingRow
        Of named classes by class, and by name within it: nobody is ahead of another.
    """
    layer_view = shown.layer_view
    language, decimals = layer_view.layer.language, layer_view.indicator.decimals
    if layer_view.indicator.kind == "category":
        return _rows_by_class(layer_view, numbers, chosen)
    found = [
        (
            unit_view.doubtful,
            -unit_view.value,
            sort_key(layer_view.units[unit].name[language], language),
            unit,
        )
        for unit, unit_view in layer_view.unit_views.items()
        if unit_view.value is not None
    ]
    rows: list[RankingRow] = []
    place, last = "", ""
    for i, (doubtful, turned, _, unit) in enumerate(sorted(found)):
        value = format_number(-turned, decimals, language)
        if layer_view.unit_views[unit].difference and turned < 0:
            value = f"+{value}"
        place = place if value == last else str(i + 1)
        last = value
        name = layer_view.units[unit].name[language]
        number = f" ({numbers[unit]})" if unit in numbers else ""
        rows.append(RankingRow("" if doubtful else place, name + number, value, unit == chosen))
    return rows


def _rows_by_class(layer_view: LayerView, numbers: dict[str, str], chosen: str) -> list[RankingRow]:
    indicator, language = layer_view.indicator, layer_view.layer.language
    names = {unit: one.name[language] for unit, one in layer_view.units.items()}
    numbered = {unit: f"{names[unit]} ({number})" for unit, number in numbers.items()}
    rows = [
        (view.value, sort_key(names[unit], language), unit)
        for unit, view in layer_view.unit_views.items()
        if view.value is not None
    ]
    return [
        RankingRow(
            "",
            numbered.get(unit, names[unit]),
            format_value(value, indicator, language),
            unit == chosen,
        )
        for value, _, unit in sorted(rows)
    ]


def ranking_table_block(
    maps: tuple[SheetMap, ...],
    numbers: tuple[dict[str, str], ...],
    room: Rect,
    size: float,
    chosen: str = "",
) -> LayoutBlock | None:
    """The tables of the maps side by side; None where they have no room worth it.

    Where not all units have room, the highest and the lowest are shown.

    Parameters
    ----------
    room
        What the tables may take.
    size
        Of the legend's type, points.
    """
    small = size * 0.88
    em = small * MM_PER_POINT
    gap = 2.2 * em
    each = (room.width - gap * (len(maps) - 1)) / len(maps)
    most = int((room.height / em - 2.0) / _STEP)
    if most < 1:
        return None
    tables = [
        _table(shown, rank_units(shown, own, chosen), each, most, small)
        for shown, own in zip(maps, numbers, strict=True)
    ]
    if not all(len(table.rows) >= _LEAST for table in tables):
        return None
    depth = max(table.depth for table in tables)

    def draw(canvas: Canvas, box: Rect) -> None:
        for i, table in enumerate(tables):
            _draw(canvas, table, box.x + i * (each + gap), box.y, small)

    return LayoutBlock(room.width, (2.0 + depth * _STEP) * em, draw)


def _table(shown: SheetMap, rows: list[RankingRow], width: float, most: int, size: float) -> _Table:
    em, language = size * MM_PER_POINT, shown.layer_view.layer.language
    place = max((text_width(row.place, size) for row in rows), default=0.0) + 0.5 * em
    name = max((text_width(row.name, size, "semibold") for row in rows), default=0.0)
    value = max((text_width(row.value, size, "semibold") for row in rows), default=0.0)
    column = place + name + 0.9 * em + value
    gap = 2.2 * em
    columns = max(1, min(int((width + gap) / (column + gap)), 6))
    by_class = shown.layer_view.indicator.kind == "category"
    heading = captions.CLASSES if by_class else captions.RANKING
    if by_class and len(rows) > columns * most:
        rows = []  # A part of the list would say nothing of the rest.
    elif len(rows) > columns * most:
        heading = captions.RANKING_EXTREMES
        sure = [row for row in rows if row.place]
        half = columns * most // 2
        rows = [*sure[:half], *sure[-half:]]
    unit = shown.layer_view.indicator.measure_unit
    symbol = unit.symbol[language] or unit.name[language]
    parts = [capitalise(shown.name), heading[language].format(unit=symbol)]
    title = truncate_text(": ".join(part for part in parts if part), size, width, "semibold")
    columns = min(columns, max(1, -(-len(rows) // min(3, most))))
    wide = min((width + gap) / columns - gap, column * 1.35)
    return _Table(title, tuple(rows), columns, wide, place)


def _draw(canvas: Canvas, table: _Table, x: float, y: float, size: float) -> None:
    em = size * MM_PER_POINT
    canvas.text(x, y + em, table.heading, size, weight="semibold")
    for i, row in enumerate(table.rows):
        left = x + i // table.depth * (table.width + 2.2 * em)
        line = y + (2.0 + (i % table.depth + 0.7) * _STEP) * em
        weight: Weight = "semibold" if row.strong else "regular"
        right = left + table.place - 0.5 * em
        canvas.text(right, line, row.place, size, colour=MUTED, align="right")
        canvas.text(left + table.place, line, row.name, size, weight=weight, colour=INK)
        canvas.text(left + table.width, line, row.value, size, weight=weight, align="right")
