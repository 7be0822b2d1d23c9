"""Data quality flags: figures that cannot be taken as they stand, each with the reason in words.

Nothing is corrected: a wrong figure stays as its source has it and says why it is doubtful. Reasons
given by the people who read the document are kept and come first; the rules here only add to
figures about which nobody has said anything yet, so marking twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from geodata.catalogue import Catalogue
from geodata.i18n import Formatted, Message, Text
from geodata.locale_numbers import format_number
from geodata.model import Observation, Succession
from geodata.period import parse_period
from geodata.precedence import (
    ObservationKey,
    observation_key,
    preferred_observations,
)
from geodata.succession.shares import units_with_unknown_border

PERCENT_TOLERANCE = 0.6
"""Points by which a stated share of plan may differ from value / plan: rounding of all three."""

DISAGREEMENT_TOLERANCE = 0.005
"""Share of the larger figure above which two sources count as disagreeing."""

OFFICIAL_RANK = 2
"""Sources up to this rank may cast doubt on official figures; others only on one another."""

GROWTH_FACTOR = 1.25
"""How far growth over a merger may lie from the median of all merged units, either way."""

GROWTH_FACTOR_FEW_PEERS = 2.0
"""The same where fewer than `MIN_PEERS` units can be compared: the growth itself."""

MIN_PEERS = 8

FlagReasons = dict[int, Text]
"""From the place of an observation in the list to the reason for doubt."""


def add_quality_flags(
    catalogue: Catalogue,
    observations: Sequence[Observation],
    successions: Sequence[Succession] = (),
) -> list[Observation]:
    """The observations in the same order, doubtful ones with their reason.

    Marked are: values outside the indicator's range; a stated share of plan that does not follow
    from value and plan; figures for the same unit, indicator, period and status that disagree; and
    populations and other denominators that do not fit the sum of the merged units, and figures
    computed on a shape whose border is not known (the last two only with ``successions``).

    Parameters
    ----------
    catalogue
        Ranges, directions, and the ranks of the sources.
    observations
        Figures as read and derived.
    successions
        Who became whom.
    """
    found: FlagReasons = {}
    for rule in (_out_of_range, _wrong_share_of_plan, _disagreement):
        found = {**rule(catalogue, observations), **found}
    found = {**_inconsistent_with_predecessors(catalogue, observations, successions), **found}
    found = {**_unknown_border(observations, successions), **found}
    return [
        replace(observation, doubt=found[place])
        if place in found and not observation.doubt
        else observation
        for place, observation in enumerate(observations)
    ]


def _sentence(what: Message, decimals: int = 2, **numbers: float) -> Text:
    """A text in both languages with its numbers written in each."""
    written = {
        name: Formatted(format_number, value, decimals=decimals) for name, value in numbers.items()
    }
    return Text.of(what.filled(**written))


def _out_of_range(catalogue: Catalogue, observations: Sequence[Observation]) -> FlagReasons:
    reasons: FlagReasons = {}
    for place, observation in enumerate(observations):
        indicator = catalogue.indicators[observation.indicator]
        if indicator.minimum is not None and observation.value < indicator.minimum:
            reasons[place] = _sentence(
                Message("Below the lowest possible value ({bound})."),
                bound=indicator.minimum,
            )
        elif indicator.maximum is not None and observation.value > indicator.maximum:
            reasons[place] = _sentence(
                Message("Above the highest possible value ({bound})."),
                bound=indicator.maximum,
            )
    return reasons


def _wrong_share_of_plan(catalogue: Catalogue, observations: Sequence[Observation]) -> FlagReasons:
    plans: dict[tuple[str, str], list[Observation]] = {}
    for observation in observations:
        if observation.status in ("plan", "target"):
            plans.setdefault((observation.unit_id, observation.indicator), []).append(observation)
    reasons: FlagReasons = {}
    for place, observation in enumerate(observations):
        stated = observation.stated_percent
        plan = _plan_for(observation, plans.get((observation.unit_id, observation.indicator), []))
        if stated is None or plan is None or not plan.value or not observation.value:
            continue
        shares = [100 * observation.value / plan.value]
        if catalogue.indicators[observation.indicator].direction == "down":
            # Offices count a rate below plan as more than 100 % of it.
            shares.append(100 * plan.value / observation.value)
        if all(abs(share - stated) > PERCENT_TOLERANCE for share in shares):
            reasons[place] = _sentence(
                Message("The source states {stated}% of plan, but {value} of {plan} is {share}%."),
                stated=stated,
                value=observation.value,
                plan=plan.value,
                share=shares[0],
            )
    return reasons


def _plan_for(observation: Observation, plans: Sequence[Observation]) -> Observation | None:
    """The plan a figure is measured by: that of its own sentence, else of its source and period."""
    period = parse_period(observation.period)
    covering = [
        plan
        for plan in plans
        if plan.source_id == observation.source_id
        and parse_period(plan.period).overlaps(period.start, None)
        and parse_period(plan.period).start <= period.start
    ]
    same = [plan for plan in covering if plan.quote == observation.quote]
    return next(iter(same or (covering if len(covering) == 1 else [])), None)


def _disagreement(catalogue: Catalogue, observations: Sequence[Observation]) -> FlagReasons:
    groups: dict[ObservationKey, list[int]] = {}
    for place, observation in enumerate(observations):
        groups.setdefault(observation_key(observation), []).append(place)
    reasons: FlagReasons = {}
    for places in groups.values():
        for place in places:
            others = [observations[other] for other in places if other != place]
            rival = _contradicting_observation(observations[place], others, catalogue)
            if rival is not None:
                reasons[place] = _contradiction_text(observations[place], rival, catalogue)
    return reasons


def _contradicting_observation(
    observation: Observation, others: Iterable[Observation], catalogue: Catalogue
) -> Observation | None:
    """The best figure that speaks against ``observation``."""
    own_rank = catalogue.sources[observation.source_id].rank
    against = [
        other
        for other in others
        if not values_agree(observation.value, other.value)
        and catalogue.sources[other.source_id].rank <= max(own_rank, OFFICIAL_RANK)
    ]
    return min(against, key=lambda o: (catalogue.sources[o.source_id].rank, o.value), default=None)


def values_agree(one: float, other: float) -> bool:
    """Whether two figures differ by no more than `DISAGREEMENT_TOLERANCE` of the larger."""
    return abs(one - other) <= DISAGREEMENT_TOLERANCE * max(abs(one), abs(other))


def _contradiction_text(observation: Observation, rival: Observation, catalogue: Catalogue) -> Text:
    if rival.source_id == observation.source_id:
        what = Message("The same document also says {value}.")
        return _sentence(what, value=rival.value)
    title = catalogue.sources[rival.source_id].title
    other = Message("Another source says {value}: “{title}”.", title=title)
    return _sentence(other, value=rival.value)


def _inconsistent_with_predecessors(
    catalogue: Catalogue,
    observations: Sequence[Observation],
    successions: Sequence[Succession],
) -> FlagReasons:
    """Counts of merged units that do not fit what the units merged into them had before."""
    bases = {indicator.denominator for indicator in catalogue.indicators.values()}
    parts_of = _whole_predecessors(successions)
    known = preferred_observations(observations, catalogue.sources)
    earlier = _PredecessorValues(known, parts_of)
    reasons: FlagReasons = {}
    peers: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for place, observation in enumerate(observations):
        if observation.indicator not in bases or observation.unit_id not in parts_of:
            continue
        if catalogue.indicators[observation.indicator].kind != "count":
            continue
        before = earlier.sum_of_parts(observation)
        if before is not None and before[1] > 0:
            group = observation.indicator, observation.period
            peers.setdefault(group, []).append((place, observation.value / before[1]))
            reasons[place] = _inconsistency_text(observation, *before)
    odd = {place for group in peers.values() for place in _outliers(group)}
    return {place: reason for place, reason in reasons.items() if place in odd}


def _unknown_border(
    observations: Sequence[Observation], successions: Sequence[Succession]
) -> FlagReasons:
    """Figures computed on the shape of a unit whose border is not known."""
    drawn_at_will = units_with_unknown_border(successions)
    reason = Text.of(
        Message("Computed on the shape of the unit, part of whose border is not known.")
    )
    return {
        place: reason
        for place, observation in enumerate(observations)
        if observation.unit_id in drawn_at_will and observation.method
    }


def _whole_predecessors(successions: Sequence[Succession]) -> dict[str, list[str]]:
    """Units that make up each unit without a rest.

    Its predecessors where all went over whole. Where the parts of a divided unit meet again, what
    was there before the division stands for the units formed of them.
    """
    parts: dict[str, list[str]] = {}
    successors: dict[str, set[str]] = {}
    for succession in successions:
        parts.setdefault(succession.to_id, []).append(succession.from_id)
        successors.setdefault(succession.from_id, set()).add(succession.to_id)
    partial = {succession.to_id for succession in successions if not succession.whole}
    found = {}
    for unit_id, ids in parts.items():
        formed = partial & set(ids)
        older = sorted({old for unit in formed for old in parts[unit]})
        if unit_id not in partial and all(successors[old] <= formed for old in older):
            found[unit_id] = [*(unit for unit in ids if unit not in formed), *older]
    return found


class _PredecessorValues:
    """Looks up what the predecessors of a unit had."""

    def __init__(
        self, known: Mapping[ObservationKey, Observation], parts_of: Mapping[str, Sequence[str]]
    ) -> None:
        self._known = known
        self._parts_of = parts_of
        self._periods: dict[str, set[str]] = {}
        for (_, indicator, period, status), observation in known.items():
            if status == "actual" and not observation.method:
                self._periods.setdefault(indicator, set()).add(period)

    def sum_of_parts(self, observation: Observation) -> tuple[str, float] | None:
        """Latest earlier period for which all parts are known, and their sum."""
        day = parse_period(observation.period).start
        periods = (parse_period(code) for code in self._periods.get(observation.indicator, ()))
        earlier = sorted((p for p in periods if p.end < day), key=lambda p: p.sort_key)
        for period in reversed(earlier):
            parts = self._parts_of[observation.unit_id]
            values = [self._value(part, observation.indicator, period.code) for part in parts]
            if all(value is not None for value in values):
                return period.code, sum(value for value in values if value is not None)
        return None

    def _value(self, unit_id: str, indicator: str, period: str) -> float | None:
        """Value of a unit, or the sum of what was merged into it."""
        own = self._known.get((unit_id, indicator, period, "actual"))
        if own is not None:
            return own.value
        parts = self._parts_of.get(unit_id, ())
        values = [self._value(part, indicator, period) for part in parts]
        known = [value for value in values if value is not None]
        return sum(known) if values and len(known) == len(values) else None


def _outliers(group: Sequence[tuple[int, float]]) -> list[int]:
    """Places whose growth lies too far from that of their peers."""
    growths = [growth for _, growth in group]
    few = len(growths) < MIN_PEERS
    centre, factor = (1.0, GROWTH_FACTOR_FEW_PEERS) if few else (median(growths), GROWTH_FACTOR)
    return [place for place, growth in group if not centre / factor <= growth <= centre * factor]


def _inconsistency_text(observation: Observation, period: str, before: float) -> Text:
    when = parse_period(period)
    return Text.of(
        Message(
            "Does not fit earlier figures: the units it was formed from had {before} "
            "({when}), this source says {value}.",
            before=Formatted(format_number, before),
            when=Formatted(when.label),
            value=Formatted(format_number, observation.value),
        )
    )
