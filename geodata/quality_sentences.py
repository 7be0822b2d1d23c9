"""Why a figure cannot be taken as it stands, in sentences with its name, values and units."""

from __future__ import annotations

from geodata.i18n import Formatted, Localised, Message, Text
from geodata.locale_numbers import format_number, format_quantity
from geodata.model import Dimension, Indicator, Observation
from geodata.period import parse_period

_FEWEST_DECIMALS = 2
"""Figures are told exactly rather than with the decimals of the map, which hide what differs."""


def below_range(indicator: Indicator, value: float, bound: float) -> Text:
    """Of a value below the indicator's range."""
    return _sentence(
        Message("{name}: {value} is below the lowest possible value, {bound}."),
        indicator,
        value=value,
        bound=bound,
    )


def above_range(indicator: Indicator, value: float, bound: float) -> Text:
    """Of a value above the indicator's range."""
    return _sentence(
        Message("{name}: {value} is above the highest possible value, {bound}."),
        indicator,
        value=value,
        bound=bound,
    )


def without_people(indicator: Indicator, value: float) -> Text:
    """Of a population of zero."""
    return _sentence(
        Message("{name}: this source {value}, but a unit in force has people."),
        indicator,
        value=value,
    )


def wrong_share_of_plan(
    indicator: Indicator, value: float, plan: float, stated: float, share: float
) -> Text:
    """Of a share of plan that does not follow from value and plan; shares in per cent."""
    return _sentence(
        Message(
            "{name}: the source states {stated}% of plan, but {value} of {plan} is {share}%."
        ).filled(
            stated=Formatted(format_number, stated),
            share=Formatted(format_number, share),
        ),
        indicator,
        value=value,
        plan=plan,
    )


def contradiction(indicator: Indicator, own: Observation, rival: Observation, title: Text) -> Text:
    """Of a figure that another speaks against; ``title`` is that of the rival's source."""
    if own.source_id == rival.source_id:
        what = Message("{name}: this figure {value}; the same document also {other}.")
    else:
        what = Message("{name}: this source {value}; {other} in “{title}”.").filled(title=title)
    return _sentence(what, indicator, value=own.value, other=rival.value)


def unlike_predecessors(indicator: Indicator, value: float, period: str, before: float) -> Text:
    """Of a count that does not fit what the merged units had in an earlier period."""
    what = Message(
        "{name}: this source {value}; the units it was formed from had {before} ({when})."
    ).filled(when=Formatted(parse_period(period).label))
    return _sentence(what, indicator, value=value, before=before)


def part_beyond_whole(whole: Indicator, value: float) -> Text:
    """Of a part that is more than the whole, whose figure is ``value``."""
    return _sentence(
        Message("The same document has less of the whole: {name}, {value}."), whole, value=value
    )


def parts_beyond_whole(whole: Indicator, dimension: Dimension, total: float, value: float) -> Text:
    """Of parts that are together more than the whole, whose figure is ``value``."""
    what = Message(
        "{name}: the parts by “{dimension}” make {total}, more than the whole, {value}."
    ).filled(dimension=dimension.name)
    return _sentence(what, whole, value=value, total=total)


def _sentence(what: Message, indicator: Indicator, **figures: float) -> Text:
    """A text in both languages, its figures with their unit of measure."""
    decimals = max(indicator.decimals, _FEWEST_DECIMALS)
    written: dict[str, Localised] = {
        name: category.name
        if (category := indicator.category_at(float(value)))
        else Formatted(format_quantity, value, indicator.measure_unit, decimals=decimals)
        for name, value in figures.items()
    }
    return Text.of(what.filled(name=indicator.name, **written))
