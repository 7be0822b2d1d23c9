"""Which category a list means by what it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import token_sort_ratio

from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.model import PlaceCategory
from geodata.place_categories_file import PLACE_CATEGORY_ID
from geodata.places.place_ids import category_id
from geodata.places.place_report import WrittenCategory
from geodata.table_import.list_answers import NewPlaceCategory
from geodata.vietnamese_names import fold, match_key, normalise, without_diacritics

MOST_CATEGORIES = 60
"""Different categories of one list; a column with more holds something else."""

_LEAST_ALIKE = 80.0
"""Similarity of two names without marks, 0 to 100, from which one is proposed."""


def read_categories(
    written: Sequence[str],
    known: Mapping[str, PlaceCategory],
    answers: Mapping[str, str],
    made: Mapping[str, NewPlaceCategory],
) -> dict[str, WrittenCategory]:
    """The category of each text, by `geodata.vietnamese_names.match_key`.

    Only a category of the very name is taken; of any other text a person must say what it means.

    Parameters
    ----------
    written
        What each row writes.
    known
        Categories by id.
    answers, made
        ``categories`` and ``new_categories`` of `geodata.places.place_report.PlaceOptions`.

    Raises
    ------
    InvalidInput
        An answer names no category, or a new one bears the id of another.
    """
    said = {match_key(text): answer for text, answer in answers.items()}
    forms = {match_key(text): form for text, form in made.items()}
    for answer in said.values():
        if answer and answer not in known:
            what = Message("There is no such category of places")
            raise InvalidInput(what, found=answer, allowed=tuple(known))
    counts = Counter(map(match_key, written))
    texts: dict[str, str] = {}
    for text in written:
        texts.setdefault(match_key(text), text)
    found: dict[str, WrittenCategory] = {}
    taken = dict(known)
    for key, text in texts.items():
        category = _known(text, known, said.get(key))
        if category is not None:
            found[key] = WrittenCategory(text, category, False, counts[key])
            continue
        asked = key not in said and key not in forms
        new = new_category(text, forms.get(key, NewPlaceCategory()), taken)
        taken[new.id] = new
        alike = _alike(text, known) if asked else ()
        found[key] = WrittenCategory(text, new, True, counts[key], asked, alike)
    return found


def new_category(
    written: str, form: NewPlaceCategory, taken: Mapping[str, PlaceCategory]
) -> PlaceCategory:
    """A category as a form makes it; what the form leaves open follows from the words of the list.

    Raises
    ------
    InvalidInput
        Its id is malformed, or another category has it.
    """
    identity = form.id or category_id(written, taken)
    if not PLACE_CATEGORY_ID.fullmatch(identity):
        what = Message("Malformed id")
        raise InvalidInput(what, identity, (PLACE_CATEGORY_ID.pattern,), where="id")
    if identity in taken:
        what = Message("There is another category of places of this id")
        raise InvalidInput(what, identity, remedy=Message("Choose another id"), where="id")
    vi = normalise(form.name.vi) or normalise(written)
    name = Text(vi, normalise(form.name.en) or without_diacritics(vi))
    return PlaceCategory(identity, name, form.symbol, form.theme, form.indicator)


def _known(
    text: str, known: Mapping[str, PlaceCategory], answer: str | None
) -> PlaceCategory | None:
    if answer:
        return known[answer]
    # Of one that bears the very name, nobody wants a second: it may have been made meanwhile.
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
