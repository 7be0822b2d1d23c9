"""What the publishing pages of an app share: the ledger, and the queue that reads drafts."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import Engine

from geodata.i18n import Language, Message
from geodata.ledger.publishing import last_revision
from geodata.ledger.submissions import Submission
from geodata.store import Store
from portal.app_state import store_path
from portal.caching.file_cache import FileCache
from portal.config import Settings, environment_of
from portal.http_errors import NotReady
from portal.publications import PublicationService
from portal.publishing.draft_publishing import PreviewChoice, preview_document
from portal.publishing.draft_reading import ENTRY_POINT, draft_document, read_draft
from portal.tasks.failures import failure_of
from portal.tasks.process_executor import ProcessExecutor, WorkerCall
from portal.tasks.progress import ProgressCallback
from portal.tasks.task import Task, TaskLimits
from portal.tasks.task_queue import TaskQueue
from portal.tasks.thread_executor import ThreadExecutor

SMALL_FILE = 300_000
"""Bytes up to which a file is read in a thread: the start of a process would take longer."""
PERCENT = 100
"""Steps of a reading, in which its progress is told."""
_MAX_SECONDS = 120.0
_QUEUED = 8


@dataclass(frozen=True)
class PublishingService:
    """The queue of readings with its executors; one per app."""

    settings: Settings
    queue: TaskQueue
    threads: ThreadExecutor
    processes: ProcessExecutor

    def reading_task(
        self, engine: Engine, store: Store, submission: Submission, size: int, language: Language
    ) -> Task:
        """The task that makes the document of a draft's review page.

        Two requests for the same draft, answers, store and language share one.

        Parameters
        ----------
        size
            Bytes of the file.
        """
        key = _key(submission, store, language)
        name = submission.file_name
        if size > SMALL_FILE:
            arguments: dict[str, Any] = {
                "settings": environment_of(self.settings),
                "submission": submission.submission_id,
                "language": language,
            }
            call = WorkerCall(ENTRY_POINT, arguments)
            return Task(key, name, call, self.processes, PERCENT)
        service = PublicationService(self.settings, engine, store)
        make = partial(_read_here, service, submission, language)
        return Task(key, name, make, self.threads, PERCENT)

    def preview_task(
        self,
        engine: Engine,
        store: Store,
        submission: Submission,
        language: Language,
        chosen: int | None,
    ) -> Task:
        """The task that makes the document of a draft's preview.

        Parameters
        ----------
        chosen
            Place of the map that is drawn among those of the table; None for the first that shows
            classes.
        """
        key = _key(submission, store, language, f"preview {chosen} {last_revision(engine)}")
        choice = PreviewChoice(store_path(self.settings), language, chosen)
        service = PublicationService(self.settings, engine, store)
        make = partial(_preview_here, service, submission, choice)
        return Task(key, submission.file_name, make, self.threads, PERCENT)

    def run(self, key: str, name: str, make: Callable[[], bytes], seconds: float) -> None:
        """Do something beside the readings of the pages, and wait for its end.

        Raises
        ------
        Busy
            As many tables are read already as may be.
        NotReady
            It takes longer.
        PortalError
            What it failed with.
        """
        task = Task(key, name, lambda _: make(), self.threads, PERCENT)
        if self.content(task, seconds, seconds) is None:
            raise NotReady(
                Message("Reading the table takes too long"),
                found=name,
                remedy=Message("Hand it in on the page, which waits for it"),
            )

    def content(self, task: Task, seconds: float, keep_seconds: float) -> bytes | None:
        """The result of a task; None where it does not come in the time and goes on.

        Parameters
        ----------
        keep_seconds
            How long the task goes on, and its result is kept, for the next request.

        Raises
        ------
        Busy
            As many tables are read already as may be.
        PortalError
            What the task failed with.
        """
        task = self.queue.submit(task, task.key, time.monotonic() + keep_seconds)
        if not self.queue.wait(task, seconds):
            return None
        content = task.executor.read(task)
        if content is None:
            raise task.error or failure_of(RuntimeError())
        return content


def _read_here(
    service: PublicationService,
    submission: Submission,
    language: Language,
    on_progress: ProgressCallback,
) -> bytes:
    reading = read_draft(service, submission, on_progress, language)
    return draft_document(service.store, reading, language)


def _preview_here(
    service: PublicationService,
    submission: Submission,
    choice: PreviewChoice,
    on_progress: ProgressCallback,
) -> bytes:
    reading = read_draft(service, submission, on_progress, choice.language)
    return preview_document(service.ledger, service.store, reading, choice)


def _key(submission: Submission, store: Store, language: Language, what: str = "review") -> str:
    parts = (what, submission.submission_id, submission.changed_at, store.info.version, language)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def publishing_service() -> PublishingService:
    """The service of the app that is answering."""
    return cast(PublishingService, current_app.extensions["portal.publishing"])


def init_app(app: Flask) -> None:
    """Hang the service on the app; a thread or a process starts with the first reading.

    One table is read at a time in a process, since it may take much memory.
    """
    settings: Settings = app.extensions["portal"].settings
    callers = max(1, settings.threads // 4)
    app.extensions["portal.publishing"] = PublishingService(
        settings,
        TaskQueue(),
        ThreadExecutor(TaskLimits(1, _QUEUED, callers)),
        ProcessExecutor(
            FileCache(settings.instance / "readings"), TaskLimits(1, _QUEUED, callers), _MAX_SECONDS
        ),
    )
