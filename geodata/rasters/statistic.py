"""What can be computed from the cells of a unit, and what each operation needs to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from geodata.errors import InvalidInput
from geodata.i18n import Message

Operation = Literal[
    "mean", "sum", "min", "max", "range", "share", "area", "share_above", "weighted_mean"
]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
BY_CLASS: tuple[Operation, ...] = ("share", "area")
ADDED_UP: tuple[Operation, ...] = ("sum", "area")
"""Operations whose figure grows with what is covered: half a unit gives half the figure."""

COVERAGE, COVERAGE_ADDED_UP = 0.5, 0.95
"""Shares of a unit that must have data unless something else is asked for."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure of each unit.

    Parameters
    ----------
    operation
        ``mean`` by true area; ``sum`` of the cells' values (people per cell), those on a border by
        the share that lies inside; ``min``, ``max`` and their ``range`` of cells at least half
        inside; ``share`` (per cent) and ``area`` (hectares) of the classes; ``share_above`` of the
        area whose value is greater than the threshold, per cent; ``weighted_mean`` by a second
        raster.
    classes
        Values that are counted; of ``share`` and ``area``.
    threshold
        Of ``share_above``, in the raster's own unit.
    """

    operation: Operation
    classes: tuple[int, ...] = ()
    threshold: float | None = None

    @property
    def least_coverage(self) -> float:
        """Share of a unit that must have data where nothing else is asked for."""
        return COVERAGE_ADDED_UP if self.operation in ADDED_UP else COVERAGE


def verify_statistic(statistic: Statistic, *, weighted: bool, where: str = "") -> None:
    """Refuse an operation that lacks what it needs, or was told what it does not use.

    Parameters
    ----------
    weighted
        Whether a second raster of weights is at hand.

    Raises
    ------
    InvalidInput
        Something is missing or too much.
    """
    operation = statistic.operation
    needs = (
        (operation in BY_CLASS, bool(statistic.classes), "classes"),
        (operation == "share_above", statistic.threshold is not None, "threshold"),
        (operation == "weighted_mean", weighted, "weights"),
    )
    for needed, given, name in needs:
        if needed and not given:
            what = Message("The operation needs {name}", name=name)
            raise InvalidInput(what, found=operation, where=where)
        # Weights may belong to another figure of the same raster.
        if given and not needed and name != "weights":
            what = Message("The operation does not use {name}", name=name)
            raise InvalidInput(what, found=operation, where=where)
