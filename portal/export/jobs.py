"""``/export/jobs``: long work started, followed, ended and fetched."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Any, cast
from urllib.parse import parse_qsl

from flask import Flask, Response, current_app, make_response, request
from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput, NotFound, PortalError
from geodata.i18n import Message, Verbatim
from portal.app_state import app_state
from portal.caching.response_cache import compact_json
from portal.error_handlers import error_document, status_of
from portal.export.parse import parse_export_request
from portal.export.spec import ExportSpec, cache_key
from portal.http_errors import Busy, Forbidden, JobRequired, NotReady
from portal.language import gettext
from portal.short_urls.short_url_store import save_page
from portal.tasks.task_queue import Task, TaskQueue
from portal.urls import EXPORT, split_url

DIRECT_PAGES = 12
"""Pages of a file that is made while its reader waits, without a job."""
_MAX_WAIT = 60.0
_ABANDONED_AFTER = 300.0
"""Seconds after which a job nobody asks for is dropped."""
_MAX_JOBS = 500
"""Jobs at once. One whose work has ended makes room for a new one, one that is waited for never."""
RULE = f"{EXPORT}/jobs"


@dataclass(slots=True)
class ExportJob:
    """One reader's wait for a work."""

    id: str
    task: Task
    address: str
    last_seen: float


class JobRegistry:
    """The jobs of an app; safe between threads.

    Parameters
    ----------
    callers
        Threads of the server that may wait for a file at once; the others go on answering the map.
    """

    def __init__(self, queue: TaskQueue, callers: int) -> None:
        self.queue = queue
        self.callers = BoundedSemaphore(callers)
        self._jobs: dict[str, ExportJob] = {}
        self._lock = Lock()

    def start(self, spec: ExportSpec, tag: str, address: str, version: str) -> ExportJob:
        """A job for a file of one version of the dataset.

        Raises
        ------
        Busy
            As many files or readers wait already as may.
        """
        kind, extension, args = split_address(address)
        job_id = secrets.token_urlsafe(12)
        pairs = list(args.items(multi=True))
        self._drop_abandoned(room=1)
        if len(self._jobs) >= _MAX_JOBS:
            raise _server_busy()
        task = self.queue.submit(tag, spec, (kind, extension, pairs), job_id, version)
        job = ExportJob(job_id, task, address, time.monotonic())
        with self._lock:
            self._jobs[job_id] = job
        return job

    def get(self, job_id: str) -> ExportJob:
        """The job, seen now."""
        self._drop_abandoned()
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None:
                raise NotFound(
                    Message("There is no such job"),
                    found=job_id,
                    remedy=Message("Ask for the file again"),
                )
            job.last_seen = time.monotonic()
            return job

    def discard(self, job_id: str) -> None:
        """Forget a job; its work ends with the last one."""
        job = self.get(job_id)
        with self._lock:
            self._jobs.pop(job_id, None)
        self.queue.release(job.task, job_id)

    def _drop_abandoned(self, room: int = 0) -> None:
        """Drop the jobs nobody asks for, and of the ended ones what leaves room for new ones."""
        with self._lock:
            late = time.monotonic() - _ABANDONED_AFTER
            ended = sorted(
                (job for job in self._jobs.values() if not job.task.active),
                key=lambda job: job.last_seen,
            )
            spare = ended[: max(0, len(self._jobs) + room - _MAX_JOBS)]
            lost = [
                *spare,
                *(j for j in self._jobs.values() if j.last_seen < late and j not in spare),
            ]
            for job in lost:
                del self._jobs[job.id]
        for job in lost:
            self.queue.release(job.task, job.id)


def job_registry() -> JobRegistry:
    """The jobs of the app that is answering."""
    return cast(JobRegistry, current_app.extensions["portal.jobs"])


def split_address(address: str) -> tuple[str, str, MultiDict[str, str]]:
    """Kind, extension and parameters of an address below ``/export/``.

    Raises
    ------
    InvalidInput
        It is none.
    """
    parts = split_url(address)
    name = parts.path.removeprefix(f"{EXPORT}/")
    kind, dot, extension = name.rpartition(".")
    if parts.scheme or parts.netloc or name == parts.path or not dot or "/" in name:
        raise InvalidInput(
            Message("This address gives no file"),
            found=address,
            allowed=Verbatim(f"{EXPORT}/atlas.pdf?…"),
            where="address",
        )
    return kind, extension, MultiDict(parse_qsl(parts.query, keep_blank_values=True))


