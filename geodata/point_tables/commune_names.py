"""Which commune a table means: by code, name, other spelling, or as the successor of an old one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from geodata.dataset import Dataset
from geodata.i18n import Localised, Message
from geodata.model import Unit
from geodata.vietnamese_names import fold, match_key, normalise
from geodata.vietnamese_spelling import without_lookalikes

_LEAST_ALIKE = 70.0
"""Similarity of two names without marks, 0 to 100, from which one is proposed."""

_MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class FoundCommune:
    """A commune, and how it was found where not by its own name or code."""

    unit: Unit
    note: Localised | None = None


class CommuneFinder:
    """Finds today's communes of a dataset by what tables write.

    Parameters
    ----------
    dataset
        Its units, their aliases and their successions.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._units = {unit.unit_id: unit for unit in dataset.units if unit.level == "commune"}
        self.today = [unit for unit in self._units.values() if unit.valid_to is None]
        self._past = [unit for unit in self._units.values() if unit.valid_to is not None]
        self._successions = dataset.successions
        self._found: dict[str, FoundCommune | None] = {}

    def find(self, text: str) -> FoundCommune | None:
        """The commune of a code, an id or a name with or without its rank; None for none or more.

        Own names come first, then letters that look alike, then aliases, then communes of before
        whose whole area went to one of today.
        """
        wanted = normalise(text)
        if wanted not in self._found:
            self._found[wanted] = self._find(wanted)
        return self._found[wanted]

    def _find(self, wanted: str) -> FoundCommune | None:
        padded = wanted.zfill(5) if wanted.isascii() and wanted.isdigit() else wanted
        coded = [unit for unit in self.today if padded in (unit.code, unit.unit_id)]
        if coded:
            return FoundCommune(coded[0]) if len(coded) == 1 else None
        if not match_key(wanted):
            return None
        named = _named(self.today, wanted)
        if named:
            return FoundCommune(named[0]) if len(named) == 1 else None
        meant = without_lookalikes(wanted)
        alike = _named(self.today, meant) if meant != wanted else []
        if len(alike) == 1:
            words = Message("“{text}” was read as {name}: a letter looks alike", text=wanted,
                            name=alike[0].full_name)  # fmt: skip
            return FoundCommune(alike[0], words)
        also = _named(self.today, meant, aliases=True)
        if len(also) == 1:
            words = Message("“{text}” is another spelling of {name}", text=wanted,
                            name=also[0].full_name)  # fmt: skip
            return FoundCommune(also[0], words)
        return None if also else self._successor(meant)

    def _successor(self, text: str) -> FoundCommune | None:
        """The one commune of today that all communes of an old name went to as a whole."""
        old = _named(self._past, text, aliases=True)
        after = [self._last(unit.unit_id) for unit in old]
        known = {unit.unit_id: unit for unit in after if unit is not None}
        if not old or None in after or len(known) != 1:
            return None
        (unit,) = known.values()
        words = Message("“{text}” is now part of {name}", text=text, name=unit.full_name)
        return FoundCommune(unit, words)

    def _last(self, unit_id: str) -> Unit | None:
        seen: set[str] = set()
        while unit_id not in seen:
            seen.add(unit_id)
            unit = self._units.get(unit_id)
            if unit is not None and unit.valid_to is None:
                return unit
            after = [each for each in self._successions if each.from_id == unit_id]
            if len(after) != 1 or not after[0].whole:
                return None
            unit_id = after[0].to_id
        return None


def communes_alike(communes: Iterable[Unit], text: str) -> tuple[Unit, ...]:
    """Up to five communes whose names are nearly what is written, the likeliest first."""
    plain = fold(text)
    scored = [
        (max(ratio(plain, fold(unit.name.vi)), ratio(plain, fold(unit.full_name.vi))), unit)
        for unit in communes
    ]
    near = sorted((pair for pair in scored if pair[0] >= _LEAST_ALIKE), key=lambda pair: -pair[0])
    return tuple(unit for _, unit in near[:_MOST_ALIKE])


def _named(units: Iterable[Unit], text: str, *, aliases: bool = False) -> Sequence[Unit]:
    key = match_key(text)
    return [unit for unit in units if key in _keys(unit, aliases=aliases)]


def _keys(unit: Unit, *, aliases: bool) -> set[str]:
    """Keys of a unit's names with and without its rank."""
    names = [unit.name.vi, unit.full_name.vi]
    if aliases:
        rank = unit.full_name.vi.removesuffix(unit.name.vi)
        names += [form for alias in unit.aliases for form in (alias, rank + alias)]
    return {match_key(name) for name in names}
