"""Requests per second of one address, over a few connections that are kept open."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

CONNECTIONS = 2
REQUESTS = 150
ROUNDS = 15


class Connection:
    """One connection that asks for one address again and again.

    A plain socket, since a client library would cost more than the server it measures.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = f"Host: {parts.netloc}\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n"
        self._request = f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode()
        self._socket = socket.create_connection((parts.hostname, parts.port or 80), timeout=20)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        """Send the request and read the whole answer, which must be 200."""
        self._socket.sendall(self._request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._receive()
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head[:200]
        left = _content_length(head) - len(body)
        while left > 0:
            left -= len(self._receive())

    def _receive(self) -> bytes:
        part = self._socket.recv(65536)
        assert part, "the server closed the connection"
        return part

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise AssertionError(f"no Content-Length: {head!r}")


def requests_per_second(url: str, requests: int = REQUESTS) -> float:
    """Rate over ``requests`` requests on each of the connections."""
    connections = [Connection(url) for _ in range(CONNECTIONS)]

    def ask_all(connection: Connection) -> None:
        for _ in range(requests):
            connection.ask()

    try:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            start = time.perf_counter()
            list(pool.map(ask_all, connections))
            return CONNECTIONS * requests / (time.perf_counter() - start)
    finally:
        for connection in connections:
            connection.close()


def alternating(rounds: int, *measures: Callable[[], T]) -> list[list[T]]:
    """Results of each measure, taken in turns so that noise falls on all alike.

    One round beforehand warms everything up and is not counted.
    """
    results: list[list[T]] = [[] for _ in measures]
    for turn in range(rounds + 1):
        for kept, measure in zip(results, measures, strict=True):
            result = measure()
            if turn:
                kept.append(result)
    return results


def median_rates(*urls: str) -> list[float]:
    """Median requests per second of each address, measured in turns."""
    measures = [lambda url=url: requests_per_second(url) for url in urls]
    return [median(rates) for rates in alternating(ROUNDS, *measures)]
