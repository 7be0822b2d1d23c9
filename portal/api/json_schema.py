"""JSON Schema (2020-12) of the documents that a `TypedDict` describes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Schema = dict[str, Any]
COMPONENTS = "#/components/schemas/"
_SIMPLE = {
    str: "string",
    float: "number",
    int: "integer",
    bool: "boolean",
    NoneType: "null",
    None: "null",
}


def document_schemas(*documents: type) -> dict[str, Schema]:
    """The schemas of documents and of all documents within them, by name.

    Parameters
    ----------
    documents
        `TypedDict` classes whose fields are ``Annotated[type, "description"]``. A schema bears the
        name of its class without ``Document``; documents within others are referred to by it.

    Raises
    ------
    TypeError
        A field has no description or a type that JSON does not know, or two classes share a name.
    """
    named: dict[str, type] = {}
    for document in documents:
        _collect(document, named)
    return {name: _document_schema(document) for name, document in named.items()}


def document_name(document: type) -> str:
    """The name of a document's schema."""
    return document.__name__.removesuffix("Document")


def _collect(document: type, named: dict[str, type]) -> None:
    name = document_name(document)
    if named.setdefault(name, document) is not document:
        raise TypeError(f"Two documents are named {name}")
    for hint in get_type_hints(document, include_extras=True).values():
        for inner in _documents_in(hint):
            if named.get(document_name(inner)) is not inner:
                _collect(inner, named)


def _documents_in(hint: Any) -> Iterator[type]:  # noqa: ANN401 - any annotation
    if is_typeddict(hint):
        yield hint
    for argument in get_args(hint):
        yield from _documents_in(argument)


def _document_schema(document: type) -> Schema:
    hints = get_type_hints(document, include_extras=True)
    return {
        "type": "object",
        "description": inspect.getdoc(document) or "",
        "required": [name for name in hints if name in document.__required_keys__],  # type: ignore[attr-defined]
        "properties": {name: _described(document, name, hint) for name, hint in hints.items()},
    }


def _described(document: type, name: str, hint: object) -> Schema:
    if get_origin(hint) is NotRequired:
        (hint,) = get_args(hint)
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{document.__name__}.{name} has no description")
    inner, description = get_args(hint)
    return {**_schema(inner), "description": description}


def _schema(hint: Any) -> Schema:  # noqa: ANN401 - any annotation
    if hint in _SIMPLE:
        return {"type": _SIMPLE[hint]}
    if is_typeddict(hint):
        return {"$ref": f"{COMPONENTS}{document_name(hint)}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if origin is tuple:
        parts = [_schema(each) for each in arguments]
        return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (UnionType, Union):
        if all(each in _SIMPLE for each in arguments):
            return {"type": [_SIMPLE[each] for each in arguments]}
        return {"anyOf": [_schema(each) for each in arguments]}
    raise TypeError(f"JSON has no such type: {hint}")
