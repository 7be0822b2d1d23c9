"""Starting the production server."""

from __future__ import annotations

import dataclasses
import logging
import signal
import socket
import webbrowser
from types import FrameType

import click

from geodata.errors import InvalidInput
from geodata.i18n import Message
from portal.accounts.first_administrator import first_administrator_lines
from portal.accounts.large_bodies import most_body_of
from portal.app import create_app
from portal.caching.page_preparation import PagePreparer
from portal.cli.memory import configure_malloc, keep_memory_low
from portal.cli.wsgi_server import make_server
from portal.config import SETTINGS, Settings


def run(settings: Settings, show: bool) -> None:
    """Serve until interrupted.

    Raises
    ------
    InvalidInput
        The address or the port cannot be listened on.
    FileFault, StoreFault
        The dataset is broken, or the store cannot be made.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # It tells of every font it makes smaller, ten lines for each sheet.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    configure_malloc()
    listener = listen(settings.host, settings.port)
    values = dataclasses.asdict(settings)
    app = create_app({s.env: values[s.field] for s in SETTINGS})
    server = make_server(
        app,
        listener,
        threads=settings.threads,
        connections=settings.connections,
        idle_seconds=settings.idle_seconds,
        request_seconds=settings.request_seconds,
        most_body=most_body_of(app),
    )
    signal.signal(signal.SIGTERM, _stop)
    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    shown = f"[{shown}]" if ":" in shown else shown
    address = f"http://{shown}:{listener.getsockname()[1]}"
    preparer = PagePreparer(app)
    # The first readers wait in the listener's backlog until the pages are prepared.
    preparer.prepare_first()
    keep_memory_low()
    preparer.start()
    click.echo(f"Lắng nghe tại / serving at {address} (Ctrl+C: dừng / stop)")
    for line in first_administrator_lines(app, address):
        click.echo(line)
    if show:
        webbrowser.open(address)
    try:
        server.run()
    finally:
        server.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a taken port is refused before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, reuse_port=False)
    except (OSError, OverflowError, ValueError) as error:
        raise InvalidInput(
            Message("The server cannot listen there"),
            found=f"{host}:{port} ({error})",
            remedy=Message("Choose another port: PORT=8123"),
            where="PORT",
        ) from None


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
