"""What a publication would write, shown without writing it.

The publication is carried out in the transaction that would write it, looked at, and rolled back:
what is shown is exactly what publishing would do.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Engine

from geodata.errors import StoreFault
from geodata.i18n import Message
from geodata.ledger.database import rehearsal
from geodata.ledger.ledger_records import PublicationRequest, RightsCheck
from geodata.ledger.published_state import read_published
from geodata.ledger.publishing import prepare_publication
from geodata.ledger.series_keys import present_ids_of
from geodata.store import Store, open_store
from geodata.store.geopackage_store import update_geopackage
from geodata.store.published import Published
from geodata.table_import.report_records import ImportReport


def published_by(
    engine: Engine,
    store: Store,
    report: ImportReport,
    request: PublicationRequest,
    may: RightsCheck,
) -> Published:
    """All that would hold by the ledger after `geodata.ledger.publishing.publish`.

    Raises
    ------
    InvalidInput, PublicationConflict, NotPermitted
        As `publish` would.
    """
    write = prepare_publication(store, report, request, may)
    with rehearsal(engine) as connection:
        write(connection)
        return read_published(connection, present_ids_of(store))


def preview_store(path: Path, served: Path, published: Published) -> Store:
    """A store of its own with what would be published, made beside the served one.

    Parameters
    ----------
    path
        Where it is made; the caller closes the store and removes the file.
    served
        The served store's file.

    Raises
    ------
    StoreFault
        It cannot be made.
    """
    try:
        shutil.copyfile(served, path)
    except OSError as error:
        raise StoreFault(
            Message("The preview cannot be made"), found=error.strerror or type(error).__name__
        ) from error
    update_geopackage(path, published)
    return open_store(path)
