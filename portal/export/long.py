"""Documents of many maps: read an address, count its pages before any is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.store import Store
from layers.layer import Layer
from layers.sheet.options import WHOLE
from portal.export.choosing import chosen_layers
from portal.export.document_parameters import REPORT
from portal.export.order import Order, file_name
from portal.export.progress import Report, silent
from portal.export.report import MIMETYPE as WORD
from portal.export.report import report_docx
from portal.parameters import LAYER, Ask, Parameter, read_parameters

DOCUMENTS: Mapping[str, Mapping[str, str]] = {"report": {"docx": WORD}}
"""The media type of each document, by its name and ending in the address."""
_DECLARED: Mapping[str, tuple[Parameter, ...]] = {"report": REPORT}
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
    return _report(store, layer, own, key)


def _report(store: Store, layer: Layer, ask: Ask, key: tuple[object, ...]) -> Order:
    layers = chosen_layers(store, layer, ask)

    def work(report: Report) -> bytes:
        return report_docx(layers, store, ask, report)

    name = document_name("report", layer, ask)
    return Order(key, f"{name}.docx", WORD, lambda: work(silent), len(layers), work)


def document_name(kind: str, layer: Layer, ask: Mapping[str, Any]) -> str:
    """A name of plain letters: kind, what it is about, level and date."""
    about = str(ask.get("theme", "") or ask.get("district", ""))
    if ask.get("extent", WHOLE) != WHOLE:
        about = str(ask["extent"])
    plain = file_name(layer).split("_")
    return "_".join(filter(None, (kind, about, *plain[-2:])))
