"""Places that a list has twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.model import Place
from geodata.vietnamese_names import match_key

_DIGITS = 5
"""Decimals of degrees to which two positions are the same: about a metre."""


def doubled_places(places: Sequence[Place]) -> Iterator[tuple[int, int, bool]]:
    """Places that name one listed before, or stand on its point; with the number of that one.

    Only places of one category are compared: a camera may stand at a school.

    Yields
    ------
    tuple
        Numbers of the later and of the earlier place in ``places``, and whether they bear one name
        in one commune.
    """
    named: dict[tuple[str, ...], int] = {}
    placed: dict[tuple[str, float, float], int] = {}
    for number, place in enumerate(places):
        first = named.setdefault((place.category, match_key(place.name), place.unit_id), number)
        if place.lon is not None and place.lat is not None:
            point = place.category, round(place.lon, _DIGITS), round(place.lat, _DIGITS)
            on_point = placed.setdefault(point, number)
        else:
            on_point = number
        if first != number:
            yield number, first, True
        elif on_point != number:
            yield number, on_point, False
