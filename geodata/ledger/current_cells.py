"""What holds for cells now: by the ledger, and by the shipped dataset beneath it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from geodata.errors import NotFound
from geodata.ledger.ledger_records import Cell, SeriesKey
from geodata.ledger.revision_rows import read_cell
from geodata.ledger.revision_tables import current_figures
from geodata.model import Observation
from geodata.precedence import is_published
from geodata.store import Store

_NOTHING = Cell(0, False, None)


class ShippedFigures:
    """The figures of the shipped dataset, out of a store that also holds published ones.

    Parameters
    ----------
    store
        The served store; which revision it was made up to makes no difference.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._published = {source.id for source in store.sources() if is_published(source)}
        self._read: dict[tuple[str, str, str], dict[SeriesKey, Observation]] = {}

    def cell(self, key: SeriesKey) -> Cell:
        """What the shipped dataset says; its preferred figure where it has several."""
        figure = self._figure(key)
        if figure is None:
            return _NOTHING
        value = None if figure.category else figure.value
        return Cell(0, True, value, category=figure.category)

    def concept(self, key: SeriesKey) -> str:
        """By which concept the shipped figure is counted; empty where none is stated."""
        figure = self._figure(key)
        return figure.concept if figure else ""

    def _figure(self, key: SeriesKey) -> Observation | None:
        layer = key[:3]
        if layer not in self._read:
            self._read[layer] = self._ask(key.series, key.period)
        return self._read[layer].get(key)

    def _ask(self, indicator: str, period: str) -> dict[SeriesKey, Observation]:
        moved = self._store.moved_indicator(indicator)
        present = moved.id if moved else indicator
        try:
            page = self._store.observations(indicator=present, period=period)
        except NotFound:
            return {}  # Of an indicator that the table brings along.
        found: dict[SeriesKey, Observation] = {}
        for figure in page.items:
            if figure.source_id not in self._published:
                key = SeriesKey.of(indicator, period, figure.status, figure.unit_id)
                found.setdefault(key, figure)  # The preferred one comes first.
        return found


def read_current(
    connection: Connection, keys: Iterable[SeriesKey]
) -> dict[SeriesKey, tuple[Cell, int]]:
    """The cells that the ledger has touched, each with the last revision that did."""
    wanted = set(keys)
    table = current_figures.c
    columns = [table[name] for name in SeriesKey._fields]
    columns += [table.present, table.value, table.origin, table.last_revision]
    found: dict[SeriesKey, tuple[Cell, int]] = {}
    for indicator, period in sorted({(key.indicator, key.period) for key in wanted}):
        query = select(*columns).where(table.indicator == indicator, table.period == period)
        for *names, present, value, origin, last in connection.execute(query).all():
            key = SeriesKey(*names)
            if key in wanted:
                found[key] = (read_cell(origin, present, value), last)
    return found


def holding(
    key: SeriesKey, current: dict[SeriesKey, tuple[Cell, int]], shipped: ShippedFigures
) -> Cell:
    """What a cell shows: the ledger's word, else the shipped figure."""
    cell, _ = current.get(key, (None, 0))
    return cell if cell is not None and cell.origin else shipped.cell(key)
