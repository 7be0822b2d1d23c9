"""From an address to a specification: the only reader of the addresses of files."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message, Verbatim
from geodata.store import Store
from layers.rasters.raster_choice import read_raster_choices
from layers.rasters.raster_view import resolve_rasters
from portal.config import Settings
from portal.export.kinds import EXPORT_KINDS, ExportKind
from portal.export.request import ExportRequest
from portal.export.spec import ExportSettings, ExportSpec, digest_of
from portal.parameters.declared import LAYER
from portal.parameters.reader import Params, canonical_values, read_parameters
from portal.rasters.registry import raster_folder
from portal.urls import EXPORT, split_url

_LAYER_NAMES = frozenset(parameter.name for parameter in LAYER)


def parse_export(address: str, store: Store, settings: Settings, logo: bytes = b"") -> ExportSpec:
    """The specification of the file at an address.

    Parameters
    ----------
    address
        Path and query below ``/export/``: ``/export/sheet.png?indicator=population``.
    logo
        As `portal.export.logo.read_logo` gives it; only its digest goes into the specification.

    Raises
    ------
    InvalidInput, NotFound
        There is no such file, or a parameter is not allowed; ``where`` names it.
    TooLarge
        The file would have too many pixels or pages.
    """
    name, query = _split(address)
    kind_name, _, extension = name.rpartition(".")
    kind = _kind(kind_name, extension)
    if logo and not kind.takes_logo:
        raise InvalidInput(Message("This file has no place for a logo"), found=name, where="logo")
    params = read_parameters(kind.parameters, MultiDict(parse_qsl(query, keep_blank_values=True)))
    used = _settings_of(kind, settings, params)
    plan = kind.plan(ExportRequest(extension, params, used, logo=logo), store)
    own = canonical_values(kind.parameters, params, without=_LAYER_NAMES)
    return ExportSpec(
        kind=kind_name,
        format=extension,
        params=(*plan.query.items(), *own.items()),
        dataset_version=store.info.version,
        file_name=plan.file_name,
        mimetype=kind.formats[extension],
        settings=used,
        pages=plan.pages,
        short_page=plan.short_page,
        logo_digest=digest_of(logo),
    )


def _split(address: str) -> tuple[str, str]:
    """The name of a file and its query.

    Raises
    ------
    InvalidInput
        The address is not one below ``/export/``.
    """
    parts = split_url(address)
    name = unquote(parts.path.removeprefix(f"{EXPORT}/"))
    if parts.scheme or parts.netloc or f"{EXPORT}/{name}" != unquote(parts.path) or "/" in name:
        raise _no_file(address)
    if "." not in name:
        raise _no_file(address)
    return name, parts.query


def _no_file(address: str) -> InvalidInput:
    return InvalidInput(
        Message("This address gives no file"),
        found=address,
        allowed=Verbatim(f"{EXPORT}/atlas.pdf?…"),
        where="address",
    )


def _kind(name: str, extension: str) -> ExportKind:
    kind = EXPORT_KINDS.get(name)
    if kind is None or extension not in kind.formats:
        raise unknown_name(
            Message("There is no such export"),
            f"{name}.{extension}",
            [f"{each}.{ending}" for each, made in EXPORT_KINDS.items() for ending in made.formats],
        )
    return kind


def _settings_of(kind: ExportKind, settings: Settings, params: Params) -> ExportSettings:
    """The settings that a file of a kind depends on."""
    used = kind.settings_used
    file = settings.relief if params.get("hillshade") and "relief" in used else None
    named = read_raster_choices(params.query.get("rasters", "")) if "rasters" in used else ()
    folder = raster_folder(settings)
    return ExportSettings(
        public_url=settings.public_url if "public_url" in used else "",
        relief_file=str(file) if file else "",
        relief_stamp=_stamp(file) if file else "",
        raster_folder=str(folder) if named else "",
        raster_stamps=",".join(each.layer.stamp for each in resolve_rasters(named, folder)),
    )


def _stamp(path: Path) -> str:
    found = os.stat(path)
    return f"{found.st_mtime_ns}-{found.st_size}"
