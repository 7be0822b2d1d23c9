"""What a column's header says beside the name of an indicator: status, period, unit of measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geodata.measure_units import MeasureReading, find_measure, is_count, read_measure
from geodata.model import MeasureUnit, Status
from geodata.table_import.column_records import ColumnUse
from geodata.table_import.columns.period_words import PeriodMention, find_periods
from geodata.vietnamese_names import normalise

_WITH = r"(?:so(?:\s+với)?|với|/)"
_PLAN = r"(?:kh|kế hoạch|dự toán|plan)"
_ACTUAL = r"(?:th|thực hiện|ưth|uth|ước th|ước thực hiện|actual)"
_SAME = r"(?:cùng\s+k[ỳì]|ck|năm\s+(?:trước|ngoái)|kỳ trước|same period|last year)"
_RATE = r"(?:%|tỷ lệ|tỉ lệ)"
_PERCENT_OF_PLAN = re.compile(
    rf"(?:{_RATE}|đạt|mức)?\s*(?:%\s*)?(?:{_ACTUAL}\s*)?{_WITH}?\s*{_PLAN}(?:\s+(?:năm|giao))?\s*%?"
    rf"|(?:{_RATE}\s*)?{_ACTUAL}\s*{_WITH}\s*(?:{_PLAN}|dt)(?:\s+(?:năm|giao))?"
    rf"|{_RATE}\s*(?:hoàn thành|đạt|{_ACTUAL})(?:\s*{_PLAN})?"
    r"|%\s*(?:of plan|hoàn thành)|(?:đạt|hoàn thành)\s*%"
)
_CHANGE = re.compile(
    rf"(?:%|tỷ lệ|tỉ lệ|tăng,?\s*giảm|tăng)?\s*{_WITH}\s*(?:{_ACTUAL}\s*)?(?:với\s*)?{_SAME}.*"
    r"|%?\s*(?:tăng|tốc độ tăng)[\s+,/;–-]*giảm[\s%–-]*"
    r"|chênh lệch|%\s*(?:change|tăng giảm)|change.*"
)
_YEAR_AGAINST_YEAR = re.compile(
    r"(?:(?:so|so sánh|tỷ lệ|%)\s*)*\(?%?\)?\s*(?:năm\s+)?(?P<later>(?:19|20)\d\d)"
    r"\s*(?:/|so với)\s*(?:năm\s+)?(?P<earlier>(?:19|20)\d\d)\s*\(?%?\)?"
)
_STATUS_WORDS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (
        re.compile(
            r"ước\s+(?:thực hiện|th|tính|đạt)|ưth|uth|ước|estimated?|sơ bộ|preliminary|prel\.?"
        ),
        "estimate",
    ),
    (re.compile(r"(?:kế hoạch|kh|dự toán|planned|plan)(?:\s+(?:năm|giao|cả năm))?"), "plan"),
    (re.compile(r"(?:mục tiêu|chỉ tiêu|targets?)(?:\s+(?:năm|giao|đến))?"), "target"),
    (re.compile(r"(?:kết quả\s+)?(?:thực hiện|th|kết quả|actual)(?:\s+(?:năm|đến))?"), "actual"),
)
_NOT_LEADING = ("th", "kh", "ước", "kết quả", "thực hiện")
_TITLE_STATUS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (re.compile(r"^(?:biểu[^.:]*[.:]\s*|bảng[^.:]*[.:]\s*)?(?:kế hoạch|dự toán)\b"), "plan"),
    (re.compile(r"^(?:biểu[^.:]*[.:]\s*|bảng[^.:]*[.:]\s*)?mục tiêu\b"), "target"),
    (re.compile(r"\bước (?:thực hiện|tính)\b"), "estimate"),
)
_IN_BRACKETS = re.compile(r"\s*\(\s*([^()]+?)[\s,;]*\)")
_COMPARISON = re.compile(r"so sánh\b|so với\b|tỷ lệ so sánh\b|comparison\b")
_FILLER = re.compile(
    r"^(?:trong đó|chia ra|gồm|bao gồm|so sánh|of which)\b[:\s]*|^(?:các |một số )?chỉ tiêu$"
    r"|^(?:số liệu|kết quả|hiện trạng|thực trạng|tình hình)?"
    r"(?:(?:^|,?\s+)(?:rà soát|điều tra|thống kê|kiểm kê|tổng hợp|đánh giá))*$"
)


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """A header path taken apart.

    Parameters
    ----------
    names
        What is left of each of its texts for the name of an indicator, in small letters; texts of
        which nothing is left are left out.
    use
        ``stated_percent`` or ``stated_change`` where the header says so, else ``value``.
    status
        The status it names; None where it names none.
    periods
        The periods it names, those of its lowest text first.
    measure
        The unit of measure it writes; None without one.
    """

    names: tuple[str, ...]
    use: ColumnUse
    status: Status | None
    periods: tuple[PeriodMention, ...]
    measure: MeasureReading | None


def header_words(path: Iterable[str], units: Iterable[MeasureUnit]) -> HeaderWords:
    """Take the texts of a header apart, from the lowest to the topmost."""
    names: list[str] = []
    periods: list[PeriodMention] = []
    use: ColumnUse = "value"
    status: Status | None = None
    measure: MeasureReading | None = None
    known = tuple(units)
    texts = [*path]
    for place in reversed(range(len(texts))):
        text = texts[place]
        beside = place > 0 and bool(_COMPARISON.match(normalise(texts[place - 1]).lower()))
        if use == "value" and (told := _compared(f"so {text}" if beside else text)):
            use = told
            # The group above a comparison names what is compared; its words are no name.
            measure = measure or find_measure(text, known)[0]
            continue
        found, rest = (None, text) if measure else _measure_below(text, place)
        if found is None:
            found, rest = find_measure(text, known)
        measure = measure or found
        mentions, rest = find_periods(rest)
        periods += [each for each in mentions if each not in periods]
        dated = bool(mentions)
        said, rest = (None, rest) if _FILLER.fullmatch(rest) else find_status(rest, dated=dated)
        status = status or said
        if rest := _FILLER.sub("", _trimmed(rest)).strip():
            names.append(rest)
    return HeaderWords(tuple(reversed(names)), use, status, tuple(periods), measure)


def _measure_below(text: str, place: int) -> tuple[MeasureReading | None, str]:
    """The unit of measure that a text below another is alone: ``km²`` under ``Diện tích``.

    What is counted (``Học sinh`` under ``Mầm non``) is part of the name.
    """
    found = read_measure(text) if place else None
    if found is None or not found.known or (is_count(found) and found.base != "người"):
        return None, text
    told = not is_count(found) or found.written.lower().endswith("người")
    return (found, "") if told else (None, text)


def _trimmed(text: str) -> str:
    text = text.strip(" ,;:-–/.")
    return text if text.count("(") == text.count(")") else text.strip("()")


def _compared(text: str) -> ColumnUse | None:
    """Whether a text of a header speaks of a share of plan or of a change."""
    words = normalise(text).lower()
    bare = re.sub(r"\b(?:19|20)\d\d\b|\(\s*(?:điểm\s*)?%\s*\)|[()]", " ", words)
    bare = normalise(bare).strip(" ,;:.")
    compares = re.search(r"[%/]|\bso\b|\btỷ lệ\b|\btỉ lệ\b", words)
    if compares and bare and _PERCENT_OF_PLAN.fullmatch(bare):
        return "stated_percent"
    years = _YEAR_AGAINST_YEAR.fullmatch(words)
    following = years is not None and int(years["later"]) == int(years["earlier"]) + 1
    return "stated_change" if following or _CHANGE.fullmatch(bare) else None


def find_status(text: str, *, dated: bool = False) -> tuple[Status | None, str]:
    """The status that a text of a header names, and what is left of it.

    Short forms count only where they stand alone: ``TH`` is also a primary school.

    Parameters
    ----------
    dated
        Whether a period stood beside it: ``(TH)`` is then no school.
    """
    words = _trimmed(normalise(text).lower())
    found = _IN_BRACKETS.search(words)
    within = found[1] if found and (dated or found[1] != "th") else ""
    for pattern, status in _STATUS_WORDS:
        if pattern.fullmatch(words):
            return status, ""
        if found and within and pattern.fullmatch(within):
            return status, (words[: found.start()] + words[found.end() :]).strip()
    for pattern, status in _STATUS_WORDS:
        leading = pattern.match(words)
        if leading is None or leading.end() == len(words) or words[leading.end()] not in " :-":
            continue
        if status in ("plan", "estimate", "target") and leading[0] not in _NOT_LEADING:
            return status, words[leading.end() :].strip(" :-")
    return None, words


def title_status(lines: Iterable[str]) -> Status | None:
    """The status that a title gives all figures: ``KẾ HOẠCH TRỒNG RỪNG NĂM 2026``."""
    for line in lines:
        words = normalise(line).lower()
        for pattern, status in _TITLE_STATUS:
            if pattern.search(words):
                return status
    return None
