"""Which figure a person, a program or a table means, in the one form that the ledger keeps."""

from __future__ import annotations

from geodata.ledger.ledger_records import SeriesKey
from geodata.series_id import parse_series_id
from geodata.store import Store


def series_key(store: Store, series: str, period: str, status: str, unit_id: str) -> SeriesKey:
    """The key of a figure; a former id of an indicator means what bears its figures now.

    Parameters
    ----------
    series
        Id of an indicator, or of a part of one as ``population[sex:female]``, in any order.

    Raises
    ------
    InvalidInput
        What stands in the brackets are no values of dimensions.
    """
    named = parse_series_id(series)
    moved = store.moved_indicator(named)
    return SeriesKey.of(moved.id if moved else named, period, status, unit_id)
