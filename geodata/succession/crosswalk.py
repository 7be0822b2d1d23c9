"""Crosswalk: the correspondence table between two sets of units, with the weights of each link.

A link from source *s* to target *t* has, by weight *w*, the share f_w(s, t) of the source that lies
in the target, and the part p_w(s, t) of the target that comes from the source::

    p_w(s, t) = size_w(s) f_w(s, t) / sum over s' of size_w(s') f_w(s', t)

The vintage-to-vintage tables of the NHGIS (Manson et al., IPUMS NHGIS geographic crosswalks) are of
this form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

WEIGHTS: tuple[str, ...] = ("population", "households", "area")
"""Names of weights, the usual best one first."""

Sizes = Mapping[str, Mapping[str, float]]
"""Weight -> unit id -> size (people, households, km²)."""

JointSizes = Mapping[str, Sequence[tuple[frozenset[str], float]]]
"""Weight -> units and what is known of their size together."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Link:
    """One source unit and one target unit.

    ``whole`` says that all of the source lies in the target; ``shares`` holds the known shares of
    the source by weight, 0 to 1.
    """

    source: str
    target: str
    whole: bool
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class AreaOverlay:
    """What was set aside when shapes were laid over each other.

    Parameters
    ----------
    slivers
        Number of pieces too thin to be anything but two drawings of one border.
    sliver_area_km2
        Their area together.
    """

    slivers: int
    sliver_area_km2: float


@dataclass(frozen=True)
class Crosswalk:
    """Links between two sets of units as arrays, sorted by target and then by source.

    Parameters
    ----------
    sources, targets
        Unit ids; every unit asked for is there, linked or not.
    row, col
        Index of each link's source and target.
    whole
        Whether all of the link's source lies in its target.
    shares
        By weight, each link's share of its source; 0 where the weight is unknown (see ``known``).
    known
        By weight, whether a link's share is known, one flag per link.
    parts
        By weight, each link's part of its target; 0 where unknown (see ``parts_known``).
    parts_known
        By weight, whether a link's part is known, one flag per link.
    incomplete_sources
        Sources of which some is, or may be, in no link.
    overlay
        Where the shares come from the shapes of the units, for no succession links them; None for
        a legal table.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    row: NDArray[np.intp]
    col: NDArray[np.intp]
    whole: Flags
    shares: Mapping[str, Floats]
    known: Mapping[str, Flags]
    parts: Mapping[str, Floats]
    parts_known: Mapping[str, Flags]
    incomplete_sources: frozenset[str] = frozenset()
    overlay: AreaOverlay | None = None

    @classmethod
    def from_links(
        cls,
        links: Iterable[Link],
        sizes: Sizes,
        sources: Sequence[str] = (),
        targets: Sequence[str] = (),
        joint: JointSizes | None = None,
    ) -> Crosswalk:
        """Arrange links as arrays.

        Parameters
        ----------
        links
            One per pair of units.
        sizes
            Sizes of the source units, from which the parts of the targets follow.
        sources, targets
            Units that must be there even without a link.
        joint
            Sizes that are known of several sources together only.
        """
        found = sorted(links, key=lambda link: (link.target, link.source))
        froms = sorted({*sources, *(link.source for link in found)})
        tos = sorted({*targets, *(link.target for link in found)})
        from_index = {unit: k for k, unit in enumerate(froms)}
        to_index = {unit: k for k, unit in enumerate(tos)}
        row = np.array([from_index[link.source] for link in found], dtype=np.intp)
        col = np.array([to_index[link.target] for link in found], dtype=np.intp)
        whole = np.array([link.whole for link in found], dtype=bool)
        shares, known, parts, parts_known = {}, {}, {}, {}
        for weight in sorted({*WEIGHTS, *sizes, *(w for link in found for w in link.shares)}):
            known[weight] = np.array([k.whole or weight in k.shares for k in found], dtype=bool)
            share = np.array([_share(link, weight) for link in found], dtype=float)
            shares[weight] = np.where(known[weight], share, 0.0)
            size = sizes.get(weight, {})
            sized = np.array([link.source in size for link in found], dtype=bool) & known[weight]
            mass = np.array([size.get(link.source, 0.0) for link in found]) * shares[weight]
            more, covered = _joint_sizes(found, (joint or {}).get(weight, ()), sized)
            total = np.bincount(col, mass + more, len(tos))
            usable = ~_any(col[~(sized | covered)], len(tos)) & (total > 0)
            parts_known[weight] = usable[col] & sized
            part = mass / np.where(total > 0, total, 1.0)[col]
            parts[weight] = np.where(parts_known[weight], part, 0.0)
        return cls(tuple(froms), tuple(tos), row, col, whole, shares, known, parts, parts_known)

    @cached_property
    def target_index(self) -> dict[str, int]:
        """Position of every target unit."""
        return {unit: k for k, unit in enumerate(self.targets)}

    def targets_of(self, links: Flags) -> Flags:
        """Targets that any of the flagged links leads to, one flag per link."""
        return _any(self.col[links], len(self.targets))

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Links of target k are ``starts[k]:starts[k + 1]``."""
        return np.searchsorted(self.col, np.arange(len(self.targets) + 1))

    @cached_property
    def unchanged(self) -> Flags:
        """Targets that are exactly one whole source and nothing else (unchanged, or renamed)."""
        single = np.diff(self.starts) == 1
        return single & ~_any(self.col[~self.whole], len(self.targets))

    def links(self) -> tuple[Link, ...]:
        """The links as records."""
        return tuple(
            Link(
                self.sources[i],
                self.targets[j],
                bool(self.whole[k]),
                {w: float(self.shares[w][k]) for w in self.shares if self.known[w][k]},
            )
            for k, (i, j) in enumerate(zip(self.row, self.col, strict=True))
        )


def _joint_sizes(
    links: Sequence[Link], joint: Iterable[tuple[frozenset[str], float]], sized: Flags
) -> tuple[Floats, Flags]:
    """Sizes known of several whole sources of one target together, and flags of their links.

    Each size is laid on one link of its group.
    """
    more, covered = np.zeros(len(links)), np.zeros(len(links), dtype=bool)
    for group, size in joint:
        at = [k for k, link in enumerate(links) if link.source in group]
        whole = {links[k].target for k in at if links[k].whole}
        if len(at) == len(group) and len(whole) == 1 and not sized[at].any():
            more[at[0]] += size
            covered[at] = all(links[k].whole for k in at)
    return np.where(covered, more, 0.0), covered


def _share(link: Link, weight: str) -> float:
    return 1.0 if link.whole else link.shares.get(weight, 0.0)


def _any(index: NDArray[np.intp], length: int) -> Flags:
    """Flags of ``length`` set at the positions in ``index``."""
    flags = np.zeros(length, dtype=bool)
    flags[index] = True
    return flags
