"""Search for units as people type them: ranks in short, and the unit above behind the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geodata.model import LEVELS, Unit
from geodata.unit_words import unit_words
from geodata.vietnamese_names import fold, match_key

_BETWEEN = re.compile(r"[,;()]|\s[-–—]\s")
_LONGEST_ABOVE = 4
"""Words of the name of a unit above that are looked for at the end of what was typed."""
NO_MATCH, WITHIN_A_WORD = 6, 5
_SHORT_FORMS: dict[tuple[str, ...], set[str]] = {}
for _level in LEVELS:
    for _word, _shorts in unit_words(_level).items():
        for _short in _shorts:
            _SHORT_FORMS.setdefault(tuple(_short.split()), set()).add(_word)
_LONGEST_SHORT = max(map(len, _SHORT_FORMS))


@dataclass(frozen=True, slots=True)
class SearchName:
    """One name of a unit, or a way to read a query, in the forms in which they are compared."""

    shown: str
    key: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Query:
    """A name that is looked for, and what must stand above the unit that bears it."""

    readings: tuple[SearchName, ...]
    above: tuple[str, ...] = ()


def search_name(text: str) -> SearchName:
    """A text in the forms in which it is compared."""
    return SearchName(text, match_key(text), fold(text))


class UnitSearch:
    """Finds units by name, alias or code.

    Parameters
    ----------
    units
        In the order in which equally good ones are listed, each with its names.
    units_above
        The units above one, and above what it was formed from: a commune of today is also found
        by the district it came from.
    """

    def __init__(
        self,
        units: Sequence[tuple[Unit, tuple[SearchName, ...]]],
        units_above: Callable[[Unit], tuple[Unit, ...]],
    ) -> None:
        self._units = units
        self._units_above = units_above
        self._names_above = {
            folded
            for unit, _ in units
            if unit.level in LEVELS[:-2]
            for folded in (fold(unit.name.vi), fold(unit.full_name.vi))
        }

    def find(self, q: str) -> list[tuple[Unit, str, bool]]:
        """The units, each with the name that met the query and whether it begins a word of it.

        The best meeting first: the same spelling, the same letters, their beginning, the beginning
        of a word, what is within; among equals today's units.
        """
        for query in self._queries(q):
            found: list[tuple[tuple[int, bool, int], Unit, str]] = []
            for place, (unit, names) in enumerate(self._units):
                grade, shown = min(
                    (_match_grade(reading, name), name.shown)
                    for reading in query.readings
                    for name in names
                )
                if grade < NO_MATCH and self._stands_below(unit, query.above):
                    found.append(((grade, unit.valid_to is not None, place), unit, shown))
            if found:
                found.sort(key=lambda hit: hit[0])
                return [(unit, shown, order[0] < WITHIN_A_WORD) for order, unit, shown in found]
        return []

    def _queries(self, q: str) -> Iterator[_Query]:
        """What was typed as one name; else as a name and the units above it."""
        if not fold(q):
            return
        yield _Query(_readings(q))
        name, *above = [piece for piece in _BETWEEN.split(q) if fold(piece)]
        if above:
            yield _Query(_readings(name), tuple(above))
            return
        words = q.split()
        for count in range(min(_LONGEST_ABOVE, len(words) - 1), 0, -1):
            tail = " ".join(words[-count:])
            if any(reading.folded in self._names_above for reading in _readings(tail)):
                yield _Query(_readings(" ".join(words[:-count])), (tail,))

    def _stands_below(self, unit: Unit, above: tuple[str, ...]) -> bool:
        if not above:
            return True
        names = [f" {fold(each.full_name.vi)} " for each in self._units_above(unit)]
        wanted = ([f" {reading.folded} " for reading in _readings(text)] for text in above)
        return all(any(word in name for word in words for name in names) for words in wanted)


def _readings(text: str) -> tuple[SearchName, ...]:
    """A text as typed, and with the short form of a rank before a name in full."""
    words = re.sub(r"\.(?=\S)", ". ", text.strip()).split()
    bare = [word.lower().rstrip(".") for word in words]
    full = {
        f"{rank} {' '.join(words[count:])}"
        for count in range(1, min(_LONGEST_SHORT, len(words) - 1) + 1)
        for rank in _SHORT_FORMS.get(tuple(bare[:count]), ())
    }
    return search_name(text), *(search_name(each) for each in sorted(full))


def _match_grade(query: SearchName, name: SearchName) -> int:
    """How well a name meets a query: 0 is the same spelling, `NO_MATCH` nothing in common."""
    if name.key == query.key:
        return 0
    if name.folded == query.folded:
        return 1
    if name.key.startswith(query.key):
        return 2
    if name.folded.startswith(query.folded):
        return 3
    if f" {query.folded}" in f" {name.folded}":
        return 4
    return WITHIN_A_WORD if query.folded in name.folded else NO_MATCH
