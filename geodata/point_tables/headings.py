"""What the columns of a list hold, by their headings as offices write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geodata.i18n import Message
from geodata.vietnamese_names import fold

EAST_HEADINGS = ("x", "toa do x", "lon", "long", "lng", "longitude", "kinh do", "dong", "easting")
NORTH_HEADINGS = ("y", "toa do y", "lat", "latitude", "vi do", "bac", "northing")
COMMUNE_HEADINGS = ("xa", "ma xa", "ten xa", "xa phuong", "ten xa phuong", "thuoc xa", "commune",
                    "commune code")  # fmt: skip

ORDINAL_HEADINGS = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
"""Headings over the numbers of rows."""

GEOGRAPHIC_HEADINGS = frozenset(
    {"lon", "long", "lng", "longitude", "kinh do", "lat", "latitude", "vi do"}
)
"""Headings that say the numbers below are degrees."""

_LONGEST_HEADING = 500
_TOTAL = re.compile(r"(?:tong so|tong cong|tong) ")
_AN_ASIDE = re.compile(
    r"(?:tinh |co )?(?:den|nam|ngay|thoi diem)\b.*|nguoi|ho|khau|do|met|m|[0-9 ]+|don vi tinh.*"
    r"|(?:he )?vn ?2000.*|wgs ?84|utm.*|ktt .*|kinh tuyen .*|mui .*|do thap phan|thap phan"
)
"""What may stand behind a heading without changing what it means: a day, a unit of measure, the
system of the coordinates."""

_PLAIN_GROUPS = re.compile(
    r"quy mo|hien trang|thong tin(?: chung)?|so lieu|dan so(?: va)?(?: so)?(?: ho)?|tong so"
    r"|toa do.*|vi tri.*|hien tai|chia ra|ho va nhan khau|so ho so khau|so ho nhan khau"
)
"""Headings over several columns that add nothing to what these are."""


@dataclass(frozen=True, slots=True)
class ListVocabulary:
    """What a kind of list calls its columns.

    Parameters
    ----------
    headings
        Folded headings by field; the field ``name`` is the one that every list has.
    is_name
        Whether other folded words head the column of names.
    telling
        Fields of which a row of the list holds at least one; a heading of a group holds none.
    without_names
        What is said where no column holds names.
    example
        Headings that would have been understood as names.
    """

    headings: Mapping[str, tuple[str, ...]]
    is_name: Callable[[str], bool]
    telling: tuple[str, ...]
    without_names: Message
    example: Message

    def field_of(self, path: tuple[str, ...]) -> str:
        """The field that a column holds; empty where its heading tells none.

        Parameters
        ----------
        path
            Its headings from top to bottom. Those over others count only if they add nothing: ``Hộ
            nghèo`` over ``Số hộ`` is not the number of households.
        """
        *above, last = path or ("",)
        if sum(map(len, path)) > _LONGEST_HEADING:
            return ""
        if any(not _PLAIN_GROUPS.fullmatch(fold(text)) for text in above if fold(text)):
            return ""
        return next((field for text in _readings(last) if (field := self._field(text))), "")

    def _field(self, text: str) -> str:
        for field, headings in self.headings.items():
            if text in headings:
                return field
        return "name" if text and self.is_name(text) else ""


def _readings(heading: str) -> list[str]:
    """The heading, and what is left of it without a day or a unit of measure behind."""
    whole = fold(heading)
    found = [whole]
    for start, rest in (heading.partition("(")[::2], heading.partition(",")[::2]):
        aside = fold(rest)
        if rest and all(_AN_ASIDE.fullmatch(part) for part in _parts(rest)) and aside:
            found.append(fold(start))
    return [text for each in found for text in (each, _TOTAL.sub("", each, count=1))]


def _parts(text: str) -> list[str]:
    return [part for part in map(fold, re.split("[,;()]", text)) if part]


def is_geographic(heading: str) -> bool:
    """Whether a heading says that its column holds degrees."""
    return any(text in GEOGRAPHIC_HEADINGS for text in _readings(heading))
