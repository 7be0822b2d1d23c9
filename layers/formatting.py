"""Numbers as Vietnamese and English readers write them; `geodata.locale_numbers` reads them.

Vietnamese: decimal comma, point for thousands, no space before ``%`` (``277.834``, ``57,69%``);
patterns come from the Unicode CLDR by way of Babel.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import NumberPattern, parse_pattern

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message, locale_of
from geodata.model import Indicator, MeasureUnit

# Doubles of this size carry no decimals worth rounding.
_WHOLE = 1e15


def round_half_up(value: float, decimals: int) -> float:
    """``value`` rounded half away from zero on its shortest decimal form, as it will be shown.

    Browsers' ``Intl.NumberFormat`` rounds the same way, so the class a value gets and the digits a
    reader sees agree.
    """
    if not math.isfinite(value) or abs(value) >= _WHOLE:
        return value
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


def floor_to_round_number(value: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above ``value``, which is positive."""
    power = math.floor(math.log10(value))
    head = value / 10.0**power
    step = 5 if head >= 5 else 2 if head >= 2 else 1
    return float(f"{step}e{power}")


_POWER_OF_TEN = 1e21


@lru_cache(maxsize=32)
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def format_number(value: float, decimals: int, language: Language) -> str:
    """``value`` with exactly ``decimals`` digits after the mark: ``1742.1`` gives ``1.742,1``.

    From 10^21 on it is written with a power of ten, as no figure is: ``1e+308``.
    """
    if not math.isfinite(value):
        raise InvalidInput(Message("Not a finite number"), found=repr(value))
    if abs(value) >= _POWER_OF_TEN:
        return f"{value:.0e}"
    number = Decimal(repr(round_half_up(value, decimals)))
    return str(_pattern(decimals).apply(number, locale_of(language).locale))


def fewest_decimals(values: Iterable[float], decimals: int) -> int:
    """Digits after the mark, at most ``decimals``, that write every one of ``values`` in full."""
    listed = list(values)
    enough = (d for d in range(decimals) if all(round_half_up(v, d) == v for v in listed))
    return next(enough, decimals)


def with_unit(text: str, unit: MeasureUnit, language: Language) -> str:
    """A number already formatted, followed by the symbol of its unit of measure.

    The space, where the unit wants one, does not break.
    """
    symbol = unit.symbol[language]
    space = "\u00a0" if unit.space and symbol else ""
    return f"{text}{space}{symbol}"


def format_value(value: float, indicator: Indicator, language: Language) -> str:
    """``value`` with the decimals and the unit of measure of its indicator (``57,69%``).

    Of an indicator of kind ``category`` the name of the class at that place of its list.
    """
    if category := indicator.category_at(value):
        return category.name[language]
    text = format_number(value, indicator.decimals, language)
    return with_unit(text, indicator.measure_unit, language)


def format_bare_value(value: float, indicator: Indicator, language: Language) -> str:
    """``value`` without its unit of measure, for columns whose heading names that."""
    if category := indicator.category_at(value):
        return category.name[language]
    return format_number(value, indicator.decimals, language)


def plain_value(value: float, indicator: Indicator) -> float | str:
    """What programs get: the number, or the code of the class."""
    category = indicator.category_at(value)
    return category.id if category else value


def table_place(value: float, indicator: Indicator) -> float:
    """What tables sort by: the highest number first, classes in the order of their list."""
    return value if indicator.kind == "category" else -value


def format_percent(value: float, language: Language, decimals: int = 1) -> str:
    """A share in per cent: ``84.98`` gives ``85,0%``."""
    number = format_number(value, decimals, language)
    return locale_of(language).percent.format(number=number)


def plain_decimal(value: float) -> str:
    """Shortest plain decimal of ``value`` for addresses and files: ``10.5``, ``1200000``."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def capitalise(text: str) -> str:
    """Words as they begin a line."""
    return text[:1].upper() + text[1:]
