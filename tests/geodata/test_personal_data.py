"""Tables that hold data of persons are refused as such."""

from __future__ import annotations

import pytest

from tests.checked_tables import NAMES, by_code, report_on

PEOPLE = [5210, 3120, 8450, 4075, 6230, 2890, 7155, 3640, 4480, 5905, 3370, 6725]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Số CCCD", [f"0120{n:08}" for n in range(12)]),
        ("Người liên hệ", [f"0912 345 {n:03}" for n in range(12)]),
        ("Ghi chú", [f"01209{n:07}" for n in range(12)]),
    ],
)
def test_numbers_of_persons_are_refused(header: str, cells: list[str]) -> None:
    report = report_on({"Dân số năm 2025": PEOPLE, header: cells})
    assert by_code(report)["F08"].severity == "error"
    assert not report.publishable


def test_a_list_of_persons_is_refused_as_one_and_not_shown_as_a_table_hard_to_find() -> None:
    rows = [f"{n};Lò Văn Pánh;01208600{n:04};01/02/1986;{name}" for n, name in enumerate(NAMES, 1)]
    head = "STT;Họ và tên;Số CCCD;Ngày sinh;Xã"
    report = report_on("\n".join([head, *rows]).encode())
    assert {each.code for each in report.findings} == {"F08"}


def test_a_count_of_identity_cards_or_a_sum_of_money_is_no_number_of_a_person() -> None:
    report = report_on(
        {"Dân số năm 2025": PEOPLE, "Số người được cấp CCCD": PEOPLE,
         "Thu ngân sách (đồng)": [912345678 + n for n in range(12)]}
    )  # fmt: skip
    assert "F08" not in by_code(report)
