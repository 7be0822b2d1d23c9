"""The gettext catalogues, each read when its language is first spoken.

They are read as people write them (``.po``): a compiled file beside it would be stale after the
next edit, and reading takes a fraction of a second once in the life of a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from geodata.i18n.languages import LOCALES, Language, locale_of


@dataclass(frozen=True, slots=True)
class MessageCatalogue:
    """What is said in one language.

    Parameters
    ----------
    sentences
        Looked up by English wording and context; English where nothing is said.
    labels
        Texts of the screen by key.
    """

    sentences: Translations
    labels: dict[str, str]

    def say(self, forms: tuple[str, ...], context: str, number: int | None) -> str:
        """The wording of a sentence.

        Parameters
        ----------
        forms
            The sentence in English: one form, or singular and plural.
        context
            Empty for most.
        number
            What the choice of the form depends on, where there are two.
        """
        if number is None:
            if context:
                return str(self.sentences.pgettext(context, forms[0]))
            return str(self.sentences.gettext(forms[0]))
        one, many = forms
        if context:
            return str(self.sentences.npgettext(context, one, many, number))
        return str(self.sentences.ngettext(one, many, number))


@cache
def catalogue(language: Language) -> MessageCatalogue:
    """The catalogue of a language."""
    with (LOCALES / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=locale_of(language).locale)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    labels = {
        entry.context: str(entry.string or entry.id)
        for entry in read
        if entry.context and is_key(entry.context)
    }
    return MessageCatalogue(Translations(compiled), labels)


def is_key(context: str) -> bool:
    """Whether the context of an entry is the key of a label: ``section.name``."""
    return "." in context and " " not in context
