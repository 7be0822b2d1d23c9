"""Long tasks, each in a process of its own, with their results in a file cache."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

from geodata.errors import PortalError
from geodata.i18n import Message
from portal.caching.file_cache import FileCache
from portal.config import SECRETS
from portal.http_errors import TooLarge
from portal.tasks.failures import error_from_json
from portal.tasks.progress import ProgressCallback
from portal.tasks.task import Task, TaskLimits

MAX_SECONDS = 900.0
_PACKAGES = Path(__file__).resolve().parents[2]
_WORKER_CODE = "from portal.tasks.worker import main; main()"
_log = logging.getLogger("portal")


@dataclass(frozen=True, slots=True)
class WorkerCall:
    """The function a worker process calls, with its arguments.

    Parameters
    ----------
    entry_point
        ``package.module:function``; it takes ``arguments`` and a `ProgressCallback` and returns
        bytes.
    arguments
        Must survive JSON.
    """

    entry_point: str
    arguments: Mapping[str, Any]


class ProcessExecutor:
    """Carries out a `WorkerCall` in a process.

    Parameters
    ----------
    files
        Where the results are kept, by the key of their task.
    max_seconds
        A process that takes longer is ended.
    """

    name = "processes"

    def __init__(
        self, files: FileCache, limits: TaskLimits, max_seconds: float = MAX_SECONDS
    ) -> None:
        self.files = files
        self.limits = limits
        self._max_seconds = max_seconds
        self._processes: dict[Task, subprocess.Popen[str]] = {}
        self._lock = Lock()

    def run(self, task: Task, on_progress: ProgressCallback) -> None:
        """Start a process, pass on what it tells, and keep what it made.

        Raises
        ------
        PortalError
            The worker refused, took too long, or ended without a result; or the folder of the
            results cannot be written.
        OSError
            No process can be started.
        TaskCancelled
            By ``on_progress``, when nobody waits any more.
        """
        call: WorkerCall = task.payload
        target = self.files.temporary_path(task.key)
        request = {
            "entry_point": call.entry_point, "arguments": call.arguments, "target": str(target),
        }  # fmt: skip
        try:
            end = self._converse(task, request, on_progress)
            if "error" in end:
                raise error_from_json(end["error"])
            self.files.put(task.key, target)
        finally:
            with suppress(OSError):
                target.unlink(missing_ok=True)

    def cancel(self, task: Task) -> None:
        """End the process of a task."""
        with self._lock:
            process = self._processes.get(task)
            if process is not None:
                process.kill()

    def read(self, task: Task) -> bytes | None:
        """The file of a task."""
        return self.files.read(task.key)

    def size(self, task: Task) -> int | None:
        """Bytes of the file of a task."""
        return self.files.size(task.key)

    def processes(self) -> list[int]:
        """The ids of the processes that run now."""
        with self._lock:
            return [process.pid for process in self._processes.values()]

    def _converse(
        self, task: Task, request: dict[str, Any], on_progress: ProgressCallback
    ) -> dict[str, Any]:
        """Start a worker, hand it the request and follow it to its last message.

        Raises
        ------
        PortalError
            It took too long, or ended without a last message.
        """
        process, late = _start_worker(), Event()

        def end_late() -> None:
            late.set()
            process.kill()

        timer = Timer(self._max_seconds, end_late)
        timer.daemon = True
        try:
            with self._lock:
                self._processes[task] = process
                if not task.active:
                    process.kill()
            timer.start()
            end = _read_messages(process, request, on_progress)
        finally:
            timer.cancel()
            with self._lock:
                self._processes.pop(task, None)
            exit_code = _end_process(process)
        if late.is_set():
            raise _too_slow(self._max_seconds)
        if end is None:
            if task.active:
                _log.warning("The worker for %s ended early with code %s", task.name, exit_code)
            raise PortalError(
                Message("The process that was making the file has ended"),
                remedy=Message("Try again, or tell the operator"),
            )
        return end


def _read_messages(
    process: subprocess.Popen[str], request: dict[str, Any], on_progress: ProgressCallback
) -> dict[str, Any] | None:
    """The last message of a worker; None where it ends, or talks nonsense, before that."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            message = json.loads(line)
            if "done" not in message:
                return message if message.keys() & {"size", "error"} else None
            on_progress(int(message["done"]), str(message["message"]))
    except (BrokenPipeError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return None


def _end_process(process: subprocess.Popen[str]) -> int:
    """See a process off and return its exit code."""
    with suppress(subprocess.TimeoutExpired):
        # One that has closed its output is about to end by itself, and says by its code how.
        process.wait(0.2)
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            assert pipe is not None
            pipe.close()
    return process.wait()


def _start_worker() -> subprocess.Popen[str]:
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    environment = {
        **{name: text for name, text in os.environ.items() if name not in SECRETS},
        "PYTHONPATH": os.pathsep.join(paths),
        # One thread each: the memory of a worker is bounded, and the processors are few.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _WORKER_CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
        errors="replace",
    )


def _too_slow(seconds: float) -> TooLarge:
    return TooLarge(
        Message("The file takes too long to make"),
        allowed=Message("at most {minutes} minutes", minutes=f"{seconds / 60:g}"),
        remedy=Message("Choose fewer pages"),
    )
