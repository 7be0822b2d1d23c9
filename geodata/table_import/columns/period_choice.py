"""The period and status of each column: from its header, else from what stands around the table.

A header goes before the title, the title before the name of the sheet, that before the name of the
file. Where these say what cannot be true of one table, they disagree, and a person is asked; the
clock is never one of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from geodata.model import Status
from geodata.period import parse_period
from geodata.readers.sheet import cell_text
from geodata.table_import.columns.header_words import HeaderWords, title_status
from geodata.table_import.columns.period_words import (
    PeriodMention,
    find_periods,
    period_of_cell,
    title_periods,
)
from geodata.table_import.layout_records import TableLayout
from geodata.vietnamese_names import normalise

# "Xếp theo huyện của năm 2024" is of the units, not of the figures; "phân theo giới tính năm 2025"
# is of the figures.
_ORDERED_BY = re.compile(r"\b(?:xếp\s+theo\b|(?:chia|phân)\s+theo\b[^.;]*?\bcủa\b).*")

PeriodPlace = Literal["title", "sheet", "file"]
"""Where around a table a period is written."""


@dataclass(frozen=True, slots=True)
class TablePeriods:
    """What stands around a table about its period.

    Parameters
    ----------
    code
        The period of the table; empty where nothing or too much is said.
    said
        All that is said, by where it is written, the nearest first.
    """

    code: str
    said: tuple[tuple[PeriodPlace, str], ...]

    @property
    def disagree(self) -> bool:
        """Whether two periods are said of which neither lies within the other."""
        codes = [code for _, code in self.said]
        return any(not _nested(one, other) for one in codes for other in codes)


@dataclass(frozen=True, slots=True)
class ColumnPeriod:
    """Period and status of a column.

    Parameters
    ----------
    code
        Its period; empty while open.
    status
        Its status.
    """

    code: str
    status: Status


def table_periods(layout: TableLayout) -> TablePeriods:
    """What title, sheet and file say of a table's period."""
    lines = [normalise(line).lower() for line in layout.letterhead]
    said: list[tuple[PeriodPlace, tuple[str, ...]]] = [
        ("title", _codes(title_periods(tuple(_ORDERED_BY.sub(" ", each) for each in lines)))),
        ("sheet", _codes(_named(layout.sheet))),
    ]
    stem = PurePath(layout.file).stem
    if stem != layout.sheet:
        said.append(("file", _codes(_named(stem))))
    nearest = _finest(next((codes for _, codes in said if codes), ()))
    code = nearest[0] if len(nearest) == 1 else ""
    return TablePeriods(code, tuple((place, each) for place, codes in said for each in codes))


def first_day(layout: TableLayout) -> dt.date | None:
    """The day on which the earliest period that a table states begins.

    None where it states none, or one that needs the others to be known ("cùng kỳ").
    """
    around = table_periods(layout)
    codes = [code for _, code in around.said]
    for column in layout.columns:
        mentions = (each for text in column.path for each in find_periods(text)[0])
        codes += [mention.like(around.code) for mention in mentions]
    if told := layout.column("period"):
        cells = {cell_text(row.value(told.number)) for row in layout.data_rows()}
        codes += [period_of_cell(text) for text in cells if text]
    return min((parse_period(code).start for code in codes), default=None) if all(codes) else None


_PLAIN_WORDS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"(\d)(?=thang|th\b|quy|nam)", r"\1 "),
        (r"\bthang(?=\d|\b)", "tháng "),
        (r"\bquy(?=\d|\b)", "quý "),
        (r"\bnam(?=\d|\b)", "năm "),
        (r"\bdau\b", "đầu"),
        (r"\bcuoi\b", "cuối"),
        (r"\bnua\b", "nửa"),
        (r"\bca (?=năm)", "cả "),
        (r"\bden\b", "đến"),
    )
)
"""Words of time as names of files and sheets have them, without marks and often without blanks."""


def _named(name: str) -> tuple[PeriodMention, ...]:
    """The periods in the name of a file or a sheet: ``rung_6thang_2026``, ``bc quy2-2026``."""
    text = re.sub(r"[_\s]+", " ", name)
    if text.isascii():
        text = text.lower()
        for pattern, word in _PLAIN_WORDS:
            text = pattern.sub(word, text)
    return find_periods(text)[0]


