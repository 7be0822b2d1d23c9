"""`--only figures`: new figures on the shapes that were shipped, without their inputs."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from geodata.build.figures import build_figures
from geodata.build.pipeline import build_dataset
from geodata.check import check_dataset
from geodata.dataset import default_dataset_folder, read_dataset
from geodata.errors import FileFault
from geodata.faults import FileFaults
from portal.cli import main

pytestmark = pytest.mark.slow

NEW_SOURCE = """
[[source]]
id = "people-2026"
kind = "register"
title = { vi = "Dân số đầu năm 2026", en = "People at the beginning of 2026" }
date = "2026-01"
file = "people_2026.xlsx"
rank = 1
"""
NEW_TABLE = """
[[table]]
file = "people_2026.xlsx"
source = "people-2026"
level = "commune"
valid_on = "2026-01-01"
period = "2026"
numbers = "vietnamese"
code = "Mã xã"

[[table.column]]
name = "Dân số"
indicator = "population"
"""


def shipped_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "shipped").iterdir())}


def add_table(folder: Path, inputs: Path) -> None:
    inputs.mkdir(exist_ok=True)
    with (folder / "inputs" / "tables.toml").open("a", encoding="utf-8") as recipes:
        recipes.write(NEW_TABLE)
    with (folder / "sources" / "sources.toml").open("a", encoding="utf-8") as sources:
        sources.write(NEW_SOURCE)
    workbook = Workbook()
    workbook.active.append(["Mã xã", "Dân số"])
    for code, people in {
        "01": "20.500",
        "03": 17800,
        "09": 15400.0,
        "11": 14100,
        "16": 4100,
    }.items():
        workbook.active.append([f"980{code}", people])
    workbook.save(inputs / "people_2026.xlsx")


def test_without_any_input_the_figures_come_out_as_they_were(
    lam_khe_copy: Path, tmp_path: Path
) -> None:
    before = shipped_bytes(lam_khe_copy)
    build_figures(lam_khe_copy, tmp_path)
    assert shipped_bytes(lam_khe_copy) == before


def test_with_all_inputs_they_do_as_well(lam_khe_copy: Path) -> None:
    before = shipped_bytes(lam_khe_copy)
    build_figures(lam_khe_copy, lam_khe_copy)
    assert shipped_bytes(lam_khe_copy) == before


def test_the_shipped_province_is_made_again_without_its_inputs(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(default_dataset_folder(), tmp_path / "dataset"))
    before = shipped_bytes(folder)
    build_figures(folder, tmp_path)
    after = shipped_bytes(folder)
    assert [name for name in before if after.get(name) != before[name]] == []
    assert sorted(after) == sorted(before)


def test_a_new_table_needs_no_other_input(lam_khe_copy: Path, tmp_path: Path) -> None:
    before = shipped_bytes(lam_khe_copy)
    add_table(lam_khe_copy, tmp_path / "table")
    build_figures(lam_khe_copy, tmp_path / "table")
    dataset = read_dataset(lam_khe_copy)
    people = {
        o.unit_id[:5]: o.value
        for o in dataset.observations
        if (o.indicator, o.period) == ("population", "2026")
        and o.status == "actual"
        and not o.method
    }
    assert people == {"98001": 20500, "98003": 17800, "98009": 15400, "98011": 14100, "98016": 4100}
    density = [o for o in dataset.observations if o.indicator == "population_density"]
    assert {o.unit_id[:5] for o in density if o.period == "2026"} >= {*people}
    after = shipped_bytes(lam_khe_copy)
    shapes = [name for name in before if name.startswith("bound")]
    assert [after[name] for name in shapes] == [before[name] for name in shapes]
    assert check_dataset(lam_khe_copy) == []


def test_the_whole_build_gives_the_same_bytes(lam_khe_copy: Path, tmp_path: Path) -> None:
    add_table(lam_khe_copy, tmp_path / "table")
    build_figures(lam_khe_copy, tmp_path / "table")
    alone = shipped_bytes(lam_khe_copy)
    shutil.copy(tmp_path / "table" / "people_2026.xlsx", lam_khe_copy / "data")
    build_dataset(lam_khe_copy, lam_khe_copy)
    assert shipped_bytes(lam_khe_copy) == alone
    assert check_dataset(lam_khe_copy, lam_khe_copy) == []


def test_a_figure_taken_out_of_the_readings_is_gone(lam_khe_copy: Path, tmp_path: Path) -> None:
    path = lam_khe_copy / "observations" / "forest.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    build_figures(lam_khe_copy, tmp_path)
    figures = read_dataset(lam_khe_copy).observations
    assert not [o for o in figures if (o.indicator, o.status) == ("forest_area", "plan")]
    assert [o for o in figures if (o.indicator, o.status) == ("forest_area", "actual")]


def test_a_doubt_goes_with_the_figure_that_raised_it(lam_khe_copy: Path, tmp_path: Path) -> None:
    path = lam_khe_copy / "observations" / "population.csv"
    written = path.read_text(encoding="utf-8")
    row = "98001-20250701,population,2025-07-01,actual,90000,report-2026,90.000 người,,,,,,,,,\n"
    path.write_text(written + row, encoding="utf-8")
    build_figures(lam_khe_copy, tmp_path)

    def doubts() -> list[str]:
        return [
            o.doubt.en
            for o in read_dataset(lam_khe_copy).observations
            if o.unit_id == "98001-20250701" and o.source_id == "people-2025" and o.doubt
        ]

    assert doubts()
    path.write_text(written, encoding="utf-8")
    build_figures(lam_khe_copy, tmp_path)
    assert doubts() == []


def test_what_is_neither_at_hand_nor_shipped_is_named(lam_khe_copy: Path, tmp_path: Path) -> None:
    add_table(lam_khe_copy, tmp_path / "table")
    recipes = lam_khe_copy / "inputs" / "rasters.toml"
    text = recipes.read_text(encoding="utf-8")
    recipes.write_text(text.replace('period = "2000"', 'period = "2001"'), encoding="utf-8")
    before = shipped_bytes(lam_khe_copy)
    with pytest.raises(FileFaults) as refused:
        build_figures(lam_khe_copy, tmp_path)
    told = refused.value.message("en")
    assert "tables.toml [table #7] file: The table is not among the inputs" in told
    assert "people_2026.xlsx Dân số" in told
    assert "rasters.toml [raster #1] file: The grid is not among the inputs" in told
    assert shipped_bytes(lam_khe_copy) == before


def test_figures_alone_need_a_dataset_that_was_built(lam_khe_copy: Path) -> None:
    shutil.rmtree(lam_khe_copy / "shipped")
    with pytest.raises(FileFault, match="never built as a whole"):
        build_figures(lam_khe_copy, lam_khe_copy)


def test_figures_are_built_on_tables_that_were_shipped_before_some_columns_came(
    lam_khe_copy: Path, tmp_path: Path
) -> None:
    add_table(lam_khe_copy, tmp_path / "table")
    path = lam_khe_copy / "shipped" / "observations.csv"
    newer = ("note_vi", "note_en", "concept", "impossible")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    older = [name for name in rows[0] if name not in newer]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, older, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    build_figures(lam_khe_copy, tmp_path / "table")
    assert path.read_text(encoding="utf-8").splitlines()[0].split(",") == [*rows[0]]
    assert len(read_dataset(lam_khe_copy).observations) > len(rows)


def test_tables_of_columns_that_nobody_knows_are_refused_with_the_way_out(
    lam_khe_copy: Path,
) -> None:
    path = lam_khe_copy / "shipped" / "observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unit_id,", "unit,", 1), encoding="utf-8")
    with pytest.raises(FileFault, match=r"portal dataset build"):
        build_figures(lam_khe_copy, lam_khe_copy)


def test_a_folder_that_there_is_not_is_named(lam_khe_copy: Path, tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"no such folder.*nowhere"):
        build_figures(lam_khe_copy, tmp_path / "nowhere")


def test_it_is_an_option_of_the_command(lam_khe_copy: Path, tmp_path: Path) -> None:
    add_table(lam_khe_copy, tmp_path / "table")
    runner = CliRunner(env={"PORTAL_DATASET": str(lam_khe_copy)})
    arguments = ["dataset", "build", "--only", "figures", "--inputs", str(tmp_path / "table")]
    made = runner.invoke(main, arguments)
    assert made.exit_code == 0, made.output
    kept = (
        "register_2025.csv, people_2025.csv, census_2019.csv, forest_2024.csv, areas_2024.csv, "
        "areas_2025.csv, elevation.asc"
    )
    assert f"figures kept as shipped: {kept}\n" in made.output
