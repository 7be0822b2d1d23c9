"""The `Store` over SQL: the queries that every backend shares."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import Any, TypeVar

import geopandas as gpd
from sqlalchemy import (
    ColumnElement,
    Engine,
    Row,
    Select,
    and_,
    case,
    func,
    select,
    true,
)

from geodata.dataset import DETAILS, GEOGRAPHIC_CRS, SURROUNDINGS_COLUMNS
from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message
from geodata.model import (
    LEVELS,
    STATUS_GROUPS,
    STATUSES,
    JointFigure,
    Level,
    Observation,
    PositionalAccuracy,
    Status,
    Succession,
    Unit,
    VillageChange,
    VillageMention,
)
from geodata.period import parse_period
from geodata.record_codec import column_names, from_row
from geodata.store import indicator_coverage, schema
from geodata.store.absence_queries import SqlAbsences
from geodata.store.catalogue_queries import SqlCatalogue
from geodata.store.dataset_row import read_info
from geodata.store.figure_queries import ALL_FIGURES, read_figures, series_of, sound_values_of
from geodata.store.gazetteer import Gazetteer
from geodata.store.interface import IndicatorCoverage, Page, SearchHit
from geodata.store.place_queries import SqlPlaces
from geodata.store.validity import in_force, last_day_of_step

T = TypeVar("T", bound=Hashable)

_SHAPE_COLUMNS = (
    "unit_id",
    "code",
    "kind",
    "name_vi",
    "name_en",
    "full_name_vi",
    "full_name_en",
    "parent_id",
    "boundary_quality",
)

_DRAWN_FROM = case(
    (
        and_(
            schema.units.c.level == "village",
            schema.units.c.boundary_quality == "indicative",
            schema.units.c.shape_area_km2.is_(None),
        ),
        "points",
    ),
    else_="",
)
"""The rule of `Unit.drawn_from_points` for a row."""


class SqlStore(SqlCatalogue, SqlPlaces, SqlAbsences):
    """A `Store` in any database SQLAlchemy reaches.

    Units, indicators and sources are few and are read once; figures and shapes are asked for as
    they are needed.

    Parameters
    ----------
    engine
        Connections to a database with the tables of `geodata.store.schema`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with engine.connect() as connection:
            self.info = read_info(connection)
        self._accuracies = {
            accuracy.unit_id: accuracy
            for accuracy in self._all(schema.accuracies, PositionalAccuracy)
        }
        self._mentions: dict[str, list[VillageMention]] = defaultdict(list)
        for mention in self._all(schema.mentions, VillageMention):
            self._mentions[mention.unit_id].append(mention)
        self._changes = tuple(self._all(schema.changes, VillageChange))
        self._joint_figures = tuple(self._all(schema.joint_figures, JointFigure))
        self._gazetteer = Gazetteer(
            self._all(schema.units, Unit), self._all(schema.successions, Succession)
        )

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    # Small tables, from memory

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
        """See `Store.units`."""
        if level is not None:
            _one_of(level, LEVELS, Message("No such level"))
        if with_shape and level is not None and date is not None:
            date = self.display_date(level, date)
        found = self._gazetteer.matching(level, date, parent, q)
        if with_shape:
            found = tuple(unit for unit in found if unit.boundary_quality != "none")
        end = None if limit is None else offset + limit
        return _page(found[offset:end], len(found), limit, offset)

    def unit(self, unit_id: str) -> Unit:
        """See `Store.unit`."""
        return self._gazetteer.unit(unit_id)

    def versions(self, code: str) -> tuple[Unit, ...]:
        """See `Store.versions`."""
        return self._gazetteer.versions(code)

    def search(self, q: str, limit: int = 10) -> tuple[SearchHit, ...]:
        """See `Store.search`."""
        return self._gazetteer.search(q, limit)

    def predecessors(self, unit_id: str) -> tuple[Succession, ...]:
        """See `Store.predecessors`."""
        return self._gazetteer.predecessors(unit_id)

    def successors(self, unit_id: str) -> tuple[Succession, ...]:
        """See `Store.successors`."""
        return self._gazetteer.successors(unit_id)

    def children(self, unit_id: str) -> tuple[Unit, ...]:
        """See `Store.children`."""
        return self._gazetteer.children(unit_id)

    def accuracies(self) -> tuple[PositionalAccuracy, ...]:
        """See `Store.accuracies`."""
        return tuple(self._accuracies.values())

    def accuracy(self, unit_id: str) -> PositionalAccuracy | None:
        """See `Store.accuracy`."""
        self.unit(unit_id)
        return self._accuracies.get(unit_id)

    def mentions(self, unit_id: str) -> tuple[VillageMention, ...]:
        """See `Store.mentions`."""
        self.unit(unit_id)
        return tuple(self._mentions.get(unit_id, ()))

    def joint_figures(self, indicator: str, period: str) -> tuple[JointFigure, ...]:
        """See `Store.joint_figures`."""
        return tuple(
            figure
            for figure in self._joint_figures
            if (figure.indicator, figure.period) == (indicator, period)
        )

    def joint_figures_of(self, unit_id: str) -> tuple[JointFigure, ...]:
        """See `Store.joint_figures_of`."""
        found = [figure for figure in self._joint_figures if unit_id in figure.unit_ids]
        found.sort(key=lambda figure: parse_period(figure.period).sort_key, reverse=True)
        return tuple(sorted(found, key=lambda figure: figure.indicator))

    def changes(self, commune_id: str) -> tuple[VillageChange, ...]:
        """See `Store.changes`."""
        self.unit(commune_id)
        return tuple(change for change in self._changes if change.commune_id == commune_id)

    # Figures

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
        """See `Store.observations`."""
        table = schema.observations.c
        conditions = [
            table.unit_id == self.unit(unit).unit_id if unit is not None else None,
            self._of_code(unit_code) if unit_code is not None else None,
            table.indicator == self.indicator(indicator).id if indicator is not None else None,
            table.period == parse_period(period).code if period is not None else None,
            table.status == _status(status) if status is not None else None,
            table.source_id == self.source(source).id if source is not None else None,
        ]
        where = and_(true(), *(condition for condition in conditions if condition is not None))
        order = (table.unit_id, table.indicator, table.period_end, table.period_start)
        query = ALL_FIGURES.where(where).order_by(*order, table.status, table.preference)
        with self._engine.connect() as connection:
            count = select(func.count()).select_from(schema.observations).where(where)
            total = connection.execute(count).scalar_one()
            rows = connection.execute(query.limit(limit).offset(offset)).all()
        return _page(read_figures(rows), total, limit, offset)

    def _of_code(self, code: str) -> ColumnElement[bool]:
        ids = [unit.unit_id for unit in self.versions(code)]
        return schema.observations.c.unit_id.in_(ids)

    def values(
        self, indicator: str, period: str, level: Level, date: dt.date, status: str = "actual"
    ) -> dict[str, Observation]:
        """See `Store.values`."""
        _one_of(level, LEVELS, Message("No such level"))
        what = Message("This status cannot be drawn")
        _one_of(status, tuple(STATUS_GROUPS), what)
        table = schema.observations.c
        query = (
            ALL_FIGURES.join(schema.units, schema.units.c.unit_id == table.unit_id)
            .where(
                table.indicator == self.indicator(indicator).id,
                table.period == parse_period(period).code,
                table.shown.is_(True),
                table.status.in_(STATUS_GROUPS[status]),
                schema.units.c.level == level,
                in_force(self.display_date(level, date)),
            )
            .order_by(table.unit_id)
        )
        return {figure.unit_id: figure for figure in read_figures(self._rows(query))}

    def alternatives(self, observation: Observation) -> tuple[Observation, ...]:
        """See `Store.alternatives`."""
        table = schema.observations.c
        query = ALL_FIGURES.where(
            table.unit_id == observation.unit_id,
            table.indicator == observation.indicator,
            table.period == observation.period,
            table.status == observation.status,
        ).order_by(table.preference)
        figures = read_figures(self._rows(query))
        return tuple(figure for figure in figures if figure != observation)

    def series(self, unit_id: str, indicator: str) -> tuple[Observation, ...]:
        """See `Store.series`."""
        query = series_of(self.unit(unit_id).unit_id, self.indicator(indicator).id)
        return read_figures(self._rows(query))

    def all_series(self, unit_id: str) -> dict[str, tuple[Observation, ...]]:
        """See `Store.all_series`."""
        found: dict[str, list[Observation]] = defaultdict(list)
        for figure in read_figures(self._rows(series_of(self.unit(unit_id).unit_id))):
            found[figure.indicator].append(figure)
        return {indicator: tuple(figures) for indicator, figures in found.items()}

    def sound_values(self, level: Level, date: dt.date) -> dict[tuple[str, str], list[float]]:
        """See `Store.sound_values`."""
        _one_of(level, LEVELS, Message("No such level"))
        found: dict[tuple[str, str], list[float]] = defaultdict(list)
        query = sound_values_of(level, in_force(self.display_date(level, date)))
        for row in self._rows(query):
            found[row.indicator, row.period].append(row.value)
        return dict(found)

    def coverage(self, indicator: str | None = None) -> tuple[IndicatorCoverage, ...]:
        """See `Store.coverage`."""
        if indicator is None:
            return self._coverage
        self.indicator(indicator)
        return self._coverage_by_indicator.get(indicator, ())

    def default_layer(self) -> tuple[str, str, Level, dt.date]:
        """See `Store.default_layer`."""
        return indicator_coverage.choose_default_layer(self.info, self._indicators, self._coverage)

    @cached_property
    def _coverage_by_indicator(self) -> dict[str, tuple[IndicatorCoverage, ...]]:
        grouped: dict[str, list[IndicatorCoverage]] = defaultdict(list)
        for entry in self._coverage:
            grouped[entry.indicator].append(entry)
        return {indicator: tuple(rows) for indicator, rows in grouped.items()}

    @cached_property
    def _coverage(self) -> tuple[IndicatorCoverage, ...]:
        query = indicator_coverage.coverage_query()
        order = {name: position for position, name in enumerate(self._indicators)}
        counted = [
            from_row(
                IndicatorCoverage, dict(zip(column_names(IndicatorCoverage), row, strict=True))
            )
            for row in self._rows(query)
        ]
        return tuple(sorted(counted, key=lambda entry: order[entry.indicator]))

    # Shapes

    def display_date(self, level: Level, date: dt.date) -> dt.date:
        """See `Store.display_date`."""
        return last_day_of_step(self.info.timeline, date) if level == "village" else date

    def boundaries(self, level: Level, date: dt.date, detail: int) -> gpd.GeoDataFrame:
        """See `Store.boundaries`."""
        _one_of(level, LEVELS, Message("No such level"))
        day = in_force(self.display_date(level, date))
        return self._shapes(detail, and_(schema.units.c.level == level, day))

    def boundary(self, unit_id: str, detail: int) -> gpd.GeoDataFrame:
        """See `Store.boundary`."""
        return self._shapes(detail, schema.units.c.unit_id == self.unit(unit_id).unit_id)

    def surroundings(self) -> gpd.GeoDataFrame:
        """See `Store.surroundings`."""
        table = schema.surroundings.c
        query = select(*(table[name] for name in SURROUNDINGS_COLUMNS), table.geom)
        names = [*SURROUNDINGS_COLUMNS, "geometry"]
        rows = [dict(zip(names, row, strict=True)) for row in self._rows(query.order_by(table.fid))]
        return gpd.GeoDataFrame(rows, columns=names, geometry="geometry", crs=GEOGRAPHIC_CRS)

    def _shapes(self, detail: int, condition: ColumnElement[bool]) -> gpd.GeoDataFrame:
        _one_of(detail, DETAILS, Message("No such detail"))
        query = (
            select(
                *(schema.units.c[name] for name in _SHAPE_COLUMNS),
                _DRAWN_FROM,
                schema.boundaries.c.geom,
            )
            .join(schema.boundaries, schema.boundaries.c.unit_id == schema.units.c.unit_id)
            .where(schema.boundaries.c.detail == detail, condition)
            .order_by(schema.units.c.unit_id)
        )
        names = [*_SHAPE_COLUMNS, "drawn_from", "geometry"]
        rows = [dict(zip(names, row, strict=True)) for row in self._rows(query)]
        return gpd.GeoDataFrame(rows, columns=names, geometry="geometry", crs=GEOGRAPHIC_CRS)

    # Reading

    def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._engine.connect() as connection:
            return connection.execute(query).all()


def _page(items: Sequence[Any], total: int, limit: int | None, offset: int) -> Page[Any]:
    after = offset + limit if limit else total
    return Page(tuple(items), total, after if after < total else None)


def _status(status: str) -> str:
    return _one_of(status, STATUSES, Message("No such status"))


def _one_of(value: T, allowed: Sequence[T], what: Localised) -> T:
    if value not in allowed:
        raise InvalidInput(what, found=str(value), allowed=tuple(str(name) for name in allowed))
    return value
