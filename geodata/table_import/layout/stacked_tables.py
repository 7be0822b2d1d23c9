"""Tables that stand below each other in a sheet: where each begins, and what its title names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geodata.table_import.layout.column_headings import names_units
from geodata.table_import.layout.header_rows import is_header_row
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout.unit_column import NameKinds

_KIND = re.compile(
    r"\b(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu|tp\.?|tx\.?|tt\.?)\s+"
    r"(?=\w)",
    re.IGNORECASE,
)
_MOST_WORDS = 5
_LONGEST_HEADING = 80
_COLUMNS_LOOKED_AT = 12
_MUCH = 0.2
"""Share of the units of a part that may stand in another part too, as names that two units bear."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts of a table each of which has the header again.

    Parameters
    ----------
    end
        Place of the row where the table ends because another begins; None where none does.
    titles
        Words of the unit that a title above a part names, by the title's row.
    between
        Rows that stand between the parts.
    """

    end: int | None = None
    titles: Mapping[int, str] = field(default_factory=dict)
    between: tuple[int, ...] = ()


def units_in_text(text: str, kinds: NameKinds) -> list[str]:
    """The units that a text names with their kind: ``… HUYỆN SÌN HỒ NĂM 2023``."""
    found = []
    for match in _KIND.finditer(text):
        words = text[match.end() :].split()[:_MOST_WORDS]
        for count in range(len(words), 0, -1):
            name = match[0] + " ".join(words[:count]).strip(" ,;:.()-–")
            if kinds[name]:
                found.append(name)
                break
    return found


def stack_of(reader: RowReader, header: Sequence[int], body: range) -> Stack:
    """The parts of a body in which the header stands again, and where another table begins.

    A part whose units are those of the parts before it is another table: of another year, say.

    Parameters
    ----------
    header
        Places of the header's rows.
    body
        Places of the rows below it in which the table may lie.
    """
    parts: list[range] = []
    seen: set[str] = set()
    start = body.start
    for row, again in _headers(reader, header, body):
        last = next((each for each in range(row - 1, start - 1, -1) if _in_body(reader, each)), row)
        above = range(last + 1, row)
        seen |= _units(reader, range(start, row))
        if not again:
            return _stack(reader, parts, last + 1)
        start = row + len(header)
        if above and _repeats(reader, start, body.stop, seen):
            return _stack(reader, parts, last + 1)
        parts.append(above)
    return _stack(reader, parts, None)


def _headers(reader: RowReader, header: Sequence[int], body: range) -> Iterator[tuple[int, bool]]:
    """Rows of the body where a header begins, and whether it is that of the table again."""
    grid = reader.grid
    # A row that a person named as the header may hold nothing but blanks.
    cells = grid.own_cells(header[0]) if header else []
    first = cells[0][0] if cells else 0
    words = grid.text(header[0], first) if cells else ""
    past = body.start
    for row in body:
        if row < past:
            continue
        if words and grid.text(row, first) == words and _is_header_again(reader, row):
            past = row + len(reader.header)
            yield row, True
        elif row > body.start and _begins_another(reader, row):
            past = row + 1
            yield row, False


def _begins_another(reader: RowReader, row: int) -> bool:
    """Whether the header of another table begins: below a title, or with a heading of names."""
    grid = reader.grid
    if not _names_units(grid, row) or not is_header_row(grid, row):
        return False
    name = grid.text(row, reader.column)
    apart = grid.gap_before(row) > 0 or not _in_body(reader, row - 1)
    return apart or (names_units((name,)) and not reader.kinds[name])


def _names_units(grid: SheetGrid, row: int) -> bool:
    """Whether a cell of a row says that the names of units stand below it."""
    return any(
        type(value) is str and len(value) < _LONGEST_HEADING and names_units((grid.text(row, n),))
        for n, value in enumerate(grid.rows[row][:_COLUMNS_LOOKED_AT], 1)
    )


def _is_header_again(reader: RowReader, row: int) -> bool:
    """Whether all the rows of the known header stand here again."""
    grid = reader.grid
    last = row + len(reader.header)
    return last <= len(grid.rows) and all(
        grid.own_texts(each) == texts
        for each, texts in zip(range(row, last), reader.header, strict=True)
    )


def _in_body(reader: RowReader, row: int) -> bool:
    return reader.has_figures(row) or bool(_unit(reader, row))


def _unit(reader: RowReader, row: int) -> str:
    """The known unit that a row names; empty without one."""
    text = reader.grid.text(row, reader.column)
    others = len(reader.grid.rows[row]) > reader.column
    return text.lower() if others and reader.kinds[text] == "unit" else ""


def _units(reader: RowReader, rows: range) -> set[str]:
    return {unit for row in rows if (unit := _unit(reader, row))}


def _repeats(reader: RowReader, start: int, stop: int, seen: set[str]) -> bool:
    """Whether the part that begins here is of the units of the parts before it."""
    units: set[str] = set()
    for row in range(start, stop):
        if reader.grid.own_texts(row)[:1] == reader.header[0][:1]:
            break
        units |= _units(reader, range(row, row + 1))
    return len(units & seen) > _MUCH * len(units)


def _stack(reader: RowReader, parts: Sequence[range], end: int | None) -> Stack:
    titles: dict[int, str] = {}
    for above in parts:
        for row in reversed(above):
            text = " ".join(reader.grid.own_texts(row))
            named = [text] if reader.kinds[text] else units_in_text(text, reader.kinds)
            if named:
                titles[row] = named[-1]
                break
    return Stack(end, titles, tuple(row for above in parts for row in above))


def title_units(grid: SheetGrid, letterhead: Sequence[str], kinds: NameKinds) -> list[str]:
    """The units that a sheet's name and the texts above a table name, the likeliest first."""
    own = [grid.name] if kinds[grid.name] else units_in_text(grid.name, kinds)
    above = [name for text in reversed(letterhead) for name in units_in_text(text, kinds)]
    # "Nậm Pha" on the tab is the district where the title says "HUYỆN NẬM PHA".
    full = [name for name in above if own and name.lower().endswith(own[0].lower())]
    return list(dict.fromkeys((*full, *own, *above)))
