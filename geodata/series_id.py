"""The name of a series of the catalogue: an indicator and the values of its dimensions.

The figures of an indicator that is broken down by code lists are several series: the total, and one
for each combination of codes. As a `series key of SDMX`_ puts the values of all dimensions into one
name, the id of a series is that of its indicator with the values behind it in brackets,
``canal_length[lining:lined,manager:commune]``; that of the total is the indicator's alone. Unlike a
key of SDMX it names the dimensions, so that it is read without the structure it belongs to.
Whatever tells series apart (precedence, recasting, joint values, checks) holds this one text.

.. _series key of SDMX: https://sdmx.org/standards-2/ (section 6, technical notes)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from geodata.errors import InvalidInput
from geodata.i18n import Message

DimensionValues = tuple[tuple[str, str], ...]
"""Dimension and code, sorted by dimension."""

DIMENSION_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")

_VALUE = re.compile(rf"({DIMENSION_ID.pattern}):({CODE_ID.pattern})")
_KEPT = 4096
"""Series whose ids are kept as read: a table has many figures of each."""
_SERIES = re.compile(r"([a-z][a-z0-9_]*)(?:\[([^\[\]]+)\])?")


def parse_dimensions(text: str) -> DimensionValues:
    """The values in a text as ``sex:female,level:primary``; empty is the total.

    Raises
    ------
    InvalidInput
        A part is no pair of dimension and code, or a dimension stands twice.
    """
    pairs = []
    for part in text.split(",") if text.strip() else ():
        if not (found := _VALUE.fullmatch(part.strip())):
            what = Message("Not a value of a dimension")
            raise InvalidInput(what, part, Message("dimension:code, as sex:female,level:primary"))
        pairs.append((found[1], found[2]))
    if len({dimension for dimension, _ in pairs}) < len(pairs):
        raise InvalidInput(Message("A dimension stands twice"), text)
    return tuple(sorted(pairs))


def format_dimensions(values: Iterable[tuple[str, str]]) -> str:
    """The one text of some values, whatever their order."""
    return ",".join(f"{dimension}:{code}" for dimension, code in sorted(values))


def series_id(indicator: str, dimensions: str = "") -> str:
    """The id of the series of an indicator whose dimensions have these values.

    Parameters
    ----------
    dimensions
        As `format_dimensions` writes them; empty for the total.
    """
    return f"{indicator}[{dimensions}]" if dimensions else indicator


@lru_cache(maxsize=_KEPT)
def split_series_id(series: str) -> tuple[str, str]:
    """Indicator and dimensions of the id of a series; anything else is given back as it is."""
    found = _SERIES.fullmatch(series)
    return (found[1], found[2] or "") if found else (series, "")


@lru_cache(maxsize=_KEPT)
def parse_series_id(text: str) -> str:
    """The id of a series in its one form, its values in any order.

    Raises
    ------
    InvalidInput
        What stands in the brackets are no values of dimensions.
    """
    indicator, dimensions = split_series_id(text)
    return series_id(indicator, format_dimensions(parse_dimensions(dimensions)))
