"""Vietnamese texts as files of before Unicode hold them, for tests."""

from __future__ import annotations

import unicodedata

from geodata.readers.legacy_encodings import _TCVN3

AS_TCVN3 = {letter: sign for sign, letter in _TCVN3.items()}
HATS = {"\u0302": "â", "\u0306": "ê"}
TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
BOTH = {"\u0302": "áàåãä", "\u0306": "éèúüë"}
SINGLES = dict(zip("íìỉĩịơưỵđĐ", "íìæóòôöîñÑ", strict=True))


def in_tcvn3(text: str) -> str:
    """A text as a TCVN3 font holds it; capitals with tones become small letters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(AS_TCVN3.get(c, AS_TCVN3.get(c.lower(), c)) for c in composed)


def in_vni(text: str) -> str:
    """A text as a VNI font holds it, letter by letter as the table of the font's maker says."""
    made = ""
    for letter in unicodedata.normalize("NFC", text):
        single = _single(letter)
        if single or letter.isascii():
            made += single or letter
            continue
        base, *marks = unicodedata.normalize("NFD", letter)
        hat = next((m for m in marks if m in HATS), "")
        tone = next((m for m in marks if m in TONES), "")
        if hat and tone:
            sign = BOTH[hat][list(TONES).index(tone)]
        else:
            sign = HATS[hat] if hat else TONES[tone] if tone else ""
        if "\u031b" in marks:
            base = _single(unicodedata.normalize("NFC", base + "\u031b"))
        made += base + (sign.upper() if letter.isupper() else sign)
    return made


def _single(letter: str) -> str:
    """The one sign of a letter that has no sign of its own for tone or mark; empty for others."""
    sign = SINGLES.get(letter) or SINGLES.get(letter.lower(), "")
    return sign.upper() if letter.isupper() else sign
