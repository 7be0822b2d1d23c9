"""The tables of accounts, of what they sign in with, and of the errors that readers report.

Nothing here can be used by who reads the file: passwords are kept as Argon2 hashes, the secrets of
sessions, tokens and invitations as SHA-256 of 256 random bits.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from geodata.ledger.metadata import (
    flag_column,
    id_column,
    insert_only,
    json_column,
    metadata,
    number_column,
    reference,
    text_column,
    time_column,
)

accounts = Table(
    "accounts",
    metadata,
    id_column(),
    text_column("name", unique=True),
    text_column("full_name"),
    text_column("role"),
    # Without it an editor's communes stand in account_areas.
    flag_column("all_communes"),
    # Empty until the account's owner has chosen a password.
    text_column("password_hash"),
    time_column("created_at"),
    time_column("disabled_at", nullable=True),
    CheckConstraint("role IN ('editor', 'administrator')", name="role"),
)

account_areas = Table(
    "account_areas",
    metadata,
    reference("account_id", "accounts.id"),
    text_column("commune_id"),
    PrimaryKeyConstraint("account_id", "commune_id"),
)

sessions = Table(
    "sessions",
    metadata,
    id_column("secret_hash"),
    reference("account_id", "accounts.id"),
    time_column("created_at"),
    time_column("seen_at"),
)
"""Who is signed in; a row that is removed ends a session at once, in every server process."""

Index("ix_sessions_account_id", sessions.c.account_id)

api_tokens = Table(
    "api_tokens",
    metadata,
    id_column(),
    text_column("secret_hash", unique=True),
    reference("account_id", "accounts.id"),
    text_column("label"),
    time_column("created_at"),
    time_column("expires_at"),
    time_column("used_at", nullable=True),
    time_column("revoked_at", nullable=True),
)

invitations = Table(
    "invitations",
    metadata,
    id_column("secret_hash"),
    # Null for the address by which the first administrator is made.
    reference("account_id", "accounts.id", nullable=True),
    time_column("created_at"),
    time_column("expires_at"),
)
"""Addresses that may be used once; the row is removed by the use."""

account_events = Table(
    "account_events",
    metadata,
    Column("number", Integer, primary_key=True),
    time_column("at"),
    text_column("account_id"),
    # The account that did it; empty for the command line and for whoever only tried.
    text_column("actor_id"),
    text_column("event"),
    json_column("detail"),
)
"""What happened to accounts; the database refuses to change or remove a row."""

insert_only(account_events)

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("key", Text, primary_key=True),
    number_column("count"),
    # Seconds since 1970-01-01.
    number_column("expires"),
)
"""How often something was tried within a stretch of time, counted for all server processes."""

error_reports = Table(
    "error_reports",
    metadata,
    id_column(),
    time_column("at"),
    text_column("unit_id"),
    # The three are empty for a report about the border of the unit.
    text_column("indicator"),
    text_column("period"),
    text_column("status"),
    # As the page showed it when it was reported.
    text_column("value_text"),
    text_column("text"),
)

Index("ix_error_reports_unit_id", error_reports.c.unit_id)
insert_only(error_reports)

error_report_answers = Table(
    "error_report_answers",
    metadata,
    Column("number", Integer, primary_key=True),
    reference("report_id", "error_reports.id"),
    time_column("at"),
    reference("account_id", "accounts.id"),
    text_column("decision"),
    text_column("text"),
    CheckConstraint("decision IN ('answered', 'closed', 'reopened')", name="decision"),
)
"""What editors decided about a report; its last row holds, one without a row is open."""

Index("ix_error_report_answers_report_id", error_report_answers.c.report_id)
insert_only(error_report_answers)
