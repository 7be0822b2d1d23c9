"""Figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from geodata.i18n import Text
from geodata.model.codes import Status


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator for one unit and period.

    Parameters
    ----------
    unit_id
        The unit it is about.
    indicator
        Id of the indicator.
    period
        Code of the period; see `geodata.period`.
    status
        Whether it happened, is estimated, planned or aimed at.
    value
        In the indicator's unit of measure.
    source_id
        The document; for a derived value the document or file it was computed from.
    quote
        The words of the source, verbatim; empty for collected and derived values.
    scale
        The number in the quote times ``scale`` is ``value``.
    stated_percent
        The share of plan the document itself states, per cent.
    basis
        ``restated`` when a successor reports a period before its own validity; else empty.
    method
        How a derived value was computed; empty for read values.
    coverage
        For a derived value, the share of the unit it covers, 0 to 1.
    doubt
        Why the value should not be trusted as it stands; empty when nothing speaks against it.
    note
        What else a reader needs to know.
    """

    unit_id: str
    indicator: str
    period: str
    status: Status
    value: float
    source_id: str
    quote: str = ""
    scale: float = 1.0
    stated_percent: float | None = None
    basis: str = ""
    method: Text = field(default_factory=lambda: Text(""))
    coverage: float | None = None
    doubt: Text = field(default_factory=lambda: Text(""))
    note: Text = field(default_factory=lambda: Text(""))
