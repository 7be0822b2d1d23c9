"""Marks that a table's notes explain as estimates: ``(*) ước tính``, ``(1) Số sơ bộ``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geodata.table_import.layout.cell_values import split_mark
from geodata.vietnamese_names import normalise

_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_NOTE = re.compile(
    r"(?<![\w*])[(\[]?(?P<mark>\*{1,3}|[1-9]|[¹²³⁴⁵⁶⁷⁸⁹])[)\]]?\s*[:=–-]?\s*(?:là\s+)?"
    r"(?:số\s+)?(?:liệu\s+)?(?:ước|sơ bộ|tạm tính|dự ước|estimate|provisional|preliminary)"
)


def estimate_marks(texts: Iterable[str]) -> frozenset[str]:
    """The marks, without brackets, that texts around a table explain as estimates."""
    return frozenset(
        found["mark"].translate(_RAISED)
        for text in texts
        for found in _NOTE.finditer(normalise(text).lower())
    )


def bears_mark(text: str, marks: frozenset[str]) -> bool:
    """Whether a text ends in one of some marks."""
    if not marks:
        return False
    mark = split_mark(normalise(text))[1].strip("()[] ")
    return mark.translate(_RAISED) in marks
