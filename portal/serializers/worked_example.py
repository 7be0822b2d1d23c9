"""One merger of the dataset worked through in words: what adds up, and what must be rebuilt."""

from __future__ import annotations

import statistics

from geodata.i18n import Language
from geodata.model import Unit
from geodata.period import parse_period
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.formatting import format_value
from portal.serializers.entities import Document, unit_link
from portal.serializers.mergers import PredecessorValues, predecessor_values

_PARTS = range(2, 5)
"""So many former units make an example that can be followed."""


@cached_per_store(2)
def worked_example(store: Store, language: Language) -> Document | None:
    """A unit of today whose people and ratio of them are known of all that it was formed from.

    Taken is the first commune, in dictionary order, that was formed of two to four whole units
    which all have a ratio and both its parts for one period. None where there is no such.

    Returns
    -------
    dict
        ``unit``, ``period``, for ``numerator`` and ``denominator`` their ``name``, ``terms`` (unit
        and value in words) and ``total``, the ``ratio`` with its terms and value rebuilt, and the
        ``mean`` that averaging would give.
    """
    day = store.info.timeline[-1].date
    for unit in store.units(level="commune", date=day).items:
        steps = store.predecessors(unit.unit_id)
        if len(steps) in _PARTS and all(step.whole for step in steps):
            found = _example_of(store, unit, len(steps), language)
            if found:
                return found
    return None


def _example_of(store: Store, unit: Unit, parts: int, language: Language) -> Document | None:
    known = {
        (each.indicator.id, each.period): each
        for each in predecessor_values(store, unit.unit_id)
        if len(each.parts) == parts and each.whole.value is not None
    }
    for (_, period), ratio in known.items():
        over = known.get((ratio.indicator.numerator or "", period))
        if ratio.indicator.ratio_factor not in (None, 1):
            # "Per cent of" would need one more step in the example.
            continue
        under = known.get((ratio.indicator.denominator or "", period))
        if over and under:
            return {
                "unit": unit_link(unit, language),
                "period": parse_period(period).label(language),
                "numerator": _terms(store, over, language),
                "denominator": _terms(store, under, language),
                "ratio": _terms(store, ratio, language),
                "mean": format_value(
                    statistics.fmean(value for value, _ in ratio.parts), ratio.indicator, language
                ),
            }
    return None


def _terms(store: Store, values: PredecessorValues, language: Language) -> Document:
    indicator = values.indicator
    return {
        "name": indicator.name[language],
        "terms": [
            {
                "unit": store.unit(unit_id).full_name[language],
                "text": format_value(value, indicator, language),
            }
            for value, unit_id in values.parts
        ],
        "total": format_value(values.whole.value or 0.0, indicator, language),
    }
