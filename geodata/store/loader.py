"""Putting a dataset into empty tables, the same way in every backend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Table

from geodata.bulk_statements import execute_many
from geodata.dataset import SURROUNDINGS_COLUMNS, Dataset, boundaries_file
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import LEVELS, Source
from geodata.record_codec import Row, to_row
from geodata.store import schema
from geodata.store.dimension_rows import dimension_code_rows, dimension_row
from geodata.store.observation_rows import observation_rows
from geodata.store.published import (
    NOTHING_PUBLISHED,
    Published,
    entry_rows,
    mark_columns,
)
from geodata.vietnamese_names import vietnamese_sort_key
from geodata.villages.import_record import VillageImport


def load_dataset(
    connection: Connection,
    dataset: Dataset,
    imports: Iterable[VillageImport] = (),
    taken: Published = NOTHING_PUBLISHED,
) -> None:
    """Insert everything of ``dataset``; foreign keys hold after every statement.

    Sources of collected figures from which nothing was taken are left out. A figure without its
    source or a unit without its shape is a `FileFault`.

    Parameters
    ----------
    taken
        What of the dataset was published; see `geodata.store.published.with_published`.
    """
    _verify(dataset)
    info, catalogue = dataset.info, dataset.catalogue
    _insert(connection, schema.dataset, [_info_row(dataset) | mark_columns(taken)])
    _insert(connection, schema.timeline, map(to_row, info.timeline))
    _insert(connection, schema.themes, map(to_row, catalogue.themes.values()))
    _insert(connection, schema.indicators, map(to_row, catalogue.indicators.values()))
    _insert(connection, schema.dimensions, map(dimension_row, catalogue.dimensions.values()))
    _insert(connection, schema.dimension_codes, dimension_code_rows(catalogue.dimensions.values()))
    _insert(connection, schema.concepts, map(to_row, catalogue.concepts.values()))
    _insert(connection, schema.sources, map(to_row, used_sources(dataset)))
    # Parents come before their children.
    units = sorted(dataset.units, key=lambda unit: (LEVELS.index(unit.level), unit.unit_id))
    _insert(connection, schema.units, map(to_row, units))
    _insert(connection, schema.successions, map(to_row, dataset.successions))
    figures = observation_rows(dataset.observations, catalogue.sources, taken.withdrawn)
    execute_many(connection, schema.observations.insert(), figures)
    _insert(connection, schema.absent_figures, map(to_row, taken.absent))
    _insert(connection, schema.published_entries, entry_rows(taken))
    _insert(connection, schema.boundaries, _shape_rows(dataset))
    _insert(connection, schema.mentions, map(to_row, dataset.mentions))
    _insert(connection, schema.changes, map(to_row, dataset.changes))
    _insert(connection, schema.joint_figures, map(to_row, dataset.joint_figures))
    _insert(connection, schema.surroundings, _surroundings_rows(dataset))
    _insert(
        connection,
        schema.loads,
        (
            {"commune_id": one.commune_id, "source_id": one.source_id, "content": one.to_json()}
            for one in imports
        ),
    )
    _insert(connection, schema.place_categories, map(to_row, catalogue.place_categories.values()))
    _insert(connection, schema.places, _place_rows(dataset))
    accuracies = sorted(dataset.accuracies, key=lambda accuracy: accuracy.unit_id)
    _insert(connection, schema.accuracies, map(to_row, accuracies))


def _verify(dataset: Dataset) -> None:
    """What is needed to make the rows; the rest is for the database's own rules to refuse."""
    for figure in dataset.observations:
        if figure.source_id not in dataset.catalogue.sources:
            what = Message("There is no such source")
            raise FileFault(
                what, found=figure.source_id, where="shipped/observations.csv source_id"
            )
    for detail, frame in dataset.boundaries.items():
        for unit_id, shape in zip(frame["unit_id"], frame.geometry, strict=True):
            if shape is None or shape.is_empty:
                where = f"shipped/{boundaries_file(detail)}"
                what = Message("The unit has no shape")
                raise FileFault(what, found=unit_id, where=where)


def used_sources(dataset: Dataset) -> list[Source]:
    """The sources that something refers to, and all that are not mere collections."""
    used = {record.source_id for record in dataset.observations}
    used |= {record.source_id for record in dataset.units}
    used |= {record.source_id for record in dataset.successions}
    used |= {record.source_id for record in dataset.mentions}
    used |= {record.source_id for record in dataset.changes}
    used |= {record.source_id for record in dataset.joint_figures}
    used |= set(dataset.surroundings["source_id"])
    used |= {record.source_id for record in dataset.places}
    sources = dataset.catalogue.sources.values()
    return [source for source in sources if source.id in used or source.kind != "collected"]


def _info_row(dataset: Dataset) -> Row:
    info = dataset.info
    return {
        "schema_version": schema.SCHEMA_VERSION,
        "id": info.id,
        "title_vi": info.title.vi,
        "title_en": info.title.en,
        "version": info.version,
        "reference_date": info.reference_date.isoformat(),
        "metric_crs": info.metric_crs,
        "local_crs": info.local_crs,
        "default_theme": info.default_theme,
        "unit_profile": info.profile.to_text(),
    }


def _shape_rows(dataset: Dataset) -> Iterator[Row]:
    for detail, frame in sorted(dataset.boundaries.items()):
        for unit_id, shape in zip(frame["unit_id"], frame.geometry, strict=True):
            yield {"unit_id": unit_id, "detail": detail, "geom": _multi(shape)}


def _surroundings_rows(dataset: Dataset) -> Iterator[Row]:
    frame = dataset.surroundings
    columns = [frame[name] for name in SURROUNDINGS_COLUMNS]
    for *fields, shape in zip(*columns, frame.geometry, strict=True):
        yield {**dict(zip(SURROUNDINGS_COLUMNS, fields, strict=True)), "geom": _multi(shape)}


def _place_rows(dataset: Dataset) -> Iterator[Row]:
    """Places in the order in which they are listed: categories as in the menu, names by letter."""
    order = {each: number for number, each in enumerate(dataset.catalogue.place_categories)}
    for place in sorted(
        dataset.places, key=lambda one: (order.get(one.category, -1), vietnamese_sort_key(one.name))
    ):
        located = place.lon is not None and place.lat is not None
        yield {**to_row(place), "geom": Point(place.lon, place.lat) if located else None}


def _multi(shape: BaseGeometry) -> BaseGeometry:
    flat = shapely.force_2d(shape)
    return flat if flat.geom_type == "MultiPolygon" else MultiPolygon([flat])


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(table.insert(), listed)
