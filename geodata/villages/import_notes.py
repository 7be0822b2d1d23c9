"""What a report says besides faults: villages without a position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.i18n import Localised, Message
from geodata.villages.import_record import ImportedVillage

_MOST_NAMED = 30


def position_notes(rows: Sequence[ImportedVillage]) -> Iterator[Localised]:
    """The villages that have no position where others of the list have one."""
    missing = [row.name for row in rows if row.lon is None and not row.wkt]
    if missing and len(missing) < len(rows):
        names = ", ".join([*missing[:_MOST_NAMED], *["…"] * (len(missing) > _MOST_NAMED)])
        yield Message("Without a position, so without an area of their own: {names}", names=names)
