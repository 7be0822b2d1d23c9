"""Columns of a long table that say, row by row, of which part of an indicator its figures are.

``Giới tính`` with ``Nam``, ``Nữ`` and ``Chung`` below it. A column is known by its header, which
names a dimension of the catalogue, or by its cells, if each of them is a code of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from geodata.i18n import LANGUAGES, Joined, Message
from geodata.model import Dimension, Indicator
from geodata.readers.sheet import cell_text
from geodata.series_id import format_dimensions, parse_dimensions, series_id
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.table_import.report_records import Finding
from geodata.vietnamese_names import normalise

_TOTAL_WORDS = frozenset(
    ("", "chung", "tổng", "tổng số", "tổng cộng", "cộng", "toàn bộ", "tất cả", "total", "all",
     "both", "_t")
)  # fmt: skip
"""Of the figure of all codes together; ``_T`` is that of the code lists of SDMX."""

_FEWEST_CODES = 2
"""Different codes by which a column without a telling header is known."""


def is_total_word(text: str) -> bool:
    """Whether a text names all codes of a list together, whichever list it is."""
    return _key(text) in _TOTAL_WORDS


class CodeNames:
    """The codes of a dimension by what a cell may call them.

    Parameters
    ----------
    dimension
        The code list.
    """

    def __init__(self, dimension: Dimension) -> None:
        self.dimension = dimension

    @cached_property
    def _codes(self) -> dict[str, str]:
        names = dict.fromkeys(_TOTAL_WORDS, "")
        names |= {_key(self.dimension.total[language]): "" for language in LANGUAGES}
        for code in self.dimension.codes:
            for text in (code.id, *(code.name[language] for language in LANGUAGES)):
                names[_key(text)] = code.id
        return names

    @cached_property
    def headings(self) -> frozenset[str]:
        """What a header may call the dimension."""
        names = (self.dimension.name[language] for language in LANGUAGES)
        return frozenset(_key(text) for text in (self.dimension.id, *names))

    def code(self, text: str) -> str | None:
        """The code of a cell; empty for the total, None for a text that names none."""
        return self._codes.get(_key(text))

    def hold(self, texts: Iterable[str]) -> bool:
        """Whether all texts name codes of the dimension, and several of them."""
        codes = {self.code(text) for text in texts}
        return None not in codes and len(codes - {""}) >= _FEWEST_CODES


def _key(text: str) -> str:
    return normalise(text).replace("_", " ").casefold() if text != "_t" else text


def with_dimension_columns(layout: TableLayout, dimensions: Mapping[str, Dimension]) -> TableLayout:
    """The layout, with the role ``dimension`` for the columns that name codes row by row."""
    names = [CodeNames(each) for each in dimensions.values()]
    columns = tuple(
        replace(column, role="dimension")
        if column.role in ("text", "kind") and _dimension(column, layout, names)
        else column
        for column in layout.columns
    )
    return replace(layout, columns=columns) if columns != layout.columns else layout


def dimension_columns(
    layout: TableLayout, dimensions: Mapping[str, Dimension]
) -> list[tuple[TableColumn, CodeNames]]:
    """The columns of the role ``dimension`` with the names of their codes."""
    names = [CodeNames(each) for each in dimensions.values()]
    found = []
    for column in layout.columns:
        if column.role == "dimension" and (one := _dimension(column, layout, names)):
            found.append((column, one))
    return found


def _dimension(
    column: TableColumn, layout: TableLayout, names: Iterable[CodeNames]
) -> CodeNames | None:
    listed = list(names)
    heading = _key(column.path[-1]) if column.path else ""
    named = [each for each in listed if heading in each.headings]
    if named:
        return named[0]
    texts = {cell_text(row.value(column.number)) for row in layout.data_rows()}
    return next((each for each in listed if each.hold(texts)), None)


def series_of_row(
    series: str,
    row: TableRow,
    columns: Iterable[tuple[TableColumn, CodeNames]],
    indicators: Mapping[str, Indicator],
) -> str:
    """The series of a figure in a row; empty where the row names a part that there is not.

    Parameters
    ----------
    series
        What the header of the figure says.
    """
    indicator = indicators.get(series)
    if indicator is None:
        return series
    values = dict(parse_dimensions(indicator.dimensions))
    for column, names in columns:
        code = names.code(cell_text(row.value(column.number)))
        if code is None:
            return ""
        if code:
            values[names.dimension.id] = code
    found = series_id(indicator.measured, format_dimensions(values.items()))
    return found if found in indicators else ""


def dimension_findings(
    layout: TableLayout, dimensions: Mapping[str, Dimension]
) -> Iterator[Finding]:
    """A question (``D01``) for each column whose texts are not all codes of its dimension."""
    for column, names in dimension_columns(layout, dimensions):
        unknown = [
            row
            for row in layout.data_rows()
            if names.code(cell_text(row.value(column.number))) is None
        ]
        if unknown:
            texts = dict.fromkeys(cell_text(row.value(column.number)) for row in unknown)
            codes = (code.name for code in names.dimension.codes)
            yield Finding(
                "D01",
                "error",
                Message("A row names no code of “{dimension}”", dimension=names.dimension.name),
                Joined(", ", codes),
                Message("Correct the cells, or add the codes to the dataset"),
                tuple(layout.place(row.number, column.number) for row in unknown[:20]),
                "; ".join(texts),
                len(unknown),
            )
