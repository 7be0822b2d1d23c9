"""Files broken at random: every one is read or refused in words, none ends in another error."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from ods_files import number_cell, ods, row, table, text_cell
from xls_files import label, xls

from geodata.errors import FileFault
from geodata.point_tables.table_file import read_table_file
from geodata.readers.tables import read_sheets
from geodata.villages.village_headings import VILLAGE_VOCABULARY

pytestmark = pytest.mark.slow

PIECES = [b'"', b"-1", b"\xff\xfe", b"999999999999", b"null", b"[", b"\0", b"<", b"&#0;", b"1e999"]
FILES_OF_A_KIND = 150


def frame() -> gpd.GeoDataFrame:
    shapes = [shapely.box(103, 22, 103.1, 22.1), shapely.Point(103.2, 22.2)]
    return gpd.GeoDataFrame({"Tên bản": ["Nà Cà", "B"], "Số hộ": [1, 2]}, geometry=shapes, crs=4326)


def write_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên bản", "Số hộ"])
    book.active.append(["Nà Cà", 1.5])
    book.active.merge_cells("A3:B3")
    book.save(path)


WRITERS: dict[str, Callable[[Path], object]] = {
    ".csv": lambda path: path.write_text('Tên bản,"Số\nhộ"\nNà Cà,1\n', encoding="utf-8"),
    ".geojson": lambda path: frame().to_file(path),
    ".gpkg": lambda path: frame().to_file(path),
    ".kml": lambda path: path.write_text(
        "<kml><Placemark><name>Nà Cà</name><Point><coordinates>103.3,22.1</coordinates></Point>"
        "</Placemark></kml>", encoding="utf-8"),
    ".xlsx": write_workbook,
    ".ods": lambda path: ods(path, table("A", row(text_cell("Tên bản"), text_cell("Số hộ")),
                                         row(text_cell("Nà Cà"), number_cell(1.5)))),
    ".xls": lambda path: xls(path, ("A", label(0, 0, "Tên bản") + label(1, 0, "Nà Cà"))),
}  # fmt: skip


def broken(raw: bytes, rng: random.Random) -> bytes:
    """The bytes with some changed, left out or put in, or cut off."""
    content = bytearray(raw)
    for _ in range(rng.randint(1, 10)):
        at, way = rng.randrange(len(content) + 1), rng.random()
        if way < 0.5:
            content[at : at + 1] = bytes([rng.randrange(256)])
        elif way < 0.7:
            del content[at : at + rng.randint(1, 20)]
        elif way < 0.95:
            content[at:at] = rng.choice(PIECES)
        else:
            del content[at:]
    return bytes(content)


def broken_inside(raw: bytes, rng: random.Random) -> bytes:
    """A workbook, sound as an archive, with one part broken."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as whole, zipfile.ZipFile(made, "w") as changed:
        hit = rng.choice([part for part in whole.namelist() if "theme" not in part])
        for part in whole.namelist():
            content = whole.read(part)
            changed.writestr(part, broken(content, rng) if part == hit else content)
    return made.getvalue()


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_broken_file_is_read_or_refused_in_words(tmp_path: Path, suffix: str) -> None:
    rng = random.Random(suffix)
    whole = tmp_path / f"whole{suffix}"
    WRITERS[suffix](whole)
    raw, refused = whole.read_bytes(), 0
    for number in range(FILES_OF_A_KIND):
        spoil = broken_inside if suffix in (".xlsx", ".ods") and number % 2 else broken
        path = tmp_path / f"b{suffix}"
        path.write_bytes(spoil(raw, rng))
        try:
            read_table_file(path, VILLAGE_VOCABULARY)
        except FileFault as fault:
            refused += bool(fault.message("vi") and fault.message("en"))
    assert refused > FILES_OF_A_KIND // 10


@pytest.mark.parametrize("row", ['B;"chưa đóng', 'B;"giữa" chữ'])
def test_a_quotation_mark_that_is_not_closed_is_told_in_words_with_its_row(tmp_path, row) -> None:
    path = tmp_path / "b.csv"
    path.write_text(f"Tên;Số\nA;1\n{row}\nC;3\n", encoding="utf-8")
    with pytest.raises(FileFault) as refused:
        read_sheets(path)
    found = refused.value
    assert "ngoặc kép" in found.message("vi")
    assert "expected" not in found.message("vi")
    assert found.where == "b.csv:3"


def test_a_file_cut_off_is_told_in_the_readers_language_alone(tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    write_workbook(path)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(FileFault) as refused:
        read_sheets(path)
    assert "nguyên vẹn" in refused.value.message("vi")
    # What a library says of it is in English and for programmers.
    assert not refused.value.found
