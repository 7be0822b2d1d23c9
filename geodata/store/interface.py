"""What every backend of the facts can be asked; callers know nothing else of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import geopandas as gpd

from geodata.dataset import DatasetInfo
from geodata.model import (
    Concept,
    Dimension,
    Indicator,
    JointFigure,
    Level,
    Observation,
    Place,
    PlaceCategory,
    PositionalAccuracy,
    Source,
    Status,
    Succession,
    Theme,
    Unit,
    VillageChange,
    VillageMention,
)
from geodata.model.absent_figures import AbsenceKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a longer list; ``next_offset`` is None on the last one."""

    items: tuple[T, ...]
    total: int
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A unit found by a name.

    Parameters
    ----------
    matched_name
        The name, alias or code that met the query.
    begins
        Whether what was typed is that name, or begins it or a word of it.
    current
        The units of today that the found one became, at the end of the chain; empty for a unit
        that is still valid.
    """

    unit: Unit
    matched_name: str
    begins: bool
    current: tuple[Unit, ...]


WELL_COVERED_SHARE = 0.9
"""A map with figures for at least this share of its units counts as full."""


@dataclass(frozen=True, slots=True)
class IndicatorCoverage:
    """How many of the units in force have a figure.

    Parameters
    ----------
    step_date
        The date of the timeline whose units are counted.
    status_group
        ``actual`` (estimates stand in for what is not yet there), ``plan`` or ``target``.
    with_value, total
        Units with a figure that can be drawn, and all units of the level in force on ``step_date``.
    """

    indicator: str
    level: Level
    step_date: dt.date
    period: str
    status_group: str
    with_value: int
    total: int

    @property
    def well_covered(self) -> bool:
        """Whether at least `WELL_COVERED_SHARE` of the units have a figure."""
        return self.with_value >= WELL_COVERED_SHARE * self.total


class Store(Protocol):
    """The facts of one dataset. Safe to use from several threads.

    Every method that is given the id of something unknown raises `NotFound`; a parameter outside
    its list raises `InvalidInput`.
    """

    info: DatasetInfo

    def themes(self) -> tuple[Theme, ...]:
        """The themes in the order of the menu."""
        ...

    def indicators(self, theme: str | None = None, *, parts: bool = False) -> tuple[Indicator, ...]:
        """The indicators in the order of the catalogue, of one theme or of all.

        Parameters
        ----------
        parts
            Whether the parts of an indicator that is broken down follow it.
        """
        ...

    def indicator(self, indicator_id: str) -> Indicator:
        """One indicator; a part of one by the id of its series, see `geodata.series_id`."""
        ...

    def parts(self, indicator_id: str) -> tuple[Indicator, ...]:
        """The parts of an indicator in the order of its breakdowns; none where it has none."""
        ...

    def moved_indicator(self, former_id: str) -> Indicator | None:
        """The indicator or part that bears the figures of a former id; None where none does."""
        ...

    def dimensions(self) -> tuple[Dimension, ...]:
        """The code lists by which indicators are broken down, in the order of the dataset."""
        ...

    def concepts(self) -> tuple[Concept, ...]:
        """By which concepts and standards figures are counted, in the order of the dataset."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """The documents and files that something was taken from."""
        ...

    def source(self, source_id: str) -> Source:
        """One source."""
        ...

    def units(
        self,
        *,
        level: Level | None = None,
        date: dt.date | None = None,
        parent: str | None = None,
        q: str | None = None,
        with_shape: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Unit]:
        """Units that meet all conditions, from the highest level down, names in dictionary order.

        Parameters
        ----------
        date
            Units in force on that day.
        parent
            Unit id of the unit directly above.
        q
            Part of a name, alias or code, with or without diacritics.
        with_shape
            Only units that have a shape; ``date`` is then read as `display_date` tells.
        limit
            Most units to return; None is all of them.
        """
        ...

    def unit(self, unit_id: str) -> Unit:
        """One unit."""
        ...

    def versions(self, code: str) -> tuple[Unit, ...]:
        """All units that have borne a code, oldest first."""
        ...

    def search(self, q: str, limit: int = 10) -> tuple[SearchHit, ...]:
        """Units by name, alias or code: exact spelling first, then beginnings, then today's."""
        ...

    def predecessors(self, unit_id: str) -> tuple[Succession, ...]:
        """What the unit was formed from."""
        ...

    def successors(self, unit_id: str) -> tuple[Succession, ...]:
        """What the unit became."""
        ...

    def children(self, unit_id: str) -> tuple[Unit, ...]:
        """The units directly below, of all eras, names in dictionary order."""
        ...

    def mentions(self, unit_id: str) -> tuple[VillageMention, ...]:
        """Where documents name a village; none for units of other levels."""
        ...

    def joint_figures(self, indicator: str, period: str) -> tuple[JointFigure, ...]:
        """Figures that sources give for several units together and for none alone."""
        ...

    def joint_figures_of(self, unit_id: str) -> tuple[JointFigure, ...]:
        """Those of a unit and others together, by indicator and period, the latest first."""
        ...

    def changes(self, commune_id: str) -> tuple[VillageChange, ...]:
        """What documents tell of the rearrangement of a commune's villages."""
        ...

    def observations(
        self,
        *,
        unit: str | None = None,
        unit_code: str | None = None,
        indicator: str | None = None,
        period: str | None = None,
        status: Status | None = None,
        source: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Observation]:
        """Figures that meet all conditions, by unit, indicator, period and preference.

        Parameters
        ----------
        unit
            A unit id.
        unit_code
            A code; figures of all units that have borne it.
        limit
            Most figures to return; None is all of them.
        """
        ...

    def values(
        self, indicator: str, period: str, level: Level, date: dt.date, status: str = "actual"
    ) -> dict[str, Observation]:
        """The figure to draw for each unit of a level in force on ``date``, by unit id.

        Parameters
        ----------
        status
            ``actual`` (an estimate stands in where nothing else is there), ``plan``, ``target``.

        Returns
        -------
        dict
            Impossible figures among them, where nothing else is there: to be shown as printed and
            used for nothing; `geodata.precedence.without_impossible` leaves them out.
        """
        ...

    def absences(
        self, indicator: str, period: str, status: str = "actual"
    ) -> dict[str, AbsenceKind]:
        """Why units have no figure, where a document states it, by unit id."""
        ...

    def alternatives(self, observation: Observation) -> tuple[Observation, ...]:
        """Other figures for the same unit, indicator, period and status, preferred first."""
        ...

    def series(self, unit_id: str, indicator: str) -> tuple[Observation, ...]:
        """The preferred figure of each period and status, oldest period first."""
        ...

    def all_series(self, unit_id: str) -> dict[str, tuple[Observation, ...]]:
        """The `series` of every indicator that has figures of a unit, by its id, in one query."""
        ...

    def sound_values(self, level: Level, date: dt.date) -> dict[tuple[str, str], list[float]]:
        """The figures of a level that nothing speaks against, by indicator and period.

        Returns
        -------
        dict
            Of those `values` gives for ``actual``, in the indicator's unit of measure, the ones
            that are neither doubtful nor impossible, lowest first.
        """
        ...

    def coverage(self, indicator: str | None = None) -> tuple[IndicatorCoverage, ...]:
        """Where a map has figures: by indicator, level, date of the timeline, period and status.

        Units without a shape are not counted: there is no map of them.
        """
        ...

    def default_layer(self) -> tuple[str, str, Level, dt.date]:
        """Indicator, period, level and date of the map that is shown on arrival.

        The latest period of an indicator of the default theme that covers today's communes
        (`WELL_COVERED_SHARE` of them count as all), a ratio rather than a count.
        """
        ...

    def display_date(self, level: Level, date: dt.date) -> dt.date:
        """The day whose units a map of a level shows for a date of the timeline.

        The date itself, but for villages: they are rearranged between the dates, and the map of
        each step shows those it ended with. `values` and `boundaries` follow it.
        """
        ...

    def boundaries(self, level: Level, date: dt.date, detail: int) -> gpd.GeoDataFrame:
        """Shapes of the units of a level in force on ``date``, sorted by unit id.

        Returns
        -------
        GeoDataFrame
            EPSG:4326; columns ``unit_id``, ``code``, ``kind``, ``name_vi``, ``name_en``,
            ``full_name_vi``, ``full_name_en``, ``parent_id``, ``boundary_quality``, ``drawn_from``
            (``points`` for a village's cell around a point, else empty), ``geometry``.
        """
        ...

    def boundary(self, unit_id: str, detail: int) -> gpd.GeoDataFrame:
        """The shape of one unit: one row with the columns of `boundaries`, none without a shape."""
        ...

    def surroundings(self) -> gpd.GeoDataFrame:
        """Coarse outlines of the country around the units; no rows where there are none.

        Returns
        -------
        GeoDataFrame
            EPSG:4326; columns ``id``, ``kind`` (``outline`` or ``islands``), ``name_vi``,
            ``name_en``, ``source_id``, ``geometry``.
        """
        ...

    def accuracies(self) -> tuple[PositionalAccuracy, ...]:
        """The positional accuracy of all shapes, by unit id."""
        ...

    def accuracy(self, unit_id: str) -> PositionalAccuracy | None:
        """Positional accuracy of one unit's shape; None where nothing was measured."""
        ...

    def place_categories(self) -> tuple[PlaceCategory, ...]:
        """The categories that have places, in the order of the menu; none without places."""
        ...

    def place_category(self, category_id: str) -> PlaceCategory:
        """One category that has places."""
        ...

    def place(self, place_id: str) -> Place:
        """One place."""
        ...

    def places(
        self,
        *,
        categories: Collection[str] | None = None,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Place]:
        """Places that meet all conditions, by category as in the menu, names in dictionary order.

        Parameters
        ----------
        categories
            Ids of categories that have places; None for all.
        unit
            A unit id. Of a commune of today, and of a unit above such, the places counted for it;
            of a former unit or a village, those within its shape.
        limit
            Most places to return; None is all of them.
        """
        ...

    def close(self) -> None:
        """Give back the connections; the store is not used afterwards."""
        ...
