"""What accounts published, as a store takes it in: on a dataset, and into a store that stands.

Both ways give the same rows. In a store of the same dataset only the layers (indicator and period)
that changed are written again; units and shapes are left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select, update

from geodata.bulk_statements import execute_many, indexed_afterwards
from geodata.category_list import with_known_classes
from geodata.concepts_file import with_concepts
from geodata.dataset import Dataset, shape_part
from geodata.model import Concept, Dimension, Indicator, Observation, Source, Theme
from geodata.model.absent_figures import AbsentFigure
from geodata.precedence import ObservationKey
from geodata.quality_rules import judged
from geodata.record_codec import Row, column_names, from_row, to_row
from geodata.store import schema
from geodata.store.dimension_rows import dimension_code_rows, dimension_row
from geodata.store.observation_rows import observation_rows
from geodata.store.published_places import PublishedPlaces, with_places
from geodata.villages.import_record import VillageImport

T = TypeVar("T", bound=Hashable)
Layer = tuple[str, str]
"""Indicator and period."""


@dataclass(frozen=True)
class Published:
    """What holds by the ledger.

    Parameters
    ----------
    ledger_id, revision, hash
        Which ledger, and how far it had got; see `geodata.ledger.ledger_records.LedgerMark`.
    themes, indicators, dimensions, concepts
        Those that publications brought along and that figures hold of now.
    sources
        The publications and corrections that figures come from.
    observations
        The figures; a corrected one stands behind the correction.
    withdrawn
        Figures that hold no more, although the dataset ships them.
    absent
        Figures that publications state not to be, and why; also among ``withdrawn``.
    layers
        Where ``observations`` and ``withdrawn`` tell all that holds; None for everywhere.
    places
        Places that hold, with the lists that they are counted by.
    villages
        The villages of communes.
    """

    ledger_id: str = ""
    revision: int = 0
    hash: str = ""
    themes: tuple[Theme, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sources: tuple[Source, ...] = ()
    observations: tuple[Observation, ...] = ()
    withdrawn: frozenset[ObservationKey] = field(default_factory=frozenset)
    absent: tuple[AbsentFigure, ...] = ()
    layers: frozenset[Layer] | None = None
    places: PublishedPlaces = field(default_factory=PublishedPlaces)
    villages: tuple[VillageImport, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    concepts: tuple[Concept, ...] = ()

    def with_present_ids(self, moved: Mapping[str, str]) -> Published:
        """The same under the ids that indicators bear by now.

        Parameters
        ----------
        moved
            As `geodata.broken_down.present_ids`: what was published of an indicator that became a
            part of another is of that part.
        """
        return replace(
            self,
            indicators=tuple(one for one in self.indicators if one.id not in moved),
            concepts=tuple(
                replace(one, indicators=tuple(moved.get(name, name) for name in one.indicators))
                for one in self.concepts
            ),
            observations=tuple(
                replace(one, indicator=moved[one.indicator]) if one.indicator in moved else one
                for one in self.observations
            ),
            withdrawn=frozenset(
                (unit, moved.get(name, name), period, status)
                for unit, name, period, status in self.withdrawn
            ),
            absent=tuple(
                replace(one, indicator=moved.get(one.indicator, one.indicator))
                for one in self.absent
            ),
            layers=None
            if self.layers is None
            else frozenset((moved.get(name, name), period) for name, period in self.layers),
        )

    def on(
        self, units: Collection[str], themes: Collection[str], indicators: Collection[str]
    ) -> Published:
        """What of it a dataset can take in.

        Parameters
        ----------
        units, themes, indicators
            Ids of those that the dataset has. A theme or indicator that it ships by now is its own;
            a figure of a unit or an indicator that nobody knows any more is left out.
        """
        made = tuple(one for one in self.indicators if one.id not in indicators)
        known = {one.id for one in made}.union(indicators)
        return replace(
            self,
            themes=tuple(one for one in self.themes if one.id not in themes),
            indicators=made,
            observations=tuple(
                one for one in self.observations if one.unit_id in units and one.indicator in known
            ),
            absent=tuple(
                one for one in self.absent if one.unit_id in units and one.indicator in known
            ),
        )

    def judged(
        self, indicators: Mapping[str, Indicator], concepts: Collection[Concept]
    ) -> Published:
        """With the figures as a dataset's own are judged.

        What cannot be right is marked as impossible, with the reason, a figure states the concept
        that takes it in by its indicator, period and source, and a class has the place that the
        list of its indicator gives it. A class that the list has no more is left out.

        Parameters
        ----------
        indicators
            All that figures may be of, by id.
        concepts
            Of the dataset.
        """
        named = {one.id for one in concepts}
        # The dataset may have dropped a concept since a figure stated it.
        stating = [
            replace(one, concept="") if one.concept and one.concept not in named else one
            for one in self.observations
        ]
        placed = with_known_classes(stating, indicators)
        figures = with_concepts(concepts, judged(indicators, placed))
        return replace(self, observations=tuple(figures))

    def version_on(self, shape_version: str) -> str:
        """The version of a store made of this and of a dataset with its villages."""
        if not self.revision:
            return shape_version
        return f"{shape_version}.r{self.revision}-{self.hash[:8]}"


NOTHING_PUBLISHED = Published()


def with_published(dataset: Dataset, published: Published) -> tuple[Dataset, Published]:
    """The dataset with what was published on it, and what of it the dataset could take in."""
    catalogue = dataset.catalogue
    units = {unit.unit_id for unit in dataset.units}
    taken = published.on(units, catalogue.themes, catalogue.indicators)
    extended = replace(
        catalogue,
        themes=catalogue.themes | {theme.id: theme for theme in taken.themes},
        measure_units={
            one.measure_unit.id: one.measure_unit
            for one in taken.indicators
            if one.kind != "category"
        }
        | catalogue.measure_units,
        indicators=catalogue.indicators | {one.id: one for one in taken.indicators},
        dimensions={one.id: one for one in taken.dimensions} | catalogue.dimensions,
        sources=catalogue.sources | {source.id: source for source in taken.sources},
    )
    version = published.version_on(dataset.info.version)
    new = {one.id: one for one in taken.concepts if one.id not in catalogue.concepts}
    extended = replace(extended, concepts=catalogue.concepts | new)
    taken = replace(taken, concepts=tuple(new.values()))
    whole = replace(
        dataset,
        info=replace(dataset.info, version=version),
        catalogue=extended,
    )
    whole = with_places(whole, taken.places)
    taken = taken.judged(extended.indicators, extended.concepts.values())
    observations = (*whole.observations, *taken.observations)
    return replace(whole, observations=observations), taken


def entry_rows(taken: Published) -> list[Row]:
    """Rows for the table of what in a store is published, not shipped."""
    listed: dict[str, Iterable[Theme | Indicator | Source | Dimension | Concept]] = {
        "theme": taken.themes,
        "indicator": taken.indicators,
        "dimension": taken.dimensions,
        "concept": taken.concepts,
        "source": taken.sources,
    }
    return [{"kind": kind, "id": one.id} for kind, entries in listed.items() for one in entries]


def mark_columns(published: Published) -> Row:
    """The columns of a store's description that tell how far its ledger had got."""
    return {
        "ledger_id": published.ledger_id,
        "ledger_revision": published.revision,
        "ledger_hash": published.hash,
    }


