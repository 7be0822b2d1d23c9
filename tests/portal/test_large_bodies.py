"""Large bodies on the real server: of those who may send them, and of nobody else."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from geodata.ledger.api_tokens import create_token
from geodata.ledger.database import writing
from geodata.ledger.submissions import file_of_submission
from portal.accounts.large_bodies import most_body_of
from portal.app import create_app
from portal.cli.request_parser import MOST_LARGE_BODIES
from portal.cli.wsgi_server import make_server
from portal.ledger_engine import ledger_of
from tests.portal.office import csrf_of, make_account, sign_in

HOST = "127.0.0.1"
NEW = "/office/tables/new"
BOUNDARY = "xxxxxxxx"


@dataclass
class Running:
    """A server and the headers of somebody signed in."""

    app: Flask
    port: int
    cookie: str
    csrf: str
    account_id: str

    def head(self, path: str, length: int, *more: str) -> bytes:
        lines = [f"POST {path} HTTP/1.1", "Host: localhost", *more]
        lines += [f"Content-Type: multipart/form-data; boundary={BOUNDARY}"]
        return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode()

    def status_of(self, begin: bytes) -> bytes:
        """What is answered to the beginning of a request."""
        with socket.create_connection((HOST, self.port), timeout=60) as one:
            one.sendall(begin)
            return one.recv(64).split()[1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> Iterator[Running]:
    instance = tmp_path_factory.mktemp("large")
    app = create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": toy_folder})
    account_id = make_account(app, "office")
    client = app.test_client()
    sign_in(client, "office")
    csrf, cookie = csrf_of(client, NEW), client.get_cookie("portal_session")
    listener = socket.create_server((HOST, 0))
    server = make_server(
        app, listener, threads=2, connections=50, idle_seconds=30, request_seconds=30,
        most_body=most_body_of(app),
    )  # fmt: skip
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Running(
        app, listener.getsockname()[1], f"Cookie: portal_session={cookie.value}",
        csrf, account_id,
    )  # fmt: skip
    server.close()
    thread.join(timeout=60)


@pytest.mark.slow
def test_a_file_of_twenty_megabytes_is_taken_of_who_is_signed_in(running: Running) -> None:
    content = b"x;" * 10_000_000
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{running.csrf}',
        f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n',
        "Content-Type: text/csv\r\n\r\n",
    ]
    body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    name, value = running.cookie.split(": ")
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", name: value}
    with closing(http.client.HTTPConnection(HOST, running.port, timeout=60)) as connection:
        connection.request("POST", NEW, body, kind)
        answer = connection.getresponse()
        page = answer.read()
    assert answer.status == 303, page
    made = answer.headers["Location"].rsplit("/", maxsplit=1)[1].partition("?")[0]
    assert file_of_submission(ledger_of(running.app).get(), made) == content


def test_nothing_large_is_read_of_a_stranger(running: Running) -> None:
    assert running.status_of(running.head(NEW, 30_000_000) + b"-") == b"413"
    forged = "Cookie: portal_session=eyJfdXNlcl9pZCI6ImEifQ.aaaa.bbbb"
    assert running.status_of(running.head(NEW, 30_000_000, forged) + b"-") == b"413"


def test_who_is_signed_in_sends_much_only_where_a_table_is_taken(running: Running) -> None:
    for path in ("/account/password", "/export/jobs", "/", "/office/nowhere"):
        begin = running.head(path, 30_000_000, running.cookie)
        assert running.status_of(begin) == b"413"
    assert running.status_of(running.head(NEW, 60_000_000, running.cookie)) == b"413"


def test_a_token_that_is_no_token_opens_nothing(running: Running) -> None:
    path = "/api/v1/publications"
    begin = running.head(path, 30_000_000, "Authorization: Bearer none")
    assert running.status_of(begin) == b"413"
    ask = most_body_of(running.app)
    with writing(ledger_of(running.app).get()) as connection:
        _, token = create_token(connection, running.account_id, "a program")
    assert ask("POST", NEW, {"AUTHORIZATION": f"Bearer {token}"}) == 0


def test_a_body_without_a_length_stops_at_the_limit(running: Running) -> None:
    head = f"POST {NEW} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    with socket.create_connection((HOST, running.port), timeout=60) as one:
        one.sendall(head + chunk * 2)
        assert one.recv(64).split()[1] == b"413"


def test_no_more_large_bodies_arrive_at_once_than_may(running: Running) -> None:
    begin = running.head(NEW, 30_000_000, running.cookie) + b"-"
    with ExitStack() as stack:
        for _ in range(MOST_LARGE_BODIES):
            one = stack.enter_context(socket.create_connection((HOST, running.port), timeout=60))
            one.sendall(begin)
            one.sendall(b"-" * 100_000)
        assert running.status_of(begin) == b"503"
