"""Where parts of an indicator are more than what they are parts of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.model import Dimension, Indicator
from geodata.series_id import format_dimensions, parse_dimensions, series_id

ROUNDING = 0.005
"""Share of the whole by which the rounded parts may exceed it."""

NEARLY_ALL = 0.9
"""Share of the whole that all codes of a list make where nothing else belongs to it."""

ALL_BUT = 0.99
"""The same of the parts that are given, where not all codes are."""

MANY = 3
"""Parts from which they are taken for a full account of the whole."""

_FEWEST = 2


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


@dataclass(frozen=True, slots=True)
class PartsOfWhole:
    """The figures of some codes of one list, and the series that they are parts of.

    Parameters
    ----------
    whole
        Id of the series of the whole.
    dimension
        By which they are parts of it.
    parts
        Ids of their series, one or more, in the order of the list.
    """

    whole: str
    dimension: Dimension
    parts: tuple[str, ...]


def parts_of_wholes(
    values: Mapping[str, float],
    indicators: Mapping[str, Indicator],
    dimensions: Mapping[str, Dimension],
) -> Iterator[PartsOfWhole]:
    """The wholes of which there are parts; only counts have any.

    Parameters
    ----------
    values
        The values by series of one unit, period and status.
    """
    groups: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for series in values:
        indicator = indicators.get(series)
        if indicator is None or indicator.kind != "count":
            continue
        for name, code in parse_dimensions(indicator.dimensions):
            whole = _whole(indicator, dimensions[name], code)
            if whole in values:
                groups[whole, name].append((_position(dimensions[name], code), series))
    for (whole, name), parts in groups.items():
        yield PartsOfWhole(whole, dimensions[name], tuple(series for _, series in sorted(parts)))


def _position(dimension: Dimension, code_id: str) -> int:
    """Place of a code in its list, so that parts stand in one order."""
    return [code.id for code in dimension.codes].index(code_id)


Tolerance = Callable[[str, Sequence[str]], float]
"""By how much a whole and its parts, each the id of a series, may differ by their rounding."""


def find_excesses(
    values: Mapping[str, float],
    indicators: Mapping[str, Indicator],
    dimensions: Mapping[str, Dimension],
    tolerance: Tolerance | None = None,
) -> Iterator[Excess]:
    """The parts that are more than their whole.

    Only counts have parts that are no more than the whole, and only the codes of a list that does
    not overlap are added up, those of one parent.

    Parameters
    ----------
    values
        The values by series of one unit, period and status.
    tolerance
        What rounding explains; `ROUNDING` of the whole unless given.
    """

    def allowed(whole: str, parts: Sequence[str]) -> float:
        return tolerance(whole, parts) if tolerance else values[whole] * ROUNDING

    for each in parts_of_wholes(values, indicators, dimensions):
        whole = values[each.whole]
        total = sum(values[part] for part in each.parts)
        alone = tuple(p for p in each.parts if values[p] - whole > allowed(each.whole, [p]))
        if alone:
            yield Excess(each.whole, alone, each.dimension, total, alone=True)
        elif each.dimension.overlapping:
            continue
        elif total - whole > allowed(each.whole, each.parts):
            yield Excess(each.whole, each.parts, each.dimension, total, alone=False)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Parts that make up a whole and are less than it.

    Parameters
    ----------
    whole, parts, dimension, total
        As of an `Excess`.
    """

    whole: str
    parts: tuple[str, ...]
    dimension: Dimension
    total: float


def find_shortfalls(
    values: Mapping[str, float],
    indicators: Mapping[str, Indicator],
    dimensions: Mapping[str, Dimension],
    tolerance: Tolerance,
) -> Iterator[Shortfall]:
    """The parts that should make their whole and are less than it.

    Nobody says of a list that it is complete. It is taken to be where all codes have figures that
    make `NEARLY_ALL` of the whole, or where `MANY` of them make `ALL_BUT` of it: what is lacking
    then is less than anything that would have been left out.
    """
    for each in parts_of_wholes(values, indicators, dimensions):
        whole, total = values[each.whole], sum(values[part] for part in each.parts)
        if each.dimension.overlapping or len(each.parts) < _FEWEST or whole <= 0:
            continue
        complete = _complete(each, indicators) and total >= NEARLY_ALL * whole
        close = len(each.parts) >= MANY and total >= ALL_BUT * whole
        if (complete or close) and whole - total > tolerance(each.whole, each.parts):
            yield Shortfall(each.whole, each.parts, each.dimension, total)


def _complete(parts: PartsOfWhole, indicators: Mapping[str, Indicator]) -> bool:
    """Whether all codes that stand beside each other in the list have figures."""
    given = set()
    for series in parts.parts:
        given.add(dict(parse_dimensions(indicators[series].dimensions))[parts.dimension.id])
    parents = {code.parent for code in parts.dimension.codes if code.id in given}
    return given == {code.id for code in parts.dimension.codes if code.parent in parents}


def _whole(indicator: Indicator, dimension: Dimension, code: str) -> str:
    """The series that a part belongs to by one of its dimensions: of the parent code, or of all."""
    values = dict(parse_dimensions(indicator.dimensions))
    found = dimension.code(code)
    if found and found.parent:
        values[dimension.id] = found.parent
    else:
        del values[dimension.id]
    return series_id(indicator.whole, format_dimensions(values.items()))
