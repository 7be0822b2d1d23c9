"""The types of the browser code, made from the schemas of the API's documents.

``python -m portal.api.typescript`` writes them to ``static/js/api_documents.d.ts``; ``make format``
calls it, and a test fails where the file is not what it would write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from portal.api.json_schema import COMPONENTS, Schema
from portal.api.schemas import DOCUMENTS

TYPES_FILE = Path(__file__).parents[2] / "static/js/api_documents.d.ts"
_HEADING = """\
/**
 * The documents of the API, made from their schemas by `make format`. Types only: nothing of this
 * file reaches a page.
 */
"""
_WIDTH = 120
"""Longest line of the browser code; see ``prettier`` in ``static/package.json``."""
_SIMPLE = {"integer": "number", "object": "object", "array": "unknown[]"}
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def typescript(schemas: Mapping[str, Schema]) -> str:
    """The declarations of documents, laid out as the formatter of the browser code wants them.

    Parameters
    ----------
    schemas
        JSON Schemas of objects by name, as of `portal.api.json_schema.document_schemas`.

    Raises
    ------
    TypeError
        A schema uses a word of JSON Schema that has no translation here.
    """
    return "\n".join([_HEADING, *(_interface(name, schemas[name]) for name in sorted(schemas))])


def _interface(name: str, schema: Schema) -> str:
    required = schema["required"]
    lines = [f"/** {schema['description']} */", f"export interface {name} {{"]
    for field, described in schema["properties"].items():
        key = field if _NAME.fullmatch(field) else f'"{field}"'
        mark = "" if field in required else "?"
        declared = _wrapped(f"  {key}{mark}: {_type(described)};")
        lines += [f"  /** {described['description']} */", *declared]
    return "\n".join([*lines, "}\n"])


def _wrapped(line: str) -> list[str]:
    """A declaration as the formatter lays it out: what is too long for a line over four."""
    head, found, rest = line.partition("Record<string, ")
    if len(line) <= _WIDTH or not found:
        return [line]
    return [f"{head}Record<", "    string,", f"    {rest.removesuffix('>;')}", "  >;"]


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(COMPONENTS)
    if "enum" in schema:
        return " | ".join(f'"{each}"' for each in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "prefixItems" in schema:
        return f"[{', '.join(_type(each) for each in schema['prefixItems'])}]"
    if "additionalProperties" in schema:
        return f"Record<string, {_type(schema['additionalProperties'])}>"
    if "items" in schema:
        item = _type(schema["items"])
        return f"({item})[]" if " | " in item else f"{item}[]"
    if "type" not in schema:
        raise TypeError(f"No type of the browser code for {schema}")
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(str(_SIMPLE.get(kind, kind)) for kind in kinds)


if __name__ == "__main__":
    TYPES_FILE.write_text(typescript(DOCUMENTS), encoding="utf-8", newline="\n")
