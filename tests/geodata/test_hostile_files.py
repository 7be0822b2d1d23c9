"""Datasets made wrong on purpose: each is refused in words, and nothing is written elsewhere."""

from __future__ import annotations

import csv
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.check import check_dataset
from geodata.dataset import read_dataset, read_dataset_info
from geodata.errors import FileFault, StoreFault
from geodata.parsing import MAX_MAGNITUDE, parse_day, parse_decimal
from geodata.store import create_store, open_store
from geodata.topojson import decode

INDICATORS, DESCRIPTION = "indicators/population.toml", "dataset.toml"


def put(folder: Path, table: str, column: str, value: str, row: int = 1) -> None:
    """Write one cell of a shipped table."""
    path = folder / "shipped" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[row][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def swap(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file of the dataset, once."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [DESCRIPTION, INDICATORS, "sources/all.toml", "shipped/manifest.json", "shipped/units.csv",
     "shipped/boundaries-1.topojson"],
)  # fmt: skip
def test_a_folder_in_the_place_of_a_file_is_one_fault(toy_copy: Path, name: str) -> None:
    (toy_copy / name).unlink()
    (toy_copy / name).mkdir()
    assert [fault.where for fault in check_dataset(toy_copy)] == [name]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (DESCRIPTION, "a=" + "[" * 100_000),
        (DESCRIPTION, "a=" + "9" * 5_000),
        ("shipped/manifest.json", "[" * 100_000),
        ("shipped/manifest.json", "[]"),
        ("shipped/manifest.json", '{"version": "../../elsewhere"}'),
        ("shipped/manifest.json", '{"version": null}'),
        ("shipped/manifest.json", '{"counts": "many"}'),
        ("shipped/boundaries-1.topojson", "[" * 100_000),
        ("shipped/boundaries-1.topojson", "null"),
        (INDICATORS, "indicator = 3"),
    ],
)
def test_content_of_another_shape_is_one_fault_of_that_file(
    toy_copy: Path, name: str, content: str
) -> None:
    (toy_copy / name).write_text(content, encoding="utf-8")
    faults = check_dataset(toy_copy)
    assert len(faults) == 1
    assert name in faults[0].where


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (DESCRIPTION, 'id = "toy"', 'id = "../../elsewhere"'),
        (DESCRIPTION, 'id = "toy"', f'id = "{"x" * 10_000}"'),
        (DESCRIPTION, '"2025-07-01"', "2025-07-01T00:00:00"),
        (DESCRIPTION, '"2026-06-30"', '"20260630"'),
        (DESCRIPTION, '"2026-06-30"', '"30/06/2026"'),
        (DESCRIPTION, 'en = "Grid"', 'en = "Gr\\u0000id"'),
        (INDICATORS, "decimals = 0", "decimals = 400"),
        (INDICATORS, "decimals = 0", "decimals = -1"),
        (INDICATORS, "range = [0]", "range = [nan]"),
        (INDICATORS, "range = [0]", "range = [-inf, inf]"),
        (INDICATORS, "range = [0]", f"range = [{'9' * 400}]"),
        (INDICATORS, "ratio_factor = 1", "ratio_factor = inf"),
        (INDICATORS, "classes = 5", "classes = 2"),
        (INDICATORS, "thresholds = [10, 20]", "thresholds = [1e308]"),
    ],
)
def test_values_nothing_can_use_are_refused_by_field(
    toy_copy: Path, name: str, old: str, new: str
) -> None:
    swap(toy_copy, name, old, new)
    with pytest.raises(FileFault) as refused:
        read_dataset(toy_copy)
    assert refused.value.where.startswith(name)


