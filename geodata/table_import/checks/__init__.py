"""Checks on an office's table: each family a module, each check a function that finds violations.

A check is given the table with its units, meanings and figures and what is known (`CheckedTable`)
and yields `Violation`s, or a `SkippedCheck` where a part of it is missing. `check_table` runs all
of them and tells the same thing once, with its count and its first places.
"""

from geodata.table_import.checks.check_run import CheckedFigures, check_table
from geodata.table_import.checks.checked_table import CheckedTable

__all__ = ["CheckedFigures", "CheckedTable", "check_table"]
