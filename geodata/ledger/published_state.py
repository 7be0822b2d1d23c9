"""What holds by the ledger, read as the records that a store is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, select

from geodata.i18n import Message, Text
from geodata.ledger.concept_rows import concepts_stated_by, stated_concepts_of
from geodata.ledger.definitions import last_definitions, layers_of, redefined_since
from geodata.ledger.derivations import read_derivations
from geodata.ledger.history import mark_of
from geodata.ledger.ledger_records import Cell, Derivation, Revision, SeriesKey
from geodata.ledger.metadata import from_json
from geodata.ledger.published_records import read_published_records
from geodata.ledger.revision_rows import read_cell, read_revision
from geodata.ledger.revision_tables import (
    SERIES_COLUMNS,
    changes,
    current_figures,
    new_concepts,
    new_dimensions,
    new_themes,
    revisions,
)
from geodata.ledger.series_keys import cells_kept, former_names, with_present_id
from geodata.model import Concept, Dimension, Indicator, Observation, Source, Status, Theme
from geodata.model.absent_figures import ABSENCE_OF_TEXT, AbsenceKind, AbsentFigure
from geodata.precedence import CORRECTION_RANK, PUBLICATION_RANK, ObservationKey
from geodata.record_codec import from_older_row
from geodata.series_id import parse_dimensions, series_id, split_series_id
from geodata.store.published import Layer, Published
from geodata.table_import.made_entries import dimensions_named

_NO_DOUBT = _NO_METHOD = Text("")


def read_published(
    connection: Connection, present: Mapping[str, str], since: int | None = None
) -> Published:
    """What holds now, under the ids that indicators bear by now.

    Parameters
    ----------
    present
        As `geodata.broken_down.present_ids` of the catalogue that it is put on.
    since
        Number of a revision: figures are read only of the layers that changed after it. None reads
        all of them.
    """
    layers = None if since is None else _changed_layers(connection, present, since)
    cells = _current_cells(connection, present, layers)
    corrected = _corrected_cells(connection, cells)
    made = {revision.number: revision for revision in _origins(connection)}
    held = [*cells, *corrected]
    stated = stated_concepts_of(connection, ((one.revision, one.series) for one in held))
    records = read_published_records(connection, source_of)
    origins = made | {revision.number: revision for revision in records.origins}
    derived = read_derivations(connection, made.keys())
    mark = mark_of(connection)
    counting = {one.indicator for one in records.places.categories if one.indicator}
    used = _used_indicators(connection) | counting
    indicators = tuple(
        from_older_row(Indicator, row)
        for name, row in last_definitions(connection).items()
        if name in used
    )
    by = dimensions_named(indicators)
    themes = {indicator.theme for indicator in indicators}
    themes |= {one.theme for one in records.places.categories}
    concepts = _concepts(connection, concepts_stated_by(connection, made.keys()), used)
    return Published(
        ledger_id=mark.ledger_id,
        revision=mark.revision,
        hash=mark.hash,
        themes=_records(connection, new_themes, Theme, themes),
        indicators=indicators,
        dimensions=_records(connection, new_dimensions, Dimension, by),
        concepts=concepts,
        sources=tuple(source_of(revision) for revision in origins.values()),
        observations=tuple(_observations(held, made, derived, stated)),
        withdrawn=frozenset(
            cell.key for cell in cells if not cell.new_present or cell.absence is not None
        ),
        absent=tuple(_absent_figures(cells)),
        layers=layers,
        places=records.places,
        villages=records.villages,
    ).with_present_ids(present)


def source_id_of(revision: Revision) -> str:
    """Id of the source that the figures of a revision name."""
    kind = "correction" if revision.kind == "correction" else "publication"
    return f"{kind}-{revision.number}"


def source_of(revision: Revision) -> Source:
    """A publication or correction as a source: the document stated, and who published it."""
    stated, number = revision.source, revision.number
    if revision.kind == "correction":
        return Source(
            id=source_id_of(revision),
            kind="correction",
            title=Text.of(Message("Correction no. {n}", n=number)),
            issuer=Text(revision.account_name),
            date=revision.at[:10],
            rank=CORRECTION_RANK,
        )
    return Source(
        id=source_id_of(revision),
        kind="publication",
        title=Text(stated.title or revision.title),
        number=stated.number,
        issuer=Text(stated.issuer or revision.account_name),
        date=stated.date,  # The day of the publication is no date of the document.
        place=stated.place,
        url=stated.url,
        licence=stated.licence,
        file=revision.file_name,
        rank=PUBLICATION_RANK,
    )


def _changed_layers(
    connection: Connection, present: Mapping[str, str], since: int
) -> frozenset[Layer]:
    columns = (changes.c.indicator, changes.c.dimensions, changes.c.period)
    query = select(*columns).where(changes.c.revision > since).distinct()
    rows = connection.execute(query).all()
    changed = {(series_id(row.indicator, row.dimensions), row.period) for row in rows}
    # What was defined otherwise is judged anew.
    changed |= layers_of(connection, redefined_since(connection, since))
    return frozenset((present.get(series, series), period) for series, period in changed)


_OF_ORIGIN = and_(
    changes.c.revision == current_figures.c.origin,
    *(changes.c[name] == current_figures.c[name] for name in SERIES_COLUMNS),
)


class _HeldCell(NamedTuple):
    """A change that brought what holds now; the names are those of its columns."""

    revision: int
    indicator: str
    dimensions: str
    period: str
    status: Status
    unit_id: str
    old_origin: int
    old_present: int
    new_present: int
    new_value: str
    doubt_vi: str
    doubt_en: str
    sheet: str
    address: str
    raw: str

    @property
    def absence(self) -> AbsenceKind | None:
        """Why there is no figure, where a document states it."""
        return ABSENCE_OF_TEXT.get(self.new_value)

    @property
    def held(self) -> Cell:
        """What holds since."""
        return read_cell(self.revision, self.new_present, self.new_value)

    @property
    def key(self) -> ObservationKey:
        """What the figure is about."""
        return self.unit_id, series_id(self.indicator, self.dimensions), self.period, self.status

    @property
    def series(self) -> SeriesKey:
        """What names the figure in the ledger."""
        return SeriesKey(self.indicator, self.dimensions, self.period, self.status, self.unit_id)


_CELL_COLUMNS = [changes.c[name] for name in _HeldCell._fields]


def _current_cells(
    connection: Connection, present: Mapping[str, str], layers: Iterable[Layer] | None
) -> list[_HeldCell]:
    """The changes that brought what holds now, by layer and unit; one of each cell."""
    read = _cells_of_layers(connection, present, layers)
    renamed = {*present, *present.values()}
    named = (cell for cell in read if series_id(cell.indicator, cell.dimensions) in renamed)
    kept = cells_kept(((cell.series, cell.revision) for cell in named), present)
    if not kept:
        return read
    return [
        cell
        for cell in read
        if kept.get(with_present_id(cell.series, present), cell.series) == cell.series
    ]


def _cells_of_layers(
    connection: Connection, present: Mapping[str, str], layers: Iterable[Layer] | None
) -> list[_HeldCell]:
    table = current_figures.c
    query = (
        select(*_CELL_COLUMNS)
        .join_from(current_figures, changes, _OF_ORIGIN)
        .order_by(*(table[name] for name in SERIES_COLUMNS))
    )
    if layers is None:
        return [_HeldCell(*row) for row in connection.execute(query).all()]
    former = former_names(present)
    return [
        _HeldCell(*row)
        for series, period in sorted(layers)
        for name in (series, *former.get(series, ()))
        for row in connection.execute(query.where(_of_layer(name, period))).all()
    ]


def _of_layer(series: str, period: str) -> ColumnElement[bool]:
    table, (indicator, dimensions) = current_figures.c, split_series_id(series)
    return and_(
        table.indicator == indicator, table.dimensions == dimensions, table.period == period
    )


def _corrected_cells(connection: Connection, cells: Iterable[_HeldCell]) -> list[_HeldCell]:
    """The published figures that stand corrected, as the changes that brought them."""
    corrections = select(revisions.c.number).where(revisions.c.kind == "correction")
    numbers = set(connection.execute(corrections).scalars())
    found: list[_HeldCell] = []
    for cell in cells:
        if cell.revision in numbers and cell.old_origin and cell.old_present:
            same = (changes.c[name] == getattr(cell, name) for name in SERIES_COLUMNS)
            query = select(*_CELL_COLUMNS).where(changes.c.revision == cell.old_origin, *same)
            found += [_HeldCell(*row) for row in connection.execute(query)]
    return found


def _origins(connection: Connection) -> list[Revision]:
    """The revisions that figures come from which hold now or stand corrected."""
    here = select(current_figures.c.origin)
    corrected = select(changes.c.old_origin).join_from(current_figures, changes, _OF_ORIGIN)
    numbers = set(connection.execute(here.distinct()).scalars())
    numbers |= set(connection.execute(corrected.distinct()).scalars())
    query = select(revisions).where(revisions.c.number.in_(numbers)).order_by(revisions.c.number)
    return [read_revision(row) for row in connection.execute(query)]


def _used_indicators(connection: Connection) -> set[str]:
    """Indicators brought along of which figures hold, with their parts, and what they are of."""
    table = current_figures.c
    query = select(table.indicator, table.dimensions).where(table.present == 1, table.origin > 0)
    series = {series_id(*row) for row in connection.execute(query.distinct())}
    used = {split_series_id(each)[0] for each in series}
    records = last_definitions(connection)
    left = [name for name in used if name in records]
    while left:
        record = records[left.pop()]
        parts = {str(record[name]) for name in ("numerator", "denominator") if record[name]} - used
        used |= parts
        left += [part for part in parts if part in records]
    shipped = used - records.keys()
    broken_down = {_breakdown(each) for each in series}
    return used | {
        name
        for name in records
        if split_series_id(name)[0] in used
        # What the dataset ships is broken down for as long as figures are of a part.
        and (split_series_id(name)[0] not in shipped or _breakdown(name) in broken_down)
    }


def _breakdown(series: str) -> tuple[str, ...]:
    """An indicator and the dimensions by which a series is a part of it."""
    name, dimensions = split_series_id(series)
    return name, *(by for by, _ in parse_dimensions(dimensions))


def _concepts(connection: Connection, stated: set[str], used: set[str]) -> tuple[Concept, ...]:
    """The concepts brought along that figures state, or that indicators follow which hold."""
    records = _last_records(connection, new_concepts).values()
    listed = (from_older_row(Concept, from_json(record)) for record in records)
    return tuple(one for one in listed if one.id in stated or used.intersection(one.indicators))


def _last_records(connection: Connection, table: Table) -> dict[str, str]:
    """The last record of each id, in the order in which they were first brought."""
    order = (table.c.revision, table.c.position)
    query = select(table.c.id, table.c.record).order_by(*order)
    return {row.id: row.record for row in connection.execute(query)}


def _records(
    connection: Connection,
    table: Table,
    record_type: type[Any],
    ids: set[str],
) -> tuple[Any, ...]:
    records = _last_records(connection, table)
    return tuple(
        from_older_row(record_type, from_json(record))
        for name, record in records.items()
        if name in ids
    )


def _observations(
    cells: Iterable[_HeldCell],
    made: dict[int, Revision],
    derived: Mapping[tuple[int, SeriesKey], Derivation],
    stated: Mapping[tuple[int, SeriesKey], str],
) -> list[Observation]:
    sources = {number: source_id_of(revision) for number, revision in made.items()}
    return [
        _observation(
            cell,
            made[cell.revision],
            sources[cell.revision],
            derived.get((cell.revision, cell.series)) if derived else None,
            stated.get((cell.revision, cell.series), "") if stated else "",
        )
        for cell in cells
        if cell.new_value and cell.absence is None
    ]


def _absent_figures(cells: Iterable[_HeldCell]) -> Iterator[AbsentFigure]:
    for cell in cells:
        if cell.new_present and cell.absence is not None:
            source = f"publication-{cell.revision}"
            yield AbsentFigure(*cell.key, cell.absence, source)


def _observation(
    cell: _HeldCell,
    revision: Revision,
    source_id: str,
    derivation: Derivation | None,
    concept: str,
) -> Observation:
    held = cell.held
    return Observation(
        unit_id=cell.unit_id,
        indicator=series_id(cell.indicator, cell.dimensions),
        period=cell.period,
        status=cell.status,
        # Of a class, its place follows where the list of classes is known.
        value=0.0 if held.value is None else held.value,
        source_id=source_id,
        # No document states what was computed: its method stands in the place of words.
        quote="" if derivation else _quote(revision, cell.sheet, cell.address, cell.raw),
        method=derivation.method if derivation else _NO_METHOD,
        coverage=derivation.coverage if derivation else None,
        doubt=Text(cell.doubt_vi, cell.doubt_en) if cell.doubt_vi else _NO_DOUBT,
        concept=concept,
        category=held.category,
    )


def _quote(revision: Revision, sheet: str, address: str, raw: str) -> str:
    """Where a figure stands: file, sheet, cell and its text; the reason of a correction."""
    if revision.kind == "correction":
        return revision.reason
    place = f"{sheet}!{address}" if sheet and address else sheet or address
    cell = f"{place}: {raw}" if place else raw
    return f"{revision.file_name}, {cell}" if revision.file_name and cell else cell
