"""What a reader decides by two things at once: either of them alone decides it too."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from xls_files import compound, label, number, record, workbook_stream

from geodata.errors import FileFault
from geodata.readers.compound_file import BrokenCompound, CompoundFile
from geodata.readers.content import verify_file
from geodata.readers.dbase import _value
from geodata.readers.html_tables import _tags
from geodata.readers.kml import read_kml
from geodata.readers.legacy_encodings import _DIFFERENT_TEXTS, Evidence
from geodata.readers.limits import DEFAULT_LIMITS, Limits
from geodata.readers.macros_and_links import verify_ods_element
from geodata.readers.tables import read_sheets
from geodata.readers.xls_strings import wide_text


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        (b"12", "N", 12),
        (b"12.0", "N", 12.0),
        (b"12.5", "F", 12.5),
        (b"1e400", "N", "1e400"),
        (b"nan", "F", "nan"),
        (b"***", "N", "***"),
        (b"20250701", "C", "20250701"),
        (b"99999999", "D", "99999999"),
        (b"y", "L", True),
        (b"F", "L", False),
        (b"T", "C", "T"),
        (b" \0", "N", None),
    ],
)
def test_a_field_of_a_dbase_table_is_a_whole_number_only_without_a_point(
    written: bytes, kind: str, value: object
) -> None:
    found = _value(written, kind, "utf-8")
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("shifts", [(9, 7), (8, 6), (0, 0)])
def test_sectors_of_another_size_are_refused_large_or_small(shifts: tuple[int, int]) -> None:
    raw = bytearray(compound(workbook_stream(("A", number(0, 0, 1.0)))))
    assert CompoundFile(bytes(raw)).stream("Workbook")
    struct.pack_into("<HH", raw, 30, *shifts)
    with pytest.raises(BrokenCompound, match="sector size"):
        CompoundFile(bytes(raw))


def test_a_file_of_as_many_bytes_as_allowed_is_looked_into_and_a_larger_one_is_not(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("xã;dân số\n", encoding="utf-8")
    size = path.stat().st_size
    verify_file(path, Limits(file_bytes=size))
    with pytest.raises(FileFault, match="too large"):
        verify_file(path, Limits(file_bytes=size - 1))


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<!-- a --><td>1</td>", [(False, "td", "", "1"), (True, "td", "", "")]),
        (
            "<td>1<!-- <td> -->2</td>",
            [(False, "td", "", "1"), (False, "comment", "", "2"), (True, "td", "", "")],
        ),
        ("<td>1<!-- without end", [(False, "td", "", "1<!-- without end")]),
        (
            "<style>a</style><td/>2",
            [
                (False, "style", "", ""),
                (True, "style", "", ""),
                (False, "td", "/", "2"),
            ],
        ),
    ],
)
def test_comments_and_styles_are_no_text_wherever_they_stand(
    text: str, tags: list[tuple[bool, str, str, str]]
) -> None:
    assert list(_tags(text)) == tags


def test_a_text_of_a_placemark_that_is_too_long_is_refused_and_one_at_the_limit_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "b.kml"
    path.write_text(
        "<kml><Placemark><name>Bản Nà Cà</name>"
        "<Point><coordinates>103.3,22.1</coordinates></Point></Placemark></kml>",
        encoding="utf-8",
    )
    (feature,) = read_kml(path, Limits(cell_characters=9)).features
    assert feature.fields == {"name": "Bản Nà Cà"}
    with pytest.raises(FileFault) as refused:
        read_kml(path, Limits(cell_characters=8))
    assert refused.value.where == "b.kml:1 name"


def test_as_many_different_texts_are_kept_as_speak_for_an_encoding() -> None:
    evidence = Evidence()
    for each in range(_DIFFERENT_TEXTS + 2):
        evidence.add(f"Hòa{chr(0xE0 + each % 20)} {'a' * each}")
    assert len(evidence._texts) == _DIFFERENT_TEXTS


@pytest.mark.parametrize(
    ("attributes", "refused"),
    [
        ({"table:formula": "of:='file:///x.ods'#$A.B1"}, True),
        ({"office:string-value": "of:='file:///x.ods'#$A.B1"}, False),
        ({"table:formula": "of:=\"'file:///x.ods'#$A\""}, False),
        ({"table:formula": "of:=[.A1]"}, False),
    ],
)
def test_a_formula_that_names_another_file_is_refused_and_a_text_that_looks_so_is_not(
    attributes: dict[str, str], refused: bool
) -> None:
    if refused:
        with pytest.raises(FileFault):
            verify_ods_element("table:table-cell", attributes, "a.ods")
    else:
        verify_ods_element("table:table-cell", attributes, "a.ods")


@pytest.mark.parametrize(
    ("width", "flags", "hidden"), [(2000, 0, set()), (2000, 1, {2, 3}), (0, 0, {2, 3})]
)
def test_columns_are_hidden_by_their_mark_or_by_having_no_width(
    tmp_path: Path, width: int, flags: int, hidden: set[int]
) -> None:
    columns = record(0x7D, struct.pack("<6H", 1, 2, width, 0, flags, 0))
    path = tmp_path / "a.xls"
    path.write_bytes(compound(workbook_stream(("A", columns + label(0, 3, "x")))))
    (sheet,) = read_sheets(path)
    assert set(sheet.hidden_columns) == hidden


def test_columns_are_hidden_up_to_the_last_one_that_is_read(tmp_path: Path) -> None:
    columns = record(0x7D, struct.pack("<6H", 498, 999, 0, 0, 1, 0))
    path = tmp_path / "a.xls"
    path.write_bytes(compound(workbook_stream(("A", columns + label(0, 0, "x")))))
    (sheet,) = read_sheets(path)
    assert set(sheet.hidden_columns) == set(range(499, DEFAULT_LIMITS.columns + 1))


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"\0abc", "abc"), (b"\1a\0b\0c\0", "abc"), (b"\4abc", "abc"), (b"", "")],
)
def test_letters_are_wide_by_their_flag_alone(raw: bytes, text: str) -> None:
    assert wide_text(raw, 0, 3) == text
