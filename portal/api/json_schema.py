"""JSON Schema (2020-12) of documents that are described by a `TypedDict`."""

from __future__ import annotations

import inspect
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]
_SIMPLE = {str: "string", float: "number", int: "integer", bool: "boolean", NoneType: "null"}


def document_schema(document: type) -> Schema:
    """The schema of a document, with the description of every field.

    Parameters
    ----------
    document
        A `TypedDict` whose fields are ``Annotated[type, "description"]``.

    Raises
    ------
    TypeError
        A field has no description, or a type that JSON does not know.
    """
    hints = get_type_hints(document, include_extras=True)
    return {
        "type": "object",
        "description": inspect.getdoc(document) or "",
        "required": [name for name in hints if name in document.__required_keys__],  # type: ignore[attr-defined]
        "properties": {name: _described(document, name, hint) for name, hint in hints.items()},
    }


def _described(document: type, name: str, hint: object) -> Schema:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{document.__name__}.{name} has no description")
    inner, description = get_args(hint)
    return {**_schema(inner), "description": description}


def _schema(hint: Any) -> Schema:  # noqa: ANN401 - any annotation
    if hint in _SIMPLE:
        return {"type": _SIMPLE[hint]}
    if is_typeddict(hint):
        return document_schema(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if origin is UnionType:
        if all(each in _SIMPLE for each in arguments):
            return {"type": [_SIMPLE[each] for each in arguments]}
        return {"anyOf": [_schema(each) for each in arguments]}
    raise TypeError(f"JSON has no such type: {hint}")
