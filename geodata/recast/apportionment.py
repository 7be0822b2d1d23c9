"""Apportionment: which weight divides each source unit, its shares by target, and the coverage.

A divided source is split by one weight for all of its targets, the first of the order given that is
known for it; so its parts sum to what it had (the pycnophylactic property).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geodata.model import Observation
from geodata.succession.crosswalk import WEIGHTS, Crosswalk, Flags, Floats


@dataclass(frozen=True)
class Apportionment:
    """A crosswalk with its weights chosen.

    Parameters
    ----------
    share
        Each link's share of its source by the best weight; 0 where none is known.
    known
        Whether the link's share is known.
    weight
        By source, the name of the weight that divides it; empty for a whole one.
    scenarios
        By weight, the shares when that weight is used wherever it is known, the best elsewhere;
        what the range between weights comes from.
    """

    crosswalk: Crosswalk
    share: Floats
    known: Flags
    weight: tuple[str, ...]
    scenarios: Mapping[str, Floats]

    @cached_property
    def divided(self) -> Flags:
        """Links that carry a part of their source by a known weight."""
        return self.known & ~self.crosswalk.whole

    @cached_property
    def link_columns(self) -> tuple[list[int], list[float], list[bool], list[bool], list[int]]:
        """Row, share, known and whole of the links and where each target's begin, for loops."""
        table = self.crosswalk
        columns = table.row, self.share, self.known, table.whole, table.starts
        row, share, known, whole, starts = (column.tolist() for column in columns)
        return row, share, known, whole, starts

    @cached_property
    def exact(self) -> Flags:
        """Targets none of whose sources was divided."""
        table = self.crosswalk
        return np.bincount(table.col[~table.whole], minlength=len(table.targets)) == 0

    def totals(self, values: Floats, share: Floats | None = None) -> Floats:
        """Sum by target of share × value: one multiplication and one pass over the links."""
        table = self.crosswalk
        weights = (self.share if share is None else share) * values[table.row]
        return np.bincount(table.col, weights, len(table.targets)).astype(np.float64)


def apportion(crosswalk: Crosswalk, order: Sequence[str] = WEIGHTS) -> Apportionment:
    """Choose the weight of every divided source.

    Parameters
    ----------
    order
        Weights from the best to the worst; others are not used.
    """
    names = [name for name in order if name in crosswalk.shares]
    row, whole = crosswalk.row, crosswalk.whole
    divided = np.zeros(len(crosswalk.sources), bool)
    divided[row[~whole]] = True
    choice = np.full(len(crosswalk.sources), -1)
    share, known = whole.astype(float), whole.copy()
    # A weight that leaves some parts of a source unknown comes after all that leave none.
    ranked = [(name, all_of_it) for all_of_it in (True, False) for name in names]
    for name, all_of_it in reversed(ranked):
        usable = divided & _sources_with_weight(crosswalk, name, all_of_it)
        choice[usable] = names.index(name)
        share = np.where(usable[row], crosswalk.shares[name], share)
        known = np.where(usable[row], crosswalk.known[name], known)
    used = tuple(names[k] if k >= 0 else "" for k in choice)
    fully = {
        name: divided & _sources_with_weight(crosswalk, name, all_of_it=True) for name in names
    }
    scenarios = {
        name: np.where(fully[name][row], crosswalk.shares[name], share)
        for name in names
        if fully[name].any()
    }
    return Apportionment(crosswalk, share, known, used, scenarios)


def _sources_with_weight(crosswalk: Crosswalk, weight: str, all_of_it: bool) -> Flags:
    """Sources of which the shares of all links are known by a weight, or of any link."""
    known, length = crosswalk.known[weight], len(crosswalk.sources)
    if all_of_it:
        return np.bincount(crosswalk.row[~known], minlength=length) == 0
    return np.bincount(crosswalk.row[known], minlength=length) > 0


