"""The properties that a person or a program gave a workbook, beside its sheets.

Follows ECMA-376, part 1, 15.2.12.2 (custom file properties part) and 22.3.
"""

from __future__ import annotations

from pathlib import Path

from geodata.i18n import Message
from geodata.readers.limits import DEFAULT_LIMITS, Limits, too_much
from geodata.readers.xml_parts import PartReader, read_part
from geodata.readers.zip_package import open_package

_PART = "docProps/custom.xml"


def custom_properties(path: Path, limits: Limits = DEFAULT_LIMITS) -> dict[str, str]:
    """The texts among the custom properties of an XLSX workbook; empty where it has none.

    Raises
    ------
    FileFault
        The file is damaged or goes beyond the limits.
    """
    with open_package(path, limits) as archive:
        if _PART not in archive.namelist():
            return {}
        reader = _Properties(f"{path.name} ({_PART})", limits)
        with archive.open(_PART) as stream:
            read_part(stream, reader)
        return reader.found


class _Properties(PartReader):
    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self.found: dict[str, str] = {}
        self._name = ""
        self._is_text = False
        self._characters = 0

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self._name = attributes.get("name", "")
        elif self._name and name in ("lpwstr", "lpstr"):
            self._is_text = True
            self.found[self._name] = ""

    def text(self, piece: str) -> None:
        if not self._is_text:
            return
        self._characters += len(piece)
        if self._characters > self.limits.characters:
            what = Message("The file holds too much text")
            most = self.limits.characters
            raise too_much(what, f"> {most}", most, self.where)
        self.found[self._name] += piece

    def take_end(self, name: str) -> None:
        self._is_text = False
        if name == "property":
            self._name = ""
