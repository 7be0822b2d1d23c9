"""The catalogue over SQL: few rows, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Engine, Table, select

from geodata.broken_down import former_ids
from geodata.errors import unknown_name
from geodata.i18n import Message, Text
from geodata.model import Concept, Dimension, DimensionCode, Indicator, Source, Theme
from geodata.record_codec import column_names, from_row
from geodata.store import schema

T = TypeVar("T", bound=Hashable)


class SqlCatalogue:
    """The part of a store that answers about indicators, what they are broken down by, and sources.

    Parameters
    ----------
    _engine
        Connections to the database.
    """

    _engine: Engine

    @cached_property
    def _themes(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self._all(schema.themes, Theme)}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {entry.id: entry for entry in self._all(schema.indicators, Indicator)}

    @cached_property
    def _wholes(self) -> tuple[Indicator, ...]:
        return tuple(entry for entry in self._indicators.values() if not entry.whole)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[Indicator, ...]]:
        parts: dict[str, list[Indicator]] = defaultdict(list)
        for entry in self._indicators.values():
            parts[entry.whole].append(entry)
        return {whole: tuple(listed) for whole, listed in parts.items()}

    @cached_property
    def _former(self) -> dict[str, Indicator]:
        return dict(former_ids(self._indicators))

    @cached_property
    def _dimensions(self) -> tuple[Dimension, ...]:
        table = schema.dimension_codes
        codes: dict[str, list[DimensionCode]] = defaultdict(list)
        with self._engine.connect() as connection:
            for row in connection.execute(select(table).order_by(table.c.fid)).all():
                codes[row.dimension].append(from_row(DimensionCode, row._asdict()))
            listed = connection.execute(
                select(schema.dimensions).order_by(schema.dimensions.c.fid)
            ).all()
        return tuple(
            Dimension(
                id=row.id,
                name=Text(row.name_vi, row.name_en),
                total=Text(row.total_vi, row.total_en),
                overlapping=bool(row.overlapping),
                codes=tuple(codes[row.id]),
            )
            for row in listed
        )

    @cached_property
    def _concepts(self) -> tuple[Concept, ...]:
        return tuple(self._all(schema.concepts, Concept))

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self._all(schema.sources, Source)}

    def themes(self) -> tuple[Theme, ...]:
        """See `geodata.store.interface.Store.themes`."""
        return tuple(self._themes.values())

    def indicators(self, theme: str | None = None, *, parts: bool = False) -> tuple[Indicator, ...]:
        """See `geodata.store.interface.Store.indicators`."""
        if theme is not None and theme not in self._themes:
            raise unknown_name(Message("No such theme"), theme, self._themes)
        listed = self._indicators.values() if parts else self._wholes
        return tuple(entry for entry in listed if theme in (None, entry.theme))

    def indicator(self, indicator_id: str) -> Indicator:
        """See `geodata.store.interface.Store.indicator`."""
        if indicator_id not in self._indicators:
            what = Message("No such indicator")
            raise unknown_name(what, indicator_id, self._indicators)
        return self._indicators[indicator_id]

    def parts(self, indicator_id: str) -> tuple[Indicator, ...]:
        """See `geodata.store.interface.Store.parts`."""
        return self._parts.get(self.indicator(indicator_id).id, ())

    def moved_indicator(self, former_id: str) -> Indicator | None:
        """See `geodata.store.interface.Store.moved_indicator`."""
        return self._former.get(former_id)

    def dimensions(self) -> tuple[Dimension, ...]:
        """See `geodata.store.interface.Store.dimensions`."""
        return self._dimensions

    def concepts(self) -> tuple[Concept, ...]:
        """See `geodata.store.interface.Store.concepts`."""
        return self._concepts

    def sources(self) -> tuple[Source, ...]:
        """See `geodata.store.interface.Store.sources`."""
        return tuple(self._sources.values())

    def source(self, source_id: str) -> Source:
        """See `geodata.store.interface.Store.source`."""
        if source_id not in self._sources:
            raise unknown_name(Message("No such source"), source_id, self._sources)
        return self._sources[source_id]

    def _all(self, table: Table, record_type: type[T]) -> list[T]:
        query = select(*(table.c[name] for name in column_names(record_type))).order_by(table.c.fid)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [from_row(record_type, row._asdict()) for row in rows]
