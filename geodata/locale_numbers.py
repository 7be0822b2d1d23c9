"""Numbers in Vietnamese and English notation, read strictly or found in running text.

Vietnamese writes ``1.742,1`` (point for thousands, comma for decimals), English ``1,742.1``;
scanned reports mix the two. A cell of a table is read under one stated notation, a sentence is
searched for every value its digits can mean.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal, get_args

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message, Verbatim, locale_of
from geodata.model import MeasureUnit

Notation = Literal["plain", "vietnamese", "english"]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)

_SIGN = "[-−+]?"
_PLAIN = re.compile(rf"{_SIGN}[0-9]+(?:\.[0-9]+)?")
# A space may separate thousands in either notation (ISO 80000-1, 7.3).
_GROUPED = {
    "vietnamese": (
        re.compile(rf"{_SIGN}(?:[0-9]{{1,3}}(?:[. ][0-9]{{3}})+|[0-9]+)(?:,[0-9]+)?"),
        ",",
    ),
    "english": (
        re.compile(rf"{_SIGN}(?:[0-9]{{1,3}}(?:[, ][0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?"),
        ".",
    ),
}
# Digits with points, commas or single spaces before a group of three between them.
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+|[ \u00a0\u202f][0-9]{3}(?![0-9]))*")
_EXAMPLES = {
    "plain": Verbatim("1742.1"),
    "vietnamese": Message("1.742,1 or 1742,1"),
    "english": Message("1,742.1 or 1742.1"),
}


def parse_number(text: str, notation: Notation = "plain") -> float:
    """Read one number written in a stated notation.

    Parameters
    ----------
    text
        The number, with or without spaces around it.
    notation
        ``plain`` (decimal point, no thousands mark), ``vietnamese`` or ``english``.

    Raises
    ------
    InvalidInput
        The text is not a number in that notation (``1.74,21``, ``n/a``, the empty text), or is too
        large for a double.
    """
    clean = re.sub("[\u00a0\u202f]", " ", text).strip()
    value = _read(clean, notation)
    if value is None or not math.isfinite(value):
        raise InvalidInput(Message("Not a number"), found=text, allowed=_EXAMPLES[notation])
    return value + 0.0  # "-0" is 0


def _read(clean: str, notation: Notation) -> float | None:
    """The value of ``clean`` under one notation, or None."""
    if notation == "plain":
        return float(clean.replace("−", "-")) if _PLAIN.fullmatch(clean) else None
    pattern, decimal = _GROUPED[notation]
    if not pattern.fullmatch(clean):
        return None
    thousands = "." if decimal == "," else ","
    digits = clean.replace("−", "-").replace(" ", "").replace(thousands, "")
    return float(digits.replace(decimal, "."))


def possible_values(text: str) -> set[float]:
    """Every value that a number in a sentence can stand for.

    ``1.234`` may be 1234 (Vietnamese) or 1.234 (English), so both are given; ``1.742,1`` can only
    be 1742.1. Signs are left out: a sentence says "giảm 5%" rather than -5. Used to check that an
    observation stands in its quote, where one of the values has to fit.

    Examples
    --------
    >>> sorted(numbers_in("đạt 1.742,1/2.050 ha"))
    [2.05, 1742.1, 2050.0]
    """
    return {value for numeral in find_numerals(text) for value in numeral.values}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number written in digits: where it starts, how it stands there, what it can mean."""

    start: int
    text: str
    values: frozenset[float]


def find_numerals(text: str) -> list[Numeral]:
    """Every number of a text in its order, with the values it can stand for."""
    return [
        Numeral(match.start(), match.group(), frozenset(_meanings(match.group())))
        for match in _TOKEN.finditer(text)
    ]


def _meanings(token: str) -> set[float]:
    whole = _readings(re.sub("[\u00a0\u202f]", " ", token))
    parts = re.split("[ \u00a0\u202f]", token)
    if len(parts) > 1:  # "năm 2025 300 hộ": the space may also part two numbers
        whole = whole.union(*(_readings(part) for part in parts))
    return whole or _pieces(token)


def _pieces(token: str) -> set[float]:
    """Readings of a run of digits and marks that is no one number.

    A row of a table (``173.91,18606``) parts at one of its marks; a date or an article
    (``01.7.2025``) parts at all of them.
    """
    parted = (part for mark in ",." for part in token.split(mark))
    return {float(piece) for piece in re.findall("[0-9]+", token)}.union(*map(_readings, parted))


def _readings(token: str) -> set[float]:
    values = (_read(token, notation) for notation in NOTATIONS)
    return {value for value in values if value is not None}


def value_occurs_in(value: float, text: str, scale: float = 1.0) -> bool:
    """Whether some number of ``text`` times ``scale`` is ``value`` (to 1e-9 of it)."""
    return any(
        abs(number * scale - value) <= 1e-9 * max(1.0, abs(value))
        for number in possible_values(text)
    )


def plain_integer(text: str, most_digits: int = 9) -> int | None:
    """The number that a text of the digits 0 to 9 alone writes; None for any other.

    Parameters
    ----------
    most_digits
        A number of many digits takes long to read, and Python refuses one of thousands.
    """
    plain = text.isascii() and text.isdigit() and len(text) <= most_digits
    return int(text) if plain else None


def format_number(value: float, language: Language, decimals: int = 2) -> str:
    """A number for a sentence, without closing zeros: ``1.742,1`` and ``1,742.1``."""
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return locale_of(language).number(text)


def format_share(share: float, language: Language, decimals: int = 1) -> str:
    """A share as a percentage for a sentence: 0.123 gives ``12,3%`` and ``12.3%``."""
    locale = locale_of(language)
    return locale.percent.format(number=locale.number(f"{share * 100:,.{decimals}f}"))


def format_quantity(value: float, unit: MeasureUnit, language: Language, decimals: int = 2) -> str:
    """A figure for a sentence with its unit of measure: ``18.606 người``."""
    number, symbol = format_number(value, language, decimals), unit.symbol[language]
    return f"{number} {symbol}" if unit.space and symbol else f"{number}{symbol}"
