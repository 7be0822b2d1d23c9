"""Languages, and everything the program says in them.

Three kinds of wording share one interface, ``wording[language]``:

- `Text`: data. A name or a sentence that a dataset brings, with a Vietnamese and an English form.
- `Message`: a sentence of the program, written in English where it is said and looked up in the
  catalogue of the reader's language.
- `Label`: a short text of the screen or the sheet, looked up by a key such as ``site.skip``.

The catalogues are the gettext files ``locales/<language>.po``; ``locales/languages.toml`` is the
registry of languages. To add a language: copy ``en.po`` to ``<code>.po``, fill in its ``msgstr``
lines, and add a row to the registry.
"""

from geodata.i18n.languages import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    OPERATOR_LANGUAGES,
    Language,
    Locale,
    locale_of,
)
from geodata.i18n.message import (
    Formatted,
    Joined,
    Label,
    Localised,
    Message,
    Verbatim,
    Wordings,
)
from geodata.i18n.text import Text

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "OPERATOR_LANGUAGES",
    "Formatted",
    "Joined",
    "Label",
    "Language",
    "Locale",
    "Localised",
    "Message",
    "Text",
    "Verbatim",
    "Wordings",
    "locale_of",
]
