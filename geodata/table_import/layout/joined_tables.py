"""Tables of one header on several sheets, or side by side on one, joined to one table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.locale_numbers import Notation
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.layout.cell_kinds import text_kind
from geodata.table_import.layout.number_notation import table_notations
from geodata.table_import.layout.unit_column import NameKinds
from geodata.table_import.layout_records import (
    ROWS_APART,
    TableColumn,
    TableLayout,
    TableRow,
)

_MUCH = 0.2
"""Share of the units of a part that may stand in another part too, as names that two units bear."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A table that may be part of a greater one.

    Parameters
    ----------
    layout
        The table.
    titles
        Units that its title and the name of its sheet name, the likeliest first.
    hidden
        Whether its sheet is not shown.
    """

    layout: TableLayout
    titles: tuple[str, ...] = ()
    hidden: bool = False


def joined(parts: Sequence[FoundPart], kinds: NameKinds) -> list[TableLayout]:
    """The tables, those of equal headers and of different units joined to one.

    The words of its title that no other part has are the parent of the rows of a part.
    """
    alike: dict[object, list[FoundPart]] = defaultdict(list)
    for part in parts:
        alike[_key(part, kinds)].append(part)
    found: list[TableLayout] = []
    for group in alike.values():
        if len(group) > 1 and _of_different_units(group):
            found.append(_join(group))
        else:
            found += [part.layout for part in group]
    return found


def _columns(layout: TableLayout) -> list[TableColumn]:
    """Its columns from the first with a header on that holds something."""
    return [each for each in layout.columns if each.path or each.role != "empty"]


def _key(part: FoundPart, kinds: NameKinds) -> object:
    columns = _columns(part.layout)
    first = columns[0].number if columns else 0
    upper = [kinds[_unit(part.layout, row)] == "upper_unit" for row in part.layout.data_rows()]
    header = tuple((each.number - first, each.path, each.percent) for each in columns)
    headed = any(each.path for each in columns)
    told = header if headed else id(part)
    return told, part.layout.turned, part.hidden, 2 * sum(upper) > len(upper)


def _unit(layout: TableLayout, row: TableRow) -> str:
    column = layout.column("name") or layout.column("code")
    return cell_text(row.value(column.number)) if column else ""


def _of_different_units(parts: Sequence[FoundPart]) -> bool:
    seen: set[str] = set()
    for part in parts:
        units = {_unit(part.layout, row).lower() for row in part.layout.data_rows()}
        if not units or len(units & seen) > _MUCH * len(units):
            return False
        seen |= units
    return True


def _join(parts: Sequence[FoundPart]) -> TableLayout:
    first = parts[0].layout
    starts = [_columns(part.layout)[0].number for part in parts]
    shifts = [start - starts[0] for start in starts]
    parents = _parents(parts)
    rows: list[TableRow] = []
    joint: list[tuple[int, int]] = []
    for place, (part, shift) in enumerate(zip(parts, shifts, strict=True)):
        rows += [_moved(row, place, shift, parents[place]) for row in part.layout.rows]
        joint += [(row + place * ROWS_APART, column - shift)
                  for row, column in part.layout.joint_cells]  # fmt: skip
    layouts = [part.layout for part in parts]
    return replace(
        first,
        columns=_joined_columns(layouts, shifts, rows),
        rows=tuple(rows),
        foot=tuple(dict.fromkeys(text for each in layouts for text in each.foot)),
        converted_cells=sum({each.sheet: each.converted_cells for each in layouts}.values()),
        score=min(each.score for each in layouts),
        sheets=tuple(each.sheet for each in layouts),
        shifts=tuple(shifts),
        joint_cells=tuple(joint),
    )


def _parents(parts: Sequence[FoundPart]) -> list[str]:
    shared = set.intersection(*(set(part.titles) for part in parts))
    return [next((name for name in part.titles if name not in shared), "") for part in parts]


def _moved(row: TableRow, place: int, shift: int, parent: str) -> TableRow:
    values = row.values[shift:] if shift >= 0 else (*[None] * -shift, *row.values)
    own = row.parent or (parent if row.role == "data" else "")
    return replace(row, number=row.number + place * ROWS_APART, values=values, parent=own)


def _joined_columns(
    layouts: Sequence[TableLayout], shifts: Sequence[int], rows: Sequence[TableRow]
) -> tuple[TableColumn, ...]:
    by_number = [
        {column.number - shift: column for column in layout.columns}
        for layout, shift in zip(layouts, shifts, strict=True)
    ]
    data = [row for row in rows if row.role == "data"]
    cells = {number: [row.value(number) for row in data] for number in by_number[0]}
    notations = table_notations({number: _numbers(each) for number, each in cells.items()})
    return tuple(
        _joined_column(column, [each[number] for each in by_number if number in each],
                       notations[number])
        for number, column in by_number[0].items()
    )  # fmt: skip


def _numbers(cells: Sequence[CellValue]) -> tuple[list[str], list[float]]:
    """The numbers of a column that are written as text, and those that are typed."""
    written = [each for each in cells if isinstance(each, str) and text_kind(each) == "number"]
    return written, [each for each in cells if type(each) is int or type(each) is float]


def _joined_column(
    first: TableColumn, same: Sequence[TableColumn], notation: Notation | None
) -> TableColumn:
    filled = [each for each in same if each.role != "empty"]
    counts = Counter(each.role for each in filled)
    return replace(
        first,
        role=max(filled, key=lambda each: counts[each.role], default=first).role,
        notation=notation,
        hidden=any(each.hidden for each in same),
        samples=next((each.samples for each in same if each.samples), ()),
        dash=first.dash if len({each.dash for each in same}) == 1 else "missing",
    )
