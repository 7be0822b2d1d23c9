"""What several modules about tables and the ledger begin from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geodata.dataset import Dataset
from geodata.ledger.ledger_checks import verify
from geodata.table_import.known_facts import DatasetFacts
from tests.ledger_helpers import new_ledger


@pytest.fixture(scope="module")
def facts(lam_khe_dataset: Dataset) -> DatasetFacts:
    return DatasetFacts(lam_khe_dataset)


@pytest.fixture(scope="module")
def names(lam_khe_dataset: Dataset) -> list[str]:
    """The five communes of today."""
    return [
        unit.name.vi
        for unit in lam_khe_dataset.units
        if unit.level == "commune" and unit.valid_to is None
    ]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Engine]:
    """An empty ledger, which must still hold together when the test ends."""
    engine = new_ledger(tmp_path)
    yield engine
    assert verify(engine) == ()
    engine.dispose()
