"""Words in which offices head their columns, in the form that a catalogue's names have.

Only what is the same thing in any office: short forms, spellings of one word, words that always
stand for another. What a province calls its own indicators is a matter of its catalogue.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geodata.table_import.layout.cell_values import split_mark
from geodata.vietnamese_names import match_key, normalise

_PHRASES = (
    # Phrases are replaced one after the other: short forms first, then what they are part of.
    ("đbdtts", "đồng bào dân tộc thiểu số"),
    ("dtts", "dân tộc thiểu số"),
    ("bhyt", "bảo hiểm y tế"),
    ("bhxh", "bảo hiểm xã hội"),
    ("thcs", "trung học cơ sở"),
    ("thpt", "trung học phổ thông"),
    ("ntm", "nông thôn mới"),
    ("hvs", "hợp vệ sinh"),
    ("kcb", "khám chữa bệnh"),
    ("dvmtr", "dịch vụ môi trường rừng"),
    ("xklđ", "xuất khẩu lao động"),
    ("lđ", "lao động"),
    ("bq", "bình quân"),
    ("ubnd", "ủy ban nhân dân"),
    ("sử dụng", "dùng"),
    ("trung bình", "bình quân"),
    ("tỉ lệ", "tỷ lệ"),
    ("tỉ suất", "tỷ suất"),
    ("số nhân khẩu", "dân số"),
    ("tổng nhân khẩu", "dân số"),
    ("nhân khẩu", "dân số"),
    ("số khẩu", "dân số"),
    ("tổng dân số", "dân số"),
    ("số dân", "dân số"),
    ("số người dân", "dân số"),
    ("hộ gia đình", "hộ"),
    ("hộ dân cư", "hộ"),
    ("hộ dân", "hộ"),
    ("tỷ lệ nghèo", "tỷ lệ hộ nghèo"),
    ("tỷ lệ cận nghèo", "tỷ lệ hộ cận nghèo"),
    ("độ che phủ rừng", "tỷ lệ che phủ rừng"),
    ("lượt du khách", "lượt khách du lịch"),
    ("lượt khách tham quan du lịch", "lượt khách du lịch"),
    ("tổng lượt khách", "lượt khách"),
    ("doanh thu từ du lịch", "doanh thu du lịch"),
    ("trên địa bàn", ""),
    ("thôn bản", "bản"),
    ("thôn, bản", "bản"),
    ("number of", "number"),
    ("percentage of", "share"),
    ("proportion of", "share"),
    ("poverty ratio", "poverty rate"),
    ("inhabitants", "population"),
)
# Together these mean something else than their words do one by one.
_COMPOUNDS = ("dân số", "dân tộc thiểu số", "dân tộc", "thiểu số", "bình quân")

RATE_WORDS = frozenset({"tỷ lệ", "rate", "share", "percentage", "proportion", "percent"})
"""What a name begins with that is a share of a whole."""

_QUANTITY = ("tổng số", "số lượng", "tổng", "số", "tỷ lệ", "number", "total")
_FILLERS = (
    "các", "của", "là", "được", "đã", "có", "bị", "cho", "về", "tại", "theo", "trong", "và", "dùng",
    "the", "of", "in", "a", "an", "on", "and", "with",
)  # fmt: skip
# "1. Dân số", "I. Hộ nghèo", "a) Nam": a header's own numbering.
_ORDINAL = re.compile(r"^(?:[ivx]{1,4}|[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ])\s*[.)]\s+(?=\S)")

Words = tuple[str, ...]


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")


_REPLACED = tuple((_pattern(old), new) for old, new in _PHRASES)
_JOINED = tuple((_pattern(each), each.replace(" ", "_")) for each in _COMPOUNDS)
_RATES = re.compile(r"(?<!\w)(?:tỷ lệ|rate|share|percentage|proportion|percent)(?!\w)")
_COUNTS = re.compile(r"(?<!\w)(?:tổng số|số lượng|số|number)(?!\w)")
_DROPPED = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, (*_QUANTITY, *_FILLERS, *sorted(RATE_WORDS))))})(?!\w)"
)


@lru_cache(maxsize=8192)
def office_text(text: str) -> str:
    """A heading or name in small letters with its short forms and synonyms replaced."""
    said = re.sub(r"[/–-]", " ", normalise(text).lower())
    said = normalise(said)
    for pattern, new in _REPLACED:
        said = pattern.sub(new, said)
    for pattern, new in _JOINED:
        said = pattern.sub(new, said)
    return normalise(said)


def bare_heading(text: str) -> str:
    """A heading in small letters without its own number and footnote mark."""
    words = split_mark(normalise(text).lower())[0]
    return _ORDINAL.sub("", words)


@lru_cache(maxsize=8192)
def content_words(text: str) -> Words:
    """The words that tell one indicator from another, by `match_key`, in their order.

    Words of quantity (``số``, ``tổng số``, ``tỷ lệ``) and fillers are left out, as is a word that
    follows itself (``Số hộ`` over ``Hộ nghèo``).
    """
    left = _DROPPED.sub(" ", office_text(text))
    keys = [match_key(word) for word in re.findall(r"\w+", left)]
    return tuple(key for place, key in enumerate(keys) if not place or keys[place - 1] != key)


@lru_cache(maxsize=8192)
def is_share(text: str) -> bool:
    """Whether a heading or name speaks of a share of a whole."""
    return bool(_RATES.search(office_text(text)))


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Whether a heading or name speaks of a number of things."""
    return bool(_COUNTS.search(office_text(text)))
