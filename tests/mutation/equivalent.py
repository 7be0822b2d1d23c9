"""Changes that no test can catch, for they change no result: each with its reason.

They are left out of the draw. A change that merely is not caught does not belong here.
"""

from __future__ import annotations

from tests.mutation.mutants import Mutant

EQUIVALENT: dict[tuple[str, str, str], str] = {}
"""(path, function, old text) -> why the result stays the same."""


def is_equivalent(mutant: Mutant) -> bool:
    """Whether a change is known to leave every result as it is."""
    return (mutant.path, mutant.function, mutant.old) in EQUIVALENT
