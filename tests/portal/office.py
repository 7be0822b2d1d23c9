"""Somebody at a browser who signs in and sends forms, as tests of the pages of accounts need it."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geodata.ledger.accounts import create_account, set_password
from geodata.ledger.database import writing
from portal.ledger_engine import ledger_of

WORDS = "gió đưa cành trúc la đà"
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def make_account(app: Flask, name: str, password: str = WORDS, **rights: Any) -> str:
    """Make an account that can sign in; its id."""
    with writing(ledger_of(app).get()) as connection:
        made = create_account(connection, name, **rights)
        set_password(connection, made.account_id, password)
    return made.account_id


def csrf_of(client: FlaskClient, page: str) -> str:
    """The token in the forms of a page."""
    return CSRF.search(client.get(page).text)[1]


def send(client: FlaskClient, page: str, path: str = "", **fields: Any) -> TestResponse:
    """Open a page and send one of its forms, to ``path`` or to the page itself."""
    fields = {"csrf_token": csrf_of(client, page), **fields}
    return client.post(path or page, data=fields)


def opened(client: FlaskClient, page: str) -> TestResponse:
    """Open a page, and again as long as it only tells how far the reading of a table is."""
    answer = client.get(page)
    for _ in range(20):
        if "<progress" not in answer.text:
            break
        answer = client.get(page)
    return answer


def sign_in(client: FlaskClient, name: str, password: str = WORDS, **more: str) -> TestResponse:
    """Sign in by the form."""
    return send(client, "/account/sign-in", name=name, password=password, **more)
