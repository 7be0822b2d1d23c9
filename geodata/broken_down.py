"""The parts of an indicator that is broken down by code lists, as indicators of their own.

A part is all that its indicator is (unit of measure, kind, levels, how it is drawn), for one code
of each dimension of a breakdown. Where the entry says nothing else, its name is that of the
indicator with those of the codes behind it, and its numerator and denominator are the same parts of
those, where they are broken down alike: the rate of the rural population is out of the rural.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any, get_args

from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.model import LEVELS, Dimension, DimensionCode, Direction, Indicator, Level
from geodata.series_id import format_dimensions, parse_dimensions, series_id, split_series_id
from geodata.toml_reader import TableReader, nearest_names

MAX_PARTS = 500
"""Most parts of one indicator: beyond this it is a table, and no reader finds a code in a menu."""

Combination = Sequence[tuple[Dimension, DimensionCode]]


def read_parts(
    entry: TableReader, whole: Indicator, dimensions: Mapping[str, Dimension]
) -> list[Indicator]:
    """The parts of an indicator in the order of its breakdowns and of the codes.

    Parameters
    ----------
    entry
        The entry of the indicator; its ``part`` tables, which are taken, say what is a part's own.
    whole
        The indicator; its breakdowns have been read.
    dimensions
        The code lists by id.
    """
    own = {}
    for each in entry.tables("part"):
        dimensions_of_part, changes = _part(each)
        if dimensions_of_part in own:
            each.report("dimensions", Message("This part stands twice"), dimensions_of_part)
        own[dimensions_of_part] = changes
    parts = _product(entry, whole, dimensions)
    made = [_made(whole, combination, own) for combination in parts]
    known = [part.dimensions for part in made]
    for values in own:
        if values not in known:
            what = Message("The indicator is not broken down like this")
            near = nearest_names(values, known)
            entry.report(f"part [{values}] dimensions", what, values, near)
    return made


def plain_parts(whole: Indicator, dimensions: Mapping[str, Dimension]) -> tuple[Indicator, ...]:
    """The parts of an indicator of which nothing is a part's own, in the order of the codes.

    A breakdown by a dimension that there is not, or into more than `MAX_PARTS`, has none.
    """
    found: list[Combination] = []
    for breakdown in whole.breakdowns:
        crossed = [dimensions[name] for name in breakdown.split(",") if name in dimensions]
        if len(crossed) <= breakdown.count(","):
            continue
        choices = [[(one, code) for code in one.codes] for one in crossed]
        if len(found) + prod(map(len, choices)) <= MAX_PARTS:
            found += product(*choices)
    return tuple(_made(whole, combination, {}) for combination in found)


def read_breakdowns(entry: TableReader, dimensions: Mapping[str, Dimension]) -> tuple[str, ...]:
    """The breakdowns of an indicator, each as ids of dimensions joined by commas."""
    found: list[str] = []
    for listed in entry.items("breakdowns", (list,), []):
        for name in listed:
            if name not in dimensions:
                what = Message("There is no such dimension")
                near = nearest_names(str(name), dimensions)
                remedy = Message("Add it to dimensions.toml, or correct the name")
                entry.report("breakdowns", what, name, near, remedy)
        known = [name for name in listed if name in dimensions]
        if len(set(known)) < len(known) or not listed or sorted(known) in _sorted(found):
            entry.report("breakdowns", Message("A dimension or a breakdown stands twice"), listed)
        elif known == listed:
            found.append(",".join(known))
    return tuple(found)


def _sorted(breakdowns: Sequence[str]) -> list[list[str]]:
    return [sorted(each.split(",")) for each in breakdowns]


def _product(
    entry: TableReader, whole: Indicator, dimensions: Mapping[str, Dimension]
) -> list[Combination]:
    combinations: list[Combination] = []
    for breakdown in whole.breakdowns:
        crossed = [dimensions[name] for name in breakdown.split(",")]
        choices = [[(one, code) for code in one.codes] for one in crossed]
        count = 1
        for codes in choices:
            count *= len(codes)
        if len(combinations) + count > MAX_PARTS:
            remedy = Message("Cross fewer dimensions, or shorten their code lists")
            allowed = Message("at most {most} parts", most=MAX_PARTS)
            entry.report("breakdowns", Message("Too many parts"), breakdown, allowed, remedy)
            return []
        combinations += product(*choices)
    return combinations


def _made(
    whole: Indicator, combination: Combination, own: Mapping[str, Mapping[str, Any]]
) -> Indicator:
    values = format_dimensions((dimension.id, code.id) for dimension, code in combination)
    made = replace(
        whole,
        id=series_id(whole.id, values),
        name=_name(whole, combination),
        breakdowns=(),
        whole=whole.id,
        dimensions=values,
        former_ids=(),
    )
    return replace(made, **own.get(values, {}))


def _name(whole: Indicator, combination: Combination) -> Text:
    vi, en = (
        f"{whole.name[language]} – {', '.join(code.name[language] for _, code in combination)}"
        for language in ("vi", "en")
    )
    return Text(vi, en)


def _part(entry: TableReader) -> tuple[str, dict[str, Any]]:
    """The dimensions of a part, and what differs from the whole."""
    values = entry.parsed("dimensions", _canonical, "")
    readers: dict[str, Callable[[str], object]] = {
        "name": entry.text,
        "definition": entry.text,
        "numerator": entry.string,
        "denominator": entry.string,
        "ratio_factor": entry.number,
        "direction": lambda field: entry.choice(field, get_args(Direction)),
        "levels": lambda _: read_levels(entry),
        "decimals": lambda field: entry.integer(field, 0, 6),
        "not_applicable_kinds": lambda field: tuple(entry.items(field, (str,))),
        "former_ids": lambda field: tuple(entry.items(field, (str,))),
    }
    changes = {field: read(field) for field, read in readers.items() if entry.has(field)}
    return values, changes


def read_levels(entry: TableReader) -> tuple[Level, ...]:
    """The levels at which an indicator has a meaning, the highest first."""
    levels = entry.items("levels", (str,))
    for level in levels:
        if level not in LEVELS:
            what = Message("The level is not in the list")
            entry.report("levels", what, level, LEVELS)
    return tuple(level for level in LEVELS if level in levels)


def _canonical(text: str) -> str:
    values = parse_dimensions(text)
    if not values:
        raise InvalidInput(Message("A part names the values of its dimensions"))
    return format_dimensions(values)


def with_parts_of_ratios(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """The indicators, each part of a ratio with the same parts of its numerator and denominator.

    What a part names itself stays, and so does what is not broken down in the same way.
    """
    return {key: of_same_parts(one, indicators) for key, one in indicators.items()}


def of_same_parts(one: Indicator, indicators: Mapping[str, Indicator]) -> Indicator:
    """One indicator as in `with_parts_of_ratios`."""
    if not one.whole or one.kind != "ratio":
        return one
    whole = indicators[one.whole]
    changes: dict[str, Any] = {}
    for field in ("numerator", "denominator"):
        name = getattr(one, field)
        part = series_id(name, one.dimensions) if name else ""
        if name == getattr(whole, field) and part in indicators:
            changes[field] = part
    return replace(one, **changes) if changes else one


def former_ids(indicators: Mapping[str, Indicator]) -> Iterator[tuple[str, Indicator]]:
    """Every former id with the series that bears its figures now.

    The parts of an indicator are renamed with it: where ``sown`` is a former id of ``planted``,
    ``sown[crop:rice]`` leads to ``planted[crop:rice]``, unless another part names it.
    """
    named = {former for one in indicators.values() for former in one.former_ids}
    for indicator in indicators.values():
        for former in indicator.former_ids:
            yield former, indicator
        whole = indicators.get(indicator.whole)
        for former in whole.former_ids if whole else ():
            part = series_id(former, indicator.dimensions)
            if part not in named and not split_series_id(former)[1]:
                yield part, indicator


def present_ids(indicators: Mapping[str, Indicator]) -> dict[str, str]:
    """By every former id that of the series that bears its figures now."""
    return {former: one.id for former, one in former_ids(indicators)}
