"""What holds for the code as a whole: it knows no place, and its rooms stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.dataset import default_dataset_folder, read_dataset

ROOT = Path(__file__).parent.parent
MOST_LINES, MOST_OF_A_FUNCTION = 600, 80
SUFFIXES = {".py", ".js", ".mjs", ".css", ".html", ".toml"}
AWAY = {"datasets", "node_modules", "build", "test"}


def code() -> Iterator[Path]:
    """Files of the three packages and of the browser code, without datasets and what is made."""
    for folder in ("geodata", "layers", "portal", "static"):
        for path in (ROOT / folder).rglob("*"):
            inside = set(path.relative_to(ROOT / folder).parts[:-1])
            made = inside & (AWAY if folder == "static" else AWAY - {"build", "test"})
            if path.suffix in SUFFIXES and not made:
                yield path


def test_no_code_names_the_place_whose_data_it_serves() -> None:
    dataset = read_dataset(default_dataset_folder())
    province = next(unit for unit in dataset.units if unit.level == "province")
    names = {dataset.info.id, province.name.vi, province.name.en, province.full_name.vi}
    for path in code():
        text = path.read_text(encoding="utf-8").casefold()
        assert [name for name in names if name.casefold() in text] == [], path


@pytest.mark.parametrize(
    "path", [p for p in code() if p.suffix == ".py"], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_OF_A_FUNCTION, node.name
