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
from geodata.text import Text
from portal.config import SETTINGS, Settings
from portal.export.kept import KeptFiles
from portal.export.order import Order
from portal.export.worker import read_fault
from portal.refusals import Busy, TooLarge

MOST_WAITING = 8
MOST_SECONDS = 900.0
_REMEMBERED = 64
_PACKAGES = Path(__file__).resolve().parents[2]
_START = "from portal.export.worker import main; main()"
_log = logging.getLogger("portal")


def processes() -> int:
    """How many works go on at once: half the processors, so that the map is not held up."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


@dataclass(eq=False)
class Work:
    """A file being made; its fields change under the lock of `Works`.

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
    order: Order
    address: tuple[str, str, list[tuple[str, str]]]
    version: str
    state: str = "queued"
    done: int = 0
    message: str = ""
    error: PortalError | None = None
    wanted: set[Hashable] = field(default_factory=set)
    process: subprocess.Popen[str] | None = None

    @property
    def active(self) -> bool:
        """Whether there is still something to come."""
        return self.state in ("queued", "running")


class Works:
    """The queue, the processes and the finished files of an app."""

    def __init__(self, settings: Settings, most: int = 0) -> None:
        self.kept = KeptFiles(settings.instance / "exports")
        given = {each.env: getattr(settings, each.field) for each in SETTINGS}
        self._settings = {env: "" if value is None else str(value) for env, value in given.items()}
        self._most = most or processes()
        self._changed = Condition()
        self._works: OrderedDict[str, Work] = OrderedDict()
        self._queue: deque[Work] = deque()
        self._threads = 0
        self._closed = False
        atexit.register(self.close)

    def start(
        self,
        tag: str,
        order: Order,
        address: tuple[str, str, list[tuple[str, str]]],
        who: Hashable,
        version: str,
    ) -> Work:
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
            work = self._works.get(tag)
            if work is None or not (work.active or self._is_there(work)):
                work = self._add(Work(tag, order, address, version))
            work.wanted.add(who)
            return work

    def _is_there(self, work: Work) -> bool:
        return work.state == "done" and self.kept.size(work.tag) is not None

    def _add(self, work: Work) -> Work:
        if self.kept.size(work.tag) is not None:
            work.state, work.done = "done", work.order.pages
        else:
            if len(self._queue) >= MOST_WAITING:
                raise _full()
            self._queue.append(work)
            if self._threads < self._most:
                self._threads += 1
                Thread(target=self._serve, daemon=True, name=f"works-{self._threads}").start()
        self._works[work.tag] = work
        self._works.move_to_end(work.tag)
        for tag in [t for t, w in self._works.items() if not w.active][:-_REMEMBERED]:
            del self._works[tag]
        self._changed.notify_all()
        return work

    def leave(self, work: Work, who: Hashable) -> None:
        """Someone no longer waits; without anyone left the work ends."""
        with self._changed:
            work.wanted.discard(who)
            if work.wanted or not work.active:
                return
            work.state = "cancelled"
            if work in self._queue:
                self._queue.remove(work)
            if work.process is not None:
                work.process.kill()
            self._changed.notify_all()

    def ahead(self, work: Work) -> int:
        """Works that come before a waiting one."""
        with self._changed:
            if work not in self._queue:
                return 0
            running = sum(w.state == "running" for w in self._works.values())
            return self._queue.index(work) + running

    def wait(self, work: Work, seconds: float) -> bool:
        """Whether the work ended in the time."""
        with self._changed:
            return self._changed.wait_for(lambda: not work.active, seconds)

    def close(self) -> None:
        """End all work; for the end of the server."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            for work in self._works.values():
                if work.process is not None:
                    work.process.kill()
            self._changed.notify_all()

    def _serve(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._queue) or self._closed)
                if self._closed:
                    return
                work = self._queue.popleft()
                work.state = "running"
            self._make(work)

    def _make(self, work: Work) -> None:
        aside = self.kept.aside(work.tag)
        try:
            end = self._follow(work, aside)
            with self._changed:
                if work.state == "running":
                    self._settle(work, end, aside)
        except Exception:
            # Whatever goes wrong with one work, the thread lives on for the next.
            _log.exception("Making %s failed", work.order.name)
            with self._changed:
                work.state = "failed" if work.active else work.state
        finally:
            aside.unlink(missing_ok=True)
            with self._changed:
                work.process = None
                self._changed.notify_all()

    def _settle(self, work: Work, end: dict[str, Any], aside: Path) -> None:
        if "size" in end:
            self.kept.keep(work.tag, aside)
            work.state, work.done, work.message = "done", work.order.pages, ""
            return
        work.state = "failed"
        if "error" in end:
            work.error = read_fault(end["error"])

    def _follow(self, work: Work, aside: Path) -> dict[str, Any]:
        """Run the worker and note what it tells; its last words, or nothing if it was ended."""
        kind, extension, args = work.address
        spec = {
            "kind": kind, "extension": extension, "args": args, "settings": self._settings,
            "version": work.version, "target": str(aside),
        }  # fmt: skip
        process = _worker()
        with self._changed:
            work.process = process
            if not work.active:
                process.kill()
        timer = Timer(MOST_SECONDS, self._give_up, (work, process))
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
                        work.done, work.message = int(last["done"]), str(last["message"])
        except (BrokenPipeError, ValueError):
            _log.warning("The worker for %s ended early", work.order.name)
        finally:
            timer.cancel()
            process.kill()
            process.communicate()
        return last

    def _give_up(self, work: Work, process: subprocess.Popen[str]) -> None:
        with self._changed:
            if work.state == "running":
                work.state, work.error = "failed", _too_long()
        process.kill()


def _worker() -> subprocess.Popen[str]:
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
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
    )


def _full() -> Busy:
    return Busy(
        Text("Quá nhiều tệp đang chờ được tạo", "Too many files wait to be made"),
        allowed=Text(f"tối đa {MOST_WAITING} tệp chờ", f"at most {MOST_WAITING} files waiting"),
        remedy=Text("Thử lại sau ít phút", "Try again in a few minutes"),
    )


def _too_long() -> TooLarge:
    minutes = f"{MOST_SECONDS / 60:g}"
    return TooLarge(
        Text("Tạo tệp mất quá nhiều thời gian", "The file takes too long to make"),
        allowed=Text(f"tối đa {minutes} phút", f"at most {minutes} minutes"),
        remedy=Text("Chọn ít trang hơn", "Choose fewer pages"),
    )
