"""A file handed in, opened once: the sheets of a table or a layer of shapes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.point_tables.headings import ListVocabulary
from geodata.point_tables.table_file import (
    TableFile,
    is_shape_file,
    list_of_sheet,
    read_shape_file,
)
from geodata.readers.sheet import Sheet
from geodata.table_import.opened_file import OpenedFile, open_file, shown_name


@dataclass(frozen=True)
class ListedFile:
    """A file that may be a list.

    Parameters
    ----------
    name, sha256
        Its name as it is shown, and the hash of its bytes.
    table
        Its sheets; None for a file of shapes.
    shapes
        The bytes of a file of shapes; empty for a table.
    """

    name: str
    sha256: str
    table: OpenedFile | None
    shapes: bytes = b""

    def sheets(self, wanted: str = "") -> list[Sheet]:
        """The sheets that are shown, or the one of a name."""
        listed = self.table.sheets if self.table else ()
        if wanted:
            return [sheet for sheet in listed if sheet.name == wanted]
        return [sheet for sheet in listed if not sheet.hidden and sheet.rows]

    def read(
        self, vocabulary: ListVocabulary, layer: str, named: Collection[str] = ()
    ) -> TableFile:
        """The list of a sheet or layer; see `geodata.point_tables.table_file.read_table_file`."""
        if self.table is None:
            with shape_file(self.name, self.shapes) as path:
                return read_shape_file(path, layer)
        sheets = self.sheets(layer)
        if len(sheets) != 1:
            raise _which_sheet(self.name, layer, sheets or self.table.sheets)
        hidden = [sheet.name for sheet in self.table.sheets if sheet.hidden]
        others = [name for name in hidden if name != sheets[0].name]
        return list_of_sheet(sheets[0], self.name, vocabulary, named, others)


def open_listed_file(content: bytes, name: str) -> ListedFile:
    """Open a file by its name.

    Raises
    ------
    FileFault
        As `geodata.table_import.opened_file.open_file`.
    """
    if is_shape_file(name):
        return ListedFile(shown_name(name), hashlib.sha256(content).hexdigest(), None, content)
    opened = open_file(content, name)
    return ListedFile(opened.name, opened.sha256, opened)


@contextmanager
def shape_file(name: str, content: bytes) -> Iterator[Path]:
    """The bytes of a file of shapes as a file of its name, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="shapes-") as folder:
        path = Path(folder) / shown_name(name)
        path.write_bytes(content)
        yield path


def _which_sheet(file: str, wanted: str, sheets: Sequence[Sheet]) -> FileFault:
    names = tuple(sheet.name for sheet in sheets)
    if not wanted:
        what, remedy = Message("Several sheets hold rows"), Message("Name the sheet")
        return FileFault(what, str(len(names)), names, remedy, file)
    return FileFault(Message("There is no such sheet"), wanted, names, where=file)
