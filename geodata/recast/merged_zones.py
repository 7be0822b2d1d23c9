"""Values known of several units only together.

Where a unit was divided in parts of unknown size, its heirs have no value of their own; but all it
had is somewhere in them. So they are taken as one target *G* and the rule of the indicator is asked
again::

    f_w(s, G) = sum over t in G of f_w(s, t)        where every one of these shares is known
              = 1 - sum over t not in G of f_w(s, t)  where those are, and nothing of s was lost

A source that lies in *G* and nowhere else is whole there, so a count is its exact sum, a ratio the
quotient of two such sums, an extreme the extreme of them all. (The zones of unknown division are
dissolved, as when the units of two censuses are joined to the smallest ones both can be put on;
Norman, Rees and Boyle 2003, "Achieving data compatibility over space and time".)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from geodata.model import JointFigure
from geodata.recast.results import STATUS_CODES, RecastValue, RecastValues
from geodata.succession.crosswalk import Crosswalk, Flags, Link

SEPARATOR = "+"
"""Between the ids of the units in the id of them together."""


@dataclass(frozen=True, slots=True)
class JointValue:
    """A value of several units of which none has one alone.

    Parameters
    ----------
    units
        Their ids, in the order of the crosswalk.
    record
        The value of all of them; its ``unit_id`` is theirs, joined by `SEPARATOR`.
    stated_by
        Id of the source that states it for them together; empty where it was computed.
    """

    units: tuple[str, ...]
    record: RecastValue
    stated_by: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of the figures behind it."""
        used = [part.observation.source_id for part in self.record.contributions]
        return tuple(dict.fromkeys([self.stated_by] if self.stated_by else used))


def stated_joint_value(figure: JointFigure) -> JointValue:
    """The joint value that a source states."""
    together = SEPARATOR.join(figure.unit_ids)
    record = RecastValue(
        *(together, figure.indicator, figure.period, figure.value),
        status="published",
        coverage=1.0,
    )
    return JointValue(figure.unit_ids, record, figure.source_id)


def find_joint_values(
    crosswalk: Crosswalk,
    unsure: Flags,
    computed: RecastValues,
    rule: Callable[[Crosswalk], RecastValues],
) -> tuple[JointValue, ...]:
    """Find the groups of units that have a value together.

    Parameters
    ----------
    unsure
        Links of which the rule cannot say how much of their source they carry, one flag per link.
    computed
        What the rule gives for each unit alone.
    rule
        Gives the values on the targets of another crosswalk from the same sources.

    Returns
    -------
    tuple of JointValue
        Only groups whose value stands for all of them (coverage 1).
    """
    groups = _zones(crosswalk, unsure, computed)
    if not groups:
        return ()
    found = rule(merge_targets(crosswalk, groups))
    records = {SEPARATOR.join(units): units for units in groups}
    return tuple(
        JointValue(units, replace(found[name], unit_id=name))
        for name, units in records.items()
        if found[name].value is not None and found[name].coverage == 1
    )


def merge_targets(crosswalk: Crosswalk, groups: Iterable[tuple[str, ...]]) -> Crosswalk:
    """The links that lead into groups of targets, each group one target."""
    name_of = {unit: SEPARATOR.join(units) for units in groups for unit in units}
    by_source: dict[str, list[Link]] = defaultdict(list)
    for link in crosswalk.links():
        by_source[link.source].append(link)
    return Crosswalk.from_links(
        (
            _merged_link(source, name, links, name_of, lost=source in crosswalk.incomplete_sources)
            for source, links in by_source.items()
            for name in sorted({name_of[k.target] for k in links if k.target in name_of})
        ),
        {},
    )


def _merged_link(
    source: str, name: str, links: list[Link], name_of: dict[str, str], *, lost: bool
) -> Link:
    """One source's link to a group; ``lost`` says that some of the source is in no link."""
    inside = [link for link in links if name_of.get(link.target) == name]
    outside = [link for link in links if name_of.get(link.target) != name]
    shares = {}
    for weight in {w for link in links for w in link.shares}:
        if all(weight in link.shares for link in inside):
            shares[weight] = sum(link.shares[weight] for link in inside)
        elif not lost and all(weight in link.shares for link in outside):
            shares[weight] = max(0.0, 1 - sum(link.shares[weight] for link in outside))
    return Link(source, name, not outside and not lost, shares)


def _zones(crosswalk: Crosswalk, unsure: Flags, computed: RecastValues) -> list[tuple[str, ...]]:
    """Targets without a value that unsure links of the same sources lead to, two or more."""
    without = computed.arrays.status == STATUS_CODES["not_recoverable"]
    at = np.flatnonzero(unsure & without[crosswalk.col])
    leader: dict[int, int] = {}

    def find(target: int) -> int:
        while leader.setdefault(target, target) != target:
            target = leader[target]
        return target

    first: dict[int, int] = {}
    for source, target in zip(crosswalk.row[at].tolist(), crosswalk.col[at].tolist(), strict=True):
        leader[find(target)] = find(first.setdefault(source, target))
    members: dict[int, list[int]] = defaultdict(list)
    for target in sorted(leader):
        members[find(target)].append(target)
    return [
        tuple(crosswalk.targets[k] for k in targets)
        for targets in members.values()
        if len(targets) > 1
    ]
