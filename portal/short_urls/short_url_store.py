"""Which page a code stands for: a table beside the store, which outlives a renewal of the store."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Lock
from typing import cast

from flask import current_app, request
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from geodata.store import Store
from portal.short_urls.client_quota import ClientQuota, client_network
from portal.short_urls.codes import code_of, ordinary_pages, short_path

FILE_NAME = "addresses.sqlite"
"""Of an instance."""
MAX_PAGES = 200_000
"""Pages remembered; when there are as many, those not used for `KEPT_DAYS` are forgotten."""
KEPT_DAYS = 60
"""Days for which a page is remembered in any case after it was made or followed last."""
MAX_PER_HOUR = 100
"""New pages an hour for one client: 144,000 in `KEPT_DAYS`, so that no client fills the table."""
_MAX_NOTED = 500
_DAY = 86_400
_log = logging.getLogger("portal")
_metadata = MetaData()
_pages = Table(
    "short_addresses",
    _metadata,
    Column("code", String, primary_key=True),
    Column("page", String, primary_key=True),
    Column("used", Integer, nullable=False, index=True, comment="days since 1970-01-01"),
)


class ShortUrlStore:
    """The pages remembered by an instance; safe between threads and processes.

    Parameters
    ----------
    path
        The file, made on first use.
    most
        Pages kept.
    clients
        How many new pages one client may have kept.
    """

    def __init__(
        self, path: Path, most: int = MAX_PAGES, clients: ClientQuota | None = None
    ) -> None:
        self._path = path
        self._most = most
        self._clients = clients or ClientQuota(MAX_PER_HOUR, 3600.0)
        self._engine: Engine | None = None
        self._lock = Lock()
        self._noted: set[tuple[str, str, int]] = set()

    def save(self, code: str, page: str, client: str = "") -> bool:
        """Keep what ``code`` stands for; a folder that cannot be written to stops nobody's work.

        What others had kept is never given up for it before `KEPT_DAYS` are over.

        Parameters
        ----------
        client
            Network address of who asks; empty for the operator, who is not limited.

        Returns
        -------
        bool
            Whether it is kept.
        """
        today = int(time.time()) // _DAY
        with self._lock:
            if (code, page, today) in self._noted:
                return True
            try:
                if not self._write(code, page, today, client):
                    return False
            except (SQLAlchemyError, OSError) as error:
                _log.warning("short address not kept: %s", error)
                return False
            self._note(code, page, today)
            return True

    def _note(self, code: str, page: str, today: int) -> None:
        if len(self._noted) > _MAX_NOTED:
            self._noted.clear()
        self._noted.add((code, page, today))

    def _write(self, code: str, page: str, today: int, client: str) -> bool:
        with self._open().begin() as connection:
            if self._renew(connection, code, page, today):
                return True
            count = connection.execute(select(func.count()).select_from(_pages)).scalar_one()
            if count >= self._most:
                old = delete(_pages).where(_pages.c.used < today - KEPT_DAYS)
                if not connection.execute(old).rowcount:
                    return False
            if client and not self._clients.take(client):
                return False
            new = insert(_pages).values(code=code, page=page, used=today)
            connection.execute(new.on_conflict_do_nothing())
            return True

    @staticmethod
    def _renew(connection: Connection, code: str, page: str, today: int) -> bool:
        """Whether the page is kept already; it is as good as new then."""
        same = (_pages.c.code == code) & (_pages.c.page == page)
        return bool(connection.execute(update(_pages).where(same).values(used=today)).rowcount)

    def follow(self, code: str) -> tuple[str, ...]:
        """The pages of a code, which are remembered for longer since someone asked for them."""
        pages = self.lookup(code)
        for page in pages:
            self.save(code, page)
        return pages

    def lookup(self, code: str) -> tuple[str, ...]:
        """The pages of a code: none, one, or by rare chance several."""
        if not self._path.is_file():
            return ()
        asked = select(_pages.c.page).where(_pages.c.code == code).order_by(_pages.c.page)
        try:
            with self._open().connect() as connection:
                return tuple(connection.execute(asked).scalars())
        except SQLAlchemyError as error:
            _log.error("short addresses cannot be read: %s", error)
            return ()

    def _open(self) -> Engine:
        if self._engine is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(f"sqlite:///{self._path}", connect_args={"timeout": 5})
            event.listen(engine, "connect", _write_ahead)
            _metadata.create_all(engine)
            self._engine = engine
        return self._engine

    def close(self) -> None:
        """Let go of the file."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _write_ahead(connection: object, _record: object) -> None:
    """Readers do not wait for a writer."""
    connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
    connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]


def short_url_store() -> ShortUrlStore:
    """The addresses of the app that is answering."""
    return cast(ShortUrlStore, current_app.extensions["portal.short_urls"])


def keep_page(page: str, store: Store) -> str:
    """Keep a canonical page for the client who asks; the path of its short address.

    Empty where the page is not kept and would be found nowhere.
    """
    client = client_network(request.remote_addr or "")
    return short_path(page) if is_findable(short_url_store(), page, store, client) else ""


def is_findable(addresses: ShortUrlStore, page: str, store: Store, client: str = "") -> bool:
    """Whether the code of a canonical page leads to it, which is kept for that where it can be.

    Parameters
    ----------
    client
        As in `ShortUrlStore.save`.
    """
    code = code_of(page)
    return addresses.save(code, page, client) or page in ordinary_pages(store).get(code, ())
