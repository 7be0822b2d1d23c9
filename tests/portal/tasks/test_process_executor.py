"""Worker processes: whatever becomes of one, its task ends in words and leaves nothing behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geodata.errors import InvalidInput, PortalError
from portal.caching.file_cache import FileCache
from portal.http_errors import Busy, TooLarge, Unavailable
from portal.tasks.process_executor import ProcessExecutor, WorkerCall
from portal.tasks.task import Task, TaskLimits
from portal.tasks.task_queue import TaskQueue

pytestmark = pytest.mark.processes

SECONDS = 120
"""For a process to start and end on a machine that has other things to do."""


@pytest.fixture(autouse=True)
def entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    here = str(Path(__file__).parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "exports"


@pytest.fixture
def executor(folder: Path) -> ProcessExecutor:
    return ProcessExecutor(FileCache(folder), TaskLimits(running=1, queued=2, callers=4))


@pytest.fixture
def queue(executor: ProcessExecutor) -> Iterator[TaskQueue]:
    queue = TaskQueue()
    yield queue
    queue.close()
    assert executor.processes() == []


def task(executor: ProcessExecutor, function: str, key: str = "", **arguments: object) -> Task:
    call = WorkerCall(f"entry_points:{function}", arguments)
    return Task(key or function, function, call, executor, steps=3)


def until(condition: Callable[[], bool], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


def failure(queue: TaskQueue, task: Task) -> PortalError:
    with pytest.raises(PortalError) as caught:
        queue.result(task, SECONDS)
    assert task.state == "failed"
    return caught.value


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def next_task_is_made(queue: TaskQueue, executor: ProcessExecutor) -> None:
    assert queue.result(task(executor, "well_behaved"), SECONDS) == b"made"


def test_a_worker_is_told_no_secret(queue, executor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("PORTAL_INSTANCE", "elsewhere")
    names = queue.result(task(executor, "naming_its_environment"), SECONDS).split()
    assert b"PORTAL_INSTANCE" in names
    assert b"PORTAL_SECRET_KEY" not in names


def test_a_result_is_made_once_and_kept_as_a_file(queue, executor, folder) -> None:
    first = task(executor, "well_behaved", steps=3, text="one")
    assert queue.result(first, SECONDS) == b"one"
    assert (first.state, first.done) == ("done", 3)
    assert left_in(folder) == ["well_behaved"]
    # Another server of the same instance finds the file, and starts no process for it.
    other = TaskQueue()
    assert other.result(task(executor, "well_behaved", text="two"), 0) == b"one"
    other.close()


@pytest.mark.parametrize(
    ("call", "end"),
    [
        (("killed", {}), (PortalError, "The process that was making the file has ended")),
        (("refusing", {}), (InvalidInput, "Value not allowed")),
        (("broken", {}), (PortalError, "The file was not made")),
        (("leaving", {}), (PortalError, "The file was not made")),
        (("greedy", {}), (TooLarge, "The file takes too much memory to make")),
        (("missing_function", {}), (PortalError, "The file was not made")),
        (("printing_rubbish", {"rubbish": "no JSON"}), (PortalError, "has ended")),
        (("printing_rubbish", {"rubbish": "[1, 2]"}), (PortalError, "has ended")),
        (("printing_rubbish", {"rubbish": '{"done": null}'}), (PortalError, "has ended")),
        (("printing_rubbish", {"rubbish": "[" * 30_000}), (PortalError, "has ended")),
        (("printing_rubbish", {"rubbish": "\xff\xfe\x00"}), (PortalError, "has ended")),
    ],
)
def test_a_worker_that_goes_wrong_fails_its_task_in_words_and_gives_its_place_back(
    queue, executor, folder, call, end
) -> None:
    (function, arguments), (kind, words) = call, end
    found = failure(queue, task(executor, function, **arguments))
    assert type(found) is kind
    assert words in found.what["en"]
    assert found.what["vi"] != found.what["en"]
    assert left_in(folder) == []
    next_task_is_made(queue, executor)


def test_what_a_library_prints_spoils_nothing(queue, executor) -> None:
    assert queue.result(task(executor, "printing_for_people"), SECONDS) == b"made"


def test_a_refusal_comes_back_whole(queue, executor) -> None:
    found = failure(queue, task(executor, "refusing"))
    assert (found.found, found.allowed, found.where) == ("x", ("a", "b"), "dpi")


def test_a_silent_worker_is_ended_after_its_time(queue, folder) -> None:
    short = ProcessExecutor(FileCache(folder), TaskLimits(1, 2, 4), max_seconds=1.0)
    found = failure(queue, task(short, "silent"))
    assert type(found) is TooLarge
    assert found.what["en"] == "The file takes too long to make"
    assert short.processes() == []
    assert left_in(folder) == []


def test_a_worker_that_someone_kills_is_noticed(queue, executor, tmp_path) -> None:
    work = queue.submit(task(executor, "slow", go=str(tmp_path / "go")), "reader")
    until(lambda: work.message != "")
    (pid,) = executor.processes()
    os.kill(pid, 9)
    assert queue.wait(work, SECONDS)
    assert work.state == "failed"
    assert not is_alive(pid)
    next_task_is_made(queue, executor)


def test_a_running_task_that_is_cancelled_leaves_nothing(queue, executor, folder, tmp_path) -> None:
    work = queue.submit(task(executor, "slow", go=str(tmp_path / "go")), "reader")
    until(lambda: work.message != "")
    (pid,) = executor.processes()
    queue.release(work, "reader")
    assert work.state == "cancelled"
    until(lambda: executor.processes() == [])
    until(lambda: not is_alive(pid))
    until(lambda: left_in(folder) == [])
    next_task_is_made(queue, executor)


def test_a_queued_task_that_is_cancelled_never_starts(queue, executor, folder, tmp_path) -> None:
    first = queue.submit(task(executor, "slow", go=str(tmp_path / "go")), "reader")
    second = queue.submit(task(executor, "well_behaved"), "other")
    until(lambda: first.state == "running")
    assert queue.position(second) == 1
    queue.release(second, "other")
    assert second.state == "cancelled"
    (tmp_path / "go").touch()
    assert queue.wait(first, SECONDS)
    assert left_in(folder) == ["slow"]


def test_more_than_may_wait_is_refused(queue, executor, tmp_path) -> None:
    first = queue.submit(task(executor, "slow", go=str(tmp_path / "go")), "reader")
    until(lambda: first.state == "running")
    for number in range(executor.limits.queued):
        queue.submit(task(executor, "well_behaved", f"key{number}"), "reader")
    with pytest.raises(Busy, match="at most 2"):
        queue.submit(task(executor, "well_behaved", "one more"), "reader")
    (tmp_path / "go").touch()


def test_a_caller_whose_time_is_over_finds_the_result_at_the_next_try(
    queue, executor, tmp_path
) -> None:
    with pytest.raises(Busy, match="goes on making it"):
        queue.result(task(executor, "slow", go=str(tmp_path / "go")), seconds=0.0)
    (tmp_path / "go").touch()
    assert queue.result(task(executor, "slow", go="/nowhere"), SECONDS) == b"late"


def test_a_task_whose_caller_does_not_come_back_ends_after_the_grace(
    queue, executor, folder, tmp_path
) -> None:
    work = task(executor, "slow", go=str(tmp_path / "go"))
    with pytest.raises(Busy):
        queue.result(work, seconds=0.0, grace=0.1)
    # Its own progress is what ends it; nobody else has to ask.
    until(lambda: work.state == "cancelled")
    until(lambda: executor.processes() == [])
    assert left_in(folder) == []


def test_only_so_many_threads_of_the_server_wait(queue, folder, tmp_path) -> None:
    few = ProcessExecutor(FileCache(folder), TaskLimits(1, 2, callers=1))
    work = task(few, "slow", go=str(tmp_path / "go"))
    caller = threading.Thread(target=queue.result, args=(work, SECONDS))
    caller.start()
    until(lambda: work.message != "")
    with pytest.raises(Busy, match="at most 1 requests"):
        queue.result(task(few, "well_behaved"), SECONDS)
    (tmp_path / "go").touch()
    caller.join(SECONDS)
    assert queue.result(task(few, "well_behaved"), SECONDS) == b"made"


def in_the_way(folder: Path) -> Callable[[], None]:
    """A file where the folder should be."""
    folder.parent.mkdir(parents=True)
    folder.write_text("a file")
    return folder.unlink


def not_writable(folder: Path) -> Callable[[], None]:
    """A folder that takes no file, even from an administrator."""
    folder.parent.mkdir(parents=True)
    folder.symlink_to("/proc")
    return folder.unlink


@pytest.mark.parametrize("spoil", [in_the_way, not_writable])
def test_a_folder_that_cannot_be_written_fails_tasks_in_words_until_it_is_mended(
    queue, executor, folder, spoil
) -> None:
    mend = spoil(folder)
    for _ in range(executor.limits.queued + 2):
        found = failure(queue, task(executor, "well_behaved"))
        assert type(found) is Unavailable
        assert "must be writable" in found.remedy["en"]
        assert str(folder) not in found.message("en")
    mend()
    next_task_is_made(queue, executor)


class FullDisk(FileCache):
    """Writes where there never is room."""

    full = True

    def temporary_path(self, key: str) -> Path:
        path = super().temporary_path(key)
        if self.full:
            path.symlink_to("/dev/full")
        return path


def test_a_full_disk_fails_tasks_in_words_until_there_is_room(queue, folder) -> None:
    files = FullDisk(folder)
    executor = ProcessExecutor(files, TaskLimits(1, 2, 4))
    found = failure(queue, task(executor, "well_behaved"))
    assert type(found) is Unavailable
    assert "No space left" in found.found
    assert left_in(folder) == []
    files.full = False
    next_task_is_made(queue, executor)


def test_the_end_of_the_server_ends_its_workers(executor, folder, tmp_path) -> None:
    queue = TaskQueue()
    work = queue.submit(task(executor, "slow", go=str(tmp_path / "go")), "reader")
    waiting = queue.submit(task(executor, "well_behaved"), "reader")
    until(lambda: work.message != "")
    (pid,) = executor.processes()
    queue.close()
    assert not is_alive(pid)
    assert {work.state, waiting.state} == {"cancelled"}
    assert left_in(folder) == []
