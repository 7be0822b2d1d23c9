"""The registry of languages: what each is called, and how it writes numbers, dates and lists.

A row of ``locales/languages.toml`` and the catalogue beside it are all that a language consists
of; no other code asks which language it is.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

from babel.dates import parse_pattern
from babel.numbers import get_decimal_symbol, get_group_symbol

Language: TypeAlias = str
"""Code of a row of the registry."""

LOCALES = files(__package__) / "locales"
"""Folder of the registry and the catalogues."""


@dataclass(frozen=True)
class Locale:
    """One row of the registry.

    Parameters
    ----------
    code
        What ``lang=`` of an address says.
    name
        The language in its own words.
    tag
        BCP 47 tag, for documents and browsers.
    locale
        Locale of the Unicode CLDR.
    percent
        A percentage, with ``{number}`` for the number.
    date, month
        CLDR patterns of a day, and of a month with its year.
    collation
        Language whose dictionary order sorts names.
    dataset
        Which wording of a dataset's texts is read.
    lower_case_ranks
        Whether the rank before a unit's name is written small within a sentence.
    date_early
        Pattern of a day in January or February, where it differs.
    default
        Whether it is spoken where no language is asked for.
    """

    code: Language
    name: str
    tag: str
    locale: str
    percent: str
    date: str
    month: str
    collation: str
    dataset: Literal["vi", "en"]
    date_early: str = ""
    lower_case_ranks: bool = False
    default: bool = False

    @cached_property
    def decimal(self) -> str:
        """The decimal mark."""
        return str(get_decimal_symbol(self.locale))

    @cached_property
    def group(self) -> str:
        """The mark between thousands."""
        return str(get_group_symbol(self.locale))

    def day(self, day: dt.date) -> str:
        """A day as an office writes it: ``01/7/2025``, ``1 July 2025``."""
        pattern = self.date_early if self.date_early and day.month < 3 else self.date
        return _dated(pattern, day, self.locale)

    def month_of(self, day: dt.date) -> str:
        """The month a day lies in, with the year: ``tháng 7/2025``, ``July 2025``."""
        return _dated(self.month, day, self.locale)

    def number(self, plain: str) -> str:
        """A number given with point and commas (``1,742.1``), in the marks of the language."""
        return "".join({",": self.group, ".": self.decimal}.get(c, c) for c in plain)

    def document(self) -> dict[str, str]:
        """What the browser code needs of the row, and which language is spoken unasked."""
        fields = ("code", "tag", "collation", "dataset", "percent")
        return {name: getattr(self, name) for name in fields} | {"default": DEFAULT_LANGUAGE}


@lru_cache(maxsize=1024)
def _dated(pattern: str, day: dt.date, locale: str) -> str:
    return str(parse_pattern(pattern).apply(day, locale))


def _read_registry() -> dict[Language, Locale]:
    rows = tomllib.loads((LOCALES / "languages.toml").read_text(encoding="utf-8"))
    return {code: Locale(code, **row) for code, row in rows.items()}


_REGISTRY = _read_registry()
LANGUAGES: tuple[Language, ...] = tuple(_REGISTRY)
"""Codes of all languages, in the order of the switch."""

DEFAULT_LANGUAGE: Language = next(code for code, row in _REGISTRY.items() if row.default)
"""The language of an address that names none."""

OPERATOR_LANGUAGES: tuple[Language, ...] = tuple(dict.fromkeys((DEFAULT_LANGUAGE, "en")))
"""What is said on a terminal, whose reader's language nobody knows, is said in these."""


def locale_of(language: Language) -> Locale:
    """The row of a language.

    Raises
    ------
    KeyError
        No language has that code: whoever reads it from a reader checks it against `LANGUAGES`.
    """
    return _REGISTRY[language]
