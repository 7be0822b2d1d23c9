"""All checks on a table, and what follows from them for its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.class_checks import class_checks
from geodata.table_import.checks.course_checks import course_checks
from geodata.table_import.checks.duplicate_checks import duplicate_checks
from geodata.table_import.checks.formula_checks import formula_checks
from geodata.table_import.checks.layout_checks import layout_checks
from geodata.table_import.checks.outlier_checks import outlier_checks
from geodata.table_import.checks.period_checks import period_checks
from geodata.table_import.checks.personal_data import personal_data_checks
from geodata.table_import.checks.ratio_checks import ratio_checks
from geodata.table_import.checks.row_checks import row_checks
from geodata.table_import.checks.stated_shares import stated_share_checks
from geodata.table_import.checks.sum_checks import sum_checks
from geodata.table_import.checks.unit_checks import unit_checks
from geodata.table_import.checks.value_checks import value_checks
from geodata.table_import.checks.violations import CheckOutcome, Violation, grouped
from geodata.table_import.report_records import Finding, ImportedValue, SkippedCheck

Check = Callable[[CheckedTable], Iterable[Violation | SkippedCheck]]

CHECKS: tuple[Check, ...] = (
    layout_checks,
    row_checks,
    unit_checks,
    period_checks,
    value_checks,
    class_checks,
    sum_checks,
    ratio_checks,
    formula_checks,
    stated_share_checks,
    course_checks,
    outlier_checks,
    duplicate_checks,
    personal_data_checks,
)


@dataclass(frozen=True, slots=True)
class CheckedFigures:
    """What the checks came to.

    Parameters
    ----------
    findings
        In the order of the checks.
    values
        The figures, doubtful ones with their reason.
    skipped
        Rules that could not be applied, each once.
    """

    findings: tuple[Finding, ...]
    values: tuple[ImportedValue, ...]
    skipped: tuple[SkippedCheck, ...]


def check_table(
    table: CheckedTable, progress: Callable[[float], None] = lambda share: None
) -> CheckedFigures:
    """Run every check on a table.

    Parameters
    ----------
    progress
        Is told after each check which share of them is done.
    """
    outcome = CheckOutcome()
    for done, check in enumerate(CHECKS, 1):
        outcome.take(check(table))
        progress(done / len(CHECKS))
    doubts = outcome.doubts()
    values = table.values
    if doubts:
        # Few rows have doubts, and to look a cell up takes long.
        rows = {place.row for place in doubts}
        values = tuple(
            replace(each, doubt=doubts[each.place])
            if each.place.row in rows and each.place in doubts and not each.doubt
            else each
            for each in values
        )
    return CheckedFigures(
        tuple(grouped(outcome.violations)), values, tuple(dict.fromkeys(outcome.skipped))
    )
