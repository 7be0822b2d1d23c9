"""What the columns of a table mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from geodata.i18n import Localised, Text
from geodata.model import Category, Dimension, Indicator, Status
from geodata.table_import.layout_records import CellPlace

ColumnUse = Literal["value", "stated_percent", "stated_change", "position", "skip", ""]
"""What is made of a column: ``value`` becomes figures; ``stated_percent`` and ``stated_change``
(per cent of plan, change on the period before) are worked out anew and compared, never stored;
``skip`` is left aside; empty while nobody has said."""

COLUMN_USES: tuple[ColumnUse, ...] = get_args(ColumnUse)

EACH_ROW = "*"
"""Stands for a period, a status or an indicator that a column of a long table gives row by row."""


@dataclass(frozen=True, slots=True)
class IndicatorProposal:
    """An indicator that a column might hold, 0 to 100 sure, and why it is proposed."""

    indicator: str
    score: float
    reason: Localised


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """One word of a column of classes.

    Parameters
    ----------
    key
        Under which its spellings meet, see `geodata.table_import.columns.class_words.word_key`;
        empty for blanks beside marks, which may say that a unit does not belong.
    written
        As it stands in the first cell that has it.
    cells
        How many cells have it.
    place
        The first of them.
    category
        Code of the class that it names; empty where it is ignored, None while that is open.
    proposals
        Codes of classes that are spelt alike.
    otherwise
        Whether it was taken for the class though it is none of its names.
    wrong_answer
        The class that an answer names and that the indicator does not have; empty without one.
    """

    key: str
    written: str
    cells: int
    place: CellPlace
    category: str | None = None
    proposals: tuple[str, ...] = ()
    otherwise: bool = False
    wrong_answer: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What one value column is taken for.

    Parameters
    ----------
    column
        Number of the column in the sheet.
    path
        Its header; see `geodata.table_import.layout_records.TableColumn`.
    use
        What is made of it.
    indicator
        Id of the indicator or of a part of one, of the catalogue or new; empty while open,
        `EACH_ROW` in a long table.
    dimensions
        In an answer, the part of the indicator, as ``sex:female,level:primary``, where that is not
        named with it in brackets; elsewhere empty.
    period
        Code of the period; empty while open, `EACH_ROW` in a long table.
    status
        Status of the figures; empty only in an answer that leaves it as the header says.
    measure_unit
        The unit of measure as the table writes it; empty where it writes none.
    scale
        A figure of the table times this is a value in the indicator's unit of measure.
    scale_reason
        In words, why the scale is not 1.
    proposals
        Indicators it might hold, the likeliest first.
    of_column
        For a ``stated_percent`` or ``stated_change``, number of the column it speaks of.
    classes
        In an answer, from the words of its cells to codes of classes, empty for those that are
        ignored; elsewhere empty.
    words
        The words of its cells, where these may be classes.
    categories
        The classes that they may be; empty while no category is known.
    concept
        Id of the concept by which its figures are counted; empty where none is stated, and in an
        answer also where it is that of all columns.
    """

    column: int
    path: tuple[str, ...]
    use: ColumnUse
    indicator: str = ""
    dimensions: str = ""
    period: str = ""
    status: Status | Literal[""] = "actual"
    measure_unit: str = ""
    scale: float = 1.0
    scale_reason: Localised = field(default_factory=lambda: Text(""))
    proposals: tuple[IndicatorProposal, ...] = ()
    of_column: int | None = None
    classes: Mapping[str, str] = field(default_factory=dict)
    words: tuple[WrittenWord, ...] = ()
    categories: tuple[Category, ...] = ()
    concept: str = ""

    @property
    def open_words(self) -> tuple[WrittenWord, ...]:
        """The words of which nobody knows the class, where the column holds classes."""
        if self.use != "value" or not self.categories:
            return ()
        return tuple(each for each in self.words if each.category is None)


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator made in the form, by the rules of the catalogue's files.

    Parameters
    ----------
    indicator
        The indicator as the catalogue would hold it.
    theme_name
        Name of its theme where the theme is new too; empty otherwise.
    dimension
        The code list by which it is broken down, where that is new too; None otherwise.
    crossed
        A second one that is crossed with it, by the same rule.
    """

    indicator: Indicator
    theme_name: Text = field(default_factory=lambda: Text(""))
    dimension: Dimension | None = None
    crossed: Dimension | None = None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The code lists that are new."""
        return tuple(each for each in (self.dimension, self.crossed) if each is not None)


@dataclass(frozen=True, slots=True)
class TableSource:
    """The document a table belongs to, as a person states it.

    Parameters
    ----------
    title, number, issuer, date, place, url, page
        As in `geodata.model.Source`; ``date`` is ISO text, ``page`` the page or annex.
    licence
        Terms under which the data may be used, and whom to credit.
    """

    title: str = ""
    number: str = ""
    issuer: str = ""
    date: str = ""
    place: str = ""
    url: str = ""
    page: str = ""
    licence: str = ""
