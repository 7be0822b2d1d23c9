"""Long work in processes of its own: few at a time, a short queue, never the same work twice."""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread, Timer
from typing import Any

from geodata.errors import PortalError
from geodata.i18n import Message
from portal.caching.file_cache import FileCache
from portal.config import SETTINGS, Settings
from portal.export.spec import ExportSpec
from portal.http_errors import Busy, TooLarge
from portal.tasks.worker import error_from_json

MAX_WAITING = 8
MAX_SECONDS = 900.0
_MAX_ENDED = 64
_PACKAGES = Path(__file__).resolve().parents[2]
_WORKER_CODE = "from portal.tasks.worker import main; main()"
_log = logging.getLogger("portal")


def worker_count() -> int:
    """How many works go on at once: half the processors, so that the map is not held up."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


@dataclass(eq=False)
class Task:
    """A file being made; its fields change under the lock of `TaskQueue`.

    Parameters
    ----------
    address
        Kind, extension and parameters, as `read_order` takes them.
    version
        Of the dataset it was ordered from; a worker that finds another one refuses.
    wanted
        Who waits for it; the work ends when nobody does.
    """

    tag: str
    spec: ExportSpec
    address: tuple[str, str, list[tuple[str, str]]]
    version: str
    state: str = "queued"
    done: int = 0
    message: str = ""
    error: PortalError | None = None
    waiters: set[Hashable] = field(default_factory=set)
    process: subprocess.Popen[str] | None = None

    @property
    def active(self) -> bool:
        """Whether there is still something to come."""
        return self.state in ("queued", "running")


class TaskQueue:
    """The queue, the processes and the finished files of an app."""

    def __init__(self, settings: Settings, max_workers: int = 0) -> None:
        self.files = FileCache(settings.instance / "exports")
        values = {each.env: getattr(settings, each.field) for each in SETTINGS}
        self._settings = {env: "" if value is None else str(value) for env, value in values.items()}
        self._max_workers = max_workers or worker_count()
        self._changed = Condition()
        self._tasks: OrderedDict[str, Task] = OrderedDict()
        self._queue: deque[Task] = deque()
        self._threads = 0
        self._closed = False
        atexit.register(self.close)

    def submit(
        self,
        tag: str,
        spec: ExportSpec,
        address: tuple[str, str, list[tuple[str, str]]],
        waiter: Hashable,
        version: str,
    ) -> Task:
        """The work for a file: the one that goes on already, or a new one.

        Parameters
        ----------
        version
            Of the dataset the order was read from.

        Raises
        ------
        Busy
            As many wait already as may.
        """
        with self._changed:
            task = self._tasks.get(tag)
            if task is None or not (task.active or self._has_file(task)):
                task = self._add(Task(tag, spec, address, version))
            task.waiters.add(waiter)
            return task

    def _has_file(self, task: Task) -> bool:
        return task.state == "done" and self.files.size(task.tag) is not None

    def _add(self, task: Task) -> Task:
        if self.files.size(task.tag) is not None:
            task.state, task.done = "done", task.spec.pages
        else:
            if len(self._queue) >= MAX_WAITING:
                raise _queue_full()
            self._queue.append(task)
            if self._threads < self._max_workers:
                self._threads += 1
                Thread(target=self._run_tasks, daemon=True, name=f"works-{self._threads}").start()
        self._tasks[task.tag] = task
        self._tasks.move_to_end(task.tag)
        for tag in [t for t, w in self._tasks.items() if not w.active][:-_MAX_ENDED]:
            del self._tasks[tag]
        self._changed.notify_all()
        return task

    def release(self, task: Task, waiter: Hashable) -> None:
        """Someone no longer waits; without anyone left the work ends."""
        with self._changed:
            task.waiters.discard(waiter)
            if task.waiters or not task.active:
                return
            task.state = "cancelled"
            if task in self._queue:
                self._queue.remove(task)
            if task.process is not None:
                task.process.kill()
            self._changed.notify_all()

    def queue_position(self, task: Task) -> int:
        """Works that come before a waiting one."""
        with self._changed:
            if task not in self._queue:
                return 0
            running = sum(w.state == "running" for w in self._tasks.values())
            return self._queue.index(task) + running

    def wait(self, task: Task, seconds: float) -> bool:
        """Whether the work ended in the time."""
        with self._changed:
            return self._changed.wait_for(lambda: not task.active, seconds)

    def close(self) -> None:
        """End all work; for the end of the server."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            for task in self._tasks.values():
                if task.process is not None:
                    task.process.kill()
            self._changed.notify_all()

    def _run_tasks(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._queue) or self._closed)
                if self._closed:
                    return
                task = self._queue.popleft()
                task.state = "running"
            self._run(task)

    def _run(self, task: Task) -> None:
        target = self.files.temporary_path(task.tag)
        try:
            end = self._run_process(task, target)
            with self._changed:
                if task.state == "running":
                    self._finish(task, end, target)
        except Exception:
            # Whatever goes wrong with one work, the thread lives on for the next.
            _log.exception("Making %s failed", task.spec.name)
            with self._changed:
                task.state = "failed" if task.active else task.state
        finally:
            target.unlink(missing_ok=True)
            with self._changed:
                task.process = None
                self._changed.notify_all()

    def _finish(self, task: Task, end: dict[str, Any], target: Path) -> None:
        if "size" in end:
            self.files.put(task.tag, target)
            task.state, task.done, task.message = "done", task.spec.pages, ""
            return
        task.state = "failed"
        if "error" in end:
            task.error = error_from_json(end["error"])

    def _run_process(self, task: Task, target: Path) -> dict[str, Any]:
        """Run the worker and note what it tells; its last words, or nothing if it was ended."""
        kind, extension, args = task.address
        spec = {
            "kind": kind, "extension": extension, "args": args, "settings": self._settings,
            "version": task.version, "target": str(target),
        }  # fmt: skip
        process = _start_worker()
        with self._changed:
            task.process = process
            if not task.active:
                process.kill()
        timer = Timer(MAX_SECONDS, self._time_out, (task, process))
        timer.daemon = True
        timer.start()
        last: dict[str, Any] = {}
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(spec) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                last = json.loads(line)
                if "done" in last:
                    with self._changed:
                        task.done, task.message = int(last["done"]), str(last["message"])
        except (BrokenPipeError, ValueError):
            _log.warning("The worker for %s ended early", task.spec.name)
        finally:
            timer.cancel()
            process.kill()
            process.communicate()
        return last

    def _time_out(self, task: Task, process: subprocess.Popen[str]) -> None:
        with self._changed:
            if task.state == "running":
                task.state, task.error = "failed", _too_long()
        process.kill()


def _start_worker() -> subprocess.Popen[str]:
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    environment = {
        **os.environ,
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
    )


def _queue_full() -> Busy:
    return Busy(
        Message("Too many files wait to be made"),
        allowed=Message("at most {max_waiting} files waiting", max_waiting=MAX_WAITING),
        remedy=Message("Try again in a few minutes"),
    )


def _too_long() -> TooLarge:
    minutes = f"{MAX_SECONDS / 60:g}"
    return TooLarge(
        Message("The file takes too long to make"),
        allowed=Message("at most {minutes} minutes", minutes=minutes),
        remedy=Message("Choose fewer pages"),
    )
