"""The parts of an XLSX workbook besides its sheets: what it lists and its texts.

Follows ECMA-376: part 2, 9.3 (relationships), part 1, 18.2 (workbook) and 18.4 (shared strings);
for the styles see `geodata.readers.xlsx_styles`.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from zipfile import ZipFile

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.sheet import too_many_cells
from geodata.readers.xlsx_styles import StylesReader, WorkbookStyles
from geodata.readers.xml_parts import PartReader, read_part


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its name, whether it is hidden, and its part."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What a workbook's sheets are read with.

    Parameters
    ----------
    since_1904
        Whether days count from 1904 instead of 1900.
    strings
        Texts the cells refer to by number.
    styles
        How cells look, by the number of their format.
    """

    sheets: tuple[SheetEntry, ...]
    since_1904: bool
    strings: list[str]
    styles: WorkbookStyles


def read_workbook_parts(archive: ZipFile, file: str, limits: Limits) -> WorkbookParts:
    """Read what a workbook lists, its shared texts and its formats.

    Raises
    ------
    FileFault
        A part is missing, damaged or goes beyond the limits.
    """
    package = _relations(archive, "", file, limits)
    workbook = next((t for kind, t in package.values() if kind == "officeDocument"), "")
    if not workbook:
        raise damaged(file, "officeDocument")
    relations = _relations(archive, workbook, file, limits)
    listed = _Workbook(f"{file} ({workbook})", limits)
    _read(archive, workbook, listed)
    sheets = tuple(
        SheetEntry(name, state != "visible", relations[relation][1])
        for name, state, relation in listed.sheets
        if relations.get(relation, ("",))[0] == "worksheet"
    )
    by_kind = dict(relations.values())
    strings = _SharedStrings(f"{file} (sharedStrings)", limits)
    if "sharedStrings" in by_kind:
        _read(archive, by_kind["sharedStrings"], strings)
    styles = StylesReader(f"{file} (styles)", limits)
    if "styles" in by_kind:
        _read(archive, by_kind["styles"], styles)
    return WorkbookParts(sheets, listed.since_1904, strings.strings, styles.styles())


def _read(archive: ZipFile, part: str, reader: PartReader) -> None:
    try:
        stream = archive.open(part)
    except KeyError:
        raise damaged(reader.where, part) from None
    with stream:
        read_part(stream, reader)


def _relations(
    archive: ZipFile, part: str, file: str, limits: Limits
) -> dict[str, tuple[str, str]]:
    """Kind and target of each relationship of a part by its id; links out of the file left out."""
    folder, name = posixpath.split(part)
    reader = _Relationships(f"{file} ({part or 'package'})", limits, folder)
    _read(archive, posixpath.join(folder, "_rels", f"{name}.rels"), reader)
    return reader.found


class _Relationships(PartReader):
    def __init__(self, where: str, limits: Limits, folder: str) -> None:
        super().__init__(where, limits)
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        whole = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = kind, whole


class _Workbook(PartReader):
    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = False

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            state = attributes.get("state", "visible")
            self.sheets.append((attributes.get("name", ""), state, relation))
            if len(self.sheets) > self.limits.sheets:
                what = Message("The workbook has too many sheets")
                most = self.limits.sheets
                raise too_much(what, f"> {most}", most, self.where)
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _SharedStrings(PartReader):
    """Texts, without the phonetic hints that East Asian ones may have."""

    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._taking = self._phonetic = False
        self._characters = self._length = 0

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._taking = not self._phonetic
        elif name == "si":
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._phonetic = True

    def text(self, piece: str) -> None:
        if not self._taking:
            return
        self._pieces.append(piece)
        self._length += len(piece)
        self._characters += len(piece)
        if self._length > self.limits.cell_characters:
            what = Message("The text of a cell is too long")
            raise too_much(what, f"> {self.limits.cell_characters}", self.limits.cell_characters,
                           self.where)  # fmt: skip
        if self._characters > self.limits.characters:
            raise _too_much_text(self.where, self.limits)

    def take_end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append("".join(self._pieces))
            if len(self.strings) > self.limits.cells:
                raise too_many_cells(self.where, self.limits)


def _too_much_text(where: str, limits: Limits) -> FileFault:
    what = Message("The file holds too much text")
    return too_much(what, f"> {limits.characters}", limits.characters, where)
