"""Which category a list means by what it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import token_sort_ratio

from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.model import PlaceCategory
from geodata.places.place_ids import category_id
from geodata.places.place_report import WrittenCategory
from geodata.vietnamese_names import fold, match_key, without_diacritics

MOST_CATEGORIES = 60
"""Different categories of one list; a column with more holds something else."""

_LEAST_ALIKE = 80.0
"""Similarity of two names without marks, 0 to 100, from which one is asked about."""


def read_categories(
    written: Sequence[str], known: Mapping[str, PlaceCategory], answers: Mapping[str, str]
) -> dict[str, WrittenCategory]:
    """The category of each text, by `geodata.vietnamese_names.match_key`.

    Only a category of the very name is taken; one of nearly the same name is asked about, and any
    other text makes a new category.

    Parameters
    ----------
    written
        What each row writes.
    known
        Categories by id.
    answers
        See `geodata.places.place_report.PlaceOptions`.

    Raises
    ------
    InvalidInput
        An answer names no category.
    """
    said = {match_key(text): answer for text, answer in answers.items()}
    for answer in said.values():
        if answer and answer not in known:
            what = Message("There is no such category of places")
            raise InvalidInput(what, found=answer, allowed=tuple(known))
    counts: dict[str, int] = {}
    texts: dict[str, str] = {}
    for text in written:
        key = match_key(text)
        counts[key] = counts.get(key, 0) + 1
        texts.setdefault(key, text)
    found: dict[str, WrittenCategory] = {}
    taken = dict(known)
    for key, text in texts.items():
        category = _known(text, known, said.get(key))
        alike = () if category or key in said else _alike(text, known)
        if category is None:
            new = category_id(text, taken)
            category = taken[new] = PlaceCategory(new, Text(text, without_diacritics(text)))
            found[key] = WrittenCategory(text, category, True, counts[key], alike)
        else:
            found[key] = WrittenCategory(text, category, False, counts[key])
    return found


def _known(
    text: str, known: Mapping[str, PlaceCategory], answer: str | None
) -> PlaceCategory | None:
    if answer:
        return known[answer]
    if answer is not None:
        return None
    key = match_key(text)
    for category in known.values():
        names = (category.id, category.name.vi, category.name.en)
        if key in map(match_key, names):
            return category
    return None


def _alike(text: str, known: Mapping[str, PlaceCategory]) -> tuple[PlaceCategory, ...]:
    plain = fold(text)
    scores = [
        (token_sort_ratio(plain, fold(category.name.vi)), category) for category in known.values()
    ]
    near = [(score, category) for score, category in scores if score >= _LEAST_ALIKE]
    return tuple(category for _, category in sorted(near, key=lambda pair: -pair[0])[:3])
