"""The figures of the store in their order of preference, and which of them is shown.

Nothing is dropped: every figure stays in the store with its place in the order of
`geodata.precedence`; an estimate is shown only where there is no actual figure that can be right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from geodata.model import STATUS_GROUPS, Observation, Source
from geodata.period import parse_period
from geodata.precedence import ObservationKey, observation_key, precedence_order
from geodata.record_codec import Row, to_row


def observation_rows(
    observations: Iterable[Observation],
    sources: Mapping[str, Source],
    withdrawn: Collection[ObservationKey] = (),
) -> list[Row]:
    """Rows for the table of observations, with what is worked out from all of them together.

    Parameters
    ----------
    withdrawn
        What a correction says that there is no figure for; those given remain as alternatives.

    Returns
    -------
    list of dict
        In the order of the input. ``preference`` counts from 1 within unit, indicator, period and
        status; ``shown`` marks the one figure drawn for a unit, indicator, period and group of
        `geodata.model.STATUS_GROUPS`; none does, and 1 is left out, where it is withdrawn.
    """
    listed = list(observations)
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, figure in enumerate(listed):
        groups[figure.unit_id, figure.indicator, figure.period].append(index)
    rows = [_row(figure) for figure in listed]
    for members in groups.values():
        if len(members) == 1 and observation_key(listed[members[0]]) not in withdrawn:
            rows[members[0]].update(preference=1, shown=True)
            continue
        _rank([(listed[index], rows[index]) for index in members], sources, withdrawn)
    return rows


def _row(figure: Observation) -> Row:
    row = to_row(figure)
    row["period_start"], row["period_end"] = _days(figure.period)
    return row


@lru_cache(maxsize=4096)
def _days(period: str) -> tuple[str, str]:
    """First and last day of a period as text."""
    read = parse_period(period)
    return read.start.isoformat(), read.end.isoformat()


def _rank(
    group: list[tuple[Observation, Row]],
    sources: Mapping[str, Source],
    withdrawn: Collection[ObservationKey],
) -> None:
    for statuses in STATUS_GROUPS.values():
        ranked: list[tuple[Observation, Row]] = []
        for status in statuses:
            same = [pair for pair in group if pair[0].status == status]
            order = precedence_order([figure for figure, _ in same], sources)
            gone = bool(same) and observation_key(same[0][0]) in withdrawn
            for preference, place in enumerate(order, start=2 if gone else 1):
                same[place][1].update(preference=preference, shown=False)
                if not gone:
                    ranked.append(same[place])
        possible = [row for figure, row in ranked if not figure.impossible]
        for row in (possible or [row for _, row in ranked])[:1]:
            row.update(shown=True)
