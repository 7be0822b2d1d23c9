"""Requests per second of every kind of page, and what readers wait while others write."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.benchmarks.load_client import Connection
from tests.load.addresses import examples, pages
from tests.load.outcome import Outcome, Row
from tests.load.server import HOST, Served, ask, command, stop

LEAST_PER_SECOND = 200.0
MOST_P95 = 1.0
CONNECTIONS = 2
PAUSE = (0.5, 3.5)
"""Seconds a reader looks at a page before asking for the next."""
_EXPORTS = (
    "/export/sheet.png?dpi=200&title=",
    "/export/pair.pdf?title=",
    "/export/data.xlsx?title=",
)


def percentile(times: Sequence[float], part: float) -> float:
    """The value that ``part`` (0 to 1) of the sorted times do not exceed; nan for none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


def rate(port: int, path: str, seconds: float) -> float:
    """Answers per second over `CONNECTIONS` kept connections, after one request to warm up."""
    until = 0.0

    def ask_on(connection: Connection) -> int:
        number = 0
        while time.perf_counter() < until:
            connection.ask()
            number += 1
        return number

    connections = [Connection(f"http://{HOST}:{port}{path}") for _ in range(CONNECTIONS)]
    try:
        connections[0].ask()
        start = time.perf_counter()
        until = start + seconds
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            number = sum(pool.map(ask_on, connections))
        return number / (time.perf_counter() - start)
    finally:
        for connection in connections:
            connection.close()


def run_rates(served: Served, seconds: float, kinds: Sequence[str] = ()) -> Outcome:
    """The rate of every kind of page, or of ``kinds`` only, ``seconds`` for each."""
    outcome = Outcome()
    found = pages(served.port) | {"/api/v1/values": "/api/v1/values"}
    for kind, address in found.items():
        if kinds and kind not in kinds:
            continue
        name = f"{kind}, answers per second"
        figure = rate(served.port, address, seconds)
        outcome.rows.append(Row(name, figure, "/s", least=LEAST_PER_SECOND, note=address))
        if figure < LEAST_PER_SECOND:
            outcome.faults.append(f"rates: {address}: {figure:.1f} a second")
    return outcome


def _read(port: int, addresses: Sequence[str], seed: int, until: float) -> list[tuple[float, str]]:
    chance = random.Random(seed)
    found = []
    while time.monotonic() < until:
        time.sleep(chance.uniform(*PAUSE))
        address = chance.choice(addresses)
        answer = ask(port, address, headers={"Accept-Encoding": "gzip"})
        found.append((answer.seconds, address if answer.status == 200 else f"!{address}"))
    return found


def _until(end: float, do: Callable[[int], None]) -> None:
    turn = 0
    while time.monotonic() < end:
        do(turn)
        turn += 1


def run_readers(
    served: Served, readers: int, seconds: float, table: Path, told: Sequence[str]
) -> Outcome:
    """What ``readers`` wait while villages are loaded and exports run, for ``seconds``.

    Parameters
    ----------
    table, told
        A table of villages and the options with which ``portal data publish`` takes it.
    """
    port, end = served.port, time.monotonic() + seconds
    known = examples(port)
    addresses = [*pages(port).values(), "/api/v1/values"]
    addresses += [f"/units/{one}" for one in known.values["unit"][:20]]
    done = {"loads": 0, "exports": 0}

    def load(turn: int) -> None:
        # Another period each time: what is published already would change nothing.
        period = ("--period", f"2026-06-{1 + turn % 28:02}")
        order = ("data", "publish", str(table), *told, *period, "--write")
        process = command(served.folder, *order)
        # One that takes longer is ended, and counts as none.
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(1.0, end - time.monotonic()) + 30)
        stop(process)
        done["loads"] += process.returncode == 0

    def export(turn: int) -> None:
        address = f"{_EXPORTS[turn % len(_EXPORTS)]}{turn}"
        done["exports"] += ask(port, address, seconds=60).status == 200

    writers = [threading.Thread(target=_until, args=(end, do)) for do in (load, export)]
    for writer in writers:
        writer.start()
    with ThreadPoolExecutor(readers) as pool:
        waits = [pool.submit(_read, port, addresses, seed, end) for seed in range(readers)]
        found = [one for wait in waits for one in wait.result()]
    for writer in writers:
        writer.join()
    times = [t for t, _ in found]
    failed = [address[1:] for _, address in found if address.startswith("!")]
    slow = sorted(found, reverse=True)[:5]
    note = f"{len(times)} pages, {done['loads']} loads, {done['exports']} exports"
    p95 = percentile(times, 0.95)
    longest = [f"readers: {address} took {t:.1f} s" for t, address in slow if t > MOST_P95]
    return Outcome(
        [
            Row(f"p95 of {readers} readers meanwhile", p95, "s", most=MOST_P95, note=note),
            Row("  median", percentile(times, 0.5), "s"),
            Row("  not answered with 200", len(failed), "", most=0),
        ],
        [*longest, *(f"readers: {address} was not answered with 200" for address in failed[:5])],
    )
