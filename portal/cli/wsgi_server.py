"""The WSGI server with bounds on what each connection may hold, so that new readers are served.

Waitress answers from a few threads and reads requests in one loop. What can shut readers out is
then not a slow request, which costs no thread until it is whole, but the number of connections:
past its limit waitress accepts no more, and it closes idle ones only after two minutes. Here the
connection that has waited longest gives way to a new one, requests must arrive whole in time, and
who does not read the answer is let go.

References: RFC 9112, sections 9.3 (persistence) and 9.5 (failures and timeouts).
"""

from __future__ import annotations

import logging
import socket
import time
from wsgiref.types import WSGIApplication

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from portal.accounts.large_bodies import MostBody
from portal.cli.request_parser import MOST_LARGE_BODIES, RequestParser

try:
    import resource
except ImportError:  # Windows has no such limits.
    resource = None  # type: ignore[assignment]

MOST_HEADER_BYTES = 64 * 1024
MOST_BODY_BYTES = 2 * 1024 * 1024
"""More than the app reads of any reader's request: it refuses earlier, in the reader's language."""
MOST_PIPELINED = 8
"""Requests sent ahead on one connection; no browser sends any."""
_RESERVED_FILES = 256
"""File descriptors kept for the store, the prepared files and the export processes."""
_FILES_OF_A_CONNECTION = 2
"""Its socket, and a temporary file when an answer or a body is too large for the memory."""
_CHECK_SECONDS = 2
_log = logging.getLogger("portal")


class Channel(HTTPChannel):
    """A connection that knows since when its present request is on the way."""

    request_started: float | None = None

    def parser_class(self, adj: Adjustments) -> RequestParser:
        """The parser of the next request."""
        return RequestParser(adj, self.server.most_body, self.server.has_room)

    @property
    def large_bodies(self) -> int:
        """Large bodies that arrive on the connection or wait for their answer."""
        parsers = [*self.requests, self.request]
        return sum(getattr(parser, "is_large", False) for parser in parsers)

    def received(self, data: bytes) -> bool:
        """Parse what has arrived; who sends too many requests ahead is hung up on."""
        read = bool(super().received(data))
        if self.request is None:
            self.request_started = None
        elif self.request_started is None:
            self.request_started = time.time()
        if len(self.requests) > MOST_PIPELINED:
            self.handle_close()
        return read

    @property
    def waits_for_the_client(self) -> bool:
        """Whether nothing is being answered or sent: idle, or a request is not whole yet."""
        return not self.requests and not self.total_outbufs_len

    def is_late(self, now: float, idle_seconds: float, request_seconds: float) -> bool:
        """Whether it is to be closed.

        Parameters
        ----------
        now
            Seconds since the epoch, as `time.time` gives them.
        idle_seconds
            Longest time without a byte in either direction while the client is waited for.
        request_seconds
            Longest time in which a request must arrive whole.
        """
        more = getattr(self.request, "more_seconds", 0.0)
        started = self.request_started
        if started is not None and now - started > request_seconds + more:
            return True
        # While a request is being computed neither side has anything to say.
        waits = self.waits_for_the_client or self.total_outbufs_len
        return bool(waits) and now - self.last_activity > idle_seconds


class Server(TcpWSGIServer):
    """Waitress's server; at its limit the connection that has waited longest makes room."""

    channel_class = Channel
    most_connections = 1000
    request_seconds = 30.0
    most_body: MostBody | None = None

    def has_room(self) -> bool:
        """Whether one more large body may arrive."""
        channels = list(self.active_channels.values())
        return sum(each.large_bodies for each in channels) < MOST_LARGE_BODIES

    def handle_accept(self) -> None:
        """Accept a connection, and let one go if there are now too many."""
        super().handle_accept()
        if len(self.active_channels) > self.most_connections:
            self._make_room()

    def _make_room(self) -> None:
        waiting = [each for each in self.active_channels.values() if each.waits_for_the_client]
        if waiting:
            # By age, not by activity: who sends a byte a second would otherwise never go.
            min(waiting, key=lambda each: each.request_started or each.last_activity).handle_close()

    def maintenance(self, now: float) -> None:
        """Close connections that are late.

        Closed at once: waitress only marks them and closes on the next write, which never comes
        when the client does not read.
        """
        for each in list(self.active_channels.values()):
            if each.is_late(now, self.adj.channel_timeout, self.request_seconds):
                each.handle_close()


def make_server(
    app: WSGIApplication,
    listener: socket.socket,
    *,
    threads: int,
    connections: int,
    idle_seconds: int,
    request_seconds: int,
    most_body: MostBody | None = None,
) -> Server:
    """A server on a listening socket; ``run()`` serves until interrupted.

    Parameters
    ----------
    threads
        Threads that answer requests.
    connections
        Connections kept open at once; lowered, with a warning, where the system allows the
        process too few files.
    idle_seconds
        After how long a connection without any traffic is closed.
    request_seconds
        Within how long a request must have arrived whole.
    most_body
        Who may send bodies above `MOST_BODY_BYTES`, and how large; None for nobody.
    """
    connections = _allowed(connections)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    adjustments = Adjustments(
        sockets=[listener],
        threads=threads,
        ident=None,
        # The listener and the trigger count too; what is over makes room before this is reached.
        connection_limit=2 * connections + 64,
        cleanup_interval=_CHECK_SECONDS,
        channel_timeout=idle_seconds,
        # The app is told who was forwarded; whom it believes is its own setting (PORTAL_PROXIES).
        clear_untrusted_proxy_headers=False,
        max_request_header_size=MOST_HEADER_BYTES,
        max_request_body_size=MOST_BODY_BYTES,
        # select() takes no file descriptor above 1023, however many a process may have.
        asyncore_use_poll=True,
    )
    address = (listener.family, listener.type, listener.proto, listener.getsockname())
    server = Server(
        app, {}, True, listener, dispatcher, adjustments, sockinfo=address, bind_socket=False
    )
    server.most_connections = connections
    server.request_seconds = float(request_seconds)
    server.most_body = most_body
    return server


def _allowed(connections: int) -> int:
    """How many connections the limit of open files leaves; the limit is raised where it may be."""
    limit = _raised_limit(_RESERVED_FILES + _FILES_OF_A_CONNECTION * connections)
    if limit is None:
        return connections
    most = max(16, (limit - _RESERVED_FILES) // _FILES_OF_A_CONNECTION)
    if most >= connections:
        return connections
    _log.warning(
        "The system allows this process %d open files: %d connections at once instead of %d "
        "(PORTAL_CONNECTIONS). Raise the limit (ulimit -Hn, or LimitNOFILE= of systemd) to %d.",
        limit, most, connections, _RESERVED_FILES + _FILES_OF_A_CONNECTION * connections,
    )  # fmt: skip
    return most


def _raised_limit(wanted: int) -> int | None:
    """The soft limit of open files, raised towards ``wanted`` as far as allowed; None for none."""
    if resource is None:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    if soft >= wanted:
        return soft
    aim = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (aim, hard))
    except (OSError, ValueError):
        return soft
    return aim
