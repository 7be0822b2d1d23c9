"""The data dictionary describes every key and column of a dataset, and the fields of documents."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geodata.dataset import default_dataset_folder
from geodata.dataset_files.csv_columns import CSV_TABLES
from geodata.dataset_files.skeleton import write_skeleton
from portal.api.schemas import SCHEMAS
from portal.docs.data_dictionary import data_dictionary, described_files
from portal.docs.record_fields import FieldDescription

SYNTHETIC = Path(__file__).parents[2] / "synthetic" / "lam_khe"
HELD_BY_OTHERS = {"data", "seeds"}
"""Folders of inputs, whose columns the dataset's own files name."""
DESCRIBED = {file.path: file.columns for file in described_files()}


def described(path: str) -> dict[str, FieldDescription]:
    """Columns or keys of the file at ``path`` by name; empty where no section is about it."""
    for pattern, columns in DESCRIBED.items():
        if re.fullmatch(re.sub(r"<\w+>", "[^/]+", pattern), path):
            return {column.name: column for column in columns}
    return {}


def undescribed_keys(
    tables: dict[str, Any], known: dict[str, FieldDescription], prefix: str = ""
) -> Iterator[str]:
    """Keys of a parsed TOML file that ``known`` lacks, with the tables around them."""
    any_id = next((name for name in known if re.fullmatch(r"<[^>.]+>", name)), None)
    for key, value in tables.items():
        name = any_id if any_id and not prefix else f"{prefix}{key}"
        if name not in known:
            yield name
        elif "table" in known[name].kind and "table of" not in known[name].kind:
            for table in value if isinstance(value, list) else [value]:
                yield from undescribed_keys(table, known, f"{name}.")


@pytest.fixture(params=["shipped", "synthetic", "skeleton"])
def dataset(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Folder of a dataset; that of a new one as it is first written."""
    if request.param == "skeleton":
        write_skeleton(tmp_path / "place")
        return tmp_path / "place"
    return SYNTHETIC if request.param == "synthetic" else default_dataset_folder()


def files_of(folder: Path, pattern: str) -> list[Path]:
    """Files of a dataset, relative to its folder, without its inputs."""
    found = [path.relative_to(folder) for path in sorted(folder.rglob(pattern))]
    kept = [path for path in found if path.parts[0] not in HELD_BY_OTHERS]
    assert kept
    return kept


def test_every_key_column_and_field_has_a_description() -> None:
    missing = [(f.path, c.name) for f in described_files() for c in f.columns if not c.meaning]
    assert missing == []


def test_every_key_of_a_toml_file_is_listed(dataset: Path) -> None:
    missing = [
        (path.as_posix(), key)
        for path in files_of(dataset, "*.toml")
        for key in undescribed_keys(
            tomllib.loads((dataset / path).read_text("utf-8")), described(path.as_posix())
        )
    ]
    assert missing == []


def test_a_key_that_nobody_described_is_found() -> None:
    known = described("events.toml")
    event = {"date": "2025-07-01", "changes": [{"from": "", "share_of_luck": 1}]}
    assert list(undescribed_keys({"event": [event], "ever": 1}, known)) == [
        "event.changes.share_of_luck",
        "ever",
    ]


def test_every_table_is_listed_with_the_columns_of_its_header(dataset: Path) -> None:
    for path in files_of(dataset, "*.csv"):
        header = (dataset / path).read_text("utf-8").partition("\n")[0].split(",")
        optional = {
            column.name
            for t in CSV_TABLES
            for column in t.optional_columns
            if path.match(re.sub("<.*>", "*", t.path)) and column.name not in header
        }
        known = [name for name in described(path.as_posix()) if name not in optional]
        table = next((t for t in CSV_TABLES if t.path == path.as_posix()), None)
        end = len(known) if table and table.open_ended else len(header)
        assert known == header[:end], path


def test_every_document_described_field_by_field_is_listed() -> None:
    for name, schema in SCHEMAS.items():
        fields = schema.get("properties", {})
        if fields and all("description" in field for field in fields.values()):
            listed = {column.name for column in DESCRIBED[f"JSON: {name}"]}
            assert set(fields) <= listed, name
    assert {"JSON: Unit", "JSON: Source", "JSON: Observation"} <= set(DESCRIBED)


def test_the_page_has_a_section_for_every_file() -> None:
    page = data_dictionary()
    assert all(f"## `{file.path}`\n" in page for file in described_files())
