"""What is found in a list of villages is told once for its kind, with the cells and the way out."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest
from build_helpers import unit

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.list_import.list_report import ListQuestion
from geodata.list_import.village_findings import VillageFindings
from geodata.list_import.village_lists import _answered_villages
from geodata.table_import.report_records import Finding
from geodata.villages.import_record import ImportedVillage

TABLE = Some(
    sheet="Biểu", header=3, numbers={"Tên": 2, "Dân số": 5},
    rows=[Some(number=4, where="b.csv:4"), Some(number=5, where="b.csv:5")],
)  # fmt: skip
COMMUNE = unit("03390-20250701", full_name=Text("xã Bình Lư", "Bình Lư commune"))


def village(row: int | str, name: str = "Nà Đon", **more: object) -> ImportedVillage:
    return ImportedVillage(f"b.csv:{row}", "ban", name, **more)


def told(findings: VillageFindings) -> list[tuple[str, list[tuple[int, int]]]]:
    """Code and cells of each finding."""
    return [
        (each.code, [(place.row, place.column) for place in each.places])
        for each in findings.sorted()
    ]


@pytest.mark.parametrize(
    ("where", "cells"),
    [
        ("b.csv:4 Dân số", [(4, 5)]),
        ("b.csv:4", [(4, 0)]),
        ("b.csv:9 Dân số", []),
        ("b.csv", []),
    ],
)
def test_a_fault_of_a_cell_is_told_at_the_cell_and_of_the_file_at_no_cell(where, cells) -> None:
    findings = VillageFindings(TABLE)
    findings.add_faults([InvalidInput(Text("Không phải số", "Not a number"), "x", where=where)])
    assert told(findings) == [("G01", cells)]


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [(("1", "2"), "1, 2"), (Text("một số", "a number"), "một số"), ((), "")],
)
def test_a_fault_tells_what_was_expected(allowed, expected: str) -> None:
    findings = VillageFindings(TABLE)
    fault = InvalidInput(Text("Sai", "Wrong"), "x", allowed, where="b.csv:5 Tên")
    findings.add_faults([fault])
    (found,) = findings.sorted()
    assert found.expected["vi"] == expected


@pytest.mark.parametrize(
    ("kind", "row", "answer", "codes"),
    [
        ("village", 4, None, ["G10"]),
        ("commune", 4, None, ["G11"]),
        ("village", 4, "", []),
        ("village", 9, None, []),
    ],
)
def test_what_nobody_has_answered_yet_is_asked_at_its_row(kind, row, answer, codes) -> None:
    findings = VillageFindings(TABLE)
    findings.add_questions([ListQuestion(kind, "k", "Nà Đon", "Bình Lư", 1, row, (), answer)])
    assert [code for code, _ in told(findings)] == codes


def of_report(**found: object) -> list[Finding]:
    nothing = {"duplicates": (), "outside": (), "new": (), "unmentioned": (), "polygons": None}
    rows = (village(4), village(5, "Hoa Lư"), village("hàng cuối", "Tòng Pẳn"))
    findings = VillageFindings(TABLE)
    findings.add_report(Some(**nothing | found, commune=COMMUNE, record=Some(rows=rows)))
    return list(findings.sorted())


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        ({"duplicates": [(village(5), village(4))]}, "G02", "in row 4 already"),
        ({"duplicates": [(village(5), village("x"))]}, "G02", "in row 0 already"),
        ({"duplicates": [(village(5), village("٤"))]}, "G02", "in row 0 already"),
        ({"outside": [(village(5), 120.4)]}, "G03", "outside Bình Lư commune"),
        ({"new": [village(5, "Hoa Lư")]}, "G09", "New villages in Bình Lư commune: Hoa Lư"),
        ({"unmentioned": [unit("v1-20250701", full_name=Text("bản Pa", "Pa"))]}, "G08", "bản Pa"),
    ],
)
def test_what_a_commune_lacks_or_has_twice_is_told(found, code: str, words: str) -> None:
    (finding,) = of_report(**found)
    assert finding.code == code
    assert words in finding.what["en"]


def shapes(**found: object) -> Some:
    return Some(**{"overlaps": (), "outside": (), "invalid": (), "gaps_km2": 0.0} | found)


@pytest.mark.parametrize(
    ("found", "code", "value", "cells"),
    [
        ({"overlaps": [(1, 0, 0.01)]}, "G04", "0.0100 km²", [5]),
        ({"outside": [(0, 0.125)]}, "G05", "12.5 %", [4]),
        ({"invalid": [(1, "Self-intersection")]}, "G06", "Self-intersection", [5]),
        ({"invalid": [(2, "")]}, "G06", "", []),
        ({"gaps_km2": 0.5}, "G07", "", []),
    ],
)
def test_areas_that_overlap_leave_gaps_or_leave_the_commune_are_told(
    found, code: str, value: str, cells: list[int]
) -> None:
    (finding,) = of_report(polygons=shapes(**found))
    assert (finding.code, finding.value) == (code, value)
    assert [place.row for place in finding.places] == cells


def test_areas_that_fill_the_commune_exactly_are_no_finding() -> None:
    assert of_report(polygons=shapes()) == []


@pytest.mark.parametrize(
    ("key", "answer", "asked"),
    [
        ("03390-20250701|Nà Đon", "v1-20250701", 1),
        ("03390-20250701|Nà Đon", "", 0),
        ("03390-20250701|Nà Đon", "v2-20250701", 0),
        ("03390-20250701|Nà Đon", "03390-20250701", 0),
        ("03637-20250701|Nà Đon", "v1-20250701", 0),
    ],
)
def test_an_answer_that_names_a_known_village_stays_in_sight(key, answer, asked: int) -> None:
    known = unit("v1-20250701", "village", COMMUNE.unit_id)
    served = Some(whole=Some(units=[COMMUNE, known]))
    reports = Some(reports=[Some(commune=COMMUNE)])
    answers = Some(lists=Some(villages={key: answer}))
    found = list(_answered_villages(reports, answers, served))
    assert [(each.written, each.answer) for each in found] == [("Nà Đon", known.unit_id)] * asked
