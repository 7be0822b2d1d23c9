"""Which unit each row is about, and of which day the units are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from geodata.i18n import Localised, Text
from geodata.model import Level

MatchMethod = Literal[
    "code", "name", "alias", "tone_placement", "short_form", "parent", "without_marks", "answer",
    "position", "",
]  # fmt: skip
"""By what a row found its unit; empty for a row that found none."""

MatchState = Literal["matched", "asked", "unmatched", "doubled", "ignored"]
"""``asked`` has candidates among which a person must choose; ``doubled`` names a unit that another
row names too; ``ignored`` was set aside by a person or a recipe."""

NOTHING_TO_SAY = Text("")


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """A unit that a row might mean.

    Parameters
    ----------
    unit_id
        The unit.
    reason
        Why it is proposed: spelling, another day's list, a homonym …
    similarity
        Normalised similarity of the spellings, 0 to 100.
    """

    unit_id: str
    reason: Localised
    similarity: float


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What one data row is about.

    Parameters
    ----------
    row
        Number of the row in the sheet.
    written
        The unit as the table writes it: its name, else its code.
    code
        Its code as the table writes it; empty without one.
    parent
        The unit above as the table writes it; empty without one.
    state, method
        How the search ended.
    unit_id
        The unit; empty where none was found.
    candidates
        At most five proposals, the likeliest first.
    note
        What should be said about a match: whose alias it is, who confirmed it.
    """

    row: int
    written: str
    code: str
    parent: str
    state: MatchState
    method: MatchMethod = ""
    unit_id: str = ""
    candidates: tuple[UnitCandidate, ...] = ()
    note: Localised = NOTHING_TO_SAY


@dataclass(frozen=True, slots=True)
class Vintage:
    """A day whose units a table may list.

    Parameters
    ----------
    date
        A date of the dataset's timeline.
    explained
        Data rows whose unit is found in the list of that day.
    only_here
        Of these, rows whose unit is found in the list of no other date of the timeline.
    named, units
        How many of the units in force on it, in the table's area, the rows name, and how many there
        are.
    """

    date: dt.date
    explained: int
    only_here: int
    named: int = 0
    units: int = 0


@dataclass(frozen=True, slots=True)
class UnitMatching:
    """All rows of a table with their units.

    Parameters
    ----------
    level
        Level of the units.
    vintage
        Date of the timeline whose units the rows are; None for a mixture that must be asked about.
    vintages
        The evidence for each date of the timeline, the chosen one first.
    chosen_by
        Why the vintage was chosen: the evidence, a person's answer, a recipe.
    rows
        One match for each data row, in the order of the table.
    absent
        Unit ids of the level and vintage, in the table's area, that no row names.
    """

    level: Level
    vintage: dt.date | None
    vintages: tuple[Vintage, ...]
    chosen_by: Literal["evidence", "answer", "recipe"]
    rows: tuple[UnitMatch, ...]
    absent: tuple[str, ...]
