"""The values endpoint under load, beside an empty Flask view on the same server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.budgets import Budget, Row
from tests.benchmarks.layer import fetch
from tests.benchmarks.load_client import CONNECTIONS, ROUNDS, median_rates
from tests.benchmarks.serving import started

WORKERS = 2


@pytest.fixture
def servers(store_path: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Addresses of the portal and of the empty view, with two workers each."""
    with (
        started("portal", store_path, threads=WORKERS) as portal,
        started("pages", tmp_path, threads=WORKERS) as empty,
    ):
        yield portal, empty


def test_values_endpoint(hold: Callable, servers: tuple[str, str]) -> None:
    portal, empty = servers
    query = fetch(f"{portal}/api/v1/values").json()["query"]

    def measure() -> list[Row]:
        ours, peer = median_rates(f"{portal}/api/v1/values?{query}", f"{empty}/empty")
        note = f"{WORKERS} workers, {CONNECTIONS} connections kept open, medians of {ROUNDS} rounds"
        budget = Budget(least_ratio=0.8)
        return [Row("5 values endpoint", ours, "req/s", budget, peer, note)]

    hold(measure)
