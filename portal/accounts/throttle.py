"""How often something may be tried, counted in the ledger for all processes of a server.

References: OWASP Authentication Cheat Sheet (login throttling); RFC 6585, section 4 (429).
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from limits.storage import Storage
from sqlalchemy import delete, insert, select, update

from geodata.errors import StoreFault
from geodata.i18n import Message
from geodata.ledger.account_tables import rate_limits
from geodata.ledger.database import reading, writing
from portal.error_handlers import error_response
from portal.http_errors import Busy
from portal.ledger_engine import current_ledger
from portal.short_urls.client_quota import client_network

_SCHEME = "ledger"
PER_CLIENT = "30 per 15 minutes"
"""Passwords tried from one address; an office may sit behind one."""
PER_NAME = "10 per 15 minutes"
"""Passwords tried for one name, from wherever."""
REPORTS_PER_CLIENT = "10 per hour"
REPORTS_OF_ALL = "300 per day"


class LedgerStorage(Storage):
    """Counters of Flask-Limiter in the ledger of the app that is answering.

    The keys are kept as hashes: what was typed as a name may be a password.
    """

    STORAGE_SCHEME = [_SCHEME]  # noqa: RUF012 - as the base class declares it

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the ledger's refusals are derived from."""
        return StoreFault

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count once more; the count within the stretch of ``expiry`` seconds that is running."""
        now, hashed = int(time.time()), _hashed(key)
        with writing(current_ledger()) as connection:
            connection.execute(delete(rate_limits).where(rate_limits.c.expires <= now))
            own = rate_limits.c.key == hashed
            found = connection.execute(select(rate_limits.c["count"]).where(own)).scalar()
            if found is None:
                row = {"key": hashed, "count": amount, "expires": now + int(expiry)}
                connection.execute(insert(rate_limits), row)
                return amount
            connection.execute(update(rate_limits).where(own).values(count=found + amount))
            return int(found) + amount

    def get(self, key: str) -> int:
        """How often it was counted within the stretch that is running."""
        count, expires = self._row(key)
        return count if expires > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the running stretch ends, in seconds since 1970-01-01."""
        return self._row(key)[1] or time.time()

    def check(self) -> bool:
        """Whether counting works."""
        return True

    def reset(self) -> int | None:
        """Forget all counts."""
        with writing(current_ledger()) as connection:
            return connection.execute(delete(rate_limits)).rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with writing(current_ledger()) as connection:
            connection.execute(delete(rate_limits).where(rate_limits.c.key == _hashed(key)))

    def _row(self, key: str) -> tuple[int, int]:
        columns = select(rate_limits.c["count"], rate_limits.c.expires)
        with reading(current_ledger()) as connection:
            row = connection.execute(columns.where(rate_limits.c.key == _hashed(key))).first()
        return (int(row[0]), int(row[1])) if row else (0, 0)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def client_key() -> str:
    """The client that asks."""
    return f"client {client_network(request.remote_addr or '')}"


def name_key() -> str:
    """The name of the account in the form that was sent."""
    return f"name {request.form.get('name', '').strip().lower()[:200]}"


def everybody_key() -> str:
    """The same for all who ask."""
    return "all"


limiter = Limiter(client_key, storage_uri=f"{_SCHEME}://")


def by_client(limit: str = PER_CLIENT) -> Any:  # noqa: ANN401 - a decorator of views
    """Limit how often one client may send a form."""
    return limiter.limit(limit, methods=["POST"])


def by_name(limit: str = PER_NAME) -> Any:  # noqa: ANN401 - a decorator of views
    """Limit how often the form may be sent for one name."""
    return limiter.limit(limit, key_func=name_key, methods=["POST"])


def of_all(limit: str) -> Any:  # noqa: ANN401 - a decorator of views
    """Limit how often all together may send a form."""
    return limiter.limit(limit, key_func=everybody_key, methods=["POST"])


def _refuse(_: RateLimitExceeded) -> Response:
    """Say when it may be tried again."""
    reached = limiter.current_limit
    seconds = max(1, int(reached.reset_at - time.time())) if reached else 60
    fault = Busy(
        Message("This was tried too often"),
        remedy=Message.plural(
            "Try again in {n} minute", "Try again in {n} minutes", -(-seconds // 60)
        ),
    )
    response = error_response(429, "busy", fault)
    response.headers["Retry-After"] = str(seconds)
    return response


def init_app(app: Flask) -> None:
    """Count the tries of the views that say so."""
    limiter.init_app(app)
    # Views say themselves that they are limited; before all others it would be looked for in vain,
    # which costs a prepared page a fifth of its time.
    before = app.before_request_funcs[None]
    before[:] = [hook for hook in before if getattr(hook, "__self__", None) is not limiter]
    app.register_error_handler(RateLimitExceeded, _refuse)
