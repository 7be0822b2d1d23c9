"""Parts that a table states below ``Trong đó`` or ``Chia ra``, in columns or in rows (X01)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from geodata.i18n import Joined, Localised, Message, Verbatim
from geodata.readers.sheet import cell_text
from geodata.rounding import sum_tolerance
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.column_formulas import column_formulas
from geodata.table_import.checks.comparisons import ComparedCell
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.columns.header_words import header_words
from geodata.table_import.layout.column_headings import adds_up
from geodata.table_import.layout_records import RowRole, TableColumn, TableRow
from geodata.table_import.report_records import SkippedCheck

_SOME = re.compile(r"(?:[-+•*–]\s*)?(?:trong đó|of which)(?!\w)", re.IGNORECASE)
_ALL = re.compile(r"(?:[-+•*–]\s*)?(?:chia ra|chia theo|bao gồm|gồm)(?!\w)", re.IGNORECASE)
_BELIEVED = 0.5
"""Share of the rows from which parts that break the rule are no parts of what they stand beside."""
_WHOLE_ROWS: tuple[RowRole, ...] = ("data", "group", "total")


@dataclass(frozen=True, slots=True)
class _StatedParts:
    """A whole with parts of it.

    Parameters
    ----------
    whole, parts
        Their figures.
    complete
        Whether the parts are all there are, so that they add up to the whole.
    wrong
        The cell that is told if they do not fit.
    names
        The headers or words of the parts.
    """

    whole: float
    parts: tuple[float, ...]
    complete: bool
    wrong: ComparedCell
    names: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether rounding explains the difference, if there is any."""
        allowed = sum_tolerance([*self.parts, self.whole])
        over = sum(self.parts) - self.whole
        return over <= allowed and (not self.complete or over >= -allowed)


