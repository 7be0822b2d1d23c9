"""Documents of many maps: read an address, count its pages before any is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.store import Store
from layers.layer import Layer
from layers.sheet.options import FULL_EXTENT
from portal.export.page_selection import select_layers, select_units
from portal.export.request import ExportPlan, ExportRequest
from portal.export.spec import layer_file_name
from portal.parameters.declared import LAYER
from portal.tasks.progress import ProgressCallback
from portal.translations import translate

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREVIEW = "png"
"""Ending of the first page of a document as a small picture."""
EXTRA_PAGES = 2
"""Of an atlas, beside those about something: contents and sources."""
_LAYER_NAMES = frozenset(parameter.name for parameter in LAYER)


@dataclass(frozen=True)
class _Document:
    """A document that is asked for.

    Parameters
    ----------
    layer
        The one it starts from, without a title of its own.
    params
        The parameters beside those of the layer, and the title.
    """

    layer: Layer
    params: Mapping[str, Any]

    @property
    def language(self) -> Language:
        return self.layer.language


def _document(request: ExportRequest, store: Store) -> _Document:
    layer = Layer.from_query(request.params.query, store)
    own = {name: value for name, value in request.params.items() if name not in _LAYER_NAMES}
    return _Document(replace(layer, title=""), {**own, "title": layer.title})


def _canonical(request: ExportRequest, store: Store) -> dict[str, str]:
    return Layer.from_query(request.params.query, store).to_query()


def plan_atlas(request: ExportRequest, store: Store) -> ExportPlan:
    """Check a request for an atlas and count its pages.

    Raises
    ------
    InvalidInput, NotFound
        A parameter is not allowed.
    TooLarge
        It would have more pages than a document may.
    """
    request.check_rasters_in_colours()
    document = _document(request, store)
    params, by = document.params, document.params.get("pages", "units")
    strange = ("indicators", "theme", "extent") if by == "units" else ("units", "district")
    for name in strange:
        if name in params:
            raise InvalidInput(
                Message("Not with this kind of pages"),
                found=f"{name}, pages={by}",
                allowed=("pages=units", "pages=indicators"),
                where=name,
            )
    if by == "units":
        pages = len(select_units(store, document.layer, params))
    else:
        chosen = select_layers(store, document.layer, params)
        pages = len(chosen.maps) + bool(chosen.rest)
    pages = 1 if request.format == PREVIEW else pages + EXTRA_PAGES
    name = f"{document_name('atlas', document.layer, params)}_{by}.{request.format}"
    return ExportPlan(_canonical(request, store), name, pages)


def render_atlas(request: ExportRequest, store: Store, on_progress: ProgressCallback) -> bytes:
    """Make an atlas."""
    # Drawing a single sheet does not need the libraries that write documents, nor their memory.
    from portal.export.atlas.build import (  # noqa: PLC0415
        atlas_pdf,
        first_page,
        indicator_entries,
        unit_entries,
    )
    from portal.export.atlas.references import AtlasContext, SourceReferences  # noqa: PLC0415

    document = _document(request, store)
    layer, params, language = document.layer, document.params, document.language
    place = _place_name(store, params, language)
    if params.get("pages", "units") == "units":
        entries = unit_entries(select_units(store, layer, params), layer, store, params)
        title = translate("atlas.by_unit", language, place=place)
    else:
        entries = indicator_entries(select_layers(store, layer, params), store, params)
        title = translate("atlas.by_indicator", language, place=place)
    context = AtlasContext(
        store, params, SourceReferences(store), language, request.settings.rasters
    )
    if request.format == PREVIEW:
        return first_page(entries, params["title"] or title, context)
    return atlas_pdf(entries, params["title"] or title, context, on_progress)


def plan_report(request: ExportRequest, store: Store) -> ExportPlan:
    """Check a request for a report and count its maps.

    Raises
    ------
    InvalidInput, NotFound
        A parameter is not allowed.
    TooLarge
        It would have more maps than a document may.
    """
    request.check_rasters_in_colours()
    document = _document(request, store)
    chosen = select_layers(store, document.layer, document.params)
    pages = 1 if request.format == PREVIEW else len(chosen.maps)
    name = f"{document_name('report', document.layer, document.params)}.{request.format}"
    return ExportPlan(_canonical(request, store), name, pages)


def render_report(request: ExportRequest, store: Store, on_progress: ProgressCallback) -> bytes:
    """Make a report."""
    from portal.export.report.build import report_docx  # noqa: PLC0415 - as above
    from portal.export.report.preview import report_preview  # noqa: PLC0415 - as above

    document = _document(request, store)
    chosen = select_layers(store, document.layer, document.params)
    params, rasters = document.params, request.settings.rasters
    if request.format == PREVIEW:
        return report_preview(chosen, store, params, rasters)
    return report_docx(chosen, store, params, on_progress, rasters)


def _place_name(store: Store, params: Mapping[str, Any], language: Language) -> str:
    about = params.get("district", "") or params.get("extent", FULL_EXTENT)
    return (
        store.info.title[language]
        if about == FULL_EXTENT
        else store.unit(about).full_name[language]
    )


def document_name(kind: str, layer: Layer, params: Mapping[str, Any]) -> str:
    """A name of plain letters: kind, what it is about, level and date."""
    about = str(params.get("theme", "") or params.get("district", ""))
    if params.get("extent", FULL_EXTENT) != FULL_EXTENT:
        about = str(params["extent"])
    plain = layer_file_name(layer).split("_")
    return "_".join(filter(None, (kind, about, *plain[-2:])))
