"""Periods that are closed: no table, list or map brings figures of them any more (P04)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from geodata.i18n import Formatted, Localised, Message
from geodata.period import day_label, parse_period


class ClosedPeriod(NamedTuple):
    """Why figures of a period are refused."""

    what: Localised
    expected: Localised
    remedy: Localised


@dataclass(frozen=True, slots=True)
class ClosedPeriods:
    """The periods that an operator has closed.

    Parameters
    ----------
    until
        Day by whose end they are closed; None where none is.
    """

    until: dt.date | None = None

    def refusal(self, indicator: Localised, period: str) -> ClosedPeriod | None:
        """Why no figures of an indicator are taken for a period; None where they are."""
        told = parse_period(period)
        if self.until is None or told.end > self.until:
            return None
        name = Formatted(told.label)
        return ClosedPeriod(
            Message("{indicator}: {period} is closed", indicator=indicator, period=name),
            Message("a period that ends after {day}", day=Formatted(day_label, self.until)),
            Message("Correct single figures with their reason, or ask an administrator"),
        )


NONE_CLOSED = ClosedPeriods()
