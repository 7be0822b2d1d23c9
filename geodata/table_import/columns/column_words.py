"""The different words of a column, and the class that each of them names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.readers.sheet import cell_text
from geodata.table_import.column_records import WrittenWord
from geodata.table_import.columns.class_words import (
    ClassWords,
    bare_word,
    is_member_mark,
    word_key,
)
from geodata.table_import.layout.cell_values import is_marker
from geodata.table_import.layout.table_columns import are_few
from geodata.table_import.layout_records import CellPlace, TableColumn, TableLayout, TableRow

MOST_WORDS = 40
"""Different words of a column that are asked about; a column of more holds no classes."""

_LONGEST = 60
"""Characters of a word in a column that no header tells to hold classes."""


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The different words of a column.

    Parameters
    ----------
    words
        One for each, as first written, in the order of the table; none is said to be of a class.
    blank
        Cells that are empty or hold a dash.
    marks
        Whether it marks the units of a list and says nothing of the others.
    more
        Whether there are more words than are kept.
    """

    words: tuple[WrittenWord, ...]
    blank: int = 0
    marks: bool = False
    more: bool = False

    @property
    def filled(self) -> int:
        """How many cells hold one of the words."""
        return sum(each.cells for each in self.words if each.key)

    @property
    def few(self) -> bool:
        """Whether few words come back so often that they may be classes."""
        filled = sum(each.cells for each in self.words)
        few = not self.more and are_few(len(self.words), filled, self.blank)
        return few and all(len(each.written) <= _LONGEST for each in self.words)


def column_words(
    layout: TableLayout,
    column: TableColumn,
    rows: Sequence[TableRow],
    known: ClassWords | None = None,
) -> ColumnWords:
    """The different words of a column in some rows.

    Signs that stand in place of a value are no words, unless they name a class, or the column has
    no others: then a mark says that a unit belongs, and a blank is a word too.

    Parameters
    ----------
    known
        The classes that the words may name.
    """
    found: dict[str, WrittenWord] = {}
    signs: dict[str, WrittenWord] = {}
    blanks: list[CellPlace] = []
    for row in rows:
        text = cell_text(row.value(column.number))
        place = layout.place(row.number, column.number)
        key = _key(text, known)
        if not key:
            blanks.append(place)
            continue
        sign = is_marker(bare_word(text)) or is_member_mark(text)
        into = signs if sign and (known is None or known.code(text) is None) else found
        if key in into:
            into[key] = replace(into[key], cells=into[key].cells + 1)
        elif len(into) < MOST_WORDS:
            into[key] = WrittenWord(key, bare_word(text), 1, place)
        else:
            return ColumnWords(tuple(found.values()), len(blanks), more=True)
    marks = bool(signs or found) and all(
        is_member_mark(each.written) for each in (*found.values(), *signs.values())
    )
    if marks:
        found |= signs
        if blanks:
            found[""] = WrittenWord("", "", len(blanks), blanks[0])
    return ColumnWords(tuple(found.values()), len(blanks), marks)


def _key(text: str, known: ClassWords | None) -> str:
    return known.key(text) if known else word_key(bare_word(text))


def read_words(
    layout: TableLayout, column: TableColumn, rows: Sequence[TableRow], known: ClassWords
) -> tuple[WrittenWord, ...]:
    """The words of a column with the class that each names, or those that are spelt alike."""
    listed = column_words(layout, column, rows, known)
    return tuple(_read(each, known, listed.marks) for each in listed.words)


def _read(word: WrittenWord, known: ClassWords, marks: bool) -> WrittenWord:
    code = known.code(word.written, marks=marks)
    if code is not None:
        return replace(word, category=code, otherwise=known.is_spelt_otherwise(word.written))
    alike = tuple(each.id for each in known.alike(word.written)) if word.written else ()
    return replace(word, proposals=alike, wrong_answer=known.wrong_answer(word.written))
