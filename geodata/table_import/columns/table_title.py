"""The title of a table among the lines above it, and what it names where its columns do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from geodata.table_import.columns.period_words import find_periods
from geodata.table_import.layout_records import TableLayout
from geodata.vietnamese_names import normalise

FORM_NAME = re.compile(
    r"(?:phụ lục|phụ biểu|biểu|bảng|mẫu(?: biểu)?)\s*(?:số\s*)?[:.]?\s*[0-9ivx]+[a-z]?"
    r"(?:[.\-/][0-9a-z]+)*\s*[.:]?"
)
"""A line that is nothing but the number of a form or an annex, in small letters."""

ANNEXED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo\b")
"""How a line begins that annexes a table to a document, in small letters."""

SIGNED = re.compile(r"[^,()\d]{2,40},\s*ngày\b")
"""How a line begins that tells where and when a document was signed, in small letters."""

_NO_TITLE = re.compile(
    r"ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|cộng hòa|cộng hoà|độc lập|sở "
    r"|cục |phòng |chi cục|đơn vị tính|đvt|số\s*:|số\s*[\d.… ]*/"
)
"""How lines begin that name an office, the state, a document's number or the unit of measure."""

_FORM = re.compile(
    r"^(?:biểu|bảng|phụ lục|phụ biểu|mẫu)\s*(?:số\s*)?[0-9ivx.:/-]*[a-z]?\s*[.:]?\s*"
    r"|\bđơn vị tính\s*:.*|\bđvt\s*:.*|\bcó đến\b|\btính đến\b|\([^)]*\)"
    r"|\b(?:báo cáo|tổng hợp|kết quả|tình hình|thống kê|số liệu|danh sách)\b"
)
# From here on a title says of which units it is, or how they are ordered.
_OF_UNITS = re.compile(
    r"\b(?:chia|phân|xếp)\s+theo\b.*|\btheo\s+(?:đơn vị|xã|huyện|địa bàn)\b.*"
    r"|\b(?:của\s+)?(?:các|từng)\s+(?:xã|phường|huyện|đơn vị|địa phương)\b.*"
    r"|\b(?:trên|thuộc|tại)\s+(?:địa bàn|tỉnh|huyện)\b.*|\b(?:tỉnh|huyện|thành phố|thị xã)\s+\S.*"
)


def _no_title(words: str) -> bool:
    """Whether a line in small letters is part of the letterhead, and not what the table is of."""
    begins = (_NO_TITLE, ANNEXED, SIGNED)
    return any(each.match(words) for each in begins) or bool(FORM_NAME.fullmatch(words))


def table_title(layout: TableLayout) -> str:
    """The first line above a table that says what it is of; its file's name without one."""
    lines = (normalise(line) for line in layout.letterhead)
    titles = (line for line in lines if line and not _no_title(line.lower()))
    return next(titles, PurePath(layout.file).stem)


def titles_of(letterhead: Iterable[str]) -> tuple[str, ...]:
    """What each line above a table names: in small letters, without periods, units, title words.

    ``BIỂU 1. DÂN SỐ CÁC XÃ NĂM 2025`` names ``dân số``; the lines of a letterhead name nothing.
    """
    return tuple(dict.fromkeys(filter(None, map(_title, letterhead))))


def _title(line: str) -> str:
    words = normalise(line).lower()
    if _no_title(words):
        return ""
    # Periods first: they may stand behind the units.
    left = find_periods(_FORM.sub(" ", words))[1]
    left = _OF_UNITS.sub(" ", left)
    return normalise(left).strip(" ,;:-–.")
