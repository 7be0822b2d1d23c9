"""Classes that answers give to words, and those added to an indicator that is made here."""

from __future__ import annotations

from dataclasses import replace

from geodata.category_list import MAX_CATEGORIES
from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.model import Category
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns.made_ids import free_code
from geodata.table_import.report_records import Answers

LONGEST_NAME = 60
"""Characters of the name of a class: it stands in a legend."""


def with_class(answers: Answers, path: tuple[str, ...], word: str, category: str) -> Answers:
    """The answers with the class of one word of a column.

    Parameters
    ----------
    path
        Header path of the column.
    word
        Its key, see `geodata.table_import.columns.class_words.word_key`.
    category
        Code of the class, or `geodata.table_import.columns.class_words.IGNORED`.
    """
    said = answers.columns.get(path) or ColumnMeaning(0, path, "", status="")
    said = replace(said, classes={**said.classes, word: category})
    return replace(answers, columns={**answers.columns, path: said})


def with_new_class(
    answers: Answers, path: tuple[str, ...], indicator_id: str, word: str, name: str
) -> Answers:
    """The answers with one class more of an indicator that is made with the table.

    It stands behind the others, and the word of the column is of it.

    Parameters
    ----------
    path, word
        As of `with_class`.
    name
        Of the class in both languages: the word as it is written.

    Raises
    ------
    InvalidInput
        The indicator is not made with the table, has as many classes as a map can tell apart, or
        the word is no name.
    """
    made = {each.indicator.id: each for each in answers.new_indicators}
    if indicator_id not in made:
        what = Message("Only an indicator that is made with the table takes new classes")
        remedy = Message("Choose one of its classes, or ignore the word")
        raise InvalidInput(what, found=indicator_id, remedy=remedy)
    indicator = made[indicator_id].indicator
    if len(indicator.categories) >= MAX_CATEGORIES:
        what = Message("The number of classes is out of range")
        raise InvalidInput(what, found=name, allowed=(f"≤ {MAX_CATEGORIES}",))
    if not name or len(name) > LONGEST_NAME:
        what = Message("The text is no name of a class")
        allowed = Message("1 to {most} characters", most=LONGEST_NAME)
        raise InvalidInput(what, found=name, allowed=allowed)
    code = free_code(Text(name, name), indicator.category_ids)
    more = (*indicator.categories, Category(code, Text(name, name)))
    made[indicator_id] = replace(made[indicator_id], indicator=replace(indicator, categories=more))
    extended = replace(answers, new_indicators=tuple(made.values()))
    return with_class(extended, path, word, code)
