"""What a cell of an office's sheet can be, judged from the cell alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from geodata.measure_units import read_measure
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.layout.cell_values import is_marker, number_words

CellKind = Literal["empty", "number", "marker", "position", "date", "total", "long", "label"]
"""``number`` is typed or written as text; ``marker`` stands in place of one; ``position`` is a
number of degrees with their signs (``103°36'12"Đ``); ``total`` are words of a sum; ``long`` is a
text no header or name has; ``label`` is any other text."""

LONGEST_LABEL = 160
"""Characters of a header or name; notes and sentences are longer."""

_MOST_DIGITS = 18

_NUMBER = re.compile(r"[-−+]?[0-9]{1,3}(?:[ .,\u00a0\u202f]?[0-9]{3})*(?:[.,][0-9]+)?|[-−+]?[0-9]+"
                     r"(?:[.,][0-9]+)?")  # fmt: skip
_TOTAL = re.compile(
    r"(?:tổng|tổng số|tổng cộng|cộng|cộng chung|chung|tổng chung)"
    r"(?:\s*[:.(\[].*|\s*(?:\(?[ivx]+\s*\+.*))?"
    r"|(?:tổng số|tổng cộng|tổng|cộng|chung|bình quân|trung bình)\s+"
    r"(?:của\s+|chung\s+)?(?:toàn|cả|huyện|tỉnh|thành phố|thị xã|khu vực|vùng|các|trên)\b.*"
    r"|(?:toàn|cả)\s+(?:tỉnh|huyện|thành phố|thị xã|vùng|quốc|nước|xã|phường|khu vực)\b.*"
    r"|tong|tong so|tong cong|cong|toan tinh|toan huyen|ca tinh|total|grand total|sub-?total",
    re.DOTALL,
)
_POSITION = re.compile(r"[A-ZĐ]{0,2}\s*[0-9]{1,3}(?:[.,][0-9]+)?\s*[°º].{0,30}")
_ROMAN = re.compile(r"(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})")
_LEADING_ORDINAL = re.compile(
    r"(?P<ordinal>[IVXL]{1,6}|[A-Z]|[0-9]{1,3})\s*[.)/\-–]\s*(?P<rest>\S.*)"
)
_COLUMN_NUMBER = re.compile(
    r"[(\[]?(?:[0-9]{1,3}[a-z]?|[A-ZĐa-zđ])[)\]]?"
    r"(?:\s*=\s*[-−–+/:*x×÷.,… %()\[\]0-9a-z]+)?"
)
_PART = re.compile(
    r"(?:[-+•*–]\s*)?(?:trong đó|chia ra|bao gồm|of which)(?!\w).*|[-+•–]\s.*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"\(?(?:ghi chú|chú thích|chú giải|chú dẫn|nguồn|lưu ý|note|source)s?(?:\s+số liệu)?\b.*[:：].*"
    r"|(?:ghi chú|chú thích|lưu ý)"
    r"|\(?\*{1,3}\)?\s*\S.*|\([1-9]\)\s*\D.*",
    re.IGNORECASE | re.DOTALL,
)


def text_kind(raw: str) -> CellKind:
    """Kind of a text."""
    if _NUMBER.fullmatch(raw):
        return "number"
    text = cell_text(raw)
    if not text:
        return "empty"
    if is_marker(text):
        return "marker"
    if len(text) > LONGEST_LABEL:
        return "long"
    if any(character.isdigit() for character in text) and _NUMBER.fullmatch(number_words(text)):
        # "1.000 người" is the unit of measure of a header.
        multiple = text.startswith(("1.000", "1,000", "1000")) and read_measure(text).known
        return "label" if multiple else "number"
    if _POSITION.fullmatch(text):
        return "position"
    if _TOTAL.fullmatch(text.lower().rstrip(" .:")):
        return "total"
    return "label"


def cell_kind(value: CellValue) -> CellKind:
    """Kind of a cell; a logical value is a label."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return text_kind(value)
    if isinstance(value, bool):
        return "label"
    if isinstance(value, int | float):
        return "number" if value == value else "empty"  # noqa: PLR0124 - NaN differs from itself
    return "date" if isinstance(value, dt.date) else "label"


def whole_number(text: str) -> int | None:
    """The number that a text of digits alone writes; None for any other.

    A raised ``¹`` is a digit but no number, nor is what has more digits than any figure.
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def is_year(value: CellValue) -> bool:
    """Whether a cell may be a year in a header: 2025, typed or as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    text = cell_text(value)
    return len(text) == 4 and 1950 <= (whole_number(text) or 0) <= 2100


def is_roman(text: str) -> bool:
    """Whether an ordinal is a Roman numeral, as groups of a table are numbered."""
    return bool(_ROMAN.fullmatch(text.strip(" .)/")))


def is_letter(text: str) -> bool:
    """Whether an ordinal is a capital letter, as sections of a table are lettered."""
    bare = text.strip(" .)/")
    return len(bare) == 1 and bare in "ABCDĐEGH"


def split_ordinal(text: str) -> tuple[str, str]:
    """A leading ordinal and the rest: ``I. Huyện Tam Đường`` gives ``I`` and the name."""
    found = _LEADING_ORDINAL.fullmatch(text)
    return (found["ordinal"], found["rest"]) if found else ("", text)


def is_column_number(text: str) -> bool:
    """Whether a text may number a column: ``A``, ``(1)``, ``4=3/2``."""
    return bool(_COLUMN_NUMBER.fullmatch(text))


def is_note(text: str) -> bool:
    """Whether a text begins a note: ``Ghi chú: …``, ``Nguồn: …``, ``(*) …``."""
    return bool(_NOTE.fullmatch(text))


def is_part(text: str) -> bool:
    """Whether a text names a part of the row above it: ``Trong đó: nữ``, ``- Dân tộc thiểu số``."""
    return bool(_PART.fullmatch(text))
