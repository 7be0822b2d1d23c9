"""Ids of places: made of what they are, so that a later list gives them again."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from geodata.vietnamese_names import fold

_LONGEST = 60


def place_ids(named: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """An id for each place, which no other of the list has.

    Parameters
    ----------
    named
        Id of the category, name and unit id of the commune of each place.

    Yields
    ------
    str
        ``school-thcs-ban-bo-03430``: category, name without marks, code of the commune; where
        several places would have one id, the later ones have their number behind it.
    """
    taken: set[str] = set()
    for category, name, unit_id in named:
        words = "-".join(fold(name).split())[:_LONGEST].strip("-")
        stem = "-".join(part for part in (category, words, unit_id.partition("-")[0]) if part)
        number, found = 1, stem
        while found in taken:
            number += 1
            found = f"{stem}-{number}"
        taken.add(found)
        yield found


def category_id(name: str, taken: Container[str]) -> str:
    """An id for a new category of places.

    Parameters
    ----------
    name
        As it is written.
    taken
        Ids that others have.
    """
    stem = "_".join(fold(name).split())[:30].strip("_") or "places"
    stem = stem if stem[0].isalpha() else f"places_{stem}"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found
