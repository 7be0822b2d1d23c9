"""What a unit was formed from and what it became, with shares: the data of the merger explorer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.model import Level, Observation, Succession, Unit
from geodata.succession.chains import ancestor, units_on
from geodata.succession.crosswalk import WEIGHTS, Sizes
from geodata.succession.shares import MoreShares, shares_of
from geodata.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One step between an old and a new unit.

    ``of_old`` is the share of the old unit that went to the new one, ``of_new`` the part of the new
    unit that came from the old one; both by weight, 0 to 1, holding the known ones only. ``note``
    says where the shares come from, or why they are not known.
    """

    old: Unit
    new: Unit
    date: dt.date
    legal_basis: Text
    source_id: str
    whole: bool
    of_old: Mapping[str, float]
    of_new: Mapping[str, float]
    note: Text


@dataclass(frozen=True, slots=True)
class Formation:
    """A new unit with its parts and the old districts these lay in."""

    unit: Unit
    parts: tuple[Part, ...]
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far predecessors lay apart before they were merged."""

    low: Observation
    high: Observation
    count: int
    without_value: tuple[str, ...]

    @property
    def width(self) -> float:
        """Highest minus lowest value, in the indicator's unit of measure."""
        return self.high.value - self.low.value


def formed_from(
    unit_id: str,
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    sizes: Sizes,
    more: MoreShares | None = None,
) -> tuple[Part, ...]:
    """Predecessors of a unit in the event that made it, the largest part first.

    Parameters
    ----------
    sizes
        Sizes of the old units by weight (`geodata.succession.chains.areas` for ``area``); a weight
        for which a predecessor has no size gives no ``of_new``.
    """
    rows = [row for row in successions if row.to_id == unit_id]
    tables = [shares_of(row, more) for row in rows]
    of_new = _parts(rows, tables, sizes)
    found = [
        _part(row, units, table, new) for row, table, new in zip(rows, tables, of_new, strict=True)
    ]
    return tuple(sorted(found, key=lambda part: (-_weightiest(part.of_new), part.old.unit_id)))


def became(
    unit_id: str,
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    sizes: Sizes,
    more: MoreShares | None = None,
) -> tuple[Part, ...]:
    """Successors of a unit in the event that ended it, the largest share first."""
    rows = list(successions)
    targets = [row.to_id for row in rows if row.from_id == unit_id]
    parts = [part for to in targets for part in formed_from(to, units, rows, sizes, more)]
    mine = [part for part in parts if part.old.unit_id == unit_id]
    return tuple(sorted(mine, key=lambda part: (-_weightiest(part.of_old), part.new.unit_id)))


def formations(
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    day: dt.date,
    sizes: Sizes,
    *,
    level: Level = "commune",
    above: Level = "district",
    more: MoreShares | None = None,
) -> tuple[Formation, ...]:
    """Every unit of a level valid on ``day`` with what it was formed from.

    ``districts`` are the units of level ``above`` that its predecessors lay in on the day before
    they ended: what a list is filtered by.
    """
    rows = list(successions)
    found = []
    for unit in units_on(units.values(), level, day):
        parts = formed_from(unit.unit_id, units, rows, sizes, more)
        eves = [(part.old.unit_id, part.date - dt.timedelta(days=1)) for part in parts]
        lay_in = {ancestor(old, units, eve, above) for old, eve in eves}
        found.append(Formation(unit, parts, tuple(sorted(d for d in lay_in if d))))
    return tuple(found)


def spread(parts: Iterable[Part], values: Mapping[str, Observation]) -> Spread | None:
    """Lowest and highest value among the predecessors; None where none has a value."""
    olds = [part.old.unit_id for part in parts]
    found = sorted((values[old] for old in olds if old in values), key=lambda seen: seen.value)
    missing = tuple(old for old in olds if old not in values)
    return Spread(found[0], found[-1], len(found), missing) if found else None


def _part(
    row: Succession,
    units: Mapping[str, Unit],
    shares: Mapping[str, float | None],
    new: dict[str, float],
) -> Part:
    known = {weight: share for weight, share in shares.items() if share is not None}
    old_unit, new_unit = units[row.from_id], units[row.to_id]
    return Part(
        old_unit,
        new_unit,
        row.date,
        row.legal_basis,
        row.source_id,
        row.whole,
        known,
        new,
        row.note,
    )


def _parts(
    rows: list[Succession], tables: list[dict[str, float | None]], sizes: Sizes
) -> list[dict[str, float]]:
    """Part of the new unit that each row brings, by every weight that all rows have."""
    found: list[dict[str, float]] = [{} for _ in rows]
    for weight, size in sizes.items():
        masses = [_mass(row, table, weight, size) for row, table in zip(rows, tables, strict=True)]
        known = [mass for mass in masses if mass is not None]
        if len(known) == len(rows) and sum(known) > 0:
            for part, mass in zip(found, known, strict=True):
                part[weight] = mass / sum(known)
    return found


def _mass(
    row: Succession, table: Mapping[str, float | None], weight: str, size: Mapping[str, float]
) -> float | None:
    share = 1.0 if row.whole else table.get(weight)
    return None if share is None or row.from_id not in size else size[row.from_id] * share


def _weightiest(shares: Mapping[str, float]) -> float:
    return next((shares[weight] for weight in WEIGHTS if weight in shares), 0.0)
