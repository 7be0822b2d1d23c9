"""Addresses of pages, with the language kept, and of the API."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from geodata.i18n import DEFAULT_LANGUAGE, Language
from geodata.series_id import split_series_id

API = "/api/v1"
"""Path of the API, with the version of the interface."""

EXPORT = "/export"
"""Path of the exported files."""


def split_url(address: str) -> SplitResult:
    """The parts of an address that someone sent; all empty where it comes apart nowhere."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def page_url(path: str, language: Language, query: Mapping[str, str] | None = None) -> str:
    """``path`` with a query; ``lang`` is added unless the language is the default one."""
    items = dict(query or {})
    items.pop("lang", None)
    if language != DEFAULT_LANGUAGE:
        items["lang"] = language
    return page_path(path, items)


def page_path(path: str, query: Mapping[str, str]) -> str:
    """``path`` with a query, both encoded as the portal writes them."""
    return quote(path) + (f"?{query_text(query)}" if query else "")


def query_text(query: Mapping[str, str]) -> str:
    """A query string; commas, colons and slashes stay readable, as the browser code writes it."""
    return urlencode(query, safe=",/:")


def api_url(path: str, query: Mapping[str, str]) -> str:
    """Address of an answer of the API."""
    return f"{API}{path}?{query_text(query)}"


def unit_url(unit_id: str, language: Language) -> str:
    """Address of a unit's page."""
    return page_url(f"/units/{unit_id}", language)


def unit_theme_url(unit_id: str, theme_id: str, language: Language) -> str:
    """Address of the page of a theme of a unit."""
    return page_url(f"/units/{unit_id}/themes/{theme_id}", language)


def indicator_url(indicator_id: str, language: Language) -> str:
    """Address of the page of an indicator, or of a part of it by the id of its series."""
    query = series_query(indicator_id)
    return page_url(f"/indicators/{query.pop('indicator')}", language, query)


def series_query(series: str) -> dict[str, str]:
    """The parameters that name a series: its indicator, and its dimensions where it is a part."""
    indicator, dimensions = split_series_id(series)
    return {"indicator": indicator, **({"breakdown": dimensions} if dimensions else {})}


def source_url(source_id: str, language: Language) -> str:
    """Address of a source's page."""
    return page_url(f"/sources/{source_id}", language)


def doubts_url(language: Language, source_id: str, doubt_id: str) -> str:
    """Address at which a doubt stands below a document."""
    return f"{page_url('/doubts', language, {'source': source_id})}#{source_id}.{doubt_id}"


def report_path(subject: Mapping[str, str], language: Language) -> str:
    """Address at which a reader says what is wrong with a figure or a border.

    Parameters
    ----------
    subject
        ``unit``, and for a figure ``indicator``, ``period`` and ``status``.
    """
    return page_url("/report", language, {name: text for name, text in subject.items() if text})
