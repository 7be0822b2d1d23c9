"""Periods as tables and titles write them: ``6 tháng đầu năm 2026``, ``quý I``, ``đến 30/6/2026``.

What is found may lack its year (``TH 6 tháng`` beside ``KH 2026``); the year then comes from what
stands around it, never from the clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.period import parse_period
from geodata.vietnamese_names import normalise

_IN_WORDS = {"ba": 3, "sáu": 6, "chín": 9}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_Y = r"(?P<y>(?:19|20)\d\d)"
_OF_YEAR = rf"(?:\s*(?:đầu\s+|of\s+)?(?:năm|year)?\s*[/,.-]?\s*{_Y}(?!\d|\s*[-–]\s*\d))?"
_TO_DAY = r"(?:(?:có\s+|tính\s+)?đến\s+)?(?:hết\s+)?(?:ngày\s+|as of\s+)?"


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period in a text.

    Parameters
    ----------
    form
        The code of the period with ``{y}`` for its year: ``{y}-H1``; a span of years as it is;
        empty for the same part of another year (``cùng kỳ``, ``cùng kỳ năm 2025``).
    year
        The year; None where the text leaves it out.
    words
        The words it was read from.
    years_back
        By how many years it lies before what the words name: 1 for the same period of last year.
    """

    form: str
    year: int | None
    words: str
    years_back: int = 0

    @property
    def code(self) -> str:
        """The code of the period; empty without a year."""
        if "{y}" in self.form and self.year is None:
            return ""
        year = (self.year or 0) - self.years_back
        return self.form.format(y=year, next=year + 1)

    def like(self, base: str) -> str:
        """The code, taking what the words leave out from the period that stands beside it."""
        if self.code:
            return self.code
        if not base:
            return ""
        year = parse_period(base).start.year
        if self.form:
            return self.in_year(year).code
        other = self.year if self.year is not None else year - self.years_back
        return shifted(base, other - year)

    def in_year(self, year: int | None) -> PeriodMention:
        """The same period with its year, where it had none."""
        return self if self.year is not None or year is None else replace(self, year=year)


def shifted(code: str, years: int) -> str:
    """A period some years later; empty where there is none (29 February)."""
    moved = re.sub(r"(?<!\d)\d{4}(?!\d)", lambda year: f"{int(year[0]) + years:04d}", code)
    try:
        return parse_period(moved).code
    except InvalidInput:
        return ""


def _day(found: re.Match[str]) -> str:
    return f"{{y}}-{int(found['m']):02d}-{int(found['d']):02d}"


def _months(found: re.Match[str]) -> str:
    months = _IN_WORDS.get(found["n"]) or int(found["n"])
    return _first_months(months, found["late"] is not None)


def _first_months(months: int, late: bool = False) -> str:
    """The first or, where late, the last months of a year."""
    if months == 12:
        return "{y}"
    if months == 6:
        return "{y}-H2" if late else "{y}-H1"
    if late:
        return f"{{y}}-{13 - months:02d}/{{y}}-12"
    return "{y}-01" if months == 1 else f"{{y}}-01/{{y}}-{months:02d}"


def _cumulative(found: re.Match[str]) -> str:
    """From the start of the year to the end of a month; the day itself where it ends none."""
    month, day = int(found["m"]), found["d"]
    if day and int(day) < monthrange(2025, month)[1]:
        return _day(found)
    return _first_months(month)


def _quarter(found: re.Match[str]) -> str:
    return f"{{y}}-Q{_ROMAN.get(found['q'], 0) or found['q']}"


def _between_months(found: re.Match[str]) -> str:
    return f"{{y}}-{int(found['m']):02d}/{{y}}-{int(found['n']):02d}"


def _english_day(found: re.Match[str]) -> str:
    return f"{_english_month(found)}-{int(found['d']):02d}"


def _english_month(found: re.Match[str]) -> str:
    return f"{{y}}-{_MONTHS.index(found['m'][:3]) + 1:02d}"


def _span(found: re.Match[str]) -> str:
    return f"{found['a']}/{found['b']}"


