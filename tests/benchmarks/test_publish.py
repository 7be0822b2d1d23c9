"""A table of the whole country published: 3,321 communes with 20 indicators."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geodata.catalogue import Catalogue
from geodata.dataset import Dataset
from geodata.ledger.correcting import correct
from geodata.ledger.database import open_ledger
from geodata.ledger.ledger_records import FigureCorrection, SeriesKey
from geodata.ledger.publishing import publish
from geodata.ledger.served_store import update_store
from geodata.store import create_store, open_store
from geodata.table_import.report_records import ImportReport
from tests.benchmarks.budgets import Budget, Row
from tests.benchmarks.country import read_communes, simplified
from tests.benchmarks.country_dataset import INDICATOR, INFO, country_dataset
from tests.ledger_helpers import because, cell, may_all, report, request

INDICATORS = tuple(f"made_up_{number}" for number in range(20))
PERIOD = "2026"
MOST_SECONDS = 5.0


@dataclass(frozen=True)
class Office:
    """A ledger, the store that is served, and the communes it knows."""

    ledger: Engine
    path: Path
    units: Sequence[str]

    def table(self, turn: int) -> ImportReport:
        """A value of every indicator for every commune, others in every turn."""
        return report(
            cell(unit, (7 * row + turn) % 100 + column / 100, row, name, PERIOD)
            for row, unit in enumerate(self.units, 7)
            for column, name in enumerate(INDICATORS)
        )

    def published(self, name: str, turn: int) -> Row:
        """From the checked report to the store that readers are served."""
        given = self.table(turn)
        with closing(open_store(self.path)) as store:
            return self._measured(
                name, lambda: publish(self.ledger, store, given, request(), may_all)
            )

    def corrected(self, name: str) -> Row:
        """A single figure, until readers are served it."""
        key = SeriesKey(INDICATORS[3], "", PERIOD, "actual", self.units[5])
        given = FigureCorrection(key, 0.5)
        with closing(open_store(self.path)) as store:
            return self._measured(
                name, lambda: correct(self.ledger, store, given, because("sai"), may_all)
            )

    def _measured(self, name: str, write: Callable[[], object]) -> Row:
        start, worked = time.perf_counter(), time.process_time()
        write()
        assert update_store(self.ledger, self.path, INFO.version)
        took, worked = time.perf_counter() - start, time.process_time() - worked
        note = f"{worked:.1f} s of it at work, the rest waiting for the machine"
        return Row(name, took, "s", Budget(most=MOST_SECONDS), note=note)


@pytest.fixture(scope="module")
def office(shared: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The country with indicators that nobody has published anything of."""
    if shared is None:
        pytest.skip("needs the shared data: set PORTAL_SHARED to its folder")
    dataset = _with_indicators(country_dataset(simplified(read_communes(shared))))
    folder = tmp_path_factory.mktemp("office")
    create_store(folder / "country.gpkg", dataset).close()
    ledger = open_ledger(folder / "ledger.sqlite")
    communes = [unit.unit_id for unit in dataset.units if unit.level == "commune"]
    yield Office(ledger, folder / "country.gpkg", communes)
    ledger.dispose()


def _with_indicators(dataset: Dataset) -> Dataset:
    catalogue = dataset.catalogue
    made = {name: replace(INDICATOR, id=name, denominator=name) for name in INDICATORS}
    whole = Catalogue(
        catalogue.themes,
        catalogue.measure_units,
        {**catalogue.indicators, **made},
        catalogue.sources,
    )
    return replace(dataset, catalogue=whole)


def test_publishing(hold: Callable, office: Office) -> None:
    """The first time, again with other values, and one figure corrected."""

    hold(
        lambda: [
            office.published("9 publishing 3,321 x 20", 1),
            office.published("9 publishing them again", 2),
            office.corrected("9 correcting a figure"),
        ]
    )
