"""Readers of a portal while a process that publishes is killed again and again."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.load.outcome import Outcome, Row
from tests.load.publication_writer import PERIOD
from tests.load.server import ROOT, Served, ask, environment

READERS = 50
_PAUSE = (0.05, 0.4)


def run(served: Served, kills: int, seed: int, seconds: float) -> Outcome:
    """Kill ``kills`` writers one after another while `READERS` look at what they publish.

    Parameters
    ----------
    served
        A portal over the instance that is written.
    seconds
        Longest time.
    """
    indicator = json.loads(ask(served.port, "/api/v1/values").body)["layer"]["indicator"]
    address = f"/api/v1/values?indicator={indicator}&period={PERIOD}&level=commune"
    ended = Event()
    program = [sys.executable, "-m", "tests.load.publication_writer", str(kills), str(seed)]
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(_read, served.port, address, n, ended) for n in range(READERS)]
        try:
            judged = subprocess.run(
                program, cwd=ROOT, env=environment(served.folder), capture_output=True,
                timeout=seconds, text=True, check=True,
            )  # fmt: skip
        finally:
            ended.set()
        seen = [one for reader in readers for one in reader.result()]
    found = json.loads(judged.stdout)
    wrong = [one for one in seen if one]
    note = f"{found['revisions']} publications and takings-back, {len(seen)} answers"
    return Outcome(
        [
            Row("kills while publishing", found["kills"], "", note=note),
            Row("  something lost, half done or left behind", len(found["faults"]), "", most=0),
            Row(f"  of {READERS} readers, errors and mixtures", len(wrong), "", most=0),
        ],
        [f"publications: {one}" for one in (*found["faults"], *sorted(set(wrong)))],
    )


def _read(port: int, address: str, seed: int, ended: Event) -> list[str]:
    """What was wrong with each answer; an empty text for a good one."""
    chance = random.Random(seed)
    found = []
    while not ended.is_set():
        time.sleep(chance.uniform(*_PAUSE))
        answer = ask(port, address)
        if answer.status != 200:
            # Before the first publication, and after all was taken back, there is no such map.
            absent = answer.status in {400, 404} and PERIOD.encode() in answer.body
            found.append("" if absent else f"{answer.status} {answer.body[:200]!r}")
            continue
        cells = json.loads(answer.body)["units"].values()
        values = {cell[0] for cell in cells}
        found.append("" if len(values) == 1 else f"a mixture: {sorted(map(str, values))}")
    return found
