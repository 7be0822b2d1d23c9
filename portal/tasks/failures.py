"""Whatever goes wrong with a task, in words, and across the boundary between processes."""

from __future__ import annotations

import errno
from typing import Any

from geodata import errors
from geodata.errors import PortalError
from geodata.i18n import Message, Wordings
from portal import http_errors
from portal.caching.file_cache import not_writable
from portal.http_errors import TooLarge

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
"""How a system says that it takes no more, or nothing at all."""


def failure_of(error: BaseException) -> PortalError:
    """The error shown to the reader of a task that failed."""
    if isinstance(error, PortalError):
        return error
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return not_writable(error)
    if isinstance(error, MemoryError):
        return TooLarge(
            Message("The file takes too much memory to make"),
            remedy=Message("Choose fewer pages or a lower dpi"),
        )
    return PortalError(
        Message("The file was not made"), remedy=Message("Try again, or tell the operator")
    )


def error_to_json(fault: PortalError) -> dict[str, Any]:
    """A refusal as JSON."""
    allowed = fault.allowed
    return {
        "class": type(fault).__name__,
        "what": Wordings.of(fault.what).by_language,
        "found": fault.found,
        "allowed": (
            list(allowed) if isinstance(allowed, tuple) else Wordings.of(allowed).by_language
        ),
        "remedy": Wordings.of(fault.remedy).by_language,
        "where": fault.where,
    }


def error_from_json(record: dict[str, Any]) -> PortalError:
    """The refusal again."""
    name = str(record["class"])
    kind: type[PortalError] = getattr(errors, name, getattr(http_errors, name, PortalError))
    allowed = record["allowed"]
    allowed = Wordings(allowed) if isinstance(allowed, dict) else tuple(allowed)
    what, remedy = Wordings(record["what"]), Wordings(record["remedy"])
    return kind(what, record["found"], allowed, remedy, record["where"])
