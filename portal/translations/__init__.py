"""Every sentence of the user interface, in one file per language with the same keys."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from geodata.text import Language

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=4)
def messages(language: Language) -> dict[str, str]:
    """All texts of a language by ``section.name``."""
    content = (files(__package__) / f"{language}.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(content)
    return {
        f"{s}.{name}": translate
        for s, entries in sections.items()
        for name, translate in entries.items()
    }


def translate(key: str, language: Language, **values: object) -> str:
    """The text ``key`` with each ``{name}`` replaced by the value of that name.

    The values stand in the result as they are: whoever writes it into a page escapes it.

    Raises
    ------
    KeyError
        No text has that key: a mistake in the code that asks.
    """
    return _PLACEHOLDER.sub(lambda gap: str(values.get(gap[1], gap[0])), messages(language)[key])