def check_stated_parts(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """Parts that are more than their whole, or all parts that do not make it.

    What most rows break is no rule of the table: ``Trong đó: số khẩu`` beside households.
    """
    for group in _column_groups(table):
        yield from _judged(table, "columns", _by_columns(table, group), group.whole)
    if not any(row.role == "part" for row in table.layout.rows):
        return
    for column in _added(table):
        yield from _judged(table, "rows", list(_by_rows(table, column)), column)


def _judged(
    table: CheckedTable, kind: str, stated: Sequence[_StatedParts], whole: TableColumn
) -> Iterator[Violation | SkippedCheck]:
    wrong = [each for each in stated if not each.fits]
    if len(wrong) > _BELIEVED * len(stated):
        yield SkippedCheck(
            "X01",
            Message("“{header}”: what stands below it as parts is something else",
                    header=whole.heading),
        )  # fmt: skip
        return
    for each in wrong:
        yield _violation(table, each, whole, (kind, whole.number, each.complete))


def _violation(
    table: CheckedTable, stated: _StatedParts, whole: TableColumn, group: tuple[str, int, bool]
) -> Violation:
    what = (
        Message("{unit}: {names} make {parts}, “{header}” is {whole}")
        if len(stated.parts) > 1
        else Message("{unit}: {names} is {parts}, more than “{header}”, {whole}")
    )
    names: list[Localised] = [Verbatim(f"“{name}”") for name in stated.names]
    return Violation(
        "X01",
        "confirm",
        what.filled(
            unit=table.unit_name(stated.wrong.unit_id),
            names=Joined(" + ", names),
            parts=number(sum(stated.parts)),
            header=whole.heading,
            whole=number(stated.whole),
        ),
        expected=(
            Message("parts that add up to their whole")
            if stated.complete
            else Message("a part no larger than its whole")
        ),
        remedy=Message("Correct it, or confirm it: it is then published as doubtful"),
        place=stated.wrong.place,
        value=stated.wrong.raw,
        group=group,
        doubt=True,
    )


def _added(table: CheckedTable) -> list[TableColumn]:
    """The columns of counts and amounts."""
    compared = {e.column for e in table.meanings if e.use in ("stated_percent", "stated_change")}
    return [
        each
        for each in table.layout.columns
        if each.role == "value"
        and each.number not in compared
        and not each.percent
        and adds_up(each.path)
    ]


@dataclass(frozen=True, slots=True)
class _ColumnGroup:
    """Columns below one ``Trong đó`` or ``Chia ra``, and the column they are parts of."""

    whole: TableColumn
    parts: tuple[TableColumn, ...]
    complete: bool


def _column_groups(table: CheckedTable) -> Iterator[_ColumnGroup]:
    columns = _added(table)
    worked_out = {each.column for each in column_formulas(table.layout)}
    found: dict[tuple[int, tuple[str, ...]], list[TableColumn]] = defaultdict(list)
    wholes = {each.number: each for each in columns}
    for column in columns:
        place = _part_word(column.path)
        whole = None if place is None else _whole_of(table, column, place, columns)
        if place is not None and whole is not None:
            found[whole.number, column.path[: place + 1]].append(column)
    for (number_, head), parts in found.items():
        complete = len(parts) > 1 and bool(_ALL.match(head[-1])) and number_ not in worked_out
        yield _ColumnGroup(wholes[number_], tuple(parts), complete)


def _part_word(path: Sequence[str]) -> int | None:
    """Place of the lowest text of a header that makes what is below it parts of something."""
    places = [n for n, text in enumerate(path) if _SOME.match(text) or _ALL.match(text)]
    return places[-1] if places else None


def _whole_of(
    table: CheckedTable, column: TableColumn, place: int, columns: Sequence[TableColumn]
) -> TableColumn | None:
    """The nearest column on the left below the same groups that is no part itself."""
    above = column.path[:place]
    for other in reversed(columns):
        if other.number < column.number and other.path[:place] == above:
            if any(_SOME.match(t) or _ALL.match(t) for t in other.path[place:]):
                continue
            return other if _alike(table, column, other) else None
    return None


def _alike(table: CheckedTable, one: TableColumn, other: TableColumn) -> bool:
    """Whether nothing in two headers says that they are of different things that can be added."""
    units = table.facts.catalogue.measure_units.values()
    own, whole = header_words(one.path, units), header_words(other.path, units)
    if own.measure and whole.measure:
        measures = {(each.factor, each.base) for each in (own.measure, whole.measure)}
        if len(measures) > 1:
            return False
    return not (own.periods and own.periods != whole.periods) and own.status in (
        None,
        whole.status,
    )


def _by_columns(table: CheckedTable, group: _ColumnGroup) -> list[_StatedParts]:
    wholes = table.figures_of(group.whole.number, _WHOLE_ROWS)
    figures = {each.number: table.figures_of(each.number, _WHOLE_ROWS) for each in group.parts}
    found = []
    for row, whole in wholes.items():
        own = [each for each in group.parts if row in figures[each.number]]
        parts = tuple(figures[each.number][row] for each in own)
        if group.complete and len(own) == len(group.parts):
            cell = table.cell_of(row, group.whole.number)
            names = tuple(each.path[-1] for each in own)
            found.append(_StatedParts(whole, parts, True, cell, names))
            continue
        for column, part in zip(own, parts, strict=True):
            cell = table.cell_of(row, column.number)
            found.append(_StatedParts(whole, (part,), False, cell, (column.path[-1],)))
    return found


def _by_rows(table: CheckedTable, column: TableColumn) -> Iterator[_StatedParts]:
    """The parts that stand in rows below the row they are parts of.

    They are not published themselves, so it is their whole that is doubted.
    """
    figures = table.figures_of(column.number, (*_WHOLE_ROWS, "part"))
    whole: TableRow | None = None
    for is_part, run in groupby(table.layout.rows, key=lambda row: row.role == "part"):
        rows = list(run)
        if is_part and whole is not None and whole.number in figures:
            told = [row for row in rows if row.number in figures]
            names = tuple(table.cell_of(row.number, column.number).unit_id for row in told)
            parts = tuple(figures[row.number] for row in told)
            cell = table.cell_of(whole.number, column.number)
            if len(told) > 1 and _ALL.match(_part_word_of(rows)):
                yield _StatedParts(figures[whole.number], parts, True, cell, names)
            else:
                for name, part in zip(names, parts, strict=True):
                    yield _StatedParts(figures[whole.number], (part,), False, cell, (name,))
        whole = rows[-1] if not is_part and rows[-1].role in _WHOLE_ROWS else None


def _part_word_of(rows: Iterable[TableRow]) -> str:
    """The text that makes rows parts of the row above them; empty where they only have dashes."""
    texts = (cell_text(value) for row in rows for value in row.values)
    return next((text for text in texts if _SOME.match(text) or _ALL.match(text)), "")