@pytest.mark.parametrize("text", ["NaN", "inf", "1e308", "1_000", " 5", "1.600,5", "0x10", "٣"])
def test_only_plain_decimals_are_numbers(toy_copy: Path, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_decimal(text)
    put(toy_copy, "observations", "value", text, row=3)
    with pytest.raises(FileFault, match=r"observations.csv:4 value"):
        read_dataset(toy_copy)


def test_what_the_tables_write_is_read() -> None:
    for number in (0.1, 1e-07, -12.5, MAX_MAGNITUDE, 1e16):
        assert parse_decimal(repr(number)) == number


@pytest.mark.parametrize("text", ["20130101", "2013-W01-2", "01/01/2013", "1/1/2013", "2013-1-1"])
def test_days_are_read_in_one_order_only(toy_copy: Path, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_day(text)
    put(toy_copy, "units", "valid_from", text)
    with pytest.raises(FileFault, match=r"units.csv:2 valid_from"):
        read_dataset(toy_copy)


@pytest.mark.parametrize("quote", ["q" * 200_000, "a\0b", "a\x1b[31mb"])
def test_cells_too_long_or_with_control_characters_are_refused(toy_copy: Path, quote: str) -> None:
    put(toy_copy, "observations", "quote", quote, row=3)
    with pytest.raises(FileFault, match=r"shipped/observations.csv:\d"):
        read_dataset(toy_copy)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("units", "unit_id", "9901-20130101"),
        ("units", "parent_id", "nowhere"),
        ("units", "valid_to", "0001-01-01"),
        ("units", "source_id", "nowhere"),
        ("observations", "unit_id", "1-20130101"),
        ("observations", "indicator", "nowhere"),
        ("observations", "source_id", "nowhere"),
        ("succession", "to_id", "nowhere"),
    ],
)
def test_tables_that_contradict_each_other_make_no_store(
    toy_copy: Path, tmp_path: Path, table: str, column: str, value: str
) -> None:
    put(toy_copy, table, column, value)
    home = tmp_path / "instance"
    with pytest.raises(FileFault):
        create_store(home / "toy.gpkg", read_dataset(toy_copy))
    assert list(home.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_in_words(toy_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(StoreFault, match="PORTAL_INSTANCE"):
        create_store(tmp_path / "taken" / "toy.gpkg", read_dataset(toy_copy))


@pytest.mark.slow
def test_a_store_with_nonsense_in_its_rows_is_foreign(toy_copy: Path, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "toy.gpkg"
    create_store(path, read_dataset(toy_copy)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE dataset SET reference_date = 'yesterday'")
    connection.close()
    with pytest.raises(StoreFault):
        open_store(path)


def test_what_a_killed_writer_left_goes_even_if_its_number_lives(
    toy_copy: Path, tmp_path: Path
) -> None:
    left = tmp_path / f".toy.gpkg.{os.getpid()}.0123abcd.part"
    fresh = left.with_name(f".toy.gpkg.{os.getpid()}.89abcdef.part")
    for path in (left, fresh):
        path.write_text("half")
    os.utime(left, (time.time() - 7200,) * 2)
    create_store(tmp_path / "toy.gpkg", read_dataset(toy_copy)).close()
    assert (left.exists(), fresh.exists()) == (False, True)


def _first(topology: dict[str, Any]) -> dict[str, Any]:
    """The first shape of a topology."""
    shapes: list[dict[str, Any]] = next(iter(topology["objects"].values()))["geometries"]
    return shapes[0]


def _bomb(topology: dict[str, Any]) -> None:
    topology["arcs"].append([[0, 0], *[[1, 0]] * 20_000, [0, 1], *[[-1, 0]] * 20_000, [0, -1]])
    last = len(topology["arcs"]) - 1
    _first(topology).update(type="MultiPolygon", arcs=[[[last]]] * 5_000)


SPOILT: dict[str, Callable[[dict[str, Any]], object]] = {
    "metres": lambda t: t["transform"].update(translate=[500_000, 2_400_000]),
    "axes swapped": lambda t: t["transform"].update(translate=[22.0, 103.0]),
    "scale not finite": lambda t: t["transform"].update(scale=[float("inf"), 1]),
    "position not finite": lambda t: t["arcs"].__setitem__(0, [[float("nan"), 0], [1, 1], [2, 2]]),
    "position too large": lambda t: t["arcs"].__setitem__(0, [[10**400, 0], [1, 1], [2, 2]]),
    "no such arc": lambda t: _first(t).update(type="Polygon", arcs=[[999_999]]),
    "ring without arcs": lambda t: _first(t).update(type="Polygon", arcs=[[]]),
    "no objects": lambda t: t.update(objects=[1]),
    "bomb": _bomb,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_topology_made_wrong_is_one_fault(
    toy_copy: Path, spoil: Callable[[dict[str, Any]], object]
) -> None:
    path = toy_copy / "shipped" / "boundaries-1.topojson"
    topology = json.loads(path.read_text(encoding="utf-8"))
    spoil(topology)
    path.write_text(json.dumps(topology), encoding="utf-8")
    with pytest.raises(FileFault, match=r"boundaries-1.topojson"):
        decode(path)


def test_a_shape_without_a_unit_id_is_one_fault(toy_copy: Path) -> None:
    path = toy_copy / "shipped" / "boundaries-1.topojson"
    topology = json.loads(path.read_text(encoding="utf-8"))
    _first(topology).pop("id")
    path.write_text(json.dumps(topology), encoding="utf-8")
    assert [fault.where for fault in check_dataset(toy_copy)] == ["shipped/boundaries-1.topojson"]


def test_the_version_of_a_dataset_not_yet_built_is_empty(toy_copy: Path) -> None:
    (toy_copy / "shipped" / "manifest.json").unlink()
    assert read_dataset_info(toy_copy).version == ""