_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_FORMS: tuple[_Form, ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"\b(?:năm học|school year)\s*(?P<y>20\d\d|19\d\d)\s*[-–/]\s*(?:20|19)?\d\d\b",
         lambda found: "{y}-09/{next}-05"),
        (rf"\b(?:lũy kế|luỹ kế|cộng dồn)(?:\s+từ đầu năm)?\s+(?:đến\s+)?(?:hết\s+)?(?:ngày\s+)?"
         rf"(?:(?P<d>\d{{1,2}})\s*[/.-]\s*)?(?:tháng\s*)?(?P<m>{_MONTH_NUMBER})\b(?!\s*tháng)"
         rf"{_OF_YEAR}", _cumulative),
        (rf"\b{_TO_DAY}(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>{_MONTH_NUMBER})\s+năm\s+{_Y}\b", _day),
        (rf"\b{_TO_DAY}(?<![\d/.-])(?P<d>\d{{1,2}})[/.-](?P<m>{_MONTH_NUMBER})[/.-]{_Y}\b", _day),
        (rf"\b{_Y}-(?P<m>\d\d)-(?P<d>\d\d)\b", _day),
        (rf"\b{_TO_DAY}(?P<d>\d{{1,2}})\s+{_MONTH_NAME}\.?,?\s+{_Y}\b", _english_day),
        (rf"\b{_TO_DAY}{_MONTH_NAME}\.?\s+(?P<d>\d{{1,2}}),?\s+{_Y}\b", _english_day),
        (rf"\b{_MONTH_NAME}\.?,?\s+{_Y}\b", _english_month),
        (rf"\b(?:đến|hết)\s+(?:hết\s+)?(?:ngày\s+)?(?P<d>\d{{1,2}})/(?P<m>{_MONTH_NUMBER})(?![\d/])",
         _day),
        (r"\b(?:giai đoạn|thời kỳ|period)?\s*(?P<a>(?:19|20)\d\d)\s*[-–/]\s*"
         r"(?:năm\s+)?(?P<b>(?:19|20)\d\d)\b", _span),
        (rf"\b{_Y}-h(?P<h>[12])\b", lambda found: f"{{y}}-H{found['h']}"),
        (rf"\bh(?P<h>[12])[\s/-]*{_Y}\b", lambda found: f"{{y}}-H{found['h']}"),
        (rf"\b{_Y}-q(?P<q>[1-4])\b", _quarter),
        (rf"\b(?:quý|quarter|q)\s*(?P<q>iv|i{{1,3}}|[1-4])\b{_OF_YEAR}", _quarter),
        (rf"\b(?:từ\s+)?tháng\s*(?P<m>{_MONTH_NUMBER})\s*(?:đến|-|–)\s*(?:tháng\s*)?"
         rf"(?P<n>{_MONTH_NUMBER})\b{_OF_YEAR}", _between_months),
        (rf"\b(?P<n>1[0-2]|[1-9]|ba|sáu|chín)\s*(?:tháng|t)\b(?:\s+(?:đầu|(?P<late>cuối))(?:\s+năm)?)?"
         rf"{_OF_YEAR}",
         _months),
        (rf"\b(?P<n>1[0-2]|[1-9])\s*t(?P<late>(?!))?(?=\d{{4}}\b){_OF_YEAR}", _months),
        (rf"\b(?:nửa đầu(?: năm)?|first half(?: of)?)\b{_OF_YEAR}", lambda found: "{y}-H1"),
        (rf"\b(?:nửa cuối(?: năm)?|second half(?: of)?)\b{_OF_YEAR}", lambda found: "{y}-H2"),
        (rf"\bfirst (?P<n>\d{{1,2}}) months(?P<late>(?!))?\b{_OF_YEAR}", _months),
        (rf"\b(?:tháng\s*|t)(?P<m>{_MONTH_NUMBER})\b{_OF_YEAR}",
         lambda found: f"{{y}}-{int(found['m']):02d}"),
        (rf"\b(?P<m>{_MONTH_NUMBER})/{_Y}\b", lambda found: f"{{y}}-{int(found['m']):02d}"),
        (rf"\b{_Y}-(?P<m>0[1-9]|1[0-2])\b", lambda found: f"{{y}}-{found['m']}"),
        (rf"(?<!tháng )\bđầu năm\b{_OF_YEAR}", lambda found: "{y}-01-01"),
        (rf"(?<!tháng )\bcuối năm\b{_OF_YEAR}", lambda found: "{y}-12-31"),
        (rf"\b(?:cả năm|(?:trong )?năm|year)\s*{_Y}\b", lambda found: "{y}"),
        (rf"(?<![\d.,/-]){_Y}(?![\d.,/-]\d|\d)\b", lambda found: "{y}"),
        (r"\b(?:cả năm|whole year)\b", lambda found: "{y}"),
    )
)  # fmt: skip
_TELLS_TIME = re.compile(r"\d|\b(?:tháng|quý|nửa|months?|quarters?|half)\b")
_YEAR_BEFORE = re.compile(
    r"(?:thực hiện\s+|th\s+)?(?:cùng\s+k[ỳì](?:\s+năm\s+(?:trước|ngoái))?|\bck\b(?:\s+năm\s+trước)?"
    r"|năm\s+(?:trước|ngoái)|same period(?: of)?(?: last year)?|last year)"
)
# A date of signing or of another document is not that of the figures.
_OTHER_DATE = re.compile(
    r"(?:kèm theo|ban hành|căn cứ|\bsố:?\s*\d+\s*/|/(?:qđ|nq|bc|kh|tt|nđ)-).*"
    r"|^[^,()]{2,40},\s*(?:ngày|tháng)\b.*",
    re.DOTALL,
)


