"""The page about the API: every address with its parameters, its answer and an example.

It is made from the OpenAPI document, and the examples are answers of the portal itself.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from geodata.store import Store
from portal.app import create_app
from portal.app_state import app_state
from portal.docs.markdown import code, code_block, table
from portal.urls import API, EXPORT

SHOWN_ITEMS = 1
"""Items of a list, or of a mapping by id, that an example shows."""
SHOWN_TEXT = 120
"""Characters of a text that an example shows."""
_INTRODUCTION = f"""# API

Every answer below `{API}` is JSON, or CSV where the address says so. Below `{EXPORT}` stand files
to take away. The description for programs, in OpenAPI 3.1, stands at `{API}/openapi.json`; this
page is made from it. Every refusal has the shape of [Error](#error), in the language asked for
(`lang=vi` or `lang=en`).

Examples are shortened: one item of each list and of each mapping by id.
"""

Schema = Mapping[str, Any]


def api_page(app: Flask | None = None) -> str:
    """The page in Markdown.

    Parameters
    ----------
    app
        The portal whose answers serve as examples; by default one over the shipped dataset, with a
        temporary store.

    Returns
    -------
    str
        Markdown with a section for every address and one for every named document.
    """
    if app is None:
        with tempfile.TemporaryDirectory() as instance:
            return api_page(create_app({"PORTAL_INSTANCE": instance}))
    document = app.test_client().get(f"{API}/openapi.json").get_json()
    with app.app_context():
        examples = example_addresses(app_state().store)
    sections = [_INTRODUCTION, "## Addresses\n"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            sections.append(_operation(method.upper(), path, operation))
            if method == "get" and path in examples:
                sections.append(_example(app, examples[path]))
    schemas = document["components"]["schemas"]
    sections += ["## Documents\n", *(_schema(name, schemas[name]) for name in schemas)]
    return "\n".join(sections)


def example_addresses(store: Store) -> dict[str, str]:
    """One address for each path that answers with JSON or CSV, of what ``store`` holds.

    Parameters
    ----------
    store
        The facts; the layer that the map opens with is asked for.

    Returns
    -------
    dict of str to str
        Path and query by path as the OpenAPI document writes it.
    """
    indicator, _, level, day = store.default_layer()
    unit = store.units(level=level, date=day).items[0]
    figure: dict[str, object] = {"indicator": indicator, "lang": "en"}
    requests: dict[str, Mapping[str, object]] = {
        "/units": {"level": level, "date": day.isoformat(), "limit": 1, "lang": "en"},
        "/units/{unit_id}": {"lang": "en"},
        "/indicators": {"limit": 1, "lang": "en"},
        "/indicators/{indicator_id}": {"lang": "en"},
        "/sources": {"limit": 1, "lang": "en"},
        "/sources/{source_id}": {"lang": "en"},
        "/observations": {"unit": unit.unit_id, "limit": 1, "lang": "en"},
        "/values": figure,
        "/cards/{unit_id}": figure,
        "/compare": figure,
        "/succession": {"lang": "en"},
        "/search": {"q": unit.name["en"], "limit": 1, "lang": "en"},
        "/catalogue": {"lang": "en"},
    }
    parts = {
        "{unit_id}": unit.unit_id,
        "{indicator_id}": indicator,
        "{source_id}": store.sources()[0].id,
    }
    return {f"{API}{path}": _address(path, parts, query) for path, query in requests.items()}


def _address(path: str, parts: Mapping[str, str], query: Mapping[str, object]) -> str:
    for name, value in parts.items():
        path = path.replace(name, value)
    return f"{API}{path}?{urlencode(query)}"


def _operation(method: str, path: str, operation: Schema) -> str:
    lines = [f"### {method} {path}\n", f"{operation['summary']}.\n"]
    parameters = operation.get("parameters", [])
    if parameters:
        lines.append(table(["parameter", "allowed", "meaning"], map(_parameter, parameters)))
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        lines.append(f"Body: {code(media)}.\n")
        lines.append(_properties(content["schema"]))
    lines.append(table(["status", "answer", "when"], _responses(operation["responses"])))
    return "\n".join(lines)


def _parameter(parameter: Schema) -> list[str]:
    name = code(parameter["name"]) + (", required" if parameter["required"] else "")
    return [name, _allowed(parameter["schema"]), parameter["description"]]


def _responses(responses: Mapping[str, Schema]) -> Iterable[list[str]]:
    for status, response in responses.items():
        content = response.get("content", {})
        answers = [f"{schema_kind(each['schema'])} ({media})" for media, each in content.items()]
        yield [status, ", ".join(answers), response["description"]]


def _allowed(schema: Schema) -> str:
    """The allowed values of a parameter, in words."""
    if "enum" in schema:
        return ", ".join(code(str(each)) for each in schema["enum"])
    words = [str(schema.get("format") or schema.get("type", "text"))]
    if "minimum" in schema and "maximum" in schema:
        words.append(f"{schema['minimum']} to {schema['maximum']}")
    if "maxLength" in schema:
        words.append(f"at most {schema['maxLength']} characters")
    if "default" in schema:
        words.append(f"default {code(str(schema['default']))}")
    return ", ".join(words)


def _schema(name: str, schema: Schema) -> str:
    lines = [f"### {name}\n"]
    if "description" in schema:
        lines.append(f"{schema['description'].rstrip('.')}.\n")
    return "\n".join([*lines, _properties(schema)])


def _properties(schema: Schema) -> str:
    if not schema.get("properties"):
        return ""
    required = schema.get("required", [])
    rows = [
        [
            code(name),
            schema_kind(field),
            field.get("description", ""),
            "" if name in required else "no",
        ]
        for name, field in schema["properties"].items()
    ]
    return table(["field", "type", "meaning", "always there"], rows)


def schema_kind(schema: Schema) -> str:
    """The type of a value, in words, with a link where it has a section of its own."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(schema_kind(each) for each in schema[choice])
    if "enum" in schema:
        return ", ".join(code(str(each)) for each in schema["enum"])
    if "const" in schema:
        return code(str(schema["const"]))
    kind = schema.get("type", "any")
    if kind == "array" and isinstance(schema.get("items"), Mapping):
        return f"list of {schema_kind(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        return f"mapping to {schema_kind(schema['additionalProperties'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _example(app: Flask, address: str) -> str:
    response = app.test_client().get(address)
    if response.status_code != 200:
        raise RuntimeError(f"The example {address} answered {response.status_code}")
    answer = json.dumps(shortened(response.get_json()), ensure_ascii=False, indent=2)
    return "\n".join([code_block(f"GET {address}"), code_block(answer, "json")])


def shortened(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value with the first item of each list and of each mapping by id, and short texts."""
    if isinstance(value, list):
        numbers = all(isinstance(item, int | float | str) or item is None for item in value)
        return [shortened(item) for item in (value if numbers else value[:SHOWN_ITEMS])]
    if isinstance(value, dict):
        by_id = len(value) > SHOWN_ITEMS and all(name[:1].isdigit() for name in value)
        kept = list(value.items())[: SHOWN_ITEMS if by_id else None]
        return {name: shortened(each) for name, each in kept}
    if isinstance(value, str) and len(value) > SHOWN_TEXT:
        return value[:SHOWN_TEXT].rstrip() + " …"
    return value
