"""New readers are answered whatever other connections do; the server is a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from portal.cli.wsgi_server import make_server
from portal.tasks.priority import NICENESS

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
SOON = 5.0
"""Seconds: a busy machine answers well within them, and no connection is closed so early that a
reader who was shut out would be let in. How long readers wait is measured by tests/load."""
GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PIECEMEAL = (b"GET /healthz HTTP/1.1\r\nX-Slow: ", b"POST /export/jobs HTTP/1.1\r\n"
             b"Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{")  # fmt: skip
Start = Callable[..., int]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, dataset: Path, *, files: int = 0, **settings: str) -> Iterator[int]:
    """The port of ``portal serve``, which ends with the block; ``files`` limits open files."""
    port = free_port()
    env = {**os.environ, "PORT": str(port), "PORTAL_DATASET": str(dataset), **settings}
    env |= {"HOST": HOST, "PORTAL_INSTANCE": str(folder / "instance"), "PYTHONPATH": str(ROOT)}
    limit = (
        f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({files},) * 2); "
        if files
        else ""
    )
    code = f"{limit}from portal.cli import main; main(['serve'])"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, stderr=log)
        try:
            until = time.monotonic() + 90
            while not answers(port):
                assert server.poll() is None, (folder / "log").read_text("utf-8")
                assert time.monotonic() < until
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=60)


def answers(port: int, seconds: float = 60) -> bool:
    """Whether a new reader is answered."""
    try:
        with socket.create_connection((HOST, port), timeout=seconds) as one:
            one.sendall(GET)
            return one.recv(12) == b"HTTP/1.1 200"
    except OSError:
        return False


def opened(stack: ExitStack, port: int, number: int, first: bytes) -> list[socket.socket]:
    """Connections that have sent something and stay open."""
    found = []
    for _ in range(number):
        one = stack.enter_context(socket.create_connection((HOST, port), timeout=60))
        one.sendall(first)
        found.append(one)
    return found


def is_closed(one: socket.socket, seconds: float) -> bool:
    """Whether the server hangs up within the time."""
    one.settimeout(seconds)
    try:
        while one.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> Iterator[int]:
    """A server with the settings it comes with."""
    with serving(tmp_path_factory.mktemp("default"), toy_folder) as port:
        yield port


@pytest.fixture
def start(tmp_path: Path, toy_folder: Path) -> Iterator[Start]:
    """Starts a server with the settings given, until the test ends."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(serving(tmp_path, toy_folder, **settings))


def test_idle_and_slow_connections_leave_a_new_reader_under_a_second(port: int) -> None:
    with ExitStack() as stack:
        idle = opened(stack, port, 200, GET)
        assert all(one.recv(12) == b"HTTP/1.1 200" for one in idle)
        slow = [one for first in PIECEMEAL for one in opened(stack, port, 50, first)]
        for _ in range(4):
            for one in slow:
                one.sendall(b"a")
            assert answers(port, SOON)
            time.sleep(1)


def test_at_the_limit_the_longest_idle_makes_room(start: Start) -> None:
    port = start(PORTAL_CONNECTIONS="20")
    with ExitStack() as stack:
        first = opened(stack, port, 1, GET)[0]
        for begin in PIECEMEAL:
            opened(stack, port, 60, begin)
        assert answers(port, SOON)
        assert is_closed(first, 60)


def test_what_stays_idle_or_does_not_arrive_in_time_is_closed(start: Start) -> None:
    port = start(PORTAL_IDLE_SECONDS="2", PORTAL_REQUEST_SECONDS="3")
    with ExitStack() as stack:
        idle = opened(stack, port, 1, GET)[0]
        slow = opened(stack, port, 1, PIECEMEAL[0])[0]
        until = time.monotonic() + 15
        closed = False
        while not closed and time.monotonic() < until:
            try:
                slow.sendall(b"a")
            except OSError:
                closed = True
            time.sleep(0.3)
        assert closed
        assert is_closed(idle, 10)


def test_who_sends_requests_ahead_is_hung_up_on(port: int) -> None:
    with ExitStack() as stack:
        ahead = opened(stack, port, 1, GET * 100)[0]
        assert is_closed(ahead, 60)
        assert answers(port, SOON)


def test_who_does_not_read_the_answer_gives_the_thread_back() -> None:
    # More than waitress keeps for a connection and the system buffers: the thread waits.
    parts = [b"a" * 10_000_000] * 4

    def app(environ: dict[str, str], start_response: Callable[..., object]) -> list[bytes]:
        body = [b"small"] if environ["PATH_INFO"] == "/healthz" else parts
        start_response("200 OK", [("Content-Length", str(sum(map(len, body))))])
        return body

    listener = socket.create_server((HOST, 0))
    server = make_server(
        app, listener, threads=1, connections=20, idle_seconds=1, request_seconds=5
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        port = listener.getsockname()[1]
        with socket.create_connection((HOST, port)) as one:
            one.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            assert one.recv(12) == b"HTTP/1.1 200"
            assert answers(port, seconds=20)
    finally:
        server.close()
        thread.join(timeout=60)


def test_few_open_files_mean_fewer_connections_and_a_word_in_the_log(
    start: Start, tmp_path: Path
) -> None:
    port = start(files=300)
    with ExitStack() as stack:
        opened(stack, port, 200, PIECEMEAL[0])
        assert answers(port, SOON)
    assert "PORTAL_CONNECTIONS" in (tmp_path / "log").read_text("utf-8")


@pytest.mark.parametrize(
    "request_text",
    [
        b"GET / HTTP/1.1\r\nX-Large: " + b"a" * 70_000 + b"\r\n\r\n",
        b"POST /export/jobs HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n{",
    ],
    ids=["headers", "body"],
)
def test_what_is_too_large_is_refused_before_it_is_whole(port: int, request_text: bytes) -> None:
    with socket.create_connection((HOST, port), timeout=60) as one:
        one.sendall(request_text)
        assert one.recv(64).split()[1] in (b"413", b"431")


@pytest.mark.parametrize(
    ("arguments", "gives_way"),
    [
        (["data", "publish", "--help"], True),
        (["init", "--help"], True),
        (["serve", "--help"], False),
    ],
)
def test_commands_give_way_to_the_server(arguments: list[str], gives_way: bool) -> None:
    code = (
        "import os; from portal.cli import main; before = os.getpriority(os.PRIO_PROCESS, 0); "
        f"main({arguments}, standalone_mode=False); "
        "print(before, os.getpriority(os.PRIO_PROCESS, 0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    before, after = map(int, done.stdout.splitlines()[-1].split())
    assert after == (max(before, NICENESS) if gives_way else before)
