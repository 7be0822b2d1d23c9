"""A table pasted from Excel or Word is read as the sheet it was copied from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import FileFault
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.pasted import read_pasted
from geodata.readers.sheet import CellRange, CellStyle
from geodata.readers.tables import read_sheets


def rows_of(text: str) -> list[list[str]]:
    return [row.texts() for sheet in read_pasted(text) for row in sheet.rows]


def outcome(text: str) -> object:
    """The sheets of a text, or the words by which it is refused."""
    try:
        return read_pasted(text)
    except FileFault as fault:
        return fault.message("vi")


EXCEL = """Version:1.0
StartHTML:0000000105
<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>
<!--table {mso-displayed-decimal-separator:"\\,";} .xl65 {font-family:".VnTime";} --></style></head>
<body><table border=0><!--StartFragment-->
 <tr height=20><td rowspan=2 class=xl65>TT</td><td rowspan=2>Tên xã</td>
  <td colspan=2 style='font-weight:700'>Hộ nghèo</td></tr>
 <tr><td>Số hộ</td><td>Tỷ lệ<br>  (%)</td></tr>
 <tr><td align=right x:num>1</td><td>Bình&nbsp;Lư &amp; A</td><td align=right>902</td>
  <td style='mso-number-format:"0\\.0%"'>22,3</td></tr>
 <tr style='display:none'><td>2<td>Tả Lèng<td>898<td><s>32,71</s></tr>
<!--EndFragment--></table></body></html>"""


def test_the_html_of_a_clipboard_keeps_merges_looks_and_what_is_hidden() -> None:
    (sheet,) = read_pasted(EXCEL)
    assert [row.texts() for row in sheet.rows] == [
        ["TT", "Tên xã", "Hộ nghèo"],
        ["", "", "Số hộ", "Tỷ lệ (%)"],
        ["1", "Bình Lư & A", "902", "22,3"],
        ["2", "Tả Lèng", "898", "32,71"],
    ]
    assert sheet.merged == (CellRange(1, 1, 2, 1), CellRange(1, 2, 2, 2), CellRange(1, 3, 1, 4))
    assert sheet.hidden_rows == {4}
    assert sheet.style(sheet.rows[0], 3).bold
    assert sheet.style(sheet.rows[2], 4) == CellStyle("0.0%")
    assert sheet.style(sheet.rows[3], 4).struck


def test_a_table_of_word_in_an_old_font_is_read() -> None:
    cell = "<td><p class=MsoNormal><span style='font-family:\".VnTime\"'>{}</span><o:p></o:p></p>"
    text = f"<TABLE><TR>{cell.format('B×nh L&shy;')}</td>{cell.format('5.522')}</TABLE>"
    (sheet,) = read_pasted(text)
    assert sheet.rows[0].values == ("Bình Lư", "5.522")
    assert (sheet.encoding, sheet.converted_cells) == ("TCVN3", 1)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("TT\tTên xã\tSố, hộ\n1\tA; B\t1,5\n", [["TT", "Tên xã", "Số, hộ"], ["1", "A; B", "1,5"]]),
        ('a\t"b\nc"\r\n1\t2\r\n', [["a", "b c"], ["1", "2"]]),
        ("Xã;Số\nA;1,5\n", [["Xã", "Số"], ["A", "1,5"]]),
        ("<table><tr><td>a<table><tr><td>b</table>c<td>d</table>", [["abc", "d"]]),
        ("<table><tr><td>1</table>x<table><td>2</table>", [["1"], ["2"]]),
        ("<table><tr><td>1<script>9</script><!-- <td>8 -->2</td></tr>", [["12"]]),
        ("<table><tr><td>&lt;b&gt; 3 &#60; 4", [["<b> 3 < 4"]]),
    ],
)
def test_rows_and_cells_are_parted_as_they_were_copied(text: str, rows) -> None:
    assert rows_of(text) == rows


@given(st.text("<>tdr/able!-=\"' &;12\t\nà", max_size=300))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for written in (text, "<table>" + text, "<table><tr><td>" + text):
        assert outcome(written)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("", {}),
        ("<table></table>", {}),
        ("<table><tr><td colspan=99999>1", {}),
        ("<table>" + "<tr><td>1" * 30, {"rows": 29}),
        ("<table><tr><td>" + "a" * 20, {"cell_characters": 19}),
        ("<table><tr><td>1</table>" * 9, {"sheets": 8}),
        ("<br>" * 50 + "<table><tr><td>1", {"elements": 52}),
        ("<table><tr><td>1<td>1", {"columns": 1}),
        ("a\tb", {"characters": 2}),
    ],
)
def test_what_is_no_table_or_more_than_allowed_is_refused(text: str, limits) -> None:
    with pytest.raises(FileFault) as found:
        read_pasted(text, replace(DEFAULT_LIMITS, **limits))
    assert found.value.message("vi")
    for name, most in limits.items():
        assert read_pasted(text, replace(DEFAULT_LIMITS, **{name: most + 1}))


@pytest.mark.parametrize("piece", ["<!--", "<td ", "<", "<table", "<td style='", "&", "<!-- <td>"])
def test_marks_without_an_end_cost_no_more_than_their_length(piece: str) -> None:
    text = "<table><tr><td>x</td>" + piece * 300_000
    assert outcome(text)


def test_a_page_of_html_saved_as_xls_is_read(tmp_path) -> None:
    path = tmp_path / "b.xls"
    path.write_text(f"\ufeff<html>{EXCEL}</html>", encoding="utf-8")
    (sheet,) = read_sheets(path)
    assert sheet.rows[2].texts() == ["1", "Bình Lư & A", "902", "22,3"]
