"""All units of all days by the ways in which tables write their names and codes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from geodata.model import LEVELS, Level, Succession, Unit
from geodata.table_import.units.aliases import UnitAlias
from geodata.table_import.units.kinship import Kinship
from geodata.table_import.units.level_names import LevelNames
from geodata.table_import.units.spelling import tokens_of
from geodata.table_import.units.written_name import LONGEST_NAME, Reading, written_name
from geodata.unit_words import unit_words

_CACHED_TEXTS = 20_000
_LOWER: tuple[Level, ...] = ("commune", "village")
_UPPER: tuple[Level, ...] = ("province", "district")


class UnitIndex:
    """The units of all days and levels, to find by name, code and relation; never changed.

    It is also what finding a table needs to know of units
    (`geodata.table_import.layout_records.UnitNames`).

    Parameters
    ----------
    units, timeline
        As in a dataset; ``timeline`` holds the days from which other units are in force.
    kinship
        Relations between the units.
    levels
        Names and codes by level.
    remembered
        Aliases that people confirmed, by `geodata.table_import.units.aliases.answer_key`.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        timeline: Sequence[dt.date],
        kinship: Kinship,
        levels: Mapping[Level, LevelNames],
        remembered: Mapping[str, Sequence[UnitAlias]],
    ) -> None:
        self.units, self.timeline = tuple(units), tuple(sorted(timeline))
        self.kinship, self.levels, self.remembered = kinship, levels, remembered
        self.days = tuple(
            frozenset(n for n, day in enumerate(self.timeline) if unit.valid_on(day))
            for unit in units
        )
        self.kind_words = tuple(map(kind_word, units))
        self._kinds: dict[str, Literal["unit", "upper_unit", ""]] = {}

    @classmethod
    def of(
        cls,
        units: Sequence[Unit],
        successions: Iterable[Succession],
        timeline: Sequence[dt.date],
        aliases: Iterable[UnitAlias] = (),
    ) -> UnitIndex:
        """The index of a dataset's units.

        Parameters
        ----------
        units
            Units of all days and levels.
        timeline
            The days from which other units are in force.
        aliases
            What people answered before, beside the other spellings that units bring themselves.
        """
        levels = {level: LevelNames.of(level) for level in LEVELS}
        for position, unit in enumerate(units):
            levels[unit.level].add(position, unit)
        remembered: dict[str, list[UnitAlias]] = defaultdict(list)
        for alias in aliases:
            remembered[alias.key].append(alias)
        kinship = Kinship(units, successions)
        return cls(units, timeline, kinship, levels, dict(remembered))

    def kind_of(self, text: str) -> Literal["unit", "upper_unit", ""]:
        """What a cell names: a commune or village, only a unit above such, or nothing known.

        By spelling alone, with or without the word before the name; a text without any marks may
        be a name that lost them.
        """
        if not text or len(text) > LONGEST_NAME or text.isdecimal():
            return ""
        found = self._kinds.get(text)
        if found is None:
            lower = self._names_one_of(_LOWER, text)
            found = "unit" if lower else "upper_unit" if self._names_one_of(_UPPER, text) else ""
            if len(self._kinds) >= _CACHED_TEXTS:
                self._kinds.clear()
            self._kinds[text] = found
        return found

    def levels_of(self, text: str) -> frozenset[Level]:
        """The levels at which a text names a unit of any day; see `kind_of`."""
        return frozenset(level for level in self.levels if self._names_one_of((level,), text))

    def _names_one_of(self, levels: Iterable[Level], text: str) -> bool:
        """Whether a text names a unit of one of the levels; the first that it does decides."""
        plain = text.isascii()
        return any(
            self._knows(names, reading, plain)
            for names in map(self.levels.__getitem__, levels)
            for variant in written_name(text, names)
            for reading in variant.readings
        )

    def _knows(self, names: LevelNames, reading: Reading, plain: bool) -> bool:
        found = names.written_as(reading.tokens)
        if plain and not found:
            found = names.without_marks(reading.tokens)
        return any(reading.fits(self.kind_words[entry.unit]) for entry in found)

    def is_code(self, text: str) -> bool:
        """Whether a text is the code of a unit of any day, also without its leading zeros."""
        return any(self.with_code(level, text) for level in LEVELS)

    def bears(self, code: str, text: str) -> bool:
        """Whether a unit of any day bears both a code and, by spelling alone, a name."""
        for level, names in self.levels.items():
            own = set(self.with_code(level, code))
            for variant in written_name(text, names) if own else ():
                for reading in variant.readings:
                    if own & {e.unit for e in names.without_marks(reading.tokens)}:
                        return True
        return False

    def lost_its_marks(self, level: Level, text: str) -> bool:
        """Whether a text is a name of a level without the marks that the name has."""
        names = self.levels[level]
        readings = [r for variant in written_name(text, names) for r in variant.readings]
        if any(names.written_as(reading.tokens) for reading in readings):
            return False
        return any(names.without_marks(reading.tokens) for reading in readings)

    def with_code(self, level: Level, text: str) -> list[int]:
        """Units of a level that bear a code, or the one whose id the text is."""
        names = self.levels[level]
        own = self.kinship.position.get(text)
        if own is not None and self.units[own].level == level:
            return [own]
        return names.codes.get(names.padded(text), [])


def kind_word(unit: Unit) -> str:
    """The word before a unit's name in its full name, in small letters; empty without one."""
    full, name = tokens_of(unit.full_name.vi), tokens_of(unit.name.vi)
    if name and len(full) > len(name) and full[-len(name) :] == name:
        return " ".join(full[: -len(name)])
    # A name that would begin with a figure keeps the word: "Tổ dân phố 9".
    words = (
        word for word in unit_words(unit.level) if full[: len(word.split())] == tokens_of(word)
    )
    return next(words, "") if full == name else ""
