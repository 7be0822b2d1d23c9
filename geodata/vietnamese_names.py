"""Vietnamese names: normal form, folding for search, and the order of the dictionary."""

from __future__ import annotations

import re
import unicodedata

# The Vietnamese alphabet with q, w, x … where foreign words need them; tones rank after letters.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
# Dictionary order of tones: level, grave, hook, tilde, acute, dot below.
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# A run of vowels with their marks: the tone may stand on any of them (Hoà, Hòa).
_VOWELS = re.compile("[aeiouy\u0300-\u0323\u031b]+")
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}


def normalise(text: str) -> str:
    """``text`` in Unicode NFC with runs of white space made one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Lower-case letters and digits without diacritics, for search only.

    Names that differ in tone alone fold to the same text (``Tà Hừa``, ``Ta Hua``): never join
    tables on a folded name.
    """
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^0-9a-z]+", " ", plain).strip()


def without_diacritics(name: str) -> str:
    """The English form of a Vietnamese name: same letters and case, no diacritics."""
    swapped = name.replace("đ", "d").replace("Đ", "D")
    decomposed = unicodedata.normalize("NFD", swapped)
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if not unicodedata.combining(c))
    )


def match_key(name: str) -> str:
    """Key under which spellings of one name meet: tone kept, its place and the hyphens ignored.

    ``Hoà`` and ``Hòa`` agree, ``Tà`` and ``Ta`` do not; spaces are dropped because old tables
    write ``BảnBo``.
    """
    letters = re.sub(r"[\s\-–'’.]+", "", name.lower()).replace("đ", "d\u0335")
    return _VOWELS.sub(_tone_last, unicodedata.normalize("NFD", letters))


def _tone_last(vowels: re.Match[str]) -> str:
    tones = "".join(sorted(c for c in vowels[0] if c in _TONE_RANK))
    return "".join(c for c in vowels[0] if c not in _TONE_RANK) + tones


def vietnamese_sort_key(name: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Sort key of Vietnamese dictionaries: letters first (a ă â … d đ …), then tones."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", name).lower():
        marks = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize(
            "NFC", marks[0] + "".join(m for m in marks[1:] if m in _LETTER_MARKS)
        )
        letters.append(_LETTER_RANK[base] + 100 if base in _LETTER_RANK else min(ord(base), 99))
        tones.append(max((_TONE_RANK.get(m, 0) for m in marks[1:]), default=0))
    return tuple(letters), tuple(tones), name
