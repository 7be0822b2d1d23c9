"""The descriptions of a record's fields, from its docstring."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from geodata.i18n import Text

_SECTION = re.compile(r"^Parameters\n-+\n(.*?)(?=^\S.*\n-+\n|\Z)", re.DOTALL | re.MULTILINE)
_TYPES: dict[object, str] = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "date": "day",
    "NoneType": "empty",
}


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A column or key of a file.

    Parameters
    ----------
    name
        As it stands in the file.
    kind
        What a value may be, in words.
    meaning
        Its description; empty where the docstring of the record has none.
    """

    name: str
    kind: str
    meaning: str


def parameter_descriptions(record_type: type) -> dict[str, str]:
    """Descriptions of the fields of a record by name, from the numpydoc section ``Parameters``.

    Parameters
    ----------
    record_type
        A class whose docstring follows numpydoc; names that share a description may stand on one
        line with commas between them.
    """
    section = _SECTION.search(inspect.getdoc(record_type) or "")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section[1].splitlines() if section else ():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.partition(":")[0].split(",")]
            found.update(dict.fromkeys(names, ""))
        elif line:
            found.update({name: f"{found[name]} {line.strip()}".strip() for name in names})
    return found


def column_descriptions(record_type: type, prefix: str = "") -> tuple[FieldDescription, ...]:
    """Columns of a record type as `geodata.record_codec` spreads it, each with its description."""
    described = parameter_descriptions(record_type)
    hints = get_type_hints(record_type)
    columns: list[FieldDescription] = []
    for field in fields(record_type):
        name, hint = f"{prefix}{field.name}", hints[field.name]
        meaning = described.get(field.name, "")
        if hint is Text:
            columns.append(FieldDescription(f"{name}_vi", "text", _in(meaning, "Vietnamese")))
            columns.append(FieldDescription(f"{name}_en", "text", _in(meaning, "English")))
        elif is_dataclass(hint) and isinstance(hint, type):
            columns += column_descriptions(hint, f"{name}_")
        else:
            columns.append(FieldDescription(name, type_in_words(hint), meaning))
    return tuple(columns)


def _in(meaning: str, language: str) -> str:
    return f"{meaning.rstrip('.')}, in {language}." if meaning else ""


def type_in_words(hint: Any) -> str:  # noqa: ANN401 - any annotation
    """A type as people say it: ``number or empty``, ``list of text``."""
    origin = get_origin(hint)
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in get_args(hint))
    if origin in (Union, UnionType):
        return " or ".join(type_in_words(each) for each in get_args(hint))
    if origin in (tuple, list, frozenset):
        return f"list of {type_in_words(get_args(hint)[0])}"
    if origin is dict:
        return f"table of {type_in_words(get_args(hint)[1])}"
    if hint is Text:
        return "text in each language"
    name = getattr(hint, "__name__", str(hint))
    return _TYPES.get(name, name)
