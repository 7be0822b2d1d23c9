"""Which page a code stands for: a table beside the store, which outlives a renewal of the store."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Lock
from typing import cast

from flask import current_app
from sqlalchemy import (
    Column,
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
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from portal.short_urls.codes import code_of, short_path

FILE_NAME = "addresses.sqlite"
"""Of an instance."""
MAX_PAGES = 20_000
"""Pages remembered; beyond it those not used for longest are forgotten."""
_PRUNE_MARGIN = 500
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
    """

    def __init__(self, path: Path, most: int = MAX_PAGES) -> None:
        self._path = path
        self._most = most
        self._engine: Engine | None = None
        self._lock = Lock()
        self._noted: set[tuple[str, str, int]] = set()

    def save(self, code: str, page: str) -> bool:
        """Keep what ``code`` stands for; a folder that cannot be written to stops nobody's work.

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
                self._write(code, page, today)
            except (SQLAlchemyError, OSError) as error:
                _log.warning("short address not kept: %s", error)
                return False
            if len(self._noted) > _PRUNE_MARGIN:
                self._noted.clear()
            self._noted.add((code, page, today))
            return True

    def _write(self, code: str, page: str, today: int) -> None:
        new = insert(_pages).values(code=code, page=page, used=today)
        kept = new.on_conflict_do_update(
            index_elements=[_pages.c.code, _pages.c.page], set_={"used": today}
        )
        with self._open().begin() as connection:
            connection.execute(kept)
            count = connection.execute(select(func.count()).select_from(_pages)).scalar_one()
            if count > self._most:
                oldest = (
                    select(_pages.c.code, _pages.c.page)
                    .order_by(_pages.c.used, _pages.c.code)
                    .limit(count - self._most + min(_PRUNE_MARGIN, self._most // 10))
                )
                for old in connection.execute(oldest).all():
                    if old.page != page:
                        connection.execute(
                            delete(_pages).where(
                                _pages.c.code == old.code, _pages.c.page == old.page
                            )
                        )

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


def save_page(page: str) -> str:
    """Keep a canonical page and give the path of its short address."""
    short_url_store().save(code_of(page), page)
    return short_path(page)
