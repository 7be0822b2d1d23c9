"""Spellings of names that are the same name, and none that differ by a tone.

Two spellings agree when their letters and the tone of every syllable are the same, whatever the
case, the composition (NFC, NFD), the place of the tone mark in its syllable (``Hoà``, ``Hòa``),
spaces, hyphens and apostrophes. Letters that write one sound by rule of orthography are one letter:

- ``i`` and ``y`` as the only vowel of a syllable, and after ``qu`` (``Li``, ``Ly``; ``Quí``,
  ``Quý``; but ``Hai`` is not ``Hay``);
- ``c`` and ``k`` (``Can``, ``Kan``); ``ng`` and ``ngh``; ``f`` and ``ph``.

``s`` and ``x``, ``d`` and ``gi``, ``u`` and ``uô`` are different sounds somewhere in the country:
such pairs are left to aliases. Numerals are kept whole: ``1`` is not the beginning of ``12``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_VOWELS = frozenset("aăâeêioôơuưy")
# Letters that look like đ in capitals (Ð of Icelandic, Ɖ of Ewe) or in a typewriter's font.
_LOOK_ALIKE = {"ð": "đ", "ɖ": "đ", "Ð": "Đ", "Ɖ": "Đ"}
_NOT_READ = "\xad\u200b\u200c\u200d\u2060\ufeff'’‘ʼ`´"
_OTHERWISE = str.maketrans({**_LOOK_ALIKE, **dict.fromkeys(_NOT_READ)})
_ODD = re.compile(f"[\u0300-\u036f{_NOT_READ}{''.join(_LOOK_ALIKE)}]")
# Input methods may write the tone before the mark of the letter; Unicode keeps that order.
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
_HUMP = re.compile(
    "(?<=[{}])(?=[{}])".format(
        "".join(filter(str.islower, _LATIN)), "".join(filter(str.isupper, _LATIN))
    )
)
_PLAIN = str.maketrans("ăâđêôơư", "aadeoou")
_NUMERAL = "#"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as its sounds are written.

    Parameters
    ----------
    letters
        Letters of all syllables in a row, without tones; a numeral is marked by ``#``.
    tones
        Position in ``letters`` and mark of each tone, ascending.
    ends
        Where each syllable ends in ``letters``.
    """

    letters: str
    tones: tuple[tuple[int, str], ...]
    ends: tuple[int, ...]

    def agrees(self, written: Spelling) -> bool:
        """Whether ``written`` has the same letters, and the same tone in each syllable of this."""
        if self.letters != written.letters:
            return False
        if self.tones == written.tones:
            return True
        return self._by_syllable(self.tones) == self._by_syllable(written.tones)

    def _by_syllable(self, tones: tuple[tuple[int, str], ...]) -> list[tuple[int, str]]:
        ends = self.ends
        return sorted((next(e for e in ends if place < e), tone) for place, tone in tones)

    @property
    def plain(self) -> str:
        """The letters without any marks."""
        return self.letters.translate(_PLAIN)

    @property
    def marked(self) -> str:
        """Letters with each tone at the end of its syllable, to measure a distance on."""
        pieces, start = [], 0
        for end in self.ends:
            pieces.append(self.letters[start:end])
            pieces += [tone for place, tone in self.tones if start <= place < end]
            start = end
        return "".join(pieces)

    @property
    def numerals(self) -> tuple[str, ...]:
        """The numbers in the name, in order."""
        return tuple(re.findall(r"#(\d+)", self.letters))


@lru_cache(maxsize=16384)
def tokens_of(text: str) -> tuple[str, ...]:
    """The syllables and numerals of a text in small letters (NFC), all else left out.

    ``BảnBo`` is two syllables, ``H'Leo`` is one, ``P1`` is a letter and a numeral; a numeral
    loses its leading zeros, and the word ``số`` before it.
    """
    found = re.findall(r"[0-9]+|[^\W\d_]+", _humps_apart(composed(text)).lower())
    tokens = [each.lstrip("0") or "0" if each[0].isdecimal() else each for each in found]
    return tuple(
        syllable
        for syllable, following in zip(tokens, [*tokens[1:], ""], strict=False)
        if syllable != "số" or not following[:1].isdecimal()
    )


