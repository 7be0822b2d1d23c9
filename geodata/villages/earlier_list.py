"""What an earlier list of a commune's villages gives that a later one does not speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from geodata.model import Unit
from geodata.vietnamese_names import match_key
from geodata.villages.import_record import ImportedVillage, VillageImport
from geodata.villages.merge_import import matching_village


def with_earlier(
    rows: Sequence[ImportedVillage], before: VillageImport | None
) -> tuple[ImportedVillage, ...]:
    """The rows with what an earlier list gives and this one does not speak of.

    A list of names alone takes no positions and no villages away; one without people takes no
    people away.
    """
    if before is None:
        return tuple(rows)
    placed = any(row.lon is not None or row.wkt for row in rows)
    counted = any(has_counts(row) for row in rows)
    joined, used = [], set()
    for row in rows:
        place = _place_of(row, before.rows)
        kept: dict[str, Any] = {}
        if place is not None:
            used.add(place)
            old = before.rows[place]
            if not placed:
                kept |= {name: getattr(old, name) for name in ("lon", "lat", "wkt")}
            if not counted:
                kept |= {name: getattr(old, name) for name in ("population", "households")}
        joined.append(replace(row, **kept))
    if not placed:
        joined += [old for place, old in enumerate(before.rows) if place not in used]
    return tuple(joined)


def has_counts(row: ImportedVillage) -> bool:
    """Whether a row says how many people or households there are."""
    return row.population is not None or row.households is not None


def with_numbers(
    rows: Iterable[ImportedVillage], known: Sequence[Unit]
) -> tuple[ImportedVillage, ...]:
    """The rows with the numbers that their villages have, so that a later list renames none.

    Parameters
    ----------
    known
        The villages of the commune as they are served.
    """
    found = []
    for row in rows:
        unit = matching_village(known, row.kind, row.name)
        found.append(replace(row, number=int(unit.code[5:])) if unit else row)
    return tuple(found)


def _place_of(row: ImportedVillage, before: Sequence[ImportedVillage]) -> int | None:
    """Place of the row of the same village in an earlier list; None where there is none or two."""
    key = match_key(row.name)
    named = [place for place, old in enumerate(before) if match_key(old.name) == key]
    alike = [place for place in named if row.kind in ("", before[place].kind)]
    return alike[0] if len(alike) == 1 else None
