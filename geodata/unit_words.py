"""The words before a unit's name that say what it is, with the short forms of tables.

Kinds follow the Law on Organisation of Local Government (77/2015/QH13 and 72/2025/QH15) and, for
villages, Circular 04/2012/TT-BNV.
"""

from __future__ import annotations

import datetime as dt

from geodata.i18n import Language, locale_of
from geodata.model import Level

Tokens = tuple[str, ...]

_WORDS: dict[Level, dict[str, tuple[str, ...]]] = {
    "province": {"tỉnh": ("t",), "thành phố": ("tp", "t p")},
    "district": {
        "huyện": ("h",),
        "quận": ("q",),
        "thị xã": ("tx", "t x"),
        "thành phố": ("tp", "t p"),
    },
    "commune": {
        "xã": ("x",),
        "phường": ("p", "ph"),
        "thị trấn": ("tt", "t t", "ttr"),
        "đặc khu": ("đk",),
    },
    "village": {
        "thôn": (),
        "bản": ("b",),
        "tổ dân phố": ("tdp", "tổ dp", "tổ"),
        "khu phố": ("kp", "khu"),
        "tiểu khu": ("tk",),
        "ấp": (),
        "xóm": (),
        "buôn": (),
        "làng": (),
    },
}


def unit_words(level: Level) -> dict[str, tuple[str, ...]]:
    """The words of a level, each with its short forms, all in small letters."""
    return _WORDS[level]


def heading_level(tokens: Tokens) -> Level | None:
    """The level that the header of a column of units speaks of; None where it says none.

    ``Tên xã, phường`` are communes; where several levels are named (``Huyện, xã``) none is said.
    """
    text = f" {' '.join(tokens)} "
    found = {
        level
        for level, words in _WORDS.items()
        for word in words
        # Cities are of two levels.
        if f" {word} " in text and word != "thành phố"
    }
    return next(iter(found)) if len(found) == 1 else None


def day_text(day: dt.date, language: Language) -> str:
    """A day as an office writes it."""
    return locale_of(language).day(day)
