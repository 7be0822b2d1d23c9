"""Reading a dataset's text files, and naming them in messages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Localised, Message, Text

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these is run by a spreadsheet as a formula (OWASP)."""

_NO_REMEDY = Text("")
# Control characters that no text needs; tabs and line ends may stand in a file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def spreadsheet_text(text: str) -> str:
    """The text for a cell of a CSV file: an apostrophe keeps a spreadsheet from running it."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def display_path(path: Path) -> str:
    """A file as named in messages: with its folder when that is one of the dataset's."""
    inner = path.parent.name in {"indicators", "sources", "shipped", "observations", "inputs"}
    return f"{path.parent.name}/{path.name}" if inner else path.name


def read_text(path: Path, remedy: Localised = _NO_REMEDY) -> str:
    """The contents of a UTF-8 file.

    Parameters
    ----------
    remedy
        What to do when the file is missing.

    Raises
    ------
    FileFault
        The file is missing, cannot be opened, is not UTF-8 or holds control characters.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        what = Message("The file is missing")
        raise FileFault(what, where=display_path(path), remedy=remedy) from None
    except UnicodeDecodeError as error:
        what = Message("The file is not UTF-8")
        raise FileFault(what, found=str(error), where=display_path(path)) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if found := control_character(text):
        line = text.count("\n", 0, text.index(found)) + 1
        what = Message("The file holds a control character")
        raise FileFault(what, found=ascii(found), where=f"{display_path(path)}:{line}")
    return text


def read_json(path: Path) -> object:
    """The contents of a JSON file; see `read_text` for what is refused besides other formats."""
    try:
        return json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, error) from None


def control_character(text: str) -> str:
    """The first control character of ``text`` other than tab and line ends, or nothing."""
    match = _CONTROL.search(text)
    return match[0] if match else ""


def readable_text(text: str, where: str) -> str:
    """The text itself, which somebody typed into a field.

    Raises
    ------
    InvalidInput
        It holds a control character, which neither documents (XML 1.0, section 2.2) nor the
        readers of the portal's own files take; ``where`` is the field.
    """
    if found := control_character(text):
        raise InvalidInput(
            Message("The text holds a control character"),
            found=ascii(found),
            remedy=Message("Type the text instead of pasting it"),
            where=where,
        )
    return text


def _unreadable(path: Path, error: Exception) -> FileFault:
    what = Message("The file cannot be read")
    return FileFault(what, found=str(error), where=display_path(path))
