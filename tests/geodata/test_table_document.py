"""What a letterhead says of the document that a table belongs to."""

from __future__ import annotations

import pytest

from geodata.table_import.column_records import TableSource
from geodata.table_import.columns.table_document import stated_document
from tests.table_layouts import value_table

LETTERHEAD = (
    "UBND TỈNH LAM KHÊ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "SỞ Y TẾ",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 145/BC-SYT",
    "Lam Khê, ngày 15 tháng 7 năm 2026",
    "PHỤ LỤC 3",
    "TÌNH HÌNH TIÊM CHỦNG 6 THÁNG ĐẦU NĂM 2026",
)
STATED = TableSource(
    title="TÌNH HÌNH TIÊM CHỦNG 6 THÁNG ĐẦU NĂM 2026",
    number="145/BC-SYT",
    issuer="SỞ Y TẾ",
    date="2026-07-15",
    page="PHỤ LỤC 3",
)


def document(*lines: str) -> TableSource:
    return stated_document(value_table([("Số trẻ",)], title=lines))


def test_a_letterhead_gives_number_office_day_annex_and_title() -> None:
    assert document(*LETTERHEAD) == STATED


def test_the_document_that_a_table_is_annexed_to_goes_before_the_letterhead() -> None:
    line = "(Kèm theo Quyết định số 77/QĐ-UBND ngày 02/8/2026 của Ủy ban nhân dân tỉnh)"
    found = document(*LETTERHEAD, line)
    assert (found.number, found.date, found.issuer, found.title) == (
        "77/QĐ-UBND",
        "2026-08-02",
        "Ủy ban nhân dân tỉnh",
        STATED.title,
    )


@pytest.mark.parametrize(
    "line",
    [
        "Lam Khê, ngày 31 tháng 02 năm 2026",
        "Lam Khê, ngày …… tháng …… năm 2026",
        "Số:      /BC-SYT",
        "Số liệu có đến ngày 30/6/2026",
        "Số trường: 12/15 trường",
    ],
)
def test_what_is_left_blank_or_says_something_else_is_not_made_up(line: str) -> None:
    found = document(line, "TIÊM CHỦNG")
    assert (found.number, found.date, found.issuer) == ("", "", "")


def test_a_table_without_a_title_has_the_name_of_its_file() -> None:
    found = document("SỞ Y TẾ", "Biểu số 02/BC", "Số: 1/BC")
    assert found.title == "bang"
