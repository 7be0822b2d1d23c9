"""A table beside the figures of the period before: slips, jumps, and what is none of them."""

from __future__ import annotations

from tests.checked_tables import by_code, report_on
from tests.geodata.test_table_checks import PEOPLE, POVERTY, vi, with_one


def test_a_count_ten_times_that_of_the_year_before_is_asked_for_its_unit_of_measure() -> None:
    now = with_one([each + 40 for each in PEOPLE], 4, 10 * PEOPLE[4])
    found = by_code(report_on({"Dân số năm 2025": now}, {("population", "2024"): PEOPLE}))
    assert [each.address for each in found["I03"].places] == ["B6"]
    assert "T01" not in found


def test_a_share_that_rose_by_whole_points_is_a_jump_and_no_slip_of_its_unit() -> None:
    before = [each / 4 for each in POVERTY]
    now = with_one(before, 4, before[4] + 60)
    table = {"Tỷ lệ hộ nghèo năm 2025 (%)": vi(now)}  # type: ignore[arg-type]
    found = by_code(report_on(table, {("poverty", "2024"): before}))
    assert [each.address for each in found["T01"].places] == ["B6"]
    assert "I03" not in found


def test_a_zero_now_or_in_the_year_before_is_beside_every_growth() -> None:
    for now, before in ((0, PEOPLE[3]), (PEOPLE[3], 0), (0, 0)):
        known = {("population", "2024"): with_one(PEOPLE, 3, before)}
        cells = with_one([each + 9 for each in PEOPLE], 3, now)
        found = by_code(report_on({"Dân số năm 2025": cells}, known))
        assert "I03" not in found
