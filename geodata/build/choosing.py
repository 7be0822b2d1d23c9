"""The figure to work with where there are several, by the rule of `geodata.preference`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geodata.model import Observation, Source, Status
from geodata.preference import best_first

Key = tuple[str, str, str, Status]
"""Unit, indicator, period and status."""


def key_of(observation: Observation) -> Key:
    """What an observation is about."""
    return (
        observation.unit_id,
        observation.indicator,
        observation.period,
        observation.status,
    )


def best_by_key(
    observations: Iterable[Observation], sources: Mapping[str, Source]
) -> dict[Key, Observation]:
    """The figure to work with for each unit, indicator, period and status."""
    groups: dict[Key, list[Observation]] = {}
    for observation in observations:
        groups.setdefault(key_of(observation), []).append(observation)
    return {key: group[best_first(group, sources)[0]] for key, group in groups.items()}
