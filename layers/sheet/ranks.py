"""A table of the values by rank, for the room that a map leaves on a tall page."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.vietnamese_names import collation_key
from layers.formatting import format_number
from layers.sheet import words
from layers.sheet.block import Block
from layers.sheet.box import POINT, Box
from layers.sheet.fonts import Weight, shorten, text_width
from layers.sheet.paper import INK, MUTED, Paper
from layers.sheet.subject import Map, capital

_STEP = 1.42
"""Height of a row, in sizes of type."""
_LEAST = 6
"""Rows below which a table says no more than the key's highest and lowest value."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A row: its place, empty for a doubtful value, its name, its value."""

    place: str
    name: str
    value: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows in columns of one width, below a heading."""

    heading: str
    rows: tuple[Rank, ...]
    columns: int
    width: float
    place: float

    @property
    def depth(self) -> int:
        """Rows of the longest column."""
        return -(-len(self.rows) // self.columns)


def ranked(shown: Map, numbers: dict[str, str], chosen: str = "") -> list[Rank]:
    """The units with a value, the highest first; at the end the doubtful ones, without a place.

    Units whose values are written alike share their place.

    Parameters
    ----------
    numbers
        Numbers of the notes of doubtful units.
    chosen
        Id of the unit whose row stands out.
    """
    drawn = shown.drawn
    language, decimals = drawn.layer.language, drawn.indicator.decimals
    found = [
        (mark.doubtful, -mark.value, collation_key(drawn.units[unit].name[language]), unit)
        for unit, mark in drawn.marks.items()
        if mark.value is not None
    ]
    rows: list[Rank] = []
    place, last = "", ""
    for i, (doubtful, turned, _, unit) in enumerate(sorted(found)):
        value = format_number(-turned, decimals, language)
        if drawn.marks[unit].difference and turned < 0:
            value = f"+{value}"
        place = place if value == last else str(i + 1)
        last = value
        name = drawn.units[unit].name[language]
        number = f" ({numbers[unit]})" if unit in numbers else ""
        rows.append(Rank("" if doubtful else place, name + number, value, unit == chosen))
    return rows


def ranks_block(
    maps: tuple[Map, ...],
    numbers: tuple[dict[str, str], ...],
    room: Box,
    size: float,
    chosen: str = "",
) -> Block | None:
    """The tables of the maps side by side; None where they have no room worth it.

    Where not all units have room, the highest and the lowest are shown.

    Parameters
    ----------
    room
        What the tables may take.
    size
        Of the key's type, points.
    """
    small = size * 0.88
    em = small * POINT
    gap = 2.2 * em
    each = (room.width - gap * (len(maps) - 1)) / len(maps)
    most = int((room.height / em - 2.0) / _STEP)
    if most < 1:
        return None
    tables = [
        _table(shown, ranked(shown, own, chosen), each, most, small)
        for shown, own in zip(maps, numbers, strict=True)
    ]
    if not all(len(table.rows) >= _LEAST for table in tables):
        return None
    depth = max(table.depth for table in tables)

    def draw(paper: Paper, box: Box) -> None:
        for i, table in enumerate(tables):
            _draw(paper, table, box.x + i * (each + gap), box.y, small)

    return Block(room.width, (2.0 + depth * _STEP) * em, draw)


def _table(shown: Map, rows: list[Rank], width: float, most: int, size: float) -> _Table:
    em, language = size * POINT, shown.drawn.layer.language
    place = max((text_width(row.place, size) for row in rows), default=0.0) + 0.5 * em
    name = max((text_width(row.name, size, "semibold") for row in rows), default=0.0)
    value = max((text_width(row.value, size, "semibold") for row in rows), default=0.0)
    column = place + name + 0.9 * em + value
    gap = 2.2 * em
    columns = max(1, min(int((width + gap) / (column + gap)), 6))
    heading = words.RANKED
    if len(rows) > columns * most:
        heading = words.RANKED_ENDS
        sure = [row for row in rows if row.place]
        half = columns * most // 2
        rows = [*sure[:half], *sure[-half:]]
    unit = shown.drawn.indicator.measure_unit
    symbol = unit.symbol[language] or unit.name[language]
    parts = [capital(shown.name), heading[language].format(unit=symbol)]
    title = shorten(": ".join(part for part in parts if part), size, width, "semibold")
    columns = min(columns, max(1, -(-len(rows) // min(3, most))))
    wide = min((width + gap) / columns - gap, column * 1.35)
    return _Table(title, tuple(rows), columns, wide, place)


def _draw(paper: Paper, table: _Table, x: float, y: float, size: float) -> None:
    em = size * POINT
    paper.text(x, y + em, table.heading, size, weight="semibold")
    for i, row in enumerate(table.rows):
        left = x + i // table.depth * (table.width + 2.2 * em)
        line = y + (2.0 + (i % table.depth + 0.7) * _STEP) * em
        weight: Weight = "semibold" if row.strong else "regular"
        right = left + table.place - 0.5 * em
        paper.text(right, line, row.place, size, colour=MUTED, align="right")
        paper.text(left + table.place, line, row.name, size, weight=weight, colour=INK)
        paper.text(left + table.width, line, row.value, size, weight=weight, align="right")
