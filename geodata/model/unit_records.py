"""Administrative units and what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from geodata.i18n import Text
from geodata.model.codes import BoundaryQuality, Level


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit during one stretch of time.

    Parameters
    ----------
    unit_id
        ``<code>-<valid_from as yyyymmdd>``.
    code
        Five digits for communes, three for districts, two for the province; text, always.
    level
        Its place in the hierarchy.
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

    Parameters
    ----------
    from_id, to_id
        ``unit_id`` of the predecessor and of the successor.
    date
        Day on which the successor begins.
    legal_basis
        The law or decree that says so.
    whole
        Whether all of the predecessor went there.
    share_area, share_population, share_households
        Part of the predecessor that went there, 0 to 1, None where unknown.
    source_id
        The document or file that names the pair.
    note
        Where the shares come from, or why they are not known: a part without any share must say
        so.
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
    unit_id
        The village.
    name
        As the document writes it, without its rank.
    period
        The time the document speaks of; see `geodata.period`.
    source_id
        The document.
    quote
        Its words, verbatim; empty for lists and collected facts.
    doubt
        Why the mention should not be trusted as it stands; empty when nothing speaks against it.
    note
        What else a reader needs to know.
    """

    unit_id: str
    name: str
    period: str
    source_id: str
    quote: str = ""
    doubt: Text = field(default_factory=lambda: Text(""))
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class VillagePoint:
    """A named point of a layer that lies in a commune of today, and the village found in it.

    Parameters
    ----------
    name
        As the layer writes it.
    lon, lat
        Its position, degrees (WGS 84).
    commune_id
        The commune of today that it lies in.
    unit_id
        The village of this name; empty where no document names one there, or several points or
        villages of that name could be meant.
    source_id
        The layer.
    """

    name: str
    lon: float
    lat: float
    commune_id: str
    unit_id: str
    source_id: str


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
    source_id
        The document that tells of the change.
    quote
        Its words, verbatim.
    doubt
        Why the change should not be trusted as it stands; empty when nothing speaks against it.
    note
        What else a reader needs to know.
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
class PositionalAccuracy:
    """Positional accuracy (ISO 19157) of a unit's shipped shape.

    Parameters
    ----------
    unit_id
        The unit.
    official_area_km2
        Area by the register or decree, km², None where unknown.
    shape_area_km2
        Geodesic area of the shipped shape, km².
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
