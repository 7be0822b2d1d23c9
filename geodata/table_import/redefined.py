"""Indicators that a table's answers make, and whose definitions were changed since.

A recipe, a draft or a file of answers keeps an indicator as it was when it was made. The catalogue
has it as it is now, which goes before: else last year's recipe would be refused for having another
indicator of the same id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geodata.i18n import Text
from geodata.model import Indicator
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.report_records import Answers


@dataclass(frozen=True, slots=True)
class Redefined:
    """An indicator that has been defined otherwise.

    Parameters
    ----------
    former
        All that it ever was.
    present
        What it is now.
    theme_name
        Name of its theme, where a publication brought that too; empty otherwise.
    """

    former: frozenset[Indicator]
    present: Indicator
    theme_name: Text


def with_present_definitions(answers: Answers, redefined: Mapping[str, Redefined]) -> Answers:
    """The answers with every indicator as it is defined by now.

    One that was never defined like that is another one of the same id, and stays to be refused.
    """
    if not redefined:
        return answers
    made = tuple(_present(each, redefined) for each in answers.new_indicators)
    return replace(answers, new_indicators=made) if made != answers.new_indicators else answers


def _present(made: NewIndicator, redefined: Mapping[str, Redefined]) -> NewIndicator:
    known = redefined.get(made.indicator.id)
    if known is None or made.indicator not in known.former:
        return made
    return replace(made, indicator=known.present, theme_name=known.theme_name)
