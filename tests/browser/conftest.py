"""The portal on a port of its own, and a Chromium that may talk to nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from waitress import create_server

from geodata.store import Store
from portal.app import create_app
from tests.browser.visitor import Visitor, launch_chromium, open_visitor


@pytest.fixture(scope="session")
def portal_app(tmp_path_factory: pytest.TempPathFactory, lai_chau_store: Store) -> Flask:
    """The app over the dataset that comes with the package."""
    return create_app({"PORTAL_INSTANCE": tmp_path_factory.mktemp("instance")}, lai_chau_store)


@pytest.fixture(scope="session")
def address(portal_app: Flask) -> Iterator[str]:
    """Where the portal answers."""
    yield from served(portal_app)


def served(app: Flask) -> Iterator[str]:
    """The address of an app that answers as long as the generator stands."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens addresses of the portal, each in a fresh profile; see `open_visitor`.

    Afterwards nothing may have been asked of another host, and nothing may have gone wrong in the
    pages unless the test said so.
    """
    yield from visits(browser, address)


def visits(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """What opens addresses of the portal at an address; see `visit`."""
    opened: list[Visitor] = []

    def open_page(path: str = "/", **options: object) -> Visitor:
        one = open_visitor(browser, address, path, **options)
        opened.append(one)
        return one

    yield open_page
    for one in opened:
        one.page.context.close()
        assert one.foreign == []
        assert one.faults == [] or one.may_fail
