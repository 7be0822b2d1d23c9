"""Every kind of fault is planted in the toy dataset and found, as one line that says where."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from build_helpers import TERRITORY
from toy import PROVINCE, district_id, new_id, old_id

from geodata.build.dataset_writer import write_manifest
from geodata.check import check_dataset
from geodata.dataset import read_manifest

Plant = Callable[[Path], None]


def put(table: str, field: str, value: str, **where: str) -> Plant:
    """Overwrite one cell of the first row that has the values of ``where``."""

    def plant(folder: Path) -> None:
        path = folder / "shipped" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        target = next(r for r in rows if all(r[key] == text for key, text in where.items()))
        assert target[field] != value
        target[field] = value
        _save(path, rows)

    return plant


def drop(table: str, **where: str) -> Plant:
    """Remove the rows that have the values of ``where``."""

    def plant(folder: Path) -> None:
        path = folder / "shipped" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = [r for r in rows if any(r[key] != text for key, text in where.items())]
        assert len(kept) < len(rows)
        _save(path, kept)

    return plant


def double(table: str, **where: str) -> Plant:
    """Write a row twice."""

    def plant(folder: Path) -> None:
        path = folder / "shipped" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        index = next(i for i, r in enumerate(rows) if all(r[k] == v for k, v in where.items()))
        _save(path, [*rows[: index + 1], *rows[index:]])

    return plant


def _save(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def unit(unit_id: str, field: str, value: str) -> Plant:
    return put("units", field, value, unit_id=unit_id)


def step(from_id: str, field: str, value: str) -> Plant:
    return put("succession", field, value, from_id=from_id)


def figure(field: str, value: str, **where: str) -> Plant:
    return put("observations", field, value, **where)


def both(*plants: Plant) -> Plant:
    def plant(folder: Path) -> None:
        for one in plants:
            one(folder)

    return plant


def faults(folder: Path, inputs: Path | None = None) -> list[str]:
    """Lines of the report after the manifest was brought up to date."""
    write_manifest(folder, _counts(folder))
    return [fault.message("en") for fault in check_dataset(folder, inputs)]


def _counts(folder: Path) -> dict[str, int]:
    files = {
        "units": "units",
        "successions": "succession",
        "observations": "observations",
        "accuracies": "boundary_report",
        "mentions": "village_mentions",
        "changes": "village_changes",
    }
    counts = {}
    for name, table in files.items():
        with (folder / "shipped" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            counts[name] = len(list(csv.DictReader(file)))
    return counts


QUOTED = {"source_id": "report", "period": "2024"}
DENSITY = {"indicator": "population_density", "unit_id": old_id(1)}
COUNT = {"indicator": "population", "unit_id": old_id(2)}

ONE_LINE: dict[str, tuple[Plant, list[str]]] = {
    "code with letters": (
        unit(district_id(2), "code", "9O2"),
        ["units.csv:4 code", "9O2"],
    ),
    "id is not code and validity": (
        both(unit(PROVINCE, "valid_from", "2000-01-02")),
        ["units.csv:2 unit_id", PROVINCE, "99-20000102"],
    ),
    "name missing": (unit(new_id(1), "name_en", ""), ["name_en", new_id(1)]),
    "name not in NFC": (unit(new_id(1), "name_vi", "Ho\u0300a Bi\u0300nh"), ["name_vi", "NFC"]),
    "source of a unit": (unit(old_id(3), "source_id", "nobody"), ["units.csv", "'nobody'"]),
    "no parent": (unit(new_id(16), "parent_id", ""), ["parent_id", "No unit above", new_id(16)]),
    "unknown parent": (unit(new_id(16), "parent_id", "98-20000101"), ["'98-20000101'"]),
    "parent ends too early": (
        unit(new_id(16), "parent_id", district_id(2)),
        ["units.csv", "parent_id", "not valid throughout", new_id(16)],
    ),
    "successor unknown": (step(old_id(4), "to_id", "x"), ["succession.csv", "to_id", "'x'"]),
    "succession on another day": (
        step(old_id(4), "date", "2025-07-02"),
        ["succession.csv:5 date", "2025-07-02"],
    ),
    "shares do not sum to one": (
        step(old_id(4), "share_area", "0.7"),
        ["succession.csv:5 share_area", "0.7"],
    ),
    "population shares do not sum to one": (
        step(old_id(4), "share_population", "1.2"),
        ["share_population", "1.2"],
    ),
    "legal basis in one language": (step(old_id(4), "legal_basis_en", ""), ["legal_basis"]),
    "source of a succession": (step(old_id(4), "source_id", "x"), ["succession.csv", "source_id"]),
    "forgotten predecessor": (
        drop("succession", from_id=old_id(7)),
        ["units.csv", "without successor", old_id(7)],
    ),
    "unknown indicator": (figure("indicator", "gdp", **COUNT), ["observations.csv", "'gdp'"]),
    "unknown source": (figure("source_id", "x", **COUNT), ["observations.csv", "source_id", "'x'"]),
    "unit of a figure": (figure("unit_id", "x", **COUNT), ["observations.csv", "unit_id", "'x'"]),
    "level not allowed": (
        figure("unit_id", PROVINCE, **DENSITY),
        ["indicator", "level", PROVINCE],
    ),
    "out of range": (
        figure("value", "-5", **COUNT),
        ["observations.csv", "value", "out of range", "-5"],
    ),
    "not a period": (figure("period", "2019-13", **COUNT), ["period", "2019-13"]),
    "period after the unit's end": (
        figure("period", "2026", **COUNT),
        ["period", "not valid in this period", "2026"],
    ),
    "doubt in one language": (
        put("observations", "doubt_en", "", unit_id=old_id(6), period="2019", source_id="report"),
        ["observations.csv", "doubt", "Khác tổng điều tra"],
    ),
    "note in one language": (figure("note_vi", "Lũy kế", **COUNT), ["note", "Lũy kế"]),
    "derived without method": (
        both(figure("method_vi", "", **DENSITY), figure("method_en", "", **DENSITY)),
        ["method", "derived figure without method"],
    ),
    "coverage over one": (figure("coverage", "1.5", **DENSITY), ["coverage", "1.5"]),
    "report without quote": (figure("quote", "", **QUOTED), ["quote", "without a quote"]),
    "figure twice": (
        double("observations", **COUNT),
        ["observations.csv", "stands twice", old_id(2)],
    ),
    "value not in the quote": (
        figure("value", "1605", **QUOTED),
        ["value", "does not stand in the quote", "1605", "1.600 người"],
    ),
    "scale forgotten": (
        figure("scale", "1", unit_id=old_id(6), status="estimate"),
        ["value", "does not stand in the quote", "1700"],
    ),
    "percentage not in the quote": (
        figure("stated_percent", "84.9", **QUOTED),
        ["stated_percent", "84.9"],
    ),
    "limit without note": (
        put("boundary_report", "outside_share", "0.3", unit_id=old_id(1)),
        ["boundary_report.csv", "outside_share", "0.3", "0.1"],
    ),
    "note of the report in one language": (
        put("boundary_report", "note_vi", "Lệch", unit_id=old_id(1)),
        ["boundary_report.csv", "note", "Lệch"],
    ),
    "report of an unknown unit": (
        put("boundary_report", "unit_id", "x", unit_id=old_id(1)),
        ["boundary_report.csv", "unit_id", "'x'"],
    ),
    "report with another area": (
        put("boundary_report", "shape_area_km2", "1", unit_id=old_id(1)),
        ["boundary_report.csv", "shape_area_km2"],
    ),
    "unreadable number": (
        figure("value", "1.600,5", **COUNT),
        ["observations.csv", "value", "1.600,5"],
    ),
    "not a number": (figure("value", "NaN", **COUNT), ["observations.csv", "value", "NaN"]),
    "unknown status": (figure("status", "rumour", **COUNT), ["status", "'rumour'"]),
    "unknown level": (unit(old_id(1), "level", "ward"), ["units.csv", "level", "'ward'"]),
    "day that does not exist": (
        unit(old_id(1), "valid_from", "2013-02-30"),
        ["units.csv", "valid_from", "2013-02-30"],
    ),
    "truth value": (step(old_id(1), "whole", "maybe"), ["succession.csv", "whole", "maybe"]),
}


@pytest.fixture
def folder(toy_copy: Path) -> Path:
    recipe = toy_copy / "inputs" / "territory.toml"
    recipe.parent.mkdir()
    recipe.write_text(TERRITORY, encoding="utf-8")
    return toy_copy


def test_the_toy_dataset_is_without_fault(folder: Path) -> None:
    assert faults(folder, folder.parent) == []


@pytest.mark.parametrize(("plant", "words"), ONE_LINE.values(), ids=ONE_LINE.keys())
def test_a_planted_fault_is_one_line(folder: Path, plant: Plant, words: list[str]) -> None:
    plant(folder)
    lines = faults(folder, folder.parent)
    named = [line for line in lines if all(word in line for word in words)]
    assert len(named) == 1, lines
    assert "\n" not in named[0]


def test_a_fault_is_worded_in_vietnamese_too(folder: Path) -> None:
    figure("value", "-5", **COUNT)(folder)
    write_manifest(folder, _counts(folder))
    line = check_dataset(folder)[0].message("vi")
    assert "Giá trị ngoài khoảng cho phép" in line
    assert "nhận được" in line


def test_an_overlapping_reuse_of_a_code_is_found(folder: Path) -> None:
    unit(old_id(1), "valid_to", "")(folder)
    lines = faults(folder)
    assert any("code is used again" in line and new_id(1) in line for line in lines)


def test_a_validity_that_ends_before_it_begins_is_found(folder: Path) -> None:
    unit(old_id(1), "valid_to", "2012-01-01")(folder)
    assert any("units.csv" in line and "ends before" in line for line in faults(folder))


def test_a_doubled_unit_is_found(folder: Path) -> None:
    double("units", unit_id=old_id(16))(folder)
    assert any("stands twice" in line and old_id(16) in line for line in faults(folder))


def test_a_unit_above_must_be_of_a_higher_level(folder: Path) -> None:
    unit(old_id(1), "parent_id", old_id(2))(folder)
    assert any("not of a higher level" in line and old_id(2) in line for line in faults(folder))


def test_a_unit_may_not_become_one_of_another_level(folder: Path) -> None:
    step(old_id(16), "to_id", PROVINCE)(folder)
    assert any("different levels" in line and PROVINCE in line for line in faults(folder))


def test_whole_and_several_successors_contradict(folder: Path) -> None:
    path = folder / "shipped" / "succession.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{old_id(16)},{new_id(11)},2025-07-01,a,b,false,0.0,0.0,grid,0.0,,\n")
    lines = faults(folder)
    assert [line for line in lines if "other parts" in line and old_id(16) in line]


def test_an_indicator_that_does_not_apply_to_the_kind(folder: Path) -> None:
    unit(old_id(1), "kind", "township")(folder)
    assert any("does not apply" in line and "township" in line for line in faults(folder))


def test_a_restated_figure_may_be_older_than_its_unit(folder: Path) -> None:
    where = {"indicator": "population", "unit_id": new_id(1)}
    figure("period", "2024", **where)(folder)
    assert any("not valid in this period" in line for line in faults(folder))
    figure("basis", "restated", **where)(folder)
    assert faults(folder) == []


def test_a_share_stated_as_what_exceeds_the_plan_is_understood(folder: Path) -> None:
    report = folder.parent / "seeds" / "report.txt"
    report.write_text(report.read_text("utf-8") + "đạt 1.600 người, vượt 18% kế hoạch", "utf-8")
    figure("quote", "đạt 1.600 người, vượt 18% kế hoạch", **QUOTED)(folder)
    figure("stated_percent", "118", **QUOTED)(folder)
    assert faults(folder, folder.parent) == []


def test_a_quote_that_is_not_in_its_document(folder: Path) -> None:
    figure("quote", "Dân số xã Hưng Hóa đạt 1.600 người", **QUOTED)(folder)
    assert faults(folder) == []
    lines = faults(folder, folder.parent)
    assert len(lines) == 1
    assert "quote is not in the document" in lines[0]
    assert "report.txt" in lines[0]


def test_quotes_are_compared_in_one_normal_form(folder: Path) -> None:
    figure("quote", "Dân số xã\n Hưng Ho\u0301a  là 1.600 người", **QUOTED)(folder)
    assert faults(folder, folder.parent) == []


def test_a_document_that_is_missing_is_told_once_with_the_number_of_its_quotes(
    folder: Path,
) -> None:
    (folder.parent / "seeds" / "report.txt").unlink()
    with (folder / "shipped" / "observations.csv").open(encoding="utf-8", newline="") as file:
        quoted = sum(
            row["source_id"] == QUOTED["source_id"] and bool(row["quote"])
            for row in csv.DictReader(file)
        )
    (line,) = faults(folder, folder.parent)
    assert quoted > 1
    assert f"document of {quoted} quotes is not among the inputs" in line
    assert "report.txt" in line
    assert "check without --inputs" in line


def test_a_row_of_a_table_is_read_cell_by_cell(folder: Path) -> None:
    sources = folder / "sources" / "all.toml"
    text = sources.read_text("utf-8").replace('id = "grid"', 'id = "grid"\nfile = "grid.csv"')
    sources.write_text(text, encoding="utf-8")
    (folder.parent / "seeds" / "grid.csv").write_text("90002,Bản Lầu,200,134.31\n", "utf-8")
    figure("quote", "90002,Bản Lầu,200,134.31", **COUNT)(folder)
    assert faults(folder, folder.parent) == []
    figure("value", "201", **COUNT)(folder)
    assert any("does not stand in the quote" in line for line in faults(folder))


def test_a_manifest_of_other_files(folder: Path) -> None:
    path = folder / "shipped" / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",200,", ",201,"), encoding="utf-8")
    lines = [fault.message("en") for fault in check_dataset(folder)]
    assert len(lines) == 1
    assert "manifest.json version" in lines[0]
    assert read_manifest(folder)["version"] in lines[0]


def test_a_manifest_with_wrong_counts(folder: Path) -> None:
    path = folder / "shipped" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["counts"]["units"] = 1
    path.write_text(json.dumps(manifest), encoding="utf-8")
    lines = [fault.message("en") for fault in check_dataset(folder)]
    assert len(lines) == 1
    assert "manifest.json units" in lines[0]


def test_a_missing_table_is_the_only_fault_told(folder: Path) -> None:
    (folder / "shipped" / "units.csv").unlink()
    lines = [fault.message("en") for fault in check_dataset(folder)]
    assert len(lines) == 1
    assert "shipped/units.csv" in lines[0]
    assert "portal dataset build" in lines[0]


def test_a_column_that_is_missing_is_named(folder: Path) -> None:
    path = folder / "shipped" / "units.csv"
    path.write_text(path.read_text("utf-8").replace("parent_id", "parent", 1), encoding="utf-8")
    (line,) = [fault.message("en") for fault in check_dataset(folder)]
    assert "shipped/units.csv:1" in line
    assert "parent_id" in line


def test_readings_are_checked_in_their_own_file(folder: Path) -> None:
    readings = folder / "observations" / "population.csv"
    readings.parent.mkdir()
    header = (
        "unit_id,indicator,period,status,value,source,quote,scale,"
        "stated_percent,basis,method_vi,method_en,doubt_vi,doubt_en,note_vi,note_en\n"
    )
    bad = f"{new_id(1)},population,2025,actual,1.2.3,report,x,,,,,,,,,\n"
    readings.write_text(header + bad, encoding="utf-8")
    (line,) = faults(folder)
    assert "population.csv:2" in line
    assert "1.2.3" in line
