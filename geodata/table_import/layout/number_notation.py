"""In which notation the texts of a column write numbers: decided per column, never per cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from geodata.errors import InvalidInput
from geodata.locale_numbers import Notation, parse_number
from geodata.table_import.layout.cell_values import number_words

Separated = Literal["vietnamese", "english"]

_MARKED, _SMALL_ONES, _FEW = 3, 2, 0.05
"""How many numbers with a mark, and how many (or what share of all) below 1,000 tell a notation."""
_ENOUGH = 500
"""Texts of a column whose size is looked at."""

_PLAIN = re.compile(r"[-−+]?[0-9]+(?:\.[0-9]+)?")
_INTEGER = re.compile(r"[-−+]?[0-9]+")
_WHOLE = {
    "vietnamese": re.compile(r"[-−+]?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+)"),
    "english": re.compile(r"[-−+]?(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)"),
}
_SMALL = re.compile(r"[-−+]?[1-9][0-9]{0,2}")
_LONG = re.compile(r"[-−+]?[0-9]{4,}(?:[.,][0-9]+)?")
# No number is grouped after a leading zero: 0.195 is a decimal, whatever the notation.
_ZERO_GROUP = {
    "vietnamese": re.compile(r"[-−+]?0+\.[0-9]{3}"),
    "english": re.compile(r"[-−+]?0+,[0-9]{3}"),
}


def possible_notations(texts: Iterable[str]) -> frozenset[Notation]:
    """Every notation under which all the numbers of a column can be read.

    Parameters
    ----------
    texts
        Its numbers as text, without signs that stand in place of one.

    Returns
    -------
    frozenset of str
        ``plain`` alone where the texts have no thousands mark, or no mark at all;
        ``vietnamese`` and ``english`` where they say different numbers in both; empty where some
        text is a number in neither.
    """
    return _possible(_shapes(texts))


def _possible(words: Collection[str]) -> frozenset[Notation]:
    if all(_INTEGER.fullmatch(each) for each in words):
        return frozenset({"plain"})
    found: set[Notation] = {each for each in _BOTH if _reads(words, each)}
    if len(found) > 1 and not any(mark in each for each in words for mark in ".,"):
        return frozenset({"vietnamese"})  # spaces between thousands are the same in both
    if found == {"english"} and all(_PLAIN.fullmatch(each) for each in words):
        return frozenset({"plain"})
    return frozenset(found)


def _shapes(texts: Iterable[str]) -> Counter[str]:
    """The different ways in which numbers are written, all digits but zero being alike.

    A column of thousands of numbers is written in a few ways, and these alone tell its notation.
    """
    lines = _BREAK.join(texts)
    if not lines:
        return Counter()
    if _LETTER.search(lines):  # The digits of a unit of measure (m2) are none of the number.
        lines = _BREAK.join(map(number_words, lines.split(_BREAK)))
    found: Counter[str] = Counter()
    for shape, count in Counter(lines.translate(_ALIKE).split(_BREAK)).items():
        found[number_words(shape)] += count
    return found


_BREAK = "\0"
_LETTER = re.compile(r"[^\W\d_]")
_ALIKE = str.maketrans("12345678", "99999999")
_BOTH: tuple[Separated, Separated] = ("vietnamese", "english")


def _reads(words: Collection[str], notation: Separated) -> bool:
    mark = "." if notation == "vietnamese" else ","
    grouped = any(mark in each for each in words)
    for each in words:
        if _ZERO_GROUP[notation].fullmatch(each):
            return False
        # A column that groups in threes groups every number over 999.
        if grouped and _LONG.fullmatch(each):
            return False
        try:
            parse_number(each, notation)
        except InvalidInput:
            return False
    return True


def column_notation(
    texts: Sequence[str], typed: Sequence[float], elsewhere: Iterable[Notation | None]
) -> Notation | None:
    """Notation of a column's texts.

    Decided by the texts themselves; else by the size of the numbers that the column has typed;
    else by the other columns, an office writing all of a table in one way; else by numbers below
    1,000 that have no mark.

    Parameters
    ----------
    texts
        The column's numbers written as text.
    typed
        Its typed numbers.
    elsewhere
        What the texts of the table's other columns are sure to be in.

    Returns
    -------
    str or None
        None without texts, or where they can be read in more than one way.
    """
    return _decided(_shapes(texts), texts, typed, elsewhere)


def _decided(
    shapes: Counter[str],
    texts: Sequence[str],
    typed: Sequence[float],
    elsewhere: Iterable[Notation | None],
) -> Notation | None:
    possible = _possible(shapes) if shapes else frozenset()
    if len(possible) == 1:
        return next(iter(possible))
    if not possible:
        return _mostly(shapes)
    if by_size := _by_size(texts, typed):
        return by_size
    sure = {"english" if each == "plain" else each for each in elsewhere if each}
    told = next((each for each in _BOTH if sure == {each}), None)
    return told or _by_small_numbers(shapes)


def table_notations(
    columns: Mapping[int, tuple[Sequence[str], Sequence[float]]],
) -> dict[int, Notation | None]:
    """Notation of each column of a table.

    Parameters
    ----------
    columns
        By the column's number, its numbers written as text and its typed numbers.
    """
    shapes = {number: _shapes(texts) for number, (texts, _) in columns.items()}
    alone = {
        number: _decided(shapes[number], texts, typed, ())
        for number, (texts, typed) in columns.items()
    }
    # Whole numbers without a mark say nothing of how the table would write one.
    telling = {
        alone[number]
        for number, words in shapes.items()
        if any(mark in word for word in words for mark in ".,")
    }
    return {
        number: alone[number] or _decided(shapes[number], texts, typed, telling)
        for number, (texts, typed) in columns.items()
    }


def notation_of_counts(texts: Iterable[str]) -> Separated | None:
    """The notation of numbers of things that cannot be divided: their marks part thousands.

    None where a number has other marks than that.
    """
    words = {number_words(text) for text in texts}
    notation: Separated = "english" if any("," in each for each in words) else "vietnamese"
    return notation if all(_WHOLE[notation].fullmatch(each) for each in words) else None


def _mostly(words: Counter[str]) -> Notation | None:
    """The one notation in which nine of ten texts can be read; slips are then told cell by cell."""
    counts = {
        each: sum(many for word, many in words.items() if _reads([word], each)) for each in _BOTH
    }
    best = max(_BOTH, key=lambda each: counts[each])
    other = min(_BOTH, key=lambda each: counts[each])
    clear = bool(words) and counts[best] >= 0.9 * words.total() and counts[other] < counts[best]
    return best if clear else None


def _by_small_numbers(words: Counter[str]) -> Notation | None:
    """The notation in which marks part thousands, where numbers below 1,000 stand without any.

    ``5.522`` beside ``690`` and ``95`` is no decimal: numbers kept to three decimals have three of
    them or, closing zeros left out, now and then two.
    """
    marked = sum(many for word, many in words.items() if any(mark in word for mark in ".,"))
    small = sum(many for word, many in words.items() if _SMALL.fullmatch(word))
    if marked < _MARKED or small < max(_SMALL_ONES, _FEW * words.total()):
        return None
    return "vietnamese" if any("." in word for word in words) else "english"


def _by_size(texts: Sequence[str], typed: Sequence[float]) -> Notation | None:
    """The notation under which the texts are as large as the typed numbers beside them.

    The two readings of ``12.345`` are a factor of 1,000 apart: the median of the typed numbers is
    nearer to one of them by far.
    """
    sizes = sorted(abs(number) for number in typed if number)
    if len(sizes) < 3:
        return None
    middle = sizes[len(sizes) // 2]
    some = texts[:: 1 + len(texts) // _ENOUGH]
    for notation in _BOTH:
        values = sorted(abs(parse_number(number_words(text), notation)) for text in some)
        if values[len(values) // 2] and 1 / 30 < values[len(values) // 2] / middle < 30:
            return notation
    return None
