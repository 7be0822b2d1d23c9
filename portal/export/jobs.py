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
from geodata.text import Text
from portal.bodies import dumps
from portal.errors import error_document, status_of
from portal.export.making import read_order
from portal.export.order import Order, tag_of
from portal.export.works import Work, Works
from portal.language import t
from portal.links import EXPORT, split_url
from portal.refusals import Busy, Forbidden, NeedsJob, NotReady
from portal.services import services
from portal.short.memory import remember

DIRECT_PAGES = 12
"""Pages of a file that is made while its reader waits, without a job."""
_PATIENCE = 60.0
_LOST = 300.0
"""Seconds after which a job nobody asks for is dropped."""
_MOST_JOBS = 500
"""Jobs at once. One whose work has ended makes room for a new one, one that is waited for never."""
RULE = f"{EXPORT}/jobs"


@dataclass(slots=True)
class Job:
    """One reader's wait for a work."""

    id: str
    work: Work
    address: str
    seen: float


class Jobs:
    """The jobs of an app; safe between threads.

    Parameters
    ----------
    callers
        Threads of the server that may wait for a file at once; the others go on answering the map.
    """

    def __init__(self, works: Works, callers: int) -> None:
        self.works = works
        self.callers = BoundedSemaphore(callers)
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def start(self, order: Order, tag: str, address: str, version: str) -> Job:
        """A job for a file of one version of the dataset.

        Raises
        ------
        Busy
            As many files or readers wait already as may.
        """
        kind, extension, args = split_address(address)
        job_id = secrets.token_urlsafe(12)
        pairs = list(args.items(multi=True))
        self._drop_lost(room=1)
        if len(self._jobs) >= _MOST_JOBS:
            raise _busy()
        work = self.works.start(tag, order, (kind, extension, pairs), job_id, version)
        job = Job(job_id, work, address, time.monotonic())
        with self._lock:
            self._jobs[job_id] = job
        return job

    def find(self, job_id: str) -> Job:
        """The job, seen now."""
        self._drop_lost()
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None:
                raise NotFound(
                    Text("Không có công việc này", "There is no such job"),
                    found=job_id,
                    remedy=Text("Yêu cầu lại tệp", "Ask for the file again"),
                )
            job.seen = time.monotonic()
            return job

    def end(self, job_id: str) -> None:
        """Forget a job; its work ends with the last one."""
        job = self.find(job_id)
        with self._lock:
            self._jobs.pop(job_id, None)
        self.works.leave(job.work, job_id)

    def _drop_lost(self, room: int = 0) -> None:
        """Drop the jobs nobody asks for, and of the ended ones what leaves room for new ones."""
        with self._lock:
            late = time.monotonic() - _LOST
            ended = sorted(
                (job for job in self._jobs.values() if not job.work.active),
                key=lambda job: job.seen,
            )
            spare = ended[: max(0, len(self._jobs) + room - _MOST_JOBS)]
            lost = [*spare, *(j for j in self._jobs.values() if j.seen < late and j not in spare)]
            for job in lost:
                del self._jobs[job.id]
        for job in lost:
            self.works.leave(job.work, job.id)


def jobs() -> Jobs:
    """The jobs of the app that is answering."""
    return cast(Jobs, current_app.extensions["portal.jobs"])


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
            Text("Địa chỉ này không cho tệp nào", "This address gives no file"),
            found=address,
            allowed=Text(f"{EXPORT}/atlas.pdf?…", f"{EXPORT}/atlas.pdf?…"),
            where="address",
        )
    return kind, extension, MultiDict(parse_qsl(parts.query, keep_blank_values=True))


def made(order: Order, tag: str) -> bytes:
    """A file of several pages: as kept, or made in a process while the reader waits.

    Raises
    ------
    NeedsJob
        It has more pages than are made without a job.
    Busy
        Its turn did not come in time.
    """
    works = jobs().works
    content = works.kept.read(tag)
    if content is not None:
        return content
    if order.pages > DIRECT_PAGES:
        raise NeedsJob(
            Text("Tệp này nhiều trang, cần được tạo như một công việc",
                 "This file has many pages and is made as a job"),
            found=str(order.pages),
            allowed=Text(f"tối đa {DIRECT_PAGES} trang mỗi lần", f"at most {DIRECT_PAGES} at once"),
            remedy=Text(f"Gửi địa chỉ tới POST {RULE}", f"Send the address to POST {RULE}"),
            where="pages",
        )  # fmt: skip
    if not jobs().callers.acquire(blocking=False):
        raise _busy()
    try:
        return _awaited(order, tag)
    finally:
        jobs().callers.release()


