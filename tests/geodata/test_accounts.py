"""Who may write: accounts, their passwords, sessions, tokens and invitations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from geodata.errors import InvalidInput, NotFound, NotPermitted, PortalError
from geodata.ledger import passwords
from geodata.ledger.account_records import (
    Account,
    account_named,
    can_administer,
    find_account,
    list_accounts,
)
from geodata.ledger.account_rights import covers_unit, require_rights, require_units
from geodata.ledger.account_sessions import (
    IDLE,
    LONGEST,
    end_all_sessions,
    end_session,
    session_account,
    start_session,
)
from geodata.ledger.account_tables import account_events, accounts, sessions
from geodata.ledger.accounts import (
    change_account,
    check_password,
    create_account,
    disable_account,
    enable_account,
    set_password,
)
from geodata.ledger.api_tokens import (
    LIFETIME,
    MOST_TOKENS,
    PREFIX,
    create_token,
    list_tokens,
    revoke_token,
    token_account,
)
from geodata.ledger.database import reading, writing
from geodata.ledger.invitations import (
    FIRST_LIFETIME,
    accept_first_invitation,
    accept_invitation,
    invite_account,
    invite_first_administrator,
)
from geodata.store import create_store
from tests.ledger_helpers import new_ledger

WORDS = "bản đồ mười hai con giáp"
NOW = dt.datetime(2026, 6, 1, 7, tzinfo=dt.UTC)
BINH_LU, TA_LENG = "03390-20250701", "03408-20250701"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Engine]:
    engine = new_ledger(tmp_path)
    yield engine
    engine.dispose()


def make(ledger: Engine, name: str = "binh.lu", password: str = "", **rights: object) -> Account:
    with writing(ledger) as connection:
        made = create_account(connection, name, **rights)
        if password:
            set_password(connection, made.account_id, password)
    return made


def test_a_name_is_taken_once_however_its_letters_are_written(ledger: Engine) -> None:
    make(ledger, "Binh.Lu")
    with writing(ledger) as connection:
        with pytest.raises(InvalidInput) as refused:
            create_account(connection, " BINH.LU ")
        assert refused.value.where == "name"
        assert account_named(connection, "BINH.lu").name == "binh.lu"


@pytest.mark.parametrize(
    "name", ["", "a", "bình lư", "a b", "<b>", "a" * 41, "-ab", "x\ny", "аdmin"]
)
def test_a_name_that_could_be_mistaken_is_refused(ledger: Engine, name: str) -> None:
    with writing(ledger) as connection, pytest.raises(InvalidInput):
        create_account(connection, name)


def test_a_weak_password_is_refused_and_said_nowhere(ledger: Engine) -> None:
    account = make(ledger)
    named = "Binh.Lu va nhung nguoi ban"
    for password in ("", "mười chữ", "x7" * 5, "x" * 30, "x9qtz" * 41, "ababab" * 3, named):
        with writing(ledger) as connection:
            with pytest.raises(InvalidInput) as refused:
                set_password(connection, account.account_id, password)
            assert not password or password not in str(refused.value)
        assert check_password(ledger, "binh.lu", password) is None
    assert find(ledger, account) == account


def test_a_short_name_that_is_a_syllable_of_the_password_is_no_fault(ledger: Engine) -> None:
    account = make(ledger, name="an")
    with writing(ledger) as connection:
        set_password(connection, account.account_id, "lan thích bản đồ đẹp")
    assert check_password(ledger, "an", "lan thích bản đồ đẹp") is not None


def test_the_same_letters_typed_in_another_form_are_the_same_password(ledger: Engine) -> None:
    import unicodedata

    make(ledger, password=unicodedata.normalize("NFC", WORDS))
    found = check_password(ledger, "Binh.Lu", unicodedata.normalize("NFD", WORDS))
    assert found is not None
    assert found.name == "binh.lu"
    assert check_password(ledger, "binh.lu", WORDS.upper()) is None


def test_the_password_is_kept_as_an_argon2id_hash_of_its_own(ledger: Engine) -> None:
    make(ledger, "one", WORDS)
    make(ledger, "other", WORDS)
    with reading(ledger) as connection:
        hashes = connection.execute(select(accounts.c.password_hash)).scalars().all()
    assert len(set(hashes)) == 2
    assert all(each.startswith("$argon2id$") for each in hashes)


def test_a_hash_of_older_costs_is_made_anew_when_its_owner_signs_in(ledger: Engine) -> None:
    account = make(ledger, password=WORDS)
    older = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(WORDS)
    with writing(ledger) as connection:
        connection.execute(update(accounts).values(password_hash=older))
    assert check_password(ledger, "binh.lu", "not this one") is None
    with reading(ledger) as connection:
        assert connection.execute(select(accounts.c.password_hash)).scalar_one() == older
    assert check_password(ledger, "binh.lu", WORDS) == find(ledger, account)
    with reading(ledger) as connection:
        renewed = connection.execute(select(accounts.c.password_hash)).scalar_one()
    assert renewed != older
    assert not passwords.needs_rehash(renewed)
    assert check_password(ledger, "binh.lu", WORDS) is not None


def find(ledger: Engine, account: Account) -> Account | None:
    with reading(ledger) as connection:
        return find_account(connection, account.account_id)


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(
    ledger: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(ledger, "known", WORDS)
    make(ledger, "without")
    disabled = make(ledger, "disabled", WORDS)
    with writing(ledger) as connection:
        disable_account(connection, disabled.account_id)
    passwords.verify_password("", WORDS)
    verified: list[str] = []

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored.rpartition("$")[0].rpartition("$")[0])
            return PasswordHasher().verify(stored, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for name in ("known", "nobody", "without", "disabled", "x" * 500):
        password = WORDS if name == "disabled" else "some other words"
        assert check_password(ledger, name, password) is None
    assert len(verified) == 5
    assert len(set(verified)) == 1


def test_the_last_administrator_can_neither_be_disabled_nor_made_an_editor(ledger: Engine) -> None:
    only = make(ledger, "chief", WORDS, role="administrator")
    invited = make(ledger, "invited", role="administrator")
    with writing(ledger) as connection:
        for act in (
            lambda: disable_account(connection, only.account_id),
            lambda: change_account(
                connection, only.account_id, full_name="", role="editor", communes=None
            ),
        ):
            with pytest.raises(InvalidInput, match="Nobody would be left"):
                act()
        set_password(connection, invited.account_id, WORDS)
        disable_account(connection, only.account_id)
        assert can_administer(connection)


def test_rights_are_those_of_the_moment_of_writing(ledger: Engine) -> None:
    account = make(ledger, communes=[BINH_LU])
    with writing(ledger) as connection:
        assert require_rights(connection, account.account_id, communes=[BINH_LU]) == account
        with pytest.raises(NotPermitted) as refused:
            require_rights(connection, account.account_id, communes=[BINH_LU, TA_LENG])
        assert TA_LENG in refused.value.found
        with pytest.raises(NotPermitted):
            require_rights(connection, account.account_id, "administrator")
        change_account(connection, account.account_id, full_name="", role="editor", communes=None)
        assert require_rights(connection, account.account_id, communes=[TA_LENG]).communes is None
        disable_account(connection, account.account_id)
        for account_id in (account.account_id, "nobody"):
            with pytest.raises(NotPermitted):
                require_rights(connection, account_id)
        enable_account(connection, account.account_id)
        assert require_rights(connection, account.account_id)


def test_an_area_reaches_its_villages_and_what_became_it(
    ledger: Engine, tmp_path: Path, toy_dataset
) -> None:
    store = create_store(tmp_path / "toy.gpkg", toy_dataset)
    step = next(s for s in toy_dataset.successions if s.whole and s.to_id != s.from_id)
    other = next(u.unit_id for u in toy_dataset.units if u.level == "commune"
                 and u.valid_to is None and u.unit_id != step.to_id)  # fmt: skip
    province = next(u.unit_id for u in toy_dataset.units if u.level == "province")
    assert covers_unit(store, {step.to_id}, step.from_id)
    assert not covers_unit(store, {other}, step.from_id)
    assert not covers_unit(store, {step.to_id, other}, province)
    assert covers_unit(store, None, province)
    account = make(ledger, communes=[step.to_id])
    with writing(ledger) as connection:
        assert require_units(connection, store, account.account_id, [step.from_id, step.to_id])
        with pytest.raises(NotPermitted) as refused:
            require_units(connection, store, account.account_id, [step.from_id, province])
    assert refused.value.found == store.unit(province).full_name.vi
    store.close()


def test_a_session_ends_by_itself_and_its_secret_is_not_in_the_ledger(ledger: Engine) -> None:
    account = make(ledger, password=WORDS)
    with writing(ledger) as connection:
        secret = start_session(connection, account.account_id, NOW)
        rows = connection.execute(select(sessions)).all()
    assert secret not in str(rows)
    at = NOW
    while at + IDLE < NOW + LONGEST:
        at += IDLE
        assert session_account(ledger, secret, at) == find(ledger, account)
    assert session_account(ledger, secret, at + IDLE + dt.timedelta(seconds=1)) is None
    assert session_account(ledger, secret, NOW + LONGEST + dt.timedelta(seconds=1)) is None
    assert session_account(ledger, secret + "x", NOW) is None
    assert session_account(ledger, "", NOW) is None


@pytest.mark.parametrize("ended_by", ["sign out", "everywhere", "disabled", "new password"])
def test_a_session_ends_at_once(ledger: Engine, ended_by: str) -> None:
    account = make(ledger, password=WORDS)
    other = make(ledger, "other", WORDS)
    with writing(ledger) as connection:
        here, there = (start_session(connection, account.account_id) for _ in range(2))
        of_other = start_session(connection, other.account_id)
    with writing(ledger) as connection:
        if ended_by == "sign out":
            end_session(connection, here)
        elif ended_by == "everywhere":
            end_all_sessions(connection, account.account_id)
        elif ended_by == "disabled":
            disable_account(connection, account.account_id)
        else:
            set_password(connection, account.account_id, WORDS + " khác")
    assert session_account(ledger, here) is None
    assert (session_account(ledger, there) is None) == (ended_by != "sign out")
    assert session_account(ledger, of_other) is not None


def test_a_token_works_until_it_is_revoked_expires_or_its_account_is_disabled(
    ledger: Engine,
) -> None:
    account = make(ledger, password=WORDS)
    with writing(ledger) as connection:
        made, secret = create_token(connection, account.account_id, "máy chủ của sở", NOW)
        _, other = create_token(connection, account.account_id, "bảng tính", NOW)
    assert secret.startswith(PREFIX)
    assert token_account(ledger, secret, NOW) == find(ledger, account)
    with reading(ledger) as connection:
        listed = {
            each.label: each.used_at[:10] for each in list_tokens(connection, account.account_id)
        }
    assert listed == {"máy chủ của sở": "2026-06-01", "bảng tính": ""}
    assert token_account(ledger, secret, NOW + LIFETIME) is None
    with writing(ledger) as connection:
        with pytest.raises(NotFound):
            revoke_token(connection, "somebody else", made.token_id)
        revoke_token(connection, account.account_id, made.token_id)
    assert token_account(ledger, secret, NOW) is None
    assert token_account(ledger, other, NOW) is not None
    with writing(ledger) as connection:
        disable_account(connection, account.account_id)
    assert token_account(ledger, other, NOW) is None


def test_an_account_has_a_bounded_number_of_tokens_each_with_a_name(ledger: Engine) -> None:
    account = make(ledger)
    with writing(ledger) as connection:
        for label in ("", " ", "x" * 81, "a\x07b"):
            with pytest.raises(InvalidInput):
                create_token(connection, account.account_id, label)
        for number in range(MOST_TOKENS):
            create_token(connection, account.account_id, f"program {number}")
        with pytest.raises(InvalidInput, match="too many"):
            create_token(connection, account.account_id, "one more")


def accept(ledger: Engine, secret: str, name: str, now: dt.datetime | None = None) -> Account:
    with writing(ledger) as connection:
        return accept_first_invitation(
            connection, secret, name=name, full_name="", password=WORDS, now=now
        )


def test_of_two_who_use_the_first_address_at_once_one_becomes_administrator(
    ledger: Engine,
) -> None:
    secret = invite_first_administrator(ledger)
    start, done = Barrier(2), []

    def use(name: str) -> None:
        start.wait()
        try:
            done.append(accept(ledger, secret, name))
        except PortalError as fault:
            done.append(fault)

    threads = [Thread(target=use, args=(name,)) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(each).__name__ for each in done) == ["Account", "NotFound"]
    with reading(ledger) as connection:
        assert [each.role for each in list_accounts(connection)] == ["administrator"]
    assert invite_first_administrator(ledger) == ""


def test_the_first_address_expires_and_gives_way_to_a_newer_one(ledger: Engine) -> None:
    old = invite_first_administrator(ledger, NOW)
    new = invite_first_administrator(ledger, NOW)
    for secret, now in ((old, NOW), (new, NOW + FIRST_LIFETIME), ("", NOW)):
        with pytest.raises(NotFound):
            accept(ledger, secret, "chief", now)
    assert accept(ledger, new, "chief", NOW).is_administrator


def test_who_was_invited_chooses_a_password_once(ledger: Engine) -> None:
    account = make(ledger)
    with writing(ledger) as connection:
        old = invite_account(connection, account.account_id)
        secret = invite_account(connection, account.account_id)
    for used, expected in ((old, False), (secret, True), (secret, False)):
        with writing(ledger) as connection:
            if expected:
                assert accept_invitation(connection, used, WORDS).has_password
            else:
                with pytest.raises(NotFound):
                    accept_invitation(connection, used, WORDS)
    first = invite_first_administrator(ledger)
    with writing(ledger) as connection, pytest.raises(NotFound):
        accept_invitation(connection, first, WORDS)


def test_a_new_password_takes_an_open_invitation_away(ledger: Engine) -> None:
    account = make(ledger)
    with writing(ledger) as connection:
        secret = invite_account(connection, account.account_id)
        set_password(connection, account.account_id, WORDS)
        with pytest.raises(NotFound):
            accept_invitation(connection, secret, WORDS)


def test_what_happened_to_accounts_can_be_neither_changed_nor_removed(ledger: Engine) -> None:
    account = make(ledger, password=WORDS)
    with reading(ledger) as connection:
        told = connection.execute(select(account_events.c.event)).scalars().all()
    assert told == ["created", "password_set"]
    for change in (update(account_events).values(event="nothing"), delete(account_events)):
        with (
            pytest.raises(DatabaseError, match="takes inserts only"),
            writing(ledger) as connection,
        ):
            connection.execute(change)
    with reading(ledger) as connection:
        rows = connection.execute(select(account_events)).all()
    assert len(rows) == 2
    assert {row.account_id for row in rows} == {account.account_id}
    assert WORDS not in str(rows)
