"""Runs tests in a process of their own that has the libraries ready.

To import them takes longer than most tests. A process is forked from one that has imported what is
not of the project, so that it reads the project's own modules, one of them changed, anew.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

_FORKS = get_context("forkserver")


def import_libraries(files: Iterable[Path], own: Iterable[str]) -> None:
    """Have everything ready that some files import and that is not of the project."""
    names = {"pytest"}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    _FORKS.set_forkserver_preload(sorted(n for n in names if n.split(".")[0] not in own))


def first_failure(tests: Sequence[str], copy: Path, limit: float) -> str | None:
    """The first test that fails, an empty one when the time is over, None when all pass."""
    here, there = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_run, args=(there, tests, copy))
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(limit) else ""
    except EOFError:  # The change has ended the process.
        return tests[0]
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()


class _Failures:
    """The tests and modules that fail."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.found.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.found.append(report.nodeid)


def _run(answer: Connection, tests: Sequence[str], copy: Path) -> None:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.environ["PYTHONPATH"] = str(copy)
    root = Path(__file__).parents[2]
    sys.path = [str(copy), *(each for each in sys.path if Path(each).resolve() != root)]
    os.chdir(copy)
    for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
        del sys.modules[name]
    failures = _Failures()
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
    status = pytest.main([*options, *tests], plugins=[failures])
    passed = status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    answer.send(None if passed else [*failures.found, tests[0]][0])
