"""How a document is named beside a figure."""

from __future__ import annotations

import pytest

from geodata.i18n import Text
from geodata.model import Source
from portal.serializers.entities import citation, document_number, partial_date, safe_url

REPORT = Source(
    "r", "report", Text("Báo cáo", "Report"), "60/BC-UBND", Text("UBND xã", "The commune"),
    "2026-06-11",
)  # fmt: skip


def test_a_source_is_one_line_of_what_is_known() -> None:
    assert citation(REPORT, "vi") == "Báo cáo, số 60/BC-UBND, UBND xã, ngày 11/6/2026"
    assert citation(REPORT, "en") == "Report, no. 60/BC-UBND, The commune, 11 June 2026"
    assert citation(Source("s", "data", Text("Bảng")), "en") == "Bảng"


@pytest.mark.parametrize(
    ("day", "vi"),
    [("2026", "năm 2026"), ("2026-06", "tháng 6/2026"), ("khoảng 2020", "khoảng 2020")],
)
def test_a_date_may_be_known_in_part(day: str, vi: str) -> None:
    assert partial_date(day, "vi") == vi


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//host/x", ""])
def test_only_addresses_of_the_web_are_followed(url: str) -> None:
    assert safe_url(url) == ""
    assert safe_url("https://example.vn/a") == "https://example.vn/a"


def test_a_number_the_office_left_blank_is_shown_as_blank(client):
    page = client.get("/sources/binh-lu-bc-ubnd-2025-07").text
    assert "…/BC-UBND" in page
    assert ">/BC-UBND" not in page
    assert "số /BC-UBND" not in page
    assert document_number("3394/BC-UBND") == "3394/BC-UBND"


def test_a_doubt_that_was_passed_on_is_not_named_twice(client):
    found = client.get("/api/v1/observations?unit=03390-20250701&indicator=population_density").json
    doubts = [row["doubt"] for row in found["items"] if row["doubt"]]
    assert doubts
    assert not any("cần xem lại" in doubt for doubt in doubts)
