"""The tables of what lists brought: the records each revision changed, and new kinds of place.

Beside the figures of `geodata.ledger.revision_tables` and by the same rules: changes are only ever
added, ``current_records`` is a cache that they give again.
"""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from geodata.ledger.metadata import (
    definitions_table,
    insert_only,
    metadata,
    number_column,
    reference,
    text_column,
)

RECORD_KEY_COLUMNS = ("kind", "id")
"""What names a record, in the order in which records are kept together."""

record_changes = Table(
    "record_changes",
    metadata,
    reference("revision", "revisions.number"),
    text_column("kind"),
    text_column("id"),
    # The revision a record comes from: 0 for the shipped dataset.
    number_column("old_origin"),
    text_column("old_content"),
    number_column("new_origin"),
    text_column("new_content"),
    text_column("sheet"),
    text_column("address"),
    PrimaryKeyConstraint("revision", *RECORD_KEY_COLUMNS),
    Index("ix_record_changes_id", "kind", "id"),
)

current_records = Table(
    "current_records",
    metadata,
    text_column("kind"),
    text_column("id"),
    text_column("content"),
    number_column("origin"),
    number_column("last_revision"),
    PrimaryKeyConstraint(*RECORD_KEY_COLUMNS),
)
"""What holds now for every record that was ever changed; ``origin`` 0 is the shipped one again."""

new_place_categories = definitions_table("new_place_categories")
"""Kinds of place that a publication brought; the last definition of an id holds."""

for _table in (record_changes, new_place_categories):
    insert_only(_table)
