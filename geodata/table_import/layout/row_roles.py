"""What each row of a table is by its words: of one unit, a group, a sum, or none of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geodata.table_import.layout.cell_kinds import (
    is_column_number,
    is_letter,
    is_note,
    is_part,
    is_roman,
    split_ordinal,
    text_kind,
)
from geodata.table_import.layout.header_rows import is_numbering
from geodata.table_import.layout.sheet_grid import FIGURE_KINDS, SheetGrid
from geodata.table_import.layout.unit_column import NameKinds, UnitColumn
from geodata.table_import.layout_records import NameKind, RowRole


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of a table by their words.

    Parameters
    ----------
    grid
        The sheet.
    units
        The column that names the units.
    kinds
        What texts name.
    header
        Texts of the header's rows, to know them again on a later page.
    titles
        Words of the unit that the title of a part names, by the title's row.
    ten
        Whether ``X.`` before a name is the tenth group, and not short for ``Xã``; see `of_sheet`.
    """

    grid: SheetGrid
    units: UnitColumn
    kinds: NameKinds
    header: Sequence[tuple[str, ...]] = ()
    titles: Mapping[int, str] = field(default_factory=dict)
    ten: bool = True

    @classmethod
    def of_sheet(cls, grid: SheetGrid, units: UnitColumn, kinds: NameKinds) -> RowReader:
        """A reader that knows whether the names of the column are numbered up to ten.

        ``X. Tả Lèng`` is the commune Tả Lèng where no ``IX.`` stands in the column.
        """
        texts = (grid.text(row, units.number) for row in range(len(grid.rows)))
        ordinals = {split_ordinal(text)[0] for text in texts}
        return cls(grid, units, kinds, ten="X" not in ordinals or "IX" in ordinals)

    def with_header(self, header: Sequence[tuple[str, ...]]) -> RowReader:
        """The reader once the header is known."""
        return replace(self, header=header)

    @property
    def column(self) -> int:
        """Number of the column that names the units."""
        return self.units.number

    def roles(self, rows: Iterable[int]) -> dict[int, RowRole]:
        """The role of each row below the header."""
        firsts = {texts[0] for texts in self.header if texts}
        return {row: self._quickly(row, firsts) or self.role(row) for row in rows}

    def _quickly(self, row: int, firsts: set[str]) -> RowRole | None:
        """The role of a row that begins as most rows do; None for one to look at closely."""
        grid, column = self.grid, self.column
        name = grid.text(row, column)
        if self.kinds[name] != "unit" or name in firsts:
            return None
        for place in range(1, column):
            if grid.kind(row, place) not in ("empty", "number"):
                return None
        if split_ordinal(name)[0]:
            return None
        cells = range(column + 1, len(grid.rows[row]) + 1)
        return "data" if any(grid.kind(row, each) == "number" for each in cells) else None

    def role(self, row: int) -> RowRole:
        """The role of one row."""
        grid = self.grid
        first = self._first_text(row)
        if any(texts[:1] == (first,) for texts in self.header) and (
            grid.own_texts(row) in self.header
        ):
            return "header"
        name, named = self.name(row)
        leading = (grid.kind(row, each) for each in range(1, self.column + 1))
        if named != "unit" and ("total" in leading or text_kind(first) == "total"):
            return "total"
        figures = self.has_figures(row)
        if is_note(first) and not figures:
            return "note"
        if named == "" and is_column_number(first) and is_numbering(grid, row):
            return "numbering"
        if self._is_group(row, name, named, figures):
            return "group"
        numbered = any(grid.text(row, each).isdigit() for each in range(1, self.column))
        own = grid.text(row, self.column)
        if named == "" and is_part(own):
            return "part"
        if self.units.role == "code":
            return "data" if own and figures else "other"
        return "data" if named == "unit" or (own and (figures or numbered)) else "other"

    def name(self, row: int) -> tuple[str, NameKind]:
        """The words that name a row, and what they name.

        A group's words may stand left of the column of names, in cells merged across.
        """
        text = self.titles.get(row) or self.grid.text(row, self.column)
        if text:
            return text, self.kinds[text]
        for column in range(self.column - 1, 0, -1):
            if self.grid.kind(row, column) == "label":
                text = self.grid.text(row, column)
                return text, self.kinds[text]
        only = self.grid.own_texts(row)
        return (only[0], self.kinds[only[0]]) if len(only) == 1 else ("", "")

    def has_figures(self, row: int) -> bool:
        """Whether a row holds a figure, or a sign in place of one, right of its name."""
        grid = self.grid
        return any(
            grid.kind(row, column) in FIGURE_KINDS
            for column in range(self.column + 1, len(grid.rows[row]) + 1)
        )

    def ordinal(self, row: int) -> str:
        """What numbers a row: the text left of its name, or what its name begins with."""
        for column in range(1, self.column):
            if text := self.grid.text(row, column):
                ordinal, rest = split_ordinal(text)
                return ordinal if rest and ordinal else text
        ordinal = split_ordinal(self.grid.text(row, self.column))[0]
        return ordinal if self.ten or ordinal != "X" else ""

    def _first_text(self, row: int) -> str:
        """The first text of a row that is its own; empty without one."""
        filled = self.grid.filled.get(self.grid.numbers[row], ())
        columns = range(1, len(self.grid.rows[row]) + 1)
        texts = (self.grid.text(row, each) for each in columns if each not in filled)
        return next(filter(None, texts), "")

    def _is_group(self, row: int, name: str, named: NameKind, figures: bool) -> bool:
        if not name:
            return False
        if named == "upper_unit":
            return True
        ordinal = self.ordinal(row)
        if is_roman(ordinal):
            return True
        if figures:
            return False
        if is_letter(ordinal):
            return True
        return len(self.grid.own_cells(row)) == 1 and self._stands_out(row, name)

    def _stands_out(self, row: int, name: str) -> bool:
        """Whether a row of one text is set as a heading: bold, over merged cells, with a colon."""
        grid = self.grid
        column = grid.own_cells(row)[0][0]
        if column > self.column:
            return False
        area = grid.merged_at(row, column)
        across = area is not None and area.last_column > area.first_column
        return across or name.endswith(":") or grid.style(row, column).bold
