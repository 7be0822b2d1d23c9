"""Odd requests of somebody signed in: every page and form of the office, and files of all kinds.

The forms are those that the pages show, filled in as they stand but for one field that is odd.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from geodata.ledger.accounts import create_account, set_password
from geodata.ledger.api_tokens import create_token
from geodata.ledger.database import LEDGER_FILE, open_ledger, writing
from tests.load.hostile_tables import HostileFile, generated
from tests.load.html_forms import CONTENT_TYPE, Form, forms_of, multipart
from tests.load.odd import VALUES, Request, sent_and_judged
from tests.load.outcome import Outcome, Row
from tests.load.server import Answer, Served, ask
from tests.load.villages import Commune

NAME, PASSWORD = "load", "gió đưa cành trúc la đà"
SIGN_IN, PUBLICATIONS = "/account/sign-in", "/api/v1/publications"
_STARTS = (
    "/account", "/office", "/office/accounts", "/office/tables/new", "/office/revisions",
    "/office/correct", "/office/template", "/office/memory", "/office/reports", "/report",
)  # fmt: skip
# What ends the session, the token or the account of the one who asks would leave nothing to ask.
_ENDING = re.compile(r"sign-out|/disable|/reset|/revoke|/account/password")
_LINK = re.compile(r'href="((?:/office|/account|/report)[^"#]*)"')
_MOST_PAGES = 40


def make_account(served: Served) -> str:
    """An administrator in the ledger of a portal; a token of theirs."""
    ledger = open_ledger(served.folder / "instance" / LEDGER_FILE)
    with writing(ledger) as connection:
        made = create_account(connection, NAME, role="administrator")
        set_password(connection, made.account_id, PASSWORD)
        token = create_token(connection, made.account_id, "tests.load")[1]
    ledger.dispose()
    return token


def publish_table(served: Served, token: str, units: Sequence[str]) -> Answer:
    """Publish a table, so that the office has a revision to show, correct and take back."""
    lines = [
        "Tên xã;Dân số năm 2018 (người)",
        *(f"{name};{n}" for n, name in enumerate(units, 100)),
    ]
    answers = json.dumps({"version": 1, "source": {"title": "Bảng thử"}})
    body = multipart({"answers": answers, "write": "1"}, {"file": ("t.csv", "\n".join(lines))})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": CONTENT_TYPE}
    return ask(served.port, PUBLICATIONS, "POST", body=body, headers=headers, seconds=120)


def sign_in(port: int) -> dict[str, str]:
    """The header of somebody who signed in by the form.

    Raises
    ------
    RuntimeError
        The form did not let them in.
    """
    page = ask(port, SIGN_IN)
    [form] = [one for one in forms_of(SIGN_IN, page.body.decode()) if "password" in one.fields]
    sent = {**form.fields, "name": NAME, "password": PASSWORD}
    headers = {"Cookie": _cookie(page), "Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(port, SIGN_IN, "POST", body=urlencode(sent).encode(), headers=headers)
    if answer.status not in (302, 303):
        raise RuntimeError(f"signing in gave {answer.status}")
    # The first page puts the secret of the forms into the session.
    first = ask(port, "/account", headers={"Cookie": _cookie(answer)})
    return {"Cookie": _cookie(first) or _cookie(answer)}


def _cookie(answer: Answer) -> str:
    return "; ".join(v.partition(";")[0] for n, v in answer.headers if n.lower() == "set-cookie")


def crawl(port: int, signed_in: dict[str, str]) -> tuple[list[str], list[Form]]:
    """The pages of the office that links lead to, and the forms on them."""
    pages, forms, kinds = list(_STARTS), [], {re.sub(r"[0-9a-f-]{4,}|\d+", "*", p) for p in _STARTS}
    for page in pages:
        answer = ask(port, page, headers=signed_in)
        if answer.status != 200 or "html" not in answer.header("Content-Type"):
            continue
        text = answer.body.decode("utf-8", "replace")
        forms += [one for one in forms_of(page, text) if not _ENDING.search(one.action)]
        for link in _LINK.findall(text.replace("&amp;", "&")):
            kind = re.sub(r"[0-9a-f-]{4,}|\d+", "*", link)
            if kind not in kinds and not _ENDING.search(link) and len(pages) < _MOST_PAGES:
                kinds.add(kind)
                pages.append(link)
    return pages, forms


def filled_oddly(
    form: Form, chance: random.Random, values: Sequence[str], files: Sequence[HostileFile]
) -> tuple[bytes, str]:
    """The body and content type of a form in which one field, or the file, is odd."""
    fields, sent = dict(form.fields), {}
    names = [name for name in fields if name != "csrf_token"]
    if names and (not form.files or chance.random() < 0.5):
        odd = chance.choice(names)
        if chance.random() < 0.2:
            del fields[odd]
        else:
            fields[odd] = chance.choice(values)
    if form.files and files:
        file = chance.choice(files)
        name = re.sub(r'[\r\n"]', "_", file.name)
        sent = {form.files[0]: (name, file.content)}
    if sent or chance.random() < 0.2:
        return multipart(fields, sent), CONTENT_TYPE
    body = urlencode(fields, errors="replace").encode()
    return body, "application/x-www-form-urlencoded"


def _odd_call(chance: random.Random, token: str, files: Sequence[HostileFile]) -> Request:
    """A table that a program hands in, odd in its file or its fields."""
    names = [n for n in ("answers", "write", "note", "recipe") if chance.random() < 0.3]
    file = chance.choice(files)
    sent = {"file": (re.sub(r'[\r\n"]', "_", file.name), file.content)}
    body = multipart({name: chance.choice(VALUES) for name in names}, sent)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": CONTENT_TYPE}
    return Request(f"api {file.family}", "POST", PUBLICATIONS, body, headers)


def run(served: Served, commune: Commune, number: int, seed: int, seconds: float) -> Outcome:
    """Send ``number`` odd requests of somebody signed in, and of a program with a token.

    Parameters
    ----------
    commune
        Of whom the tables are.

    Raises
    ------
    RuntimeError
        A table in order is not published, or signing in fails.
    """
    chance, token = random.Random(seed), make_account(served)
    units = json.loads(ask(served.port, "/api/v1/units?level=commune&date=2026-01-01").body)
    names = Counter(one["name"] for one in units["items"])
    published = publish_table(served, token, [name for name, n in names.items() if n == 1])
    if published.status != 201:
        raise RuntimeError(f"a table in order gave {published.status}: {published.body[:800]!r}")
    signed_in = sign_in(served.port)
    files = list(generated(commune, seed, "http://127.0.0.1:9", Path("/nowhere.geojson")))
    _hand_in(served.port, signed_in)
    pages, forms = crawl(served.port, signed_in)
    before = served.resting_memory()
    asked = []
    for at in range(number):
        kind = at % 4
        if kind == 0:
            page = f"{chance.choice(pages).partition('?')[0]}?"
            query = {chance.choice(("before", "after", "map", "q", "page", "unit", "lang")):
                     chance.choice(VALUES) for _ in range(2)}  # fmt: skip
            asked.append(Request("page", "GET", page + urlencode(query), None, signed_in))
        elif kind == 1:
            asked.append(_odd_call(chance, token, files))
        else:
            form = forms[at // 4 % len(forms)] if kind == 2 else chance.choice(forms)
            body, content_type = filled_oddly(form, chance, VALUES, files)
            headers = {**signed_in, "Content-Type": content_type}
            asked.append(Request(f"form of {form.page}", "POST", form.action, body, headers))
    outcome = sent_and_judged("odd requests signed in", served, asked, before, seconds)
    note = f"{len(pages)} pages, {len(forms)} forms"
    outcome.rows.append(Row("  pages and forms of the office", len(forms), "", least=8, note=note))
    return outcome


def _hand_in(port: int, signed_in: dict[str, str]) -> None:
    """Hand a table in, so that there is a draft to review."""
    page = ask(port, "/office/tables/new", headers=signed_in)
    form = next(one for one in forms_of("/office/tables/new", page.body.decode()) if one.files)
    table = b"T\xc3\xaan x\xc3\xa3;S\xe1\xbb\x91 l\xe1\xbb\xa3n (con)\nA;1\n"
    body = multipart(form.fields, {form.files[0]: ("d.csv", table)})
    headers = {**signed_in, "Content-Type": CONTENT_TYPE}
    ask(port, form.action, "POST", body=body, headers=headers)
