"""One task carried out in a process of its own.

The request comes as one line of JSON on the standard input, progress and the end go out line by
line. The process ends with the server: when its standard input is closed.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

from geodata.errors import PortalError
from geodata.i18n import Message
from portal.caching.file_cache import not_writable
from portal.http_errors import TooLarge
from portal.tasks.failures import error_to_json, failure_of
from portal.tasks.priority import give_way
from portal.tasks.progress import ProgressCallback

MAX_MEMORY = 1_000_000_000
"""Bytes of memory a worker may take before it is refused more."""

EntryPoint = Callable[[dict[str, Any], ProgressCallback], bytes]


def main() -> None:
    """Read a request, carry it out, tell how it went."""
    give_way()
    _bound_memory()
    # Output printed by libraries must not be mixed with the messages.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.readline())
    Thread(target=_exit_with_server, daemon=True).start()
    try:
        size = _carry_out(request, out)
    except BaseException as error:
        if error.__cause__ is not None or not isinstance(error, PortalError | MemoryError):
            traceback.print_exc()
        _send(out, error=error_to_json(_failure(error)))
    else:
        _send(out, size=size)


def _carry_out(request: dict[str, Any], out: TextIO) -> int:
    module, _, function = str(request["entry_point"]).partition(":")
    entry_point: EntryPoint = getattr(importlib.import_module(module), function)
    content = entry_point(
        request["arguments"], lambda done, message: _send(out, done=done, message=message)
    )
    try:
        Path(request["target"]).write_bytes(content)
    except OSError as error:
        raise not_writable(error) from error
    return len(content)


def _failure(error: BaseException) -> PortalError:
    failure = failure_of(error)
    if isinstance(error, MemoryError):
        most = MAX_MEMORY // 1_000_000
        return TooLarge(
            failure.what, allowed=Message("at most {most} MB", most=most), remedy=failure.remedy
        )
    return failure


def _send(out: TextIO, **message: object) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _bound_memory() -> None:
    """Bound the memory of this process, where the system knows how."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))


def _exit_with_server() -> None:
    sys.stdin.read()
    os._exit(1)
