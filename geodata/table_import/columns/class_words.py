"""The classes of an indicator of kind ``category`` by what the cells of a table call them.

A class is known by its code, its name in either language, and what tells its name from the others
(``II`` of ``Khu vực II``), whatever the case and the place of the tone. ``Đ`` and ``D`` meet, and
words without any marks, where only one class can be meant. Anything else is asked: a class that is
spelt alike is proposed and never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rapidfuzz.distance import JaroWinkler

from geodata.errors import InvalidInput
from geodata.i18n import LANGUAGES, Message
from geodata.model import Category, Indicator
from geodata.table_import.layout.cell_values import DASHES, split_mark
from geodata.table_import.units.spelling import composed
from geodata.vietnamese_names import fold, match_key, normalise

IGNORED = ""
"""Stands in an answer for the class of a word whose cells say nothing."""

MEMBER_MARKS = frozenset({"x", "×", "(x)", "✓", "✔", "√", "v", "✗", "☒", "☑"})
"""Signs by which a list marks the units that belong to it."""

_YES = frozenset({"có", "yes", "true", "1", "y"})
_NO = frozenset({"không", "no", "false", "0", "n"})
_DENIALS = ("không ", "chưa ", "ngoài ", "not ", "no ", "non ", "outside ")
_LONGEST_WORD = 160
"""Characters of a cell by which it is compared; no name of a class has more."""
_ALIKE = 0.82
_MOST_PROPOSALS = 3


_WITHIN_NUMBER = re.compile(r"(?<=[0-9])[.\-–](?=[0-9])")
_MINUS = re.compile(r"[^\s\-–−]\s*[-–−]+$")
_BARRED_D = "d\u0335"


def word_key(text: str) -> str:
    """Key under which spellings of one word meet; empty for a blank or a dash.

    Signs that tell grades apart (``A``, ``A+``, ``A-``; ``1.1``, ``11``) stay.
    """
    word = composed(normalise(text[:_LONGEST_WORD]))
    minus = "~" if _MINUS.search(word) else ""
    return match_key(_WITHIN_NUMBER.sub("_", word)) + minus


def _plain(key: str) -> str:
    """A key without any marks."""
    return "".join(sign for sign in key if not unicodedata.combining(sign))


def bare_word(text: str) -> str:
    """What a cell says without the footnote mark behind it."""
    words = normalise(text)
    return words if words in DASHES else split_mark(words)[0]


def is_member_mark(text: str) -> bool:
    """Whether a cell marks its unit as one of a list."""
    return bare_word(text).lower() in MEMBER_MARKS


class ClassWords:
    """The classes of an indicator by what a cell may call them.

    Parameters
    ----------
    indicator
        Of kind ``category``.
    said
        From a word as written to a class, or to `IGNORED`, by a person or a recipe.
    """

    def __init__(
        self, indicator: Indicator, said: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.indicator = indicator
        self.said = {word_key(word): code for word, code in said.items()}
        self._exact = _by_name(indicator.categories)
        self._loose = _one_meaning(_loosely(self._exact))
        self._member = _member(indicator.categories)

    def key(self, text: str) -> str:
        """The `word_key` of a cell, its footnote mark left out unless it is part of a name."""
        whole = word_key(text)
        return whole if whole in self.said or whole in self._exact else word_key(bare_word(text))

    def code(self, text: str, *, marks: bool = False) -> str | None:
        """The code of the class that a cell names; `IGNORED`, or None for a word that names none.

        A word that an answer assigns to a class which the list lacks names none.

        Parameters
        ----------
        marks
            Whether the cell is of a column of marks, where ``x`` says that a unit belongs.
        """
        key = self.key(text)
        if key in self.said:
            said = self.said[key]
            return said if said in (IGNORED, *self.indicator.category_ids) else None
        if key in self._exact:
            return self._exact[key]
        # Without a mark the key of a word is also that of names without theirs.
        loose = self._loose.get(key.replace(_BARRED_D, "d"))
        return loose or self._member_code(bare_word(text), marks)

    def is_spelt_otherwise(self, text: str) -> bool:
        """Whether a word was taken for a class though it is none of its names."""
        key = self.key(text)
        named = key in self.said or key in self._exact
        return not named and key.replace(_BARRED_D, "d") in self._loose

    def wrong_answer(self, text: str) -> str:
        """The class that an answer names for a word and that there is not; empty without one."""
        said = self.said.get(self.key(text), IGNORED)
        return "" if said in (IGNORED, *self.indicator.category_ids) else said

    def alike(self, text: str) -> tuple[Category, ...]:
        """The classes whose names are spelt almost like a word, the likeliest first."""
        key = fold(bare_word(text)[:_LONGEST_WORD])
        found = []
        for category in self.indicator.categories:
            names = (category.id.replace("_", " "), *_names(category))
            score = max(JaroWinkler.normalized_similarity(key, fold(name)) for name in names)
            within = bool(key) and any(key in fold(name).split(" ") for name in names)
            if score >= _ALIKE or within:
                found.append((-score, category))
        found.sort(key=lambda each: each[0])
        return tuple(category for _, category in found[:_MOST_PROPOSALS])

    def all_named(self, words: Iterable[str]) -> bool:
        """Whether all words name classes, and several of them."""
        codes = {self.code(word) for word in words}
        return None not in codes and len(codes) > 1

    def _member_code(self, word: str, marks: bool) -> str | None:
        """What yes, no and a mark say, where one class is the denial of the other."""
        if self._member is None:
            return None
        said = word.lower()
        if said in _YES or (marks and said in MEMBER_MARKS):
            return self._member[0]
        return self._member[1] if said in _NO else None


def class_called(text: str, indicator: Indicator) -> str:
    """Code of the class that a person names.

    Raises
    ------
    InvalidInput
        It is no class of the indicator.
    """
    words = ClassWords(indicator)
    code = words.code(text)
    if code is None:
        alike = tuple(each.id for each in words.alike(text))
        raise InvalidInput(
            Message("The indicator has no such class"),
            found=text,
            allowed=alike or indicator.category_ids,
        )
    return code


def _names(category: Category) -> tuple[str, ...]:
    return tuple(filter(None, (category.name[language] for language in LANGUAGES)))


def _by_name(categories: Sequence[Category]) -> dict[str, str]:
    """Codes by the keys of codes, names, and what tells the names apart; the first counts."""
    found: dict[str, str] = {}
    for category in categories:
        found.setdefault(word_key(category.id), category.id)
    for category in categories:
        for text in (*_names(category), category.id.replace("_", " ")):
            found.setdefault(word_key(text), category.id)
    for language in LANGUAGES:
        ends = _ends([category.name[language] for category in categories])
        for category, end in zip(categories, ends, strict=True):
            if end:
                found.setdefault(word_key(end), category.id)
    return found


def _ends(names: Sequence[str]) -> list[str]:
    """What is left of names without the words with which all of them begin."""
    words = [normalise(name).split(" ") for name in names]
    same = 0
    while len(words) > 1 and all(len(each) > same + 1 for each in words):
        if len({word_key(each[same]) for each in words}) > 1:
            break
        same += 1
    return [" ".join(each[same:]) for each in words] if same else [""] * len(names)


def _loosely(exact: Mapping[str, str]) -> dict[str, set[str]]:
    """Codes by names with ``đ`` as ``d``, and by names without any marks."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, code in exact.items():
        found[key.replace(_BARRED_D, "d")].add(code)
        found[_plain(key)].add(code)
    return found


def _one_meaning(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {key: next(iter(codes)) for key, codes in found.items() if key and len(codes) == 1}


def _member(categories: Sequence[Category]) -> tuple[str, str] | None:
    """Of two classes that which belongs and that which does not; None of any others."""
    denied = [any(map(_denies, _names(each))) for each in categories]
    if len(categories) != 2 or sum(denied) != 1:
        return None
    first, second = (each.id for each in categories)
    return (second, first) if denied[0] else (first, second)


def _denies(name: str) -> bool:
    return f"{name} ".lower().startswith(_DENIALS)
