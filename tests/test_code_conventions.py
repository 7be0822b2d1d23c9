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


READS = {
    *("all_inner_texts", "all_text_contents", "count", "get_attribute", "inner_html"),
    *("inner_text", "input_value", "is_checked", "is_disabled", "is_enabled", "is_hidden"),
    *("is_visible", "text_content", "title"),
}
"""What Playwright reads of a page at once, without waiting until it holds."""
ACTS = {
    *("check", "click", "continue_", "dispatch_event", "fill", "focus", "go_back", "go_forward"),
    *("goto", "hover", "move", "press", "reload", "select_option", "set_input_files", "tap"),
    *("type", "uncheck", "up", "wheel"),
}


def hasty_reads(node: ast.AST) -> Iterator[int]:
    """Lines where a page is read at once, be it busy or not; `settled` waits until it is idle."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and each.attr == "url":
            owner = each.value
            if "page" in (getattr(owner, "id", ""), getattr(owner, "attr", "")):
                yield each.lineno
        if not isinstance(each, ast.Call) or not isinstance(each.func, ast.Attribute):
            continue
        # Of a text or a list, count() takes what is counted.
        asked = each.func.attr in READS and not (each.func.attr == "count" and each.args)
        around = (call for call in ast.walk(each.func) if isinstance(call, ast.Call))
        if asked and "settled" not in {getattr(call.func, "id", "") for call in around}:
            yield each.lineno


def asserted_at_once(function: ast.AST) -> Iterator[int]:
    """Lines of hasty reads that an ``assert`` judges; what stood before an act is no such thing."""
    nodes = sorted(
        (node for node in ast.walk(function) if isinstance(node, ast.stmt | ast.Call)),
        key=lambda node: (node.lineno, node.col_offset),
    )
    read: dict[str, int] = {}
    for node in nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ACTS:
            read = {}
        elif isinstance(node, ast.Assign) and (lines := list(hasty_reads(node.value))):
            names = (name for target in node.targets for name in ast.walk(target))
            read |= {name.id: lines[0] for name in names if isinstance(name, ast.Name)}
        elif isinstance(node, ast.Assert):
            yield from hasty_reads(node)
            used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            yield from (line for name, line in read.items() if name in used)


def test_no_browser_test_judges_what_it_has_read_at_once() -> None:
    """A page answers after the act: on a slow machine the test reads what stood before."""
    found = sorted(
        f"{path.name}:{line}"
        for path in (TESTS / "browser").glob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for line in set(asserted_at_once(function))
    )
    assert found == [], (
        "use expect(locator).to_have_text/to_contain_text/to_have_count/to_have_attribute/"
        "to_be_hidden, expect(page).to_have_url, or settled(locator) of tests/browser/visitor.py"
    )


@pytest.mark.parametrize(
    ("body", "hasty"),
    [
        ('assert "x" in page.locator("h1").inner_text()', True),
        ("assert rows.count() == 2", True),
        ('assert "view=" in here.page.url', True),
        ('row.click()\ntext = card.inner_text()\nassert "x" in text', True),
        ("assert not here.page.locator(LEFT).is_visible()", True),
        ("before = title.inner_text()\nbutton.click()\nassert now() != before", False),
        ("assert settled(rows).first.inner_text() == '2'", False),
        ("assert html.count('<tr>') == 2", False),
        ("expect(rows).to_have_count(2)", False),
    ],
)
def test_a_page_judged_by_what_is_read_at_once_is_found(body: str, hasty: bool) -> None:
    assert bool(list(asserted_at_once(ast.parse(body)))) == hasty


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


def test_no_part_of_a_table_is_given_the_role_it_has() -> None:
    """The Nu HTML checker counts each as an error: 1,359 of them stood on the page of a unit."""
    written = re.compile(r'role="(table|rowgroup|row|cell|columnheader|rowheader)"')
    folder = ROOT / "portal" / "templates"
    found = [
        f"{path.name}: {match[0]}"
        for path in sorted(folder.rglob("*.html"))
        for match in written.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found