def source_values(
    crosswalk: Crosswalk, observations: Mapping[str, Observation]
) -> tuple[Floats, Flags]:
    """Values of the sources, 0 with a flag of False where there is none."""
    found = (observations.get(source) for source in crosswalk.sources)
    values = np.array([np.nan if seen is None else seen.value for seen in found], dtype=float)
    has = np.isfinite(values)
    return np.where(has, values, 0.0), has


def data_coverage(crosswalk: Crosswalk, has: Flags, inapplicable: Flags) -> Floats:
    """Share of each target's people, else area, whose sources have data.

    Parameters
    ----------
    has
        By source, whether it has data.
    inapplicable
        By source, whether the indicator does not apply to it: it counts on neither side.

    Returns
    -------
    array
        ``sum of p over sources with data / (1 - sum of p over sources with none)``, 0 to 1; NaN
        where no parts are known and only some sources have data.
    """
    length, col = len(crosswalk.targets), crosswalk.col
    seen, lacking = has[crosswalk.row], ~has[crosswalk.row] & ~inapplicable[crosswalk.row]
    some, gaps = crosswalk.targets_of(seen), crosswalk.targets_of(lacking)
    found: Floats = np.where(some, np.where(gaps, np.nan, 1.0), 0.0)
    for weight in ("area", "population"):
        if weight not in crosswalk.parts:
            continue
        part, unknown = crosswalk.parts[weight], ~crosswalk.parts_known[weight]
        usable = ~crosswalk.targets_of(unknown)
        there = np.bincount(col, part * seen, length)
        base = 1 - np.bincount(col, part * inapplicable[crosswalk.row], length)
        ratio = np.clip(there / np.where(base > 1e-12, base, 1.0), 0.0, 1.0)
        found = np.where(usable & some, np.round(ratio, 9), found)
    return found


def inapplicable_sources(crosswalk: Crosswalk, not_applicable: Collection[str]) -> Flags:
    """Flags of the sources to which the indicator does not apply."""
    if not not_applicable:
        return np.zeros(len(crosswalk.sources), dtype=bool)
    return np.array([source in not_applicable for source in crosswalk.sources], dtype=bool)


@dataclass(frozen=True, slots=True)
class TargetInputs:
    """A target with the sources that feed it: their ids, shares and weights, in step.

    ``known`` says of each share whether it is known, ``unchanged`` whether the target is one whole
    source and nothing else.
    """

    unit_id: str
    sources: tuple[str, ...]
    shares: tuple[float, ...]
    known: tuple[bool, ...]
    weights: tuple[str, ...]
    unchanged: bool

    def all_shares_known(self, values: Collection[str]) -> bool:
        """Whether the share of every source that has a value is known."""
        return all(
            known or source not in values
            for source, known in zip(self.sources, self.known, strict=True)
        )

    def sources_without(
        self, values: Collection[str], not_applicable: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Sources that lack a value and should have one."""
        return tuple(s for s in self.sources if s not in values and s not in not_applicable)

    def weights_used(self, values: Collection[str]) -> str:
        """Names of the weights that divided the sources with a value, joined by ``+``."""
        pairs = zip(self.sources, self.weights, strict=True)
        return "+".join(sorted({name for source, name in pairs if source in values} - {""}))


def target_inputs(apportionment: Apportionment, k: int) -> TargetInputs:
    """The target at a place of the crosswalk with its sources."""
    row, share, known, whole, starts = apportionment.link_columns
    links = slice(starts[k], starts[k + 1])
    sources = apportionment.crosswalk.sources
    pairs = zip(row[links], whole[links], strict=True)
    return TargetInputs(
        apportionment.crosswalk.targets[k],
        tuple(sources[n] for n in row[links]),
        tuple(share[links]),
        tuple(known[links]),
        tuple("" if all_of_it else apportionment.weight[n] for n, all_of_it in pairs),
        bool(apportionment.crosswalk.unchanged[k]),
    )
