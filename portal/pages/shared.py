"""Shared by several pages: their parameters, and the words of a figure in a table."""

from __future__ import annotations

from typing import Any

from flask import request

from geodata.i18n import DEFAULT_LANGUAGE, Language
from geodata.model import Observation
from geodata.store import Store
from portal.parameters.declared import LANG
from portal.parameters.reader import Parameter, read_parameters
from portal.serializers.entities import Document, observation_document, source_document
from portal.urls import indicator_url, unit_url


def read_page_params(*declared: Parameter) -> dict[str, Any]:
    """The parameters of a page, ``lang`` always among them; anything else is refused."""
    return {"lang": DEFAULT_LANGUAGE, **read_parameters((*declared, LANG), request.args)}


def figure_row(store: Store, figure: Observation, language: Language) -> Document:
    """A figure with the names and addresses a table shows."""
    indicator, unit = store.indicator(figure.indicator), store.unit(figure.unit_id)
    return {
        **observation_document(store, figure, language),
        "indicator_name": indicator.name[language],
        "indicator_url": indicator_url(indicator.id, language),
        "unit_name": unit.full_name[language],
        "unit_url": unit_url(unit.unit_id, language),
        "source": source_document(store.source(figure.source_id), language),
    }