def _codes(mentions: Iterable[PeriodMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.code for each in mentions if each.form and each.code))


def _finest(codes: Sequence[str]) -> list[str]:
    """The periods without those within which another of them lies."""
    return [
        code for code in codes if not any(other != code and _within(other, code) for other in codes)
    ]


def _within(inner: str, outer: str) -> bool:
    a, b = parse_period(inner), parse_period(outer)
    return b.start <= a.start and a.end <= b.end


def _nested(one: str, other: str) -> bool:
    return _within(one, other) or _within(other, one)


def column_periods(
    words: Mapping[int, tuple[tuple[str, ...], HeaderWords]],
    around: TablePeriods,
    layout: TableLayout,
) -> dict[int, ColumnPeriod]:
    """Period and status of each value column.

    Parameters
    ----------
    words
        By the column's number, its header path and what was read in it.
    around
        What stands around the table.
    """
    table_status = title_status(layout.letterhead)
    mentions = {number: _mention(said.periods) for number, (_, said) in words.items()}
    groups = {number: path[:-1] for number, (path, _) in words.items()}
    statuses = {
        number: _status(said, mentions[number], table_status) for number, (_, said) in words.items()
    }
    compared = {number for number, (_, said) in words.items() if said.use != "value"}
    dated = {
        number: mention.in_year(_year(number, mention, mentions, groups, around))
        for number, mention in mentions.items()
        if mention is not None
    }
    found = {}
    for number in words:
        mention, group = dated.get(number), groups[number]
        beside = [
            each
            for each in words
            if groups[each] == group and each != number and each not in compared
        ]
        if mention is not None:
            current = [
                dated[each].code for each in beside
                if each in dated and not _looks_back(dated[each]) and statuses[each] != "plan"
            ]  # fmt: skip
            code = mention.like(_latest(current) or around.code)
            found[number] = ColumnPeriod(code, statuses[number])
            continue
        code = around.code
        if statuses[number] == "plan" and any(statuses[each] != "plan" for each in beside):
            code = _whole_year(code)
        found[number] = ColumnPeriod(code, statuses[number])
    return found


def _status(words: HeaderWords, mention: PeriodMention | None, table: Status | None) -> Status:
    if words.status is not None:
        return words.status
    if mention is not None and _looks_back(mention):
        return "actual"
    return table or "actual"


def _looks_back(mention: PeriodMention) -> bool:
    """Whether a mention is of the same period of an earlier year."""
    return not mention.form or mention.years_back > 0


def _mention(mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """One period of all that a header path names: ``6 tháng`` under ``Năm 2026``."""
    if not mentions:
        return None
    lowest, *above = mentions
    if lowest.form == "{y}" and lowest.year is not None:
        part = next((each for each in above if each.form and each.year is None), None)
        return part.in_year(lowest.year) if part else lowest
    year = next((each.year for each in above if each.form == "{y}" and each.year), None)
    return lowest.in_year(year) if lowest.form else lowest


def _year(
    number: int,
    mention: PeriodMention,
    mentions: Mapping[int, PeriodMention | None],
    groups: Mapping[int, tuple[str, ...]],
    around: TablePeriods,
) -> int | None:
    """The year of a period written without one: of its group, of the table, of all its columns."""
    if mention.year is not None or not mention.form:
        return None
    stated = {
        each: other.year
        for each, other in mentions.items()
        if other is not None and other.year is not None and other.form
    }
    own = {year for each, year in stated.items() if groups[each] == groups[number]}
    if len(own) == 1:
        return own.pop()
    if around.code:
        return parse_period(around.code).start.year
    every = set(stated.values())
    return every.pop() if len(every) == 1 else None


def _latest(codes: Iterable[str]) -> str:
    return max(filter(None, codes), key=lambda code: parse_period(code).sort_key, default="")


def _whole_year(code: str) -> str:
    """The year that a period is part of; a period of several years itself."""
    if not code:
        return ""
    period = parse_period(code)
    return f"{period.start.year:04d}" if period.start.year == period.end.year else code
