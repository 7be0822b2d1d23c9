"""All that is read of a table, and all that is said and asked about it, is as it was.

``KEPT_LINES=write`` keeps what is read now; see `tests.kept_lines`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from office_facts import office_facts
from office_groups import LEVELS, SEVERAL, TURNED
from office_lists import HEADERS, HIDDEN, LONG_AND_WIDE, SIMPLE_LISTS, WRITTEN
from office_workbooks import Workbook

from geodata.dataset import Dataset
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table
from tests.checked_tables import Known, merged_facts
from tests.kept_lines import hold
from tests.told_tables import told_lines

FOLDER = Path(__file__).parent / "told"
GRIDS = sorted((FOLDER / "grids").glob("*.csv"))
OF_LAM_KHE = sorted((FOLDER / "lam_khe").glob("*.csv"))
PEOPLE = [4900, 3000, 8200, 4000, 6100, 2800, 7000, 3500, 4300, 5700, 3300, 6600]
KNOWN: Known = {
    ("population", "2022"): [people - 40 for people in PEOPLE],
    ("population", "2023"): [*PEOPLE, sum(PEOPLE)],
    ("population", "2024"): [*PEOPLE, 61_250],
    ("households", "2023"): [people // 4 for people in PEOPLE],
    ("poor", "2023"): [50 + 7 * number for number in range(12)],
    ("forest", "2023"): [people / 10 for people in PEOPLE],
}
KINDS = (SIMPLE_LISTS, HEADERS, LEVELS, LONG_AND_WIDE, WRITTEN, HIDDEN, SEVERAL, TURNED)
WORKBOOKS = [book for kind in KINDS for book in kind]


@pytest.fixture(scope="module")
def offices() -> DatasetFacts:
    return office_facts()


@pytest.fixture(scope="module")
def communes() -> DatasetFacts:
    return merged_facts(KNOWN)


@pytest.fixture(scope="module")
def lam_khe(lam_khe_dataset: Dataset) -> DatasetFacts:
    return DatasetFacts(lam_khe_dataset)


@pytest.mark.slow
@pytest.mark.parametrize("book", WORKBOOKS, ids=[book.name for book in WORKBOOKS])
def test_a_workbook_of_an_office_is_told_as_it_was(
    tmp_path: Path, book: Workbook, offices: DatasetFacts
) -> None:
    path = book.write(tmp_path)
    report = prepare_table(path, f"Năm 2024{book.suffix}", offices)
    hold(FOLDER / "offices", book.name, told_lines(report, offices.index))


@pytest.mark.slow
@pytest.mark.parametrize("grid", GRIDS, ids=[grid.stem for grid in GRIDS])
def test_a_table_of_a_commune_s_clerk_is_told_as_it_was(grid: Path, communes: DatasetFacts) -> None:
    report = prepare_table(grid.read_bytes(), "bieu.csv", communes)
    hold(FOLDER / "grids", grid.stem, told_lines(report, communes.index))


@pytest.mark.slow
@pytest.mark.parametrize("grid", OF_LAM_KHE, ids=[grid.stem for grid in OF_LAM_KHE])
def test_classes_parts_and_homonyms_are_told_as_they_were(
    grid: Path, lam_khe: DatasetFacts
) -> None:
    report = prepare_table(grid.read_bytes(), "bieu.csv", lam_khe)
    hold(FOLDER / "lam_khe", grid.stem, told_lines(report, lam_khe.index))
