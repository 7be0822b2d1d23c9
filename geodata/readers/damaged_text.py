"""Text that was damaged on its way: told by the traces damage leaves, and refused with its cell."""

from __future__ import annotations

import re

from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.vietnamese_spelling import strange_sign, without_lookalikes

_MOJIBAKE = re.compile("[\u00c2-\u00f4\u0100-\u0178][\u0080-\u00bf\u0152-\u2122]")
"""What a letter of two or three bytes of UTF-8 becomes when each byte is taken for a letter."""

_LOST_BLANK = re.compile(r"Ã(?!\w)")
"""What is left of an ``à`` whose second byte, a blank that does not break, was trimmed."""

_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8});")
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
_LOST_LETTER = re.compile(r"[^\W\d_]\?+[^\W\d_]")
_ALL_CAPITALS = re.compile(r"[A-Z]{2}")

_UNDEFINED = "\u0081\u008d\u008f\u0090\u009d"

_AS_SAVED = Message("Save the file anew from where it was first made, as a workbook or CSV UTF-8")
_WRITE_ANEW = Message("Write the cell anew")


def text_damage(text: str, *, beside_damage: bool = False) -> Localised | None:
    """What is wrong with a text; None where it shows no trace of damage.

    The traces are U+FFFD, UTF-8 taken for Latin-1 or windows-1252, entities of HTML, escapes of
    XML (``_x000D_``), and a question mark within a word.

    Parameters
    ----------
    beside_damage
        Whether another cell of the column is UTF-8 taken for something else: ``NÃ CÃ`` is then
        ``Nà Cà``, which by itself may be a name in capitals.
    """
    if text.isascii() and not any(sign in text for sign in "&_?"):
        return None
    if "\ufffd" in text:
        return Message("Letters of the text were lost")
    if is_mojibake(text) or (beside_damage and _LOST_BLANK.search(text)):
        return Message("The text is UTF-8 that was taken for another encoding")
    if _ENTITY.search(text):
        return Message("The text has letters written as HTML")
    if _ESCAPE.search(text):
        return Message("The text has line ends written as a code")
    if _LOST_LETTER.search(text):
        return Message("Letters of the text became question marks")
    return None


def is_mojibake(text: str) -> bool:
    """Whether a text is UTF-8 whose bytes were taken for letters (``ThÃ´n``)."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return False
    if text.isupper() and _ALL_CAPITALS.search(text):
        # A capital with a tilde before a space that does not break: XÃ BAN.
        return False
    pieces = (text, *text.split(" "))
    return any(_is_bytes_of_utf8(piece) for piece in pieces if _MOJIBAKE.search(piece))


def _is_bytes_of_utf8(text: str) -> bool:
    try:
        # Five bytes have no letter in windows-1252, and stay the control characters of Latin-1.
        raw = b"".join(c.encode("latin-1" if c in _UNDEFINED else "cp1252") for c in text)
        return bool(raw.decode("utf-8"))
    except UnicodeError:
        return False


def verify_text(where: str, text: str, *, beside_damage: bool = False) -> None:
    """Refuse a text that was damaged; see `text_damage`.

    Raises
    ------
    FileFault
        It was; the message names the place.
    """
    if damage := text_damage(text, beside_damage=beside_damage):
        raise FileFault(damage, found=text, remedy=_AS_SAVED, where=where)


def verify_letters(where: str, text: str) -> None:
    """Refuse a text whose letters were lost or doubled, whatever signs else stand in it.

    For cells with addresses and quotes, in which question marks and entities are no damage.

    Raises
    ------
    FileFault
        They were; the message names the place.
    """
    if not text.isascii() and ("\ufffd" in text or is_mojibake(text)):
        verify_text(where, text)


def verify_name(where: str, text: str, *, beside_damage: bool = False) -> None:
    """Refuse a name that was damaged, or has a sign that no name in the country is written with.

    Raises
    ------
    FileFault
        It was, or has; the message names the place.
    """
    verify_text(where, text, beside_damage=beside_damage)
    if sign := strange_sign(without_lookalikes(text)):
        raise FileFault(
            Message("The name has a sign that no name is written with: {sign}", sign=sign),
            found=text,
            remedy=_WRITE_ANEW,
            where=where,
        )
