"""Workbooks of before 2007 give the same sheets as later ones, and hang on no broken chain."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlrd
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xls_files import (
    EOF,
    bof,
    cell_format,
    compound,
    font,
    label,
    number,
    number_format,
    record,
    shared,
    shared_label,
    wide,
    workbook_stream,
    xls,
)

from geodata.errors import FileFault
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.sheet import CellRange, CellStyle
from geodata.readers.tables import read_sheets, the_sheet
from geodata.readers.xls_sheet import rk_number
from geodata.readers.xls_strings import SharedStrings

SYNTHETIC = Path(__file__).parents[1] / "synthetic"
LOOKS = (
    font("Arial")
    + font(".VnTime", bold=True)
    + font("Arial", struck=True)
    + number_format(164, "00000")
    + number_format(165, "dd/mm/yyyy")
    + cell_format()
    + cell_format(1)
    + cell_format(2, 10)
    + cell_format(0, 164)
    + cell_format(0, 165)
)


def refusal(path: Path, **limits: int) -> FileFault:
    with pytest.raises(FileFault) as found:
        read_sheets(path, replace(DEFAULT_LIMITS, **limits))
    assert all(found.value.message(language) for language in ("vi", "en"))
    return found.value


def written(folder: Path, raw: bytes) -> Path:
    (folder / "b.xls").write_bytes(raw)
    return folder / "b.xls"


def test_values_looks_merges_and_what_is_hidden_are_kept(tmp_path) -> None:
    texts = shared("Tên xã", "B×nh L\u00ad")
    cells = (
        record(0x208, struct.pack("<4H", 1, 0, 5, 300) + b"\0" * 4 + struct.pack("<I", 0x20))
        + record(0x208, struct.pack("<4H", 2, 0, 5, 0) + b"\0" * 8)
        + record(0x7D, struct.pack("<6H", 2, 3, 2000, 0, 1, 0))
        + shared_label(0, 0, 0)
        + shared_label(1, 0, 1, look=1)
        + number(1, 1, 0.195, look=2)
        + number(1, 2, 3390, look=3)
        + number(1, 3, 46203, look=4)
        + label(2, 1, "nhãn")
        + record(0x205, struct.pack("<HHHBB", 2, 2, 0, 1, 0))
        + record(0x205, struct.pack("<HHHBB", 2, 3, 0, 7, 1))
        + record(0x27E, struct.pack("<HHHI", 3, 0, 0, (48 << 2) | 2))
        + record(0xBD, struct.pack("<HHHIHIH", 3, 1, 0, (210 << 2) | 3, 0, (7 << 2) | 2, 2))
        + record(0xE5, struct.pack("<H4H", 1, 0, 0, 0, 3))
    )
    path = xls(tmp_path / "b.xls", ("Biểu", cells), ("Nháp", b""), more=LOOKS + texts, state=2)
    first, second = read_sheets(path)
    assert [row.values for row in first.rows] == [
        ("Tên xã",),
        ("Bình Lư", 0.195, "03390", dt.datetime.fromisoformat("2026-06-30")),
        (None, "nhãn", True, "#DIV/0!"),
        (48, 2.1, 7),
    ]
    assert first.merged == (CellRange(1, 1, 1, 4),)
    assert (first.hidden_rows, first.hidden_columns) == ({2, 3}, {3, 4})
    assert first.style(first.rows[1], 1) == CellStyle("General", ".VnTime", bold=True)
    share = first.style(first.rows[1], 2)
    assert (share.number_format, share.percent, share.struck) == ("0.00%", True, True)
    assert (second.name, second.hidden, second.rows) == ("Nháp", True, ())
    assert (first.encoding, first.converted_cells) == ("TCVN3", 1)


def formula(result: bytes) -> bytes:
    return record(0x06, struct.pack("<HHH", 0, 0, 0) + result + b"\0" * 8)


@pytest.mark.parametrize(
    ("records", "value"),
    [
        (formula(struct.pack("<d", 12.5)), 12.5),
        (formula(b"\0" * 6 + b"\xff\xff")
         + record(0x207, struct.pack("<H", 2) + wide("Nà")), "Nà"),
        (formula(b"\1\0\1\0\0\0\xff\xff"), True),
        (formula(b"\2\0\x2a\0\0\0\xff\xff"), "#N/A"),
    ],
)  # fmt: skip
def test_a_formula_counts_by_its_result(tmp_path, records: bytes, value) -> None:
    assert the_sheet(xls(tmp_path / "b.xls", ("A", records))).rows[0].values == (value,)


@pytest.mark.slow
@given(st.lists(st.text("aàạđL\u00adư ", min_size=1, max_size=9), min_size=1, max_size=12),
       st.integers(4, 60))  # fmt: skip
def test_shared_texts_may_part_anywhere(tmp_path_factory, texts: list[str], length: int) -> None:
    pieces, at = [struct.pack("<II", len(texts), len(texts))], 0
    for text in texts:
        head = struct.pack("<HB", len(text), 1)
        # A head of three bytes never parts; the letters do, each piece behind flags of its own.
        if len(pieces[-1]) + 3 > length + 8:
            pieces.append(b"")
        pieces[-1] += head
        for letter in text:
            if len(pieces[-1]) + 2 > length + 8:
                pieces.append(b"\1")
            pieces[-1] += letter.encode("utf-16-le")
        at += 1
    strings = record(0xFC, pieces[0]) + b"".join(record(0x3C, piece) for piece in pieces[1:])
    cells = b"".join(shared_label(row, 0, row) for row in range(at))
    path = xls(tmp_path_factory.mktemp("x") / "b.xls", ("A", cells), more=strings)
    (sheet,) = read_sheets(path)
    page = xlrd.open_workbook(path, logfile=io.StringIO()).sheet_by_index(0)
    assert [page.cell_value(row, 0) for row in range(at)] == texts
    if not sheet.encoding:
        assert [row.values[0] for row in sheet.rows] == texts


@given(st.integers(0, 2**32 - 1))
def test_packed_numbers_are_read_as_another_reader_reads_them(packed: int) -> None:
    expected = xlrd.sheet.unpack_RK(struct.pack("<I", packed))
    assert rk_number(packed) == expected or (expected != expected)  # noqa: PLR0124


def test_texts_of_one_byte_a_letter_are_read_by_their_page(tmp_path) -> None:
    cells = record(0x204, struct.pack("<HHHH", 0, 0, 0, 6) + "B×nh L".encode("latin-1"))
    cells += record(0x204, struct.pack("<HHHH", 1, 0, 0, 7) + "§oµn KÕ".encode("latin-1")[:7])
    stream = workbook_stream(("A", cells), version=0x500)
    path = written(tmp_path, compound(stream, "Book"))
    assert [row.values for row in the_sheet(path).rows] == [("Bình L",), ("Đoàn Kế",)]
    marked = record(0x204, struct.pack("<HHHH", 0, 0, 0, 4) + "Ba\u0309n".encode("cp1258"))
    page = record(0x42, struct.pack("<H", 1258))
    stream = workbook_stream(("A", marked), more=page, version=0x500)
    assert the_sheet(written(tmp_path, compound(stream, "Book"))).rows[0].values == ("Bản",)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (compound(workbook_stream(("A", b""), more=record(0x2F, b"\1\0"))), "password"),
        (compound(b"x", "EncryptedPackage"), "password"),
        (compound(b"x", "WordDocument"), "not what the file's name says"),
        (compound(workbook_stream(("A", b""), version=0x400)), "version"),
        (compound(record(0x09, b"\2\0\x10\0")), "version"),
        (b"PK\3\4", "not what"),
        (compound(workbook_stream(("A", b"")))[:700], "cannot be read"),
        (
            compound(
                workbook_stream(("A", record(0x203, b"\0\0"))),
            ),
            "cannot be read",
        ),
        (compound(workbook_stream(("A", shared_label(0, 0, 9)))), "cannot be read"),
        (compound(workbook_stream(("A", record(0xE5, b"\xff\xff")))), "cannot be read"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_in_words(tmp_path, raw: bytes, words: str) -> None:
    assert words in refusal(written(tmp_path, raw)).what["en"]


def test_a_workbook_with_a_password_in_the_new_format_is_told_by_its_streams(tmp_path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(compound(b"x", "EncryptedPackage"))
    assert refusal(path).what["en"] == "The file has a password"
    path.write_bytes(compound(workbook_stream(("A", b""))))
    assert "another suffix" in refusal(path).what["en"]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_a_workbook_that_excel_would_ask_a_password_for_is_refused_with_the_way_out(
    tmp_path, suffix: str
) -> None:
    """Encrypted as ECMA-376 has it (MS-OFFCRYPTO 2.3.4): data spaces and two streams."""
    path = tmp_path / f"b{suffix}"
    path.write_bytes((SYNTHETIC / "locked.xlsx").read_bytes())
    told = refusal(path)
    assert told.what["en"] == "The file has a password"
    assert told.remedy["vi"].startswith("Bỏ mật khẩu")


def test_days_that_count_from_1904_are_the_same_days(tmp_path) -> None:
    cells, since_1904 = number(0, 0, 46203 - 1462, look=4), record(0x22, struct.pack("<H", 1))
    path = xls(tmp_path / "b.xls", ("A", cells), more=since_1904 + LOOKS)
    day = dt.datetime.fromisoformat("2026-06-30")
    assert the_sheet(path).rows[0].values == (day,)
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = day
    book.save(tmp_path / "b.xlsx")
    assert the_sheet(tmp_path / "b.xlsx").rows[0].values == (day,)


@pytest.mark.parametrize(
    ("cells", "limits"),
    [
        (number(20_000, 0, 1), {}),
        (number(0, 2, 1), {"columns": 2}),
        (number(2, 0, 1), {"rows": 2}),
        (number(0, 0, 1) * 3, {"cells": 2}),
        (record(0x5D) * 50, {"elements": 51}),
        (label(0, 0, "abcd"), {"cell_characters": 3}),
        (label(0, 0, "abcd"), {"characters": 3}),
        (record(0xE5, struct.pack("<H4H", 1, 0, 0, 0, 1) + b"\0" * 8) * 100_001, {}),
    ],
)
def test_more_than_allowed_is_refused(tmp_path, cells: bytes, limits) -> None:
    path = xls(tmp_path / "b.xls", ("A", cells))
    assert refusal(path, **limits).allowed_text("en")
    for name, most in limits.items():
        assert read_sheets(path, replace(DEFAULT_LIMITS, **{name: most + 1}))


def test_a_chart_within_a_sheet_is_passed_over(tmp_path) -> None:
    cells = number(0, 0, 1) + bof(0x20) + number(0, 1, 2) + EOF + number(0, 2, 3)
    assert the_sheet(xls(tmp_path / "b.xls", ("A", cells))).rows[0].values == (1, None, 3)


def test_a_workbook_of_many_sectors_is_read_to_its_end(tmp_path) -> None:
    # Above 7 MB the list of the allocation table continues outside the header.
    filler = record(0x5D, b"\0" * 8_000) * 1_000
    path = xls(tmp_path / "b.xls", ("A", filler + number(0, 0, 7)))
    assert the_sheet(path).rows[0].values == (7,)
    assert xlrd.open_workbook(path, logfile=io.StringIO()).sheet_by_index(0).cell_value(0, 0) == 7


def test_a_sheet_that_starts_nowhere_is_refused(tmp_path) -> None:
    stream = workbook_stream(("A", b""))
    place = stream.index(record(0x85)[:2]) + 4
    changed = stream[:place] + struct.pack("<I", 0xFFFFFF) + stream[place + 4 :]
    assert refusal(written(tmp_path, compound(changed))).where == "b.xls"


def chains(raw: bytes, start: int, value: int) -> bytes:
    """The file with one link of its allocation table changed."""
    at = len(raw) - 512 + 4 * start
    return raw[:at] + struct.pack("<I", value) + raw[at + 4 :]


@pytest.mark.parametrize("target", [0, 2, 7, 99, 0x7FFFFFFF])
def test_a_chain_of_sectors_without_end_is_refused(tmp_path, target: int) -> None:
    raw = compound(workbook_stream(("A", b"".join(number(r, 0, r) for r in range(200)))))
    assert refusal(written(tmp_path, chains(raw, 5, target))).what["en"] == (
        "The file cannot be read"
    )


def test_small_streams_and_a_tree_that_bites_its_tail_end(tmp_path) -> None:
    raw = bytearray(compound(workbook_stream(("A", b""))))
    directory = raw.index("Root Entry".encode("utf-16-le"))
    small = bytearray(raw)
    struct.pack_into("<IQ", small, directory + 128 + 116, 0, 100)
    assert refusal(written(tmp_path, bytes(small))).what["en"] == "The file cannot be read"
    struct.pack_into("<3I", raw, directory + 128 + 68, 1, 1, 1)
    assert the_sheet(written(tmp_path, bytes(raw))).rows == ()


@pytest.mark.slow
def test_broken_workbooks_are_read_or_refused_in_words(tmp_path) -> None:
    cells = number(1, 1, 2) + label(0, 0, "Tên bản") + shared_label(1, 0, 0)
    raw = compound(workbook_stream(("A", cells), more=LOOKS + shared("Nà Cà")))
    rng, refused = random.Random("xls"), 0
    for _ in range(400):
        content = bytearray(raw)
        for _ in range(rng.randint(1, 30)):
            content[rng.randrange(8, len(content))] = rng.randrange(256)
        try:
            read_sheets(written(tmp_path, bytes(content)))
        except FileFault as fault:
            refused += bool(fault.message("vi") and fault.message("en"))
    assert refused > 40


def shared_text(words: str, runs: int = 0, hint: int = 0) -> bytes:
    """A text with the looks of its letters and the hint how it is spoken behind it."""
    flags = (0x08 if runs else 0) | (0x04 if hint else 0)
    head = struct.pack("<HB", len(words), flags)
    head += struct.pack("<H", runs) if runs else b""
    head += struct.pack("<I", hint) if hint else b""
    return head + words.encode("latin-1") + b"\xff" * (4 * runs + hint)


def test_looks_and_hints_behind_a_text_are_passed_over() -> None:
    texts = shared_text("one"), shared_text("two", runs=2), shared_text("three", hint=5)
    texts = (*texts, shared_text("four", runs=1, hint=3), shared_text("five"))
    piece = struct.pack("<2I", 5, 5) + b"".join(texts)
    read = SharedStrings([piece], DEFAULT_LIMITS, "b.xls").read()
    assert read == ["one", "two", "three", "four", "five"]
    assert SharedStrings([], DEFAULT_LIMITS, "b.xls").read() == []
    assert SharedStrings([struct.pack("<2I", 0, 0)], DEFAULT_LIMITS, "b.xls").read() == []
    for parts in ([piece[:-2], piece[-2:]], [piece[:12], b"\0" + piece[12:]]):
        # A continuation begins with the width of its letters where it parts a text.
        found = SharedStrings(parts, DEFAULT_LIMITS, "b.xls").read()
        assert len(found) == 5


def test_as_many_shared_texts_are_read_as_a_table_may_have_cells() -> None:
    piece = struct.pack("<2I", 2, 2) + shared_text("ab") + shared_text("cd")
    for limits in (replace(DEFAULT_LIMITS, cells=2), replace(DEFAULT_LIMITS, characters=4)):
        assert SharedStrings([piece], limits, "b.xls").read() == ["ab", "cd"]
    for limits in (replace(DEFAULT_LIMITS, cells=1), replace(DEFAULT_LIMITS, characters=3)):
        with pytest.raises(FileFault):
            SharedStrings([piece], limits, "b.xls").read()
