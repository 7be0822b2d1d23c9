"""The headers of a table without their times, by which a form is known again next year."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable

from geodata.table_import.layout_records import TableLayout
from geodata.vietnamese_names import normalise

_MARK = "#"
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d(?!\d)",
        r"(?<!\d)\d{1,2}\s*[/.-]\s*(?:19|20)\d\d(?!\d)",
        r"(?<!\d)(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?(?!\d)",
        r"(?<=\bquý)\s+(?:iv|i{1,3}|[1-4])\b",
        r"(?<=\btháng)\s+(?:0?[1-9]|1[0-2])\b",
        r"\b(?:0?[1-9]|1[0-2])(?=\s*tháng\b)",
        r"\b(?:0?[1-9]|1[0-2])(?=\s*t\b)",
    )
)

HeaderKey = tuple[str, int]
"""A header without its times, and which it is of several that are the same without them."""


def without_times(heading: str) -> str:
    """A heading in small letters with a mark for each year, month, quarter and day."""
    text = normalise(heading).lower()
    for pattern in _TIMES:
        text = pattern.sub(_MARK if pattern.pattern.startswith("(?<!") else f" {_MARK}", text)
    return normalise(text)


def header_keys(layout: TableLayout) -> dict[int, HeaderKey]:
    """The header of each column of a table, by the column's number.

    Headers that differ in their times alone are counted from the earliest on, so that ``TH 2025``
    and ``TH 2026`` of one table are ``TH 2026`` and ``TH 2027`` of the next, in either order.
    """
    same: dict[str, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
    for column in layout.columns:
        if column.path and column.role != "empty":
            numbers = tuple(map(int, re.findall(r"\d+", column.heading)))
            # The year weighs most: "6T 2025" stands before "3T 2026".
            order = tuple(sorted(numbers, reverse=True))
            same[without_times(column.heading)].append((order, column.number))
    return {
        number: (heading, place)
        for heading, columns in same.items()
        for place, (_, number) in enumerate(sorted(columns), 1)
    }


def fingerprint_of(headers: Iterable[HeaderKey]) -> str:
    """Hash of a set of headers, as hexadecimal text."""
    listed = sorted([heading, place] for heading, place in headers)
    text = json.dumps(listed, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
