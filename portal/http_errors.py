"""Refusals of the web app alone: too many requests at once, files too large to make."""

from __future__ import annotations

from geodata.errors import InvalidInput, PortalError


class TooLarge(InvalidInput):
    """The result would be larger than the portal makes."""


class JobRequired(TooLarge):
    """The file is made as a job, not while its reader waits."""


class Busy(PortalError):
    """As much as the portal does at once is being done already."""


class Forbidden(PortalError):
    """Another site asks for what only the portal's own pages may ask for."""


class Unavailable(PortalError):
    """The portal cannot do this until its operator mends what the error names."""


class NotReady(PortalError):
    """The file is not made yet, or its making has ended without one."""


class SignInNeeded(PortalError):
    """Only somebody with an account may do this, and the request shows none."""
