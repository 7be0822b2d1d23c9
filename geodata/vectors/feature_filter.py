"""Which features of a layer are meant, by the values of a column."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.readers.sheet import CellValue, cell_text

_MOST_SAID = 40


@dataclass(frozen=True, slots=True)
class FeatureFilter:
    """Features whose column has one of some values.

    Parameters
    ----------
    column
        Name of the column; capitals do not count.
    values
        Its values as text.
    """

    column: str
    values: tuple[str, ...]

    @property
    def words(self) -> str:
        """The filter as it is written: ``class=trunk,primary``."""
        return f"{self.column}={','.join(self.values)}"


def parse_filter(text: str) -> FeatureFilter:
    """Read a filter as ``class=trunk,primary``.

    Raises
    ------
    InvalidInput
        It has another form.
    """
    column, sign, rest = text.partition("=")
    values = tuple(_folded(value) for value in rest.split(",") if value.strip())
    if not sign or not column.strip() or not values:
        what, form = Message("Not a choice of features"), Message("COLUMN=VALUE,VALUE")
        raise InvalidInput(what, found=text, allowed=form)
    return FeatureFilter(column.strip(), values)


def matching(
    filters: Sequence[FeatureFilter],
    columns: Sequence[str],
    rows: Sequence[dict[str, CellValue]],
    where: str,
) -> NDArray[np.bool_]:
    """Which rows every filter takes; all where there is none.

    Parameters
    ----------
    columns
        Names of the columns of the layer.
    rows
        Its features by column.
    where
        The file, for messages.

    Raises
    ------
    FileFault
        The layer has no such column, or a value does not occur in it: a misspelt class would
        otherwise be missing without a word.
    """
    taken = np.ones(len(rows), dtype=bool)
    for each in filters:
        column = _column(each.column, columns, where)
        cells = [_folded(cell_text(row.get(column))) for row in rows]
        present = set(cells)
        for value in each.values:
            if value not in present:
                what = Message("No feature has this value")
                known = tuple(sorted(present - {""}))[:_MOST_SAID]
                raise FileFault(what, found=f"{column}={value}", allowed=known, where=where)
        taken &= np.isin(np.array(cells, dtype=object), list(each.values))
    return taken


def _column(name: str, columns: Sequence[str], where: str) -> str:
    if name in columns:
        return name
    alike = [column for column in columns if column.casefold() == name.casefold()]
    if len(alike) == 1:
        return alike[0]
    what = Message("The layer has no such column")
    raise FileFault(what, found=name, allowed=tuple(columns)[:_MOST_SAID], where=where)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
