"""The one form in which the project refuses: what was wrong, what was found, what to do.

Every error raised on purpose by ``geodata``, ``layers`` and ``portal`` is a `PortalError`.
Which HTTP status an error class gets is decided in ``portal.error_handlers`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from geodata.i18n import Language, Localised, Message, Text

_LABELS = {
    "found": Message("found"),
    "allowed": Message("allowed"),
    "remedy": Message("what to do"),
}


@dataclass
class PortalError(Exception):
    """Something is wrong and the reader can be told what.

    Parameters
    ----------
    what
        What is wrong, in both languages, without a final stop.
    found
        The offending value as text, shortened to 200 characters when shown.
    allowed
        What would have been accepted: a sentence or the list of values.
    remedy
        The way out.
    where
        File, row and field, as far as known: ``observations/forest.csv:12 value``.
    """

    what: Localised
    found: str = ""
    allowed: Localised | tuple[str, ...] = ()
    remedy: Localised = field(default_factory=lambda: Text(""))
    where: str = ""

    def __post_init__(self) -> None:
        super().__init__(str(self))

    def __str__(self) -> str:
        return self.message("en")

    def message(self, language: Language) -> str:
        """The whole error as one line in ``language``."""
        parts = [f"{self.where}: {self.what[language]}" if self.where else self.what[language]]
        if self.found:
            parts.append(f"{_LABELS['found'][language]}: {truncate(self.found)!r}")
        allowed = self.allowed_text(language)
        if allowed:
            parts.append(f"{_LABELS['allowed'][language]}: {allowed}")
        if self.remedy:
            parts.append(f"{_LABELS['remedy'][language]}: {self.remedy[language]}")
        return "; ".join(parts)

    def allowed_text(self, language: Language) -> str:
        """What would have been accepted, as text in ``language``."""
        if isinstance(self.allowed, Localised):
            return self.allowed[language]
        return ", ".join(self.allowed)


class InvalidInput(PortalError):
    """A parameter or a cell holds a value outside what is allowed."""


class NotFound(PortalError):
    """No unit, indicator, source or resource goes by this name."""


class NotPermitted(PortalError):
    """The account may not do this, or not for these units."""


class Conflict(PortalError):
    """Somebody else changed the same thing meanwhile; what was seen before no longer holds."""


class FileFault(PortalError):
    """A file is missing, of the wrong kind, or its contents contradict the catalogue."""


class UnknownFileKind(FileFault):
    """A file is of a kind that is not read, or of another than its name says."""


class OversizedFile(FileFault):
    """A file holds more than is read, or would unpack to more."""


class LockedFile(FileFault):
    """A file cannot be read without its password."""


class UnansweredFile(FileFault):
    """Something must still be said about a file before it can be read: its columns, its units."""


class StoreFault(PortalError):
    """The store is missing, locked, or was made for another version of the portal."""


def truncate(text: str, limit: int = 200) -> str:
    """``text`` without control characters and cut to ``limit`` characters."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def unknown_name(
    what: Localised, found: str, allowed: Iterable[str], remedy: Localised | None = None
) -> NotFound:
    """The error for a name that is in no list, with the first names that are."""
    names = tuple(allowed)
    shown = names if len(names) <= 40 else (*names[:40], "…")
    return NotFound(what, found=found, allowed=shown, remedy=remedy or Text(""))
