"""Hostile files through ``portal data check``: refused in words, soon, in little memory."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from tests.load.hostile_tables import HostileFile, generated, valid
from tests.load.outcome import Outcome, Row
from tests.load.server import HOST, PORTAL, environment
from tests.load.villages import CHECKED, Commune

MOST_SECONDS = 10.0
MOST_MEMORY_MB = 300.0
GIVEN_UP = 60.0
MARK = "MarkOfAnotherFile"
TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Load:
    """One run of the command: exit code (None where it was ended), output, seconds, peak MB."""

    code: int | None
    output: str
    seconds: float
    peak: float


def load(folder: Path, path: Path) -> Load:
    """Run ``portal data check`` on a list of villages; nothing is written."""
    arguments = [*PORTAL, "data", "check", str(path), *CHECKED]
    log = path.with_name(f"{path.name}.log")
    begin = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(arguments, cwd=folder, env=environment(folder), stdout=out,
                                   stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
    ended = threading.Event()

    def give_up() -> None:
        if not ended.wait(GIVEN_UP):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    watch = threading.Thread(target=give_up)
    watch.start()
    # For this process alone; the largest of all children is what subprocess could tell.
    _, status, usage = os.wait4(process.pid, 0)
    ended.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    code = process.returncode if process.returncode >= 0 else None
    output = log.read_text("utf-8", "replace")
    return Load(code, output, time.monotonic() - begin, usage.ru_maxrss / 1024)


@contextmanager
def trap() -> Iterator[tuple[str, list[str]]]:
    """An http address on loopback, and a list of what was asked there."""
    calls: list[str] = []
    with socket.create_server((HOST, 0)) as listener:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    caller, _ = listener.accept()
                    caller.settimeout(2)
                    with caller, suppress(OSError):
                        calls.append(caller.recv(500).partition(b"\r\n")[0].decode("latin-1"))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://{HOST}:{listener.getsockname()[1]}", calls


def fault_of(one: Load, usual: Load) -> str:
    """What is wrong with a run, beside one on a file in order; empty for nothing."""
    if one.code is None:
        return f"ended by a signal after {one.seconds:.0f} s"
    if "Traceback (most recent call last)" in one.output:
        return f"traceback: {one.output.strip().splitlines()[-1][:160]}"
    if MARK in one.output:
        return "another file was read"
    if one.seconds - usual.seconds > MOST_SECONDS:
        return f"{one.seconds - usual.seconds:.0f} s longer than a file in order"
    if one.peak - usual.peak > MOST_MEMORY_MB:
        return f"{one.peak - usual.peak:.0f} MB more than a file in order"
    if one.code not in (0, 1, 2, 3) or not one.output.strip():
        return f"exit code {one.code}, output {one.output[-120:]!r}"
    return ""


def some_of_each(files: list[HostileFile], number: int, seed: int) -> list[HostileFile]:
    """A sample of the files that takes a file of every family in turn."""
    chance = random.Random(seed)
    families: dict[str, list[HostileFile]] = {}
    for file in chance.sample(files, len(files)):
        families.setdefault(file.family.partition(" ")[0], []).append(file)
    turns = zip_longest(*families.values())
    return [file for turn in turns for file in turn if file is not None][:number]


def run(folder: Path, commune: Commune, number: int, seed: int, seconds: float) -> Outcome:
    """Load the files, or ``number`` of them taken at random, stopping after ``seconds``."""
    elsewhere = folder / "elsewhere.geojson"
    elsewhere.write_bytes(valid(commune)["geojson"].replace(b"B\\u1ea3n", MARK.encode()))
    with trap() as (address, calls):
        files = list(generated(commune, seed, address, elsewhere))
        if number:
            files = some_of_each(files, number, seed)
        (folder / "in_order.csv").write_bytes(valid(commune)["csv"])
        usual = load(folder, folder / "in_order.csv")
        if usual.code not in (0, 1):
            raise RuntimeError(f"a table in order is refused: {usual.output[-1500:]}")
        until = time.monotonic() + seconds

        def tried(at: int) -> tuple[HostileFile, Load] | None:
            return _tried(folder / str(at), files[at]) if time.monotonic() < until else None

        with ThreadPoolExecutor(TOGETHER) as pool:
            runs = [one for one in pool.map(tried, range(len(files))) if one]
        return _judged(runs, usual, calls)


def _tried(folder: Path, file: HostileFile) -> tuple[HostileFile, Load]:
    folder.mkdir()
    path = folder / file.name
    path.write_bytes(file.content)
    try:
        return file, load(folder, path)
    finally:
        path.unlink()


def _judged(runs: list[tuple[HostileFile, Load]], usual: Load, calls: list[str]) -> Outcome:
    faults = [(file, words) for file, one in runs if (words := fault_of(one, usual))]
    families = Counter(file.family.partition(" ")[0] for file, _ in runs)
    spread = ", ".join(f"{family} {n}" for family, n in families.items())
    longest = max((one.seconds - usual.seconds for _, one in runs), default=float("nan"))
    most = max((one.peak - usual.peak for _, one in runs), default=float("nan"))
    taken = sum(one.code in (0, 1) for _, one in runs)
    return Outcome(
        [
            Row("hostile files", len(runs), "", note=spread),
            Row("  not met with words in bounds", len(faults), "", most=0,
                note=f"{taken} were taken"),
            Row("  longest beside a file in order", longest, "s", most=MOST_SECONDS),
            Row("  most memory beside a file in order", most, "MB", most=MOST_MEMORY_MB),
            Row("  calls of another host", len(calls), "", most=0),
        ],
        [
            *(f"hostile: {file.family}: {file.name}: {words}" for file, words in faults),
            *(f"hostile: another host was asked: {call}" for call in calls),
        ],
    )  # fmt: skip
