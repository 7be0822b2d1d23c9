"""The jobs: who waits for which file, until it is fetched, cancelled or abandoned."""

from __future__ import annotations

import math
import secrets
import time
from dataclasses import dataclass
from threading import Lock

from geodata.errors import NotFound
from geodata.i18n import Message
from portal.export.spec import ExportSpec
from portal.http_errors import Busy
from portal.tasks.task import Task
from portal.tasks.task_queue import TaskQueue

ABANDONED_SECONDS = 300.0
"""Seconds after which a job that nobody asks for any more is dropped."""
FIRST_SECONDS = 60.0
"""The same for a job that nobody has asked for yet: its reader may have left before it knew it."""
MAX_JOBS = 500
"""Jobs at once. One whose task has ended makes room for a new one, one that is waited for never."""


@dataclass(frozen=True, slots=True)
class ExportJob:
    """One reader's wait for a file.

    Parameters
    ----------
    address
        Path and query of the file, as the reader sent them.
    """

    id: str
    task: Task
    spec: ExportSpec
    address: str


class JobRegistry:
    """The jobs of an app; safe between threads."""

    def __init__(self, queue: TaskQueue) -> None:
        self._queue = queue
        self._jobs: dict[str, ExportJob] = {}
        self._lock = Lock()

    def start(self, task: Task, spec: ExportSpec, address: str) -> ExportJob:
        """A job for a task.

        Raises
        ------
        Busy
            As many tasks or readers wait already as may.
        """
        with self._lock:
            self._drop_abandoned(room=1)
            if len(self._jobs) >= MAX_JOBS:
                raise Busy(
                    Message("The server is making other files"),
                    remedy=Message("Try again in a few minutes"),
                )
            job_id = secrets.token_urlsafe(12)
            until = time.monotonic() + min(FIRST_SECONDS, ABANDONED_SECONDS)
            job = ExportJob(job_id, self._queue.submit(task, job_id, until), spec, address)
            self._jobs[job_id] = job
            return job

    def get(self, job_id: str) -> ExportJob:
        """The job, which is not abandoned for another while.

        Raises
        ------
        NotFound
            There is none of this id, or it was abandoned.
        """
        with self._lock:
            self._drop_abandoned()
            job = self._jobs.get(job_id)
            if job is None or not self._queue.renew(job.task, job_id, _deadline()):
                raise NotFound(
                    Message("There is no such job"),
                    found=job_id,
                    remedy=Message("Ask for the file again"),
                )
            return job

    def discard(self, job_id: str) -> None:
        """Forget a job; its task ends with the last one.

        Raises
        ------
        NotFound
            There is none of this id, or it was abandoned.
        """
        job = self.get(job_id)
        with self._lock:
            self._jobs.pop(job_id, None)
        self._queue.release(job.task, job_id)

    def _drop_abandoned(self, room: int = 0) -> None:
        """Drop the jobs that nobody asks for, and of the ended ones what leaves room for others."""
        now = time.monotonic()
        lost = [job for job in self._jobs.values() if _waits_until(job) < now]
        ended = [
            job for job in self._jobs.values() if not job.task.active and _waits_until(job) >= now
        ]
        spare = len(self._jobs) - len(lost) + room - MAX_JOBS
        lost += sorted(ended, key=_waits_until)[: max(0, spare)]
        for job in lost:
            del self._jobs[job.id]
            self._queue.release(job.task, job.id)


def _deadline() -> float:
    return time.monotonic() + ABANDONED_SECONDS


def _waits_until(job: ExportJob) -> float:
    return job.task.waiters.get(job.id, -math.inf)
