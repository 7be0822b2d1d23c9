"""A file opened for its tables: its bytes read once, within limits, by the reader of its kind."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.content import verify_file
from geodata.readers.limits import DEFAULT_LIMITS, too_large
from geodata.readers.pasted import PASTED, read_pasted
from geodata.readers.sheet import Sheet
from geodata.readers.sheet_choice import Tell, untold
from geodata.readers.tables import read_sheets
from geodata.readers.workbook_properties import custom_properties
from geodata.vietnamese_names import normalise

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The sheets of a file.

    Parameters
    ----------
    name
        Name of the file, as `shown_name` gives it.
    sha256
        Hash of its bytes.
    sheets
        Its sheets in their order.
    properties
        What else a workbook says of itself; see `geodata.readers.workbook_properties`.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


def open_file(file: Path | bytes, name: str, tell: Tell = untold) -> OpenedFile:
    """Open a file, or what was pasted, for its tables.

    Parameters
    ----------
    file
        The file or its bytes; of a pasted table the text in UTF-8.
    name
        Its name, by whose suffix its kind is known; `geodata.readers.pasted.PASTED` for what was
        pasted.
    tell
        Is told which share of it is read.

    Raises
    ------
    FileFault
        It is missing, of another kind, damaged or goes beyond the limits.
    """
    shown = shown_name(name)
    content = file if isinstance(file, bytes) else _content(file)
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) > DEFAULT_LIMITS.file_bytes:
        what = Message("The file is too large")
        raise too_large(what, len(content), DEFAULT_LIMITS.file_bytes, shown)
    if name == PASTED:
        return OpenedFile(shown, sha256, tuple(read_pasted(content.decode(errors="replace"))))
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / shown
        path.write_bytes(content)
        sheets = tuple(read_sheets(path, tell=tell))
        workbook = path.suffix.lower() == ".xlsx"
        return OpenedFile(shown, sha256, sheets, custom_properties(path) if workbook else {})


def shown_name(name: str) -> str:
    """The last part of a file's name, without signs that are not shown, at most 120 characters."""
    last = PureWindowsPath(name).name
    clean = normalise("".join(c if c.isprintable() else " " for c in last)).strip(".") or "?"
    stem, suffix = PureWindowsPath(clean).stem, PureWindowsPath(clean).suffix
    return f"{stem[: _LONGEST_NAME - len(suffix[:10])]}{suffix[:10]}"


def _content(path: Path) -> bytes:
    try:
        verify_file(path, DEFAULT_LIMITS)
        return path.read_bytes()
    except OSError as error:
        what = Message("The file cannot be opened")
        raise FileFault(what, found=str(error), where=path.name) from None
