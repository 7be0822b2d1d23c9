"""What a report says besides faults: totals that differ, and villages without a position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.errors import PortalError
from geodata.i18n import Localised, Message
from geodata.point_tables.column_mapping import ColumnMapping
from geodata.point_tables.table_file import TableFile
from geodata.villages.columns import count_of
from geodata.villages.import_record import ImportedVillage

_MOST_NAMED = 30


def position_notes(rows: Sequence[ImportedVillage]) -> Iterator[Localised]:
    """The villages that have no position where others of the list have one."""
    missing = [row.name for row in rows if row.lon is None and not row.wkt]
    if missing and len(missing) < len(rows):
        names = ", ".join([*missing[:_MOST_NAMED], *["…"] * (len(missing) > _MOST_NAMED)])
        yield Message("Without a position, so without an area of their own: {names}", names=names)


def total_notes(table: TableFile, columns: ColumnMapping) -> Iterator[Localised]:
    """Where the only total of a table differs from the sum of its rows."""
    if len(table.totals) != 1:
        return
    (total,) = table.totals
    for field in ("population", "households"):
        column = columns.by_field.get(field)
        if column is None:
            continue
        try:
            stated = count_of(total, column)
            found = sum(count_of(row, column) or 0 for row in table.rows)
        except PortalError:
            continue
        if stated is not None and stated != found:
            yield Message(
                "{where}: the total under “{column}” is {stated}, the rows give {found}",
                where=total.where,
                column=column,
                stated=int(stated),
                found=int(found),
            )
