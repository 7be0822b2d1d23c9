"""What the lines above a table say of the document it belongs to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress

from geodata.table_import.column_records import TableSource
from geodata.table_import.columns.table_title import ANNEXED, FORM_NAME, SIGNED, table_title
from geodata.table_import.layout_records import TableLayout
from geodata.vietnamese_names import normalise

_NUMBER = re.compile(r"\bsố\s*:?\s*(?P<number>\d+[a-z]?/[\w.-]*[^\W\d_][\w./&-]*)", re.IGNORECASE)
_DAY = re.compile(
    r"\bngày\s+(?P<d>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+năm\s+)(?P<y>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*\)?\s*$", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|sở|cục|chi cục|phòng|ban|văn phòng|trung tâm)\s",
    re.IGNORECASE,
)
LONGEST_ISSUER = 120
"""Characters of the name of an office; a longer text is a sentence."""


def stated_document(layout: TableLayout) -> TableSource:
    """The document of a table as its letterhead states it, to be proposed to a person.

    A line that annexes the table to a document ("Kèm theo Báo cáo số … ngày … của …") goes before
    the letterhead's own number, day and office. The title is that of the table.

    Returns
    -------
    TableSource
        What is not stated is empty; the title is the file's name where no line is one.
    """
    lines = [normalise(line) for line in layout.letterhead]
    annexed = [line for line in lines if ANNEXED.match(line.lower())]
    return TableSource(
        title=table_title(layout),
        number=next(_numbers([*annexed, *lines]), ""),
        issuer=next(_issuers(annexed, lines), ""),
        date=next(_days([*annexed, *(line for line in lines if SIGNED.match(line.lower()))]), ""),
        page=next((line.rstrip(" .:") for line in lines if FORM_NAME.fullmatch(line.lower())), ""),
    )


def _numbers(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if found := _NUMBER.search(line):
            yield found["number"].rstrip(".,-/")


def _days(lines: list[str]) -> Iterator[str]:
    for line in lines:
        for found in _DAY.finditer(line):
            with suppress(ValueError):  # A day that no month has.
                yield dt.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()


def _issuers(annexed: list[str], lines: list[str]) -> Iterator[str]:
    """The office after "của", else the lowest office of the letterhead."""
    for line in annexed:
        if (found := _BY.search(line)) and len(found["issuer"]) <= LONGEST_ISSUER:
            yield found["issuer"]
    own = [line for line in lines if _OFFICE.match(line) and len(line) <= LONGEST_ISSUER]
    yield from reversed(own)
