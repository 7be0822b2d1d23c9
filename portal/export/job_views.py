"""``/export/jobs``: long work started, followed, cancelled and fetched."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Response, make_response, request

from geodata.errors import InvalidInput
from geodata.i18n import Message
from portal.app_state import app_state
from portal.caching.response_cache import compact_json
from portal.error_handlers import error_document, status_of
from portal.export.jobs import ExportJob
from portal.export.parse import parse_export
from portal.export.service import JOBS, export_service
from portal.http_errors import NotReady
from portal.language import gettext
from portal.request_body import address_in_body
from portal.serializers.error_types import ErrorDetails
from portal.serializers.export_types import JobDocument
from portal.short_urls.short_url_store import keep_page
from portal.tasks.task import Task
from portal.urls import EXPORT


def start() -> Response:
    """Start the task of an address, or join it."""
    if request.mimetype != "application/json":
        raise InvalidInput(
            Message("Content type not allowed"),
            found=request.mimetype,
            allowed=("application/json",),
            where="Content-Type",
        )
    address = address_in_body(f"{EXPORT}/…")
    state = app_state()
    spec = parse_export(address, state.store, state.settings)
    if spec.short_page and not keep_page(spec.short_page, state.store):
        spec = replace(spec, short_page="")
    job = export_service().start_job(spec, address)
    response = _job_response(job)
    response.status_code = 202 if job.task.active else 200
    response.headers["Location"] = f"{JOBS}/{job.id}"
    return response


def follow(job_id: str) -> Response:
    """How far a job is."""
    return _job_response(export_service().jobs.get(job_id))


def cancel(job_id: str) -> Response:
    """End a job."""
    export_service().jobs.discard(job_id)
    return make_response("", 204)


def result(job_id: str) -> Response:
    """The finished file."""
    job = export_service().jobs.get(job_id)
    content = job.task.executor.read(job.task) if job.task.state == "done" else None
    if content is None:
        raise NotReady(
            Message("The file is not there"),
            found=gettext(f"jobs.{job.task.state}"),
            remedy=Message("Ask how far the job is"),
        )
    response = make_response(content)
    response.mimetype = job.spec.mimetype
    name = job.spec.file_name
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _job_response(job: ExportJob) -> Response:
    task, url = job.task, f"{JOBS}/{job.id}"
    ready = task.state == "done"
    document: JobDocument = {
        "id": job.id,
        "state": task.state,
        "state_label": gettext(f"jobs.{task.state}"),
        "done": task.done,
        "of": task.steps,
        "message": task.message,
        "ahead": export_service().queue.position(task),
        "address": job.address,
        "name": job.spec.file_name,
        "size": task.executor.size(task) if ready else None,
        "url": url,
        "result": f"{url}/result" if ready else None,
        "error": _task_error(task),
    }
    response = make_response(compact_json(document))
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _task_error(task: Task) -> ErrorDetails | None:
    if task.state != "failed" or task.error is None:
        return None
    return error_document(*status_of(task.error), task.error)["error"]


def init_app(app: Flask) -> None:
    """Route the jobs."""
    app.add_url_rule(JOBS, "job_start", start, methods=["POST"])
    app.add_url_rule(f"{JOBS}/<job_id>", "job", follow)
    app.add_url_rule(f"{JOBS}/<job_id>", "job_cancel", cancel, methods=["DELETE"])
    app.add_url_rule(f"{JOBS}/<job_id>/result", "job_result", result)
