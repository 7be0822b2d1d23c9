"""A pytest plugin that writes down which tests run which lines of the packages.

``pytest -p tests.mutation.recording --record-lines FOLDER`` makes one file for each test module as
soon as its tests are done. With several workers it takes ``--dist=loadfile``, so that the tests of
a module stay together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

from tests.mutation.executed import FIXTURE, ModuleRecord, RecordedTest, line_keys, write_record
from tests.mutation.nearest import PACKAGES


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-lines", type=Path, required=True, help="folder of the records")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Recorder(config.getoption("--record-lines"), config.rootpath))


class _Recorder:
    """Measures one test module after the other.

    What a fixture of more than one test runs is recorded under the fixture's name: it is set up for
    the first test that wants it, and all others depend on it as much.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        self.contexts: list[str] = []
        self.module: Path | None = None
        self.tests: dict[str, RecordedTest] = {}
        self.left_out: set[str] = set()

    def _start(self, module: Path) -> None:
        self.module, self.tests, self.left_out = module, {}, set()
        included = [f"{self.root / package}/*" for package in PACKAGES]
        self.coverage = Coverage(data_file=None, config_file=False, include=included)
        # A module may run no code of the packages.
        self.coverage.set_option("run:disable_warnings", ["no-data-collected"])
        self.coverage.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        if item.path != self.module:
            self._start(item.path)
        fixtures = tuple(getattr(item, "fixturenames", ()))
        shipped = item.get_closest_marker("shipped") is not None
        self.tests[item.nodeid] = RecordedTest(0.0, fixtures, shipped)
        self.contexts = [item.nodeid]
        self.coverage.switch_context(item.nodeid)
        done = yield
        if nextitem is None or nextitem.path != item.path:
            self._finish(item.path)
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef
    ) -> Generator[None, object, object]:
        if fixturedef.scope == "function":
            return (yield)
        self.contexts.append(FIXTURE + fixturedef.argname)
        self.coverage.switch_context(self.contexts[-1])
        try:
            return (yield)
        finally:
            self.contexts.pop()
            self.coverage.switch_context(self.contexts[-1])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid in self.tests:
            test = self.tests[report.nodeid]
            self.tests[report.nodeid] = test._replace(seconds=test.seconds + report.duration)
        if not report.passed:
            self.left_out.add(report.nodeid)

    def _finish(self, module: Path) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        tests = {name: test for name, test in self.tests.items() if name not in self.left_out}
        record = ModuleRecord(tests, sorted(data.measured_contexts()), {})
        numbers = {name: number for number, name in enumerate(record.names)}
        for file in sorted(data.measured_files()):
            path = Path(file)
            if path.suffix != ".py":  # What Jinja compiles goes by the name of its template.
                continue
            keys = line_keys(path.read_text(encoding="utf-8"))
            runs: dict[str, set[int]] = defaultdict(set)
            for line, contexts in data.contexts_by_lineno(file).items():
                runs[keys[line]].update(numbers[each] for each in contexts)
            lines = {key: sorted(found) for key, found in runs.items()}
            record.lines[path.relative_to(self.root).as_posix()] = lines
        write_record(self.folder, module.relative_to(self.root).as_posix(), self.root, record)
        self.module = None
