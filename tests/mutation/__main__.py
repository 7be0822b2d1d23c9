"""Mutation testing: change the code by chance and see whether the tests nearest to it notice.

``python -m tests.mutation --seed 8`` makes 40 changes in a copy of the checkout, one after the
other, runs on each the nearest of the tests that run the changed line, then the nearest test
modules whole, prints a table and fails when fewer than 38 of 40 are caught. The same seed makes the
same changes of the same code. Which tests run which lines is recorded once, in some minutes.
"""

from __future__ import annotations

import argparse
import compileall
import py_compile
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.mutation.equivalent import is_equivalent
from tests.mutation.executed import ExecutedLines, record_missing
from tests.mutation.mutants import Mutant, choose, mutants_of
from tests.mutation.nearest import PACKAGES, NearestTests
from tests.mutation.trial import first_failure, import_libraries

ROOT = Path(__file__).parents[2]
COPIED = (
    *PACKAGES, "tests", "static", "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md",
    "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CITATION.cff", "mkdocs.yml",
)  # fmt: skip
LEAST_CAUGHT = 0.95
# How much longer the tests of a line may take than they took when they were recorded.
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: ``killed``, ``timeout``, ``survived`` or ``broken``.

    ``by`` is the test that caught it; ``broken`` says that this test fails, or that the tests take
    too long, without the change as well.
    """

    mutant: Mutant
    status: str
    by: str
    seconds: float

    @property
    def row(self) -> str:
        """One line of the table."""
        mutant = self.mutant
        where = f"{mutant.path}:{mutant.line} {mutant.function}"
        change = f"{_short(mutant.old)} -> {_short(mutant.new)}"
        head = f"{self.status:9}{self.seconds:6.0f} s  {mutant.kind:11}{where}"
        return "\n".join((head, f"{'':20}{change}", f"{'':20}{self.by}"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial; the exit code is 1 when too few changes are caught."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=40, help="how many changes")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--tests", type=int, default=400, help="most tests of a changed line")
    parser.add_argument("--most", type=int, default=5, help="nearest modules run on a survivor")
    parser.add_argument("--seconds", type=float, default=600.0, help="limit for each change")
    parser.add_argument("--only", default="", help="only modules whose path begins so")
    parser.add_argument("--list", action="store_true", help="print the changes, run nothing")
    record = Path(tempfile.gettempdir()) / "lines-run-by-tests"
    parser.add_argument("--record", type=Path, default=record, help="folder of recorded lines")
    given = parser.parse_args(arguments)
    chosen = choose(_all_mutants(given.only), ROOT, given.number, given.seed)
    chosen.sort(key=lambda mutant: (mutant.path, mutant.line))
    if given.list:
        for mutant in chosen:
            print(Outcome(mutant, "", "", 0).row)
        return 0
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = _copy(Path(folder))
        nearest = NearestTests(copy)
        record_missing(given.record, copy, nearest.modules)
        code = (path for package in PACKAGES for path in (copy / package).rglob("*.py"))
        import_libraries(code, PACKAGES)
        executed = ExecutedLines(given.record, copy, nearest)
        outcomes = []
        for mutant in chosen:
            near = nearest.of(mutant.path, mutant.function)[: given.most]
            tests = executed.tests_of(mutant, given.tests, given.seconds / PATIENCE), near
            outcomes.append(_try(mutant, tests, copy, given.seconds))
            print(outcomes[-1].row, flush=True)
    return _summed_up(outcomes)


def _all_mutants(only: str) -> list[Mutant]:
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    wanted = (p for p in paths if p.relative_to(ROOT).as_posix().startswith(only))
    return [m for path in wanted for m in mutants_of(path, ROOT) if not is_equivalent(m)]


def _copy(folder: Path) -> Path:
    """The checkout in a folder of its own, so that no change can stay in it.

    Its modules are compiled once, and each is known by the hash of its text: a changed module is
    compiled anew for its own trial, and the time and size of its file can deceive nobody.
    """
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".hypothesis")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
    for package in PACKAGES:
        compileall.compile_dir(folder / package, quiet=1, invalidation_mode=by_hash)
    return folder


def _try(mutant: Mutant, stages: Sequence[Sequence[str]], copy: Path, limit: float) -> Outcome:
    """Run tests on one change until one fails, and that one once more without the change."""
    path, start = copy / mutant.path, time.monotonic()
    source, failed = path.read_bytes(), None
    for tests in filter(None, stages):
        path.write_bytes(mutant.applied(source))
        try:
            failed = first_failure(tests, copy, limit)
        finally:
            path.write_bytes(source)
        if failed is not None:
            break
    seconds = time.monotonic() - start
    if failed is None:
        return Outcome(mutant, "survived", _modules(chain(*stages)), seconds)
    if failed == "":
        endless = first_failure(tests, copy, limit) != ""
        status = "timeout" if endless else "broken"
        return Outcome(mutant, status, f"more than {limit:.0f} s: {_modules(tests)}", seconds)
    if first_failure([failed], copy, limit) is not None:
        return Outcome(mutant, "broken", failed, seconds)
    return Outcome(mutant, "killed", failed, seconds)


def _summed_up(outcomes: Sequence[Outcome]) -> int:
    count = dict.fromkeys(("killed", "timeout", "survived", "broken"), 0)
    for outcome in outcomes:
        count[outcome.status] += 1
    caught = count["killed"] + count["timeout"]
    print(", ".join(f"{status} {number}" for status, number in count.items()))
    print(f"caught {caught} of {len(outcomes)}")
    return int(caught < LEAST_CAUGHT * len(outcomes) or count["broken"] > 0)


def _modules(tests: Iterable[str]) -> str:
    """The modules of tests, in the order given."""
    return " ".join(dict.fromkeys(test.split("::", 1)[0] for test in tests))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else words[:67] + "..."


if __name__ == "__main__":
    raise SystemExit(main())
