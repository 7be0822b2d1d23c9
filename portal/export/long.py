"""Documents of many maps: read an address, count its pages before any is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput
from geodata.store import Store
from geodata.text import Language, Text
from layers.layer import Layer
from layers.sheet.options import FULL_EXTENT
from portal.export.choosing import chosen_layers, chosen_units
from portal.export.document_parameters import ATLAS, REPORT
from portal.export.order import Order, file_name
from portal.export.progress import Report, silent
from portal.parameters import LAYER, Ask, Parameter, read_parameters
from portal.texts import text

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTRA_PAGES = 2
"""Of an atlas, beside those about something: contents and sources."""
DOCUMENTS: Mapping[str, Mapping[str, str]] = {
    "atlas": {"pdf": "application/pdf"},
    "report": {"docx": WORD},
}
"""The media type of each document, by its name and ending in the address."""
_DECLARED: Mapping[str, tuple[Parameter, ...]] = {"atlas": ATLAS, "report": REPORT}
_LAYER_NAMES = frozenset(parameter.name for parameter in LAYER)


def declared_of(kind: str) -> tuple[Parameter, ...]:
    """The parameters of a document."""
    return _DECLARED[kind]


def read_document(store: Store, kind: str, args: MultiDict[str, str], public_url: str) -> Order:
    """Read the address of an atlas or a report.

    Raises
    ------
    InvalidInput, NotFound
        A parameter is not allowed.
    TooLarge
        It would have more pages than a document may.
    """
    ask = read_parameters(_DECLARED[kind], args)
    layer = Layer.from_query({k: v for k, v in args.items() if v}, store)
    own = {name: value for name, value in ask.items() if name not in _LAYER_NAMES}
    own["title"] = layer.title
    layer = replace(layer, title="")
    key = (kind, public_url, *layer.to_query().items(), *sorted(own.items()))
    if kind == "report":
        return _report(store, layer, own, key)
    return _atlas(store, layer, own, key)


def _atlas(store: Store, layer: Layer, ask: Ask, key: tuple[object, ...]) -> Order:
    by = ask.get("pages", "units")
    strange = ("indicators", "theme", "extent") if by == "units" else ("units", "district")
    for name in strange:
        if name in ask:
            raise InvalidInput(
                Text("Tham số này không đi cùng cách chia trang", "Not with this kind of pages"),
                found=f"{name}, pages={by}",
                allowed=("pages=units", "pages=indicators"),
                where=name,
            )
    language = layer.language
    if by == "units":
        units = chosen_units(store, layer, ask)
        count = len(units)
        title = text("atlas.by_unit", language, place=_place(store, ask, language))
    else:
        layers = chosen_layers(store, layer, ask)
        count = len(layers)
        title = text("atlas.by_indicator", language, place=_place(store, ask, language))

    def work(report: Report) -> bytes:
        # Who only draws a sheet has no need of what writes books, and of its memory.
        from portal.export.atlas.making import (  # noqa: PLC0415
            atlas_pdf,
            indicator_entries,
            unit_entries,
        )
        from portal.export.atlas.sources import Making, References  # noqa: PLC0415

        made = (
            unit_entries(units, layer, store, ask)
            if by == "units"
            else indicator_entries(layers, store, ask)
        )
        making = Making(store, ask, References(store), language)
        return atlas_pdf(made, ask["title"] or title, making, report)

    name = f"{document_name('atlas', layer, ask)}_{by}.pdf"
    pages = count + EXTRA_PAGES
    return Order(key, name, "application/pdf", lambda: work(silent), pages, work)


def _place(store: Store, ask: Ask, language: Language) -> str:
    about = ask.get("district", "") or ask.get("extent", FULL_EXTENT)
    return (
        store.info.title[language]
        if about == FULL_EXTENT
        else store.unit(about).full_name[language]
    )


def _report(store: Store, layer: Layer, ask: Ask, key: tuple[object, ...]) -> Order:
    layers = chosen_layers(store, layer, ask)

    def work(report: Report) -> bytes:
        from portal.export.report.making import report_docx  # noqa: PLC0415 - as above

        return report_docx(layers, store, ask, report)

    name = document_name("report", layer, ask)
    return Order(key, f"{name}.docx", WORD, lambda: work(silent), len(layers), work)


def document_name(kind: str, layer: Layer, ask: Mapping[str, Any]) -> str:
    """A name of plain letters: kind, what it is about, level and date."""
    about = str(ask.get("theme", "") or ask.get("district", ""))
    if ask.get("extent", FULL_EXTENT) != FULL_EXTENT:
        about = str(ask["extent"])
    plain = file_name(layer).split("_")
    return "_".join(filter(None, (kind, about, *plain[-2:])))
