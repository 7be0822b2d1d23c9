"""What is proposed for a row that found no unit by itself; a person chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from geodata.i18n import Formatted, Joined, Localised, Message, Verbatim
from geodata.model import LEVELS
from geodata.table_import.match_records import UnitCandidate
from geodata.table_import.units.kinship import Kinship
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.row_search import RowQuery, RowSearch
from geodata.table_import.units.spelling import Spelling, spelling_of, tokens_of
from geodata.table_import.units.written_name import LONGEST_NAME, written_name
from geodata.unit_words import day_text

MOST_CANDIDATES = 5
_LEAST_SIMILAR = 0.6
_MOST_ROWS = 500
"""Different names for which near spellings are looked up; a table with more lists other units."""
_MOST_COMPARED = 50
"""Near spellings of one name that are put in order by where the units lie."""
_NAMED = 3
"""Units that a path names; the rest are counted."""


def succession_path(index: UnitIndex, unit: int, date: dt.date) -> Localised:
    """What a unit became by a day, or what a later unit was formed from.

    ``Sơn Bình (cũ) → Bình Lư từ 01/7/2025``, ``Bình Lư từ 01/7/2025 ← Sơn Bình, Bình Lư (cũ)``.
    """
    own = index.units[unit]
    later = own.valid_from > date
    if later:
        steps = index.kinship.predecessors
        parts: list[Localised] = [_since(index, [unit])]
    else:
        steps = index.kinship.successors
        parts = [Message("{name} (former)", name=Verbatim(own.name.vi))]
    here = [unit]
    while here and not any(index.units[one].valid_on(date) for one in here):
        here = list(dict.fromkeys(after for one in here for after in steps.get(one, ())))
        if here:
            parts.append(_former(index, here) if later else _since(index, here))
    return Joined(" ← " if later else " → ", parts)


def _names(index: UnitIndex, units: Sequence[int]) -> Localised:
    named = [Verbatim(index.units[unit].name.vi) for unit in units[:_NAMED]]
    more = len(units) - len(named)
    return Joined(", ", [*named, Message("{n} more", n=more)] if more else named)


def _since(index: UnitIndex, units: Sequence[int]) -> Localised:
    day = Formatted(day_text, index.units[units[0]].valid_from)
    return Message("{name} since {day}", name=_names(index, units), day=day)


def _former(index: UnitIndex, units: Sequence[int]) -> Localised:
    return Message("{name} (former)", name=_names(index, units))


def kin_on(kinship: Kinship, unit: int, date: dt.date) -> list[int]:
    """What a unit became, or was formed from, among the units in force on a day."""
    return sorted(
        one for one in kinship.line(unit) if one != unit and kinship.units[one].valid_on(date)
    )


@dataclass
class Proposals:
    """Proposes units for the rows of one table.

    Parameters
    ----------
    search
        Finds units by name; gives index, level and area.
    open_days
        Positions in the timeline of the days whose units the rows may be.
    rival
        A search at another level, whose units the rows may mean as well.
    """

    search: RowSearch
    open_days: tuple[int, ...]
    rival: RowSearch | None = None

    def by_rule(self, query: RowQuery) -> tuple[UnitCandidate, ...]:
        """Units that part of what the row says speaks for, at most `MOST_CANDIDATES`."""
        found: dict[int, Localised] = {}
        for unit, reason in self._reasons(query):
            found.setdefault(unit, reason)
        return tuple(
            self._candidate(query, unit, reason)
            for unit, reason in list(found.items())[:MOST_CANDIDATES]
        )

    def _reasons(self, query: RowQuery) -> Iterable[tuple[int, Localised]]:
        findings = self.search.find(query)
        for day in self.open_days:
            for unit in findings[day].units:
                yield unit, self._homonym(unit) if self._one_day else self._on_day(unit, day)
        for day in self.open_days:
            yield from findings[day].doubts
        if self.rival is not None:
            other = Message("A unit of another level")
            for day in self.open_days:
                yield from ((unit, other) for unit in self.rival.find(query)[day].units)
        if any(findings[day].units for day in self.open_days):
            return
        for day, finding in enumerate(findings):
            if day not in self.open_days:
                for unit in finding.units:
                    yield from self._of_another_day(unit)
        yield from self._of_another_level(query)

    def _homonym(self, unit: int) -> Localised:
        index = self.search.index
        parent = index.kinship.parent(unit)
        full = Verbatim(index.units[unit].full_name.vi)
        if parent is None:
            return full
        return Joined(", ", [full, Verbatim(index.units[parent].full_name.vi)])

    @property
    def _one_day(self) -> bool:
        return len(self.open_days) == 1

    def _on_day(self, unit: int, day: int) -> Localised:
        start = Formatted(day_text, self.search.index.timeline[day])
        return Message("{name}, of the list since {day}", name=self._homonym(unit), day=start)

    def _of_another_day(self, unit: int) -> Iterable[tuple[int, Localised]]:
        index = self.search.index
        date = index.timeline[self.open_days[-1]]
        path = succession_path(index, unit, date)
        yield unit, path
        yield from ((kin, path) for kin in kin_on(index.kinship, unit, date))

    def _of_another_level(self, query: RowQuery) -> Iterable[tuple[int, Localised]]:
        index, dates = self.search.index, [self.search.index.timeline[d] for d in self.open_days]
        for level in LEVELS:
            if level == self.search.level:
                continue
            names = index.levels[level]
            for variant in written_name(query.name, names, query.kind) if query.name else ():
                for reading in variant.readings:
                    for entry in names.written_as(reading.tokens):
                        unit = index.units[entry.unit]
                        fits = reading.fits(index.kind_words[entry.unit])
                        if fits and any(map(unit.valid_on, dates)):
                            yield entry.unit, Message("A unit of another level")

    def _candidate(self, query: RowQuery, unit: int, reason: Localised) -> UnitCandidate:
        index = self.search.index
        written = spelling_of(_bare_tokens(query, self.search)).marked
        own = spelling_of(tokens_of(index.units[unit].name.vi)).marked
        alike = Levenshtein.normalized_similarity(written, own)
        return UnitCandidate(index.units[unit].unit_id, reason, round(100 * alike, 1))

    def near_spellings(
        self, queries: Sequence[RowQuery]
    ) -> dict[RowQuery, tuple[UnitCandidate, ...]]:
        """Units of the open days whose names are spelled nearly as rows write them.

        The similarity is the normalised Levenshtein similarity of the spellings with their marks:
        no parts and no sets of words, which take ``phường 1`` for ``phường 12``.
        """
        named = (query for query in queries if 0 < len(query.name) <= LONGEST_NAME)
        different = list(dict.fromkeys(named))[:_MOST_ROWS]
        units = self._units_of_open_days()
        if not different or not units:
            return {}
        names = [spelling_of(tokens_of(self.search.index.units[u].name.vi)) for u in units]
        written = [spelling_of(_bare_tokens(query, self.search)) for query in different]
        alike = cdist(
            [spelling.marked for spelling in written],
            [spelling.marked for spelling in names],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_LEAST_SIMILAR,
        )
        return {
            query: self._best(query, own, units, names, row)
            for query, own, row in zip(different, written, alike, strict=True)
        }

    def _best(
        self,
        query: RowQuery,
        own: Spelling,
        units: Sequence[int],
        names: Sequence[Spelling],
        alike: np.ndarray,
    ) -> tuple[UnitCandidate, ...]:
        places = [
            place
            for place in np.argsort(-alike, kind="stable")[:_MOST_COMPARED]
            if alike[place] >= _LEAST_SIMILAR and names[place].numerals == own.numerals
        ]
        # Units that lie where the row says come first, the others after them.
        places.sort(key=lambda place: not self._lies_there(units[place], query))
        reason = Message("Spelled much alike")
        return tuple(
            self._candidate(query, units[place], reason) for place in places[:MOST_CANDIDATES]
        )

    def _lies_there(self, unit: int, query: RowQuery) -> bool:
        days = self.search.index.days[unit]
        return any(
            self.search.lies_below(unit, query, day) for day in self.open_days if day in days
        )

    def _units_of_open_days(self) -> list[int]:
        index, area = self.search.index, self.search.area
        days = frozenset(self.open_days)
        return [
            position
            for position, unit in enumerate(index.units)
            if unit.level == self.search.level
            and not days.isdisjoint(index.days[position])
            and (area is None or index.kinship.inside(position, area))
        ]


def _bare_tokens(query: RowQuery, search: RowSearch) -> tuple[str, ...]:
    """The name without the word for its kind."""
    names = search.index.levels[search.level]
    tokens = tokens_of(query.name[:LONGEST_NAME])
    leading = names.leading_word(tokens, query.name.isascii())
    return leading[1] if leading and leading[1] else tokens
