"""Which tests run a line: recorded once for each test module, then asked for every change.

A line is known by its function and its text, not by its number, so that a record outlasts changes
elsewhere in the file. A test module is recorded anew when its own text has changed.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from math import ceil
from pathlib import Path
from typing import NamedTuple

from tests.mutation.mutants import Mutant
from tests.mutation.nearest import NearestTests

FIXTURE = "fixture "
"""Before the name of a fixture of several tests, among the names of tests."""
LEFT_OUT = "browser or packaging or processes"
"""The tests that are not recorded: what they run, they run in another process."""
MOST_OF_A_MODULE = 150


class RecordedTest(NamedTuple):
    """How long a test took while it was recorded, and the fixtures it uses.

    ``shipped`` says that it needs the dataset that comes with the package, whose store is made anew
    in each trial.
    """

    seconds: float
    fixtures: tuple[str, ...]
    shipped: bool


@dataclass(frozen=True, slots=True)
class ModuleRecord:
    """What the tests of one module run.

    ``names`` are tests and fixtures; ``lines`` says by file and key of a line which of them, by
    their places in ``names``, run it; ``tests`` are the tests that pass.
    """

    tests: dict[str, RecordedTest]
    names: list[str]
    lines: dict[str, dict[str, list[int]]]

    def running(self, path: str, key: str) -> list[str]:
        """The tests and fixtures that run a line."""
        return [self.names[number] for number in self.lines.get(path, {}).get(key, ())]


def line_keys(text: str) -> list[str]:
    """The key of each line, that of line 1 at index 1: its innermost function and its words."""
    lines = ["", *text.splitlines()]
    functions = [""] * len(lines)
    for name, node in _functions(ast.parse(text), ()):
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
            functions[number] = name
    return [f"{name}: {line.strip()}" for name, line in zip(functions, lines, strict=True)]


def _functions(
    node: ast.AST, names: tuple[str, ...]
) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    for each in ast.iter_child_nodes(node):
        inside = names
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            inside = (*names, each.name)
            yield ".".join(inside), each
        yield from _functions(each, inside)


def _place(folder: Path, module: str, root: Path) -> Path:
    text = (root / module).read_bytes() + LEFT_OUT.encode()
    known = hashlib.sha256(text).hexdigest()[:16]
    return folder / f"{module.replace('/', '.')}.{known}.json.gz"


def write_record(folder: Path, module: str, root: Path, record: ModuleRecord) -> None:
    """Keep what was recorded of a test module."""
    folder.mkdir(parents=True, exist_ok=True)
    place = _place(folder, module, root)
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_bytes(gzip.compress(json.dumps(asdict(record)).encode(), 5, mtime=0))
    aside.replace(place)


def read_record(folder: Path, module: str, root: Path) -> ModuleRecord:
    """What was recorded of a test module."""
    told = json.loads(gzip.decompress(_place(folder, module, root).read_bytes()))
    tests = {
        name: RecordedTest(took, tuple(used), shipped)
        for name, (took, used, shipped) in told["tests"].items()
    }
    return ModuleRecord(tests, told["names"], told["lines"])


def record_missing(folder: Path, copy: Path, modules: Iterable[str]) -> None:
    """Run the test modules that have no record yet, in a copy of the checkout."""
    missing = [module for module in modules if not _place(folder, module, copy).exists()]
    if not missing:
        return
    print(f"recording which lines {len(missing)} test modules run ...", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header"]
    command += ["-p", "tests.mutation.recording", "--record-lines", str(folder)]
    command += ["-n", "auto", "--maxprocesses=4", "--dist=loadfile", "-m", f"not ({LEFT_OUT})"]
    # Other tracers of coverage see a line once, whichever tests run it.
    paths = {"PYTHONPATH": str(copy), "COVERAGE_CORE": "ctrace"}
    run = subprocess.run([*command, *missing], cwd=copy, env=os.environ | paths, check=False)
    if run.returncode > 1:
        raise SystemExit(f"The record is not complete: pytest ended with {run.returncode}.")
    for module in missing:
        if not _place(folder, module, copy).exists():
            write_record(folder, module, copy, ModuleRecord({}, [], {}))


class ExecutedLines:
    """Chooses the tests of a change from the records of all test modules."""

    def __init__(self, folder: Path, root: Path, nearest: NearestTests) -> None:
        self.root, self.nearest = root, nearest
        self.modules = {module: read_record(folder, module, root) for module in nearest.modules}

    def tests_of(self, mutant: Mutant, most: int, seconds: float) -> list[str]:
        """Tests that run the changed line, those of the nearest modules first.

        They are at most ``most`` and took at most ``seconds`` when they were recorded. Those that
        need the shipped dataset come last. No test runs a line that is run only once, while modules
        are imported.
        """
        running = self._running(mutant)
        ranked = self.nearest.of(mutant.path, mutant.function)
        found = [test for module in ranked for test in self._of_module(module, running)]
        kept: list[str] = []
        for test in sorted(found, key=lambda each: self._recorded(each).shipped):
            took = self._recorded(test).seconds
            if len(kept) < most and took <= seconds:
                seconds -= took
                kept.append(test)
        return kept

    def _recorded(self, test: str) -> RecordedTest:
        return self.modules[test.split("::", 1)[0]].tests[test]

    def _of_module(self, module: str, running: frozenset[str]) -> list[str]:
        """The tests of a module that run a line; of very many some from everywhere."""
        found = [
            name
            for name, test in self.modules[module].tests.items()
            if name in running or not running.isdisjoint(FIXTURE + used for used in test.fixtures)
        ]
        return found[:: max(1, ceil(len(found) / MOST_OF_A_MODULE))]

    def _running(self, mutant: Mutant) -> frozenset[str]:
        """The tests and fixtures that run the line, or the last recorded one of its function."""
        keys = line_keys((self.root / mutant.path).read_text(encoding="utf-8"))
        for key in reversed(keys[: mutant.line + 1]):
            if not key.startswith(f"{mutant.function}: "):
                break
            every = (each.running(mutant.path, key) for each in self.modules.values())
            if names := frozenset(chain.from_iterable(every)):
                return names
        return frozenset()
