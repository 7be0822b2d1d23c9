"""Units of measure that stand in cells behind their numbers, and what is no one number."""

from __future__ import annotations

import pytest

from tests.checked_tables import NAMES, by_code, report_on

PEOPLE = [5210, 3120, 8450, 4075, 6230, 2890, 7155, 3640, 4480, 5905, 3370, 6725]
WITH_UNITS = (
    "1.234 người",
    "2.345 người (*)",
    "3.456 nhân khẩu",
    "4.567 người",
    *["5.678 người"] * 8,
)


@pytest.mark.parametrize(
    ("header", "cells", "measure", "first", "wrong"),
    [
        ("Dân số năm 2025", WITH_UNITS, "người", 1234, 0),
        ("Dân số năm 2025", ["1,2 nghìn người"] * 12, "nghìn người", 1200, 0),
        ("Lượt khách du lịch năm 2025", ["1,25 triệu"] * 12, "triệu", 1_250_000, 0),
        ("Diện tích rừng năm 2025", ["1,5 km²"] * 12, "km²", 150, 0),
        ("Diện tích rừng năm 2025 (ha)", ["12,5 ha", "13", *["14 ha"] * 10], "ha", 12.5, 0),
        ("Diện tích rừng năm 2025", [*["12,5 ha"] * 10, "2 km2", "3 tấn"], "ha", 12.5, 2),
        ("Diện tích rừng năm 2025 (ha)", ["12,5 km2"] * 12, "ha", None, 12),
        ("Tỷ lệ hộ nghèo năm 2025", ["0,125 %", *["0,375%"] * 11], "%", 0.125, 0),
        ("Tỷ lệ hộ nghèo năm 2025 (%)", [*["12,5"] * 11, "12 hộ"], "%", 12.5, 1),
    ],
)
def test_a_unit_of_measure_behind_numbers_is_as_if_the_header_stated_it(
    header: str, cells: list[str], measure: str, first: float | None, wrong: int
) -> None:
    report = report_on({header: cells})
    found = by_code(report)
    assert report.columns[0].measure_unit == measure
    assert [each.value for each in report.values[:1]] == ([] if first is None else [first])
    assert len(report.values) == len(cells) - wrong
    assert ("V13" in found and found["V13"].count) == (wrong or False)
    assert ("I05" in found) == ("(" not in header and measure != "%")
    assert not found.keys() & {"B02", "V01", "V02"}


@pytest.mark.parametrize(
    "cells",
    [
        ["10-12"] * 12,
        ["khoảng 30 người"] * 12,
        [f"> {n}00" for n in range(1, 13)],
        ["1 đến 2 ha"] * 12,
    ],
)
def test_a_table_of_ranges_and_rough_numbers_is_told_cell_by_cell(cells: list[str]) -> None:
    report = report_on({"Diện tích rừng năm 2025": cells})
    (found,) = report.findings
    assert (found.code, found.severity, found.count) == ("V14", "error", 12)
    beside = [f"khoảng {n}0" for n in range(1, 13)]
    report = report_on({"Dân số năm 2025": PEOPLE, "Số hộ năm 2025": beside})
    assert (by_code(report)["V15"].severity, len(report.values)) == ("note", 12)


@pytest.mark.parametrize("unit_row", ["1.000 người", "(người)", "1000 ha"])
def test_a_unit_of_measure_below_a_header_is_no_figure(unit_row: str) -> None:
    lines = [["Tên xã", "Dân số năm 2025"], ["", unit_row]]
    lines += [[name, f"{count}"] for name, count in zip(NAMES, PEOPLE, strict=True)]
    report = report_on("\n".join(";".join(line) for line in lines).encode())
    assert report.layout is not None
    assert (report.layout.header_rows, len(report.layout.data_rows())) == ((1, 2), 12)


def test_two_crops_by_area_yield_and_output_are_a_table_whose_yields_are_no_sum() -> None:
    lines = ["Tên xã;Lúa mùa năm 2025;;;Ngô năm 2025;;", ";" + "DT (ha);NS (tạ/ha);SL (tấn);" * 2]
    lines += [f"{name};{n}0;51;{n};{n}1;38;{n}" for name, n in zip(NAMES, PEOPLE, strict=True)]
    whole = sum(PEOPLE)
    total = f"Tổng cộng;{whole * 10};51;{whole};{whole * 10 + 12};38;{whole}"
    report = report_on("\n".join([*lines, total]).encode())
    assert [each.total for each in report.totals] == [
        10 * whole, None, whole, 10 * whole + 12, None, whole,
    ]  # fmt: skip
    assert "B02" not in by_code(report)
    assert "R03" not in by_code(report)
