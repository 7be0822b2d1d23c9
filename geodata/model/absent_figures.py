"""Figures that a document states not to be: not applicable, or not made public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from geodata.model.codes import Status

AbsenceKind = Literal["not_applicable", "not_published"]
"""``not_applicable``: the thing cannot be there (``x`` in a statistical table). ``not_published``:
the figure is known and kept back, or will be told later."""
ABSENCE_KINDS: tuple[AbsenceKind, ...] = get_args(AbsenceKind)
ABSENCE_OF_TEXT: dict[str, AbsenceKind] = {kind: kind for kind in ABSENCE_KINDS}
"""The kinds by themselves: what a text that is asked for each figure of a country names, if any."""


@dataclass(frozen=True, slots=True)
class AbsentFigure:
    """A statement that a unit has no figure, and why; nothing is known without one.

    Parameters
    ----------
    unit_id, indicator, period, status
        Which figure.
    kind
        Why there is none.
    source_id
        Who states it.
    """

    unit_id: str
    indicator: str
    period: str
    status: Status
    kind: AbsenceKind
    source_id: str
