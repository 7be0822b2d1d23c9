"""What worker processes are made to do by the tests: well or badly, but really."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from geodata.errors import InvalidInput
from geodata.i18n import Message


def well_behaved(arguments, on_progress) -> bytes:
    for step in range(arguments.get("steps", 1)):
        on_progress(step, f"step {step}")
    return arguments.get("text", "made").encode()


def naming_its_environment(arguments, on_progress) -> bytes:
    return "\n".join(os.environ).encode()


def slow(arguments, on_progress) -> bytes:
    """Goes on until the file named ``go`` is there, and tells that it has begun."""
    on_progress(0, "begun")
    while not Path(arguments["go"]).exists():
        time.sleep(0.02)
        on_progress(0, "going on")
    return b"late"


def killed(arguments, on_progress) -> bytes:
    on_progress(0, "begun")
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def silent(arguments, on_progress) -> bytes:
    time.sleep(600)
    return b""


def printing_rubbish(arguments, on_progress) -> bytes:
    # Descriptors above 2 are the worker's own: one of them is where it talks to the server.
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, arguments["rubbish"].encode("latin-1") + b"\n")
        except OSError:
            continue
    return b"made all the same"


def printing_for_people(arguments, on_progress) -> bytes:
    print("a library says something")
    os.write(1, b"and a C library too\n")
    sys.stdout.flush()
    return b"made"


def refusing(arguments, on_progress) -> bytes:
    raise InvalidInput(Message("Value not allowed"), found="x", allowed=("a", "b"), where="dpi")


def broken(arguments, on_progress) -> bytes:
    raise ZeroDivisionError("a mistake in the code")


def leaving(arguments, on_progress) -> bytes:
    raise SystemExit(3)


def greedy(arguments, on_progress) -> bytes:
    return bytes(4_000_000_000)
