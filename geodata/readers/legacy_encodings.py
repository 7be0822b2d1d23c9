"""Text in the encodings of before Unicode, made Unicode again: TCVN3, VNI and windows-1258.

TCVN3 (TCVN 5712:1993, the fonts .VnTime and their kin) has one sign for each small letter with its
tone; VNI has a letter and a sign for its tone and mark. A file holds either as if it were Latin-1.
Which it is, is seen from the font where there is one, else from the words: decoded in each way, one
way must spell clearly more of them than the others.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geodata.i18n import Message
from geodata.vietnamese_spelling import is_syllable

REMEDY = Message("Convert the file to Unicode (UniKey: Ctrl+Shift+F6) and save it as UTF-8")

TCVN3, VNI, WINDOWS_1258 = "TCVN3", "VNI", "windows-1258"

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)

_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HATS = dict(zip("âáàåãä", ["\u0302" + t for t in ["", *_VNI_TONES.values()]], strict=True))
_VNI_BREVES = dict(zip("êéèúüë", ["\u0306" + t for t in ["", *_VNI_TONES.values()]], strict=True))
_VNI_SINGLES = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
_VNI_VOWELS = "aeouyôö"

_HIGH = re.compile("[\u00a1-\u00ff]")
_STRANGE = re.compile("[\u00a1-\u00ff](?<![ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý])")
"""Signs of Latin-1 that are no letters of Vietnamese."""

_SURE = re.compile("[\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
"""Letters of Vietnamese that no encoding of before Unicode is mistaken for."""

_LETTER = "[A-Za-z\u00a1-\u00ff\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
_WORD = re.compile(rf"(?<![0-9]){_LETTER}{{2,}}(?![0-9])")

_CLEAR_SHARE, _CLEAR_LEAD = 0.75, 0.7
"""A reading must spell three of four words, and the next best at most seven for its ten."""

_DIFFERENT_TEXTS = 5
"""Texts that must tell where every letter is one that Vietnamese has in Unicode too."""


@lru_cache(maxsize=10_000)
def decode_tcvn3(text: str) -> str:
    """A text of a TCVN3 font in Unicode; capitals with tones are restored where all are capitals.

    Raises
    ------
    ValueError
        A sign in it is none of the encoding.
    """
    found = "".join(_TCVN3.get(sign, sign) for sign in text)
    if foreign := _foreign(text, _TCVN3):
        raise ValueError(foreign)
    return _with_capitals(found, text)


def _foreign(text: str, known: dict[str, str]) -> str:
    return next((c for c in text if "\u00a1" <= c <= "\u00ff" and c not in known), "")


def _with_capitals(found: str, written: str) -> str:
    """Capitals for the small letters that capital words were written with: ``BáO`` is ``BÁO``."""
    plain = [c for c in written if c.isascii() and c.isalpha()]
    if len(plain) > 1 and all(c.isupper() for c in plain):
        return found.upper()
    return re.sub(r"[^\W\d_]+", lambda word: _capital_word(word[0]), found)


def _capital_word(word: str) -> str:
    plain = [c for c in word if c.isascii()]
    return word.upper() if len(plain) > 1 and all(c.isupper() for c in plain) else word


@lru_cache(maxsize=10_000)
def decode_vni(text: str) -> str:
    """A text of a VNI font in Unicode (NFC).

    Raises
    ------
    ValueError
        A sign in it is none of the encoding, or stands where it cannot.
    """
    made: list[str] = []
    previous = ""
    for sign in text:
        small = sign.lower()
        mark = _VNI_TONES.get(small, "")
        if not mark and previous in ("a", "e", "o"):
            mark = _VNI_HATS.get(small, "")
        if not mark and previous == "a":
            mark = _VNI_BREVES.get(small, "")
        if mark and previous and previous in _VNI_VOWELS:
            made.append(mark)
            previous = ""
            continue
        letter = _VNI_SINGLES.get(small, "")
        if not letter and "\u00a1" <= sign <= "\u00ff":
            raise ValueError(sign)
        made.append((letter.upper() if sign.isupper() else letter) or sign)
        previous = small
    return unicodedata.normalize("NFC", "".join(made))


DECODERS = {TCVN3: decode_tcvn3, VNI: decode_vni}
"""How text that was read as Latin-1 is decoded."""


def font_encoding(font: str) -> str:
    """The encoding that a font is made for; empty for Unicode."""
    if font.lower().startswith(".vn"):
        return TCVN3
    return VNI if font.lower().startswith(("vni-", "vni ")) else ""


def capital_font(font: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals, as .VnTimeH."""
    return font.lower().startswith(".vn") and font.endswith("H")


