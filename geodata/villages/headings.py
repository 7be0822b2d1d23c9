"""What the columns of a table of villages hold, by their headings as offices write them."""

from __future__ import annotations

import re

from geodata.vietnamese_names import fold

COLUMN_HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("ten", "name", "village", "ten don vi"),
    "kind": ("loai", "loai thon ban", "kind"),
    "commune": ("xa", "ma xa", "ten xa", "xa phuong", "ten xa phuong", "thuoc xa", "commune",
                "commune code"),
    "x": ("x", "toa do x", "lon", "long", "lng", "longitude", "kinh do", "dong", "easting"),
    "y": ("y", "toa do y", "lat", "latitude", "vi do", "bac", "northing"),
    "population": ("dan so", "so dan", "nhan khau", "so nhan khau", "so khau", "khau", "so nguoi",
                   "population"),
    "households": ("so ho", "ho", "so ho dan", "ho gia dinh", "so ho gia dinh", "households"),
    "joined": ("nhap vao", "sap nhap vao", "thon ban moi", "ten moi", "merged into", "joined"),
}  # fmt: skip
"""What a column may be, by the folded words of its heading."""

GEOGRAPHIC_HEADINGS = frozenset(
    {"lon", "long", "lng", "longitude", "kinh do", "lat", "latitude", "vi do"}
)
"""Headings that say the numbers below are degrees."""

_LONGEST_HEADING = 500
_WORDS_OF_NAMES = frozenset("ten thon ban to dan pho khu lang ap buon bon xom cua hoac va".split())  # noqa: SIM905
_KINDS_IN_NAMES = frozenset({"thon", "ban", "pho", "khu", "lang", "ap", "buon", "bon", "xom"})
_TOTAL = re.compile(r"(?:tong so|tong cong|tong) ")
_AN_ASIDE = re.compile(
    r"(?:tinh |co )?(?:den|nam|ngay|thoi diem)\b.*|nguoi|ho|khau|do|met|m|[0-9 ]+|don vi tinh.*"
)
"""What may stand behind a heading without changing what it means: a day or a unit of measure."""

_PLAIN_GROUPS = re.compile(
    r"quy mo|hien trang|thong tin(?: chung)?|so lieu|dan so(?: va)?(?: so)?(?: ho)?|tong so"
    r"|toa do.*|vi tri.*|hien tai|chia ra|ho va nhan khau|so ho so khau|so ho nhan khau"
)
"""Headings over several columns that add nothing to what these are."""


def field_of(path: tuple[str, ...]) -> str:
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
    return next((field for text in _readings(last) if (field := _field(text))), "")


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


def _field(text: str) -> str:
    for field, headings in COLUMN_HEADINGS.items():
        if text in headings:
            return field
    words = set(text.split())
    named = words <= _WORDS_OF_NAMES and words & _KINDS_IN_NAMES and text != "khu"
    return "name" if named else ""


def is_geographic(heading: str) -> bool:
    """Whether a heading says that its column holds degrees."""
    return any(text in GEOGRAPHIC_HEADINGS for text in _readings(heading))
