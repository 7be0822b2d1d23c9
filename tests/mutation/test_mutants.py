"""The changes that mutation testing makes, and the tests it takes for the nearest."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant, choose, mutants_of
from tests.mutation.nearest import NearestTests

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SOURCE = '''"""Words with 3 numbers < 4."""

LIMIT = 5
MARGIN = 1e-9


@cached(6)
def share(part: float, whole: "float | 7" = 1.0) -> float:
    """Not 8."""
    if part <= whole and not closed(part):
        log.append(part)
        raise ValueError("more than 9")
    for each in whole:
        if each is None:
            continue
    if end < time.monotonic():
        prepare(part)
    if abs(part - end) > MARGIN * whole:
        return 1.0
    return part / whole if whole else Message("of {n}", n=2 - 1)
'''


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "share.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_what_a_function_does_is_changed_and_what_it_says_is_not(module: Path) -> None:
    made = {(m.kind, m.old): m.new for m in mutants_of(module, module.parent)}
    assert made == {
        ("branch", "part <= whole and not closed(part)"):
            "(not (part <= whole and (not closed(part))))",
        ("connective", "part <= whole and not closed(part)"):
            "((part <= whole) or (not closed(part)))",
        ("boundary", "part <= whole"): "(part < whole)",
        ("negation", "not closed(part)"): "(closed(part))",
        ("statement", "log.append(part)"): "pass",
        ("branch", "each is None"): "(not (each is None))",
        ("comparison", "each is None"): "(each is not None)",
        ("statement", "continue"): "pass",
        ("branch", "end < time.monotonic()"): "(not (end < time.monotonic()))",
        ("branch", "abs(part - end) > MARGIN * whole"): "(not (abs(part - end) > MARGIN * whole))",
        ("arithmetic", "part - end"): "(part + end)",
        ("arithmetic", "MARGIN * whole"): "(MARGIN / whole)",
        ("constant", "1.0"): "2.0",
        ("branch", 'part / whole if whole else Message("of {n}", n=2 - 1)'):
            "((Message('of {n}', n=2 - 1)) if (whole) else (part / whole))",
        ("arithmetic", "part / whole"): "(part * whole)",
    }  # fmt: skip


def test_each_change_is_python_and_touches_only_its_place(module: Path) -> None:
    source = module.read_bytes()
    for mutant in mutants_of(module, module.parent):
        changed = mutant.applied(source)
        ast.parse(changed)
        assert changed[: mutant.start] == source[: mutant.start]
        assert changed.endswith(source[mutant.end :])
        assert source[mutant.start : mutant.end].decode() == mutant.old
        assert mutant.function == "share"


def test_a_seed_draws_the_same_changes_and_no_function_twice() -> None:
    def drawn(seed: int) -> list[Mutant]:
        found = mutants_of(ROOT / "geodata/recast/ratios.py", ROOT)
        return choose(found, ROOT, 9, seed)

    assert drawn(1) == drawn(1) != drawn(2)
    assert len({mutant.function for mutant in drawn(1)}) == len(drawn(1)) > 3


@pytest.mark.parametrize(
    ("path", "function", "expected"),
    [
        ("geodata/period.py", "parse_period", "tests/geodata/test_period.py"),
        ("layers/classification.py", "classify", "tests/layers/test_classification.py"),
        ("portal/serializers/comparison.py", "_moved", "tests/portal/test_compare_page.py"),
    ],
)
def test_the_tests_of_a_module_are_among_the_nearest(path, function, expected) -> None:
    assert expected in NearestTests(ROOT).of(path, function)[:5]