def is_high(text: str) -> bool:
    """Whether a text may be in an old encoding: it has signs of Latin-1, and none of Unicode."""
    return not text.isascii() and bool(_HIGH.search(text)) and not _SURE.search(text)


@lru_cache(maxsize=10_000)
def is_unicode(text: str) -> bool:
    """Whether a text has letters that only Unicode has."""
    return not text.isascii() and bool(_SURE.search(text))


class Evidence:
    """How many words are spelt right, in each reading of texts."""

    def __init__(self) -> None:
        self.words = self._strange = self._unicode = self._tcvn3 = self._vni = 0
        self._texts: set[str] = set()

    @property
    def spelt(self) -> dict[str, int]:
        """How many words are spelt right by encoding, as Unicode under the empty text."""
        return {"": self._unicode, TCVN3: self._tcvn3, VNI: self._vni}

    def add(self, text: str) -> None:
        """Count the words of a text that have other than plain letters.

        Words beside figures (``8×12``) and single signs (``½``) tell nothing.
        """
        counts = _counts(text)
        self._count(*counts)
        if counts[0] and len(self._texts) < _DIFFERENT_TEXTS:
            self._texts.add(text)

    def _count(self, words: int, strange: int, unicode: int, tcvn3: int, vni: int) -> None:
        self.words += words
        self._strange += strange
        self._unicode += unicode
        self._tcvn3 += tcvn3
        self._vni += vni

    def add_all(self, other: Evidence) -> None:
        """Count what another has counted."""
        self._count(other.words, other._strange, *other.spelt.values())
        self._texts |= other._texts

    @property
    def spelt_old(self) -> bool:
        """Whether any word may be of an old encoding."""
        return bool(self.spelt[TCVN3] or self.spelt[VNI])

    def clear(self) -> str:
        """The old encoding that clearly wins; empty where none does.

        A few words of letters that Vietnamese has in Unicode too are too little to tell, however
        often they stand there.
        """
        best = max((TCVN3, VNI), key=lambda encoding: self.spelt[encoding])
        most = self.spelt[best]
        others = max(count for encoding, count in self.spelt.items() if encoding != best)
        wins = most >= _CLEAR_SHARE * self.words and others <= _CLEAR_LEAD * most
        enough = len(self._texts) >= _DIFFERENT_TEXTS or self._strange
        return best if most and wins and enough else ""

    def clear_unicode(self, rival: int) -> bool:
        """Whether the texts are clearly Unicode as they are, where another reading spells some."""
        spelt = self.spelt[""]
        return 0 < _CLEAR_SHARE * self.words <= spelt and rival <= _CLEAR_LEAD * spelt

    def possible(self, encoding: str) -> bool:
        """Whether the texts may well be in an encoding that others beside them are in."""
        most = max(self.spelt.values())
        return self.spelt[encoding] == most and self.spelt[encoding] >= _CLEAR_SHARE * self.words


@lru_cache(maxsize=10_000)
def _counts(text: str) -> tuple[int, int, int, int, int]:
    """Words with other than plain letters, those of them with strange signs, and those spelt.

    The last three are those spelt right as Unicode, TCVN3 and VNI.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    found = [spelt_in(word) for word in words]
    unicode, tcvn3, vni = (sum(each in ways for ways in found) for each in ("", TCVN3, VNI))
    strange = sum(bool(_STRANGE.search(word)) for word in words)
    return len(words), strange, unicode, tcvn3, vni


@lru_cache(maxsize=20_000)
def spelt_in(word: str) -> tuple[str, ...]:
    """The readings in which a word can be a syllable: empty text for Unicode, else the encoding."""
    found = [""] if is_syllable(word) else []
    for encoding, decode in DECODERS.items():
        try:
            decoded = decode(word)
        except ValueError:
            continue
        if is_syllable(decoded):
            found.append(encoding)
    return tuple(found)
