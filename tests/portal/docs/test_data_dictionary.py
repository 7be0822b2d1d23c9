"""The data dictionary describes every column of the shipped tables."""

from __future__ import annotations

from geodata.dataset import default_dataset_folder
from portal.docs.data_dictionary import data_dictionary, described_files


def test_every_column_has_a_description() -> None:
    missing = [(f.path, c.name) for f in described_files() for c in f.columns if not c.meaning]
    assert missing == []


def test_every_shipped_table_is_described_with_its_columns() -> None:
    described = {file.path: [column.name for column in file.columns] for file in described_files()}
    tables = sorted((default_dataset_folder() / "shipped").glob("*.csv"))
    assert tables
    for table in tables:
        header = table.read_text(encoding="utf-8").partition("\n")[0].split(",")
        assert described[f"shipped/{table.name}"] == header


def test_the_page_has_a_section_for_every_file() -> None:
    page = data_dictionary()
    assert all(f"## {file.path}\n" in page for file in described_files())
