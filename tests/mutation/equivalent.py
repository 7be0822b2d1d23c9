"""Changes that no test can catch, for they change no result: each with its reason.

They are left out of the draw. A change that merely is not caught does not belong here.
"""

from __future__ import annotations

from tests.mutation.mutants import Mutant

EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("geodata/vectors/border_cuts.py", "_close_pairs", "lines.line[1:] != lines.line[:-1]"):
        "The groups only save time: each segment is held against the borders after them.",
    ("geodata/recast/service.py", "ratio_denominators",
     """(row.level, row.step_date, row.status_group) == (query.level, query.date, "actual")
        and row.with_value"""):
        "Other rows name periods in which the units of this level and day have no figures.",
}  # fmt: skip
"""(path, function, old text) -> why the result stays the same."""


def is_equivalent(mutant: Mutant) -> bool:
    """Whether a change is known to leave every result as it is."""
    return (mutant.path, mutant.function, mutant.old) in EQUIVALENT