def _awaited(order: Order, tag: str) -> bytes:
    works, address = jobs().works, request.full_path.rstrip("?")
    job = jobs().start(order, tag, address, services().version)
    try:
        if not works.wait(job.work, _PATIENCE):
            raise _busy()
        content = works.kept.read(tag)
        if content is None:
            raise job.work.error or PortalError(Text("Không tạo được tệp", "The file was not made"))
        return content
    finally:
        jobs().end(job.id)


def _busy() -> Busy:
    return Busy(
        Text("Máy chủ đang tạo các tệp khác", "The server is making other files"),
        remedy=Text("Thử lại sau ít phút", "Try again in a few minutes"),
    )


def start() -> Response:
    """Start the work of an address, or join it."""
    check_origin()
    if request.mimetype != "application/json":
        raise InvalidInput(
            Text("Loại nội dung không được phép", "Content type not allowed"),
            found=request.mimetype,
            allowed=("application/json",),
            where="Content-Type",
        )
    body = request.get_json(silent=True)
    address = body.get("address") if isinstance(body, dict) else None
    if not isinstance(address, str):
        raise InvalidInput(
            Text("Thiếu địa chỉ của tệp", "The address of the file is missing"),
            allowed=Text('{"address": "/export/…"}', '{"address": "/export/…"}'),
            where="address",
        )
    parts = services()
    kind, extension, args = split_address(address)
    settings = parts.settings
    order = read_order(
        parts.store, kind, extension, args, settings.public_url, relief=settings.relief
    )
    if order.page:
        remember(order.page)
    job = jobs().start(order, tag_of(order, parts.version), address, parts.version)
    response = _document(job)
    response.status_code = 202 if job.work.active else 200
    response.headers["Location"] = f"{RULE}/{job.id}"
    return response


def follow(job_id: str) -> Response:
    """How far a job is."""
    return _document(jobs().find(job_id))


def cancel(job_id: str) -> Response:
    """End a job."""
    check_origin()
    jobs().end(job_id)
    return make_response("", 204)


def result(job_id: str) -> Response:
    """The finished file."""
    job = jobs().find(job_id)
    content = jobs().works.kept.read(job.work.tag) if job.work.state == "done" else None
    if content is None:
        raise NotReady(
            Text("Tệp chưa có", "The file is not there"),
            found=t(f"jobs.{job.work.state}"),
            remedy=Text("Hỏi lại trạng thái của công việc", "Ask how far the job is"),
        )
    response = make_response(content)
    response.mimetype = job.work.order.mimetype
    name = job.work.order.name
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
            Text("Yêu cầu đến từ trang khác", "The request comes from another site"),
            found=origin or site,
            remedy=Text("Mở trang của cổng và thử lại", "Open the portal's page and try again"),
        )


def _document(job: Job) -> Response:
    work, url = job.work, f"{RULE}/{job.id}"
    ready = work.state == "done"
    document: dict[str, Any] = {
        "id": job.id,
        "state": work.state,
        "state_label": t(f"jobs.{work.state}"),
        "done": work.done,
        "of": work.order.pages,
        "message": work.message,
        "ahead": jobs().works.ahead(work),
        "address": job.address,
        "name": work.order.name,
        "size": jobs().works.kept.size(work.tag) if ready else None,
        "url": url,
        "result": f"{url}/result" if ready else None,
        "error": _error(work),
    }
    response = make_response(dumps(document))
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _error(work: Work) -> object:
    if work.state != "failed":
        return None
    fault = work.error or PortalError(
        Text("Không tạo được tệp", "The file was not made"),
        remedy=Text("Thử lại, hoặc báo người quản trị", "Try again, or tell the operator"),
    )
    return error_document(*status_of(fault), fault)["error"]


def init_app(app: Flask) -> None:
    """Route the jobs; no process starts before the first."""
    parts = app.extensions["portal"]
    app.extensions["portal.jobs"] = Jobs(Works(parts.settings), max(1, parts.settings.threads // 4))
    app.add_url_rule(RULE, "job_start", start, methods=["POST"])
    app.add_url_rule(f"{RULE}/<job_id>", "job", follow)
    app.add_url_rule(f"{RULE}/<job_id>", "job_cancel", cancel, methods=["DELETE"])
    app.add_url_rule(f"{RULE}/<job_id>/result", "job_result", result)
