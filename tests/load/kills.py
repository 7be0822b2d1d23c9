"""Processes killed in the middle of a write: the store must be good, and the server must start."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from tests.load.outcome import Outcome, Row
from tests.load.server import ask, command, serving, start, stop
from tests.load.villages import TOLD, Commune, write_table
from tests.village_lists import make_account

_SHEET = "/export/atlas.pdf?level=district&lang=vi"
WORKER_SECONDS = 15.0
"""Longest time in which the workers of a killed server must have ended."""
_LEFT = re.compile(r"\.(?:tmp|part|partial)\b|^tmp|\.gpkg-(?:journal|wal|shm)$|~$")


def run(folder: Path, places: list[Commune], number: int, seed: int, seconds: float) -> Outcome:
    """Kill ``number`` processes, of each kind in turn, stopping after ``seconds``.

    Parameters
    ----------
    places
        Communes of the portal whose villages are loaded.
    """
    chance = random.Random(seed)
    tables = [write_table(folder / f"{one.code}.csv", one) for one in places]
    load, export = _times(folder, tables[0])
    until = time.monotonic() + seconds
    done: dict[str, int] = {}
    faults: list[str] = []
    left: set[str] = set()
    for turn in range(number):
        if time.monotonic() > until:
            break
        kind, do = (
            ("load", lambda: _kill_load(folder, chance.choice(tables), load, chance)),
            ("store", lambda: _kill_first_start(folder, load, chance)),
            ("export", lambda: _kill_export(folder, export, chance)),
        )[turn % 3]
        when, also = do()
        done[kind] = done.get(kind, 0) + 1
        wrong = _wrong(folder, places)  # It starts a server, which may clear up.
        new = _left(folder) - left
        wrong += [f"{name} left behind after a new start" for name in sorted(new)]
        left |= new
        faults += [f"kills: {kind} killed after {when:.2f} s: {one}" for one in [*also, *wrong]]
    killed = sum(done.values())
    note = ", ".join(f"{kind} {n}" for kind, n in done.items())
    behind = sum("left behind" in one for one in faults)
    return Outcome(
        [
            Row("kills during a write", killed, "", note=note),
            Row("  that left a bad store or no server", len(faults) - behind, "", most=0),
            Row("  files and processes left behind", behind, "", most=0),
        ],
        faults,
    )


def _times(folder: Path, table: Path) -> tuple[float, float]:
    """Seconds that a load and the start with an export take when nothing kills them."""
    make_account(folder / "instance")
    begin = time.monotonic()
    process = command(folder, "data", "publish", str(table), *TOLD, "--write")
    process.wait(timeout=300)
    if process.returncode:
        raise RuntimeError((folder / "command.log").read_text("utf-8", "replace"))
    load = time.monotonic() - begin
    return load, 6.0


def _killed(kill: Callable[[], None], longest: float, chance: random.Random) -> float:
    """Wait for a part of ``longest`` seconds, then kill; the seconds waited."""
    wait = chance.uniform(0.05, longest)
    time.sleep(wait)
    kill()
    return wait


def _kill_load(
    folder: Path, table: Path, longest: float, chance: random.Random
) -> tuple[float, list[str]]:
    process = command(folder, "data", "publish", str(table), *TOLD, "--write")
    return _killed(lambda: stop(process, kill=True), longest, chance), []


def _kill_first_start(
    folder: Path, longest: float, chance: random.Random
) -> tuple[float, list[str]]:
    """A server that has to make its store is killed; the loads in the old store are kept aside."""
    fresh = folder / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    served = start(fresh)
    wait = _killed(lambda: stop(served.process, kill=True), longest, chance)
    again = start(fresh)
    try:
        again.wait()
    finally:
        stop(again.process)
    return wait, [f"{name} left behind after a new start" for name in sorted(_left(fresh))]


def _kill_export(folder: Path, longest: float, chance: random.Random) -> tuple[float, list[str]]:
    """A server that makes a file is killed, alone: its workers must notice and end."""
    served = start(folder)
    served.wait()
    asking = threading.Thread(target=ask, args=(served.port, f"{_SHEET}&title={chance.random()}"))
    asking.start()
    try:
        wait = _killed(lambda: None, longest, chance)
        workers = _children(served.process.pid)
        served.process.kill()
        served.process.wait(timeout=20)
        until = time.monotonic() + WORKER_SECONDS
        while (alive := [w for w in workers if Path(f"/proc/{w}").exists()]) and (
            time.monotonic() < until
        ):
            time.sleep(0.2)
        return wait, [f"an export process left behind for {WORKER_SECONDS:g} s" for _ in alive]
    finally:
        stop(served.process, kill=True)  # With its group: no worker outlives the measurement.
        asking.join(timeout=40)


def _children(pid: int) -> list[int]:
    """The processes that a process has started, where the system has /proc."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(word) for word in listed.read_text().split()]
    return found


def _left(folder: Path) -> set[str]:
    """Files of an unfinished write; a server has started since."""
    return {p.name for p in (folder / "instance").rglob("*") if _LEFT.search(p.name)}


def _wrong(folder: Path, places: list[Commune]) -> list[str]:
    """What is wrong with the store, with the loads in it, and with the start of a server."""
    found = []
    for store in (folder / "instance").glob("*.gpkg"):
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(store)) as opened:
            state = opened.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok":
                found.append(f"{store.name}: {state}")
    try:
        with serving(folder) as served:
            answer = ask(served.port, "/api/v1/values")
            if answer.status != 200:
                found.append(f"/api/v1/values answers {answer.status}")
    except RuntimeError as error:
        found.append(str(error))
    process = command(folder, "data", "verify")
    process.wait(timeout=120)
    if process.returncode:
        told = (folder / "command.log").read_text("utf-8", "replace")
        found.append(f"the ledger is not whole: {told[-300:]}")
    if not _villages(folder, places[0]):
        found.append("the villages published before are gone")
    return found


def _villages(folder: Path, commune: Commune) -> int:
    """How many villages of a commune the store shows that were published."""
    query = "SELECT count(*) FROM units WHERE parent_id = ? AND name_vi LIKE 'Thử %'"
    (store,) = (folder / "instance").glob("*.gpkg")
    with closing(sqlite3.connect(store)) as opened:
        return int(opened.execute(query, [commune.unit_id]).fetchone()[0])
