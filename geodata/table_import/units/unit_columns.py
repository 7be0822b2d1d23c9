"""The columns that name the unit of a row, found by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.model import LEVELS, Level
from geodata.readers.sheet import cell_text
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.row_search import RowQuery
from geodata.table_import.units.written_name import code_within

_SAMPLE = 300
"""Rows that are looked at to tell what a column holds."""
_KNOWN = 0.5
"""Share of known names from which a column is believed to name units."""
_CODES = 0.8
"""Share of known codes from which a column that is not headed as one is believed to hold codes;
many an ordinary number is also a code."""

_NO_NAMES = {"ordinal", "value", "x", "y", "empty", "period", "status"}


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """Numbers of the columns that tell the unit; None or empty where there is none."""

    name: int | None = None
    code: int | None = None
    kind: int | None = None
    parents: tuple[int, ...] = ()


def find_unit_columns(layout: TableLayout, index: UnitIndex) -> UnitColumns:
    """The columns that tell the unit.

    What the layout says of a column is believed unless its cells speak against it and those of
    another column for that one.
    """
    rows = _sample(layout.data_rows())
    name = _name_column(layout, rows, index)
    code = _code_column(layout, rows, index, name)
    kind = layout.column("kind")
    used = {name, code, kind.number if kind else None}
    others = [column for column in layout.columns if column.number not in used]
    parents = [column.number for column in others if _is_parent(column, rows, index)]
    return UnitColumns(name, code, kind.number if kind else None, tuple(parents))


def row_query(row: TableRow, columns: UnitColumns, index: UnitIndex) -> RowQuery:
    """What a row says about its unit; the upper units of its columns go before the group row.

    A code may also stand in the cell of the name: ``03424 - Xã Bản Bo``.
    """
    parents = [_text(row, column) for column in columns.parents] + [row.parent]
    code, name = clean_code(_text(row, columns.code)), _text(row, columns.name)
    if not code:
        code, name = _code_with_name(name, index)
    # A unit can stand under its own name: the commune Sìn Hồ in the district of Sìn Hồ.
    return RowQuery(
        code=code,
        name=name,
        kind=_text(row, columns.kind),
        parents=tuple(dict.fromkeys(filter(None, parents))),
    )


def _code_with_name(text: str, index: UnitIndex) -> tuple[str, str]:
    """The code in a cell and the name beside it; no code where the number may be another.

    A number of four digits may count rows, or be a year: it is a code where the name agrees.
    """
    code, name = code_within(text)
    known = index.is_code(code) if len(code) > 4 else bool(code) and index.bears(code, name)
    return (code, name) if known else ("", text)


def clean_code(text: str) -> str:
    """A code without what spreadsheets put around it: ``="03390"``, ``'03390``, ``3390.0``."""
    bare = text.strip().removeprefix("=").strip("\"'’ ").replace(" ", "")
    whole, point, rest = bare.partition(".")
    return whole if point and whole.isdecimal() and not rest.strip("0") else bare


def _sample(rows: Sequence[TableRow]) -> list[TableRow]:
    step = max(1, -(-len(rows) // _SAMPLE))
    return list(rows[::step])


def _text(row: TableRow, column: int | None) -> str:
    return "" if column is None else cell_text(row.value(column))


def _texts(rows: Iterable[TableRow], column: int) -> list[str]:
    return [text for row in rows if (text := _text(row, column))]


def _name_column(layout: TableLayout, rows: list[TableRow], index: UnitIndex) -> int | None:
    """The column with the most different known names; the layout's own unless it has few."""
    said = layout.column("name")
    known = {
        column.number: {t for t in _texts(rows, column.number) if index.kind_of(t)}
        for column in layout.columns
        if column.role not in _NO_NAMES
    }
    if said and _share(rows, said.number, known.get(said.number, set())) >= _KNOWN:
        return said.number
    best = max(known, key=lambda number: len(known[number]), default=None)
    if best is not None and _share(rows, best, known[best]) >= _KNOWN:
        return best
    return said.number if said else None


def _share(rows: list[TableRow], column: int, known: set[str]) -> float:
    texts = _texts(rows, column)
    return sum(text in known for text in texts) / len(texts) if texts else 0.0


def _code_column(
    layout: TableLayout, rows: list[TableRow], index: UnitIndex, name: int | None
) -> int | None:
    """The column of codes: the layout's, or one whose codes are those of the names beside them."""
    said = layout.column("code")
    if said and _known_codes(rows, said.number, index) >= _KNOWN:
        return said.number
    if name is None:
        return said.number if said else None
    for column in layout.columns:
        if column.number == name or column.role not in ("ordinal", "value", "text"):
            continue
        if _known_codes(rows, column.number, index) >= _CODES and (
            _agreeing(rows, column.number, name, index) >= _CODES
        ):
            return column.number
    return None


def _known_codes(rows: list[TableRow], column: int, index: UnitIndex) -> float:
    codes = [clean_code(text) for text in _texts(rows, column)]
    return sum(map(index.is_code, codes)) / len(codes) if codes else 0.0


def _agreeing(rows: list[TableRow], code: int, name: int, index: UnitIndex) -> float:
    """Share of the rows whose code is one of the units of their name."""
    pairs = [(clean_code(_text(row, code)), _text(row, name)) for row in rows]
    named = [(code, name) for code, name in pairs if code and name]
    return sum(index.bears(code, name) for code, name in named) / len(named) if named else 0.0


def _is_parent(column: TableColumn, rows: list[TableRow], index: UnitIndex) -> bool:
    if column.role == "parent":
        return True
    if column.role != "text":
        return False
    texts = _texts(rows, column.number)
    upper = [text for text in texts if _above(index.levels_of(text))]
    return len(texts) > 1 and len(upper) >= _CODES * len(texts)


def _above(levels: frozenset[Level]) -> bool:
    return bool(levels & set(LEVELS[: LEVELS.index("commune")]))
