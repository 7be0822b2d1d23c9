"""ZIP files are told by their table of contents, and by what they truly unpack to."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.errors import FileFault
from geodata.readers import xml_parts
from geodata.readers.kml import read_kml
from geodata.readers.limits import DEFAULT_LIMITS, size_text
from geodata.readers.ods import read_ods
from geodata.readers.shapefile import read_shapefile
from geodata.readers.xlsx import read_xlsx
from geodata.readers.xml_parts import PartReader, read_part
from geodata.readers.zip_package import open_package, verify_package
from geodata.table_import.prepare import prepare_table
from tests.checked_tables import made_facts

LIMITS = replace(DEFAULT_LIMITS, unpacked_bytes=1_000_000)
READERS: dict[str, tuple[str, Callable]] = {
    "a.xlsx": ("xl/workbook.xml", read_xlsx),
    "a.ods": ("content.xml", read_ods),
    "a.kmz": ("doc.kml", read_kml),
    "a.zip": ("a.shp", read_shapefile),
}


def packed(member: str, size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, b" " * size)
    return file.getvalue()


def lying(content: bytes, size: int) -> bytes:
    """The same file, whose table of contents gives a member another size."""
    at = content.rindex(b"PK\1\2")
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


@pytest.mark.parametrize("name", READERS)
def test_a_bomb_is_refused_before_anything_is_unpacked_and_its_size_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, read = READERS[name]
    path = tmp_path / name
    path.write_bytes(packed(member, 5_000_000))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something is unpacked"))
    with pytest.raises(FileFault) as found:
        read(path, LIMITS)
    assert found.value.found == "5 MB"
    assert found.value.allowed_text("vi") == "≤ 1 MB"
    with pytest.raises(FileFault):
        verify_package(path.read_bytes(), name, LIMITS)


def test_a_table_of_contents_that_lies_about_a_size_unpacks_no_more_than_it_says(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(lying(packed("xl/workbook.xml", 5_000_000), 1_000))
    read = 0

    def unpack() -> None:
        nonlocal read
        with open_package(path, LIMITS) as archive, archive.open("xl/workbook.xml") as stream:
            while piece := stream.read(500):
                read += len(piece)

    with pytest.raises(FileFault):
        unpack()
    assert read <= 1_000


def test_a_file_that_is_no_package_is_left_to_its_reader() -> None:
    verify_package(b"PK\3\4 and nothing more", "a.xlsx", LIMITS)
    verify_package(packed("xl/workbook.xml", 900_000), "a.xlsx", LIMITS)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (120_000_000, "120 MB"), (120_000_001, "121 MB")],
)
def test_a_size_is_told_with_its_unit_and_never_as_less_than_it_is(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", packed("xl/workbook.xml", 130_000_000), "F02"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "F03"),
        ("a.xlsx", b"%PDF-1.7 no workbook", "F01"),
        ("a.xlsx", b"PK\3\4 and nothing more", "F04"),
    ],
)
def test_the_report_tells_why_a_file_is_refused_by_its_code(
    name: str, content: bytes, code: str
) -> None:
    (finding,) = prepare_table(content, name, made_facts()).findings
    assert (finding.code, finding.severity) == (code, "error")
    assert finding.remedy["vi"]


def test_a_tag_is_read_as_long_as_allowed_and_refused_where_it_is_longer(monkeypatch) -> None:
    monkeypatch.setattr(xml_parts, "_PIECE", 16)
    monkeypatch.setattr(xml_parts, "_MOST_OF_A_TAG", 16)
    read_part(io.BytesIO(b"<a" + b" " * 14 + b"/>"), PartReader("b.xml", DEFAULT_LIMITS))
    with pytest.raises(FileFault) as found:
        read_part(io.BytesIO(b"<a" + b" " * 30 + b"/>"), PartReader("b.xml", DEFAULT_LIMITS))
    assert found.value.what["en"] == "An XML tag is too long"
