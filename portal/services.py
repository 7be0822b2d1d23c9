"""What a running app holds: its settings, the store, and what it has prepared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from geodata.dataset import read_info, read_shipped
from geodata.errors import StoreFault
from geodata.store import Store, create_store, open_store
from geodata.store.loads import read_loads
from portal.bodies import BodyCache
from portal.boundary_files import BoundaryFiles
from portal.config import Settings
from portal.drawings import check_drawings


@dataclass(frozen=True)
class Services:
    """The parts an app is wired with; one per app."""

    settings: Settings
    store: Store
    boundaries: BoundaryFiles
    bodies: BodyCache = field(default_factory=BodyCache)

    @property
    def version(self) -> str:
        """Version of the dataset being served."""
        return self.store.info.version


def services() -> Services:
    """The services of the app that is answering."""
    return cast(Services, current_app.extensions["portal"])


def current_store() -> Store:
    """The store of the app that is answering."""
    return services().store


def init_app(app: Flask, settings: Settings, store: Store) -> None:
    """Hang the services on the app."""
    files = BoundaryFiles(store, settings.instance / "boundaries")
    app.extensions["portal"] = Services(settings, store, files)


def open_or_make_store(settings: Settings, renew: bool = False) -> Store:
    """The instance's store; made from the shipped dataset when missing or of another version.

    Parameters
    ----------
    renew
        Make it anew in any case.

    Raises
    ------
    FileFault
        The dataset is missing or broken.
    StoreFault
        The instance folder cannot be written to.
    """
    info = read_info(settings.dataset)
    path = settings.instance / f"{info.id}.gpkg"
    if not renew:
        try:
            store = open_store(path)
        except StoreFault:
            pass
        else:
            made_of = store.info.version.split("-")[0]
            if info.version and (store.info.id, made_of) == (info.id, info.version):
                return store
            store.close()
    dataset = read_shipped(settings.dataset)
    for fault in check_drawings(dataset.catalogue):
        raise fault
    return create_store(path, dataset, read_loads(path))
