"""Places over SQL: those of a category and of a unit, in the order of the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

import shapely
from sqlalchemy import ColumnElement, Engine, and_, func, select, true

from geodata.dataset import DETAILS
from geodata.errors import unknown_name
from geodata.i18n import Message
from geodata.model import Place, PlaceCategory, Unit
from geodata.record_codec import column_names, from_row
from geodata.store import schema
from geodata.store.gazetteer import Gazetteer
from geodata.store.interface import Page

_PLACE = select(*(schema.places.c[name] for name in column_names(Place)))


class SqlPlaces:
    """The part of a store that answers about places.

    Parameters
    ----------
    _engine
        Connections to the database.
    _gazetteer
        The units of the store.
    """

    _engine: Engine
    _gazetteer: Gazetteer

    @cached_property
    def _place_categories(self) -> dict[str, PlaceCategory]:
        table = schema.place_categories
        names = [table.c[name] for name in column_names(PlaceCategory)]
        used = select(schema.places.c.category).distinct()
        query = select(*names).where(table.c.id.in_(used)).order_by(table.c.fid)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        listed = [from_row(PlaceCategory, row._asdict()) for row in rows]
        return {category.id: category for category in listed}

    def place_categories(self) -> tuple[PlaceCategory, ...]:
        """See `geodata.store.interface.Store.place_categories`."""
        return tuple(self._place_categories.values())

    def place_category(self, category_id: str) -> PlaceCategory:
        """See `geodata.store.interface.Store.place_category`."""
        if category_id not in self._place_categories:
            what = Message("There is no such category of places")
            raise unknown_name(what, category_id, self._place_categories)
        return self._place_categories[category_id]

    def place(self, place_id: str) -> Place:
        """See `geodata.store.interface.Store.place`."""
        with self._engine.connect() as connection:
            row = connection.execute(_PLACE.where(schema.places.c.id == place_id)).first()
        if row is None:
            raise unknown_name(Message("There is no such place"), place_id, ())
        return from_row(Place, row._asdict())

    def places(
        self,
        *,
        categories: Collection[str] | None = None,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Place]:
        """See `geodata.store.interface.Store.places`."""
        conditions: list[ColumnElement[bool]] = [true()]
        if categories is not None:
            known = [self.place_category(each).id for each in categories]
            conditions.append(schema.places.c.category.in_(known))
        if unit is not None:
            conditions.append(self._in_unit(self._gazetteer.unit(unit)))
        where = and_(*conditions)
        query = _PLACE.where(where).order_by(schema.places.c.fid).limit(limit).offset(offset)
        with self._engine.connect() as connection:
            count = select(func.count()).select_from(schema.places).where(where)
            total = connection.execute(count).scalar_one()
            rows = connection.execute(query).all()
        found = tuple(from_row(Place, row._asdict()) for row in rows)
        after = offset + limit if limit else total
        return Page(found, total, after if after < total else None)

    def _in_unit(self, unit: Unit) -> ColumnElement[bool]:
        """Places counted for a unit of today or for one below it; else those within its shape."""
        communes = self._communes_of_today(unit)
        if communes is not None:
            return schema.places.c.unit_id.in_(communes)
        return schema.places.c.id.in_(self._within_shape(unit))

    def _communes_of_today(self, unit: Unit) -> list[str] | None:
        """Ids of today's communes that a unit is or has; None for a unit that is made otherwise."""
        if unit.valid_to is not None or unit.level == "village":
            return None
        if unit.level == "commune":
            return [unit.unit_id]
        below: Sequence[Unit] = [
            child for child in self._gazetteer.children(unit.unit_id) if child.valid_to is None
        ]
        return [each for child in below for each in self._communes_of_today(child) or ()]

    def _within_shape(self, unit: Unit) -> list[str]:
        """Ids of the places within the shape of a unit; none where that is no surveyed area."""
        if unit.drawn_from_points:
            return []
        shapes, places = schema.boundaries.c, schema.places.c
        query = select(shapes.geom).where(
            shapes.unit_id == unit.unit_id, shapes.detail == DETAILS[-1]
        )
        with self._engine.connect() as connection:
            shape = connection.execute(query).scalar()
            if shape is None:
                return []
            west, south, east, north = shape.bounds
            near = select(places.id, places.lon, places.lat).where(
                places.lon.between(west, east), places.lat.between(south, north)
            )
            rows: Sequence[Any] = connection.execute(near).all()
        inside = shapely.contains_xy(shape, [row.lon for row in rows], [row.lat for row in rows])
        return [row.id for row, within in zip(rows, inside, strict=True) if within]
