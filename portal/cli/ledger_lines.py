"""Entries of the ledger in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geodata.i18n import Formatted, Joined, Localised, Message, Verbatim
from geodata.ledger.ledger_records import (
    Cell,
    CellChange,
    CellDifference,
    Derivation,
    PublicationPlan,
    Revision,
    SeriesKey,
    Trace,
)
from geodata.ledger.revision_rows import told_text
from geodata.ledger.undo_records import KeptCell, UndoPlan
from geodata.locale_numbers import format_share

MOST_CELLS = 50
"""Cells that are listed; the JSON document has all of them."""

_KINDS: dict[str, Localised] = {
    "import": Message("publication"),
    "correction": Message("correction"),
    "undo": Message("taking back"),
    "base_change": Message("newer shipped dataset"),
}


def revision_line(revision: Revision) -> Localised:
    """One entry on one line."""
    parts = (
        Verbatim(str(revision.number)),
        Verbatim(revision.at[:16].replace("T", " ") + "Z"),
        _KINDS[revision.kind],
        Verbatim(revision.account_name or "–"),
        Verbatim(revision.title or revision.reason or revision.base_version),
    )
    return Joined(" · ", parts)


def revision_lines(revision: Revision, made: Iterable[CellChange]) -> Iterator[Localised]:
    """One entry with what it says of itself and the cells it changed."""
    yield revision_line(revision)
    if revision.undoes:
        yield Message("takes back no. {n}", n=revision.undoes)
    if revision.reason:
        yield Message("reason: {reason}", reason=revision.reason)
    stated = revision.source
    if stated.title or stated.number:
        named = (stated.number, stated.title, stated.issuer, stated.date)
        yield Message("document: {document}", document=" · ".join(filter(None, named)))
    if revision.file_name:
        yield Message("file: {file} ({hash})", file=revision.file_name, hash=revision.file_sha256)
    if revision.recipe:
        yield Message("way of reading: {recipe}", recipe=revision.recipe)
    for code, reason in revision.confirmed.items():
        yield Message("confirmed {code}: {reason}", code=code, reason=reason)
    yield count_line(revision.counts)
    yield Verbatim(f"SHA-256 {revision.hash}")
    yield from change_lines(made)


def count_line(counts: object) -> Localised:
    """How many cells became what."""
    known = counts if isinstance(counts, dict) else {}
    names = ("added", "changed", "removed", "unchanged", "blank", "doubtful")
    return Message(
        "{added} added, {changed} changed, {removed} removed, {unchanged} as they were, "
        "{blank} blank, {doubtful} doubtful",
        **{name: known.get(name, 0) for name in names},
    )


def plan_lines(plan: PublicationPlan) -> Iterator[Localised]:
    """What publishing would do."""
    for revision in plan.same_file:
        yield Message("This very file was published already: no. {n}", n=revision.number)
    yield count_line(dict(plan.counts))
    yield from change_lines(plan.changes)


def undo_lines(plan: UndoPlan) -> Iterator[Localised]:
    """What taking back would do."""
    yield revision_line(plan.revision)
    yield Message.plural("{n} cell returns", "{n} cells return", plan.count)
    yield from change_lines(plan.restored)
    if plan.kept:
        yield Message.plural(
            "{n} cell was changed later and stays",
            "{n} cells were changed later and stay",
            len(plan.kept),
        )
        yield from _first(_kept_line(cell) for cell in plan.kept)


def change_lines(made: Iterable[CellChange]) -> Iterator[Localised]:
    """One line for each changed cell, the first ones only."""
    yield from _first(_value_line(c.key, c.old, c.new) for c in made)


def difference_lines(cells: Iterable[CellDifference]) -> Iterator[Localised]:
    """One line for each cell that differs between two states, the first ones only."""
    yield from _first(_value_line(d.key, d.before, d.after) for d in cells)


def trace_lines(found: Trace) -> Iterator[Localised]:
    """Where a value comes from, and what was ever changed in it."""
    yield Verbatim(key_text(found.key))
    if found.origin is None:
        yield Message("The value is the shipped dataset's, or there is none")
    for entry in found.history:
        change = entry.change
        yield revision_line(entry.revision)
        yield _value_line(None, change.old, change.new)
        if change.address:
            yield Message(
                "file {file}, sheet {sheet}, cell {cell}: {raw}",
                file=entry.revision.file_name,
                sheet=change.sheet,
                cell=change.address,
                raw=change.raw,
            )
        if change.derivation:
            yield from _derivation_lines(change.derivation)


def _derivation_lines(derivation: Derivation) -> Iterator[Localised]:
    yield Message("computed: {method}", method=derivation.method)
    if derivation.coverage is not None:
        share = Formatted(format_share, derivation.coverage)
        yield Message("covers {share} of the unit", share=share)


def key_text(key: SeriesKey) -> str:
    """A series on one line."""
    return " ".join(part for part in (key.unit_id, *key[:4]) if part)


def _value_line(key: SeriesKey | None, before: Cell, after: Cell) -> Localised:
    named = f"{key_text(key)}: " if key else ""
    return Verbatim(f"  {named}{told_text(before) or '–'} → {told_text(after) or '–'}")


def _kept_line(cell: KeptCell) -> Localised:
    return Message(
        "{cell}: {value}, changed by {account} in no. {n}",
        cell=key_text(cell.key),
        value=told_text(cell.cell) or "–",
        account=cell.changed_by.account_name,
        n=cell.changed_by.number,
    )


def _first(lines: Iterable[Localised]) -> Iterator[Localised]:
    left = 0
    for number, line in enumerate(lines):
        if number < MOST_CELLS:
            yield line
        else:
            left += 1
    if left:
        yield Message("and {n} more", n=left)
