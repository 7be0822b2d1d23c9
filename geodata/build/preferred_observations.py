"""The figure to work with where there are several, by the rule of `geodata.precedence`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geodata.model import Observation, Source, Status
from geodata.precedence import precedence_order

ObservationKey = tuple[str, str, str, Status]
"""Unit, indicator, period and status."""


def observation_key(observation: Observation) -> ObservationKey:
    """What an observation is about."""
    return (
        observation.unit_id,
        observation.indicator,
        observation.period,
        observation.status,
    )


def preferred_observations(
    observations: Iterable[Observation], sources: Mapping[str, Source]
) -> dict[ObservationKey, Observation]:
    """The figure to work with for each unit, indicator, period and status."""
    groups: dict[ObservationKey, list[Observation]] = {}
    for observation in observations:
        groups.setdefault(observation_key(observation), []).append(observation)
    return {key: group[precedence_order(group, sources)[0]] for key, group in groups.items()}
