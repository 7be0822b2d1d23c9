"""Figures of the parts of a whole that are more than the whole, in one and the same source.

What a census counts of the women and a register of all people need not agree; a document that
contradicts itself is doubtful, whichever of its figures is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from geodata import quality_sentences as sentences
from geodata.catalogue import Catalogue
from geodata.i18n import Text
from geodata.model import Dimension, Indicator, Observation
from geodata.series_id import format_dimensions, parse_dimensions, series_id

ROUNDING = 0.005
"""Share of the whole by which the rounded parts may exceed it."""

Said = Mapping[str, int]
"""The place of the figure of each series in what one source says of a unit, period and status."""


def parts_beyond_whole(
    catalogue: Catalogue, observations: Sequence[Observation]
) -> dict[int, Text]:
    """Why figures are doubtful, by their place in the list.

    A count of a part that is more than the whole; and the whole with all its parts, where the
    codes of a list that does not overlap are together more.
    """
    said: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for place, figure in enumerate(observations):
        if catalogue.indicators[figure.indicator].kind == "count" and not figure.impossible:
            key = (figure.unit_id, figure.period, figure.status, figure.source_id)
            said[key].setdefault(figure.indicator, place)
    found: dict[int, Text] = {}
    for series in said.values():
        for container, parts, dimension in _groups(catalogue, series):
            found |= _beyond(catalogue, observations, series[container], parts, dimension)
    return found


def _groups(catalogue: Catalogue, said: Said) -> Iterator[tuple[str, list[int], Dimension]]:
    """Each series with the figures of its parts by one dimension, the other dimensions alike."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for series, place in said.items():
        indicator = catalogue.indicators[series]
        for name, code in parse_dimensions(indicator.dimensions):
            container = _container(indicator, catalogue.dimensions[name], code)
            if container in said:
                groups[container, name].append(place)
    for (container, name), places in groups.items():
        yield container, places, catalogue.dimensions[name]


def _container(indicator: Indicator, dimension: Dimension, code: str) -> str:
    """The series that a part belongs to by one of its dimensions: of the parent code, or of all."""
    values = dict(parse_dimensions(indicator.dimensions))
    found = dimension.code(code)
    if found and found.parent:
        values[dimension.id] = found.parent
    else:
        del values[dimension.id]
    return series_id(indicator.whole, format_dimensions(values.items()))


def _beyond(
    catalogue: Catalogue,
    observations: Sequence[Observation],
    whole: int,
    parts: Sequence[int],
    dimension: Dimension,
) -> dict[int, Text]:
    most = observations[whole].value * (1 + ROUNDING)
    indicator = catalogue.indicators[observations[whole].indicator]
    single = [place for place in parts if observations[place].value > most]
    if single:
        reason = sentences.part_beyond_whole(indicator, observations[whole].value)
        return dict.fromkeys(single, reason)
    total = sum(observations[place].value for place in parts)
    if dimension.overlapping or total <= most:
        return {}
    reason = sentences.parts_beyond_whole(indicator, dimension, total, observations[whole].value)
    return dict.fromkeys((whole, *parts), reason)
