"""A commune's report of a half year: done, planned, per cent and same period, by field."""

from __future__ import annotations

import io

import docx
from flask.testing import FlaskClient

from geodata.store import Store
from portal.config import read_settings
from portal.export.parse import parse_export
from portal.export.render import render
from portal.serializers.unit_report import report_document, report_periods, unit_report

BINH_LU, EMPTY = "03390-20250701", "03386001-20200201"


def rows(store: Store) -> dict[str, dict[str, str]]:
    report = unit_report(store, store.unit(BINH_LU), "2026-H1")
    assert report is not None
    shown = report_document(store, report, "vi")
    return {row["name"]: row for field in shown["fields"] for row in field["rows"]}


def test_a_row_has_what_was_done_planned_and_done_a_year_before(lai_chau_store) -> None:
    found = rows(lai_chau_store)
    visits = found["Lượt khách du lịch"]
    assert (visits["actual"], visits["plan"]) == ("277.834", "≈ 431.553")
    assert (visits["percent"], visits["course"]) == ("64,4%", "on_course")
    assert (visits["before"], visits["change"]) == ("319.000", "-12,9%")
    assert visits["doubt"]
    budget = found["Tổng thu ngân sách"]
    assert (budget["plan"], budget["percent"]) == ("161,15", "54,3%")
    coverage = found["Tỷ lệ bao phủ bảo hiểm y tế"]
    assert (coverage["before"], coverage["change"]) == ("82,60", "+5,4 điểm")


def test_a_unit_offers_the_periods_it_has_enough_figures_of(lai_chau_store, client) -> None:
    unit = lai_chau_store.unit(BINH_LU)
    assert report_periods(lai_chau_store, unit)[0] == "2026-H1"
    page = client.get(f"/units/{BINH_LU}/report").text
    assert "64,4%" in page
    assert 'href="/export/unit-report.docx?unit=03390-20250701' in page
    assert client.get(f"/units/{BINH_LU}/report?period=1999").status_code == 400
    assert "chưa có kỳ nào đủ" in client.get(f"/units/{EMPTY}/report").text


def test_the_word_file_has_the_table_by_field_and_annexes(lai_chau_store: Store) -> None:
    address = f"/export/unit-report.docx?unit={BINH_LU}&period=2026-H1"
    spec = parse_export(address, lai_chau_store, read_settings())
    document = docx.Document(io.BytesIO(render(spec, lai_chau_store)))
    words = "\n".join(line.text for line in document.paragraphs)
    assert "Xã Bình Lư: kết quả thực hiện 6 tháng đầu năm 2026" in words
    assert "Phụ lục 1. " in words
    table = next(t for t in document.tables if t.style and t.style.name == "Table Grid")
    lines = [[cell.text for cell in row.cells] for row in table.rows]
    assert lines[0][:4] == ["Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Kế hoạch"]
    assert ["Lượt khách du lịch", "lượt", "277.834 (!)", "≈ 431.553", "64,4%", "319.000",
            "-12,9%"] in lines  # fmt: skip


def test_a_unit_without_figures_has_no_word_file(client: FlaskClient) -> None:
    answer = client.get(f"/export/unit-report.docx?unit={EMPTY}")
    assert answer.status_code == 404
