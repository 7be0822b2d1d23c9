"""Which communes of the horizon make up each unit of every level and era."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from geodata.model import Succession, Unit
from geodata.succession.crosswalk_chain import units_valid_on


def commune_lineage(
    units: Sequence[Unit], successions: Sequence[Succession], horizon: dt.date
) -> dict[str, list[str]]:
    """For each commune of the horizon itself and what it became, down to today's commune.

    A commune that was divided along an unknown line stays whole with the successor named first.
    """
    successors: dict[str, str] = {}
    for succession in successions:
        successors.setdefault(succession.from_id, succession.to_id)
    lineage = {}
    for unit in units_valid_on(units, "commune", horizon):
        line = [unit.unit_id]
        while line[-1] in successors:
            line.append(successors[line[-1]])
        lineage[unit.unit_id] = line
    return lineage


def horizon_members(
    units: Sequence[Unit], lineage: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """For each unit of every level and era the communes of the horizon that make it up."""
    members: dict[str, list[str]] = defaultdict(list)
    by_id = {unit.unit_id: unit for unit in units}
    for commune, line in sorted(lineage.items()):
        for identity in line:
            members[identity].append(commune)
        for upper in units:
            if upper.level == "province" or (
                upper.level == "district" and _belongs(upper, [by_id[i] for i in line])
            ):
                members[upper.unit_id].append(commune)
    return dict(members)


def _belongs(district: Unit, line: Sequence[Unit]) -> bool:
    """Whether the commune that stood here on the district's first day was one of its communes."""
    return any(
        commune.valid_on(district.valid_from)
        and str(commune.parent_id).split("-")[0] == district.code
        for commune in line
    )
