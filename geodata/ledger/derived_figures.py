"""Figures of units that were computed from a file (a raster, lines, points), to be published.

They are written to the ledger as those of a table are, with how each was computed and how much of
its unit it covers in the place of the cell that it stands in. The file itself is kept only where
the account hands over its bytes; its hash and the recipe always are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.closed_periods import ClosedPeriods
from geodata.computed_figures import Asked, ComputedFigure
from geodata.errors import InvalidInput
from geodata.i18n import Joined, Text, Verbatim
from geodata.ledger.ledger_records import Derivation, SeriesKey
from geodata.model import Status
from geodata.table_import.column_records import NewIndicator, TableSource


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """One computed figure.

    Parameters
    ----------
    key
        The series it belongs to.
    value
        In the indicator's unit of measure.
    derivation
        How it was computed, and which share of its unit it covers.
    doubt
        Why it should not be trusted as it stands; empty when nothing speaks against it.
    """

    key: SeriesKey
    value: float
    derivation: Derivation
    doubt: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class DerivedFigures:
    """All figures that one command computed, to be published together.

    Parameters
    ----------
    file
        Name of the file, without its folder; several are joined by a comma.
    sha256
        Hash of its bytes; empty where they were not read as a whole (a file on a server).
    figures
        One for each series.
    recipe
        All that is needed to compute them again, as a document for JSON: the operation, its
        parameters, the hashes of all files, the version of the method.
    recipe_name
        A name for the recipe (that of a preset); empty without one.
    left_out
        Units that get no figure, since too little of them is covered.
    source
        The data set as a document: title, issuer, date, address, licence.
    new_indicators
        Indicators that the catalogue does not hold yet.
    """

    file: str
    sha256: str
    figures: tuple[DerivedFigure, ...]
    recipe: Mapping[str, Any]
    recipe_name: str = ""
    left_out: int = 0
    source: TableSource = field(default_factory=TableSource)
    new_indicators: tuple[NewIndicator, ...] = ()


def verify_open_periods(derived: DerivedFigures, closed: ClosedPeriods) -> None:
    """Refuse figures of periods that are closed (P04).

    Raises
    ------
    InvalidInput
        One of them is.
    """
    names = {new.indicator.id: new.indicator.name for new in derived.new_indicators}
    told = ((one.key.series, one.key.period) for one in derived.figures)
    for series, period in dict.fromkeys(told):
        refused = closed.refusal(names.get(series, Verbatim(series)), period)
        if refused:
            what = Joined(" ", [refused.what, Verbatim("(P04)")])
            raise InvalidInput(what, period, refused.expected, refused.remedy, derived.file)


def derived_figure(each: ComputedFigure[Asked], status: Status) -> DerivedFigure:
    """A figure that was computed from a map, for the ledger."""
    key = SeriesKey(each.figure.indicator, "", each.period, status, each.unit.unit_id)
    return DerivedFigure(key, each.value, Derivation(each.method, each.coverage), each.doubt)
