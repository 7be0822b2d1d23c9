"""How many people and households went with each part of a unit that was divided.

A unit above the communes that gave up some of them is divided along their lines, so the figures of
the communes say what went where::

    f_w(s, t) = sum of w over communes in s and t / sum of w over communes in s
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geodata.catalogue import Catalogue
from geodata.i18n import Formatted, Joined, Localised, Message, Text
from geodata.model import Observation, Source, Succession
from geodata.period import parse_period
from geodata.precedence import preferred_observations

_DECIMALS = 4
_MEASURED = Message("Area measured on the shapes")
_NAMES = {
    "population": Message("People"),
    "households": Message("Households"),
}
"""Indicators that are also weights, and what a note calls them."""


def with_population_shares(
    successions: Sequence[Succession],
    members: Mapping[str, Sequence[str]],
    observations: Sequence[Observation],
    catalogue: Catalogue,
) -> tuple[Succession, ...]:
    """The successions with the shares of parts by people and households, and where they come from.

    Parameters
    ----------
    members
        For each unit the communes that make it up (`geodata.build.territory.BuiltTerritory`).
    observations
        Figures as read, with their quality flags; the latest period before the event in which every
        commune of the divided unit has a figure is taken.

    Returns
    -------
    tuple
        In the same order. Shares that the events state, and parts within one commune, stay as they
        are.
    """
    known = preferred_observations(observations, catalogue.sources)
    actual = {
        key[:3]: seen for key, seen in known.items() if key[3] == "actual" and not seen.impossible
    }
    return tuple(
        _with_shares(step, members, actual, catalogue.sources)
        if not step.whole and len(members[step.from_id]) > 1
        else step
        for step in successions
    )


def _with_shares(
    step: Succession,
    members: Mapping[str, Sequence[str]],
    actual: Mapping[tuple[str, str, str], Observation],
    sources: Mapping[str, Source],
) -> Succession:
    people, households = (
        _latest(members[step.from_id], indicator, step, actual) for indicator in _NAMES
    )
    said: list[Localised] = [_MEASURED]
    for words, figures in zip(_NAMES.values(), (people, households), strict=True):
        said += [_share_source(words, seen, sources) for seen in list(figures.values())[:1]]
    origin = Text.of(Joined("; ", said))
    went = members[step.to_id]
    return replace(
        step,
        share_population=_share(people, went, step.share_population),
        share_households=_share(households, went, step.share_households),
        note=step.note or origin,
    )


def _share(
    figures: Mapping[str, Observation], went: Sequence[str], stated: float | None
) -> float | None:
    """The share the event states, else that of the communes that went."""
    if stated is not None or not figures:
        return stated
    part = sum(figures[unit].value for unit in went if unit in figures)
    return round(part / sum(seen.value for seen in figures.values()), _DECIMALS)


def _latest(
    units: Sequence[str],
    indicator: str,
    step: Succession,
    actual: Mapping[tuple[str, str, str], Observation],
) -> dict[str, Observation]:
    """Figures of all units in the last period before the event that covers them; else none."""
    periods = {period for _, name, period in actual if name == indicator}
    before = [period for period in map(parse_period, periods) if period.end < step.date]
    for period in sorted(before, key=lambda p: p.sort_key, reverse=True):
        seen = {unit: actual.get((unit, indicator, period.code)) for unit in units}
        found = {unit: figure for unit, figure in seen.items() if figure is not None}
        if len(found) == len(units) and sum(figure.value for figure in found.values()) > 0:
            return found
    return {}


def _share_source(words: Localised, seen: Observation, sources: Mapping[str, Source]) -> Localised:
    return Message(
        "{words}: of the communes, {period} ({source})",
        words=words,
        period=Formatted(parse_period(seen.period).label),
        source=sources[seen.source_id].title,
    )
