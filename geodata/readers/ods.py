"""OpenDocument spreadsheets: the sheets of ``content.xml`` with their styles (ODF 1.3, part 3)."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.macros_and_links import verify_ods_element, verify_ods_parts
from geodata.readers.ods_sheet import OdsSheetReader
from geodata.readers.ods_styles import OdsStylesReader, plain_attributes
from geodata.readers.sheet import Sheet
from geodata.readers.sheet_choice import Choose, SheetName, all_sheets
from geodata.readers.xml_parts import PartReader, read_part
from geodata.readers.zip_package import locked_package, open_package

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"


def read_ods(path: Path, limits: Limits, choose: Choose = all_sheets) -> list[Sheet]:
    """Read sheets of an OpenDocument spreadsheet.

    Formulas count by their last results; one without is listed in `Sheet.unworked`. Rows and cells
    that are said to be repeated are written out, as far as they hold something.

    Parameters
    ----------
    choose
        Which sheets; what the others hold does not matter.

    Raises
    ------
    FileFault
        The file is damaged or protected, has macros, takes figures from other files, or goes beyond
        the limits.
    """
    with open_package(path, limits) as archive:
        if _MANIFEST in archive.namelist():
            manifest = _Manifest(f"{path.name} ({_MANIFEST})", limits)
            _read(archive, _MANIFEST, manifest)
            if manifest.encrypted:
                raise locked_package(path.name)
        verify_ods_parts(archive.namelist(), path.name)
        styles = OdsStylesReader(f"{path.name} ({_STYLES})", limits)
        if _STYLES in archive.namelist():
            _read(archive, _STYLES, styles)
        styles.where = f"{path.name} ({_CONTENT})"
        listed = _SheetNames(path.name, limits, styles)
        _read(archive, _CONTENT, listed)
        if not listed.names:
            raise _no_sheets(path.name)
        hidden = [style in styles.hidden_tables for style in listed.styles_of_tables]
        entries = [SheetName(*pair) for pair in zip(listed.names, hidden, strict=True)]
        made = styles.styles()
        several = len(entries) > 1
        return [
            _sheet(
                archive,
                entries[listed.names.index(name)],
                OdsSheetReader(
                    f"{path.name} [{name}]" if several else path.name,
                    limits,
                    listed.names.index(name),
                    made,
                ),
            )
            for name in choose(entries)
        ]


def _sheet(archive: ZipFile, entry: SheetName, reader: OdsSheetReader) -> Sheet:
    _read(archive, _CONTENT, reader)
    return Sheet(
        entry.name,
        tuple(reader.collector.rows),
        tuple(reader.merged),
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_columns),
        entry.hidden,
        reader.styles.cells,
        tuple(reader.unworked),
    )


def _read(archive: ZipFile, part: str, reader: PartReader) -> None:
    try:
        stream = archive.open(part)
    except KeyError:
        raise damaged(reader.where, part) from None
    with stream:
        read_part(stream, reader)


def _no_sheets(file: str) -> FileFault:
    return FileFault(
        Message("The content is not what the file's name says"),
        allowed=("OpenDocument",),
        remedy=Message("Open it in Excel or LibreOffice and save it as .xlsx"),
        where=file,
    )


class _Manifest(PartReader):
    """Whether a part of the package is encrypted."""

    encrypted = False

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        self.encrypted |= name == "encryption-data"


class _SheetNames(PartReader):
    """The names of the sheets and of their styles, and the styles that the content has itself."""

    def __init__(self, file: str, limits: Limits, styles: OdsStylesReader) -> None:
        super().__init__(styles.where, limits)
        self._file = file
        self.names: list[str] = []
        self.styles_of_tables: list[str] = []
        self._styles = styles
        self._in_styles = self._tables = 0

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        verify_ods_element(name, attributes, self._file)
        if name == "table":
            self._tables += 1
            if self._tables == 1:
                plain = plain_attributes(attributes)
                self.names.append(plain.get("name", ""))
                self.styles_of_tables.append(plain.get("style-name", ""))
                if len(self.names) > self.limits.sheets:
                    what = Message("The workbook has too many sheets")
                    most = self.limits.sheets
                    raise too_much(what, f"> {most}", most, self.where)
        elif name in ("automatic-styles", "font-face-decls"):
            self._in_styles += 1
        elif self._in_styles:
            self._styles.take_start(name, attributes)

    def take_end(self, name: str) -> None:
        if name == "table":
            self._tables -= 1
        elif name in ("automatic-styles", "font-face-decls"):
            self._in_styles -= 1
        elif self._in_styles:
            self._styles.take_end(name)
