"""Numbers, periods and lists of names in the sentences of the checks."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.errors import InvalidInput
from geodata.i18n import Formatted, Joined, Localised, Message, Verbatim
from geodata.locale_numbers import format_number
from geodata.period import parse_period

_NAMED = 8
"""Names of a list that are spoken; the rest are counted."""
_DECIMALS = 6


def number(value: float, decimals: int = _DECIMALS) -> Localised:
    """A number as the reader's language writes it."""
    return Formatted(format_number, value, decimals=decimals)


def period_name(code: str) -> Localised:
    """A period in words; the code itself where it is none."""
    try:
        return Formatted(parse_period(code).label)
    except InvalidInput:
        return Verbatim(code)


def listed(names: Sequence[str]) -> Localised:
    """Some names, and how many more there are."""
    shown: list[Localised] = [Verbatim(name) for name in names[:_NAMED]]
    more = len(names) - _NAMED
    return Joined(
        ", ", [*shown, Message("{n} more", context="names", n=more)] if more > 0 else shown
    )
