"""Successions over several events composed into one table, forward and backward in time.

Forward, the shares of a path multiply and paths to one end add up::

    f_w(s, t) = sum over paths s -> m1 -> ... -> t of the product of f_w along the path

so a unit divided in one event whose parts meet again in a later one is whole again, exactly.
Backward, a unit of today goes to its predecessors in proportion to their sizes: the part
p_w(o, n) of `geodata.succession.crosswalk` is the share of *n* that goes back to *o*. Between
events, a part is taken to be made up like the unit it joined (the assumption of every nested
crosswalk; see NHGIS, "Geographic crosswalks: technical details").
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.model import LEVELS, Level, Succession, Unit
from geodata.succession.crosswalk import WEIGHTS, Crosswalk, Link, Sizes
from geodata.succession.shares import ExtraShares, joint_sizes, shares_of, units_with_unknown_border

Shares = dict[str, float]
Graph = Mapping[str, list[Succession]]


def unit_areas(units: Iterable[Unit], without: Collection[str] = ()) -> dict[str, float]:
    """Area of each unit in km²: that of its shape, else the official one; units with neither drop.

    The shape comes first because the two ends of a succession are then measured alike.

    Parameters
    ----------
    without
        Units whose shape says nothing of their area
        (`geodata.succession.shares.units_with_unknown_border`).
    """
    found = {
        unit.unit_id: (unit.unit_id not in without and unit.shape_area_km2)
        or unit.official_area_km2
        for unit in units
    }
    return {unit_id: area for unit_id, area in found.items() if area}


def units_valid_on(units: Iterable[Unit], level: Level, day: dt.date) -> list[Unit]:
    """Units of a level that are valid on a day, by id."""
    found = [unit for unit in units if unit.level == level and unit.valid_on(day)]
    return sorted(found, key=lambda unit: unit.unit_id)


def compose_crosswalk(
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    start: dt.date,
    end: dt.date,
    level: Level,
    *,
    to_level: Level | None = None,
    sizes: Sizes | None = None,
    extra_shares: ExtraShares | None = None,
) -> Crosswalk:
    """The table from the units of one day to those of another, over all events between.

    Parameters
    ----------
    units
        All units by id.
    successions
        All rows; their shares must sum to one (`geodata.succession.shares.require_shares`).
    start, end
        Day of the source units and of the target units; ``end`` may be the earlier one.
    level
        Level of the source units.
    to_level
        Level of the target units, the same or one above; default ``level``.
    sizes
        Sizes of units by weight; ``area`` is filled from the units when absent. Backward shares
        and the parts of targets come from them.
    extra_shares
        Shares by further weights, such as ``households``.

    Returns
    -------
    Crosswalk
        With every unit of either day, linked or not.

    Raises
    ------
    InvalidInput
        ``to_level`` is below ``level``: values are never invented for smaller units.
    FileFault
        The successions run in a circle or name a unit that is not there.
    """
    to_level = to_level or level
    if LEVELS.index(to_level) > LEVELS.index(level):
        raise InvalidInput(
            Message("Values cannot be put on a lower level"),
            found=to_level,
            allowed=LEVELS[: LEVELS.index(level) + 1],
        )
    rows = list(successions)
    sizes = {"area": unit_areas(units.values(), units_with_unknown_border(rows)), **(sizes or {})}
    graph, joint = _graph(rows), joint_sizes(rows, sizes)
    if start <= end:
        links, incomplete_sources = _forward(
            units, graph, start, end, level, extra_shares=extra_shares
        )
    else:
        older, _ = _forward(units, graph, end, start, level, extra_shares=extra_shares)
        links, incomplete_sources = (
            _inverted(Crosswalk.from_links(older, sizes, joint=joint)),
            set(),
        )
    sources = [unit.unit_id for unit in units_valid_on(units.values(), level, start)]
    targets = [unit.unit_id for unit in units_valid_on(units.values(), to_level, end)]
    if to_level != level:
        incomplete_sources |= _sources_outside_level(links, units, end, to_level)
        links = roll_up(links, units, end, to_level, incomplete_sources)
    table = Crosswalk.from_links(links, sizes, sources, targets, joint)
    return replace(table, incomplete_sources=frozenset(incomplete_sources))


def _sources_outside_level(
    links: Iterable[Link], units: Mapping[str, Unit], day: dt.date, level: Level
) -> set[str]:
    """Sources some of which lies in a unit that has none of ``level`` above it on ``day``."""
    found = list(links)
    ends = {link.target for link in found}
    lone = {end for end in ends if ancestor(end, units, day, level) is None}
    return {link.source for link in found if link.target in lone}


def roll_up(
    links: Iterable[Link],
    units: Mapping[str, Unit],
    day: dt.date,
    level: Level,
    incomplete_sources: Collection[str] = (),
) -> list[Link]:
    """The same links with each target replaced by the unit of ``level`` above it on ``day``.

    Links that meet in one unit add up; a source all of whose links meet is whole, unless it is
    ``incomplete_sources`` (some of it is in no link). Targets without a unit above drop.
    """
    by_source: dict[str, dict[str, Shares]] = defaultdict(dict)
    dropped = set(incomplete_sources)
    for link in links:
        above = ancestor(link.target, units, day, level)
        if above is None:
            dropped.add(link.source)
            continue
        shares = dict.fromkeys(WEIGHTS, 1.0) | dict(link.shares) if link.whole else link.shares
        _add(by_source[link.source], above, shares)
    return [
        link
        for source, ends in by_source.items()
        for link in _as_links(source, ends, complete=source not in dropped)
    ]


def ancestor(unit_id: str, units: Mapping[str, Unit], day: dt.date, level: Level) -> str | None:
    """The unit of ``level`` above a unit on ``day``, None where there is none.

    A parent that has since been redrawn stands for the version of its code in force on ``day``.
    """
    here: Unit | None = units[unit_id]
    while here is not None and here.level != level:
        here = units.get(here.parent_id) if here.parent_id else None
    if here is None or here.valid_on(day):
        return here.unit_id if here else None
    versions = (u for u in units.values() if u.level == level and u.code == here.code)
    return next((unit.unit_id for unit in versions if unit.valid_on(day)), None)


def steps_between(
    successions: Iterable[Succession], older: str, newer: str
) -> tuple[Succession, ...]:
    """The steps on the ways from one unit to another that it became (part of), oldest first."""
    graph = _graph(successions)

    def leads(unit_id: str) -> bool:
        return unit_id == newer or any(leads(row.to_id) for row in graph.get(unit_id, ()))

    waiting, found = [older], set()
    while waiting:
        for row in graph.get(waiting.pop(), ()):
            if row not in found and leads(row.to_id):
                found.add(row)
                waiting.append(row.to_id)
    return tuple(sorted(found, key=lambda row: (row.date, row.from_id, row.to_id)))


def _graph(successions: Iterable[Succession]) -> Graph:
    graph: dict[str, list[Succession]] = defaultdict(list)
    for row in successions:
        graph[row.from_id].append(row)
    return graph


def _forward(
    units: Mapping[str, Unit],
    graph: Graph,
    start: dt.date,
    end: dt.date,
    level: Level,
    *,
    extra_shares: ExtraShares | None,
) -> tuple[list[Link], set[str]]:
    """The links, and the sources of which some part ended without a successor."""
    walk = _PathShares(units, graph, end, extra_shares or {})
    ids = [unit.unit_id for unit in units_valid_on(units.values(), level, start)]
    links = [link for source in ids for link in _as_links(source, *walk.ends(source))]
    return links, {source for source in ids if not walk.ends(source)[1]}


class _PathShares:
    """Follows units to the day's units; every unit is worked out once."""

    def __init__(
        self, units: Mapping[str, Unit], graph: Graph, day: dt.date, extra_shares: ExtraShares
    ) -> None:
        self.units, self.graph, self.day, self.extra_shares = units, graph, day, extra_shares
        self.done: dict[str, tuple[dict[str, Shares], bool]] = {}
        self.open: set[str] = set()

    def ends(self, unit_id: str) -> tuple[dict[str, Shares], bool]:
        """The units a unit has become, with its shares, and whether nothing of it was lost."""
        if unit_id not in self.done:
            if unit_id in self.open or unit_id not in self.units:
                raise _cycle_fault(unit_id, circle=unit_id in self.open)
            self.open.add(unit_id)
            self.done[unit_id] = self._follow(unit_id)
            self.open.discard(unit_id)
        return self.done[unit_id]

    def _follow(self, unit_id: str) -> tuple[dict[str, Shares], bool]:
        weights = {*WEIGHTS, *self.extra_shares}
        if self.units[unit_id].valid_on(self.day):
            return {unit_id: dict.fromkeys(weights, 1.0)}, True
        rows = self.graph.get(unit_id, [])
        steps = _normalised(rows, self.extra_shares)
        found: dict[str, Shares] = {}
        complete = bool(rows)
        for row, step in zip(rows, steps, strict=True):
            ends, whole = self.ends(row.to_id)
            complete &= whole
            for end, shares in ends.items():
                _add(found, end, {w: step[w] * shares[w] for w in step.keys() & shares.keys()})
        if complete and len(found) == 1:
            found = {end: dict.fromkeys(weights, 1.0) for end in found}
        return found, complete


