"""The served store: a product of the shipped dataset and the ledger.

It is never edited in place. Where only figures changed (no places, no villages), the store's file
is copied, the changed layers are written into the copy, and the copy takes the place of the file by
one rename; else it is made anew. What the ledger holds is never lost by a failure here: the store
says up to which revision it was made, and whoever comes next makes up for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from geodata.broken_down import present_ids
from geodata.collection_pause import collection_pause
from geodata.dataset import Dataset, read_dataset, read_dataset_info
from geodata.errors import FileFault
from geodata.ledger.database import reading, writing
from geodata.ledger.history import mark_of
from geodata.ledger.ledger_records import LedgerMark, SeriesKey, Writer
from geodata.ledger.list_content import villages_content
from geodata.ledger.listed_records import (
    NO_RECORD,
    RecordChange,
    RecordKey,
    RecordState,
)
from geodata.ledger.published_records import lists_changed, touched_communes
from geodata.ledger.published_state import read_published
from geodata.ledger.record_differences import counts_of_records
from geodata.ledger.revision_rows import read_key
from geodata.ledger.revision_tables import current_figures, revisions
from geodata.ledger.revision_writer import (
    ChangedRecords,
    RevisionDraft,
    append_revision,
    next_number,
)
from geodata.store import Store, create_store
from geodata.store.geopackage_store import (
    StoreMark,
    read_store_mark,
    read_stored_indicators,
    update_geopackage,
)
from geodata.store.village_imports import exclusive_writer, read_imports
from geodata.table_import.column_records import TableSource
from geodata.villages.import_record import VillageImport

_NOBODY = Writer("", "")


def refresh_store(engine: Engine, path: Path, folder: Path, wait: float = 120.0) -> bool:
    """Bring the store at ``path`` up to the ledger; nothing where it is there already.

    Parameters
    ----------
    folder
        The dataset's folder.
    wait
        Seconds to wait for another process that writes the store.

    Returns
    -------
    bool
        Whether another store was put in its place.

    Raises
    ------
    FileFault
        The dataset is missing or broken.
    StoreFault
        The store cannot be written; the old one still stands.
    """
    shipped = read_dataset_info(folder).version
    if is_current(engine, path, shipped):
        return False
    with exclusive_writer(path, wait):
        if is_current(engine, path, shipped):
            return False
        if not update_store(engine, path, shipped):
            make_store(engine, path, read_dataset(folder), read_imports(path)).close()
    return True


@collection_pause()
def update_store(engine: Engine | None, path: Path, shipped_version: str) -> bool:
    """Write what changed in the ledger into a copy of the store, and swap the two.

    Whoever calls it holds `geodata.store.village_imports.exclusive_writer`.

    Returns
    -------
    bool
        False where the store at ``path`` is none of this dataset and ledger, or no good, and must
        be made anew.
    """
    found = read_store_mark(path)
    since = _revision_in(engine, found, shipped_version) if engine and found else None
    if engine is None or since is None:
        return False
    with reading(engine) as connection:
        if lists_changed(connection, since):
            return False
        published = read_published(connection, present_ids(read_stored_indicators(path)), since)
    try:
        update_geopackage(path, published)
    except FileFault:
        return False  # Its tables contradict each other.
    return True


def make_store(
    engine: Engine | None, path: Path, dataset: Dataset, imports: Collection[VillageImport]
) -> Store:
    """Make the store anew of a dataset, the villages loaded and the ledger, and open it.

    Whoever calls it holds `geodata.store.village_imports.exclusive_writer`.

    Parameters
    ----------
    engine
        The ledger; None where there is none yet.
    """
    if engine is None:
        return create_store(path, dataset, imports)
    note_dataset(engine, dataset.info.version)
    enter_loads(engine, dataset, imports)
    with reading(engine) as connection:
        published = read_published(connection, present_ids(dataset.catalogue.indicators))
    return create_store(path, dataset, villages_known(dataset, published.villages), published)


def villages_known(dataset: Dataset, villages: Iterable[VillageImport]) -> list[VillageImport]:
    """The lists of villages whose communes the dataset still has."""
    units = {unit.unit_id for unit in dataset.units}
    return [one for one in villages if one.commune_id in units]


def enter_loads(engine: Engine, dataset: Dataset, imports: Iterable[VillageImport]) -> None:
    """Enter in the ledger the villages that a store holds and the ledger never spoke of.

    Before there was one door, villages were loaded into the store alone; so they can be compared,
    corrected and taken back like every other list.
    """
    with reading(engine) as connection:
        touched = touched_communes(connection)
    left = [one for one in imports if one.commune_id not in touched]
    if not left:
        return
    with writing(engine) as connection:
        touched = touched_communes(connection)
        for one in left:
            if one.commune_id not in touched:
                _enter_load(connection, dataset, one)


def _enter_load(connection: Connection, dataset: Dataset, one: VillageImport) -> None:
    state = RecordState(next_number(connection), villages_content(one))
    change = RecordChange(RecordKey("villages", one.commune_id), NO_RECORD, state)
    draft = RevisionDraft(
        "import",
        _NOBODY,
        counts_of_records([change]),
        title=one.title,
        source=TableSource(one.title, one.number, one.issuer, one.date, url=one.url),
        file_name=one.file,
        base_version=dataset.info.version,
    )
    append_revision(connection, draft, [], (), records=ChangedRecords([change]))


def is_current(engine: Engine | None, path: Path, shipped_version: str) -> bool:
    """Whether the store at ``path`` is made of this version of the dataset and of this ledger."""
    found = read_store_mark(path)
    return (
        found is not None
        and bool(shipped_version)
        and found.shipped_version == shipped_version
        and _up_to(found, _mark(engine))
    )


def note_dataset(engine: Engine, version: str) -> None:
    """Enter in the ledger that it is played on another version of the dataset from now on.

    Before the first publication there is nothing to note.
    """
    with reading(engine) as connection:
        if not version or _noted(connection) in {version, ""}:
            return
    with writing(engine) as connection:
        if _noted(connection) not in {version, ""}:
            draft = RevisionDraft("base_change", _NOBODY, {}, base_version=version)
            append_revision(connection, draft, [], ())


def figures_not_shown(engine: Engine, store: Store) -> tuple[SeriesKey, ...]:
    """Published figures that the store does not show, since it knows no such unit or indicator."""
    units = {unit.unit_id for unit in store.units().items}
    indicators = {indicator.id for indicator in store.indicators(parts=True)}
    table = current_figures.c
    query = select(current_figures).where(table.present == 1, table.origin > 0)
    with reading(engine) as connection:
        keys = [read_key(row) for row in connection.execute(query)]
    return tuple(
        sorted(
            key
            for key in keys
            if key.unit_id not in units
            or (key.series not in indicators and not store.moved_indicator(key.series))
        )
    )


def _mark(engine: Engine | None) -> LedgerMark:
    if engine is None:
        return LedgerMark()
    with reading(engine) as connection:
        return mark_of(connection)


def _up_to(found: StoreMark, mark: LedgerMark) -> bool:
    if not mark.revision:
        return not found.revision  # Which ledger it is makes no difference before the first entry.
    return LedgerMark(found.ledger_id, found.revision, found.hash) == mark


def _noted(connection: Connection) -> str:
    query = select(revisions.c.base_version).order_by(revisions.c.number.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def _revision_in(engine: Engine, found: StoreMark, shipped_version: str) -> int | None:
    """The revision up to which a store was made, if its units can stay; None if not."""
    if not shipped_version or found.shipped_version != shipped_version:
        return None
    if not found.revision:
        return 0
    with reading(engine) as connection:
        query = select(revisions.c.hash).where(revisions.c.number == found.revision)
        same = connection.execute(query).scalar() == found.hash
        return found.revision if same and mark_of(connection).ledger_id == found.ledger_id else None
