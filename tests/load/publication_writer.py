"""A process that publishes, takes back and remakes the store until it is killed, and its judge.

``python -m tests.load.publication_writer NUMBER SEED`` kills such a process NUMBER times at random
moments and prints, as JSON, what was wrong afterwards: something acknowledged and lost, a ledger
that is not whole, a store that is none or holds a mixture of two publications, files left behind.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.ledger.database import LEDGER_FILE, open_ledger
from geodata.ledger.ledger_checks import verify
from geodata.ledger.list_content import ListContent, ListedRecord, place_content
from geodata.ledger.listed_records import RecordKey
from geodata.ledger.publishing import last_revision
from geodata.ledger.revision_writer import NewEntries
from geodata.model import Place, PlaceCategory
from geodata.store import Store, open_store, remove_abandoned
from geodata.store.geopackage_store import read_store_mark
from portal.app_state import open_or_create_store, store_path
from portal.config import Settings, read_settings
from portal.publications import PublicationService
from tests.ledger_helpers import because, cell, may_all, report, request

CATEGORY = "tried_place"
"""Of the places that are published here."""

PERIOD = "2031"
"""Of which no dataset has figures: what is there was published here."""
_LONGEST_LIFE = 1.5
# The ledger's own journal may stay: SQLite passes over one that was not begun in earnest, and the
# next writer takes it.
_UNFINISHED = (".part", ".part-journal", ".gpkg-journal")


def published_indicator(store: Store) -> str:
    """The indicator that the process publishes."""
    return store.default_layer()[0]


def uniform_table(store: Store, value: float):
    """A table that gives every commune of today the same value."""
    units = store.units(level="commune", date=store.info.timeline[-1].date).items
    name = published_indicator(store)
    return report(
        cell(unit.unit_id, value, row, indicator=name, period=PERIOD)
        for row, unit in enumerate(units, 7)
    )


def place_list(store: Store, turn: int) -> ListContent:
    """A list of one place for every commune of today, all with the same mark of their own."""
    units = store.units(level="commune", date=store.info.timeline[-1].date).items
    listed = [
        Place(
            f"{CATEGORY}-{unit.code}", unit.name.vi, CATEGORY, None, None, unit.unit_id,
            unit.unit_id, "by_name", (("mark", str(turn)),), "", "",
        )
        for unit in units
    ]  # fmt: skip
    records = {RecordKey("place", one.id): ListedRecord(place_content(one)) for one in listed}
    category = PlaceCategory(CATEGORY, Text("Điểm thử", "Tried places"))
    return ListContent("places.csv", "", records, brought=NewEntries(place_categories=[category]))


def write_until_killed(settings: Settings, told: int) -> None:
    """Write on and on; each number that was acknowledged goes to the file descriptor ``told``."""
    ledger = open_ledger(settings.instance / LEDGER_FILE)
    store = open_or_create_store(settings)
    service = PublicationService(settings, ledger, store)
    for turn in count():
        last = last_revision(ledger)
        if turn % 7 == 6:
            open_or_create_store(settings, renew=True).close()
            continue
        with suppress(InvalidInput):  # Nothing would change by it.
            if turn % 5 == 2:
                content, asked = place_list(store, last), request(name="")
                outcome = service.publish_list(content, asked, may_all)
            elif turn % 4 == 3:
                outcome = service.undo(last, because("thử"), may_all)
            else:
                outcome = service.publish(uniform_table(store, 1.0 + last % 90), request(), may_all)
            os.write(told, b"%d\n" % outcome.receipt.revision.number)


def kill_rounds(settings: Settings, number: int, seed: int) -> list[str]:
    """Let the process be killed ``number`` times; what was wrong afterwards."""
    chance = random.Random(seed)
    open_or_create_store(settings).close()
    faults: list[str] = []
    for turn in range(number):
        with _writing_process(settings) as (pid, told):
            lived = chance.uniform(0.0, _LONGEST_LIFE)
            time.sleep(lived)
            os.kill(pid, signal.SIGKILL)
            acknowledged = [int(line) for line in _read_all(told).split()]
        wrong = _wrong(settings, acknowledged, thorough=turn % 5 == 0 or turn == number - 1)
        faults += [f"kill {turn} after {lived:.2f} s: {one}" for one in wrong]
    return faults


@contextmanager
def _writing_process(settings: Settings) -> Iterator[tuple[int, int]]:
    reading_end, writing_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading_end)
            write_until_killed(settings, writing_end)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(3)  # Only an error ends it.
    os.close(writing_end)
    try:
        yield pid, reading_end
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status):
            raise RuntimeError("the writing process failed by itself")
    finally:
        os.close(reading_end)


def _read_all(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 65536):
        parts.append(part)
    return b"".join(parts)


def _wrong(settings: Settings, acknowledged: list[int], *, thorough: bool) -> Iterator[str]:
    path = store_path(settings)
    with closing(open_store(path)) as store:
        yield from _mixture(store, "right after the kill")
    ledger = open_ledger(settings.instance / LEDGER_FILE)
    last = last_revision(ledger)
    if acknowledged and last < acknowledged[-1]:
        yield f"number {acknowledged[-1]} was acknowledged, the ledger ends at {last}"
    if thorough:
        yield from (fault["en"] for fault in verify(ledger))
        yield from _damaged(path, settings.instance / LEDGER_FILE)
    yield from _made_up_for(settings, ledger)
    ledger.dispose()
    names = [p.name for p in settings.instance.rglob("*") if p.name.endswith(_UNFINISHED)]
    yield from (f"{name} is left behind" for name in names)


def _made_up_for(settings: Settings, ledger: Engine) -> Iterator[str]:
    remove_abandoned(store_path(settings))  # As a server does when it starts.
    with closing(open_or_create_store(settings)) as store:
        yield from _mixture(store, "after the next start")
    mark, last = read_store_mark(store_path(settings)), last_revision(ledger)
    if mark is None or mark.revision != last:
        yield f"the store is up to {mark.revision if mark else None}, the ledger to {last}"


def _mixture(store: Store, when: str) -> Iterator[str]:
    day = store.info.timeline[-1].date
    figures = store.values(published_indicator(store), PERIOD, "commune", day)
    values = {figure.value for figure in figures.values()}
    communes = store.units(level="commune", date=day).total
    if len(values) > 1 or len(figures) not in (0, communes):
        yield f"{when}: {len(figures)} of {communes} communes, values {sorted(values)}"
    places = [one for one in store.places().items if one.category == CATEGORY]
    marks = {one.columns for one in places}
    if len(marks) > 1 or len(places) not in (0, communes):
        yield f"{when}: {len(places)} places in {communes} communes, marks {sorted(marks)}"


def _damaged(*paths: Path) -> Iterator[str]:
    for path in paths:
        with closing(sqlite3.connect(path)) as opened:
            (state,) = opened.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            yield f"{path.name}: {state}"


def main() -> None:
    """Kill as often as told, in the instance of the environment."""
    number, seed = (int(word) for word in sys.argv[1:3])
    settings = read_settings({})
    faults = kill_rounds(settings, number, seed)
    ledger = open_ledger(settings.instance / LEDGER_FILE)
    print(json.dumps({"kills": number, "revisions": last_revision(ledger), "faults": faults}))


if __name__ == "__main__":
    main()