def _normalised(rows: list[Succession], extra_shares: ExtraShares) -> list[Shares]:
    """Known shares of each row, scaled so that the rounded shares of a table sum to one exactly."""
    tables = [shares_of(row, extra_shares) for row in rows]
    if len(rows) == 1 and rows[0].whole:
        return [dict.fromkeys(tables[0], 1.0)]
    found: list[Shares] = [{} for _ in rows]
    for weight in tables[0] if tables else ():
        values = [table[weight] for table in tables]
        known = [value for value in values if value is not None]
        total = sum(known)
        if len(known) == len(rows) and total > 0:
            for shares, value in zip(found, known, strict=True):
                shares[weight] = value / total
    return found


def _add(ends: dict[str, Shares], end: str, shares: Mapping[str, float]) -> None:
    """Add the shares of one more path; a weight unknown on one path is unknown for the end."""
    if end not in ends:
        ends[end] = dict(shares)
        return
    ends[end] = {w: ends[end][w] + shares[w] for w in ends[end].keys() & shares.keys()}


def _as_links(source: str, ends: dict[str, Shares], complete: bool) -> list[Link]:
    whole = complete and len(ends) == 1
    return [Link(source, end, whole, shares) for end, shares in ends.items()]


def _inverted(older: Crosswalk) -> list[Link]:
    """Links of the newer units back to the older ones, by the parts of the newer."""
    single = {older.targets[j] for j in range(len(older.targets)) if _one(older, j)}
    return [
        Link(
            older.targets[j],
            older.sources[i],
            older.targets[j] in single,
            {w: float(older.parts[w][k]) for w in older.parts if older.parts_known[w][k]},
        )
        for k, (i, j) in enumerate(zip(older.row, older.col, strict=True))
    ]


def _one(older: Crosswalk, target: int) -> bool:
    return bool(older.starts[target + 1] - older.starts[target] == 1)


def _cycle_fault(unit_id: str, circle: bool) -> FileFault:
    what = (
        Message("The successions run in a circle")
        if circle
        else Message("A succession names a unit that is not there")
    )
    return FileFault(what, found=unit_id, where="succession.csv")
