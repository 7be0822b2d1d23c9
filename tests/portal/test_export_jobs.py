"""Long work: started, followed, shared, ended, bounded; and the map goes on answering."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geodata.store import Store
from portal.api.schemas import SCHEMAS
from portal.app import create_app
from portal.caching.file_cache import FileCache
from portal.export.service import MAX_QUEUED, ExportService
from portal.export.spec import ExportSpec
from portal.tasks.process_executor import WorkerCall
from portal.tasks.task import Task

pytestmark = pytest.mark.processes

PATIENCE = 600.0
"""Seconds: workers give way to all other work, so on a busy machine they take long."""
TWO_UNITS = "indicator=population&units=90001-20130101,90006-20130101&date=2013-01-01&lang=en"
"""An atlas of as few pages as a process makes."""
SHEET = "/export/sheet.svg?indicator=population&lang=en"


@contextmanager
def portal(instance: Path, dataset: Path, store: Store) -> Iterator[Flask]:
    app = create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": dataset}, store)
    yield app
    app.extensions["portal.export"].queue.close()


@pytest.fixture
def app(tmp_path: Path, toy_folder: Path, toy_store: Store) -> Iterator[Flask]:
    with portal(tmp_path, toy_folder, toy_store) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def service_of(app: Flask) -> ExportService:
    return app.extensions["portal.export"]


def task_of(app: Flask, document: dict) -> Task:
    return service_of(app).jobs.get(document["id"]).task


def start(client: FlaskClient, address: str = SHEET, **more):
    return client.post("/export/jobs?lang=en", json={"address": address}, **more)


def ended(client: FlaskClient, url: str, seconds: float = PATIENCE) -> dict:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        document = client.get(f"{url}?lang=en").get_json()
        if document["state"] not in ("queued", "running"):
            return document
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def validate_job(document: dict) -> None:
    described = {
        "components": {"schemas": SCHEMAS},
        **SCHEMAS["Job"],
        "additionalProperties": False,
    }
    jsonschema.Draft202012Validator(described).validate(document)


@dataclass(frozen=True)
class Made:
    """A portal where two readers asked for one file, one of them left, and the file was made."""

    client: FlaskClient
    answers: list[TestResponse]
    tasks: list[Task]
    left: list[int]
    document: dict[str, Any]


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, toy_folder: Path, toy_store: Store
) -> Iterator[Made]:
    with portal(tmp_path_factory.mktemp("made"), toy_folder, toy_store) as app:
        client = app.test_client()
        answers = [start(client), start(client)]
        first, second = (answer.get_json() for answer in answers)
        tasks = [task_of(app, document) for document in (first, second)]
        left = [client.delete(first["url"]).status_code, client.get(first["url"]).status_code]
        yield Made(client, answers, tasks, left, ended(client, second["url"]))


def test_a_job_makes_the_bytes_of_its_address(made: Made) -> None:
    answer, client, done = made.answers[1], made.client, made.document
    assert answer.status_code == 202
    document = answer.get_json()
    assert answer.headers["Location"] == document["url"]
    assert document["state"] in ("queued", "running")
    assert document["result"] is None
    assert done["state"] == "done", done
    assert done["done"] == done["of"] == 1
    for each in (document, done):
        validate_job(each)
    found = client.get(done["result"])
    assert found.data == client.get(SHEET).data
    assert len(found.data) == done["size"]
    assert done["name"] in found.headers["Content-Disposition"]
    again = start(client)
    assert again.status_code == 200
    assert again.get_json()["state"] == "done"


def test_a_second_request_joins_the_first_and_one_leaving_does_not_end_it(made: Made) -> None:
    first, second = (answer.get_json()["id"] for answer in made.answers)
    assert first != second
    assert made.tasks[0] is made.tasks[1]
    assert made.left == [204, 404]
    assert made.document["state"] == "done"


def test_a_job_that_is_ended_leaves_no_process_and_no_file(app: Flask, client: FlaskClient) -> None:
    document = start(client).get_json()
    task, processes = task_of(app, document), service_of(app).processes
    while task.active and not processes.processes():
        time.sleep(0.01)
    assert client.delete(document["url"]).status_code == 204
    assert task.state == "cancelled"
    while processes.processes():
        time.sleep(0.01)
    folder = app.extensions["portal"].settings.instance / "exports"
    while list(folder.iterdir()):
        time.sleep(0.01)


def test_a_result_is_refused_until_it_is_there(client: FlaskClient) -> None:
    document = start(client).get_json()
    answer = client.get(f"{document['url']}/result?lang=en")
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "not_ready"


def test_too_many_waiting_are_refused(app: Flask, client: FlaskClient, monkeypatch) -> None:
    processes = service_of(app).processes
    limits = replace(processes.limits, running=0)
    monkeypatch.setattr(processes, "limits", limits)  # No one takes from the queue.
    for number in range(MAX_QUEUED):
        document = start(client, f"{SHEET}&note={number}").get_json()
        assert document["ahead"] == number
    refused = start(client, f"{SHEET}&note=more")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert "8" in refused.get_json()["error"]["allowed"]
    assert client.get("/api/v1/catalogue").status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        ({"address": f"https://other.example{SHEET}"}, 400, "address"),
        ({"address": "/api/v1/units"}, 400, "address"),
        ({"address": "http://[/export/sheet.png"}, 400, "address"),
        ({"address": "/export/jobs/x.png"}, 400, "address"),
        ({"address": "/export/sheet.exe"}, 404, ""),
        ({"address": "/export/sheet.png?dpi=9000"}, 400, "dpi"),
        ({"address": 5}, 400, "address"),
        ({}, 400, "address"),
        ([], 400, "address"),
    ],
)
def test_bad_orders_are_refused_in_words(
    client: FlaskClient, body: object, status: int, parameter: str
) -> None:
    answer = client.post("/export/jobs?lang=en", json=body)
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["parameter"] == parameter
    assert error["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://other.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_start_and_end_nothing(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    assert start(client, headers=headers).status_code == 403
    assert client.delete("/export/jobs/any", headers=headers).status_code == 403
    assert not service_of(app).queue._tasks


def test_a_form_of_another_site_is_no_order(client: FlaskClient) -> None:
    answer = client.post("/export/jobs", data={"address": SHEET})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == "Content-Type"


def test_the_portal_own_page_may_start(client: FlaskClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert start(client, headers=headers).status_code == 202


def test_a_failure_is_told_in_the_reader_language(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The worker opens another dataset than the order was read from.
    submit = service_of(app).queue.submit

    def submit_of_another_dataset(task: Task, *waiter: object) -> Task:
        call = task.payload
        spec = ExportSpec.from_json(call.arguments["spec"])
        other = replace(spec, dataset_version="0" * 12).to_json()
        payload = WorkerCall(call.entry_point, {**call.arguments, "spec": other})
        return submit(replace(task, payload=payload), *waiter)

    monkeypatch.setattr(service_of(app).queue, "submit", submit_of_another_dataset)
    document = ended(client, start(client).get_json()["url"])
    assert document["state"] == "failed"
    assert document["error"]["message"] == "The dataset has just changed"
    assert (
        client.get(f"{document['url']}?lang=vi").get_json()["error"]["message"]
        != (document["error"]["message"])
    )


def test_a_job_nobody_asks_for_is_dropped(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = start(client).get_json()
    monkeypatch.setattr("portal.export.jobs.ABANDONED_SECONDS", -1.0)
    task = task_of(app, document)
    assert client.get(document["url"]).status_code == 404
    assert not task.waiters


def test_a_job_whose_reader_left_before_it_began_is_dropped_sooner(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = start(client).get_json()
    assert client.get(known["url"]).status_code == 200
    monkeypatch.setattr("portal.export.jobs.FIRST_SECONDS", -1.0)
    left = start(client, f"{SHEET}&note=1").get_json()
    task = task_of(app, known)
    assert client.get(left["url"]).status_code == 404
    # One that was asked for once has its reader, who may take longer.
    assert task.waiters
    assert client.get(known["url"]).status_code == 200


def test_a_flood_of_jobs_takes_no_readers_place(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.export.jobs.MAX_JOBS", 3)
    slow = f"/export/atlas.pdf?{SHEET.partition('?')[2]}"
    waiting = start(made.client, slow).get_json()
    for _ in range(5):
        assert start(made.client).status_code == 200
    assert made.client.get(waiting["url"]).get_json()["state"] in ("queued", "running")
    start(made.client, slow)
    start(made.client, slow)
    assert start(made.client, slow).status_code == 429
    assert made.client.get(waiting["url"]).status_code == 200


def test_kept_files_are_bounded_in_size_and_time(tmp_path) -> None:
    cache = FileCache(tmp_path, max_bytes=250, max_age=100)
    for number in range(4):
        aside = cache.temporary_path(f"file{number}")
        aside.write_bytes(b"x" * 100)
        os.utime(aside, (time.time() - 50 + number, time.time() - 50 + number))
        cache.put(f"file{number}", aside)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file2", "file3"]
    os.utime(tmp_path / "file3", (time.time() - 101, time.time() - 101))
    assert cache.read("file3") is None
    assert cache.size("file3") is None
    cache.prune()
    assert [path.name for path in tmp_path.iterdir()] == ["file2"]


@pytest.mark.parametrize("path", ["/export/jobs", "/export/short"])
def test_json_without_end_is_refused_in_words(client: FlaskClient, path: str) -> None:
    for nested in ("[" * 30_000, '{"address":' * 5_000, "[" * 30_000 + "]" * 30_000):
        answer = client.post(f"{path}?lang=en", data=nested, content_type="application/json")
        assert answer.status_code == 400
        assert answer.get_json()["error"]["parameter"] == "address"
        assert "/" in answer.get_json()["error"]["allowed"]


def test_an_exports_folder_that_cannot_be_written_is_told_and_works_again_once_mended(
    client: FlaskClient, tmp_path: Path
) -> None:
    """Jobs, direct files and sheets, without a restart."""
    folder = tmp_path / "exports"
    folder.write_text("a file where the folder should be")
    atlas = f"/export/atlas.pdf?{TWO_UNITS}"
    for number in range(MAX_QUEUED + 2):
        document = start(client, f"{SHEET}&note={number}").get_json()
        found = ended(client, document["url"])
        assert found["state"] == "failed"
        assert found["error"]["code"] == "unavailable"
        assert str(tmp_path) not in str(found["error"])
    direct = client.get(atlas)
    assert direct.status_code == 503
    assert direct.get_json()["error"]["message"] == "The server cannot write the files it makes"
    assert direct.headers["Retry-After"]
    # What is drawn in a thread and kept in memory needs no folder.
    assert client.get(SHEET).status_code == 200
    folder.unlink()
    assert ended(client, start(client, atlas).get_json()["url"])["state"] == "done"
    assert client.get(atlas).status_code == 200


def test_a_direct_request_that_waits_too_long_finds_its_file_later(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    atlas = f"/export/atlas.pdf?{TWO_UNITS}"
    with monkeypatch.context() as patch:
        patch.setattr("portal.export.service.CALLER_SECONDS", 0.0)
        early = client.get(atlas)
    assert early.status_code == 429
    assert "goes on" in early.get_json()["error"]["remedy"]
    assert client.get(atlas).status_code == 200
