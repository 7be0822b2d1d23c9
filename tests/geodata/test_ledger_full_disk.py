"""A full disk: nothing is half written, and all goes on when there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_helpers import UNITS, cell, key, may_all, report, request, table

from geodata.dataset import Dataset
from geodata.errors import StoreFault
from geodata.ledger.correcting import held_now
from geodata.ledger.database import open_ledger
from geodata.ledger.ledger_checks import verify
from geodata.ledger.publishing import last_revision, publish
from geodata.ledger.served_store import refresh_store
from geodata.store import Store, create_store, open_store
from geodata.table_import.report_records import ImportReport

resource = pytest.importorskip("resource")


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Writes that would make a file larger fail, as they do on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def large_table() -> ImportReport:
    """A table that takes some room: its cells are written out at length."""
    return report([replace(cell(unit, 2.0), raw="2" * 30_000) for unit in UNITS])


def test_a_publication_without_room_writes_nothing_and_can_be_repeated(
    tmp_path: Path, toy_store: Store
) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = open_ledger(path)
    publish(ledger, toy_store, table({UNITS[0]: 1.0}), request(), may_all)
    with (
        no_file_beyond(path.stat().st_size),
        pytest.raises(StoreFault, match="nothing was changed"),
    ):
        publish(ledger, toy_store, large_table(), request(), may_all)
    assert verify(ledger) == ()
    assert last_revision(ledger) == 1
    assert held_now(ledger, toy_store, key(UNITS[0])).value == 1.0
    publish(ledger, toy_store, large_table(), request(), may_all)
    assert verify(ledger) == ()
    ledger.dispose()


@pytest.mark.slow
def test_a_store_without_room_leaves_the_old_one_and_nothing_beside_it(
    tmp_path: Path, toy_folder: Path, toy_dataset: Dataset, toy_store: Store
) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    path = tmp_path / "toy.gpkg"
    create_store(path, toy_dataset).close()
    publish(ledger, toy_store, large_table(), request(), may_all)
    old = path.read_bytes()
    # Without room for the copy, and with room for it but not for the new figures.
    for size in (len(old) // 2, len(old)):
        with no_file_beyond(size), pytest.raises(StoreFault, match="cannot be written"):
            refresh_store(ledger, path, toy_folder)
        assert path.read_bytes() == old
        assert list(tmp_path.glob(".*.part*")) == []
    assert refresh_store(ledger, path, toy_folder)
    with closing(open_store(path)) as store:
        day = store.info.timeline[-1].date
        assert store.values("population", "2026", "commune", day)[UNITS[0]].value == 2.0
    ledger.dispose()
