"""From a specification to bytes: the only maker of files, in the server, a worker or a terminal."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.errors import StoreFault
from geodata.i18n import Message
from geodata.store import Store
from portal.app_state import open_or_create_store
from portal.config import read_settings
from portal.export.kinds import EXPORT_KINDS
from portal.export.request import ExportRequest
from portal.export.spec import ExportSpec, digest_of
from portal.parameters.reader import Params, read_parameters
from portal.tasks.progress import ProgressCallback, ignore_progress

WORKER_ENTRY_POINT = f"{__name__}:render_in_worker"


def render(
    spec: ExportSpec,
    store: Store,
    on_progress: ProgressCallback = ignore_progress,
    logo: bytes = b"",
) -> bytes:
    """Make the file of a specification; equal specifications give equal bytes.

    Parameters
    ----------
    logo
        The one whose digest the specification has.

    Raises
    ------
    StoreFault
        The store is not of the version that the specification was made from.
    ValueError
        The logo is another one.
    """
    if store.info.version != spec.dataset_version:
        raise StoreFault(
            Message("The dataset has just changed"),
            remedy=Message("Load the page again and try once more"),
        )
    if digest_of(logo) != spec.logo_digest:
        raise ValueError("not the logo of the specification")
    request = ExportRequest(spec.format, params_of(spec), spec.settings, spec.short_page, logo)
    return EXPORT_KINDS[spec.kind].render(request, store, on_progress)


def params_of(spec: ExportSpec) -> Params:
    """The parameters of a specification as values."""
    return read_parameters(EXPORT_KINDS[spec.kind].parameters, MultiDict(spec.params))


def render_in_worker(arguments: dict[str, Any], on_progress: ProgressCallback) -> bytes:
    """Make a file in a worker process.

    Parameters
    ----------
    arguments
        ``spec`` as `ExportSpec.to_json` gives it, and ``settings`` by their variables.
    """
    store = open_or_create_store(read_settings(arguments["settings"]))
    try:
        return render(ExportSpec.from_json(arguments["spec"]), store, on_progress)
    finally:
        store.close()
