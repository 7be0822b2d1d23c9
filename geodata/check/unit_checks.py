"""Verify that units are named, dated and nested as they must be."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from geodata.check.check_faults import check_fault, table_cell
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import LEVELS, Unit

_DIGITS = {"province": 2, "district": 3, "commune": 5, "village": 8}
"""Length of codes by level (Decision 124/2004/QĐ-TTg); villages have none by law, see
`geodata.villages.village_units`."""


def check_units(dataset: Dataset) -> Iterator[FileFault]:
    """Ids, codes, validity, names, parents and the reuse of codes."""
    by_id: dict[str, Unit] = {}
    for index, unit in enumerate(dataset.units):
        if unit.unit_id in by_id:
            said = Message("The unit id stands twice")
            yield check_fault(table_cell("units", index, "unit_id"), said, unit.unit_id)
        by_id[unit.unit_id] = unit
    for index, unit in enumerate(dataset.units):
        yield from _identity(index, unit)
        yield from _names(index, unit)
        yield from _parent(index, unit, by_id)
        if unit.source_id not in dataset.catalogue.sources:
            said = Message("There is no such source")
            yield check_fault(table_cell("units", index, "source_id"), said, unit.source_id)
    yield from _reuse(dataset)


def _identity(index: int, unit: Unit) -> Iterator[FileFault]:
    expected = f"{unit.code}-{unit.valid_from:%Y%m%d}"
    if unit.unit_id != expected:
        said = Message("The id is not code and validity")
        yield check_fault(table_cell("units", index, "unit_id"), said, unit.unit_id, expected)
    digits = _DIGITS.get(unit.level, len(unit.code))
    if not (unit.code.isascii() and unit.code.isdigit() and len(unit.code) == digits):
        said = Message("The code is malformed")
        yield check_fault(table_cell("units", index, "code"), said, unit.code, f"{digits} × 0-9")
    if unit.valid_to is not None and unit.valid_to <= unit.valid_from:
        said = Message("The validity ends before it begins")
        yield check_fault(
            table_cell("units", index, "valid_to"), said, unit.valid_to, f"> {unit.valid_from}"
        )


def _names(index: int, unit: Unit) -> Iterator[FileFault]:
    for field, text in (("name", unit.name), ("full_name", unit.full_name)):
        for language, words in (("vi", text.vi), ("en", text.en)):
            where = table_cell("units", index, f"{field}_{language}")
            if not words.strip():
                yield check_fault(where, Message("The name is missing"), unit.unit_id)
            elif not unicodedata.is_normalized("NFC", words):
                yield check_fault(where, Message("The name is not in NFC"), words)


def _parent(index: int, unit: Unit, by_id: dict[str, Unit]) -> Iterator[FileFault]:
    where = table_cell("units", index, "parent_id")
    if unit.parent_id is None:
        if unit.level != LEVELS[0]:
            yield check_fault(where, Message("No unit above"), unit.unit_id)
        return
    parent = by_id.get(unit.parent_id)
    if parent is None:
        said = Message("There is no such unit above")
        yield check_fault(where, said, unit.parent_id)
        return
    if LEVELS.index(parent.level) >= LEVELS.index(unit.level):
        said = Message("The unit above is not of a higher level")
        yield check_fault(where, said, f"{unit.parent_id} ({parent.level})", f"> {unit.level}")
    above = [other for other in by_id.values() if same_authority(other, parent)]
    if not _exists_throughout(above, unit):
        said = Message("The unit above is not valid throughout the validity of this one")
        found = f"{unit.unit_id} {unit.valid_from} … {unit.valid_to or ''}"
        allowed = "; ".join(f"{u.unit_id} {u.valid_from} … {u.valid_to or ''}" for u in above)
        yield check_fault(where, said, found, allowed)


def same_authority(one: Unit, other: Unit) -> bool:
    """Whether two units are the same office in different borders.

    A district keeps its communes, and they their ids, when only its own borders change.
    """
    return (one.level, one.code) == (other.level, other.code)


def _exists_throughout(above: list[Unit], unit: Unit) -> bool:
    """Whether the units above follow one another without a break through the life of ``unit``."""
    reached = unit.valid_from
    for other in sorted(above, key=lambda u: u.valid_from):
        if other.valid_from <= reached:
            reached = max(reached, _end(other))
    return reached >= _end(unit)


def _reuse(dataset: Dataset) -> Iterator[FileFault]:
    """A code may be borne again only after its former bearer has ended."""
    bearers: dict[tuple[str, str], list[tuple[int, Unit]]] = defaultdict(list)
    for index, unit in enumerate(dataset.units):
        bearers[unit.level, unit.code].append((index, unit))
    for units in bearers.values():
        units.sort(key=lambda bearer: bearer[1].valid_from)
        for (_, before), (index, after) in pairwise(units):
            if _end(before) > after.valid_from and before.unit_id != after.unit_id:
                said = Message("The code is used again while its former unit is still valid")
                where = table_cell("units", index, "code")
                yield check_fault(where, said, f"{after.unit_id}, {before.unit_id}")


def _end(unit: Unit) -> dt.date:
    return unit.valid_to or dt.date.max
