"""Why units have no figure, where a document states it, over SQL."""

from __future__ import annotations

from sqlalchemy import Engine, select

from geodata.model import STATUS_GROUPS
from geodata.model.absent_figures import AbsenceKind
from geodata.store import schema


class SqlAbsences:
    """The part of a store that answers why there is no figure.

    Parameters
    ----------
    _engine
        Connections to the database.
    """

    _engine: Engine

    def absences(
        self, indicator: str, period: str, status: str = "actual"
    ) -> dict[str, AbsenceKind]:
        """See `geodata.store.interface.Store.absences`."""
        table = schema.absent_figures.c
        query = select(table.unit_id, table.kind).where(
            table.indicator == indicator,
            table.period == period,
            table.status.in_(STATUS_GROUPS[status]),
        )
        with self._engine.connect() as connection:
            return {row.unit_id: row.kind for row in connection.execute(query)}
