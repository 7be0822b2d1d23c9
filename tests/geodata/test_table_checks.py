"""What is wrong in a table is found with its cell, and what is right is not doubted."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
import xlsxwriter

from geodata.i18n import Text
from geodata.table_import.checks.comparisons import ComparedCell, StatedComparison, best_factor
from geodata.table_import.checks.violations import Violation, grouped
from geodata.table_import.layout_records import CellPlace, TableRange
from geodata.table_import.prepare import prepare_table
from geodata.table_import.questions_json import questions_document, read_filled_questions
from geodata.table_import.report_records import Answers
from tests.checked_tables import (
    NAMES,
    by_code,
    made_facts,
    report_on,
    table_of,
    unit_id,
)

PEOPLE = [5210, 3120, 8450, 4075, 6230, 2890, 7155, 3640, 4480, 5905, 3370, 6725]
HOUSEHOLDS = [1180, 702, 1905, 911, 1410, 650, 1602, 815, 1003, 1322, 758, 1511]
POOR = [210, 98, 405, 300, 222, 130, 287, 199, 310, 260, 144, 333]
POVERTY = [round(100 * poor / all_, 2) for poor, all_ in zip(POOR, HOUSEHOLDS, strict=True)]


def with_one(values: list[float], place: int, value: object) -> list[object]:
    return [value if n == place else each for n, each in enumerate(values)]


def vi(values: list[float]) -> list[str]:
    return [f"{each}".replace(".", ",") for each in values]


def test_a_right_table_is_ready_without_a_doubt() -> None:
    report = report_on(
        {
            "Số hộ năm 2025": HOUSEHOLDS,
            "Số hộ nghèo năm 2025": POOR,
            "Tỷ lệ hộ nghèo năm 2025 (%)": vi(POVERTY),
        },
        {
            ("households", "2024"): [each - 9 for each in HOUSEHOLDS],
            ("poor", "2024"): [each + 4 for each in POOR[:6]],
        },
    )
    assert report.findings == ()
    assert report.publishable
    assert len(report.values) == 36


@pytest.mark.parametrize(
    ("header", "values", "cell", "code", "severity"),
    [
        ("Dân số năm 2025", PEOPLE, "-12", "V04", "error"),
        ("Dân số năm 2025", PEOPLE, "210,125", "V06", "error"),
        ("Tỷ lệ hộ nghèo năm 2025 (%)", POVERTY, "101,5", "V05", "error"),
        ("Số hộ năm 2025", HOUSEHOLDS, "0", "V09", "confirm"),
        ("Diện tích rừng năm 2025 (ha)", PEOPLE, "0,001", "V10", "note"),
        ("Dân số năm 2025", PEOPLE, "51200000", "T02", "note"),
    ],
)
def test_an_impossible_or_odd_figure_is_told_with_its_cell(
    header: str, values: list[float], cell: str, code: str, severity: str
) -> None:
    place = 3
    cells = [str(each).replace(".", ",") for each in with_one(values, place, cell)]
    found = by_code(report_on({header: cells}))[code]
    assert found.severity == severity
    assert ("confirm it" in found.remedy["en"]) == (severity == "confirm")
    assert [each.address for each in found.places] == ["B5"]
    assert found.value == cell
    assert found.count == 1
    assert NAMES[place] in found.what["vi"]


def test_a_figure_outside_the_usual_range_is_to_be_confirmed_and_is_then_doubtful() -> None:
    facts = made_facts()
    usual = {
        "population": replace(facts.catalogue.indicators["population"], usual_range=(900, 9000))
    }
    facts.catalogue.indicators.update(usual)
    table = {"Dân số năm 2025": with_one(list(PEOPLE), 3, 9001)}
    found = by_code(report := report_on(table, facts=facts))["V04"]
    assert (found.severity, [each.address for each in found.places]) == ("confirm", ["B5"])
    assert found.expected["vi"] == "900 đến 9.000"
    assert [each.unit_id for each in report.values if each.doubt] == [unit_id(4)]
    assert "V04" not in by_code(report_on({"Dân số năm 2025": PEOPLE}, facts=facts))
    both = report_on({"Dân số năm 2025": [-1, 12, *PEOPLE[2:]]}, facts=facts)
    told = [(each.severity, each.count) for each in both.findings if each.code == "V04"]
    assert told == [("error", 1), ("confirm", 1)]


def test_a_doubtful_figure_carries_its_doubt_and_a_right_one_none() -> None:
    report = report_on({"Số hộ năm 2025": with_one(list(HOUSEHOLDS), 3, 0)})
    doubtful = [each.unit_id for each in report.values if each.doubt]
    assert doubtful == [unit_id(4)]
    assert not report.publishable


def test_a_confirmed_doubt_lets_the_table_pass_and_an_error_cannot_be_confirmed() -> None:
    confirmed = Answers(confirmed={"V09": "không còn hộ", "V04": "đúng vậy"})
    zero = report_on({"Số hộ năm 2025": with_one(list(HOUSEHOLDS), 3, 0)}, answers=confirmed)
    assert zero.publishable
    assert by_code(zero)["V09"].reason == "không còn hộ"
    negative = report_on({"Số hộ năm 2025": with_one(list(HOUSEHOLDS), 3, -1)}, answers=confirmed)
    assert not negative.publishable
    assert by_code(negative)["V04"].reason == ""


def test_many_cells_of_one_kind_are_one_finding_with_twenty_places_and_their_count() -> None:
    cells = [CellPlace("Biểu 1", row, 2) for row in range(2, 38)]
    (found,) = grouped(Violation("V04", "error", Text("-1"), place=cell) for cell in cells)
    assert found.count == 36
    assert found.places == tuple(cells[:20])


def test_a_total_that_its_rows_do_not_make_is_found_and_rounding_is_none() -> None:
    def with_total(values: list[float], total: object, header: str) -> bytes:
        table = table_of({header: vi(values)})
        return table + f"\nTổng cộng;{total}".replace(".", ",").encode()

    right = report_on(with_total(PEOPLE, sum(PEOPLE), "Dân số năm 2025"))
    assert "R03" not in by_code(right)
    wrong = by_code(report_on(with_total(PEOPLE, sum(PEOPLE) + 100, "Dân số năm 2025")))["R03"]
    assert wrong.places[0].address == "B14"
    areas = [each / 7 for each in PEOPLE]
    rounded = with_total([round(a, 1) for a in areas], round(sum(areas), 1),
                         "Diện tích rừng năm 2025 (ha)")  # fmt: skip
    assert "R03" not in by_code(report_on(rounded))


def test_a_row_without_words_is_a_total_if_it_is_the_sum_and_else_an_error() -> None:
    table = table_of({"Dân số năm 2025": PEOPLE})
    assert by_code(report_on(table + f"\n;{sum(PEOPLE)}".encode()))["R02"].severity == "note"
    odd = by_code(report_on(table + b"\n;7"))
    assert odd["R01"].severity == "error"
    assert odd["R01"].places[0].address == "B14"


def test_the_rows_are_held_against_the_figure_of_the_province() -> None:
    known = {("population", "2025"): [*PEOPLE, 2 * sum(PEOPLE)]}
    report = report_on({"Dân số năm 2025": [each + 1 for each in PEOPLE]}, known)
    assert "Tỉnh Thí Điểm" in by_code(report)["X04"].what["vi"]
    near = {("population", "2025"): [*PEOPLE, sum(PEOPLE)]}
    assert "X04" not in by_code(report_on({"Dân số năm 2025": [e + 1 for e in PEOPLE]}, near))


def test_without_a_figure_of_the_province_the_sum_is_not_checkable_and_not_passed() -> None:
    report = report_on({"Dân số năm 2025": PEOPLE})
    assert {each.code for each in report.skipped} == {"X04", "T01"}


def test_a_rate_that_its_parts_do_not_make_is_found_whether_they_stand_there_or_are_known() -> None:
    rates = vi(with_one(list(POVERTY), 5, 66.6))  # type: ignore[arg-type]
    beside = report_on(
        {"Số hộ năm 2025": HOUSEHOLDS, "Số hộ nghèo năm 2025": POOR,
         "Tỷ lệ hộ nghèo năm 2025 (%)": rates}
    )  # fmt: skip
    assert [each.address for each in by_code(beside)["X02"].places] == ["D7"]
    known = {("households", "2025"): HOUSEHOLDS, ("poor", "2025"): POOR}
    alone = report_on({"Tỷ lệ hộ nghèo năm 2025 (%)": rates}, known)
    assert [each.address for each in by_code(alone)["X02"].places] == ["B7"]
    unknown = report_on({"Tỷ lệ hộ nghèo năm 2025 (%)": rates})
    assert "X02" in {each.code for each in unknown.skipped}


def test_a_part_larger_than_its_whole_is_found_at_the_part() -> None:
    report = report_on(
        {"Số hộ năm 2025": HOUSEHOLDS, "Số hộ nghèo năm 2025": with_one(list(POOR), 2, 1999)}
    )
    assert [each.address for each in by_code(report)["X01"].places] == ["C4"]


def test_stated_shares_of_plan_and_changes_are_worked_out_anew() -> None:
    plan = [20, 30, 45, 25, 60, 35, 80, 55, 40, 50, 65, 75]
    done = [11.5, 14.2, 30.1, 12.0, 33.3, 20.4, 50.5, 25.0, 18.8, 22.2, 41.0, 39.9]
    before = [10.0, 15.1, 25.0, 11.1, 30.0, 21.0, 45.5, 26.1, 17.0, 20.0, 39.0, 40.1]
    share = [round(100 * d / p, 1) for d, p in zip(done, plan, strict=True)]
    change = [round(100 * d / b, 1) for d, b in zip(done, before, strict=True)]
    share[4] = 99.9
    head = "Tên xã;Diện tích rừng (ha);;;;\n;KH 2026;TH 6 tháng 2026;% KH;TH 6 tháng 2025;So CK (%)"
    rows = [
        ";".join([name, *vi(list(cells))])
        for name, *cells in zip(NAMES, plan, done, share, before, change, strict=True)
    ]
    found = by_code(report_on("\n".join([head, *rows]).encode()))
    assert [each.address for each in found["X03"].places] == ["D7"]
    assert "55,5" in found["X03"].what["vi"]


def test_per_cent_are_told_from_quotients_by_the_figures_that_can_tell() -> None:
    cell = ComparedCell("x", CellPlace("Biểu", 2, 3), "50")
    compared = [StatedComparison(cell, *pair) for pair in ((50, 0.5), (3, 0.0), (0, 0.4))]
    assert best_factor(compared, (1.0, 100.0)) == 100.0
    assert best_factor(compared[1:], (1.0, 100.0)) == 1.0


def test_a_change_may_be_stated_as_a_difference() -> None:
    before = [each - 7 * n for n, each in enumerate(PEOPLE)]
    change = with_one([now - then for now, then in zip(PEOPLE, before, strict=True)], 3, 500)
    head = "Tên xã;Dân số (người);;\n;Năm 2025;Năm 2024;Tăng, giảm"
    rows = [";".join(map(str, each)) for each in zip(NAMES, PEOPLE, before, change, strict=True)]
    found = by_code(report_on("\n".join([head, *rows]).encode()))
    assert [each.address for each in found["X03"].places] == ["D6"]


def test_a_column_in_another_unit_of_measure_is_told_once_and_not_cell_by_cell() -> None:
    known = {("population", "2024"): PEOPLE}
    found = by_code(report_on({"Dân số năm 2025": [1000 * e + 7000 for e in PEOPLE]}, known))
    assert found["I03"].count == 12
    assert "T01" not in found


def test_one_cell_in_another_unit_of_measure_is_told_by_its_own_series_or_its_neighbours() -> None:
    odd = with_one([each + 3 for each in PEOPLE], 6, 7155000)
    own = by_code(report_on({"Dân số năm 2025": odd}, {("population", "2024"): PEOPLE}))
    assert own["I03"].places[0].address == "B8"
    alone = by_code(report_on({"Dân số năm 2025": odd}))
    assert [each.address for each in alone["I03"].places] == ["B8"]
    assert "I03" in by_code(report_on({"Dân số năm 2025": odd[:8]}))
    assert "I03" not in by_code(report_on({"Dân số năm 2025": odd[:7]}))


def test_a_jump_is_found_beside_units_that_grow_alike_and_growth_of_all_is_none() -> None:
    known = {("population", "2024"): PEOPLE}
    jumped = with_one([each + 40 for each in PEOPLE], 8, 4480 * 3)
    found = by_code(report_on({"Dân số năm 2025": jumped}, known))
    assert [each.address for each in found["T01"].places] == ["B10"]
    doubled = report_on({"Dân số năm 2025": [2 * each + 5 for each in PEOPLE]}, known)
    assert "T01" not in by_code(doubled)


def test_a_column_that_repeats_the_year_before_is_doubted() -> None:
    found = by_code(report_on({"Dân số năm 2025": PEOPLE}, {("population", "2024"): PEOPLE}))
    assert found["T03"].count == 12


@pytest.mark.parametrize(("word", "doubted"), [("KH", False), ("TH", True)])
def test_a_plan_is_never_held_against_the_year_before(word: str, doubted: bool) -> None:
    cells = zip(NAMES, with_one(PEOPLE, 4, 10 * PEOPLE[4]), strict=True)
    head = f"Tên xã;Diện tích rừng (ha)\n;{word} 2026"
    table = "\n".join([head, *(f"{name};{cell}" for name, cell in cells)])
    found = by_code(report_on(table.encode(), {("forest", "2025"): PEOPLE}))
    assert bool({"T01", "I03"} & set(found)) == doubted


def test_half_a_year_is_never_held_against_a_whole_one() -> None:
    known = {("visits", "2025"): [9 * each for each in PEOPLE]}
    report = report_on({"Lượt khách du lịch 6 tháng đầu năm 2026": PEOPLE}, known)
    assert {"T01", "I03", "T03"}.isdisjoint(by_code(report))


def test_sums_over_a_year_that_fall_are_doubted_and_stocks_may_fall() -> None:
    half = {("visits", "2025-H1"): PEOPLE}
    falling = with_one([2 * each for each in PEOPLE], 1, 3000)
    found = by_code(report_on({"Lượt khách du lịch năm 2025": falling}, half))
    assert [each.address for each in found["T04"].places] == ["B3"]
    stock = {("poor", "2025-H1"): POOR}
    report = report_on({"Số hộ nghèo năm 2025": [each - 9 for each in POOR]}, stock)
    assert "T04" not in by_code(report)


def test_figures_that_are_there_are_told_apart_by_their_value() -> None:
    known = {("population", "2025"): with_one(list(PEOPLE), 0, 5000)}
    found = by_code(report_on({"Dân số năm 2025": PEOPLE}, known))  # type: ignore[arg-type]
    assert [each.address for each in found["L01"].places] == ["B2"]
    assert "5.000" in found["L01"].what["vi"]
    assert found["L05"].count == 11
    again = by_code(report_on({"Dân số năm 2025": PEOPLE}, {("population", "2025"): PEOPLE}))
    assert again["L04"].severity == "error"


def test_units_that_are_unknown_doubled_or_absent_are_told() -> None:
    names = ("Ánh Đào", "Bản Lầu", "Bản Lầu", "Xa Xăm", *NAMES[4:])
    table = table_of({"Dân số năm 2025": PEOPLE}, names)
    found = by_code(report_on(table))
    assert found["U01"].severity == "question"
    assert found["U01"].value == "Xa Xăm"
    assert found["U04"].count == 2
    assert "U08" not in found  # it may be the unknown one
    few = by_code(report_on(table_of({"Dân số năm 2025": PEOPLE}, NAMES[:10])))
    assert few["U08"].severity == "confirm"
    assert "Xã Suối Ơn" in few["U08"].what["vi"]


def test_a_table_of_a_few_units_does_not_miss_the_others() -> None:
    few = by_code(report_on(table_of({"Dân số năm 2025": PEOPLE}, NAMES[:3])))
    assert few["U08"].severity == "note"


def test_two_columns_of_one_header_are_refused_and_unused_ones_named() -> None:
    head = "Tên xã;Dân số năm 2025;Dân số năm 2025;Người báo cáo"
    rows = [f"{name};{n};{n};Vàng A" for n, name in enumerate(NAMES, 400)]
    found = by_code(report_on("\n".join([head, *rows]).encode()))
    assert [each.address for each in found["H02"].places] == ["B1", "C1"]
    assert "Người báo cáo" in found["H04"].what["vi"]
    assert [each.address for each in found["H04"].places] == ["D"]


def test_figures_of_the_dataset_are_those_that_are_preferred() -> None:
    facts = made_facts({("population", "2024"): PEOPLE})
    figures = facts.figures("population")
    assert figures[unit_id(1), "2024", "actual"].value == 5210
    assert figures[unit_id(1), "2024", "actual"].source == "Niên giám"
    assert facts.figures("nothing") == {}


def test_rows_that_break_down_the_unit_above_them_are_set_apart_and_told() -> None:
    lines = [
        line
        for name, people in zip(NAMES, PEOPLE, strict=True)
        for line in (f"{name};{people}", f"Trong đó: nữ;{people // 2}")
    ]
    report = report_on("\n".join(["Tên xã;Dân số năm 2025", *lines]).encode())
    assert (by_code(report)["R05"].severity, by_code(report)["R05"].count) == ("note", 12)
    assert [value.value for value in report.values] == PEOPLE


def test_tables_of_several_sheets_are_read_as_one_only_after_a_yes() -> None:
    halves = {"Phía đông": range(6), "Phía tây": range(6, 12)}
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, places in halves.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Tên xã", "Dân số năm 2025"])
            for row, place in enumerate(places, 1):
                sheet.write_row(row, 0, [NAMES[place], PEOPLE[place]])
    report = prepare_table(file.getvalue(), "dan_so.xlsx", made_facts())
    assert by_code(report)["B06"].severity == "confirm"
    assert [value.value for value in report.values] == PEOPLE
    assert report.values[6].place == CellPlace("Phía tây", 2, 2)
    one = prepare_table(file.getvalue(), "dan_so.xlsx", made_facts(), Answers(sheet="Phía tây"))
    assert "B06" not in by_code(one)
    assert len(one.values) == 6


def test_of_two_tables_in_one_sheet_the_one_whose_header_is_named_is_read() -> None:
    lists = [
        [f"{header};Số trường", *[f"{name};{n + first}" for n, name in enumerate(NAMES)]]
        for header, first in (("Tên xã", 3), ("Xã", 7))
    ]
    table = "\n".join([*lists[0], "", "Biểu 2", *lists[1]]).encode()
    asked = by_code(report_on(table))["B02"]
    assert (asked.severity, asked.count) == ("question", 2)
    assert {place.row for place in asked.places} == {2, 17}
    facts = made_facts()
    document = questions_document(report_on(table), facts.index, "en")
    (question,) = (each for each in document["questions"] if each["kind"] == "sheet")
    chosen = next(e["answer"] for e in question["choices"] if ":16-16:" in e["answer"])
    question["answer"] = chosen
    answers = read_filled_questions(json.dumps(document))
    second = report_on(table, answers=answers)
    assert second.layout is not None
    assert [row.value(2) for row in second.layout.data_rows()] == [str(n + 7) for n in range(12)]
    named = Answers(table=TableRange(header_rows=(16,)))
    report = report_on(table, answers=named)
    assert "B02" not in by_code(report)
    assert report.layout is not None
    assert [row.value(2) for row in report.layout.data_rows()] == [str(n + 7) for n in range(12)]


def test_actual_figures_of_a_period_that_has_not_begun_are_an_error_and_a_plan_is_none() -> None:
    later = made_facts().today.year + 1
    for header, expected in ((f"Dân số năm {later} (người)", True),
                             (f"Dân số KH năm {later} (người)", False)):  # fmt: skip
        report = report_on(table_of({header: PEOPLE}))
        assert ("P03" in by_code(report)) == expected, header
    assert by_code(report_on(table_of({f"Dân số năm {later} (người)": PEOPLE})))["P03"].count == 12
