"""The code of a page: made from the page's address alone, so that it is the same everywhere."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import product
from urllib.parse import parse_qsl

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import LANGUAGES, Message
from geodata.period import parse_period
from geodata.store import IndicatorCoverage, Store
from geodata.store_cache import cached_per_store
from layers.comparison import comparison_layer
from layers.layer import Layer
from layers.layer_query import read_parameter
from portal.parameters.declared import COMPARISON_MODES, parse_comparison_query
from portal.urls import query_text, split_url

RULE = "/s"
MAP, COMPARE = "/", "/compare"
LENGTH = 8
# Crockford's base 32: no letter that is taken for a digit or for another letter.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def canonical_page(address: str, store: Store) -> str:
    """The page of an address with what it says of the map alone, every value read and checked.

    A reader's own words (the title) are left out: a short address may only lead to what the
    dataset shows.

    Parameters
    ----------
    address
        Path and query of the map or of the comparison.

    Raises
    ------
    InvalidInput, NotFound
        It is neither page, or a value is not allowed; ``where`` names the parameter.
    """
    parts = split_url(address)
    query = dict(parse_qsl(parts.query))
    if parts.scheme or parts.netloc or parts.path not in (MAP, COMPARE):
        raise InvalidInput(
            Message("This address has no short one"),
            found=address,
            allowed=(f"{MAP}?…", f"{COMPARE}?…"),
            where="address",
        )
    if parts.path == MAP:
        layer = Layer.from_query(query, store)
        return f"{MAP}?{query_text(replace(layer, title='').to_query())}"
    mode, asked = parse_comparison_query(query)
    layer, on = comparison_layer(asked, store)
    return f"{COMPARE}?{query_text(_comparison(replace(layer, title=''), on, mode, asked))}"


def _comparison(layer: Layer, on: dt.date, mode: str, asked: Mapping[str, str]) -> dict[str, str]:
    period2 = asked.get("period2", "")
    if period2:
        period2 = read_parameter("period2", parse_period, period2).code
    optional = {
        "period2": period2,
        "mode": mode if mode != COMPARISON_MODES[0] else "",
        "measure": "relative" if asked.get("measure") == "relative" else "",
    }
    query = {**layer.to_query(), "on": on.isoformat()}
    return query | {name: value for name, value in optional.items() if value}


@cached_per_store(1)
def ordinary_pages(store: Store) -> Mapping[str, tuple[str, ...]]:
    """Code -> the pages that every installation of a dataset can name without remembering them.

    The maps and comparisons of every figure the dataset has, as published and recast onto later
    units, in every language, drawn with the indicator's own classes and colours. Some thousands;
    they take seconds, so they are made when a code is asked for that is not remembered.
    """
    found: dict[str, list[str]] = {}
    for row, language in product(_figures(store), LANGUAGES):
        query = {
            "indicator": row.indicator, "period": row.period, "level": row.level,
            "date": row.step_date.isoformat(), "status": row.status_group, "lang": language,
        }  # fmt: skip
        for page in (*_maps(store, query, row.step_date), *_comparisons(store, query)):
            found.setdefault(code_of(page), []).append(page)
    return {code: tuple(dict.fromkeys(pages)) for code, pages in found.items()}


def _figures(store: Store) -> Iterator[IndicatorCoverage]:
    for indicator in store.indicators(parts=True):
        yield from store.coverage(indicator.id)


def _maps(store: Store, query: dict[str, str], day: dt.date) -> Iterator[str]:
    later = (step.date.isoformat() for step in store.info.timeline if step.date > day)
    for on in ("", *later):
        with suppress(PortalError):
            layer = Layer.from_query({**query, "on": on}, store)
            yield f"{MAP}?{query_text(layer.to_query())}"


def _comparisons(store: Store, query: dict[str, str]) -> Iterator[str]:
    with suppress(PortalError):
        layer, on = comparison_layer(query, store)
        for mode in COMPARISON_MODES:
            yield f"{COMPARE}?{query_text(_comparison(layer, on, mode, {}))}"


def code_of(page: str) -> str:
    """The code of a canonical page: 40 bits of its SHA-256."""
    number = int.from_bytes(hashlib.sha256(page.encode()).digest()[:5], "big")
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def read_code(text: str) -> str:
    """A code as someone typed it; empty where it can be none."""
    code = text.strip().lower().replace("-", "").translate(_LOOKALIKES)
    return code if len(code) == LENGTH and set(code) <= set(_ALPHABET) else ""


def short_path(page: str) -> str:
    """Path of the short address of a canonical page."""
    return f"{RULE}/{code_of(page)}"
