"""Ids of what is made with a table: indicators, themes, classes, code lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from geodata.i18n import Text
from geodata.vietnamese_names import fold

_LONGEST, _LONGEST_CODE = 60, 36
"""Letters taken of a name; codes stand in addresses, and a number may follow them."""


def free_id(name: Text, taken: Iterable[str]) -> str:
    """An id made of a name, the English one first, with a number where another has it."""
    words = _words(name, _LONGEST)
    return _free(words if words[:1].isalpha() else f"x_{words}".strip("_"), set(taken))


def free_code(name: Text, taken: Collection[str], *, lettered: bool = False) -> str:
    """A code made of a name, as `free_id`; it may begin with a digit unless ``lettered``."""
    words = _words(name, _LONGEST_CODE) or "class"
    return _free(f"x_{words}" if lettered and not words[0].isalpha() else words, taken)


def _words(name: Text, longest: int) -> str:
    return re.sub(r"\s+", "_", fold(name.en or name.vi))[:longest].strip("_")


def _free(base: str, taken: Collection[str]) -> str:
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found
