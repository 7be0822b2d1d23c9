"""What a worker process calls to make a file."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.errors import StoreFault
from geodata.i18n import Message
from portal.app_state import open_or_create_store
from portal.config import read_settings
from portal.export.parse import parse_export_request
from portal.tasks.progress import ProgressCallback

ENTRY_POINT = f"{__name__}:make_file"


def make_file(arguments: dict[str, Any], on_progress: ProgressCallback) -> bytes:
    """Make the file of an address.

    Raises
    ------
    StoreFault
        The store is not of the version that the address was read from.
    """
    settings = read_settings(arguments["settings"])
    store = open_or_create_store(settings)
    try:
        if store.info.version != arguments["version"]:
            raise StoreFault(
                Message("The dataset has just changed"),
                remedy=Message("Load the page again and try once more"),
            )
        args = MultiDict(arguments["args"])
        spec = parse_export_request(
            store, arguments["kind"], arguments["extension"], args, settings.public_url,
            relief=settings.relief,
        )  # fmt: skip
        return spec.run(on_progress)
    finally:
        store.close()
