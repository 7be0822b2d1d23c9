"""The portal as an operator runs it: its commands in processes of their own, on loopback only."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
ROOT = Path(__file__).parents[2]
START_SECONDS = 600.0
REST_SECONDS = 120.0
"""Longest time in which a server draws its first pages, or gives back what a flood has taken."""
_LOOK_SECONDS = 6.0
"""Between two looks at its memory, a little more than it lets pass between two collections."""
_STEADY_MB = 2.0
PORTAL = (sys.executable, "-c", "from portal.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; status 0 where none came in time."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]
    seconds: float

    def header(self, name: str) -> str:
        """The values of a header, joined as RFC 9110 joins them."""
        return ", ".join(v for n, v in self.headers if n.lower() == name.lower())


def ask(
    port: int,
    path: str,
    method: str = "GET",
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = 30.0,
) -> Answer:
    """One request on a connection of its own; ``path`` must be encoded already."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection(HOST, port, timeout=seconds)
    try:
        connection.request(method, path, body=body, headers=dict(headers or {}))
        got = connection.getresponse()
        found = got.read()
        took = time.perf_counter() - start
        return Answer(got.status, found, tuple(got.getheaders()), took)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, repr(error).encode(), (), time.perf_counter() - start)
    finally:
        connection.close()


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a command whose instance is in ``folder``."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    own = {"PORTAL_INSTANCE": str(folder / "instance"), "HOST": HOST, "PYTHONPATH": paths}
    return {**os.environ, **own, **settings}


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
    """A command of the portal, started; its output is in ``folder/command.log``."""
    with (folder / "command.log").open("wb") as log:
        return subprocess.Popen(
            [*PORTAL, *arguments],
            cwd=folder,
            env=environment(folder, **settings),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Served:
    """A running portal."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    rest_seconds: float = REST_SECONDS

    def log(self) -> str:
        """What it wrote so far."""
        return (self.folder / "server.log").read_text("utf-8", errors="replace")

    def memory(self) -> float:
        """Resident memory of the server's own process, MB; nan where the system has no /proc."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return float("nan")

    def resting_memory(self) -> float:
        """`memory` once it is steady, after ``rest_seconds`` at the latest.

        A server that has just started still draws its first pages, and what it has done with is
        given back every few seconds: neither is what requests leave behind.
        """
        until, last = time.monotonic() + self.rest_seconds, self.memory()
        while time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
            now = self.memory()
            if abs(now - last) < _STEADY_MB:
                return now
            last = now
        return last

    def wait(self) -> float:
        """Seconds until it answers; it must not end before."""
        start = time.monotonic()
        while ask(self.port, "/healthz", seconds=5).status != 200:
            if self.process.poll() is not None or time.monotonic() - start > START_SECONDS:
                raise RuntimeError(f"the server does not start: {self.log()[-2000:]}")
            time.sleep(0.1)
        return time.monotonic() - start


def start(folder: Path, port: int = 0, **settings: str) -> Served:
    """A server over the instance in ``folder``, not yet waited for."""
    port = port or free_port()
    env = environment(folder, PORT=str(port), **settings)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*PORTAL, "serve"], cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    return Served(process, port, folder)


def stop(process: subprocess.Popen[bytes], *, kill: bool = False) -> None:
    """End a process started here and wait for it; killed ones take what they started along."""
    if kill:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=20)


@contextmanager
def serving(folder: Path, port: int = 0, **settings: str) -> Iterator[Served]:
    """A server that answers, and ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    served = start(folder, port, **settings)
    try:
        served.wait()
        yield served
    finally:
        stop(served.process)
