"""What the texts around a table say of its signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geodata.table_import.layout_records import DashReading

_DASH_NOTE = re.compile(r"[“\"'(«]\s*[-–—]\s*[”\"')»]\s*[:=]?\s*(?:là\s+)?(?P<meaning>[^;.]+)")
_UNKNOWN = ("số liệu", "thông tin", "thống kê", "thu thập")
_NONE = ("không phát sinh", "không có", "bằng 0", "bằng không")


_FOOT = re.compile(
    r"\(?(?:ghi chú|chú thích|chú giải|nguồn|lưu ý|nơi nhận|người lập|ký|thủ trưởng|chủ tịch|tm\."
    r"|kt\.|phó chủ tịch|giám đốc|cục trưởng|kế toán|xác nhận|notes?|source|prepared by)(?!\w).*"
    r"|.{0,40}\bngày\s.{1,12}tháng\s.{1,12}năm\b.*|\(?\*{1,3}\)?\s.*",
    re.IGNORECASE | re.DOTALL,
)


def is_foot(text: str) -> bool:
    """Whether a text is a note, a signature, or place and date before one."""
    return bool(_FOOT.fullmatch(text))


def dash_reading(texts: Iterable[str]) -> tuple[DashReading, str]:
    """What a dash says by a note of the table, and the note's words.

    ``“-”: không phát sinh`` is zero, ``“-”: chưa có số liệu`` is missing; without a note a dash is
    missing.
    """
    for text in texts:
        found = _DASH_NOTE.search(text)
        if not found:
            continue
        meaning = found["meaning"].lower()
        if any(word in meaning for word in _UNKNOWN):
            return "missing", text
        if any(word in meaning for word in _NONE):
            return "zero", text
    return "missing", ""
