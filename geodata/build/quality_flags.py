"""Data quality flags: figures that cannot be taken as they stand, each with the reason in words.

Nothing is corrected: a wrong figure stays as its source has it and says why it is doubtful, or that
it is impossible. Reasons given by the people who read the document are kept and come first; the
rules here only add to figures about which nobody has said anything yet, so marking twice changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from geodata import quality_sentences as sentences
from geodata.build.part_flags import parts_beyond_whole
from geodata.build.predecessor_values import PredecessorFigures, whole_predecessors
from geodata.catalogue import Catalogue
from geodata.i18n import Message, Text
from geodata.model import Observation, Succession
from geodata.period import parse_period
from geodata.precedence import (
    ObservationKey,
    observation_key,
    preferred_observations,
)
from geodata.quality_rules import (
    QualityFlag,
    QualityFlags,
    flagged,
    impossible_alone,
    out_of_range,
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

IMPOSSIBLE_GROWTH = 0.25
"""A count below this share of what the merged units had is impossible, where at least `MIN_PEERS`
other units show what is usual."""


def add_quality_flags(
    catalogue: Catalogue,
    observations: Sequence[Observation],
    successions: Sequence[Succession] = (),
) -> list[Observation]:
    """The observations in the same order, doubtful and impossible ones with their reason.

    Impossible are: what `geodata.quality_rules.impossible_alone` finds; and populations and other
    denominators below `IMPOSSIBLE_GROWTH` of the sum of the merged units (only with
    ``successions``). Doubtful are: a stated share of plan that does not follow from value and plan;
    figures for the same unit, indicator, period and status that disagree; parts that are more than
    the whole by the same source; and, with
    ``successions``, denominators that do not fit the sum of the merged units, and figures computed
    on a shape whose border is not known.

    Parameters
    ----------
    catalogue
        Ranges, directions, and the ranks of the sources.
    observations
        Figures as read and derived.
    successions
        Who became whom.
    """
    alone = impossible_alone(catalogue.indicators, observations)
    # No figure is judged by one that cannot be right.
    judged = [flagged(figure, alone.get(place)) for place, figure in enumerate(observations)]
    found: QualityFlags = {}
    for flags in (
        out_of_range(catalogue.indicators, observations),
        _wrong_share_of_plan(catalogue, judged),
        _disagreement(catalogue, judged),
        _inconsistent_with_predecessors(catalogue, judged, successions),
        alone,
        _parts_beyond_whole(catalogue, judged),
        _unknown_border(judged, successions),
    ):
        for place, flag in flags.items():
            if place not in found or (flag.impossible and not found[place].impossible):
                found[place] = flag
    return [flagged(figure, found.get(place)) for place, figure in enumerate(observations)]


def _parts_beyond_whole(catalogue: Catalogue, observations: Sequence[Observation]) -> QualityFlags:
    found = parts_beyond_whole(catalogue, observations)
    return {place: QualityFlag(reason) for place, reason in found.items()}


def _wrong_share_of_plan(catalogue: Catalogue, observations: Sequence[Observation]) -> QualityFlags:
    plans: dict[tuple[str, str], list[Observation]] = {}
    for observation in observations:
        if observation.status in ("plan", "target"):
            plans.setdefault((observation.unit_id, observation.indicator), []).append(observation)
    found: QualityFlags = {}
    for place, observation in enumerate(observations):
        stated = observation.stated_percent
        plan = _plan_for(observation, plans.get((observation.unit_id, observation.indicator), []))
        if stated is None or plan is None or not plan.value or not observation.value:
            continue
        indicator = catalogue.indicators[observation.indicator]
        shares = [100 * observation.value / plan.value]
        if indicator.direction == "down":
            # Offices count a rate below plan as more than 100 % of it.
            shares.append(100 * plan.value / observation.value)
        if all(abs(share - stated) > PERCENT_TOLERANCE for share in shares):
            found[place] = QualityFlag(
                sentences.wrong_share_of_plan(
                    indicator, observation.value, plan.value, stated, shares[0]
                )
            )
    return found


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


def _disagreement(catalogue: Catalogue, observations: Sequence[Observation]) -> QualityFlags:
    groups: dict[ObservationKey, list[int]] = {}
    for place, observation in enumerate(observations):
        groups.setdefault(observation_key(observation), []).append(place)
    found: QualityFlags = {}
    for places in groups.values():
        for place in places:
            own = observations[place]
            others = [observations[other] for other in places if other != place]
            rival = _contradicting_observation(own, others, catalogue)
            if rival is not None:
                indicator = catalogue.indicators[own.indicator]
                title = catalogue.sources[rival.source_id].title
                found[place] = QualityFlag(sentences.contradiction(indicator, own, rival, title))
    return found


def _contradicting_observation(
    observation: Observation, others: Iterable[Observation], catalogue: Catalogue
) -> Observation | None:
    """The best figure that speaks against ``observation``; an impossible one does not."""
    own_rank = catalogue.sources[observation.source_id].rank
    against = [
        other
        for other in others
        if not other.impossible
        and not values_agree(observation.value, other.value)
        and catalogue.sources[other.source_id].rank <= max(own_rank, OFFICIAL_RANK)
    ]
    return min(against, key=lambda o: (catalogue.sources[o.source_id].rank, o.value), default=None)


def values_agree(one: float, other: float) -> bool:
    """Whether two figures differ by no more than `DISAGREEMENT_TOLERANCE` of the larger."""
    return abs(one - other) <= DISAGREEMENT_TOLERANCE * max(abs(one), abs(other))


def _inconsistent_with_predecessors(
    catalogue: Catalogue,
    observations: Sequence[Observation],
    successions: Sequence[Succession],
) -> QualityFlags:
    """Counts of merged units that do not fit what the units merged into them had before."""
    bases = {indicator.denominator for indicator in catalogue.indicators.values()}
    parts_of = whole_predecessors(successions)
    earlier = PredecessorFigures(preferred_observations(observations, catalogue.sources), parts_of)
    reasons: dict[int, Text] = {}
    peers: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for place, observation in enumerate(observations):
        if observation.indicator not in bases or observation.unit_id not in parts_of:
            continue
        indicator = catalogue.indicators[observation.indicator]
        if indicator.kind != "count":
            continue
        before = earlier.sum_of_parts(observation)
        if before is not None and before[1] > 0:
            group = observation.indicator, observation.period
            peers.setdefault(group, []).append((place, observation.value / before[1]))
            reasons[place] = sentences.unlike_predecessors(indicator, observation.value, *before)
    found: QualityFlags = {}
    for members in peers.values():
        odd = _outliers(members)
        enough = len(members) - len(odd) >= MIN_PEERS
        for place, growth in odd:
            low = enough and growth < IMPOSSIBLE_GROWTH
            impossible = low or observations[place].impossible
            found[place] = QualityFlag(reasons[place], impossible)
    return found


def _outliers(group: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Places and growths of those whose growth lies too far from that of their peers."""
    growths = [growth for _, growth in group]
    few = len(growths) < MIN_PEERS
    centre, factor = (1.0, GROWTH_FACTOR_FEW_PEERS) if few else (median(growths), GROWTH_FACTOR)
    low, high = centre / factor, centre * factor
    return [(place, growth) for place, growth in group if not low <= growth <= high]


def _unknown_border(
    observations: Sequence[Observation], successions: Sequence[Succession]
) -> QualityFlags:
    """Figures computed on the shape of a unit whose border is not known."""
    drawn_at_will = units_with_unknown_border(successions)
    reason = Text.of(
        Message("Computed on the shape of the unit, part of whose border is not known.")
    )
    return {
        place: QualityFlag(reason)
        for place, observation in enumerate(observations)
        if observation.unit_id in drawn_at_will and observation.method
    }
