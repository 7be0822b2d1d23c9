"""What a check finds, cell by cell, and how it is told: the same thing once, with its places."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from geodata.i18n import Localised, Text
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.report_records import SEVERITIES, Finding, Severity, SkippedCheck

MOST_PLACES = 20
"""Cells that a finding names; it counts all."""

NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a check found in one place.

    Parameters
    ----------
    code, severity, what, expected, remedy, value
        As in `geodata.table_import.report_records.Finding`.
    place
        The cell; None where it is of the whole table.
    group
        What is told together beside the code: a column, an indicator.
    count
        For how many cells it stands.
    doubt
        Whether the figure of the cell, if published, is doubtful.
    """

    code: str
    severity: Severity
    what: Localised
    expected: Localised = NOTHING
    remedy: Localised = NOTHING
    place: CellPlace | None = None
    value: str = ""
    group: Hashable = None
    count: int = 1
    doubt: bool = False


@dataclass
class CheckOutcome:
    """Takes what the checks find.

    Parameters
    ----------
    violations
        In the order in which they were found.
    skipped
        Rules that could not be applied.
    """

    violations: list[Violation] = field(default_factory=list)
    skipped: list[SkippedCheck] = field(default_factory=list)
    _told: set[tuple[str, CellPlace]] = field(default_factory=set)

    def take(self, found: Iterable[Violation | SkippedCheck]) -> None:
        """Keep what one check found; that a rule is broken in a cell is told once.

        A share and its parts may be held against each other by what they mean and by the formula
        that the table states.
        """
        for each in found:
            if isinstance(each, SkippedCheck):
                self.skipped.append(each)
            elif each.place is None or not (each.place.row and each.place.column):
                self.violations.append(each)
            elif (each.code, each.place) not in self._told:
                self._told.add((each.code, each.place))
                self.violations.append(each)

    def doubts(self) -> dict[CellPlace, Localised]:
        """From a cell to why its figure is doubtful; what was found first stands."""
        found: dict[CellPlace, Localised] = {}
        for each in self.violations:
            if each.doubt and each.place is not None:
                found.setdefault(each.place, each.what)
        return found


def grouped(violations: Iterable[Violation]) -> list[Finding]:
    """Each kind of violation once, with up to `MOST_PLACES` places and the count of all."""
    groups: dict[tuple[str, Hashable], list[Violation]] = {}
    for each in violations:
        groups.setdefault((each.code, each.group), []).append(each)
    return [_finding(group) for group in groups.values()]


def _finding(group: list[Violation]) -> Finding:
    first = group[0]
    places = dict.fromkeys(each.place for each in group if each.place is not None)
    return Finding(
        code=first.code,
        severity=min((each.severity for each in group), key=SEVERITIES.index),
        what=first.what,
        expected=first.expected,
        remedy=first.remedy,
        places=tuple(places)[:MOST_PLACES],
        value=first.value,
        count=sum(each.count for each in group),
    )


def in_order(findings: Iterable[Finding], confirmed: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings, the worst first, with the reasons for which some may pass.

    Parameters
    ----------
    confirmed
        From the code of a finding to the reason; only what asks to be confirmed can be.
    """
    reasoned = [
        replace(each, reason=confirmed.get(each.code, "")) if each.severity == "confirm" else each
        for each in findings
    ]
    return tuple(
        sorted(reasoned, key=lambda e: (SEVERITIES.index(e.severity), bool(e.reason), e.code))
    )
