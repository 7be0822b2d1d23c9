"""Text of before Unicode is read where its words or its font tell it, and nothing else is."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_texts import TONES, in_tcvn3, in_vni
from openpyxl.styles import Font

from geodata.errors import FileFault
from geodata.readers.damaged_text import text_damage, verify_name
from geodata.readers.legacy_encodings import (
    TCVN3,
    VNI,
    Evidence,
    decode_tcvn3,
    decode_vni,
)
from geodata.readers.tables import read_sheets
from geodata.vietnamese_spelling import is_syllable, strange_sign, without_lookalikes

NAMES = [
    "Xã Bình Lư", "Phường Đoàn Kết", "Xã Sin Suối Hồ", "Bản Nà Cà", "Xã Mường Tè", "Xã Pa Vệ Sủ",
    "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Tỷ lệ nghèo (%)", "Xã Tủa Sín Chải", "Xã Khổng Lào",
]  # fmt: skip


def words_of(path: Path) -> list[object]:
    (sheet,) = read_sheets(path)
    return [value for row in sheet.rows for value in row.values]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_comes_back_from_the_encodings_it_was_written_in(name: str) -> None:
    assert decode_tcvn3(in_tcvn3(name)) == name
    assert decode_vni(in_vni(name)) == name


SYLLABLES = st.sampled_from(sorted({word for name in NAMES for word in name.split()}))


@given(st.lists(SYLLABLES, min_size=1, max_size=30))
def test_no_text_is_taken_for_one_of_another_encoding(words: list[str]) -> None:
    text = " ".join(words)
    for written, encoding in ((in_tcvn3(text), TCVN3), (in_vni(text), VNI), (text, "")):
        evidence = Evidence()
        evidence.add(written)
        assert evidence.clear() in (encoding, "")


@pytest.mark.parametrize(
    ("codec", "write", "encoding"),
    [
        ("latin-1", in_tcvn3, "TCVN3"),
        ("latin-1", in_vni, "VNI"),
        ("utf-8", in_tcvn3, "TCVN3"),
        ("utf-8", in_vni, "VNI"),
        ("utf-8", str, ""),
        ("utf-8-sig", str, ""),
        ("utf-16", str, ""),
        ("utf-16-le", str, ""),
        ("utf-16-be", str, ""),
    ],
)
def test_a_text_table_is_read_in_whatever_encoding_it_is(
    tmp_path, codec: str, write, encoding: str
) -> None:
    path = tmp_path / "b.csv"
    lines = [f"{number};{name}" for number, name in enumerate(NAMES)]
    path.write_bytes("\n".join(write(line) for line in ["TT;Tên xã", *lines]).encode(codec))
    (sheet,) = read_sheets(path)
    assert [row.values[1] for row in sheet.rows[1:]] == NAMES
    assert (sheet.encoding, sheet.converted_cells) == (encoding, len(NAMES) + 1 if encoding else 0)


def test_windows_1258_is_composed(tmp_path) -> None:
    marked = "".join(
        unicodedata.normalize("NFC", d[0] + "".join(m for m in d[1:] if m not in TONES))
        + "".join(m for m in d[1:] if m in TONES)
        for d in (unicodedata.normalize("NFD", letter) for letter in "; ".join(NAMES))
    )
    (tmp_path / "b.csv").write_bytes(marked.encode("cp1258"))
    (sheet,) = read_sheets(tmp_path / "b.csv")
    assert [str(value).strip() for value in sheet.rows[0].values] == NAMES
    assert (sheet.encoding, sheet.converted_cells) == ("windows-1258", len(NAMES))


def test_bytes_that_spell_nothing_are_refused(tmp_path) -> None:
    (tmp_path / "b.csv").write_bytes("Größe;Müller\nStraße;Käse\n".encode("latin-1"))
    with pytest.raises(FileFault) as found:
        read_sheets(tmp_path / "b.csv")
    assert "TCVN3" in found.value.allowed


def workbook(folder: Path, rows: list[list[object]], fonts: dict[str, str]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, font in fonts.items():
        book.active[cell].font = Font(name=font)
    book.save(folder / "b.xlsx")
    return folder / "b.xlsx"


def test_a_font_tells_the_encoding_of_its_cell_alone(tmp_path) -> None:
    rows = [["Bản Nà Cà", in_tcvn3("Hồ"), in_vni("Hồ")], [in_tcvn3("đoàn kết"), "Hà", "Tà Gia"]]
    fonts = {"B1": ".VnTime", "C1": "VNI-Times", "A2": ".VnTimeH", "B2": ".VnTime"}
    path = workbook(tmp_path, rows, fonts)
    assert words_of(path) == ["Bản Nà Cà", "Hồ", "Hồ", "ĐOÀN KẾT", "Hà", "Tà Gia"]


def test_signs_of_latin_in_a_table_of_unicode_are_left_alone(tmp_path) -> None:
    rows = [
        ["Tên bản", "Ghi chú", "Kích thước", "Vĩ độ"],
        ["Bản Thử A", "½ số hộ là hộ nghèo", "8×12 m", "22,3°"],
        ["Bé", "½", "×", "m²"],
    ]
    path = workbook(tmp_path, rows, {})
    assert words_of(path) == [value for row in rows for value in row]
    assert read_sheets(path)[0].encoding == ""


def test_a_column_of_an_old_encoding_beside_one_of_unicode_is_converted_alone(tmp_path) -> None:
    rows = [[name, in_tcvn3(name)] for name in NAMES]
    path = workbook(tmp_path, rows, {})
    assert words_of(path) == [name for name in NAMES for _ in range(2)]


def test_capitals_written_with_small_letters_are_capitals_again() -> None:
    assert decode_tcvn3(in_tcvn3("HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025")) == (
        "HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025"
    )
    assert decode_tcvn3("TØnh Lai Ch©u") == "Tỉnh Lai Châu"


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("ThÃ´n PhÃº MÃ´n", True), ("Báº£n NÃ\u00a0 CÃ\u00a0", True), ("Ä‘Æ°á»\u009dng", True),
        ("B\ufffdn", True), ("B&#7843;n", True), ("A &amp; B", True), ("Nà_x000D_", True),
        ("B?n Nà", True), ("Bản Thác Tình", False), ("XÃ BÌNH LƯ", False), ("XÃ\u00a0BAN", False),
        ("Số hộ?", False), ("Công ty A & B; C", False), ("½ số hộ, 8×12 m, 22°", False),
        ("Đã có chưa? Có", False),
    ],
)  # fmt: skip
def test_damage_is_told_by_its_traces(text: str, damaged: bool) -> None:
    assert (text_damage(text) is not None) is damaged


@pytest.mark.parametrize(
    "name",
    ["Bản Nà Cà", "Đắk R'Lấp", "Ia Drăng", "Buôn Ƀlang Êñuôl", "Ê̆a Kŏ̆ Čư Ŭ", "Krông Pa",
     "Sì Lở Lầu (cũ)", "Tổ 1/2", "Ea H’leo", "Thôn 3, 4", "Fa Zì Woá", "Ðoàn Kết"],
)  # fmt: skip
def test_names_of_all_peoples_of_the_country_are_names(name: str) -> None:
    verify_name("b.csv:2", name)


@pytest.mark.parametrize("name", ["B¶n Nµ", "Thôn Ж", "村", "Nà Cà?", "Bản <b>", "Nà=Cà", "Å"])
def test_signs_that_no_name_is_written_with_are_strange(name: str) -> None:
    assert strange_sign(without_lookalikes(name))
    with pytest.raises(FileFault) as found:
        verify_name("b.csv:2 Tên", name)
    assert found.value.where == "b.csv:2 Tên"
    assert all(found.value.message(language) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("word", "known"),
    [("nghiêng", True), ("gì", True), ("quỳnh", True), ("Thuỷ", True), ("ĐOÀN", True),
     ("các", True), ("càc", False), ("hoá", True), ("bß", False), ("tên", True), ("tªn", False),
     ("nghìo", False), ("x", False), ("áà", False), ("Müller", False)],
)  # fmt: skip
def test_syllables_are_told_from_other_words(word: str, known: bool) -> None:
    assert is_syllable(word) is known
    assert is_syllable(unicodedata.normalize("NFD", word)) is known


@pytest.mark.slow
def test_reading_legacy_text_costs_no_more_than_reading_other_text(tmp_path) -> None:
    made = io.StringIO()
    for number in range(3_000):
        made.write(f"{number};{in_tcvn3('Xã Bình Lư')} {number}\n")
    (tmp_path / "b.csv").write_bytes(made.getvalue().encode("latin-1"))
    (sheet,) = read_sheets(tmp_path / "b.csv")
    assert sheet.rows[-1].values[1] == "Xã Bình Lư 2999"
    assert sheet.converted_cells == 3_000


@pytest.mark.parametrize("copies", [1, 2, 40])
def test_one_word_of_letters_that_unicode_has_too_is_left_as_it_stands(tmp_path, copies) -> None:
    book = openpyxl.Workbook()
    for _ in range(copies):
        book.active.append(["aá", "aá"])
    book.save(tmp_path / "b.xlsx")
    (sheet,) = read_sheets(tmp_path / "b.xlsx")
    assert {value for row in sheet.rows for value in row.values} == {"aá"}
    assert sheet.encoding == ""
