"""One set of tables for everything that an installation writes, and how their columns are made.

Every database takes them: ids are text, times UTC as ISO text (which sorts as the times do), flags
0 or 1, documents JSON as text. Nothing that belongs to a key is ever null, since databases differ
about whether two nulls are the same.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy import event as events

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_column(name: str = "id") -> Column[str]:
    """The text id of a table, its primary key; see `new_id`."""
    return Column(name, Text, primary_key=True)


def text_column(name: str, *rules: ForeignKey, unique: bool = False) -> Column[str]:
    """A text that is never null; empty where there is nothing to say."""
    return Column(name, Text, *rules, nullable=False, unique=unique, default="")


def reference(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    """The key of a row of another table, ``target`` being ``table.column``."""
    kind = Integer if target == "revisions.number" else Text
    return Column(name, kind, ForeignKey(target), nullable=nullable)


def number_column(name: str, *, nullable: bool = False) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=nullable)


def time_column(name: str, *, nullable: bool = False) -> Column[str]:
    """A time as `utc_now` writes it; null, where allowed, for what has not happened."""
    return Column(name, Text, nullable=nullable)


def flag_column(name: str, default: int = 0) -> Column[int]:
    """A truth value as 0 or 1."""
    rule = CheckConstraint(f"{name} IN (0, 1)", name=name)
    return Column(name, Integer, rule, nullable=False, default=default)


def json_column(name: str) -> Column[str]:
    """A document as `to_json` writes it; an empty text for none."""
    return Column(name, Text, nullable=False, default="")


def definitions_table(name: str) -> Table:
    """A table of what publications define: by revision and id, in the order of the publication."""
    return Table(
        name,
        metadata,
        reference("revision", "revisions.number"),
        Column("id", Text, nullable=False),
        number_column("position"),
        json_column("record"),
        PrimaryKeyConstraint("revision", "id"),
    )


def new_id() -> str:
    """An id nobody can guess: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def utc_now() -> str:
    """The time as text of fixed width: ``2026-11-30T04:05:06.000007Z``."""
    return utc_text(dt.datetime.now(dt.UTC))


def utc_text(time: dt.datetime) -> str:
    """A time with a zone as text of fixed width in UTC, which sorts as the times do."""
    utc = time.astimezone(dt.UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"


def read_utc(text: str) -> dt.datetime:
    """The time that `utc_text` wrote."""
    return dt.datetime.fromisoformat(text)


def to_json(document: object) -> str:
    """A document of lists, mappings, texts and numbers in one canonical form, as hashes need it."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def from_json(text: str) -> Any:  # noqa: ANN401 - a document of any shape
    """The document that `to_json` wrote; None of an empty text."""
    return json.loads(text) if text else None


def insert_only(table: Table) -> None:
    """Let the database itself refuse every change and removal of a row of the table."""
    name = table.name
    for act in ("UPDATE", "DELETE"):
        sqlite = (
            f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name}"
            f" BEGIN SELECT RAISE(ABORT, '{name} takes inserts only'); END"
        )
        _after_create(table, sqlite, "sqlite")
    postgresql = (
        f"CREATE TRIGGER {name}_inserts_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    _after_create(table, postgresql, "postgresql")


def _after_create(table: Table, statement: str, dialect: str) -> None:
    # A percent sign would be a parameter of the statement; there is none in these.
    events.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))


_REFUSE = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'this table takes inserts only'; END $$"""

events.listen(metadata, "before_create", DDL(_REFUSE).execute_if(dialect="postgresql"))


ledger_state = Table(
    "ledger_state",
    metadata,
    # One row. Whoever writes locks it, and the next number of a revision comes from it.
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True),
    number_column("schema_version"),
    text_column("ledger_id"),
    time_column("created_at"),
    number_column("last_revision"),
)
"""What the ledger says of itself."""
