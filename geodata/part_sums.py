"""Where parts of an indicator are more than what they are parts of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geodata.model import Dimension, Indicator
from geodata.series_id import format_dimensions, parse_dimensions, series_id

ROUNDING = 0.005
"""Share of the whole by which the rounded parts may exceed it."""


@dataclass(frozen=True, slots=True)
class Excess:
    """Parts that are more than their whole.

    Parameters
    ----------
    whole
        Id of the series that they are parts of: the total, or a part by fewer dimensions.
    parts
        Ids of their series: each is more than the whole by itself where ``alone``, else they are
        so together.
    dimension
        By which they are parts of it.
    total
        The sum of the parts.
    alone
        Whether each of the parts is more than the whole.
    """

    whole: str
    parts: tuple[str, ...]
    dimension: Dimension
    total: float
    alone: bool


def find_excesses(
    values: Mapping[str, float],
    indicators: Mapping[str, Indicator],
    dimensions: Mapping[str, Dimension],
) -> Iterator[Excess]:
    """The parts that are more than their whole.

    Only counts have parts that are no more than the whole, and only the codes of a list that does
    not overlap are added up, those of one parent.

    Parameters
    ----------
    values
        The values by series of one unit, period and status.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for series in values:
        indicator = indicators.get(series)
        if indicator is None or indicator.kind != "count":
            continue
        for name, code in parse_dimensions(indicator.dimensions):
            whole = _whole(indicator, dimensions[name], code)
            if whole in values:
                groups[whole, name].append(series)
    for (whole, name), parts in groups.items():
        most = values[whole] * (1 + ROUNDING)
        total = sum(values[part] for part in parts)
        alone = tuple(part for part in parts if values[part] > most)
        if alone:
            yield Excess(whole, alone, dimensions[name], total, alone=True)
        elif total > most and not dimensions[name].overlapping:
            yield Excess(whole, tuple(parts), dimensions[name], total, alone=False)


def _whole(indicator: Indicator, dimension: Dimension, code: str) -> str:
    """The series that a part belongs to by one of its dimensions: of the parent code, or of all."""
    values = dict(parse_dimensions(indicator.dimensions))
    found = dimension.code(code)
    if found and found.parent:
        values[dimension.id] = found.parent
    else:
        del values[dimension.id]
    return series_id(indicator.whole, format_dimensions(values.items()))
