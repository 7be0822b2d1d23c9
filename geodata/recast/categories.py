"""Named classes on other units: the class that all predecessors have, or what shares each has.

    c(t) = c            when c(s) = c for every s that lies in t
    c(t) is mixed       when two of them differ: then each class has the share of t that its
                        predecessors make up, counted in units, area and people

Nothing is averaged and no majority is taken: what a unit of several classes is called is a decision
that whoever publishes classes has not taken. Of a divided predecessor every part is taken to be of
its class, so what comes of it is an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from geodata.i18n import Localised, Message
from geodata.model import Indicator
from geodata.recast import results
from geodata.recast.apportionment import (
    Apportionment,
    data_coverage,
    inapplicable_sources,
    source_values,
    target_inputs,
)
from geodata.recast.counts import contributions, no_value_reason
from geodata.recast.inputs import RecastInputs
from geodata.recast.results import (
    STATUS_CODES,
    CategoryShare,
    RecastArrays,
    RecastValue,
    RecastValues,
)
from geodata.succession.crosswalk import Crosswalk, Flags, Floats


def recast_categories(
    indicator: Indicator,
    period: str,
    apportionment: Apportionment,
    inputs: RecastInputs,
) -> RecastValues:
    """Recast named classes; parameters and result as in `geodata.recast.counts.recast_counts`."""
    table, values = apportionment.crosswalk, inputs.observations
    places, has = source_values(table, values)
    inapplicable = inapplicable_sources(table, inputs.not_applicable)
    arrays = _arrays(apportionment, places, has, inapplicable)

    def build_value(k: int) -> RecastValue:
        target = target_inputs(apportionment, k)
        missing = target.sources_without(values, inputs.not_applicable)
        base = arrays.record(k, target.unit_id, indicator.id, period, missing)
        if base.status == "no_data":
            return replace(base, reason=no_value_reason(target, base.missing))
        shares = _composition(table, k, indicator, {s: o.category for s, o in values.items()})
        parts = contributions(target, values)
        base = replace(base, contributions=parts, composition=shares)
        if base.status == "mixed":
            return replace(base, reason=results.mixed_classes())
        if base.status == "not_recoverable":
            return replace(base, reason=_incomplete(len(missing), len(target.sources)))
        return replace(base, value=float(arrays.value[k]))

    return RecastValues(table.target_index, build_value, arrays)


def _incomplete(count: int, total: int) -> Localised:
    return Message(
        "{count} of {total} source units have no class, so the class of the whole is not known",
        count=count,
        total=total,
    )


def _arrays(
    apportionment: Apportionment, places: Floats, has: Flags, inapplicable: Flags
) -> RecastArrays:
    """Place of the class and status by target."""
    table = apportionment.crosswalk
    seen = has[table.row]
    some, gaps = table.targets_of(seen), table.targets_of(~seen & ~inapplicable[table.row])
    low, high = (np.full(len(table.targets), end) for end in (np.inf, -np.inf))
    np.minimum.at(low, table.col[seen], places[table.row[seen]])
    np.maximum.at(high, table.col[seen], places[table.row[seen]])
    one = some & (low == high) & ~gaps
    status = np.select(
        [~some, some & (low != high), one & apportionment.exact, one],
        [STATUS_CODES[name] for name in ("no_data", "mixed", "unanimous", "estimated")],
        STATUS_CODES["not_recoverable"],
    ).astype(np.int8)
    covered = data_coverage(table, has, inapplicable)
    return RecastArrays(np.where(one, low, np.nan), status, covered)


def _composition(
    table: Crosswalk, k: int, indicator: Indicator, category_of: Mapping[str, str]
) -> tuple[CategoryShare, ...]:
    """Shares of a target by class in the order of the list; at last what has no class."""
    links: dict[str, list[int]] = defaultdict(list)
    for link in range(table.starts[k], table.starts[k + 1]):
        links[category_of.get(table.sources[table.row[link]], "")].append(link)
    return tuple(
        CategoryShare(name, len(links[name]), *(_part(table, links[name], w) for w in _WEIGHTS))
        for name in (*indicator.category_ids, "")
        if links[name]
    )


_WEIGHTS = ("area", "population")


def _part(table: Crosswalk, links: list[int], weight: str) -> float | None:
    """Share of the target that links make up; None where it is not known of one of them."""
    if weight not in table.parts or not table.parts_known[weight][links].all():
        return None
    return round(float(table.parts[weight][links].sum()), 9)
