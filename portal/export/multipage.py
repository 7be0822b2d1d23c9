"""Documents of many maps: read an address, count its pages before any is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.store import Store
from layers.layer import Layer
from layers.sheet.options import FULL_EXTENT
from portal.export.document_parameters import ATLAS, REPORT
from portal.export.page_selection import select_layers, select_units
from portal.export.spec import ExportSpec, file_name
from portal.parameters import LAYER, Parameter, Params, read_parameters
from portal.tasks.progress import ProgressCallback, ignore_progress
from portal.translations import translate

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTRA_PAGES = 2
"""Of an atlas, beside those about something: contents and sources."""
DOCUMENTS: Mapping[str, Mapping[str, str]] = {
    "atlas": {"pdf": "application/pdf"},
    "report": {"docx": DOCX_TYPE},
}
"""The media type of each document, by its name and ending in the address."""
_PARAMETERS: Mapping[str, tuple[Parameter, ...]] = {"atlas": ATLAS, "report": REPORT}
_LAYER_NAMES = frozenset(parameter.name for parameter in LAYER)


def document_parameters_of(kind: str) -> tuple[Parameter, ...]:
    """The parameters of a document."""
    return _PARAMETERS[kind]


def parse_document_request(
    store: Store, kind: str, args: MultiDict[str, str], public_url: str
) -> ExportSpec:
    """Read the address of an atlas or a report.

    Raises
    ------
    InvalidInput, NotFound
        A parameter is not allowed.
    TooLarge
        It would have more pages than a document may.
    """
    params = read_parameters(_PARAMETERS[kind], args)
    layer = Layer.from_query({k: v for k, v in args.items() if v}, store)
    own = {name: value for name, value in params.items() if name not in _LAYER_NAMES}
    own["title"] = layer.title
    layer = replace(layer, title="")
    key = (kind, public_url, *layer.to_query().items(), *sorted(own.items()))
    if kind == "report":
        return _report(store, layer, own, key)
    return _atlas(store, layer, own, key)


def _atlas(store: Store, layer: Layer, params: Params, key: tuple[object, ...]) -> ExportSpec:
    by = params.get("pages", "units")
    strange = ("indicators", "theme", "extent") if by == "units" else ("units", "district")
    for name in strange:
        if name in params:
            raise InvalidInput(
                Message("Not with this kind of pages"),
                found=f"{name}, pages={by}",
                allowed=("pages=units", "pages=indicators"),
                where=name,
            )
    language = layer.language
    if by == "units":
        units = select_units(store, layer, params)
        count = len(units)
        title = translate("atlas.by_unit", language, place=_place_name(store, params, language))
    else:
        layers = select_layers(store, layer, params)
        count = len(layers)
        title = translate(
            "atlas.by_indicator", language, place=_place_name(store, params, language)
        )

    def build(on_progress: ProgressCallback) -> bytes:
        # Who only draws a sheet has no need of what writes books, and of its memory.
        from portal.export.atlas.build import (  # noqa: PLC0415
            atlas_pdf,
            indicator_entries,
            unit_entries,
        )
        from portal.export.atlas.references import AtlasContext, SourceReferences  # noqa: PLC0415

        made = (
            unit_entries(units, layer, store, params)
            if by == "units"
            else indicator_entries(layers, store, params)
        )
        context = AtlasContext(store, params, SourceReferences(store), language)
        return atlas_pdf(made, params["title"] or title, context, on_progress)

    name = f"{document_name('atlas', layer, params)}_{by}.pdf"
    pages = count + EXTRA_PAGES
    return ExportSpec(key, name, "application/pdf", lambda: build(ignore_progress), pages, build)


def _place_name(store: Store, params: Params, language: Language) -> str:
    about = params.get("district", "") or params.get("extent", FULL_EXTENT)
    return (
        store.info.title[language]
        if about == FULL_EXTENT
        else store.unit(about).full_name[language]
    )


def _report(store: Store, layer: Layer, params: Params, key: tuple[object, ...]) -> ExportSpec:
    layers = select_layers(store, layer, params)

    def build(on_progress: ProgressCallback) -> bytes:
        from portal.export.report.build import report_docx  # noqa: PLC0415 - as above

        return report_docx(layers, store, params, on_progress)

    name = document_name("report", layer, params)
    return ExportSpec(
        key, f"{name}.docx", DOCX_TYPE, lambda: build(ignore_progress), len(layers), build
    )


def document_name(kind: str, layer: Layer, params: Mapping[str, Any]) -> str:
    """A name of plain letters: kind, what it is about, level and date."""
    about = str(params.get("theme", "") or params.get("district", ""))
    if params.get("extent", FULL_EXTENT) != FULL_EXTENT:
        about = str(params["extent"])
    plain = file_name(layer).split("_")
    return "_".join(filter(None, (kind, about, *plain[-2:])))