def write_published(connection: Connection, published: Published) -> None:
    """Bring the figures of a store of the same dataset up to the state of a ledger.

    Parameters
    ----------
    connection
        In a transaction that checks foreign keys when it ends.
    published
        With the layers that changed since the store was made, or all that holds.
    """
    layers = sorted(_touched(connection, published))
    shipped = _shipped_figures(connection, layers)
    for table in (schema.observations, schema.absent_figures):
        for layer in layers:
            connection.execute(delete(table).where(_of_layer(layer, table)))
    taken = _write_entries(connection, published)
    indicators = {one.id: one for one in records_of(connection, schema.indicators, Indicator)}
    taken = taken.judged(indicators, records_of(connection, schema.concepts, Concept))
    sources = {source.id: source for source in records_of(connection, schema.sources, Source)}
    rows = observation_rows([*shipped, *taken.observations], sources, taken.withdrawn)
    with indexed_afterwards(connection, schema.observations, len(rows)):
        _insert(connection, schema.observations, rows)
    _insert(connection, schema.absent_figures, map(to_row, taken.absent))
    version = connection.execute(select(schema.dataset.c.version)).scalar_one()
    version = published.version_on(shape_part(version))
    connection.execute(update(schema.dataset).values(version=version, **mark_columns(published)))


