"""What a table itself says of its columns and rows holds in its cells: formulas, parts, wholes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.table_import.checks.column_formulas import column_formulas
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from tests.checked_tables import NAMES, by_code, report_on, unit_id
from tests.geodata.test_table_checks import HOUSEHOLDS, PEOPLE, POOR, POVERTY, vi, with_one

MEN = [each // 2 + 7 * n for n, each in enumerate(PEOPLE)]
WOMEN = [all_ - men for all_, men in zip(PEOPLE, MEN, strict=True)]


def lines(*head: str, columns: list[list[object]]) -> bytes:
    rows = [";".join(map(str, each)) for each in zip(NAMES, *columns, strict=True)]
    return "\n".join([*head, *rows]).encode()


def formula(text: str, count: int = 9) -> object:
    """The formula of the last of some columns, which the row of column numbers heads so."""
    labels = (*(str(n) for n in range(1, count)), text)
    columns = tuple(TableColumn(n, (f"Cột {n}",), "value") for n in range(1, count + 1))
    rows = (TableRow(2, "numbering", labels),)
    return next(column_formulas(TableLayout("", "Biểu", columns, (1,), rows)), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9=2/1", 2.0),
        ("(9)=(2)+(3)", 5),
        ("9=3*100/2", 150.0),
        ("9 = (3:2) x 100%", 150.0),
        ("9=8-5-1", 2),
        ("[9]=[2]×[3]", 6),
        ("9=1+…+4", 10),
        ("9=1+2+...+6", 21),
        ("9=4÷2", 2.0),
    ],
)
def test_formulas_are_read_as_offices_write_them(text: str, value: float) -> None:
    found = formula(text)
    assert found.value({n: (n, n) for n in range(1, 9)}) == (value, value)


@pytest.mark.parametrize("text", ["9", "9=", "9=12/1", "9=3+", "9=(1+2", "9=1 2", "9=9/2", "9=7.5"])
def test_what_is_no_formula_of_other_columns_states_no_rule(text: str) -> None:
    assert formula(text) is None


def test_nothing_is_worked_out_by_dividing_by_what_may_be_zero() -> None:
    found = formula("9=1/2")
    assert found.value({1: (4, 4), 2: (0, 0)}) is None
    assert found.value({1: (4, 4), 2: (-0.5, 0.5)}) is None


def test_a_sum_that_differs_by_one_is_found_in_its_cell_and_rows_without_parts_are_left() -> None:
    men: list[object] = [*MEN[:-1], ""]
    table = lines(
        "Tên xã;Dân số năm 2025;Số nam;Số nữ",
        "A;1=2+3;2;3",
        columns=[with_one(list(PEOPLE), 4, PEOPLE[4] + 1), men, list(WOMEN)],
    )
    report = report_on(table)
    found = by_code(report)["X02"]
    assert ([each.address for each in found.places], found.severity) == (["B7"], "confirm")
    assert "1=2+3" in found.what["vi"]
    assert str(found.expected["vi"]).count("“") == 2
    assert [each.unit_id for each in report.values if each.doubt] == [unit_id(5)]


def test_a_rate_that_its_formula_does_not_make_is_told_once_whether_or_not_it_is_known() -> None:
    rates = vi(with_one(list(POVERTY), 5, 66.6))  # type: ignore[arg-type]
    for head in ("Số hộ năm 2025;Số hộ nghèo năm 2025;Tỷ lệ hộ nghèo năm 2025 (%)", "Có;Đạt;Mức"):
        report = report_on(
            lines(f"Tên xã;{head}", "A;1;2;3=2/1", columns=[HOUSEHOLDS, POOR, rates])
        )
        found = [each for each in report.findings if each.code == "X02"]
        assert [[place.address for place in each.places] for each in found] == [["D8"]], head


def test_a_total_is_held_against_the_formula_too() -> None:
    left = [all_ - poor for all_, poor in zip(HOUSEHOLDS, POOR, strict=True)]
    head = ("Tên xã;Số hộ;Đạt chuẩn;Còn lại", "A;1;2;3=1-2")
    table = lines(*head, columns=[HOUSEHOLDS, POOR, left])
    found = by_code(report_on(table + f"\nTổng cộng;{sum(HOUSEHOLDS)};{sum(POOR)};99".encode()))
    assert [each.address for each in found["X02"].places] == ["D15"]
    assert "Tổng cộng" in found["X02"].what["vi"]


def test_a_formula_that_most_rows_break_is_a_slip_of_the_form_and_casts_no_doubt() -> None:
    report = report_on(
        lines("Tên xã;Dân số năm 2025;Số hộ năm 2025;Số hộ nghèo năm 2025", "A;1;2;3=2+1",
              columns=[PEOPLE, HOUSEHOLDS, POOR])
    )  # fmt: skip
    found = by_code(report)["X02"]
    assert (found.severity, found.count) == ("note", 12)
    assert not any(each.doubt for each in report.values)


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.floats(0.001, 50)), min_size=12, max_size=12),
    st.integers(0, 3),
    st.booleans(),
)
def test_rounding_and_cutting_of_a_right_rate_is_no_violation(
    parts: list[tuple[int, float]], decimals: int, cut: bool
) -> None:
    upper = [round(whole * share, 1) for whole, share in parts]
    unit = 10**decimals
    exact = [100 * part / whole for part, (whole, _) in zip(upper, parts, strict=True)]
    rates = [int(each * unit) / unit if cut else round(each, decimals) for each in exact]
    table = lines("Tên xã;Có;Đạt;Mức", "A;1;2;3=2/1",
                  columns=[[whole for whole, _ in parts], vi(upper), vi(rates)])  # fmt: skip
    assert "X02" not in by_code(report_on(table))


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 10**5), st.integers(0, 10**5)), min_size=12, max_size=12),
    st.integers(0, 11),
    st.integers(-50, 50),
)
def test_a_whole_number_off_its_sum_is_found_whatever_the_difference(
    parts: list[tuple[int, int]], place: int, off: int
) -> None:
    whole = [a + b + (off if n == place else 0) for n, (a, b) in enumerate(parts)]
    columns: list[list[object]] = [whole, *map(list, zip(*parts, strict=True))]
    for head, numbers, code in (
        (["Tên xã;Có;Nam;Nữ"], ["A;1=2+3;2;3"], "X02"),
        (["Tên xã;Có;Chia ra;", ";;Nam;Nữ"], [], "X01"),
    ):
        found = by_code(report_on(lines(*head, *numbers, columns=columns)))
        assert (
            [each.address for each in found[code].places] == [f"B{place + 3}"]
            if off
            else code not in found
        )


def test_parts_below_trong_do_may_be_less_than_their_whole_and_never_more() -> None:
    head = ("Tên xã;Số hộ năm 2025;Trong đó;;Diện tích rừng (ha)", ";;Hộ nghèo;Hộ dùng điện;")
    power = [each - 11 for each in HOUSEHOLDS]
    right = report_on(lines(*head, columns=[HOUSEHOLDS, POOR, power, PEOPLE]))
    assert "X01" not in by_code(right)
    wrong = report_on(
        lines(*head, columns=[HOUSEHOLDS, POOR, with_one(list(power), 2, 1906), PEOPLE])
    )
    found = by_code(wrong)["X01"]
    assert ([each.address for each in found.places], found.severity) == (["D5"], "confirm")
    assert "Hộ dùng điện" in found.what["vi"]


def test_a_part_is_held_against_the_whole_of_its_own_group() -> None:
    head = ("Tên xã;Số hộ nghèo;;;Số hộ cận nghèo;;", ";Tổng số;Trong đó: DTTS;Tỷ lệ (%);"
            "Tổng số;Trong đó: DTTS;Tỷ lệ (%)")  # fmt: skip
    fewer = [each // 3 for each in POOR]
    columns = [POOR, fewer, [99] * 12, fewer, with_one([3] * 12, 6, fewer[6] + 1), [99] * 12]
    found = by_code(report_on(lines(*head, columns=columns)))["X01"]
    assert [each.address for each in found.places] == ["F9"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Số hộ năm 2025 (hộ)", "Số khẩu (người)"), ("Số hộ", "Số khẩu"), ("Số hộ", "Mật độ")],
)
def test_what_is_of_another_kind_is_no_part_whatever_stands_above_it(
    first: str, second: str
) -> None:
    table = lines(f"Tên xã;{first};Trong đó", f";;{second}", columns=[HOUSEHOLDS, PEOPLE])
    assert "X01" not in by_code(report_on(table))


def test_rows_that_break_down_a_unit_are_held_against_it_and_the_unit_is_doubted() -> None:
    def table(word: str, odd: int) -> bytes:
        rows = [
            line
            for n, name in enumerate(NAMES)
            for line in (
                f"{name};{PEOPLE[n]}",
                f"{word} nam;{MEN[n] + (odd if n == 3 else 0)}",
                f"- nữ;{WOMEN[n]}",
            )
        ]
        return "\n".join(["Tên xã;Dân số năm 2025", *rows]).encode()

    for word, odd, told in (
        ("Chia ra:", 0, False), ("Chia ra:", 1, True), ("Chia ra:", -1, True),
        ("Trong đó:", -900, False), ("Trong đó:", 1, False), ("Trong đó:", 9000, True),
    ):  # fmt: skip
        report = report_on(table(word, odd))
        assert ("X01" in by_code(report)) == told, (word, odd)
        if told:
            assert [each.address for each in by_code(report)["X01"].places] == ["B11"]
            assert [each.unit_id for each in report.values if each.doubt] == [unit_id(4)]
