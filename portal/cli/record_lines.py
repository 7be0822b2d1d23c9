"""Places and villages of the ledger in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from geodata.i18n import Localised, Message, Verbatim
from geodata.ledger.list_content import ListPlan
from geodata.ledger.listed_records import RecordChange, RecordDifference
from geodata.ledger.record_differences import EntryDifference, entry_differences
from geodata.ledger.undo_records import UndoPlan

MOST_ENTRIES = 50
"""Entries that are listed; the JSON document has all of them."""

_SIGNS = {"added": "+", "changed": "~", "removed": "-"}


def record_change_lines(made: Iterable[RecordChange]) -> Iterator[Localised]:
    """One line for each place or village that came, went or changed, the first ones only."""
    yield from entry_lines(
        each for change in made for each in entry_differences(change.key, change.old, change.new)
    )


def record_difference_lines(found: Iterable[RecordDifference]) -> Iterator[Localised]:
    """One line for each place or village that differs between two states."""
    yield from entry_lines(
        each for one in found for each in entry_differences(one.key, one.before, one.after)
    )


def list_plan_lines(plan: ListPlan) -> Iterator[Localised]:
    """What publishing a list would do, below its counts."""
    for revision in plan.same_file:
        yield Message("This very file was published already: no. {n}", n=revision.number)
    yield from record_change_lines(plan.changes)


def undo_record_lines(plan: UndoPlan) -> Iterator[Localised]:
    """The records that taking back would restore, and those that stay."""
    yield from record_change_lines(plan.records)
    for kept in plan.kept_records[:MOST_ENTRIES]:
        yield Message(
            "{entry} stays: changed by {account} in no. {n}",
            entry=kept.key.id,
            account=kept.changed_by.account_name,
            n=kept.changed_by.number,
        )


def entry_lines(entries: Iterable[EntryDifference]) -> Iterator[Localised]:
    """One line for each place or village, the first ones only."""
    entries = iter(entries)
    for each in islice(entries, MOST_ENTRIES):
        named = " ".join(part for part in (each.id, each.name, each.unit_id) if part)
        changed = "; ".join(f"{f.name}: {f.before or '–'} → {f.after or '–'}" for f in each.fields)
        text = f"{named} ({changed})" if changed else named
        yield Verbatim(f"  {_SIGNS[each.change]} {text}")
    if left := sum(1 for _ in entries):
        yield Message("and {n} more", n=left)
