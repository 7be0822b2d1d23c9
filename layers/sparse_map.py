"""When a map has too few figures to be read as one.

A choropleth of one coloured unit among many says nothing of space, and its classes pass for a
distribution. Such a map only shows where the figures are; what they say stands beside it.
"""

from __future__ import annotations

MIN_UNITS = 5
"""With fewer values than this, breaks part single units and not groups of them."""
MIN_SHARE = 0.2
"""With values for less than this share of its units, a map shows gaps and not a pattern."""


def is_sparse(with_value: int, total: int) -> bool:
    """Whether a map of ``total`` units, of which so many have a value, only locates its figures.

    A map on which every unit has one is whole, however few there are.
    """
    if not 0 < with_value < total:
        return False
    return with_value < MIN_UNITS or with_value < MIN_SHARE * total
