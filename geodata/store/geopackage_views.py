"""Views for QGIS: the units of each level and era with names, shape and covered indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from geodata.dataset import DETAILS, Dataset, DatasetInfo
from geodata.i18n import DEFAULT_LANGUAGE, Message
from geodata.model import LEVELS, STATUS_GROUPS, Indicator, Level
from geodata.period import parse_period
from geodata.record_codec import from_row
from geodata.series_id import parse_dimensions
from geodata.store import schema
from geodata.store.indicator_coverage import coverage_query
from geodata.store.validity import in_force, last_day_of_step

_COVERED = 0.5
"""An indicator is joined when its period covers at least this share of the units."""

_MOST = 50
"""Tables of figures joined at most; SQLite joins 64 tables in one statement."""


@dataclass(frozen=True)
class GeoPackageView:
    """A layer of the GeoPackage.

    Parameters
    ----------
    columns
        Title and description by name of column.
    """

    name: str
    title: str
    about: str
    unit_ids: frozenset[str]
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)


def create_views(connection: Connection, dataset: Dataset) -> list[GeoPackageView]:
    """Make one view for each set of units that was in force together, and return them."""
    covered = _covered(connection, dataset.catalogue.indicators)
    views = []
    for level, day, unit_ids in _eras(dataset):
        figures = covered.get((level, day), [])
        view = GeoPackageView(
            name=f"units_{level}_{day:%Y_%m_%d}",
            title=f"{dataset.info.title.vi} · {level} · {day:%Y-%m-%d}",
            about=f"{dataset.info.id} {dataset.info.version}",
            unit_ids=unit_ids,
            columns=_column_titles(figures),
        )
        _make_view(connection, view.name, level, _shown_on(level, day, dataset.info), figures)
        views.append(view)
    return views


def renew_views(connection: Connection, info: DatasetInfo) -> list[GeoPackageView]:
    """Make the views of a store again after its figures changed; its units did not.

    Returns
    -------
    list of GeoPackageView
        Without the units, which are those they were.
    """
    rows = connection.execute(select(schema.indicators).order_by(schema.indicators.c.fid))
    indicators = [from_row(Indicator, row._asdict()) for row in rows]
    covered = _covered(connection, {indicator.id: indicator for indicator in indicators})
    named = "table_name GLOB 'units_*' AND data_type = 'features'"
    listed = f"SELECT table_name, identifier FROM gpkg_contents WHERE {named}"  # noqa: S608
    views = []
    for name, title in connection.exec_driver_sql(listed).all():
        level, day = _level_and_day(name)
        figures = covered.get((level, day), [])
        connection.exec_driver_sql(f"DROP VIEW {name}")
        _make_view(connection, name, level, _shown_on(level, day, info), figures)
        about = f"{info.id} {info.version}"
        views.append(GeoPackageView(name, title, about, frozenset(), _column_titles(figures)))
    return views


def _level_and_day(name: str) -> tuple[str, dt.date]:
    """Level and first day of the units of a view, out of its name."""
    level, day = name.removeprefix("units_").split("_", maxsplit=1)
    return level, dt.date.fromisoformat(day.replace("_", "-"))


def _shown_on(level: str, day: dt.date, info: DatasetInfo) -> dt.date:
    return last_day_of_step(info.timeline, day) if level == "village" else day


def _make_view(
    connection: Connection, name: str, level: str, day: dt.date, figures: list[_IndicatorColumn]
) -> None:
    query = _view_query(level, day, figures)
    compiled = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE VIEW {name} AS {compiled}")


def _eras(dataset: Dataset) -> Iterator[tuple[Level, dt.date, frozenset[str]]]:
    """Level, first date of the timeline and units of every set of units in force together."""
    for level in LEVELS:
        before: frozenset[str] = frozenset()
        for step in dataset.info.timeline:
            day = step.date
            if level == "village":
                day = last_day_of_step(dataset.info.timeline, day)
            units = [u for u in dataset.units if u.level == level and u.boundary_quality != "none"]
            ids = frozenset(unit.unit_id for unit in units if unit.valid_on(day))
            if ids and ids != before:
                yield level, step.date, ids
            before = ids


@dataclass(frozen=True)
class _IndicatorColumn:
    """An indicator as it is joined: its period, and whether figures are doubtful or impossible."""

    indicator: Indicator
    period: str
    doubtful: bool
    impossible: bool

    @property
    def name(self) -> str:
        """The column of its values; of a part, indicator and codes: ``population_rural``."""
        codes = [code for _, code in parse_dimensions(self.indicator.dimensions)]
        return "_".join([self.indicator.measured, *codes])

    @property
    def doubt_column(self) -> str:
        return f"{self.name}_doubt"

    @property
    def impossible_column(self) -> str:
        return f"{self.name}_impossible"


def _covered(
    connection: Connection, indicators: dict[str, Indicator]
) -> dict[tuple[str, dt.date], list[_IndicatorColumn]]:
    """For each level and date the well covered indicators with their latest such period."""
    latest: dict[tuple[str, str, str], str] = {}
    table = schema.observations.c
    query = select(table.indicator, table.period, table.impossible).where(
        table.shown.is_(True), table.doubt_vi != ""
    )
    marked = {tuple(row) for row in connection.execute(query)}
    for row in connection.execute(coverage_query()):
        indicator, level, day, period, group, with_value, total = row
        key = (level, day, indicator)
        if group == "actual" and with_value >= _COVERED * total:
            latest[key] = max(latest.get(key, period), period, key=_age)
    found: dict[tuple[str, dt.date], list[_IndicatorColumn]] = {}
    for (level, day, name), period in latest.items():
        flags = ((name, period, impossible) in marked for impossible in (False, True))
        figure = _IndicatorColumn(indicators[name], period, *flags)
        found.setdefault((level, dt.date.fromisoformat(day)), []).append(figure)
    order = list(indicators)
    for figures in found.values():
        figures.sort(key=lambda figure: order.index(figure.indicator.id))
        joins = accumulate(1 + figure.impossible for figure in figures)
        del figures[sum(count <= _MOST for count in joins) :]
    return found


def _age(period: str) -> tuple[dt.date, dt.date]:
    return parse_period(period).sort_key


def _view_query(level: str, day: dt.date, figures: list[_IndicatorColumn]) -> Select[Any]:
    """Names, shape and, per figure, value and doubt; plain columns, so that their types are kept.

    An impossible figure has no value here, which would be drawn; its reason names it as printed.

    GDAL takes ``OGC_FID`` for the key of a view.
    """
    units, shapes = schema.units.c, schema.boundaries.c
    above = schema.units.alias("above")
    selected: list[Any] = [
        units.fid.label("OGC_FID"),
        shapes.geom,
        units.unit_id,
        units.code,
        units.kind,
        units.name_vi.label("name"),
        units.name_en,
        units.full_name_vi.label("full_name"),
        above.c.name_vi.label("parent_name"),
        units.valid_from,
        units.valid_to,
        units.official_area_km2,
        units.shape_area_km2,
        units.boundary_quality,
    ]
    joined: Any = schema.units.join(schema.boundaries, shapes.unit_id == units.unit_id)
    joined = joined.outerjoin(above, above.c.unit_id == units.parent_id)
    for figure in figures:
        table = schema.observations.alias(f"o_{figure.name}")
        joined = joined.outerjoin(table, _shown(table.c, figure, impossible=False))
        is_category = figure.indicator.kind == "category"
        shown = table.c.category if is_category else table.c.value
        selected.append(shown.label(figure.name))
        if figure.doubtful:
            selected.append(table.c.doubt_vi.label(figure.doubt_column))
        if figure.impossible:
            table = schema.observations.alias(f"x_{figure.name}")
            joined = joined.outerjoin(table, _shown(table.c, figure, impossible=True))
            selected.append(table.c.doubt_vi.label(figure.impossible_column))
    return (
        select(*selected)
        .select_from(joined)
        .where(units.level == level, shapes.detail == DETAILS[-1], in_force(day))
    )


def _shown(
    table: ReadOnlyColumnCollection[str, Column[Any]], figure: _IndicatorColumn, *, impossible: bool
) -> ColumnElement[bool]:
    return and_(
        table.unit_id == schema.units.c.unit_id,
        table.indicator == figure.indicator.id,
        table.period == figure.period,
        table.shown.is_(True),
        table.impossible.is_(impossible),
        table.status.in_(STATUS_GROUPS["actual"]),
    )


def _column_titles(figures: list[_IndicatorColumn]) -> dict[str, tuple[str, str]]:
    titles = {}
    for figure in figures:
        indicator, when = figure.indicator, parse_period(figure.period).label(DEFAULT_LANGUAGE)
        name, symbol = indicator.name[DEFAULT_LANGUAGE], indicator.measure_unit.symbol
        measured = f" ({symbol[DEFAULT_LANGUAGE]})" if symbol[DEFAULT_LANGUAGE] else ""
        title = f"{name}, {when}{measured}"
        titles[figure.name] = (title, indicator.definition[DEFAULT_LANGUAGE])
        if figure.doubtful:
            doubtful = Message("{name}: doubtful figure", name=name)
            titles[figure.doubt_column] = (doubtful[DEFAULT_LANGUAGE], "")
        if figure.impossible:
            impossible = Message("{name}: impossible figure", name=name)
            titles[figure.impossible_column] = (impossible[DEFAULT_LANGUAGE], "")
    return titles
