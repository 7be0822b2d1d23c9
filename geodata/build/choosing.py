"""Which of several figures for one thing is used, the same rule as the store's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geodata.model import Observation, Source, Status

Key = tuple[str, str, str, Status]
"""Unit, indicator, period and status."""

_LAST_RANK = 9


def key_of(observation: Observation) -> Key:
    """What an observation is about."""
    return (
        observation.unit_id,
        observation.indicator,
        observation.period,
        observation.status,
    )


def best_of(observations: Iterable[Observation], sources: Mapping[str, Source]) -> Observation:
    """The figure to work with: undoubted first, then read before derived, then the better source.

    Ties go to the later document, then to the first given.
    """
    given = sorted(observations, key=lambda o: _date(o, sources), reverse=True)
    return min(given, key=lambda o: (bool(o.doubt), bool(o.method), _rank(o, sources)))


def best_by_key(
    observations: Iterable[Observation], sources: Mapping[str, Source]
) -> dict[Key, Observation]:
    """The figure to work with for each unit, indicator, period and status."""
    groups: dict[Key, list[Observation]] = {}
    for observation in observations:
        groups.setdefault(key_of(observation), []).append(observation)
    return {key: best_of(group, sources) for key, group in groups.items()}


def _rank(observation: Observation, sources: Mapping[str, Source]) -> int:
    source = sources.get(observation.source_id)
    return source.rank if source else _LAST_RANK


def _date(observation: Observation, sources: Mapping[str, Source]) -> str:
    source = sources.get(observation.source_id)
    return source.date if source else ""