def _touched(connection: Connection, published: Published) -> Collection[Layer]:
    """The layers to write: those given, else all that have or had published figures."""
    if published.layers is not None:
        return published.layers
    table, entries = schema.observations.c, schema.published_entries.c
    sources = select(entries.id).where(entries.kind == "source")
    query = select(table.indicator, table.period).where(table.source_id.in_(sources)).distinct()
    before = {(row.indicator, row.period) for row in connection.execute(query)}
    absent = schema.absent_figures.c
    query = select(absent.indicator, absent.period).distinct()
    before |= {(row.indicator, row.period) for row in connection.execute(query)}
    withdrawn = {(indicator, period) for _, indicator, period, _ in published.withdrawn}
    return before | withdrawn | {(one.indicator, one.period) for one in published.observations}


def _of_layer(layer: Layer, table: Table = schema.observations) -> ColumnElement[bool]:
    return and_(table.c.indicator == layer[0], table.c.period == layer[1])


def _shipped_figures(connection: Connection, layers: Iterable[Layer]) -> list[Observation]:
    """The figures of the dataset in some layers, in the order in which it ships them."""
    table, entries = schema.observations.c, schema.published_entries.c
    published = select(entries.id).where(entries.kind == "source")
    query = select(*(table[name] for name in column_names(Observation)))
    query = query.where(table.source_id.not_in(published)).order_by(table.fid)
    return [
        from_row(Observation, row._asdict())
        for layer in layers
        for row in connection.execute(query.where(_of_layer(layer)))
    ]


def _write_entries(connection: Connection, published: Published) -> Published:
    """Put the ledger's themes, indicators and sources in the place of those that were there."""
    entries = schema.published_entries.c
    tables = {
        "theme": schema.themes, "indicator": schema.indicators, "source": schema.sources,
        "concept": schema.concepts,
    }  # fmt: skip
    for kind, table in tables.items():
        old = select(entries.id).where(entries.kind == kind)
        connection.execute(delete(table).where(table.c.id.in_(old)))
    old = select(entries.id).where(entries.kind == "dimension")
    codes = schema.dimension_codes
    connection.execute(delete(codes).where(codes.c.dimension.in_(old)))
    connection.execute(delete(schema.dimensions).where(schema.dimensions.c.id.in_(old)))
    connection.execute(delete(schema.published_entries))
    taken = published.on(
        _ids(connection, schema.units.c.unit_id),
        _ids(connection, schema.themes.c.id),
        _ids(connection, schema.indicators.c.id),
    )
    shipped = _ids(connection, schema.dimensions.c.id)
    new = tuple(one for one in taken.dimensions if one.id not in shipped)
    concepts = _ids(connection, schema.concepts.c.id)
    taken = replace(
        taken,
        dimensions=new,
        concepts=tuple(one for one in taken.concepts if one.id not in concepts),
    )
    _insert(connection, schema.concepts, map(to_row, taken.concepts))
    _insert(connection, schema.dimensions, map(dimension_row, new))
    _insert(connection, schema.dimension_codes, dimension_code_rows(new))
    _insert(connection, schema.themes, map(to_row, taken.themes))
    _insert(connection, schema.indicators, map(to_row, taken.indicators))
    _insert(connection, schema.sources, map(to_row, taken.sources))
    _insert(connection, schema.published_entries, entry_rows(taken))
    return taken


def _ids(connection: Connection, column: ColumnElement[str]) -> set[str]:
    return set(connection.execute(select(column)).scalars())


def records_of(connection: Connection, table: Table, record_type: type[T]) -> list[T]:
    """Every row of a table as a record."""
    query = select(*(table.c[name] for name in column_names(record_type)))
    return [from_row(record_type, row._asdict()) for row in connection.execute(query)]


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    execute_many(connection, insert(table), list(rows))
