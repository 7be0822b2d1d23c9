"""The queue of all tasks: few at a time, never the same one twice, and each comes to an end."""

from __future__ import annotations

import atexit
import logging
import math
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Thread

from geodata.errors import PortalError
from geodata.i18n import Message
from portal.http_errors import Busy, Unavailable
from portal.tasks.failures import failure_of
from portal.tasks.task import Executor, State, Task, TaskCancelled

GRACE_SECONDS = 300.0
"""Seconds for which a task goes on for a caller that no longer waits, but may ask again."""
_CLOSING_SECONDS = 5.0
_MAX_ENDED = 64
"""Tasks remembered after their end, so that who asks again is answered at once."""
_log = logging.getLogger("portal")

_Key = tuple[str, str]


@dataclass(eq=False)
class _Lane:
    """The tasks of one executor that wait, and the threads that carry them out."""

    queue: deque[Task] = field(default_factory=deque)
    threads: int = 0
    callers: int = 0


class TaskQueue:
    """State, order, sharing, waiting, cancelling and progress of the tasks of all executors.

    Whatever a task raises, it ends as failed with words, and its place goes to the next.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._tasks: OrderedDict[_Key, Task] = OrderedDict()
        self._lanes: dict[str, _Lane] = {}
        self._closed = False
        atexit.register(self.close)

    def submit(self, task: Task, waiter: Hashable, until: float = math.inf) -> Task:
        """Take on a task, or join the one with the same key and executor.

        Parameters
        ----------
        waiter, until
            Who waits, and until which time of `time.monotonic`; `renew` may make it later.

        Returns
        -------
        Task
            The one that is waited for; it may have ended already.

        Raises
        ------
        Busy
            As many tasks wait already as may.
        Unavailable
            The system gives no thread to carry it out.
        """
        with self._changed:
            self._drop_expired()
            found = self._tasks.get(_key(task))
            if found is None or not (found.active or _has_result(found)):
                self._add(task)
                found = task
            found.waiters[waiter] = until
            return found

    def renew(self, task: Task, waiter: Hashable, until: float) -> bool:
        """Let someone wait longer; whether they were still waiting."""
        with self._changed:
            self._drop_expired()
            waits = task.waiters.get(waiter, -math.inf) >= time.monotonic()
            if waits:
                task.waiters[waiter] = until
            return waits

    def release(self, task: Task, waiter: Hashable) -> None:
        """Someone no longer waits; without anyone left the task ends."""
        with self._changed:
            task.waiters.pop(waiter, None)
            self._drop_if_unwanted(task)

    def position(self, task: Task) -> int:
        """Tasks of the same executor that come to their end before a waiting one may start."""
        with self._changed:
            lane = self._lane(task.executor)
            if task not in lane.queue:
                return 0
            running = [t for t in self._of(task.executor) if t.state == "running"]
            return lane.queue.index(task) + len(running)

    def wait(self, task: Task, seconds: float) -> bool:
        """Whether the task ended in the time."""
        with self._changed:
            return self._changed.wait_for(lambda: not task.active, seconds)

    def result(self, task: Task, seconds: float, grace: float = GRACE_SECONDS) -> bytes:
        """The result of a task, waited for in the calling thread.

        Parameters
        ----------
        seconds
            How long to wait.
        grace
            How long the task goes on after that, for the next try.

        Raises
        ------
        Busy
            As many wait already as may, or the result did not come in time.
        PortalError
            What the task failed with.
        """
        waiter = secrets.token_urlsafe(12)
        with self._caller(task.executor):
            task = self.submit(task, waiter)
            if not self.wait(task, seconds):
                self.renew(task, waiter, time.monotonic() + grace)
                raise _still_running()
            try:
                content = task.executor.read(task)
            finally:
                self.release(task, waiter)
        if content is None:
            raise task.error or failure_of(RuntimeError())
        return content

    def close(self) -> None:
        """End all tasks; for the end of the server."""
        with self._changed:
            self._closed = True
            for lane in self._lanes.values():
                lane.queue.clear()
            for task in self._tasks.values():
                self._cancel(task)
            self._changed.notify_all()
            idle = self._changed.wait_for(
                lambda: not any(lane.threads for lane in self._lanes.values()), _CLOSING_SECONDS
            )
        if not idle:
            _log.warning("A task goes on although the server ends")

    def _lane(self, executor: Executor) -> _Lane:
        return self._lanes.setdefault(executor.name, _Lane())

    def _of(self, executor: Executor) -> list[Task]:
        return [task for task in self._tasks.values() if task.executor is executor]

    @contextmanager
    def _caller(self, executor: Executor) -> Iterator[None]:
        """Count the thread that waits inside.

        Raises
        ------
        Busy
            As many wait already as may.
        """
        with self._changed:
            lane = self._lane(executor)
            if lane.callers >= executor.limits.callers:
                raise _too_many_callers(executor.limits.callers)
            lane.callers += 1
        try:
            yield
        finally:
            with self._changed:
                lane.callers -= 1

    def _add(self, task: Task) -> None:
        if _has_result(task):
            task.state, task.done = "done", task.steps
        else:
            lane, limits = self._lane(task.executor), task.executor.limits
            if len(lane.queue) >= limits.queued:
                raise _queue_full(limits.queued)
            lane.queue.append(task)
            if lane.threads < limits.running:
                self._start_thread(lane, task)
        self._tasks[_key(task)] = task
        self._tasks.move_to_end(_key(task))
        for key in [k for k, t in self._tasks.items() if not t.active][:-_MAX_ENDED]:
            del self._tasks[key]
        self._changed.notify_all()

    def _start_thread(self, lane: _Lane, task: Task) -> None:
        """Start one more thread; without it a thread that is there carries the task out."""
        name = f"{task.executor.name}-{lane.threads + 1}"
        lane.threads += 1
        try:
            Thread(target=self._carry_out_all, args=(lane,), daemon=True, name=name).start()
        except RuntimeError as error:
            lane.threads -= 1
            if not lane.threads:
                lane.queue.remove(task)
                raise _no_thread() from error

    def _carry_out_all(self, lane: _Lane) -> None:
        """Carry out the tasks of a lane one after another; what a thread of the queue does."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(lane.queue) or self._closed)
                if self._closed:
                    lane.threads -= 1
                    self._changed.notify_all()
                    return
                task = lane.queue.popleft()
                task.state = "running"
                self._changed.notify_all()
            self._carry_out(task)

    def _carry_out(self, task: Task) -> None:
        try:
            task.executor.run(task, partial(self._note_progress, task))
        except BaseException as error:
            # The thread lives on for the next task, whatever this one has raised.
            failure = failure_of(error)
            if failure is not error and not isinstance(error, TaskCancelled):
                _log.error("Making %s failed", task.name, exc_info=error)
            self._end(task, "failed", failure)
        else:
            self._end(task, "done")

    def _note_progress(self, task: Task, done: int, message: str) -> None:
        """Note how far a task is.

        Raises
        ------
        TaskCancelled
            Nobody waits for it any more.
        """
        with self._changed:
            self._drop_expired()
            if not task.active:
                raise TaskCancelled
            task.done, task.message = done, message

    def _end(self, task: Task, state: State, error: PortalError | None = None) -> None:
        with self._changed:
            if task.state == "running":
                task.state, task.error, task.message = state, error, ""
                task.done = task.steps if state == "done" else task.done
            self._drop_if_unwanted(task)
            self._changed.notify_all()

    def _drop_expired(self) -> None:
        """Let go of those whose time to wait is over, and of what only they waited for."""
        now = time.monotonic()
        for task in [*self._tasks.values()]:
            late = [waiter for waiter, until in task.waiters.items() if until < now]
            for waiter in late:
                del task.waiters[waiter]
            if late:
                self._drop_if_unwanted(task)

    def _drop_if_unwanted(self, task: Task) -> None:
        """End a task that nobody waits for; a result in memory goes with the last one."""
        if task.waiters:
            return
        self._cancel(task)
        if task.content is not None and self._tasks.get(_key(task)) is task:
            del self._tasks[_key(task)]

    def _cancel(self, task: Task) -> None:
        if not task.active:
            return
        lane = self._lane(task.executor)
        task.state = "cancelled"
        if task in lane.queue:
            lane.queue.remove(task)
        task.executor.cancel(task)
        self._changed.notify_all()


def _key(task: Task) -> _Key:
    return task.executor.name, task.key


def _has_result(task: Task) -> bool:
    """Whether the result of a task that is new or done is there."""
    return task.state in ("queued", "done") and task.executor.size(task) is not None


def _queue_full(limit: int) -> Busy:
    return Busy(
        Message("Too many files wait to be made"),
        allowed=Message("at most {max_waiting} files waiting", max_waiting=limit),
        remedy=Message("Try again in a few minutes"),
    )


def _too_many_callers(limit: int) -> Busy:
    return Busy(
        Message("Too many files are being made at once"),
        allowed=Message("at most {callers} requests at once", callers=limit),
        remedy=Message("Try again in a few seconds"),
    )


def _still_running() -> Busy:
    return Busy(
        Message("The file is not ready yet"),
        remedy=Message("Ask again in a minute: the server goes on making it"),
    )


def _no_thread() -> Unavailable:
    return Unavailable(
        Message("The server has no thread left to make a file"),
        remedy=Message("Try again, or tell the operator"),
    )
