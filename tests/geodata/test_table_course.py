"""A table beside the figures of the period before: slips, jumps, and what is none of them."""

from __future__ import annotations

from tests.checked_tables import MERGED, by_code, merged_facts, report_on, table_of
from tests.geodata.test_table_checks import HOUSEHOLDS, PEOPLE, POOR, POVERTY, vi, with_one


def test_a_count_ten_times_that_of_the_year_before_is_asked_for_its_unit_of_measure() -> None:
    now = with_one([each + 40 for each in PEOPLE], 4, 10 * PEOPLE[4])
    found = by_code(report_on({"Dân số năm 2025": now}, {("population", "2024"): PEOPLE}))
    assert [each.address for each in found["I03"].places] == ["B6"]
    assert "T01" not in found


def test_a_column_of_another_unit_of_measure_is_told_by_figures_of_any_other_period() -> None:
    known = {("population", "2025-07-01"): PEOPLE}
    thousands = [1000 * each + 7 for each in PEOPLE]
    found = by_code(report_on({"Dân số năm 2026": thousands}, known))["I03"]
    assert found.severity == "confirm"
    assert "1.000" in found.what["vi"]
    # What grows within a year is twelve times as much in a year as in a month.
    twelve = report_on({"Dân số năm 2026": [12 * each for each in PEOPLE]}, known)
    assert "I03" not in by_code(twelve)
    assert "T01" in {each.code for each in twelve.skipped}


def test_a_column_of_units_of_measure_says_in_which_one_the_figures_are() -> None:
    cells = {"ĐVT": ["1.000 người"] * 12, "Dân số năm 2025": vi([n / 1000 for n in PEOPLE])}
    report = report_on(cells)  # type: ignore[arg-type]
    assert [each.value for each in report.values] == PEOPLE
    assert "H04" not in by_code(report)
    mixed = {**cells, "ĐVT": ["1.000 người"] * 11 + ["người"]}
    assert "H04" in by_code(report_on(mixed))  # type: ignore[arg-type]


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


def merged(values: list[float]) -> list[float]:
    """What each merged commune had before, by the two that became it."""
    return [sum(values[n : n + 2]) for n in range(0, 12, 2)]


def test_a_merged_unit_is_held_against_what_the_units_it_was_formed_from_had() -> None:
    facts = merged_facts({("population", "2024"): PEOPLE})
    grown = [each + 90 for each in merged(PEOPLE)]
    right = report_on(table_of({"Dân số năm 2025": grown}, MERGED), facts=facts)
    assert {"T01", "I03"}.isdisjoint(by_code(right))
    assert "T01" not in {each.code for each in right.skipped}
    jumped = with_one(grown, 2, 3 * grown[2])
    found = by_code(report_on(table_of({"Dân số năm 2025": jumped}, MERGED), facts=facts))["T01"]
    assert [each.address for each in found.places] == ["B4"]
    assert "9.120" in found.what["vi"]


def test_a_rate_of_a_merged_unit_is_held_against_the_rate_of_both_parts_together() -> None:
    known = {
        ("households", "2024"): HOUSEHOLDS,
        ("poor", "2024"): POOR,
        ("poverty", "2024"): POVERTY,
    }
    rates = [
        round(100 * poor / all_, 2)
        for poor, all_ in zip(merged(POOR), merged(HOUSEHOLDS), strict=True)
    ]
    table = {"Tỷ lệ hộ nghèo năm 2025 (%)": vi(with_one(rates, 1, rates[1] + 60))}  # type: ignore[arg-type]
    found = by_code(report_on(table_of(table, MERGED), facts=merged_facts(known)))["T01"]
    assert [each.address for each in found.places] == ["B3"]


def test_what_divided_units_had_is_an_estimate_and_no_measure_for_others() -> None:
    facts = merged_facts({("population", "2024"): PEOPLE})
    odd = [each * (9 if n > 3 else 1) + 90 for n, each in enumerate(merged(PEOPLE))]
    found = by_code(report_on(table_of({"Dân số năm 2025": odd}, MERGED), facts=facts))
    assert {"T01", "I03"}.isdisjoint(found)
