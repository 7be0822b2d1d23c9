"""The tables of what was published: revisions and the cells each of them changed.

A series is named by unit, indicator, dimensions, period and status. The number of a revision is
given out without gaps; revisions, their changes, the files and what they brought along are only
ever added to. ``current_figures`` alone is rewritten: it is a cache that the changes give again.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from geodata.ledger.metadata import (
    definitions_table,
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

SERIES_COLUMNS = ("indicator", "dimensions", "period", "status", "unit_id")
"""What names a figure, in the order in which figures are kept together."""

TABLE_COLUMNS = SERIES_COLUMNS[:-1]
"""What the figures of one column of a table have in common: all but their units."""

source_files = Table(
    "source_files",
    metadata,
    id_column("sha256"),
    text_column("name"),
    number_column("size"),
    text_column("media_type"),
    # The bytes stand in the ledger itself: one transaction writes both, one copy saves both.
    Column("content", LargeBinary, nullable=False),
    time_column("added_at"),
)

recipes = Table(
    "recipes",
    metadata,
    id_column(),
    text_column("name"),
    number_column("version"),
    text_column("account_id"),
    text_column("account_name"),
    text_column("fingerprint"),
    json_column("body"),
    time_column("saved_at"),
    flag_column("withdrawn"),
    Index("ix_recipes_name_version", "name", "version", unique=True),
    Index("ix_recipes_fingerprint", "fingerprint"),
)

aliases = Table(
    "aliases",
    metadata,
    id_column(),
    text_column("written"),
    text_column("parent"),
    text_column("unit_id"),
    # Empty for a table that lists units of several days.
    text_column("vintage"),
    text_column("source"),
    text_column("added_by"),
    time_column("added_at"),
    text_column("revoked_by"),
    time_column("revoked_at", nullable=True),
)

submissions = Table(
    "submissions",
    metadata,
    id_column(),
    text_column("account_id"),
    text_column("account_name"),
    reference("file_sha256", "source_files.sha256"),
    text_column("file_name"),
    text_column("recipe"),
    json_column("answers"),
    # Number of the last revision when the preview was made.
    number_column("based_on"),
    text_column("preview_hash"),
    text_column("state"),
    text_column("title"),
    json_column("source"),
    text_column("note"),
    time_column("created_at"),
    time_column("changed_at"),
    CheckConstraint(
        "state IN ('draft', 'waiting', 'returned', 'published', 'withdrawn')", name="state"
    ),
    Index("ix_submissions_account_id", "account_id"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    text_column("kind"),
    # The same request sent twice gets the first receipt.
    text_column("request_id", unique=True),
    Column("undoes", Integer, ForeignKey("revisions.number")),
    text_column("account_id"),
    # The name the account had then.
    text_column("account_name"),
    time_column("at"),
    text_column("title"),
    text_column("reason"),
    json_column("source"),
    reference("file_sha256", "source_files.sha256", nullable=True),
    text_column("file_name"),
    text_column("recipe"),
    json_column("answers"),
    json_column("confirmed"),
    # The dataset as it was shipped then.
    text_column("base_version"),
    json_column("counts"),
    text_column("changes_hash"),
    text_column("previous_hash"),
    text_column("hash"),
    CheckConstraint("kind IN ('import', 'correction', 'undo', 'base_change')", name="kind"),
    CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undoes"),
    Index("ix_revisions_file_sha256", "file_sha256"),
)


def _series_columns() -> list[Column[str]]:
    return [text_column(name) for name in SERIES_COLUMNS]


changes = Table(
    "changes",
    metadata,
    reference("revision", "revisions.number"),
    *_series_columns(),
    # The revision a value comes from: 0 for the shipped dataset.
    number_column("old_origin"),
    flag_column("old_present"),
    text_column("old_value"),
    number_column("new_origin"),
    flag_column("new_present"),
    text_column("new_value"),
    text_column("doubt_vi"),
    text_column("doubt_en"),
    text_column("sheet"),
    text_column("address"),
    text_column("raw"),
    PrimaryKeyConstraint("revision", *SERIES_COLUMNS),
    Index("ix_changes_unit_id", "unit_id", "indicator"),
    sqlite_with_rowid=False,
)

current_figures = Table(
    "current_figures",
    metadata,
    *_series_columns(),
    flag_column("present"),
    text_column("value"),
    number_column("origin"),
    number_column("last_revision"),
    PrimaryKeyConstraint(*SERIES_COLUMNS),
    sqlite_with_rowid=False,
)
"""What holds now for every cell that was ever changed; ``origin`` 0 is the shipped figure again."""

derivations = Table(
    "derivations",
    metadata,
    reference("revision", "revisions.number"),
    *_series_columns(),
    text_column("method_vi"),
    text_column("method_en"),
    # Share of the unit that the figure rests on; empty where none was worked out.
    text_column("coverage"),
    PrimaryKeyConstraint("revision", *SERIES_COLUMNS),
    sqlite_with_rowid=False,
)
"""How the values of a revision were computed, for those that no document states."""

new_themes = definitions_table("new_themes")

new_indicators = definitions_table("new_indicators")
"""Indicators that a publication brought; the last definition of an id holds."""

new_dimensions = definitions_table("new_dimensions")
"""Code lists by which indicators that a publication brought are broken down."""

new_concepts = definitions_table("new_concepts")
"""Concepts that a publication brought, by which its figures are counted."""

stated_concepts = Table(
    "stated_concepts",
    metadata,
    reference("revision", "revisions.number"),
    *(text_column(name) for name in TABLE_COLUMNS),
    text_column("concept"),
    PrimaryKeyConstraint("revision", *TABLE_COLUMNS),
    sqlite_with_rowid=False,
)
"""By which concept the figures of a revision are counted, where its publisher stated one."""

_ADDED_TO_ONLY = (
    revisions, changes, derivations, new_themes, new_indicators, new_dimensions, new_concepts,
    stated_concepts,
)  # fmt: skip
# A file that only a lapsed draft had may go; the key of a revision keeps the others.
for _table in _ADDED_TO_ONLY:
    insert_only(_table)