def find_periods(text: str) -> tuple[tuple[PeriodMention, ...], str]:
    """The periods of a text, and what is left of it, in small letters.

    Returns
    -------
    tuple
        Mentions in the order of their forms, the most particular first, each once; and the rest.
    """
    left = normalise(text).lower()
    back = 0
    if before := _YEAR_BEFORE.search(left):
        back = 1
        left = _cut(left, before)
    mentions: list[PeriodMention] = []
    for pattern, form in _FORMS:
        while found := pattern.search(left):
            mention = _mention(found, form)
            left = _cut(left, found)
            if mention is not None:
                mentions.append(mention)
    if back:
        # "Cùng kỳ năm 2025" names the earlier year; "cùng kỳ" alone is a year before the others.
        mentions = [_year_before(m) for m in mentions]
        mentions = mentions or [PeriodMention("", None, "", 1)]
    return tuple(dict.fromkeys(mentions)), normalise(left)


def without_periods(text: str) -> str:
    """A text without the periods it names, in the letters in which it is written."""
    left = normalise(text)
    for mention in find_periods(left)[0]:
        start = left.lower().find(mention.words) if mention.words else -1
        if start >= 0:
            left = normalise(left[:start] + left[start + len(mention.words) :])
    return left.strip(" ,;:-–/")


def _year_before(mention: PeriodMention) -> PeriodMention:
    if mention.form == "{y}" and mention.year is not None:
        return replace(mention, form="")
    return replace(mention, years_back=0 if mention.year is not None else 1)


def _mention(found: re.Match[str], form: Callable[[re.Match[str]], str]) -> PeriodMention | None:
    stated = found.groupdict().get("y")
    mention = PeriodMention(form(found), int(stated) if stated else None, found[0].strip())
    try:
        parse_period(mention.in_year(2000).code)
    except InvalidInput:
        return None
    return mention


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}  {text[found.end() :]}"


def title_periods(lines: tuple[str, ...]) -> tuple[PeriodMention, ...]:
    """The periods in the lines above a table, without days of signing and other documents.

    A day on which another of the periods ends stands for it: ``6 tháng đầu năm 2026`` over
    ``Ngày 30/6/2026`` is told to the day.
    """
    cleaned = (_OTHER_DATE.sub(" ", normalise(line).lower()) for line in lines)
    mentions = [m for line in cleaned for m in find_periods(line)[0] if m.form and m.code]
    days = [parse_period(m.code) for m in mentions if m.form.count("-") == 2 and "/" not in m.form]
    ends = {day.end for day in days}

    def told_to_the_day(mention: PeriodMention) -> bool:
        period = parse_period(mention.code)
        return period.start != period.end and period.end in ends

    kept = (m for m in mentions if not told_to_the_day(m))
    return tuple({m.code: m for m in kept}.values())


def period_of_cell(text: str) -> str:
    """The code of the one period that a cell names; empty where it names none or several."""
    stripped = normalise(text)
    try:
        return parse_period(stripped).code
    except InvalidInput:
        codes = {mention.code for mention in find_periods(stripped)[0] if mention.form}
        return codes.pop() if len(codes) == 1 else ""


def stated_period(text: str, where: str) -> str:
    """The code of the period that a person states, as a code or in the words of an office.

    Parameters
    ----------
    where
        The field or option, for the refusal.

    Raises
    ------
    InvalidInput
        It names no period, or several, or tells more of a time than is understood.
    """
    code = period_of_cell(text)
    # A code is no words of a period; its own form was read whole.
    if not code or (code != text.strip() and _TELLS_TIME.search(find_periods(text)[1])):
        raise InvalidInput(
            Message("This period cannot be read"),
            found=text,
            allowed=Message("2026, first half of 2026, Q1 2026, June 2026 or 30 June 2026"),
            where=where,
        )
    return code
