"""Which of several figures for the same thing is the one to use; nobody else decides it.

What an account corrected or published on the portal comes before everything that was shipped: a
person has seen what it takes the place of. Then sound before doubtful, that before what a slip must
mean, impossible last; read before derived, then the more authoritative kind of source, then the
later document, then the first given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geodata.model import QUALITIES, STATUS_GROUPS, Observation, Source, Status

ObservationKey = tuple[str, str, str, Status]
"""Unit, indicator, period and status."""

CORRECTION_RANK, PUBLICATION_RANK = -1, 0
"""Ranks of the sources that the ledger makes; those of a catalogue start at 1."""

_LAST_RANK = 9
"""Of a source that is not in the catalogue."""


def is_published(source: Source) -> bool:
    """Whether a source is a publication on the portal or a correction, not of the dataset."""
    return source.rank <= PUBLICATION_RANK


def precedence_order(figures: Sequence[Observation], sources: Mapping[str, Source]) -> list[int]:
    """Places of the figures in the list, that of the one to use first.

    Parameters
    ----------
    figures
        Figures of one unit, indicator, period and status.
    sources
        The catalogue's sources by id: their rank and date decide.
    """

    def date(place: int) -> str:
        source = sources.get(figures[place].source_id)
        return source.date if source else ""

    def merit(place: int) -> tuple[int, int, bool, int]:
        figure = figures[place]
        source = sources.get(figure.source_id)
        rank = source.rank if source else _LAST_RANK
        quality = QUALITIES.index(figure.quality)
        return min(rank, PUBLICATION_RANK + 1), quality, bool(figure.method), rank

    later_first = sorted(range(len(figures)), key=date, reverse=True)
    return sorted(later_first, key=merit)


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
    return {
        key: group[precedence_order(group, sources)[0]] if len(group) > 1 else group[0]
        for key, group in groups.items()
    }


def without_impossible(figures: Mapping[str, Observation]) -> dict[str, Observation]:
    """The figures by unit that can be drawn, summed and compared."""
    return {unit: figure for unit, figure in figures.items() if not figure.impossible}


def observation_of_period(
    series: tuple[Observation, ...], period: str, status: str
) -> Observation | None:
    """The figure of a period; an estimate stands in where there is no actual one to draw."""
    same = {o.status: o for o in series if o.period == period}
    found = [same[s] for s in STATUS_GROUPS[status] if s in same]
    return next((o for o in found if not o.impossible), next(iter(found), None))
