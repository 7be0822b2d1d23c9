"""Figures computed from other figures: sums over the units below, and ratios from their parts.

A computed figure never replaces one that was read. It says how it was computed, takes the source of
its numerator, and inherits every doubt about what went into it; so quality flags are set first
(`geodata.build.quality_flags.add_quality_flags`), then figures are derived. An impossible figure is
left out of sums, which say so; a ratio made of one is impossible too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geodata.catalogue import Catalogue
from geodata.i18n import Joined, Localised, Message, Text
from geodata.model import AREA_INDICATOR, LEVELS, Indicator, Observation, Status, Unit
from geodata.period import Period, parse_period
from geodata.precedence import ObservationKey, preferred_observations

_EXTRA_DECIMALS = 4

_LEAST_SUMMED = 0.9
"""Share of the units that must be in a sum which leaves out impossible figures."""


def derive_observations(
    catalogue: Catalogue, observations: Sequence[Observation], units: Sequence[Unit]
) -> list[Observation]:
    """All figures that follow from the given ones.

    Parameters
    ----------
    catalogue
        Ratios with ``numerator``, ``denominator`` and ``ratio_factor`` are computed where both
        parts are known for the same unit, period and status and no ratio was read.
    observations
        The figures read, with their quality flags.
    units
        All units; for ratios by area the unit's official area, or else the area of its shape,
        stands in for a missing figure.

    Returns
    -------
    list
        The new observations only, by indicator, unit and period.
    """
    sums = sum_over_children(catalogue, observations, units)
    # The ratio of a sum of some units to a figure of all of them would be that of neither.
    whole = [each for each in sums if each.coverage == 1]
    ratios = ratios_from_parts(catalogue, [*observations, *whole], units)
    return sorted(
        [*sums, *ratios], key=lambda o: (o.indicator, o.unit_id, o.period, o.status, o.source_id)
    )


def sum_over_children(
    catalogue: Catalogue, observations: Sequence[Observation], units: Sequence[Unit]
) -> list[Observation]:
    """Counts of a unit as the sum of the units directly below, lowest level first.

    Only where every unit below that the indicator applies to has a figure of the same period,
    status and source and was valid from the first to the last day of the period; nothing is
    filled in. Impossible figures are left out where they are few, and the sum says for which units.
    Below is told by the code of the unit above, since a unit outlives a change of the borders above
    it.
    """
    known = preferred_observations(observations, catalogue.sources)
    codes = {unit.unit_id: unit.code for unit in units}
    children: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.parent_id is not None:
            children.setdefault(codes[unit.parent_id], []).append(unit)
    sums: list[Observation] = []
    for level in reversed(LEVELS):
        for parent in (unit for unit in units if unit.level == level):
            for new in _sums(parent, children.get(parent.code, []), catalogue, known):
                known[new.unit_id, new.indicator, new.period, new.status] = new
                sums.append(new)
    return sums


def _sums(
    parent: Unit,
    below: Sequence[Unit],
    catalogue: Catalogue,
    known: Mapping[ObservationKey, Observation],
) -> list[Observation]:
    ids = {unit.unit_id for unit in below}
    topics = {key[1:] for key in known if key[0] in ids}
    found = []
    for indicator_id, period, status in sorted(topics):
        indicator = catalogue.indicators[indicator_id]
        if indicator.kind != "count" or (parent.unit_id, indicator_id, period, status) in known:
            continue
        valid = _valid_throughout(parent, below, parse_period(period))
        parts = {
            unit: known.get((unit.unit_id, indicator_id, period, status))
            for unit in valid
            if _applies(indicator, unit)
        }
        complete = {unit: part for unit, part in parts.items() if part is not None}
        one_source = len({part.source_id for part in complete.values()}) == 1
        if _applies(indicator, parent) and len(complete) == len(parts) and one_source:
            found += _sum(parent, complete)
    return found


def _valid_throughout(parent: Unit, below: Sequence[Unit], period: Period) -> list[Unit]:
    """The units below, if they and the parent stayed the same for the whole period; else none."""
    first = [unit for unit in (parent, *below) if unit.valid_on(period.start)]
    last = [unit for unit in (parent, *below) if unit.valid_on(period.end)]
    return first[1:] if first == last and first and first[0] is parent else []


def _applies(indicator: Indicator, unit: Unit) -> bool:
    return unit.level in indicator.levels and unit.kind not in indicator.not_applicable_kinds


def _sum(parent: Unit, parts: Mapping[Unit, Observation]) -> list[Observation]:
    """The sum of the parts that are not impossible; none where these are too few."""
    summed = [part for part in parts.values() if not part.impossible]
    left_out = [unit for unit, part in parts.items() if part.impossible]
    n, total = len(summed), len(parts)
    if n < _LEAST_SUMMED * total:
        return []
    first = summed[0]
    whole = Message.plural(
        "Sum over the one unit below", "Sum over the {n} units directly below", n
    )
    partial = Message("Sum over {n} of the {total} units directly below", n=n, total=total)
    return [
        Observation(
            unit_id=parent.unit_id,
            indicator=first.indicator,
            period=first.period,
            status=first.status,
            value=round(sum(part.value for part in summed), 6),
            source_id=first.source_id,
            method=Text.of(partial if left_out else whole),
            coverage=n / total,
            doubt=_left_out_doubt(left_out) if left_out else _propagated_doubt(summed),
        )
    ]


def _left_out_doubt(units: Sequence[Unit]) -> Text:
    names = Joined(", ", (unit.full_name for unit in units))
    return Text.of(Message("Without {names}, whose figures are impossible.", names=names))


def _propagated_doubt(parts: Sequence[Observation]) -> Text:
    """The doubt about a result, given the figures that went into it."""
    # What makes the result impossible says why it is.
    doubtful = [p for p in parts if p.impossible] or [p for p in parts if p.doubt]
    if not doubtful:
        return Text("")
    if len(doubtful) == 1:
        doubt = doubtful[0].doubt
        return Text.of(Message("Because of the figure it comes from. {doubt}", doubt=doubt))
    n = len(doubtful)
    return Text.of(Message("Because of {n} figures of the units below", n=n))


def ratios_from_parts(
    catalogue: Catalogue, observations: Sequence[Observation], units: Sequence[Unit]
) -> list[Observation]:
    """Ratios = ``ratio_factor`` × numerator / denominator where no such ratio was read."""
    known = preferred_observations(observations, catalogue.sources)
    read = {(o.unit_id, o.indicator, o.period) for o in observations}
    by_id = {unit.unit_id: unit for unit in units}
    ratios = []
    for indicator in catalogue.indicators.values():
        for key, top in known.items():
            unit = by_id.get(key[0])
            if unit is None or key[1] != indicator.numerator or not _applies(indicator, unit):
                continue
            if (unit.unit_id, indicator.id, top.period) in read:
                continue
            ratio = _ratio(indicator, unit, top, known, catalogue)
            ratios += [ratio] if ratio else []
    return ratios


def _ratio(
    indicator: Indicator,
    unit: Unit,
    top: Observation,
    known: Mapping[ObservationKey, Observation],
    catalogue: Catalogue,
) -> Observation | None:
    """The ratio of one unit, None where the denominator is unknown or zero."""
    bottom = _denominator(indicator, unit, top, known, catalogue)
    if bottom is None or bottom[0] <= 0 or indicator.ratio_factor is None:
        return None
    value, said, parts = bottom
    name = catalogue.indicators[top.indicator].name
    factor = indicator.ratio_factor
    times = "" if factor == 1 else f" × {factor:g}"
    return Observation(
        unit_id=unit.unit_id,
        indicator=indicator.id,
        period=top.period,
        status=top.status,
        value=round(factor * top.value / value, indicator.decimals + _EXTRA_DECIMALS),
        source_id=top.source_id,
        basis=top.basis,
        method=Text.of(
            Message("{name} divided by {said}{times}", name=name, said=said, times=times)
        ),
        coverage=min((part.coverage or 1.0 for part in parts), default=1.0),
        doubt=_propagated_doubt(parts),
        impossible=any(part.impossible for part in parts),
    )


_Denominator = tuple[float, Localised, list[Observation]]


def _denominator(
    indicator: Indicator,
    unit: Unit,
    top: Observation,
    known: Mapping[ObservationKey, Observation],
    catalogue: Catalogue,
) -> _Denominator | None:
    """Value and description of the denominator, with the figures whose doubts count."""
    name = indicator.denominator or ""
    for status in _statuses(top.status, name):
        below = known.get((unit.unit_id, name, top.period, status))
        if below is not None:
            return below.value, _described(below, top, catalogue), [top, below]
    if name != AREA_INDICATOR:
        return None
    if unit.official_area_km2:
        said = Message("the unit's published area")
        return unit.official_area_km2, said, [top]
    if unit.shape_area_km2:
        said = Message("the area of the drawn shape (indicative boundary)")
        return unit.shape_area_km2, said, [top]
    return None


def _statuses(status: Status, denominator: str) -> Iterable[Status]:
    """Statuses a denominator may have; land area is the same whatever is planned on it."""
    return (status, "actual") if denominator == AREA_INDICATOR else (status,)


def _described(below: Observation, top: Observation, catalogue: Catalogue) -> Localised:
    full = catalogue.indicators[below.indicator].name
    name = Text(full.vi[:1].lower() + full.vi[1:], full.en[:1].lower() + full.en[1:])
    if below.source_id == top.source_id:
        return Message("{name} of the same source", name=name)
    title = catalogue.sources[below.source_id].title
    return Message("{name} by “{title}”", name=name, title=title)
