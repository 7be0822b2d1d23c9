"""Names in the encodings of before Unicode: told apart and refused.

TCVN 5712 (.VnTime) and VNI put Vietnamese letters where Latin-1 has other signs. Read as Latin-1,
such text shows signs that no Vietnamese name has.
"""

from __future__ import annotations

from geodata.i18n import Message

_TCVN3 = frozenset("µ¸¶·¹¨»¾¼½Æ©Ç®ªÕÖ×Ø¬Ü­¦§¡¢£¤¥«")
_VNI = frozenset("ûïëäåöüñøîÛÏËÄÅÖÜÑØÎ")

REMEDY = Message("Convert the file to Unicode (UniKey: Ctrl+Shift+F6) and save it as UTF-8")


def detect_legacy_encoding(text: str) -> str:
    """``TCVN3`` or ``VNI`` where the text seems to be written so; empty for Unicode."""
    if sum(char in _TCVN3 for char in text) > sum(char in _VNI for char in text):
        return "TCVN3 (.VnTime)"
    return "VNI" if any(char in _VNI for char in text) else ""
