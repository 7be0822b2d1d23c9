"""A task, and the protocol of the executors that carry tasks out."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from geodata.errors import PortalError
from portal.tasks.progress import ProgressCallback

State = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """How much an executor takes on at once.

    Parameters
    ----------
    running
        Tasks that are carried out at the same time.
    queued
        Tasks that wait for their turn.
    callers
        Threads of the server that may wait for a result; the others go on answering requests.
    """

    running: int
    queued: int
    callers: int


@dataclass(eq=False)
class Task:
    """A piece of work whose result is bytes; its fields change under the lock of the queue.

    Parameters
    ----------
    key
        Equal for tasks with equal results: such a task is carried out once.
    name
        What is made, for the log.
    payload
        What the executor carries out; its type is the executor's own.
    steps
        How much there is to do, in the unit in which progress is told.
    waiters
        Who waits, each with the time of `time.monotonic` until which; the work ends when nobody
        does.
    content
        The result, where it is not kept in a file.
    """

    key: str
    name: str
    payload: Any
    executor: Executor
    steps: int = 1
    state: State = "queued"
    done: int = 0
    message: str = ""
    error: PortalError | None = None
    waiters: dict[Hashable, float] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def active(self) -> bool:
        """Whether there is still something to come."""
        return self.state in ("queued", "running")


class Executor(Protocol):
    """Carries tasks out, and keeps or finds their results."""

    @property
    def name(self) -> str:
        """Tells executors apart, and their threads in a list of threads."""

    @property
    def limits(self) -> TaskLimits:
        """How much it takes on at once."""

    def run(self, task: Task, on_progress: ProgressCallback) -> None:
        """Carry a task out to its end; whatever is raised is its failure."""

    def cancel(self, task: Task) -> None:
        """End a task that is no longer active, if that can be done from outside."""

    def read(self, task: Task) -> bytes | None:
        """The result of a task; None where there is none, or none any more."""

    def size(self, task: Task) -> int | None:
        """Bytes of the result; None where there is none."""


class TaskCancelled(Exception):
    """Nobody waits for the task any more."""
