"""The dataset as it is served: what is shipped, with what holds by the ledger on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from geodata.broken_down import present_ids
from geodata.dataset import Dataset, read_dataset, read_dataset_info
from geodata.ledger.database import reading
from geodata.ledger.history import mark_of
from geodata.ledger.ledger_records import LedgerMark
from geodata.ledger.published_state import read_published
from geodata.ledger.served_store import villages_known
from geodata.store.published import NOTHING_PUBLISHED, Published, with_published
from geodata.villages.import_record import VillageImport
from geodata.villages.merge_import import merge_imports


@dataclass(frozen=True)
class ServedDataset:
    """What a list is held against.

    Parameters
    ----------
    shipped
        The dataset without anything that was published.
    whole
        With it.
    villages
        The lists of villages that hold.
    """

    shipped: Dataset
    whole: Dataset
    villages: tuple[VillageImport, ...] = ()


def read_served_dataset(engine: Engine | None, folder: Path) -> ServedDataset:
    """The dataset of a folder with what holds by a ledger; kept until either changes.

    Parameters
    ----------
    engine
        The ledger; None where there is none yet.

    Raises
    ------
    FileFault
        The dataset is missing or broken.
    """
    version = read_dataset_info(folder).version
    if engine is None:
        return _served(folder, version, LedgerMark(), None)
    with reading(engine) as connection:
        mark = mark_of(connection)
    return _served(folder, version, mark, engine)


@lru_cache(maxsize=1)
def _served(folder: Path, version: str, mark: LedgerMark, engine: Engine | None) -> ServedDataset:
    shipped, published = _shipped(folder, version), NOTHING_PUBLISHED
    if engine is not None:
        with reading(engine) as connection:
            published = read_published(connection, present_ids(shipped.catalogue.indicators))
    return served_with(shipped, published)


@lru_cache(maxsize=1)
def _shipped(folder: Path, version: str) -> Dataset:
    del version  # Part of the key: a newer dataset is read anew.
    return read_dataset(folder)


def served_with(shipped: Dataset, published: Published) -> ServedDataset:
    """A dataset with what is published on it."""
    villages = villages_known(shipped, published.villages)
    whole, _ = with_published(merge_imports(shipped, villages), published)
    return ServedDataset(shipped, whole, tuple(villages))
