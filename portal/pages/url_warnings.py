"""Warnings about a map's address: parts that were not understood, and what is shown instead."""

from __future__ import annotations

import re
from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from geodata.errors import NotFound, truncate
from geodata.i18n import Language
from geodata.store import Store
from layers.layer_query import LAYER_PARAMETERS
from portal.serializers.entities import validity_label
from portal.translations import translate
from portal.urls import unit_url

PAGE_NAMES = ("unit", "view", "sort", "beside", "within", "where", "versus", "theme", "q")
"""Parameters of the page alone, beside those of the layer."""
SORT_ORDERS = ("value", "-value", "name", "-name")
_VIEW = re.compile(r"-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?,\d{1,2}(\.\d+)?")
_SERIES = r"[\w.]+(\[[^\]<>=;]*\])?"
_CONDITION = rf"{_SERIES}(<=|>=|<|>|=)[^<>=;]+"
# As static/js/filter/conditions.js reads them.
_CONDITIONS = re.compile(rf"{_CONDITION}(;{_CONDITION}){{0,5}}")
_MAX_WARNINGS = 5

UrlWarning = dict[str, str]


def url_warnings(
    args: MultiDict[str, str], shown: Collection[str], store: Store, language: Language
) -> list[UrlWarning]:
    """One notice for each parameter that is unknown, doubled or of no use here.

    Values that cannot make a layer are no matter of notices: they are refused.

    Parameters
    ----------
    shown
        Ids of the units on the map.

    Returns
    -------
    list of dict
        ``translate``, and ``url`` with its ``name`` where a page can help; at most `_MAX_WARNINGS`.
    """
    found = [
        *_unknown_parameters(args, language),
        *_unit_warnings(args.get("unit", ""), shown, store, language),
    ]
    known = (
        ("view", _VIEW.fullmatch),
        ("sort", SORT_ORDERS.__contains__),
        ("beside", "1".__eq__),
        ("where", _CONDITIONS.fullmatch),
        ("versus", re.compile(_SERIES).fullmatch),
        ("within", lambda unit_id: _is_unit(unit_id, store)),
    )
    for name, fits in known:
        value = args.get(name, "")
        if value and not fits(value):
            found.append(_warning("value", language, name=name, value=value))
    return found[:_MAX_WARNINGS]


def _is_unit(unit_id: str, store: Store) -> bool:
    try:
        store.unit(unit_id)
    except NotFound:
        return False
    return True


def _warning(key: str, language: Language, **values: str) -> UrlWarning:
    shown = {name: truncate(value, 60) for name, value in values.items()}
    return {"text": translate(f"notice.{key}", language, **shown), "url": "", "name": ""}


def _unknown_parameters(args: MultiDict[str, str], language: Language) -> list[UrlWarning]:
    found = []
    for name, values in args.lists():
        if name not in (*LAYER_PARAMETERS, *PAGE_NAMES):
            found.append(_warning("unknown", language, name=name))
        elif len(values) > 1:
            found.append(_warning("doubled", language, name=name, value=values[0]))
    return found


def _unit_warnings(
    unit_id: str, shown: Collection[str], store: Store, language: Language
) -> list[UrlWarning]:
    if not unit_id or unit_id in shown:
        return []
    try:
        unit = store.unit(unit_id)
    except NotFound:
        return [_warning("no_unit", language, value=unit_id)]
    name = f"{unit.full_name[language]} ({validity_label(store, unit, language)})"
    return [
        {
            "text": translate("notice.other_unit", language),
            "name": name,
            "url": unit_url(unit_id, language),
        }
    ]
