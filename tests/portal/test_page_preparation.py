"""Pages are drawn before their readers come, and a new store is served once its pages are."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from geodata.ledger.publishing import publish
from portal import ledger_follower
from portal.app import create_app
from portal.app_state import StoreWatcher, serve_new_store, store_watcher
from portal.caching import page_preparation
from portal.caching.page_cache import address_of_key
from portal.caching.page_preparation import PagePreparer, first_addresses, landing_addresses
from portal.ledger_engine import ledger_of
from portal.ledger_follower import LedgerFollower
from tests.ledger_helpers import cell, may_all, report, request
from tests.portal.test_villages_loaded import LOAD, TAKE_BACK, run
from tests.toy import build_toy
from tests.village_lists import make_account
from tests.waiting import eventually

pytestmark = pytest.mark.slow


def kept(app: Flask) -> set[str]:
    return {address_of_key(key) for key in app.extensions["portal"].page_cache.recent_keys()}


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setenv("PORTAL_DATASET", str(build_toy(tmp_path / "dataset")))
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))
    make_account(tmp_path / "instance")
    monkeypatch.setattr(page_preparation, "_CHECK_SECONDS", 0.05)
    monkeypatch.setattr(page_preparation, "_LONGEST_REST", 0.0)
    return create_app()


def test_readers_land_on_every_page_without_parameters(app: Flask) -> None:
    pages = {
        "/",
        "/compare",
        "/mergers",
        "/indicators",
        "/sources",
        "/about",
        "/method",
        "/balance",
    }
    found = landing_addresses(app)
    assert set(found) >= pages | {f"{page}?lang=en" for page in pages}
    assert found[0] == "/"
    ahead = first_addresses(app)
    assert "/units/03390-20250701" in ahead
    assert len(ahead) <= page_preparation.MOST_PAGES


def test_the_first_page_is_drawn_before_the_server_says_it_is_ready(served: Flask) -> None:
    PagePreparer(served).prepare_first()
    assert kept(served) == {"/"}


def test_the_first_reader_who_takes_a_sheet_waits_for_no_library(served: Flask) -> None:
    preparer = PagePreparer(served)
    files = served.extensions["portal.export"].response_cache
    preparer.start()
    try:
        assert eventually(files.recent_keys)
    finally:
        preparer.stop()
    (kept_file,) = files.recent_keys()
    assert files.get(kept_file).mimetype == "image/png"
    assert served.test_client().get(page_preparation.FIRST_FILE).status_code == 200
    assert files.recent_keys() == [kept_file], "it was not made again"


def test_a_new_store_is_served_with_the_pages_that_were_asked_for(served: Flask) -> None:
    preparer = PagePreparer(served)
    preparer.start()
    try:
        assert eventually(lambda: kept(served) >= set(first_addresses(served)))
        asked = "/?indicator=population&lang=en"
        assert served.test_client().get(asked).status_code == 200
        before = served.extensions["portal"]
        assert run(*LOAD, "--write").exit_code == 0
        assert eventually(lambda: served.extensions["portal"] is not before)
        assert eventually(lambda: asked in kept(served))
        version = served.extensions["portal"].version
        assert version != before.version
        assert version in served.test_client().get("/about").text
    finally:
        preparer.stop()
    watcher = store_watcher(served)
    assert isinstance(watcher, StoreWatcher)
    assert watcher.by_requests


def test_while_a_new_store_is_prepared_readers_get_the_old_one(
    served: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = served.test_client()
    asked = {"/about", "/sources", "/method"}
    for page in asked:
        client.get(page)
    preparer = PagePreparer(served)
    old, seen = served.extensions["portal"], []
    ask = preparer._ask

    def asking(address, state, best=False):
        ask(address, state, best)
        seen.append(client.get("/healthz").get_json()["version"])

    monkeypatch.setattr(preparer, "_ask", asking)
    watcher = store_watcher(served)
    watcher.by_requests = False
    assert run(*LOAD, "--write").exit_code == 0
    preparer._renew()
    assert kept(served) == asked
    assert seen[: len(asked)] == [old.version] * len(asked)
    assert client.get("/healthz").get_json()["version"] != old.version


def test_whoever_publishes_sees_it_at_once_and_no_older_store_takes_its_place(
    served: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = served.test_client()
    client.get("/about")
    preparer, watcher = PagePreparer(served), store_watcher(served)
    assert watcher is not None
    watcher.by_requests = False
    served_states = [served.extensions["portal"]]
    ask = preparer._ask

    def asking(address, state, best=False):
        if len(served_states) == 1:
            # The preparer has found the store first and still draws pages from it.
            serve_new_store(served)
            served_states.append(served.extensions["portal"])
            assert served_states[1] is state
            # Another publication comes and is taken up before the preparer is done.
            assert run(*TAKE_BACK).exit_code == 0
            serve_new_store(served)
            served_states.append(served.extensions["portal"])
        ask(address, state, best)

    monkeypatch.setattr(preparer, "_ask", asking)
    assert run(*LOAD, "--write").exit_code == 0
    preparer._renew()
    assert len({id(state) for state in served_states}) == 3
    assert served.extensions["portal"] is served_states[2]


def test_what_a_killed_command_published_is_served_without_a_further_write(served: Flask) -> None:
    preparer = PagePreparer(served)
    preparer.start()
    try:
        before = served.extensions["portal"]
        unit = before.store.units(level="commune").items[0].unit_id
        table = report([cell(unit, 7.0, 2, "population", "2026")])
        # Entered in the ledger, and then nothing: as by a process that ends here.
        publish(ledger_of(served).get(), before.store, table, request(), may_all)
        assert eventually(lambda: served.extensions["portal"] is not before)
        (figure,) = (
            served.extensions["portal"]
            .store.observations(unit=unit, indicator="population", period="2026")
            .items
        )
        assert figure.value == 7.0
    finally:
        preparer.stop()


def test_a_ledger_that_did_not_move_costs_nothing(
    served: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ledger_of(served).get()
    follower = LedgerFollower(served)
    looked = []
    monkeypatch.setattr(ledger_follower, "refresh_store", lambda *_: looked.append(1))
    for _ in range(5):
        follower.look()
    assert len(looked) == 1, "once, to be sure after a start"
