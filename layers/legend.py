"""The legend: classes with their counts, symbol sizes, and why values are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geodata.i18n import Language
from layers.labels import MISSING_KIND_NAMES

MissingKind = Literal[
    "no_data", "not_applicable", "not_published", "mixed", "not_recoverable", "impossible"
]
MISSING_KINDS: tuple[MissingKind, ...] = ("no_data", "not_applicable", "not_published")
"""What every legend counts; a recast one also counts what is ``not_recoverable``, and a map with
figures that are ``impossible``, or units that are ``mixed`` of several classes, these."""


@dataclass(frozen=True, slots=True)
class LegendClass:
    """One class: ``lower`` is exclusive (inclusive in the first class), ``upper`` inclusive.

    ``isolated`` is the class of the values that were taken out of the others.
    """

    lower: float
    upper: float
    label: str
    colour: str
    count: int
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class SymbolSize:
    """One circle of the legend; ``radius`` in CSS pixels."""

    value: float
    label: str
    radius: float


@dataclass(frozen=True, slots=True)
class MissingCount:
    """How many units lack a value for one reason."""

    kind: MissingKind
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Legend:
    """Everything the legend of a map says.

    Parameters
    ----------
    missing
        Always the kinds of `MISSING_KINDS` in that order, then ``mixed`` where there are such
        units and ``not_recoverable`` where figures were recast; counts may be 0. At last
        ``impossible`` where there are such figures.
    doubtful, estimated
        Units whose value is marked doubtful, and whose value is an estimate.
    with_value, total
        Units that have a value, and units on the map.
    notes
        What is known of several units only together, and what changed the classes or the style, in
        the layer's language.
    """

    style: str
    classes: tuple[LegendClass, ...]
    symbols: tuple[SymbolSize, ...]
    missing: tuple[MissingCount, ...]
    doubtful: int
    estimated: int
    with_value: int
    total: int
    notes: tuple[str, ...]

    @property
    def impossible(self) -> int:
        """Units whose figure cannot be right and is not drawn."""
        return sum(row.count for row in self.missing if row.kind == "impossible")


@dataclass(frozen=True, slots=True)
class ClassificationDomain:
    """The values of all maps that share a legend.

    Parameters
    ----------
    displayed
        Every value on any of them; `layers.unit_views.shared_domain` makes it.
    classified
        Those that make the classes: the ones nothing speaks against, or all where there are none.
    """

    displayed: tuple[float, ...]
    classified: tuple[float, ...]

    @property
    def excludes_values(self) -> bool:
        """Whether some values are drawn that do not make the classes."""
        return len(self.classified) < len(self.displayed)

    def ends(self) -> tuple[float | None, float | None]:
        """Lowest and highest value; None where only a doubtful one reaches so far."""
        if not self.displayed:
            return None, None
        low, high = min(self.classified), max(self.classified)
        return (
            low if low <= min(self.displayed) else None,
            high if high >= max(self.displayed) else None,
        )


def missing_counts(
    kinds: Sequence[str], language: Language, recast: bool = False
) -> tuple[MissingCount, ...]:
    """The kinds of missing with how often each occurs in ``kinds``."""
    listed: tuple[MissingKind, ...] = MISSING_KINDS
    if "mixed" in kinds:
        listed = (*listed, "mixed")
    if recast:
        listed = (*listed, "not_recoverable")
    if "impossible" in kinds:
        listed = (*listed, "impossible")
    return tuple(MissingCount(k, MISSING_KIND_NAMES[k][language], kinds.count(k)) for k in listed)
