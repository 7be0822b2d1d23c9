"""Texts that a dataset brings, in the two languages it has them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.i18n.languages import Language, locale_of
from geodata.i18n.message import Localised


@dataclass(frozen=True, slots=True)
class Text(Localised):
    """A name or a sentence of a dataset; what the program itself says is a `Message`.

    Parameters
    ----------
    vi
        Vietnamese, NFC.
    en
        English; empty where the original is quoted as it is (titles of documents).
    """

    vi: str
    en: str = ""

    def __getitem__(self, language: Language) -> str:
        return (self.en or self.vi) if locale_of(language).dataset == "en" else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)

    @classmethod
    def of(cls, value: Localised | Mapping[str, str] | str | None) -> Text:
        """Read a text from a catalogue entry, or keep in a dataset what the program says.

        Parameters
        ----------
        value
            A table ``{vi, en}``, one string for both languages, any wording, or nothing.
        """
        if isinstance(value, Text):
            return value
        if value is None:
            return cls("")
        if isinstance(value, str):
            return cls(value, value)
        if isinstance(value, Localised):
            return cls(value["vi"], value["en"])
        return cls(value.get("vi", ""), value.get("en", ""))
