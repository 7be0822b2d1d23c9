"""Servers for the time of a measurement: the portal and its peers, each in a process of its own.

All run on waitress with the same settings, so that what differs is what is served. Run as
``python -m tests.benchmarks.serving portal|pages …`` by `started`.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import mimetypes
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import waitress
from flask import Flask, Response, abort

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
THREADS = 4
START_SECONDS = 60.0


@contextmanager
def started(kind: str, *arguments: str | Path, threads: int = THREADS) -> Iterator[str]:
    """The address of a server that ends with the block.

    Parameters
    ----------
    kind
        ``portal`` with the path of a store, or ``pages`` with a folder.
    threads
        Waitress's worker threads.
    """
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.benchmarks.serving"),
            *("--port", str(port), "--threads", str(threads), kind),
            *map(str, arguments),
        ],
        cwd=ROOT,
    )
    try:
        wait_for(port, server)
        yield f"http://{HOST}:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the server listens; fail when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, f"the server ended with code {server.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"no server on port {port} within {START_SECONDS:g} s")


def pages_app(folder: Path) -> Flask:
    """The files of a folder, compressed before the first request, and an empty view."""
    files = {
        f"/{path.relative_to(folder).as_posix()}": (
            gzip.compress(path.read_bytes(), 6),
            mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        )
        for path in folder.rglob("*")
        if path.is_file()
    }
    app = Flask(__name__, static_folder=None)

    @app.get("/empty")
    def empty() -> str:
        return ""

    @app.get("/<path:name>")
    def serve(name: str) -> Response:
        if f"/{name}" not in files:
            abort(404)
        body, kind = files[f"/{name}"]
        return Response(body, content_type=kind, headers={"Content-Encoding": "gzip"})

    return app


def portal_app(store: Path) -> Flask:
    """The portal itself over a store; what it prepares is kept beside the store."""
    from geodata.store import open_store
    from portal.app import create_app

    return create_app({"PORTAL_INSTANCE": store.parent}, open_store(store))


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["portal", "pages"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, default=THREADS)
    given = parser.parse_args()
    app = portal_app(given.path) if given.kind == "portal" else pages_app(given.path)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, host=HOST, port=given.port, threads=given.threads)


if __name__ == "__main__":
    main()
