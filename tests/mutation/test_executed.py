"""The tests that are run on a change are those that run the changed line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mutation.executed import ExecutedLines, record_missing
from tests.mutation.mutants import mutants_of
from tests.mutation.nearest import NearestTests

pytestmark = [pytest.mark.processes, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
CODE = '''
def halves(whole):
    """The size of each of two parts."""
    if whole > 2:
        return whole / 2
    return whole


def sevenths(whole):
    return whole / 7


def tenths(whole):
    return whole / 10


LENGTH = tenths(30)
'''
NEAR, FAR = "tests/geodata/test_parts.py", "tests/portal/test_page.py"
NEAR_TESTS = """
import pytest
from geodata.parts import LENGTH, halves

@pytest.mark.shipped
def test_shipped():
    assert halves(10) == 5

def test_short():
    assert halves(LENGTH - 2) == 1

@pytest.mark.parametrize("whole", range(3, 203))
def test_long(whole):
    assert halves(whole) == whole / 2

def test_wrong():
    assert halves(8) == 5
"""
FAR_TESTS = """
import pytest
from geodata.parts import halves, sevenths

@pytest.fixture(scope="module")
def days():
    return sevenths(14)

def test_page():
    assert halves(6) == 3

def test_title(days):
    assert days == 2

def test_link(days):
    assert halves(days) == 2
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One module with its tests, beside the code that records what they run."""
    root = tmp_path_factory.mktemp("checkout")
    texts = {"geodata/__init__.py": "", "geodata/parts.py": CODE, NEAR: NEAR_TESTS, FAR: FAR_TESTS}
    texts["tests/test_readme.py"] = "def test_nothing_of_the_packages():\n    pass\n"
    texts["pytest.ini"] = "[pytest]\naddopts = --import-mode=importlib\nmarkers = shipped\n"
    texts["pytest.ini"] += "pythonpath = .\n"
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tests/mutation", root / "tests/mutation", ignore=skipped)
    return root


@pytest.fixture(scope="module")
def records(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    record_missing(folder, checkout, NearestTests(checkout).modules)
    return folder


def chosen(root: Path, records: Path, function: str, most: int = 150) -> list[str]:
    """The tests for the change of a function's arithmetic."""
    found = mutants_of(root / "geodata/parts.py", root)
    (mutant,) = [m for m in found if (m.function, m.kind) == (function, "arithmetic")]
    return ExecutedLines(records, root, NearestTests(root)).tests_of(mutant, most, 120.0)


def test_those_that_run_the_line_come_first_and_some_of_every_module(checkout, records) -> None:
    tests = chosen(checkout, records, "halves")
    long = [f"{NEAR}::test_long[{whole}]" for whole in range(4, 203, 2)]
    assert tests == [*long, f"{FAR}::test_page", f"{NEAR}::test_shipped"]
    assert chosen(checkout, records, "halves", 7) == tests[:7]


def test_who_uses_a_fixture_that_runs_the_line_runs_it_too(checkout, records) -> None:
    assert chosen(checkout, records, "sevenths") == [f"{FAR}::test_title", f"{FAR}::test_link"]


def test_no_test_runs_what_is_run_while_modules_are_imported(checkout, records) -> None:
    assert chosen(checkout, records, "tenths") == []


def test_a_record_outlasts_changes_elsewhere_but_not_of_its_tests(
    checkout, records, tmp_path
) -> None:
    later = Path(shutil.copytree(checkout, tmp_path / "later"))
    code, tests = later / "geodata/parts.py", later / NEAR
    code.write_text(code.read_text().replace("return whole\n\n", "return whole  # 2 or less\n\n"))
    code.write_text(f"# Parts of a whole.\n{code.read_text()}")
    assert chosen(later, records, "halves") == chosen(checkout, records, "halves")
    tests.write_text(tests.read_text().replace("== 5", "== 4").replace("203", "13"))
    record_missing(records, later, NearestTests(later).modules)
    assert chosen(later, records, "halves")[9:11] == [
        f"{NEAR}::test_long[12]", f"{NEAR}::test_wrong",
    ]  # fmt: skip
