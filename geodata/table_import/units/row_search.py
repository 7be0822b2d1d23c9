"""The units that a row may mean on each day of the timeline, by the rungs of one ladder.

The rungs, in this order: the code, which the name must not contradict; the name; another spelling
that the list of units brings; an alias that a person confirmed; and, where the whole table has no
marks at all, the same by letters alone. A rung is left with the units that lie below the stated
upper units and are of the stated kind; the first rung with any decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from geodata.i18n import Formatted, Localised, Message, Verbatim
from geodata.model import LEVELS, Level
from geodata.table_import.match_records import NOTHING_TO_SAY, MatchMethod
from geodata.table_import.units.aliases import answer_key
from geodata.table_import.units.level_names import NameEntry
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.spelling import composed
from geodata.table_import.units.written_name import NameVariant, Reading, written_name
from geodata.unit_words import day_text

Rung = Literal["name", "alias", "remembered", "plain"]
_RUNGS: tuple[Rung, ...] = ("name", "alias", "remembered", "plain")

_OTHER_NAME = Message("It has this code, but another name")
_OTHER_CODE = Message("It has this name, but another code")
_OTHER_MARKS = Message("The name differs in its marks")
_OTHER_KIND = Message("It is of another kind than the table says")
_OUTSIDE = Message("It lies outside the area")


@dataclass(frozen=True, slots=True)
class RowQuery:
    """What a row says about its unit: texts as written, empty where it says nothing.

    Parameters
    ----------
    parents
        The units above, one text for each column or group row that names any.
    """

    code: str = ""
    name: str = ""
    kind: str = ""
    parents: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The unit as the table writes it."""
        return self.name or self.code

    @property
    def parent(self) -> str:
        """The units above in one text."""
        return ", ".join(self.parents)


@dataclass(frozen=True, slots=True)
class DayFinding:
    """What a row may mean on one day.

    Parameters
    ----------
    units
        Positions of the units: one is an answer, several are homonyms.
    method
        By what they were found.
    note
        What should be said about it.
    doubts
        Units that only part of what the row says speaks for, and what speaks against each.
    """

    units: tuple[int, ...] = ()
    method: MatchMethod = ""
    note: Localised = NOTHING_TO_SAY
    doubts: tuple[tuple[int, Localised], ...] = ()


