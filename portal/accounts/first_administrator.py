"""``/account/first/<secret>``: the first administrator, made once, from the server's own machine.

``portal serve`` prints the address as long as nobody can sign in as an administrator. Whoever can
read that terminal could use the command line as well; the address is for those who would rather
use the browser.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import OPERATOR_LANGUAGES, Message
from geodata.ledger.account_records import can_administer
from geodata.ledger.database import reading, writing
from geodata.ledger.invitations import (
    FIRST_LIFETIME,
    accept_first_invitation,
    invite_first_administrator,
    read_first_invitation,
)
from portal.accounts.browser_session import sign_in
from portal.accounts.pages import (
    answer_form,
    field,
    lead_to,
    office_page,
    refilled,
    typed_password,
)
from portal.accounts.paths import FIRST, OFFICE
from portal.accounts.throttle import by_client
from portal.app_state import app_state
from portal.http_errors import Forbidden
from portal.ledger_engine import current_ledger, ledger_of
from portal.urls import split_url

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
_log = logging.getLogger("portal")


def first_administrator_lines(app: Flask, address: str) -> list[str]:
    """What the terminal says at a start as long as there is no administrator; else nothing.

    Parameters
    ----------
    address
        Where the server answers on its own machine, as ``http://127.0.0.1:8000``.
    """
    try:
        secret = invite_first_administrator(ledger_of(app).get())
    except PortalError as fault:
        _log.warning("Nobody can sign in: %s", fault)
        return []
    if not secret:
        return []
    told = Message(
        "There is no administrator yet. On this machine, within {n} minutes, the first one is "
        "made at:",
        n=int(FIRST_LIFETIME.total_seconds() // 60),
    )
    return [*(told[spoken] for spoken in OPERATOR_LANGUAGES), f"{address}{FIRST}/{secret}"]


@by_client()
def first_administrator(secret: str) -> BaseResponse:
    """The form by which the first administrator is made."""
    _require_own_machine()
    with reading(current_ledger()) as connection:
        if can_administer(connection):
            page = office_page("first_administrator_made.html")
            page.status_code = 410
            return page
        read_first_invitation(connection, secret)

    def draw(fault: InvalidInput | None) -> Response:
        names = {name: refilled(name) for name in ("name", "full_name")}
        return office_page("first_administrator.html", fault, **names)

    return answer_form(draw, lambda: _make(secret))


def _make(secret: str) -> BaseResponse:
    password = typed_password()
    with writing(current_ledger()) as connection:
        account = accept_first_invitation(
            connection,
            secret,
            name=field("name"),
            full_name=field("full_name"),
            password=password,
        )
    sign_in(account)
    return lead_to(OFFICE)


def _require_own_machine() -> None:
    """Refuse whoever does not sit at the machine of the server.

    A proxy on that machine asks from it too, for anybody: what it adds to a request, and a name
    of the host that is no name of the own machine, give it away.
    """
    forwarded = [name for name in _FORWARDED if name in request.headers]
    host = split_url(f"//{request.host}").hostname or ""
    own = {app_state().settings.host}
    if forwarded or not _is_own(request.remote_addr or "", own) or not _is_own(host, own):
        raise Forbidden(
            Message("This address works on the machine of the server alone"),
            remedy=Message("Open it there, or use: portal user add NAME --role administrator"),
        )


def _is_own(host: str, own: Iterable[str]) -> bool:
    if host == "localhost" or host in own:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(
        f"{FIRST}/<secret>", "first_administrator", first_administrator, methods=["GET", "POST"]
    )
