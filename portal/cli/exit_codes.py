"""With which codes the commands end, the one place that knows them."""

from __future__ import annotations

from geodata.errors import Conflict, NotPermitted, PortalError

CLEAN = 0
NOTES = 1
"""Notes or doubts to confirm are left; of a list of things, that some of them failed."""
ERRORS = 2
"""An error or a refusal: what was asked for cannot be done as it stands."""
QUESTIONS = 3
CONFLICT = 4
"""Somebody else changed the same thing meanwhile."""
NO_RIGHT = 5
BROKEN = 6
"""A ledger that is not whole."""


def code_of(fault: PortalError) -> int:
    """The code of a command that ends with a refusal."""
    if isinstance(fault, Conflict):
        return CONFLICT
    return NO_RIGHT if isinstance(fault, NotPermitted) else ERRORS
