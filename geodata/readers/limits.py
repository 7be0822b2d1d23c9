"""How much a file may hold, and the words in which more is refused.

Every reader counts while it reads and stops at the first count above its limit, so that a small
file that unfolds to a large one costs no more than a large one.
"""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from geodata.errors import FileFault, OversizedFile
from geodata.i18n import Formatted, Language, Localised, Message, Verbatim, locale_of

_OPEN_AND_SAVE = Message("Open and save the file, then load it again")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file.

    Parameters
    ----------
    file_bytes
        Size of the file.
    unpacked_bytes
        Size of everything packed in a workbook.
    sheets
        Sheets of a workbook, layers of a GeoPackage.
    rows
        Number of the last row of a sheet that holds something; features of a layer.
    columns
        Number of the last column that holds something; different fields of a layer.
    cells
        Cells of a sheet or layer that hold something.
    characters
        Length of the texts of all cells together.
    cell_characters
        Length of one cell's text; 32,767 is what spreadsheet programs keep.
    elements
        XML elements of a workbook, JSON values of a file.
    depth
        How deep XML elements and JSON values may be nested.
    positions
        Vertices of all shapes together.
    seconds
        Time a database may take to answer, where only time bounds its work.
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 120_000_000
    sheets: int = 100
    rows: int = 20_000
    columns: int = 500
    cells: int = 1_000_000
    characters: int = 20_000_000
    cell_characters: int = 32_767
    elements: int = 2_500_000
    depth: int = 60
    positions: int = 500_000
    seconds: float = 5.0


DEFAULT_LIMITS = Limits()


def too_much(
    what: Localised,
    found: object,
    most: float,
    where: str,
    remedy: Localised | None = None,
    *,
    unit: str = "",
) -> OversizedFile:
    """The fault for a count above its limit; for a size see `too_large`.

    Parameters
    ----------
    what
        What there is too much of.
    found
        How many there are, or that there are more.
    unit
        Symbol of what is counted, where it has one: ``s``.
    """
    return OversizedFile(
        what,
        found=str(found),
        allowed=Formatted(_at_most, most, unit),
        remedy=remedy or Message("Make several smaller files of it"),
        where=where,
    )


def _at_most(most: float, unit: str, language: Language) -> str:
    number = format_decimal(most, locale=locale_of(language).locale)
    return f"≤ {number} {unit}".rstrip()


def too_large(
    what: Localised, size: int, most: int, where: str, remedy: Localised | None = None
) -> OversizedFile:
    """The fault for a size in bytes above its limit, both told with their units.

    Parameters
    ----------
    what
        What is too large.
    size, most
        Bytes that there are, and that there may be.
    """
    return OversizedFile(
        what,
        found=size_text(size),
        allowed=Verbatim(f"≤ {size_text(most)}"),
        remedy=remedy or Message("Make several smaller files of it"),
        where=where,
    )


def size_text(size: int) -> str:
    """A size as it reads in every language (``600 MB``, ``48 kB``), rounded up."""
    for unit, factor in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= factor:
            return f"{-(-size // factor)} {unit}"
    return f"{size} B"


def misquoted(where: str) -> FileFault:
    """The fault for a quotation mark that is not closed, or stands within a text."""
    what = Message("A quotation mark is not closed, or stands in the midst of a text")
    return FileFault(what, remedy=_OPEN_AND_SAVE, where=where)


def damaged(where: str, error: object) -> FileFault:
    """The fault for a file that cannot be taken apart as what it says it is.

    Parameters
    ----------
    error
        The part or the place that is wrong; an exception of a library says so in one language
        alone, and to those who write programs: it is left out.
    """
    found = "" if isinstance(error, Exception) else str(error)
    return FileFault(
        Message("The file cannot be read"),
        found=found,
        allowed=Message("a file that is whole, and of the kind its name says"),
        remedy=_OPEN_AND_SAVE,
        where=where,
    )
