"""Figures of the parts of a whole that are more than the whole, in one and the same source.

What a census counts of the women and a register of all people need not agree; a document that
contradicts itself is doubtful, whichever of its figures is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from geodata import quality_sentences as sentences
from geodata.catalogue import Catalogue
from geodata.i18n import Text
from geodata.model import Observation
from geodata.part_sums import find_excesses


def parts_beyond_whole(
    catalogue: Catalogue, observations: Sequence[Observation]
) -> dict[int, Text]:
    """Why figures are doubtful, by their place in the list.

    A part that is more than the whole by itself; else the whole with all its parts.
    """
    said: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for place, figure in enumerate(observations):
        if not figure.impossible:
            key = (figure.unit_id, figure.period, figure.status, figure.source_id)
            said[key].setdefault(figure.indicator, place)
    found: dict[int, Text] = {}
    for places in said.values():
        values = {series: observations[place].value for series, place in places.items()}
        for excess in find_excesses(values, catalogue.indicators, catalogue.dimensions):
            indicator, whole = catalogue.indicators[excess.whole], values[excess.whole]
            if excess.alone:
                reason = sentences.part_beyond_whole(indicator, whole)
            else:
                reason = sentences.parts_beyond_whole(
                    indicator, excess.dimension, excess.total, whole
                )
            doubted = excess.parts if excess.alone else (excess.whole, *excess.parts)
            found |= {places[series]: reason for series in doubted}
    return found
