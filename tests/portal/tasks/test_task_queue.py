"""The queue with threads: each task once, each ends, and a lane lives through everything."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from geodata.errors import PortalError
from geodata.i18n import Verbatim
from portal.http_errors import Busy, TooLarge, Unavailable
from portal.tasks.task import Task, TaskLimits
from portal.tasks.task_queue import TaskQueue
from portal.tasks.thread_executor import ThreadExecutor

SECONDS = 30


@pytest.fixture
def queue() -> Iterator[TaskQueue]:
    queue = TaskQueue()
    yield queue
    queue.close()


@pytest.fixture
def executor() -> ThreadExecutor:
    return ThreadExecutor(TaskLimits(running=1, queued=2, callers=2))


def made(executor: ThreadExecutor, key: str = "next", content: bytes = b"made") -> Task:
    return Task(key, key, lambda on_progress: content, executor)


class Gate:
    """Work that begins, and goes on when it is let."""

    def __init__(self) -> None:
        self.begun, self.go, self.times = threading.Event(), threading.Event(), 0

    def __call__(self, on_progress: Callable[[int, str], None]) -> bytes:
        self.times += 1
        self.begun.set()
        assert self.go.wait(SECONDS)
        on_progress(1, "going on")
        return b"done"


def test_equal_tasks_are_carried_out_once_and_their_result_goes_with_the_last_reader(
    queue, executor
) -> None:
    gate = Gate()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(queue.result, Task("same", "", gate, executor), SECONDS)
        assert gate.begun.wait(SECONDS)
        second = threads.submit(queue.result, Task("same", "", gate, executor), SECONDS)
        while len(next(iter(queue._tasks.values())).waiters) < 2:
            time.sleep(0.01)
        with pytest.raises(Busy):
            queue.result(made(executor), SECONDS)
        gate.go.set()
        assert first.result(SECONDS) == second.result(SECONDS) == b"done"
    assert gate.times == 1
    assert queue.result(made(executor, "same", b"anew"), SECONDS) == b"anew"
    assert not queue._tasks


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ZeroDivisionError("a mistake"), PortalError),
        (SystemExit(1), PortalError),
        (KeyboardInterrupt(), PortalError),
        (MemoryError(), TooLarge),
        (RecursionError(), PortalError),
        (OSError(errno.ENOSPC, "No space left on device"), Unavailable),
        (FileNotFoundError(errno.ENOENT, "No such file"), PortalError),
        (Busy(Verbatim("so many")), Busy),
    ],
)
def test_whatever_is_raised_becomes_words_and_the_lane_lives_on(
    queue, executor, error, kind
) -> None:
    def fail(on_progress: object) -> bytes:
        raise error

    for _ in range(3):
        with pytest.raises(PortalError) as caught:
            queue.result(Task("bad", "", fail, executor), SECONDS)
        assert type(caught.value) is kind
    assert queue.result(made(executor), SECONDS) == b"made"


def test_a_thread_that_nobody_waits_for_ends_where_it_tells_how_far_it_is(queue, executor) -> None:
    gate = Gate()
    task = queue.submit(Task("same", "", gate, executor), "reader")
    assert gate.begun.wait(SECONDS)
    queue.release(task, "reader")
    assert task.state == "cancelled"
    gate.go.set()
    assert queue.result(made(executor), SECONDS) == b"made"
    assert task.content is None


def test_no_thread_left_is_told_in_words_and_forgotten_once_there_is_one(
    queue, executor, monkeypatch
) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr("portal.tasks.task_queue.Thread.start", refuse)
        with pytest.raises(Unavailable, match="no thread left"):
            queue.submit(made(executor), "reader")
    assert queue.result(made(executor), SECONDS) == b"made"


def test_who_waits_may_wait_longer_and_who_came_too_late_does_not(queue, executor) -> None:
    gate = Gate()
    task = queue.submit(Task("same", "", gate, executor), "reader", time.monotonic() + 600)
    assert queue.renew(task, "reader", time.monotonic() - 1)
    assert not queue.renew(task, "reader", time.monotonic() + 600)
    assert task.state == "cancelled"
    gate.go.set()


def test_a_queue_that_is_closed_has_no_thread_left() -> None:
    before = set(threading.enumerate())
    queue, executor = TaskQueue(), ThreadExecutor(TaskLimits(2, 2, 2))
    assert queue.result(made(executor), SECONDS) == b"made"
    own = set(threading.enumerate()) - before
    assert own
    queue.close()
    for thread in own:
        thread.join(SECONDS)
        assert not thread.is_alive()
