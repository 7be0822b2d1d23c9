"""How the checks name a place and word a fault."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.errors import FileFault
from geodata.i18n import Localised, Message, Text, Verbatim


def table_cell(table: str, index: int, field: str = "") -> str:
    """A cell of a shipped table; the header is row 1 and ``index`` counts records from 0."""
    return f"shipped/{table}.csv:{index + 2} {field}".rstrip()


def check_fault(where: str, what: Localised, found: object = "", allowed: str = "") -> FileFault:
    """One line of the report."""
    return FileFault(what, found=str(found), allowed=Verbatim(allowed), where=where)


def missing_translations(where: str, text: Text) -> Iterator[FileFault]:
    """The fault of a text that stands in one language only."""
    if bool(text.vi.strip()) != bool(text.en.strip()):
        said = Message("The text stands in one language only")
        yield check_fault(where, said, text.vi or text.en)
