"""What a cell may say besides a unit's name: its kind, the unit above, a number, a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geodata.table_import.units.level_names import LevelNames
from geodata.table_import.units.spelling import composed, marked_spelling, tokens_of
from geodata.unit_words import Tokens

_FOOTNOTE = re.compile(r"(?:\s*(?:[(\[]\s*(?:\*+|\d{1,2})\s*[)\]]|[*†‡¹²³⁰⁴-⁹]+))+\s*$")
_NUMBERING = re.compile(r"\s*(?:\d{1,4}|[IVXLCDM]{1,7}|[A-HĐ]|[a-zđ])(?:\s*[.):/–-]+\s*|\s+)(?=\D)")
_OFFICE = re.compile(
    r"\s*(?:(?:trạm|trung tâm) y tế|(?:ủy|uỷ) ban nhân dân|ubnd|hội đồng nhân dân|hđnd"
    r"|đảng (?:ủy|uỷ|bộ)|công an|ban chỉ huy quân sự|bch quân sự|hạt kiểm lâm|hội nông dân"
    r"|đoàn thanh niên)\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands before the name of the unit that an office is of: ``Trạm Y tế xã Bình Lư``."""
_SIGNS = r"[,;()\[\]/\n]|\s[-–—]\s"
# "thuộc" says what a unit belongs to, and is the end of names too ("Thân Thuộc"): the last one
# is tried after the signs alone.
_BETWEEN = (
    re.compile(_SIGNS),
    re.compile(rf"{_SIGNS}|\bthuộc\b(?!.*\bthuộc\b)", re.IGNORECASE | re.DOTALL),
)
_CODE_BEFORE = re.compile(
    r"\s*(?P<code>\d{4,6})(?:\s*[.:/–-]+\s*|\s+)(?P<name>(?=\D)\S.*)", re.DOTALL
)
_CODE_BEHIND = re.compile(
    r"(?P<name>.*\S)(?:\s*[(\[]\s*(?:mã(?: số)?:?\s*)?(?P<within>\d{4,6})\s*[)\]]"
    r"|\s*[–:/-]\s*(?P<code>\d{4,6}))\s*",
    re.DOTALL | re.IGNORECASE,
)
Time = Literal["", "former", "current"]
"""Whether a cell speaks of a former unit (``cũ``), a current one (``mới``), or does not say."""

_CACHED_TEXTS = 20_000
LONGEST_NAME = 200
"""Characters of a cell with a name; a longer text is a sentence."""

_WORDS_OF_TIME: tuple[tuple[str, Time], ...] = (("cũ", "former"), ("mới", "current"))
_TIMES = {marked_spelling(tokens_of(word)): time for word, time in _WORDS_OF_TIME}


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a text as a name.

    Parameters
    ----------
    tokens
        The name.
    word
        The word for the kind of unit that stands before it, in full; empty without one.
    short
        Whether that word is shortened (``TT.``).
    """

    tokens: Tokens
    word: str = ""
    short: bool = False

    def fits(self, kind_word: str) -> bool:
        """Whether the stated kind, if any, is that of a unit."""
        return not (self.word and kind_word) or self.word == kind_word


@dataclass(frozen=True, slots=True)
class NameVariant:
    """What is left of a cell as the name, with what stands beside it.

    Parameters
    ----------
    readings
        Ways to read the name.
    beside
        Texts beside the name that may name a unit above.
    time
        Whether the cell speaks of a ``former`` (``cũ``) or a ``current`` unit (``mới``).
    """

    readings: tuple[Reading, ...]
    beside: tuple[str, ...] = ()
    time: Time = ""


def written_name(text: str, names: LevelNames, kind: str = "") -> Iterator[NameVariant]:
    """The ways to read a cell as the name of a unit of a level, the most literal first.

    None for a text too long for a name.

    Parameters
    ----------
    text
        The cell.
    names
        Gives the words that stand before names of the level.
    kind
        The kind of unit as a column of its own gives it.
    """
    if len(text) > LONGEST_NAME:
        return
    plain = text.isascii()
    for tokens, beside in _tokens_and_beside(text):
        yield _variant(tokens, beside, names, kind, plain)
        time = _TIMES.get(marked_spelling(tokens[-1:]), "")
        if time and len(tokens) > 1:
            yield _variant(tokens[:-1], (*beside, tokens[-1]), names, kind, plain)


@lru_cache(maxsize=_CACHED_TEXTS)
def _tokens_and_beside(text: str) -> tuple[tuple[Tokens, tuple[str, ...]], ...]:
    """The different ways to take a text apart, which every level looks at."""
    found: dict[tuple[Tokens, int], tuple[str, ...]] = {}
    for part, beside in _parts(text):
        tokens = tokens_of(part)
        if tokens:
            found.setdefault((tokens, len(beside)), beside)
    return tuple((tokens, beside) for (tokens, _), beside in found.items())


def code_within(text: str) -> tuple[str, str]:
    """The number that may be a code in a cell, and the name beside it.

    ``03424 - Xã Bản Bo`` and ``Bản Bo (03424)`` give ``03424``; the code is empty where there is
    no such number, or the text is too long for a name.
    """
    if len(text) > LONGEST_NAME:
        return "", text
    if found := _CODE_BEFORE.fullmatch(text):
        return found["code"], found["name"]
    if found := _CODE_BEHIND.fullmatch(text):
        return found["within"] or found["code"], found["name"]
    return "", text


def _parts(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The whole, without footnote marks, without number or code, before brackets or commas."""
    yield text, ()
    clean = _FOOTNOTE.sub("", composed(text))
    yield clean, ()
    bare = _NUMBERING.sub("", clean, count=1) if _NUMBERING.match(clean) else clean
    yield bare, ()
    office = _OFFICE.sub("", bare)
    if office != bare:
        yield office, ()
    coded = code_within(clean)[1]
    if coded not in (clean, bare):
        yield coded, ()
    for whole in dict.fromkeys((clean, bare, coded)):
        for between in _BETWEEN:
            pieces = [piece.strip() for piece in between.split(whole)]
            head, *others = [piece for piece in pieces if piece] or [""]
            if others:
                yield head, tuple(others)


def _variant(
    tokens: Tokens, beside: tuple[str, ...], names: LevelNames, kind: str, plain: bool
) -> NameVariant:
    word = _word(kind, names, plain)
    time: Time = ""
    left: list[str] = []
    for piece in beside:
        said = _TIMES.get(marked_spelling(tokens_of(piece)))
        kind_said = _word(piece, names, plain)
        if said:
            time = said
        elif kind_said and word in ("", kind_said):
            word = kind_said
        else:
            left.append(piece)
    return NameVariant(tuple(_readings(tokens, word, names, plain)), tuple(left), time)


def _word(text: str, names: LevelNames, plain: bool) -> str:
    """The full word of a text that is nothing but the word for a kind of unit; empty otherwise."""
    found = names.leading_word(tokens_of(text), plain) if text else None
    return " ".join(found[0]) if found and not found[1] else ""


def _readings(tokens: Tokens, word: str, names: LevelNames, plain: bool) -> Iterator[Reading]:
    numeral = all(token.isdecimal() for token in tokens)
    # A number alone is more often the number of a row than the name of a ward.
    if word or not numeral:
        yield Reading(tokens, word)
    leading = names.leading_word(tokens, plain)
    if leading and leading[1] and word in ("", " ".join(leading[0])):
        full, rest, short = leading
        if short:
            yield Reading(full + rest, word, short)
        yield Reading(rest, " ".join(full), short)
