"""What a unit was formed from and what it became, with shares: the data of the merger explorer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.i18n import Text
from geodata.model import Level, Observation, Succession, Unit
from geodata.succession.crosswalk import WEIGHTS, Crosswalk, Link, Sizes
from geodata.succession.crosswalk_chain import ancestor, units_valid_on
from geodata.succession.shares import ExtraShares, joint_sizes, shares_of


@dataclass(frozen=True, slots=True)
class LineageStep:
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
class UnitFormation:
    """A new unit with its parts and the old districts these lay in."""

    unit: Unit
    parts: tuple[LineageStep, ...]
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueRange:
    """How far predecessors lay apart before they were merged."""

    low: Observation
    high: Observation
    count: int
    without_value: tuple[str, ...]

    @property
    def width(self) -> float:
        """Highest minus lowest value, in the indicator's unit of measure."""
        return self.high.value - self.low.value


def predecessor_steps(
    unit_id: str,
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    sizes: Sizes,
    extra_shares: ExtraShares | None = None,
) -> tuple[LineageStep, ...]:
    """Predecessors of a unit in the event that made it, the largest part first.

    Parameters
    ----------
    sizes
        Sizes of units by weight (`geodata.succession.crosswalk_chain.unit_areas` for ``area``);
        without a size of all predecessors, alone or together, there is no ``of_new`` by a weight.
    """
    everything = list(successions)
    rows = [row for row in everything if row.to_id == unit_id]
    tables = [shares_of(row, extra_shares) for row in rows]
    links = [
        Link(row.from_id, unit_id, row.whole, _known(shares))
        for row, shares in zip(rows, tables, strict=True)
    ]
    table = Crosswalk.from_links(links, sizes, joint=joint_sizes(everything, sizes))
    of_new = {
        table.sources[i]: {w: float(table.parts[w][k]) for w in sizes if table.parts_known[w][k]}
        for k, i in enumerate(table.row.tolist())
    }
    found = [
        _lineage_step(row, units, known, of_new[row.from_id])
        for row, known in zip(rows, map(_known, tables), strict=True)
    ]
    return tuple(sorted(found, key=lambda part: (-_best_share(part.of_new), part.old.unit_id)))


def jointly_known_steps(
    parts: Iterable[LineageStep],
) -> tuple[tuple[Unit, ...], dict[str, float]] | None:
    """Predecessors whose part of a unit is known only together, and that part by weight.

    Where some parts of a unit are known by a weight, the size of all of it is; so what they leave
    of it is the part of the others, all of which went over whole.

    Parameters
    ----------
    parts
        All parts of one unit, as from `predecessor_steps`.
    """
    found = tuple(parts)
    alone = {weight for part in found for weight in part.of_new}
    rests = {w: [p for p in found if w not in p.of_new] for w in alone}
    groups = {tuple(p.old.unit_id for p in rest): rest for rest in rests.values() if len(rest) > 1}
    if len(groups) != 1:
        return None
    (ids,) = groups
    of_new = {
        w: 1 - sum(part.of_new.get(w, 0.0) for part in found)
        for w, rest in rests.items()
        if tuple(p.old.unit_id for p in rest) == ids
    }
    return tuple(part.old for part in groups[ids]), of_new


def successor_steps(
    unit_id: str,
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    sizes: Sizes,
    extra_shares: ExtraShares | None = None,
) -> tuple[LineageStep, ...]:
    """Successors of a unit in the event that ended it, the largest share first."""
    rows = list(successions)
    targets = [row.to_id for row in rows if row.from_id == unit_id]
    parts = [
        part for to in targets for part in predecessor_steps(to, units, rows, sizes, extra_shares)
    ]
    mine = [part for part in parts if part.old.unit_id == unit_id]
    return tuple(sorted(mine, key=lambda part: (-_best_share(part.of_old), part.new.unit_id)))


def unit_formations(
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    day: dt.date,
    sizes: Sizes,
    *,
    level: Level = "commune",
    above: Level = "district",
    extra_shares: ExtraShares | None = None,
) -> tuple[UnitFormation, ...]:
    """Every unit of a level valid on ``day`` with what it was formed from.

    ``districts`` are the units of level ``above`` that its predecessors lay in on the day before
    they ended: what a list is filtered by.
    """
    rows = list(successions)
    found = []
    for unit in units_valid_on(units.values(), level, day):
        parts = predecessor_steps(unit.unit_id, units, rows, sizes, extra_shares)
        eves = [(part.old.unit_id, part.date - dt.timedelta(days=1)) for part in parts]
        lay_in = {ancestor(old, units, eve, above) for old, eve in eves}
        found.append(UnitFormation(unit, parts, tuple(sorted(d for d in lay_in if d))))
    return tuple(found)


def predecessor_value_range(
    parts: Iterable[LineageStep], values: Mapping[str, Observation]
) -> ValueRange | None:
    """Lowest and highest value among the predecessors; None where none has a value."""
    olds = [part.old.unit_id for part in parts]
    found = sorted((values[old] for old in olds if old in values), key=lambda seen: seen.value)
    missing = tuple(old for old in olds if old not in values)
    return ValueRange(found[0], found[-1], len(found), missing) if found else None


def _lineage_step(
    row: Succession, units: Mapping[str, Unit], known: Mapping[str, float], new: Mapping[str, float]
) -> LineageStep:
    old_unit, new_unit = units[row.from_id], units[row.to_id]
    return LineageStep(
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


def _known(shares: Mapping[str, float | None]) -> dict[str, float]:
    return {weight: share for weight, share in shares.items() if share is not None}


def _best_share(shares: Mapping[str, float]) -> float:
    return next((shares[weight] for weight in WEIGHTS if weight in shares), 0.0)
