"""A change that a document states beside a figure: "tăng 240,29 tấn so với cùng kỳ".

It is kept as the document says it and never computed, since the figure compared with is mostly not
in the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.i18n import Message, Verbatim
from geodata.period import parse_period

PLAN = "plan"
"""Stands in place of a period where the document compares with the plan."""

_FORM = re.compile(
    r"(?P<sign>[+-])(?P<amount>[0-9]+(?:\.[0-9]+)?)(?P<percent>%?) (?P<base>\S+)", re.A
)
_ALLOWED = Verbatim("+240.29 2023-H1, -21.23% 2023-H1, +1.4 plan")


@dataclass(frozen=True, slots=True)
class StatedChange:
    """How far a figure is above or below another, as the document states it.

    Parameters
    ----------
    amount
        The change with its sign: per cent of the other figure, or in the figure's unit of measure.
    in_percent
        Whether ``amount`` is per cent of the other figure.
    base
        Code of the period compared with, or `PLAN`.
    """

    amount: float
    in_percent: bool
    base: str


def parse_stated_change(text: str) -> StatedChange:
    """Read a stated change as it stands in a table.

    Parameters
    ----------
    text
        Sign and amount, ``%`` where it is per cent, a space, and a period or ``plan``.

    Raises
    ------
    InvalidInput
        The text has another form, or names no period.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise InvalidInput(Message("Not a stated change"), found=text, allowed=_ALLOWED)
    if match["base"] != PLAN:
        parse_period(match["base"])
    sign = -1 if match["sign"] == "-" else 1
    return StatedChange(sign * float(match["amount"]), bool(match["percent"]), match["base"])