_NOTHING = DayFinding()


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit whose name is spelled as a row writes it.

    Parameters
    ----------
    rung
        The rung of the ladder it stands on; ``plain`` never answers by itself.
    fits
        Whether the stated kind is the unit's.
    literal
        Whether the text is the name or the full name letter by letter.
    short
        Whether the word for the kind is shortened.
    variant
        What else the cell says.
    bare
        Whether the letters agree only without their marks.
    """

    unit: int
    rung: Rung
    fits: bool
    literal: bool
    short: bool
    variant: NameVariant
    bare: bool = False


@dataclass
class RowSearch:
    """Finds the units of rows; equal rows are looked up once.

    Parameters
    ----------
    index
        All units.
    level
        Level of the units looked for.
    without_marks
        Whether the table has no marks at all, so that letters alone tell a unit.
    area
        Positions of the units in or below which the table's units lie; None for anywhere.
    """

    index: UnitIndex
    level: Level
    without_marks: bool = False
    area: frozenset[int] | None = None
    _found: dict[RowQuery, tuple[DayFinding, ...]] = field(default_factory=dict)
    _hits: dict[tuple[str, str], list[Hit]] = field(default_factory=dict)
    _upper: dict[str, frozenset[int]] = field(default_factory=dict)
    _beside: dict[str, frozenset[int]] = field(default_factory=dict)
    _upper_on: dict[tuple[str, int], tuple[frozenset[int], frozenset[int]]] = field(
        default_factory=dict
    )

    def find(self, query: RowQuery) -> tuple[DayFinding, ...]:
        """What a row may mean on each day of the timeline."""
        if query not in self._found:
            days = range(len(self.index.timeline))
            self._found[query] = tuple(self._on_day(query, day) for day in days)
        return self._found[query]

    def hits(self, query: RowQuery) -> list[Hit]:
        """Units of all days that are spelled as the row writes, those without marks included."""
        key = query.name, query.kind
        if key not in self._hits:
            self._hits[key] = list(self._spelled(query))
        return self._hits[key]

    def upper_units(self, text: str) -> frozenset[int]:
        """The units of the levels above that a text names, of all days."""
        if text not in self._upper:
            levels = tuple(reversed(LEVELS[: LEVELS.index(self.level)]))
            self._upper[text] = frozenset(self._named_at(levels, text))
        return self._upper[text]

    def _same_level(self, text: str) -> frozenset[int]:
        if text not in self._beside:
            self._beside[text] = frozenset(self._named_at([self.level], text))
        return self._beside[text]

    def _named_at(self, levels: Sequence[Level], text: str) -> Iterable[int]:
        plain = text.isascii()
        for level in levels:
            names = self.index.levels[level]
            for variant in written_name(text, names):
                found = [
                    entry.unit
                    for reading in variant.readings
                    for entry in names.written_as(reading.tokens)
                    or (names.without_marks(reading.tokens) if plain else [])
                    if reading.fits(self.index.kind_words[entry.unit])
                ]
                if found:
                    yield from found
                    break

    def _spelled(self, query: RowQuery) -> Iterable[Hit]:
        names = self.index.levels[self.level]
        written = composed(query.name).casefold()
        bare: list[Hit] = []
        for variant in written_name(query.name, names, query.kind):
            marked = [
                self._hit(entry, reading, variant, written)
                for reading in variant.readings
                for entry in names.written_as(reading.tokens)
            ]
            if marked and not self.without_marks:
                return marked
            seen = {(hit.unit, hit.rung) for hit in marked}
            bare = bare or [
                hit
                for reading in variant.readings
                for entry in names.without_marks(reading.tokens)
                if (hit := self._hit(entry, reading, variant, written, bare=True))
                and (hit.unit, hit.rung) not in seen
            ]
            if marked:
                return marked + bare
        return bare

    def _hit(
        self,
        entry: NameEntry,
        reading: Reading,
        variant: NameVariant,
        written: str,
        bare: bool = False,
    ) -> Hit:
        fits = reading.fits(self.index.kind_words[entry.unit])
        full = self.index.units[entry.unit].full_name.vi
        literal = written in (entry.text.casefold(), full.casefold())
        own: Rung = "alias" if entry.alias else "name"
        rung: Rung = "plain" if bare and not self.without_marks else own
        return Hit(entry.unit, rung, fits, literal, reading.short, variant, bare)

    def _on_day(self, query: RowQuery, day: int) -> DayFinding:
        named = self._named(query, day) if query.name else _NOTHING
        if not query.code:
            return named
        own = [
            unit
            for unit in self.index.with_code(self.level, query.code)
            if day in self.index.days[unit] and self._in_area(unit)
        ]
        if not own:
            return self._without_code(query, named)
        if not query.name:
            return DayFinding((own[0],), "code")
        agreeing = {hit.unit for hit in self.hits(query) if hit.fits and hit.rung != "plain"}
        if own[0] in agreeing or own[0] in named.units:
            return DayFinding((own[0],), "code")
        others = ((unit, _OTHER_CODE) for unit in named.units)
        return DayFinding(doubts=((own[0], _OTHER_NAME), *others))

    def _without_code(self, query: RowQuery, named: DayFinding) -> DayFinding:
        """The finding by the name of a row whose code no unit bears on the day."""
        others = ((unit, _OTHER_CODE) for unit in named.units)
        return DayFinding(doubts=(*others, *named.doubts))

    def _named(self, query: RowQuery, day: int) -> DayFinding:
        doubts: dict[int, Localised] = {}
        hits = self.hits(query)
        if not hits and not self.index.remembered:
            return _NOTHING
        rungs = {hit.rung for hit in hits}
        for rung in _RUNGS:
            if rung == "remembered":
                found = self._remembered(query, day)
            elif rung in rungs:
                group = hits if len(rungs) == 1 else [hit for hit in hits if hit.rung == rung]
                found = self._rung(group, query, day)
            else:
                continue
            if found and found.units and rung != "plain":
                return found
            if found:
                doubts |= dict.fromkeys(found.units, _OTHER_MARKS) | dict(found.doubts)
        return DayFinding(doubts=tuple(doubts.items())) if doubts else _NOTHING

    def _remembered(self, query: RowQuery, day: int) -> DayFinding | None:
        if not self.index.remembered:
            return None
        for alias in self.index.remembered.get(answer_key(query.parent, query.name), ()):
            unit = self.index.kinship.position.get(alias.unit_id)
            if unit is not None and self._is_of_day(unit, day):
                note = Message(
                    "An alias that {name} confirmed on {day} ({source})",
                    name=alias.added_by,
                    day=Formatted(day_text, dt.date.fromisoformat(alias.added_at[:10])),
                    source=alias.source,
                )
                return DayFinding((unit,), "alias", note)
        return None

    def _is_of_day(self, unit: int, day: int) -> bool:
        return day in self.index.days[unit] and self.index.units[unit].level == self.level

    def _rung(self, group: Sequence[Hit], query: RowQuery, day: int) -> DayFinding | None:
        """The units of one rung that are in force and that nothing speaks against."""
        valid = [hit for hit in group if self._in_time(hit, day)]
        if not valid:
            return None
        left = [hit for hit in valid if self._against(hit, query, day) is None]
        units = tuple(dict.fromkeys(hit.unit for hit in left))
        if not units:
            doubts = {hit.unit: self._reason(hit, query, day) for hit in valid}
            return DayFinding(doubts=tuple(doubts.items())) if doubts else None
        narrowed = len({hit.unit for hit in valid if hit.fits}) > len(units)
        method: MatchMethod = "parent" if narrowed else _method(left)
        return DayFinding(units, method, _note(left, self.index))

    def _in_time(self, hit: Hit, day: int) -> bool:
        days = self.index.days[hit.unit]
        if day not in days:
            return False
        today = len(self.index.timeline) - 1 in days
        return not hit.variant.time or (hit.variant.time == "current") == today

    def _against(self, hit: Hit, query: RowQuery, day: int) -> str | None:
        """What speaks against a unit whose name is the one written; None where nothing does.

        Returns
        -------
        str or None
            The text that puts it elsewhere or is not known; empty for all other reasons.
        """
        if not hit.fits or not self._in_area(hit.unit):
            return ""
        beside = hit.variant.beside
        for text in (*_separate(query.parent), *beside):
            if not self._below(hit.unit, text, day) or (
                text in beside and not self.upper_units(text)
            ):
                return text
        return None

    def _reason(self, hit: Hit, query: RowQuery, day: int) -> Localised:
        """What speaks against a unit, in words."""
        against = self._against(hit, query, day)
        if against and self.upper_units(against):
            return Message("It lies elsewhere, not in {parent}", parent=Verbatim(against))
        if against:
            return Message("What “{text}” means is not known", text=Verbatim(against))
        return _OTHER_KIND if self._in_area(hit.unit) else _OUTSIDE

    def lies_below(self, unit: int, query: RowQuery, day: int) -> bool:
        """Whether a unit lies below all upper units that a row states."""
        return all(self._below(unit, text, day) for text in _separate(query.parent))

    def _in_area(self, unit: int) -> bool:
        return self.area is None or self.index.kinship.inside(unit, self.area)

    def _below(self, unit: int, text: str, day: int) -> bool:
        """Whether a unit lies below the one that a text names, or did where that is no more.

        A text that names no unit above but one of the same level tells what the unit was formed
        from or became.
        """
        if (text, day) not in self._upper_on:
            named = self.upper_units(text)
            now = frozenset(upper for upper in named if day in self.index.days[upper])
            self._upper_on[text, day] = now, named
        now, named = self._upper_on[text, day]
        kinship = self.index.kinship
        if now:
            return not kinship.above(unit).isdisjoint(now)
        if named:
            return not kinship.former_above(unit).isdisjoint(named)
        beside = self._same_level(text)
        return not beside or not beside.isdisjoint(kinship.line(unit) - {unit})


@lru_cache(maxsize=4096)
def _separate(parent: str) -> tuple[str, ...]:
    """The units above that one text names: ``Huyện A, tỉnh B``."""
    return tuple(filter(None, re.split(r"\s*[,;]\s*", parent)))


def _method(hits: Sequence[Hit]) -> MatchMethod:
    first = hits[0]
    if all(hit.bare for hit in hits):
        return "without_marks"
    if first.rung == "alias":
        return "alias"
    if any(hit.literal for hit in hits):
        return "name"
    return "short_form" if first.short else "tone_placement"


def _note(hits: Sequence[Hit], index: UnitIndex) -> Localised:
    first = hits[0]
    if first.rung == "alias":
        name = Verbatim(index.units[first.unit].name.vi)
        return Message("Another spelling of {name} in the list of units", name=name)
    return NOTHING_TO_SAY
