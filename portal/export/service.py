"""The export service of an app: quick files in threads, long ones in processes, each made once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from geodata.i18n import Message
from geodata.store import Store
from portal.caching.file_cache import FileCache
from portal.caching.response_cache import ResponseBody, ResponseCache
from portal.config import Settings, environment_of
from portal.export.jobs import ExportJob, JobRegistry
from portal.export.kinds import EXPORT_KINDS
from portal.export.render import WORKER_ENTRY_POINT, render
from portal.export.spec import ExportSpec
from portal.http_errors import JobRequired
from portal.tasks.process_executor import ProcessExecutor, WorkerCall
from portal.tasks.progress import ProgressCallback
from portal.tasks.task import Task, TaskLimits
from portal.tasks.task_queue import TaskQueue
from portal.tasks.thread_executor import ThreadExecutor
from portal.urls import EXPORT

CALLER_SECONDS = 25.0
"""Seconds for which a reader waits for a file; its task goes on for the next try."""
DIRECT_PAGES = 12
"""Pages of a file that is made while its reader waits, without a job."""
QUICK_PAGES = 3
"""Pages of a document that a thread makes, as it makes a sheet: the start of a process would take
longer. An atlas of one unit has its page, the contents and the sources."""
JOBS = f"{EXPORT}/jobs"
"""Path of the jobs."""
MAX_QUEUED = 8
"""Tasks of each executor that wait for their turn."""
SHEET_THREADS = 2
_CACHE_BYTES = 16_000_000
"""Finished files kept in memory: some thirty sheets, each of which takes a second to make anew."""


@dataclass(frozen=True)
class ExportService:
    """The queue of an app, its executors, its jobs and its finished files."""

    settings: Settings
    queue: TaskQueue
    threads: ThreadExecutor
    processes: ProcessExecutor
    jobs: JobRegistry
    response_cache: ResponseCache = field(default_factory=lambda: ResponseCache(_CACHE_BYTES))

    def body(self, spec: ExportSpec, store: Store, logo: bytes = b"") -> ResponseBody:
        """A file as kept, or made while its reader waits.

        Raises
        ------
        JobRequired
            It has more pages than are made without a job.
        Busy
            Its turn did not come in time.
        Unavailable
            The server cannot make it at present.
        """
        key = spec.cache_key
        body = self.response_cache.get(key)
        if body is None:
            body = ResponseBody(self._content(spec, store, logo), spec.mimetype, key)
            self.response_cache.put(key, body)
        return body

    def _content(self, spec: ExportSpec, store: Store, logo: bytes) -> bytes:
        multipage = EXPORT_KINDS[spec.kind].multipage
        content = self.processes.files.read(spec.cache_key) if multipage else None
        if content is not None:
            return content
        if not multipage or spec.pages <= QUICK_PAGES:
            return self.queue.result(self._thread_task(spec, store, logo), CALLER_SECONDS)
        if spec.pages > DIRECT_PAGES:
            raise JobRequired(
                Message("This file has many pages and is made as a job"),
                found=str(spec.pages),
                allowed=Message("at most {direct_pages} at once", direct_pages=DIRECT_PAGES),
                remedy=Message("Send the address to POST {rule}", rule=JOBS),
                where="pages",
            )
        return self.queue.result(self._process_task(spec), CALLER_SECONDS)

    def start_job(self, spec: ExportSpec, address: str) -> ExportJob:
        """A job for a file, which a process makes.

        Raises
        ------
        Busy
            As many tasks or readers wait already as may.
        """
        return self.jobs.start(self._process_task(spec), spec, address)

    def _thread_task(self, spec: ExportSpec, store: Store, logo: bytes) -> Task:
        def make(on_progress: ProgressCallback) -> bytes:
            return render(spec, store, on_progress, logo)

        return Task(spec.cache_key, spec.file_name, make, self.threads, spec.pages)

    def _process_task(self, spec: ExportSpec) -> Task:
        arguments = {"spec": spec.to_json(), "settings": environment_of(self.settings)}
        call = WorkerCall(WORKER_ENTRY_POINT, arguments)
        return Task(spec.cache_key, spec.file_name, call, self.processes, spec.pages)


def export_service() -> ExportService:
    """The export service of the app that is answering."""
    return cast(ExportService, current_app.extensions["portal.export"])


def worker_count() -> int:
    """Processes that run at once: half the processors, so that the map is not held up."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


def init_app(app: Flask) -> None:
    """Hang the service on the app; a thread or a process starts with the first task.

    Half of the server's threads may wait for quick files and a quarter for long ones; the others
    stay free for the map.
    """
    settings: Settings = app.extensions["portal"].settings
    threads = settings.threads
    queue = TaskQueue()
    app.extensions["portal.export"] = ExportService(
        settings,
        queue,
        ThreadExecutor(TaskLimits(SHEET_THREADS, MAX_QUEUED, max(1, threads // 2))),
        ProcessExecutor(
            FileCache(settings.instance / "exports"),
            TaskLimits(worker_count(), MAX_QUEUED, max(1, threads // 4)),
        ),
        JobRegistry(queue),
    )
