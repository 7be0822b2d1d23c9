"""The addresses of a portal, taken from what it says of itself: its OpenAPI document and links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import SEE_OTHER
from typing import Any
from urllib.parse import quote, urlencode

from tests.load.server import ask

OPENAPI = "/api/v1/openapi.json"
_SEEDS = ("/", "/about", "/compare", "/indicators", "/mergers", "/sources", "/method", "/balance")
_LINK = re.compile(r'href="(/[a-z]*(?:/[^"?#]*)?)[?"#]')
_SHARE = "/export/short"
_AWAY = ("/static/", "/api/", "/export/", "/s/")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    Parameters
    ----------
    parameters
        Name of each query parameter with its JSON schema.
    path
        With the variable parts in braces.
    documented
        Status codes that the description names; empty for pages, which it does not describe.
    """

    method: str
    path: str
    parameters: dict[str, dict[str, Any]]
    documented: frozenset[str] = frozenset()
    takes_json: bool = False


def document(port: int) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = json.loads(ask(port, OPENAPI).body)
    return found


def operations(port: int) -> list[Operation]:
    """Everything the OpenAPI document describes, then the pages with the map's parameters."""
    found = []
    for path, methods in document(port)["paths"].items():
        for method, one in methods.items():
            named = {p["name"]: p["schema"] for p in one["parameters"] if p["in"] == "query"}
            body = one.get("requestBody", {}).get("content", {})
            codes = frozenset(one["responses"])
            known = "application/json" in body
            found.append(Operation(method.upper(), path, named, codes, known))
    of_map: dict[str, Any] = {}
    for one in found:
        if one.path in ("/api/v1/values", "/api/v1/compare", "/api/v1/balance"):
            of_map |= one.parameters
    if not any(one.path == _SHARE for one in found):
        found.append(Operation("POST", _SHARE, {}, takes_json=True))
    return [*found, *(Operation("GET", page, of_map) for page in pages(port).values())]


def pages(port: int) -> dict[str, str]:
    """One address of every kind of page: its pattern (``/units/*``) and an example.

    Found by following the links of the pages everybody lands on. What sends a reader on, to sign in
    say, is no page.
    """
    kinds: dict[str, str] = {}
    for seed in _SEEDS:
        answer = ask(port, seed)
        if answer.status != 200 or b"<html" not in answer.body:
            continue
        kinds.setdefault(seed, seed)
        for link in _LINK.findall(answer.body.decode("utf-8", "replace")):
            if not link.startswith(_AWAY):
                kinds.setdefault(re.sub(r"^(/[^/]+)/.+", r"\1/*", link), link)
    return {kind: link for kind, link in kinds.items() if ask(port, link).status != SEE_OTHER}


@dataclass(frozen=True, slots=True)
class Examples:
    """Values that the portal accepts, by the name of the parameter."""

    values: dict[str, list[str]]

    def path(self, path: str) -> str:
        """A path with its variable parts filled in."""
        return re.sub(r"\{(\w+)\}", lambda m: quote(self.values.get(m[1], ["1"])[0]), path)


def examples(port: int) -> Examples:
    """Ids that exist, from the lists of the API."""
    found: dict[str, list[str]] = {}
    for name, kind in (("unit", "units"), ("indicator", "indicators"), ("source", "sources")):
        items = json.loads(ask(port, f"/api/v1/{kind}?limit=50").body)["items"]
        found[name] = found[f"{name}_id"] = [str(item["id"]) for item in items]
    found["level"] = ["commune"]
    return Examples(found)


def valid_query(operation: Operation, known: Examples) -> Iterator[tuple[str, str]]:
    """An accepted value for each parameter that has one."""
    for name, schema in operation.parameters.items():
        if name in known.values:
            yield name, known.values[name][0]
        elif "default" in schema:
            yield name, str(schema["default"])
        elif schema.get("enum"):
            yield name, str(schema["enum"][0])


def joined(path: str, pairs: list[tuple[str, str]]) -> str:
    """Path and query, encoded; a value that begins with ``raw:`` is put in as it is."""
    ordinary = urlencode([p for p in pairs if not p[1].startswith("raw:")])
    raw = "&".join(f"{quote(n)}={v[4:]}" for n, v in pairs if v.startswith("raw:"))
    query = "&".join(filter(None, (ordinary, raw)))
    return f"{path}?{query}" if query else path
