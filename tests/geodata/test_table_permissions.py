"""What a table may not bring: units of others, closed periods, the same file again unasked."""

from __future__ import annotations

import datetime as dt

from geodata.closed_periods import ClosedPeriods
from geodata.table_import.answers_json import answers_document, answers_of
from geodata.table_import.checks.file_checks import EarlierPublication
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import TableReading, prepare_table
from geodata.table_import.report_records import Answers, ImportReport
from geodata.table_import.units import row_answer_key
from tests.checked_tables import (
    NAMES,
    PROVINCE,
    by_code,
    made_facts,
    merged_facts,
    table_of,
    unit_id,
)
from tests.geodata.test_table_checks import PEOPLE

TABLE = table_of({"Dân số năm 2025": PEOPLE})
OWN = tuple(unit_id(n) for n in range(1, 9))


def read(
    table: bytes, reading: TableReading, answers: Answers | None = None,
    facts: DatasetFacts | None = None,
) -> ImportReport:  # fmt: skip
    return prepare_table(table, "bieu.csv", facts or made_facts(), answers, reading)


def test_rows_outside_the_account_s_units_are_told_together_with_their_cells() -> None:
    report = read(TABLE, TableReading(area=OWN))
    found = by_code(report)["U07"]
    assert (found.severity, found.count) == ("question", 4)
    assert [place.address for place in found.places] == ["A10", "A11", "A12", "A13"]
    assert "Xã Ánh Đào" in found.expected["en"]
    assert "administrator" in found.remedy["en"]
    assert "U02" not in by_code(report)
    assert not report.publishable
    set_aside = Answers(units={row_answer_key(row): "" for row in range(10, 14)})
    left = read(TABLE, TableReading(area=OWN), set_aside)
    assert "U07" not in by_code(left)
    assert len(left.values) == 8


def test_a_unit_outside_that_a_person_chose_is_an_error_and_all_is_open_without_an_area() -> None:
    chosen = Answers(units={row_answer_key(13): unit_id(12)})
    names = (*NAMES[:8], *NAMES[8:11], "Ứng Hoè Mới")
    table = table_of({"Dân số năm 2025": PEOPLE}, names)
    found = by_code(
        read(table, TableReading(area=(*OWN, unit_id(9), unit_id(10), unit_id(11))), chosen)
    )
    assert (found["U07"].severity, found["U07"].count) == ("error", 1)
    assert "Xã Ánh Đào" in found["U07"].expected["vi"]
    assert "U07" not in by_code(read(table, TableReading(), chosen))


def test_who_may_write_for_a_merged_unit_may_for_those_it_was_formed_from_whole() -> None:
    facts = merged_facts()
    merged = [unit.unit_id for unit in facts.index.units if unit.code in ("99101", "99105")]
    table = table_of({"Dân số năm 2024": PEOPLE})
    found = by_code(read(table, TableReading(area=merged), facts=facts))
    # The last two went to the fifth in parts only: the rest of them lies outside.
    told = [(each.severity, each.count) for each in (found["U07"],)]
    assert told == [("error", 2)]
    assert [place.address for place in found["U07"].places] == ["A12", "A13"]


def test_a_row_of_another_level_is_told_and_may_be_meant() -> None:
    table = table_of({"Dân số năm 2025": [*PEOPLE, 70000]}, (*NAMES, "Xã Thí Điểm"))
    chosen = Answers(units={row_answer_key(14): PROVINCE})
    found = by_code(read(table, TableReading(), chosen))["U06"]
    assert (found.severity, [place.address for place in found.places]) == ("confirm", ["A14"])


def test_a_file_that_was_published_before_is_to_be_confirmed_unless_it_was_taken_back() -> None:
    day = dt.date(2026, 3, 9)
    asked: list[str] = []

    def known(*earlier: EarlierPublication) -> TableReading:
        def published(sha256: str) -> tuple[EarlierPublication, ...]:
            asked.append(sha256)
            return earlier

        return TableReading(published=published)

    standing = EarlierPublication(7, day)
    gone = EarlierPublication(9, day, taken_back=True)
    found = by_code(report := read(TABLE, known(gone, standing)))["F05"]
    assert (found.severity, asked) == ("confirm", [report.sha256])
    assert "7" in found.what["vi"]
    assert "09/3/2026" in found.what["vi"]
    confirmed = Answers(confirmed={"F05": "trang tính khác"})
    assert read(TABLE, known(standing), confirmed).publishable
    assert by_code(read(TABLE, known(gone)))["F05"].severity == "note"
    assert "F05" not in by_code(read(TABLE, known()))


def test_figures_of_a_closed_period_are_an_error_and_those_of_the_next_day_are_none() -> None:
    for day, closed in ((dt.date(2025, 12, 31), True), (dt.date(2025, 12, 30), False)):
        found = by_code(read(TABLE, TableReading(closed=ClosedPeriods(day))))
        assert ("P04" in found) == closed, day
    found = by_code(read(TABLE, TableReading(closed=ClosedPeriods(dt.date(2026, 1, 5)))))["P04"]
    assert (found.severity, found.count) == ("error", 12)
    assert [place.address for place in found.places][:2] == ["B2", "B3"]
    rows = "\n".join(f"{name};{each}" for name, each in zip(NAMES, PEOPLE, strict=True))
    plan = f"Tên xã;Diện tích rừng (ha)\n;KH 2025\n{rows}".encode()
    assert "P04" in by_code(read(plan, TableReading(closed=ClosedPeriods(dt.date(2026, 1, 5)))))


def test_all_rows_outside_the_account_s_units_are_set_aside_by_one_answer() -> None:
    said = Answers(outside="skip")
    report = read(TABLE, TableReading(area=OWN[:5]), said)
    found = by_code(report)["U07"]
    assert (found.severity, found.count) == ("note", 7)
    assert report.publishable
    assert {value.unit_id for value in report.values} == set(OWN[:5])
    assert answers_of(answers_document(said)) == said
    everywhere = read(TABLE, TableReading(), said)
    assert len(everywhere.values) == 12
    assert "U07" not in by_code(everywhere)


def test_a_row_that_a_person_chose_a_unit_of_others_for_is_set_aside_too() -> None:
    chosen = {row_answer_key(13): unit_id(12)}
    names = (*NAMES[:11], "Ứng Hoè Mới")
    table = table_of({"Dân số năm 2025": PEOPLE}, names)
    area = TableReading(area=[unit_id(n) for n in range(1, 12)])
    assert by_code(read(table, area, Answers(units=chosen)))["U07"].severity == "error"
    aside = read(table, area, Answers(units=chosen, outside="skip"))
    assert by_code(aside)["U07"].severity == "note"
    assert unit_id(12) not in {value.unit_id for value in aside.values}