def multipage_file(spec: ExportSpec, tag: str) -> bytes:
    """A file of several pages: as kept, or made in a process while the reader waits.

    Raises
    ------
    NeedsJob
        It has more pages than are made without a job.
    Busy
        Its turn did not come in time.
    """
    queue = job_registry().queue
    content = queue.files.read(tag)
    if content is not None:
        return content
    if spec.pages > DIRECT_PAGES:
        raise JobRequired(
            Message("This file has many pages and is made as a job"),
            found=str(spec.pages),
            allowed=Message("at most {direct_pages} at once", direct_pages=DIRECT_PAGES),
            remedy=Message("Send the address to POST {rule}", rule=RULE),
            where="pages",
        )  # fmt: skip
    if not job_registry().callers.acquire(blocking=False):
        raise _server_busy()
    try:
        return _wait_for_file(spec, tag)
    finally:
        job_registry().callers.release()


def _wait_for_file(spec: ExportSpec, tag: str) -> bytes:
    queue, address = job_registry().queue, request.full_path.rstrip("?")
    job = job_registry().start(spec, tag, address, app_state().version)
    try:
        if not queue.wait(job.task, _MAX_WAIT):
            raise _server_busy()
        content = queue.files.read(tag)
        if content is None:
            raise job.task.error or PortalError(Message("The file was not made"))
        return content
    finally:
        job_registry().discard(job.id)


def _server_busy() -> Busy:
    return Busy(
        Message("The server is making other files"),
        remedy=Message("Try again in a few minutes"),
    )


def start() -> Response:
    """Start the work of an address, or join it."""
    check_origin()
    if request.mimetype != "application/json":
        raise InvalidInput(
            Message("Content type not allowed"),
            found=request.mimetype,
            allowed=("application/json",),
            where="Content-Type",
        )
    body = request.get_json(silent=True)
    address = body.get("address") if isinstance(body, dict) else None
    if not isinstance(address, str):
        raise InvalidInput(
            Message("The address of the file is missing"),
            allowed=Verbatim('{"address": "/export/…"}'),
            where="address",
        )
    state = app_state()
    kind, extension, args = split_address(address)
    settings = state.settings
    spec = parse_export_request(
        state.store, kind, extension, args, settings.public_url, relief=settings.relief
    )
    if spec.page:
        save_page(spec.page)
    job = job_registry().start(spec, cache_key(spec, state.version), address, state.version)
    response = _job_response(job)
    response.status_code = 202 if job.task.active else 200
    response.headers["Location"] = f"{RULE}/{job.id}"
    return response


def follow(job_id: str) -> Response:
    """How far a job is."""
    return _job_response(job_registry().get(job_id))


def cancel(job_id: str) -> Response:
    """End a job."""
    check_origin()
    job_registry().discard(job_id)
    return make_response("", 204)


def result(job_id: str) -> Response:
    """The finished file."""
    job = job_registry().get(job_id)
    content = job_registry().queue.files.read(job.task.tag) if job.task.state == "done" else None
    if content is None:
        raise NotReady(
            Message("The file is not there"),
            found=gettext(f"jobs.{job.task.state}"),
            remedy=Message("Ask how far the job is"),
        )
    response = make_response(content)
    response.mimetype = job.task.spec.mimetype
    name = job.task.spec.name
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def check_origin() -> None:
    """Refuse what another site's page sends; programs that name no origin are none.

    Raises
    ------
    Forbidden
        Another site asks.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin", "")
    foreign = bool(origin) and split_url(origin).netloc != request.host
    if site not in ("same-origin", "none") or foreign:
        raise Forbidden(
            Message("The request comes from another site"),
            found=origin or site,
            remedy=Message("Open the portal's page and try again"),
        )


def _job_response(job: ExportJob) -> Response:
    task, url = job.task, f"{RULE}/{job.id}"
    ready = task.state == "done"
    document: dict[str, Any] = {
        "id": job.id,
        "state": task.state,
        "state_label": gettext(f"jobs.{task.state}"),
        "done": task.done,
        "of": task.spec.pages,
        "message": task.message,
        "ahead": job_registry().queue.queue_position(task),
        "address": job.address,
        "name": task.spec.name,
        "size": job_registry().queue.files.size(task.tag) if ready else None,
        "url": url,
        "result": f"{url}/result" if ready else None,
        "error": _task_error(task),
    }
    response = make_response(compact_json(document))
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _task_error(task: Task) -> object:
    if task.state != "failed":
        return None
    fault = task.error or PortalError(
        Message("The file was not made"),
        remedy=Message("Try again, or tell the operator"),
    )
    return error_document(*status_of(fault), fault)["error"]


def init_app(app: Flask) -> None:
    """Route the jobs; no process starts before the first."""
    state = app.extensions["portal"]
    app.extensions["portal.jobs"] = JobRegistry(
        TaskQueue(state.settings), max(1, state.settings.threads // 4)
    )
    app.add_url_rule(RULE, "job_start", start, methods=["POST"])
    app.add_url_rule(f"{RULE}/<job_id>", "job", follow)
    app.add_url_rule(f"{RULE}/<job_id>", "job_cancel", cancel, methods=["DELETE"])
    app.add_url_rule(f"{RULE}/<job_id>/result", "job_result", result)
