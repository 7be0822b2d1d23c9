"""One file made in a process of its own.

The order comes as one line of JSON on the standard input, what is done goes out line by line. The
process ends with the server: when its standard input is closed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

from werkzeug.datastructures import MultiDict

from geodata import errors
from geodata.errors import PortalError, StoreFault
from geodata.i18n import Message, Wordings
from portal import http_errors
from portal.app_state import open_or_create_store
from portal.config import read_settings
from portal.export.parse import parse_export_request

MAX_MEMORY = 1_000_000_000
"""Memory a worker may take before it is refused more."""
_NICENESS = 10

Frame = dict[str, Any]


def main() -> None:
    """Read an order, make the file, tell how it went."""
    _lower_priority()
    # What a library prints must not get between the lines.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    order = json.loads(sys.stdin.readline())
    Thread(target=_exit_with_server, daemon=True).start()
    try:
        size = _run_task(order, out)
    except PortalError as fault:
        _send(out, error=error_to_json(fault))
    except MemoryError:
        _send(out, error=error_to_json(_out_of_memory()))
    else:
        _send(out, size=size)


def _run_task(order: Frame, out: TextIO) -> int:
    settings = read_settings(order["settings"])
    store = open_or_create_store(settings)
    try:
        if store.info.version != order["version"]:
            raise StoreFault(
                Message("The dataset has just changed"),
                remedy=Message("Load the page again and try once more"),
            )
        args = MultiDict(order["args"])
        asked = parse_export_request(
            store, order["kind"], order["extension"], args, settings.public_url,
            relief=settings.relief,
        )  # fmt: skip
        content = asked.run(lambda done, message: _send(out, done=done, message=message))
    finally:
        store.close()
    Path(order["target"]).write_bytes(content)
    return len(content)


def _send(out: TextIO, **message: object) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _lower_priority() -> None:
    """Let the server go first, and bound the memory, where the system knows how."""
    with suppress(AttributeError, OSError):
        os.nice(_NICENESS)
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))


def _exit_with_server() -> None:
    sys.stdin.read()
    os._exit(1)


def _out_of_memory() -> http_errors.TooLarge:
    most = MAX_MEMORY // 1_000_000
    return http_errors.TooLarge(
        Message("The file takes too much memory to make"),
        allowed=Message("at most {most} MB", most=most),
        remedy=Message("Choose fewer pages or a lower dpi"),
    )


def error_to_json(fault: PortalError) -> Frame:
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


def error_from_json(record: Frame) -> PortalError:
    """The refusal again."""
    name = str(record["class"])
    kind: type[PortalError] = getattr(errors, name, getattr(http_errors, name, PortalError))
    allowed = record["allowed"]
    allowed = Wordings(allowed) if isinstance(allowed, dict) else tuple(allowed)
    what, remedy = Wordings(record["what"]), Wordings(record["remedy"])
    return kind(what, record["found"], allowed, remedy, record["where"])
