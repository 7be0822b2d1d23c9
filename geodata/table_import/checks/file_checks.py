"""A file whose very bytes were published before (F05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geodata.i18n import Formatted, Message
from geodata.period import day_label
from geodata.table_import.checks.violations import Violation


@dataclass(frozen=True, slots=True)
class EarlierPublication:
    """A publication of the same file.

    Parameters
    ----------
    number
        Number of its revision.
    day
        Day on which it was published.
    taken_back
        Whether it was taken back and holds no more.
    """

    number: int
    day: dt.date
    taken_back: bool = False


EarlierPublications = Callable[[str], Sequence[EarlierPublication]]
"""From the SHA-256 of a file to what was published of it, the last first."""


def file_checks(earlier: Sequence[EarlierPublication]) -> Iterator[Violation]:
    """The last publication of the file that still holds, to be confirmed; else one taken back."""
    standing = [each for each in earlier if not each.taken_back]
    for each in (standing or earlier)[:1]:
        what = (
            Message("This file was published as no. {number} on {day} and taken back since")
            if each.taken_back
            else Message("This file was published as no. {number} on {day}")
        )
        yield Violation(
            "F05",
            "note" if each.taken_back else "confirm",
            what.filled(number=each.number, day=Formatted(day_label, each.day)),
            remedy=Message("Look whether it is the right file; another sheet of it may be meant"),
        )
