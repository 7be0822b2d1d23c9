"""The portal's nouns as plain records; see the glossary in README.md.

Field names are the column names of the shipped tables and of the store.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, get_args

from geodata.i18n import Text

Level = Literal["province", "district", "commune", "village"]
Status = Literal["actual", "estimate", "plan", "target"]
Kind = Literal["count", "ratio", "extreme"]
Direction = Literal["up", "down", "neutral"]
Extreme = Literal["lowest", "highest"]
BoundaryQuality = Literal["official", "generalised", "indicative", "none"]

LEVELS: tuple[Level, ...] = get_args(Level)
STATUSES: tuple[Status, ...] = get_args(Status)
STATUS_GROUPS: dict[str, tuple[Status, ...]] = {
    "actual": ("actual", "estimate"),
    "plan": ("plan",),
    "target": ("target",),
}
"""What a map can show: statuses that stand for one another, the better first."""

AREA_INDICATOR = "natural_area"
"""Id that a unit's area has in every catalogue; the area on record or on the map stands in."""

VILLAGES_INDICATOR = "villages_count"
"""Id that the number of villages has in a catalogue that holds it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit during one stretch of time.

    Parameters
    ----------
    unit_id
        ``<code>-<valid_from as yyyymmdd>``.
    code
        Five digits for communes, three for districts, two for the province; text, always.
    kind
        Rank: ``province``, ``city``, ``rural_district``, ``ward``, ``commune``, ``township`` …
    name
        Name without its rank; ``en`` is the same name without diacritics.
    full_name
        Name with its rank, as law writes it (``Xã Bình Lư``; ``Bình Lư commune`` without marks).
    parent_id
        ``unit_id`` of the unit above, or None for the top.
    valid_from, valid_to
        Inclusive and exclusive; ``valid_to`` None means still valid.
    official_area_km2
        Area by the register or decree, km², None where unknown.
    shape_area_km2
        Geodesic area of the shipped shape, km², None without a shape.
    seat, seat_lon, seat_lat
        Address and WGS 84 position of the people's committee, where known.
    boundary_quality
        How the shape came about; shown wherever the shape is shown. ``none`` for a unit that is
        known by name only.
    source_id
        The document or file the boundary comes from; of a unit without one, the first that names
        it.
    aliases
        Other spellings met in the sources.
    """

    unit_id: str
    code: str
    level: Level
    kind: str
    name: Text
    full_name: Text
    parent_id: str | None
    valid_from: dt.date
    valid_to: dt.date | None
    official_area_km2: float | None
    shape_area_km2: float | None
    seat: str
    seat_lon: float | None
    seat_lat: float | None
    boundary_quality: BoundaryQuality
    source_id: str
    aliases: tuple[str, ...] = ()

    def valid_on(self, day: dt.date) -> bool:
        """Whether the unit exists on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def drawn_from_points(self) -> bool:
        """Whether the shape is a village's cell around a point; such a cell's area says nothing."""
        indicative = self.level == "village" and self.boundary_quality == "indicative"
        return indicative and self.shape_area_km2 is None


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit became (part of) another.

    ``share_area``, ``share_population`` and ``share_households`` are the part of the predecessor
    that went there, 0 to 1, None where unknown; ``whole`` says that all of it did. ``note`` says
    where the shares come from, or why they are not known: a part without any share must say so.
    """

    from_id: str
    to_id: str
    date: dt.date
    legal_basis: Text
    whole: bool
    share_area: float | None
    share_population: float | None
    source_id: str
    share_households: float | None = None
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class VillageMention:
    """A document names a village.

    Parameters
    ----------
    name
        As the document writes it, without its rank.
    period
        The time the document speaks of; see `geodata.period`.
    quote
        Its words, verbatim; empty for lists and collected facts.
    """

    unit_id: str
    name: str
    period: str
    source_id: str
    quote: str = ""
    doubt: Text = field(default_factory=lambda: Text(""))
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class VillageChange:
    """The villages of a commune were rearranged, as far as documents tell.

    Which village joined which is said by successions, where it is known.

    Parameters
    ----------
    commune_id
        Unit id of the commune.
    period
        When, as closely as is known; see `geodata.period`.
    before, after
        Number of villages by kind, as ``hamlet:35``; empty where the document gives none.
    """

    commune_id: str
    period: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source_id: str
    quote: str = ""
    doubt: Text = field(default_factory=lambda: Text(""))
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """A unit of measure; ``space`` says whether a space stands before its symbol."""

    id: str
    symbol: Text
    name: Text
    space: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of indicators in the menu; ``lead`` is the one it opens with, if it names one."""

    id: str
    name: Text
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """How an indicator is classed unless the reader chooses otherwise.

    ``scheme`` is a name of ``layers.classification``; ``thresholds`` are the inner breaks when the
    scheme is ``thresholds``.
    """

    scheme: str = "quantiles"
    classes: int = 5
    thresholds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured.

    Parameters
    ----------
    group
        Sub-heading within the theme; empty where the dataset has none.
    kind
        ``count`` adds up over units; ``ratio`` = ``ratio_factor`` × numerator / denominator and is
        never averaged by area; ``extreme`` is a lowest or highest value and does neither.
    denominator
        Indicator id of a ratio's denominator.
    direction
        Whether more is better.
    decimals
        Digits after the decimal mark when shown.
    minimum, maximum
        Range of possible values, inclusive; None is open.
    levels
        Levels at which the indicator has a meaning.
    not_applicable_kinds
        Kinds of unit for which it has none (wards have no new-rural criteria).
    palette
        The catalogue's own choice of colours; empty where it leaves them to the rule of ``layers``.
    style
        The catalogue's own choice of how a layer is drawn, by id; empty where it leaves it to what
        ``layers`` takes for the kind.
    extreme
        Of kind ``extreme``, which one: the ``lowest`` or ``highest`` of merged units is that of the
        whole. None for values that cannot be put together at all (criteria met, relief).
    """

    id: str
    theme: str
    group: Text
    name: Text
    definition: Text
    measure_unit: MeasureUnit
    kind: Kind
    numerator: str | None
    denominator: str | None
    ratio_factor: float | None
    direction: Direction
    decimals: int
    minimum: float | None
    maximum: float | None
    levels: tuple[Level, ...]
    not_applicable_kinds: tuple[str, ...]
    classification: Classification
    palette: str
    style: str
    extreme: Extreme | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data file. ``rank`` 1 is a register, 2 an official report, 3 anything else."""

    id: str
    kind: str
    title: Text
    number: str = ""
    issuer: Text = field(default_factory=lambda: Text(""))
    date: str = ""
    place: str = ""
    url: str = ""
    licence: str = ""
    file: str = ""
    rank: int = 3


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator for one unit and period.

    Parameters
    ----------
    value
        In the indicator's unit of measure.
    period
        Code of the period; see `geodata.period`.
    source_id
        The document; for a derived value the document or file it was computed from.
    quote
        The words of the source, verbatim; empty for collected and derived values.
    scale
        The number in the quote times ``scale`` is ``value``.
    stated_percent
        The share of plan the document itself states, per cent.
    basis
        ``restated`` when a successor reports a period before its own validity; else empty.
    method
        How a derived value was computed; empty for read values.
    coverage
        For a derived value, the share of the unit it covers, 0 to 1.
    doubt
        Why the value should not be trusted as it stands; empty when nothing speaks against it.
    note
        What else a reader needs to know.
    """

    unit_id: str
    indicator: str
    period: str
    status: Status
    value: float
    source_id: str
    quote: str = ""
    scale: float = 1.0
    stated_percent: float | None = None
    basis: str = ""
    method: Text = field(default_factory=lambda: Text(""))
    coverage: float | None = None
    doubt: Text = field(default_factory=lambda: Text(""))
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class PositionalAccuracy:
    """Positional accuracy (ISO 19157) of a unit's shipped shape.

    Parameters
    ----------
    deviation_m
        Largest distance from the official line to the shipped one, metres (units with an official
        line only).
    area_difference
        (shape area - official area) / official area.
    outside_share
        Share of the unit's source outline that lay outside its successor (old units only), 0 to 1.
    note
        Said for every value over the dataset's stated limit; empty otherwise.
    """

    unit_id: str
    official_area_km2: float | None
    shape_area_km2: float
    area_difference: float | None
    deviation_m: float | None
    outside_share: float | None
    note: Text = field(default_factory=lambda: Text(""))
