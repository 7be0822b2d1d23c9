"""What an account may do, asked in the transaction that does it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Engine

from geodata.errors import NotFound, NotPermitted
from geodata.i18n import Message
from geodata.ledger.account_records import Account, Role, find_account
from geodata.ledger.database import reading
from geodata.store import Store


def require_rights(
    connection: Connection,
    account_id: str,
    role: Role = "editor",
    communes: Iterable[str] = (),
) -> Account:
    """The account, if it may do something at this moment; for the transaction that does it.

    Parameters
    ----------
    role
        What it must at least be.
    communes
        Unit ids of communes that are written for; for units of other levels and days there is
        `require_units`.

    Raises
    ------
    NotPermitted
        It is disabled or gone, has not that role, or one of the communes is not its own.
    """
    account = find_account(connection, account_id)
    if account is None or account.disabled:
        raise NotPermitted(
            Message("The account has been disabled"),
            remedy=Message("Ask an administrator of the portal"),
        )
    check_role(account, role)
    foreign = sorted(set(communes) - account.communes) if account.communes is not None else []
    if foreign:
        raise _foreign(foreign, account)
    return account


def check_role(account: Account, role: Role) -> None:
    """Refuse an account whose role is lower than ``role``.

    Raises
    ------
    NotPermitted
        It is an editor's, and only an administrator may do this.
    """
    if role == "administrator" and not account.is_administrator:
        raise NotPermitted(
            Message("Only an administrator may do this"),
            found=account.name,
            remedy=Message("Ask an administrator of the portal"),
        )


def communes_of(engine: Engine, account_id: str) -> frozenset[str] | None:
    """The communes that an account may write for; None for all, and where there is no account."""
    with reading(engine) as connection:
        account = find_account(connection, account_id)
    return account.communes if account else None


def covers_unit(store: Store, communes: Collection[str] | None, unit_id: str) -> bool:
    """Whether a unit lies wholly in an editor's communes.

    A village does with its commune, a unit of the past if all that it became does; districts and
    the province do for those who may write for all communes.

    Parameters
    ----------
    communes
        Unit ids, as `Account.communes`; None for all.

    Raises
    ------
    NotFound
        There is no such unit.
    """
    if communes is None or unit_id in communes:
        return True
    unit = store.unit(unit_id)
    if unit.level == "village" and unit.parent_id:
        return covers_unit(store, communes, unit.parent_id)
    later = store.successors(unit_id)
    return bool(later) and all(covers_unit(store, communes, step.to_id) for step in later)


def require_units(
    connection: Connection, store: Store, account_id: str, unit_ids: Iterable[str]
) -> Account:
    """The account, if it may write for these units of any level and day at this moment.

    Raises
    ------
    NotPermitted
        It is disabled or gone, or one of the units does not lie in its communes.
    """
    account = require_rights(connection, account_id)
    foreign = [each for each in unit_ids if not covers_unit(store, account.communes, each)]
    if foreign:
        raise _foreign(foreign, account, store)
    return account


def _foreign(units: Iterable[str], account: Account, store: Store | None = None) -> NotPermitted:
    """The refusal, with the names that people know units by where the store is at hand."""
    return NotPermitted(
        Message("The account may not write for these units"),
        found=", ".join(_name(store, unit_id) for unit_id in units),
        allowed=tuple(_name(store, unit_id) for unit_id in sorted(account.communes or ())),
        remedy=Message("Ask an administrator of the portal"),
    )


def _name(store: Store | None, unit_id: str) -> str:
    """The name of a unit; its id where the dataset does not have it."""
    try:
        return store.unit(unit_id).full_name.vi if store else unit_id
    except NotFound:
        return unit_id
