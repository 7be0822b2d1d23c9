"""What the benchmarks share, and the one table they print at the end.

The time of pytest-benchmark's own clock says nothing here, since every test measures both sides
itself; its tables are left to the benchmarks outside the group `BUDGETS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from geodata.dataset import Dataset
from geodata.store import create_store
from tests.benchmarks.budgets import Row, table
from tests.benchmarks.chromium import open_browser
from tests.benchmarks.country import shared_folder
from tests.benchmarks.layer import Shown, shown
from tests.benchmarks.serving import started

BUDGETS = "budgets"
ROWS = pytest.StashKey[list[Row]]()
LEFT_OUT = pytest.StashKey[list[str]]()

Measure = Callable[[], Sequence[Row]]


def pytest_configure(config: pytest.Config) -> None:
    """Begin an empty table."""
    config.stash[ROWS] = []
    config.stash[LEFT_OUT] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table, whether or not a budget failed."""
    if not config.stash[ROWS]:
        return
    terminalreporter.section("budgets of DESIGN.md, section 6")
    rows = sorted(config.stash[ROWS], key=lambda row: row.name.partition(" ")[0])
    for line in table(rows, config.stash[LEFT_OUT]):
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_benchmark_group_stats() -> Iterator[Any]:
    """Leave the budgets out of pytest-benchmark's tables of seconds."""
    groups = yield
    return [(name, members) for name, members in groups if name != BUDGETS]


@pytest.fixture
def hold(request: pytest.FixtureRequest, benchmark: Any) -> Callable[[Measure], None]:
    """Runs one measurement, enters its rows into the table, and fails where a budget is missed."""

    def run(measure: Measure) -> None:
        benchmark.group = BUDGETS
        rows = benchmark.pedantic(measure, rounds=1, iterations=1)
        benchmark.extra_info["rows"] = [row.cells() for row in rows]
        request.config.stash[ROWS].extend(rows)
        missed = [" | ".join(row.cells()) for row in rows if not row.holds]
        assert not missed, "\n".join(["missed:", *missed])

    return run


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Path | None:
    """The folder of shared data, or None; what then stays out is said under the table."""
    folder = shared_folder()
    if folder is None:
        words = "what needs the shared data (set PORTAL_SHARED to its folder)"
        pytestconfig.stash[LEFT_OUT].append(words)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory, lai_chau_dataset: Dataset) -> Path:
    """A store of the dataset that comes with the package."""
    path = tmp_path_factory.mktemp("store") / "lai_chau.gpkg"
    create_store(path, lai_chau_dataset).close()
    return path


@pytest.fixture(scope="session")
def portal(store_path: Path) -> Iterator[str]:
    """Address of the portal over that store."""
    with started("portal", store_path) as address:
        yield address


@pytest.fixture(scope="session")
def first_map(portal: str) -> Shown:
    """The map on arrival."""
    return shown(portal)
