"""What is to be asked or said about the words of columns of classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from geodata.errors import truncate
from geodata.i18n import Formatted, Joined, Language, Localised, Message, Text
from geodata.model import Indicator
from geodata.table_import.column_records import ColumnMeaning, WrittenWord
from geodata.table_import.columns.column_words import MOST_WORDS
from geodata.table_import.match_records import NOTHING_TO_SAY
from geodata.table_import.report_records import Answers, Finding, Severity

_MOST_PLACES = 20
_SHOWN = 60
"""Characters of a word that a sentence shows."""


def class_findings(
    meanings: Iterable[ColumnMeaning], indicators: Mapping[str, Indicator], answers: Answers
) -> Iterator[Finding]:
    """Findings about words, one of a kind for each column.

    ``C01``: words whose class nobody knows; ``C02``: an answer names a class that there is not;
    ``C03``: words taken for a class in another spelling; ``C04``: a column that was left aside
    although its few words may be classes.
    """
    for each in meanings:
        indicator = indicators.get(each.indicator)
        if each.use == "value" and indicator is not None:
            yield from _of_column(each, indicator)
        elif each.use == "skip" and each.words and each.path not in answers.columns:
            yield _left_aside(each)


def _of_column(meaning: ColumnMeaning, indicator: Indicator) -> Iterator[Finding]:
    heading = " / ".join(meaning.path)
    names = Joined("; ", [each.name for each in indicator.categories])
    wrong = [each for each in meaning.open_words if each.wrong_answer]
    if wrong:
        what = Message("An answer names a class that “{indicator}” does not have: {code}",
                       indicator=indicator.name, code=wrong[0].wrong_answer)  # fmt: skip
        remedy = Message("Choose one of its classes, or ignore the word")
        yield _finding("C02", "error", wrong, what, expected=names, remedy=remedy)
    asked = [each for each in meaning.open_words if not each.wrong_answer]
    if len(meaning.words) >= MOST_WORDS:
        what = Message("The column “{heading}” holds too many different texts for classes",
                       heading=heading)  # fmt: skip
        remedy = Message("Choose another indicator for it, or leave it aside")
        yield _finding("C01", "error", meaning.words, what, expected=names, remedy=remedy)
    elif asked:
        what = Message("It is not known which class words of the column “{heading}” mean",
                       heading=heading)  # fmt: skip
        remedy = Message("Choose the class of each, or ignore it")
        yield _finding("C01", "question", asked, what, expected=names, remedy=remedy)
    otherwise = [each for each in meaning.words if each.otherwise]
    if otherwise:
        classes = {each.id: each.name for each in indicator.categories}
        pairs = [Formatted(_pair, each.written, classes[each.category or ""]) for each in otherwise]
        what = Message("Words in another spelling were taken for: {names}",
                       names=Joined(", ", pairs))  # fmt: skip
        yield _finding("C03", "note", otherwise, what)


def _pair(word: str, name: Text, language: Language) -> str:
    return f"{truncate(word, _SHOWN)} → {name[language]}"


def _left_aside(meaning: ColumnMeaning) -> Finding:
    what = Message("The column “{heading}” holds few different words and is left aside",
                   heading=" / ".join(meaning.path))  # fmt: skip
    remedy = Message("Choose or make an indicator for it if they are classes")
    return _finding("C04", "note", meaning.words, what, remedy=remedy)


def _finding(
    code: str,
    severity: Severity,
    words: Sequence[WrittenWord],
    what: Localised,
    *,
    expected: Localised = NOTHING_TO_SAY,
    remedy: Localised = NOTHING_TO_SAY,
) -> Finding:
    return Finding(
        code,
        severity,
        what,
        expected,
        remedy,
        tuple(each.place for each in words[:_MOST_PLACES]),
        "; ".join(truncate(each.written or "–", _SHOWN) for each in words[:_MOST_PLACES]),
        sum(each.cells for each in words),
    )
