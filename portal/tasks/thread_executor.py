"""Quick tasks in threads of the server."""

from __future__ import annotations

from collections.abc import Callable

from portal.tasks.progress import ProgressCallback
from portal.tasks.task import Task, TaskLimits

ThreadPayload = Callable[[ProgressCallback], bytes]
"""Makes the result; what it raises is the failure of its task."""


class ThreadExecutor:
    """Carries out a `ThreadPayload` in the thread it is called in; the result stays in memory."""

    name = "threads"

    def __init__(self, limits: TaskLimits) -> None:
        self.limits = limits

    def run(self, task: Task, on_progress: ProgressCallback) -> None:
        """Make the result."""
        make: ThreadPayload = task.payload
        task.content = make(on_progress)

    def cancel(self, task: Task) -> None:
        """Do nothing: a thread is ended only by itself, when it tells how far it is."""

    def read(self, task: Task) -> bytes | None:
        """The result, as long as someone waits for it."""
        return task.content

    def size(self, task: Task) -> int | None:
        """Bytes of the result."""
        return None if task.content is None else len(task.content)
