"""What holds for the code as a whole: it knows no place, and its rooms stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.dataset import default_dataset_folder, read_dataset
from layers.styles import STYLES

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
MOST_LINES, MOST_OF_A_FUNCTION = 400, 50
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


@pytest.mark.slow
def test_no_code_names_the_place_whose_data_it_serves() -> None:
    dataset = read_dataset(default_dataset_folder())
    province = next(unit for unit in dataset.units if unit.level == "province")
    names = {dataset.info.id, province.name.vi, province.name.en, province.full_name.vi}
    for path in code():
        text = path.read_text(encoding="utf-8").casefold()
        assert [name for name in names if name.casefold() in text] == [], path


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring: words for readers are no burden."""
    whole = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    words = function.body[0]
    return whole - ((words.end_lineno or 0) - words.lineno + 1)


def read_by_people() -> list[Path]:
    """The programs of the packages, of the browser and of the tests."""
    suffixes = {".py", ".js", ".mjs", ".css", ".html"}
    tests = (p for p in TESTS.rglob("*") if "node_modules" not in p.parts)
    return sorted(path for path in (*code(), *tests) if path.suffix in suffixes)


@pytest.mark.slow
def test_files_and_functions_stay_short() -> None:
    files, functions = {}, {}
    for path in read_by_people():
        text, inside = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        if (lines := text.count("\n")) > MOST_LINES:
            files[inside] = lines
        for node in ast.walk(ast.parse(text)) if path.suffix == ".py" else ():
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
            if isinstance(node, kinds) and (lines := lines_of(node)) > MOST_OF_A_FUNCTION:
                functions[f"{inside}::{node.name}"] = lines
    assert files == {}
    assert functions == {}


def test_no_test_asks_for_an_idle_machine() -> None:
    # Speed is measured in tests/benchmarks; a wait ends with an event, not after a time.
    promises = re.compile(r"\bdeadline=|perf_counter|wait_for_timeout|networkidle")
    for path in TESTS.rglob("*.py"):
        timed = {"benchmarks", "load"} & set(path.relative_to(TESTS).parts)
        if not timed and path not in (Path(__file__), TESTS / "conftest.py"):
            assert promises.findall(path.read_text(encoding="utf-8")) == [], path


STYLE_HOMES = (Path("layers", "styles"), Path("static", "js", "styles"))


def compared_constants(tree: ast.AST) -> Iterator[str]:
    """The texts that anything is compared with, alone or in a list, or matched against."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides: list[ast.AST] = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        else:
            continue
        for side in sides:
            for each in ast.walk(side):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value


def compared_texts(text: str) -> list[str]:
    """The texts after or before a sign of comparison, of a script or a template."""
    quoted = r"[\"'`](\w+)[\"'`]"
    signs = rf"[!=]==?\s*{quoted}|{quoted}\s*[!=]==?|\bcase\s+{quoted}"
    lists = [found for inside in re.findall(r"\[([^\]]*)\]\.includes", text)
             for found in re.findall(quoted, inside)]  # fmt: skip
    return [next(filter(None, found)) for found in re.findall(signs, text)] + lists


def style_comparisons(path: Path, text: str) -> set[str]:
    """The styles whose names a file compares something with."""
    if path.suffix == ".py":
        return set(compared_constants(ast.parse(text))) & set(STYLES)
    if path.suffix in {".js", ".mjs", ".html"}:
        return set(compared_texts(text)) & set(STYLES)
    return set()


@pytest.mark.slow
def test_only_the_styles_themselves_ask_which_style_a_layer_has() -> None:
    for path in code():
        inside = path.relative_to(ROOT)
        if not any(inside.is_relative_to(home) for home in STYLE_HOMES):
            assert not style_comparisons(path, path.read_text(encoding="utf-8")), inside


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.py", 'legend.style == "symbols"'),
        ("x.py", 'style in ("choropleth", other)'),
        ("x.py", 'match style:\n    case "symbols":\n        pass'),
        ("x.js", 'if (legend.style !== "symbols") return;'),
        ("x.js", 'return "choropleth" === style;'),
        ("x.js", 'switch (style) { case "symbols": break; }'),
        ("x.js", '["symbols", "other"].includes(style)'),
        ("x.html", "{% if layer.style == 'symbols' %}"),
    ],
)
def test_a_comparison_with_the_name_of_a_style_is_found(name: str, text: str) -> None:
    assert style_comparisons(Path(name), text)


@pytest.mark.slow
def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for package in ("geodata", "layers", "portal"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    places.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
