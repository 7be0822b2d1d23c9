"""Code lists as rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geodata.model import Dimension
from geodata.record_codec import Row, to_row


def dimension_row(dimension: Dimension) -> Row:
    """A code list without its codes."""
    row = to_row(dimension)
    del row["codes"]
    return row


def dimension_code_rows(dimensions: Iterable[Dimension]) -> Iterator[Row]:
    """The codes of some lists, in their order."""
    for dimension in dimensions:
        for code in dimension.codes:
            yield {"dimension": dimension.id, **to_row(code)}
