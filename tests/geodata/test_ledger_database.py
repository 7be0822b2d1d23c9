"""The ledger's file: who may read it, how it is made, and that writers take turns."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine.mock import MockConnection

from geodata.errors import StoreFault
from geodata.ledger.database import (
    SCHEMA_VERSION,
    change_counter,
    open_ledger,
    reading,
    writing,
)
from geodata.ledger.metadata import ledger_state, metadata, read_utc, utc_now, utc_text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "ledger.sqlite"


def test_the_ledger_is_made_with_all_its_tables_for_its_owner_alone(path: Path) -> None:
    engine = open_ledger(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(inspect(engine).get_table_names()) == set(metadata.tables)
    with reading(engine) as connection:
        (state,) = connection.execute(select(ledger_state)).all()
    assert (state.schema_version, state.last_revision) == (SCHEMA_VERSION, 0)
    engine.dispose()


def test_opening_again_keeps_what_is_written(path: Path) -> None:
    first = open_ledger(path)
    with reading(first) as connection:
        made = connection.execute(select(ledger_state.c.ledger_id)).scalar_one()
    first.dispose()
    again = open_ledger(path)
    with reading(again) as connection:
        assert connection.execute(select(ledger_state.c.ledger_id)).scalar_one() == made
    again.dispose()


def test_foreign_keys_and_full_synchronisation_hold_on_every_connection(path: Path) -> None:
    engine = open_ledger(path)
    with reading(engine) as one, reading(engine) as other:
        for connection in (one, other):
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    engine = open_ledger(path)
    with writing(engine) as connection:
        connection.execute(update(ledger_state).values(schema_version=SCHEMA_VERSION + 1))
    engine.dispose()
    with pytest.raises(StoreFault, match="another version"):
        open_ledger(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    with pytest.raises(StoreFault, match="no ledger"):
        open_ledger(path)
    path.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(StoreFault, match="cannot be opened"):
        open_ledger(path)


def test_an_address_of_an_unknown_kind_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(StoreFault, match=r"mysql://.*postgresql://"):
        open_ledger("mysql://host/name")


@pytest.mark.slow
def test_writers_take_turns_and_lose_nothing(path: Path) -> None:
    engine, others, together = open_ledger(path), open_ledger(path), Barrier(4)

    def count(mine: object) -> None:
        together.wait()
        for _ in range(10):
            with writing(mine) as connection:  # type: ignore[arg-type]
                last = connection.execute(select(ledger_state.c.last_revision)).scalar_one()
                connection.execute(update(ledger_state).values(last_revision=last + 1))

    threads = [Thread(target=count, args=(each,)) for each in (engine, engine, others, others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.execute(select(ledger_state.c.last_revision)).scalar_one() == 40
    engine.dispose()
    others.dispose()


def test_an_error_inside_a_write_leaves_nothing(path: Path) -> None:
    engine = open_ledger(path)

    def fail() -> None:
        with writing(engine) as connection:
            connection.execute(update(ledger_state).values(last_revision=9))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with reading(engine) as connection:
        assert connection.execute(select(ledger_state.c.last_revision)).scalar_one() == 0
    engine.dispose()


def test_postgresql_is_given_the_same_tables_and_refuses_changes_by_triggers() -> None:
    statements: list[str] = []
    dialect = postgresql.dialect()
    server = MockConnection(
        dialect, lambda sql, *_, **__: statements.append(str(sql.compile(dialect=dialect)))
    )
    metadata.create_all(server, checkfirst=False)
    made = "\n".join(statements)
    assert all(f"CREATE TABLE {name} (" in made for name in metadata.tables)
    for name in ("revisions", "changes", "account_events"):
        assert f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} " in made
    assert "RAISE(ABORT" not in made


def test_times_as_text_sort_as_times_and_read_back() -> None:
    now = read_utc(utc_now())
    earlier = now.replace(year=now.year - 1, microsecond=0)
    assert utc_text(earlier) < utc_text(now)
    assert read_utc(utc_text(earlier)) == earlier


def test_every_write_changes_the_counter_and_no_reading_does(path: Path) -> None:
    engine, other = open_ledger(path), open_ledger(path)
    seen = [change_counter(engine)]
    for _ in range(3):
        with writing(other) as connection:
            connection.execute(update(ledger_state).values(created_at=utc_now()))
        with reading(engine) as connection:
            connection.execute(select(ledger_state)).all()
        assert change_counter(engine) == change_counter(other)
        seen.append(change_counter(engine))
    assert len(set(seen)) == 4
    engine.dispose()
    other.dispose()