def composed(text: str) -> str:
    """``text`` in NFC with one sign for each letter, without apostrophes and invisible signs."""
    if not _ODD.search(text):
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_OTHERWISE))
    return unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\2\1", decomposed))


def _humps_apart(text: str) -> str:
    """A space before each capital that follows a small letter: old tables write ``BảnBo``."""
    return _HUMP.sub(" ", text)


@lru_cache(maxsize=16384)
def spelling_of(tokens: tuple[str, ...]) -> Spelling:
    """The spelling of a name from its tokens (`tokens_of`)."""
    letters, tones, ends = "", [], []
    for token in tokens:
        folded, marks = _syllable(token)
        tones += [(len(letters) + place, mark) for place, mark in marks]
        letters += folded
        ends.append(len(letters))
    return Spelling(letters, tuple(tones), tuple(ends))


@lru_cache(maxsize=16384)
def marked_spelling(tokens: tuple[str, ...]) -> str:
    """`Spelling.marked` of tokens."""
    return spelling_of(tokens).marked


def spelling_without_spaces(tokens: tuple[str, ...]) -> Spelling | None:
    """The spelling that the same name has when it is written in one word; None if it is the same.

    Rules that look at neighbouring letters see across syllables then; the tones still belong to
    the syllables of ``tokens``.
    """
    raw = [_letters(token) for token in tokens]
    joined = "".join(letters for letters, _ in raw)
    folded, origin = _fold(joined)
    if folded == spelling_of(tokens).letters:
        return None
    tones, lengths = [], [len(letters) for letters, _ in raw]
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    place_of = {source: place for place, source in enumerate(origin)}
    for start, (_, marks) in zip(starts, raw, strict=True):
        tones += [(place_of[start + place], mark) for place, mark in marks]
    ends = tuple(
        sum(source < start + length for source in origin)
        for start, length in zip(starts, lengths, strict=True)
    )
    return Spelling(folded, tuple(tones), ends)


@lru_cache(maxsize=16384)
def _syllable(token: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    letters, marks = _letters(token)
    folded, origin = _fold(letters)
    place_of = {source: place for place, source in enumerate(origin)}
    return folded, tuple((place_of[place], mark) for place, mark in marks)


@lru_cache(maxsize=16384)
def _letters(token: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Letters without tones, and the tones with the positions of their letters."""
    if token[:1].isdecimal():
        return _NUMERAL + token, ()
    pieces: list[str] = []
    tones: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFD", token):
        if char in _TONES:
            tones.append((max(len(pieces) - 1, 0), char))
        elif unicodedata.combining(char) and pieces:
            pieces[-1] = unicodedata.normalize("NFC", pieces[-1] + char)
        else:
            pieces.append(char)
    return "".join(pieces), tuple(tones)


def _fold(letters: str) -> tuple[str, Sequence[int]]:
    """One letter for each sound, and the position in ``letters`` that each comes from.

    Tones stand on vowels, which are never dropped.
    """
    if not _may_fold(letters):
        return letters, range(len(letters))
    folded: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(letters):
        before, after = letters[max(place - 2, 0) : place], letters[place + 1 : place + 2]
        if (
            letter == "y"
            and after not in _VOWELS
            and (before[-1:] not in _VOWELS or before == "qu")
        ):
            written = "i"
        elif letter == "k" and after != "h":
            written = "c"
        elif letter == "h" and before == "ng":
            continue
        else:
            written = "ph" if letter == "f" else letter
        folded += written
        origin += [place] * len(written)
    return "".join(folded), origin


def _may_fold(letters: str) -> bool:
    return "y" in letters or "k" in letters or "f" in letters or "ngh" in letters
