"""Text that exists in the portal's two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a name in Vietnamese and English.

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
        return (self.en or self.vi) if language == "en" else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)

    @classmethod
    def of(cls, value: Text | Mapping[str, str] | str | None) -> Text:
        """Read a text from a catalogue entry: a table ``{vi, en}``, one string or nothing."""
        if isinstance(value, Text):
            return value
        if value is None:
            return cls("")
        if isinstance(value, str):
            return cls(value, value)
        return cls(value.get("vi", ""), value.get("en", ""))
