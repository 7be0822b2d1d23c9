"""``/office/accounts``: the accounts of others, for administrators."""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, Response, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.account_events import AccountEvent, list_events
from geodata.ledger.account_records import ROLES, Account, existing_account, list_accounts
from geodata.ledger.account_sessions import end_all_sessions
from geodata.ledger.accounts import (
    change_account,
    create_account,
    disable_account,
    enable_account,
)
from geodata.ledger.database import reading, writing
from geodata.ledger.invitations import LIFETIME, invite_account
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import answer_form, area_names, field, lead_to, office_page
from portal.accounts.paths import INVITATION, OFFICE
from portal.app_state import app_state, current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text

ACCOUNTS = f"{OFFICE}/accounts"


@require_account("administrator")
def accounts_page() -> BaseResponse:
    """All accounts, and the form that makes one."""
    return answer_form(_draw_list, _create)


@require_account("administrator")
def account_page(account_id: str) -> BaseResponse:
    """One account: what it may do, and what happened to it."""
    return answer_form(lambda fault: _draw_one(account_id, fault), lambda: _change(account_id))


@require_account("administrator")
def switch_account(account_id: str, act: str) -> BaseResponse:
    """Disable or enable an account, or sign it out everywhere."""
    own = required_account().account_id

    def do() -> BaseResponse:
        with writing(current_ledger()) as connection:
            existing_account(connection, account_id)
            _ACTS[act](connection, account_id, own)
        return lead_to(f"{ACCOUNTS}/{account_id}")

    return answer_form(lambda fault: _draw_one(account_id, fault), do)


@require_account("administrator")
def reset_account(account_id: str) -> Response:
    """A new address by which the owner of the account chooses a password, shown once."""
    with writing(current_ledger()) as connection:
        account = existing_account(connection, account_id)
        secret = invite_account(connection, account_id, required_account().account_id)
    return _invited(account, secret)


def _sign_out(connection: Connection, account_id: str, actor: str) -> None:
    del actor
    end_all_sessions(connection, account_id)


_ACTS = {"disable": disable_account, "enable": enable_account, "sign-out": _sign_out}


def _create() -> BaseResponse:
    role, communes = _rights_asked_for()
    own = required_account().account_id
    with writing(current_ledger()) as connection:
        made = create_account(
            connection,
            field("name"),
            full_name=field("full_name"),
            role=role,
            communes=communes,
            actor=own,
        )
        secret = invite_account(connection, made.account_id, own)
    return _invited(made, secret)


def _change(account_id: str) -> BaseResponse:
    role, communes = _rights_asked_for()
    with writing(current_ledger()) as connection:
        change_account(
            connection,
            account_id,
            full_name=field("full_name"),
            role=role,
            communes=communes,
            actor=required_account().account_id,
        )
    return lead_to(ACCOUNTS)


def _rights_asked_for() -> tuple[str, Collection[str] | None]:
    """Role and communes of a form, which are units in force."""
    role, chosen = field("role"), request.form.getlist("commune")
    if role == "administrator" or field("area") == "all":
        return role, None
    unknown = set(chosen) - {unit_id for unit_id, _ in _communes()}
    if unknown or not chosen:
        raise InvalidInput(
            Message("An editor needs all communes, or one or more of them"),
            found=", ".join(sorted(unknown)),
            where="area",
        )
    return role, chosen


def _communes() -> list[tuple[str, str]]:
    """Ids and names of the communes in force, in dictionary order."""
    store, language = current_store(), current_language()
    units = store.units(level="commune", date=store.info.timeline[-1].date).items
    return [(unit.unit_id, unit.full_name[language]) for unit in units]


def _invited(account: Account, secret: str) -> Response:
    base = app_state().settings.public_url or request.host_url.rstrip("/")
    return office_page(
        "account_invited.html",
        invited=account,
        address=f"{base}{INVITATION}/{secret}",
        days=LIFETIME.days,
    )


def _draw_list(fault: InvalidInput | None) -> Response:
    with reading(current_ledger()) as connection:
        found = list_accounts(connection)
    return office_page(
        "accounts.html",
        fault,
        accounts=[(each, area_names(each)) for each in found],
        **_form_values(None),
    )


def _draw_one(account_id: str, fault: InvalidInput | None) -> Response:
    with reading(current_ledger()) as connection:
        shown = existing_account(connection, account_id)
        events = list_events(connection, account_id)
        names = {each.account_id: each.name for each in list_accounts(connection)}
    return office_page(
        "account.html",
        fault,
        shown=shown,
        events=[_event_row(each, names) for each in events],
        **_form_values(shown),
    )


def _event_row(event: AccountEvent, names: dict[str, str]) -> dict[str, str]:
    return {
        "at": local_time_text(event.at, current_language()),
        "event": event.event,
        "actor": names.get(event.actor_id, ""),
    }


def _form_values(account: Account | None) -> dict[str, object]:
    """What the form of an account holds: what was sent, else what the account has."""
    offered = {"communes": _communes(), "roles": ROLES}
    if request.method == "POST" and "role" in request.form:
        sent = {name: field(name) for name in ("name", "full_name", "role", "area")}
        return {"values": {**sent, "communes": request.form.getlist("commune")}, **offered}
    values = {
        "name": account.name if account else "",
        "full_name": account.full_name if account else "",
        "role": account.role if account else "editor",
        "area": "all" if account and account.communes is None else "some",
        "communes": sorted(account.communes or ()) if account else [],
    }
    return {"values": values, **offered}


def init_app(app: Flask) -> None:
    """Route the pages."""
    both = ["GET", "POST"]
    one = f"{ACCOUNTS}/<account_id>"
    app.add_url_rule(ACCOUNTS, "accounts", accounts_page, methods=both)
    app.add_url_rule(one, "account", account_page, methods=both)
    app.add_url_rule(f"{one}/reset", "reset_account", reset_account, methods=["POST"])
    app.add_url_rule(
        f"{one}/<any('disable', 'enable', 'sign-out'):act>",
        "switch_account",
        switch_account,
        methods=["POST"],
    )
