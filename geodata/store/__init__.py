"""The facts kept ready to be asked for: one interface, one schema, several backends.

The backend of a store is named by its address: a path is a GeoPackage file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geodata.dataset import Dataset
from geodata.errors import StoreFault
from geodata.i18n import Message
from geodata.store.geopackage_store import create_geopackage, open_geopackage, remove_abandoned
from geodata.store.interface import IndicatorCoverage, Page, SearchHit, Store
from geodata.store.published import NOTHING_PUBLISHED, Published
from geodata.villages.import_record import VillageImport

__all__ = [
    "IndicatorCoverage",
    "Page",
    "SearchHit",
    "Store",
    "create_store",
    "open_store",
    "remove_abandoned",
]


def open_store(address: str | Path) -> Store:
    """Open a store for reading.

    Parameters
    ----------
    address
        Path of a GeoPackage made by `create_store`.

    Raises
    ------
    StoreFault
        There is no store at the address, or it is not one this version reads; the remedy says what
        to run.
    """
    return open_geopackage(_path(address))


def create_store(
    address: str | Path,
    dataset: Dataset,
    imports: Iterable[VillageImport] = (),
    published: Published = NOTHING_PUBLISHED,
) -> Store:
    """Make the store of a dataset, in place of the one that may stand at the address, and open it.

    Whoever reads meanwhile sees the old store or the new one, never a part of either.

    Parameters
    ----------
    imports
        Villages offices loaded; see `geodata.store.village_imports`.
    published
        What holds by the ledger; see `geodata.ledger.served_store`.
    """
    return create_geopackage(_path(address), dataset, tuple(imports), published)


def _path(address: str | Path) -> Path:
    if isinstance(address, str) and "://" in address:
        raise StoreFault(
            Message("There is no such kind of store"),
            found=address.split("://")[0] + "://",
            allowed=Message("the path of a .gpkg file"),
        )
    return Path(address)
