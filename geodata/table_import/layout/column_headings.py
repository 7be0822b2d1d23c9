"""What the heading of a column says of its role, in Vietnamese and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from geodata.table_import.layout_records import ColumnRole
from geodata.vietnamese_names import without_diacritics

_UNITS = (
    r"(?:xã|phường|thị trấn|đặc khu|thôn|bản|tổ dân phố|tdp|tổ|khu phố|khu|xóm|ấp|buôn|làng|đơn vị"
    r"|đvhc|địa phương|địa bàn|hành chính|cấp xã|commune|ward|village|unit|area|admin"
    r"|administrative)"
)
_UPPER = r"(?:huyện|quận|thị xã|thành phố|tỉnh|tp|tx|district|province|county)"
_TIME = r"(?: (?:cũ|mới|trước sắp xếp|sau sắp xếp|trước sáp nhập|sau sáp nhập|trước đây|hiện nay))?"

_ROLES: tuple[tuple[ColumnRole, str], ...] = (
    ("ordinal", r"s?tt|số tt|số thứ tự|thứ tự|no|nr"),
    ("code", rf"(?:mã|mã số)(?: (?:tctk|gso|định danh|{_UNITS}))*{_TIME}"
             rf"|(?:(?:gso|{_UNITS}) )*(?:code|id|pcode)|ref area|geo"),
    ("indicator", r"(?:tên |mã |các )?chỉ tiêu(?: thống kê)?|indicators?(?: (?:name|code|id))?"),
    ("period", r"kỳ|năm|quý|tháng|thời kỳ|(?:kỳ|năm) (?:số liệu|báo cáo)|thời điểm"
               r"|periods?|years?|quarters?|months?|time period"),
    ("status", r"trạng thái|loại số liệu|tình trạng số liệu|(?:obs )?status"),
    ("parent", rf"(?:tên |old |new |former )?(?:thuộc )?{_UPPER}(?: {_UPPER})*{_TIME}(?: name)?"),
    ("x", r"(?:t(?:ọa|oạ) độ )?(?:x|kinh độ)(?: m)?|t(?:ọa|oạ) độ đông|lon|lng|longitude|easting"),
    ("y", r"(?:t(?:ọa|oạ) độ )?(?:y|vĩ độ)(?: m)?|t(?:ọa|oạ) độ bắc|lat|latitude|northing"),
)  # fmt: skip

_NAME = (
    rf"(?:tên|danh mục|danh sách)(?: (?:các|gọi|{_UNITS}|{_UPPER}))*{_TIME}"
    rf"|{_UNITS}(?: (?:và )?(?:{_UNITS}|{_UPPER}))*(?: name)?{_TIME}"
    r"|name(?: of)?(?: the)?(?: (?:commune|ward|village|district|unit))?"
)
_VILLAGE = (
    r"(?:tên )?(?:thôn|bản|tổ dân phố|tdp|khu phố|xóm|ấp|buôn|làng)"
    r"(?: (?:và )?(?:thôn|bản|tổ dân phố|tổ|tdp|khu phố|khu|xóm|ấp|buôn|làng))*|villages?(?: name)?"
)
_KIND_WORDS = (
    r"xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|thôn|bản|tổ dân phố|khu phố"
    r"|tt|p|x|tdp|tổ|khu|tiểu khu|ấp|xóm|buôn|làng|commune|ward|township|village"
)
_NOT_ADDED = re.compile(
    r"%|tỷ lệ|tỉ lệ|tỷ trọng|bình quân|trung bình|mật độ|tốc độ|chỉ số|hệ số|tỷ số|tỉ số"
    r"|\bso (?:với )?(?:kh|ck|cùng|kế)\b"
    r"|\b(?:rates?|ratio|share|per|density|average|mean|index)\b",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[^0-9\w]+|_+")


def _patterns(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for headings with their marks, and one for headings written without any."""
    return re.compile(pattern), re.compile(without_diacritics(pattern))


_BY_ROLE = tuple((role, _patterns(pattern)) for role, pattern in _ROLES)
_NAMES, _VILLAGES = _patterns(_NAME), _patterns(_VILLAGE)
_KINDS = _patterns(_KIND_WORDS.replace(" ", " ?"))
_CODE = re.compile(r"\b(?:mã|code|id|pcode)\b|^ma\b", re.IGNORECASE)
_OF_UNITS = re.compile(
    r"\b(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|thôn|bản|tổ dân phố|xóm|ấp"
    r"|hành chính|communes?|wards?|districts?|villages?|provinces?|xa|phuong|huyen|thon)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:năm|nam|ngày|year|date)\b(?!.*\d{4})", re.IGNORECASE)


def _is(text: str, patterns: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    # Marks tell apart what no other sign does: "Năm" is a year and "Nam" are men.
    words = _PUNCTUATION.sub(" ", text.lower()).strip()
    marked, plain = patterns
    return bool(words) and bool((plain if words.isascii() else marked).fullmatch(words))


@lru_cache(maxsize=4096)
def _named_role(text: str) -> ColumnRole | None:
    return next((role for role, patterns in _BY_ROLE if _is(text, patterns)), None)


def role_by_heading(path: Sequence[str]) -> ColumnRole | None:
    """The role that the lowest text of a header names; None where it names none."""
    return _named_role(path[-1]) if path else None


def names_units(path: Sequence[str]) -> bool:
    """Whether a heading says that the names of units stand below it: ``Tên xã, phường``."""
    return bool(path) and _heads_names(path[-1])


@lru_cache(maxsize=4096)
def _heads_names(text: str) -> bool:
    return _is(text, _NAMES)


def speaks_of_units(path: Sequence[str]) -> bool:
    """Whether a heading names a kind of unit: ``Tên xã``; ``Đơn vị`` may also be kilograms."""
    return bool(path) and bool(_OF_UNITS.search(path[-1]))


def speaks_of_codes(path: Sequence[str]) -> bool:
    """Whether the lowest text of a header speaks of a code, be it of something else than units."""
    return bool(path) and bool(_CODE.search(path[-1].replace("_", " ")))


def speaks_of_years(path: Sequence[str]) -> bool:
    """Whether the lowest text of a header says that years stand below it: ``Năm hoàn thành``."""
    return bool(path) and bool(_YEAR.search(path[-1]))


def names_villages(path: Sequence[str]) -> bool:
    """Whether a heading says that the names of villages alone stand below it: ``Tên thôn, bản``."""
    return bool(path) and _is(path[-1], _VILLAGES)


def is_kind_word(text: str) -> bool:
    """Whether a cell is nothing but the word for a kind of unit: ``Phường``."""
    return _is(text, _KINDS)


def adds_up(path: Sequence[str]) -> bool:
    """Whether, by its heading, figures of a column are counts or amounts, which can be added."""
    return not any(_NOT_ADDED.search(text.replace("_", " ")) for text in path)
