"""Figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from geodata.i18n import Text
from geodata.model.codes import Qualifier, Quality, Status


@dataclass(frozen=True, slots=True)
class JointFigure:
    """A figure that a source gives for several units together and for none of them alone.

    Parameters
    ----------
    unit_ids
        The units, two or more of one level.
    indicator
        Id of the indicator, whose values are numbers.
    period
        Code of the period; see `geodata.period`.
    status
        As of an `Observation`.
    value
        In the indicator's unit of measure.
    source_id
        The document or file.
    quote
        Its words, verbatim; empty for tables and collected facts.
    note
        What else a reader needs to know.
    """

    unit_ids: tuple[str, ...]
    indicator: str
    period: str
    status: Status
    value: float
    source_id: str
    quote: str = ""
    note: Text = field(default_factory=lambda: Text(""))


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
        In the indicator's unit of measure; what the figure must mean where ``printed`` is given.
        Of an indicator of kind ``category``, the place of the class in the catalogue's list, from
        1: it classes and sorts, and is neither added nor averaged.
    source_id
        The document; for a derived value the document or file it was computed from.
    quote
        The words of the source, verbatim; empty for collected and derived values.
    scale
        The number in the quote times ``scale`` is ``value``, or ``printed`` where that is given.
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
    impossible
        Whether the value cannot be right. It is then shown as printed, but neither drawn, classed,
        summed nor compared, and weighs nothing in recasting.
    printed
        The figure as the source prints it, in the indicator's unit of measure, where that is a slip
        and ``value`` is what it must mean; None where the source prints ``value``.
    note
        What else a reader needs to know.
    concept
        Id of the concept by which it is counted; empty where none is stated.
    category
        Code of the class, of an indicator of kind ``category``; else empty. ``value`` follows from
        it.
    qualifier
        How exactly the document gives the figure ("trên 940 văn bản"); empty where it gives it
        plainly.
    stated_change
        A change that the document states beside the figure, as `geodata.stated_change` reads it;
        else empty.
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
    impossible: bool = False
    printed: float | None = None
    note: Text = field(default_factory=lambda: Text(""))
    concept: str = ""
    category: str = ""
    qualifier: Qualifier = ""
    stated_change: str = ""

    @property
    def quality(self) -> Quality:
        """How far the value can be trusted.

        ``sound``: nothing speaks against it. ``doubtful``: something does; it is drawn and marked.
        ``read_as``: it is what a printed slip must mean; it is drawn and marked, with the slip
        beside it. ``impossible``: it cannot be right; it is shown as printed and used for nothing.
        """
        if self.impossible:
            return "impossible"
        if self.printed is not None:
            return "read_as"
        return "doubtful" if self.doubt else "sound"

    @property
    def as_printed(self) -> float:
        """The figure as the source prints it, in the indicator's unit of measure."""
        return self.value if self.printed is None else self.printed
