"""The labels of the screen and of the sheets, looked up by key in the catalogue of a language."""

from __future__ import annotations

from geodata.i18n import Label, Language
from geodata.i18n.message_catalogue import catalogue


def messages(language: Language) -> dict[str, str]:
    """All labels of a language by ``section.name``."""
    return catalogue(language).labels


def translate(key: str, language: Language, **values: object) -> str:
    """The label ``key`` with each ``{name}`` replaced by the value of that name.

    The values stand in the result as they are: whoever writes it into a page escapes it.

    Raises
    ------
    KeyError
        No label has that key: a mistake in the code that asks.
    """
    return Label(key, **values)[language]
