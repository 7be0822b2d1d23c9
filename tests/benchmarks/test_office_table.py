"""A table of 10,000 rows and 50 columns from its bytes to the report, beside only reading it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table
from tests.benchmarks.budgets import Budget, Row
from tests.benchmarks.office_table import (
    COLUMNS,
    ROWS,
    office_workbook,
    read_register,
    register_dataset,
)


def read_only(content: bytes) -> int:
    """The cells that openpyxl reads of a workbook when it is asked for nothing but values."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def test_a_large_table_is_checked_while_a_person_waits(hold: Callable, shared: Path | None) -> None:
    if shared is None:
        pytest.skip("needs the shared data: set PORTAL_SHARED to its folder")
    register = read_register(shared)
    content = office_workbook(register)

    def measure() -> list[Row]:
        facts = DatasetFacts(register_dataset(register))
        assert facts.index
        start = time.perf_counter()
        report = prepare_table(content, "bieu-01.xlsx", facts)
        ours = time.perf_counter() - start
        assert len(report.values) > 0.99 * ROWS * (COLUMNS - 5)
        start = time.perf_counter()
        assert read_only(content) > ROWS * COLUMNS
        peer = time.perf_counter() - start
        note = f"{ROWS:,} rows, {COLUMNS} columns; the peer is openpyxl, reading values only"
        return [Row("10 office table checked", ours, "s", Budget(most=10), peer, note)]

    hold(measure)
