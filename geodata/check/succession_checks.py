"""Verify that every unit that ended lives on in others, wholly and from the right day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from geodata.check.check_faults import check_fault, missing_translations, table_cell
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import Succession, Unit
from geodata.succession.crosswalk import WEIGHTS
from geodata.succession.shares import SHARE_TOLERANCE, check_shares

Steps = list[tuple[int, Succession]]


def check_succession(dataset: Dataset) -> Iterator[FileFault]:
    """Known units, matching dates, shares that sum to one, nobody forgotten."""
    units = {unit.unit_id: unit for unit in dataset.units}
    leaving: dict[str, Steps] = defaultdict(list)
    for index, step in enumerate(dataset.successions):
        leaving[step.from_id].append((index, step))
        yield from _step(index, step, units)
        yield from missing_translations(
            table_cell("succession", index, "legal_basis"), step.legal_basis
        )
        yield from missing_translations(table_cell("succession", index, "note"), step.note)
        if step.source_id not in dataset.catalogue.sources:
            said = Message("There is no such source")
            yield check_fault(table_cell("succession", index, "source_id"), said, step.source_id)
    yield from _shares(dataset.successions)
    yield from _without_successor(dataset, leaving)


def _step(index: int, step: Succession, units: dict[str, Unit]) -> Iterator[FileFault]:
    before, after = units.get(step.from_id), units.get(step.to_id)
    for field, unit_id, unit in (("from_id", step.from_id, before), ("to_id", step.to_id, after)):
        if unit is None:
            said = Message("There is no such unit")
            yield check_fault(table_cell("succession", index, field), said, unit_id)
    if before is None or after is None:
        return
    if before.valid_to != step.date or after.valid_from != step.date:
        said = Message("The date does not match the validity of the two units")
        allowed = f"{before.unit_id} … {before.valid_to}; {after.unit_id} {after.valid_from} …"
        yield check_fault(table_cell("succession", index, "date"), said, step.date, allowed)
    if before.level != after.level:
        said = Message("The two units are of different levels")
        yield check_fault(table_cell("succession", index, "to_id"), said, step.to_id, before.level)


def _shares(steps: tuple[Succession, ...]) -> Iterator[FileFault]:
    """By each weight the shares of a unit are all known and sum to one, or none is known."""
    for index, step in enumerate(steps):
        for weight in WEIGHTS:
            share = getattr(step, f"share_{weight}")
            if step.whole and share is not None and abs(share - 1) > SHARE_TOLERANCE:
                said = Message("The shares do not sum to one")
                where = table_cell("succession", index, f"share_{weight}")
                yield check_fault(where, said, f"{step.from_id}: {share}", "1")
    first = {(s.from_id, s.date): k for k, s in reversed(list(enumerate(steps)))}
    for found in check_shares(steps):
        field = f"share_{found.weight}" if found.weight else "whole"
        where = table_cell("succession", first[found.from_id, found.date], field)
        yield check_fault(where, found.what, f"{found.from_id}: {found.found}")


def _without_successor(dataset: Dataset, leaving: dict[str, Steps]) -> Iterator[FileFault]:
    """Units that ended without successor although their level went on.

    A village ends with its commune; where no document follows it further, its successor is unknown.
    """
    going_on = {unit.level for unit in dataset.units if unit.valid_to is None}
    units = {unit.unit_id: unit for unit in dataset.units}
    for index, unit in enumerate(dataset.units):
        above = units.get(unit.parent_id or "")
        if unit.level == "village" and above is not None and above.valid_to == unit.valid_to:
            continue
        if unit.valid_to and unit.level in going_on and unit.unit_id not in leaving:
            said = Message("The unit ended without successor")
            yield check_fault(table_cell("units", index, "valid_to"), said, unit.unit_id)
