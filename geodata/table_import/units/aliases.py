"""Spellings that people said are a unit's, remembered for the next table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.vietnamese_names import match_key

_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class UnitAlias:
    """A spelling that a person confirmed as a unit's.

    It is kept as a flat row by `geodata.record_codec`.

    Parameters
    ----------
    written, parent
        The unit and the unit above as the table wrote them; ``parent`` is empty where it wrote
        none. The alias holds for the same name under the same parent only.
    unit_id
        The unit. The alias holds on the days on which it is in force.
    vintage
        Date of the timeline whose units the table listed; None for a mixture.
    source
        The table or document that has the spelling.
    added_by
        Name of the account.
    added_at
        UTC, ISO 8601 (``2026-11-29T03:15:00Z``).
    """

    written: str
    parent: str
    unit_id: str
    vintage: dt.date | None
    source: str
    added_by: str
    added_at: str

    @property
    def key(self) -> str:
        """What rows are looked up by; see `answer_key`."""
        return answer_key(self.parent, self.written)


def answer_key(parent: str, written: str, code: str = "") -> str:
    """Key of a unit as written, in `geodata.table_import.report_records.Answers.units`.

    ``parent|name``; with a code, ``parent|name|code`` for the rows that bear it only. A person can
    also answer for one row: `row_answer_key`.
    """
    key = _BETWEEN.join((match_key(parent), match_key(written)))
    return f"{key}{_BETWEEN}{code}" if code else key


def row_answer_key(row: int) -> str:
    """Key of an answer that holds for one row only, by its number; goes before all others."""
    return f"#{row}"
