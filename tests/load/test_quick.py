"""Every measurement runs, in a few of each, and tells a good portal from a bad one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.load import hostile, odd, schema_cases
from tests.load.__main__ import MEASURES, main
from tests.load.hostile import Load
from tests.load.hostile_tables import generated
from tests.load.observatory import marks_of, score
from tests.load.outcome import Row, table
from tests.load.server import Answer
from tests.load.villages import Commune

GOOD = {
    "Content-Security-Policy": "default-src 'none'; script-src 'nonce-a'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answer(headers: dict[str, str], body: bytes = b"", status: int = 200) -> Answer:
    return Answer(status, body, tuple(headers.items()), 0.1)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, toy_folder: Path) -> None:
    """The portals of a test serve the toy dataset, whose store is soon made."""
    monkeypatch.setenv("PORTAL_DATASET", str(toy_folder))


@pytest.mark.processes
@pytest.mark.usefixtures("small")
def test_every_measurement_runs_and_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    needed = [name for name in MEASURES if name not in ("schema", "publications")]
    code = main([*needed, "--quick", "--seconds", "60", "--seed", "3"])
    printed = capsys.readouterr().out
    assert code in (0, 1)  # Whether times are kept is for a quiet machine to say.
    for words in (
        "odd requests",
        "signed in",
        "kills during",
        "hostile files",
        "/s",
        "p95",
        "Observatory /",
    ):
        assert words in printed


@pytest.mark.processes
@pytest.mark.usefixtures("small")
def test_a_killed_publication_loses_nothing_and_readers_see_no_mixture(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["publications", "--quick", "--seconds", "120", "--seed", "3"])
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert "kills while publishing" in printed


@pytest.mark.usefixtures("small")
@pytest.mark.processes
def test_the_cases_of_schemathesis_are_run_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("schemathesis")
    assert main(["schema", "--quick", "--seconds", "30"]) in (0, 1)
    assert "undocumented statuses" in capsys.readouterr().out


def test_statuses_that_the_document_does_not_name_are_found() -> None:
    def event(method: str, status: int) -> str:
        one = {
            "request": {"method": method, "uri": "http://x/a"},
            "response": {"status_code": status},
        }
        record = {"label": "GET /a", "interactions": {"1": one}, "checks": {}}
        return json.dumps({"ScenarioFinished": {"recorder": record}})

    sent = [("GET", 200), ("GET", 418), ("PUT", 405), ("OPTIONS", 200), ("POST", 400)]
    lines = [*(event(*one) for one in sent), '{"ScenarioFinished": {"cut']
    paths = {"/a": {"get": {"responses": {"200": {}}}}}
    found = schema_cases.judged(schema_cases.cases_of(lines), paths)
    assert [row.figure for row in found.rows] == [5, 0, 2, 0]
    assert ["418" in found.faults[0], "400" in found.faults[1]] == [True, True]


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 130),
        ({"Strict-Transport-Security": ""}, 80),
        ({"Strict-Transport-Security": "max-age=60"}, 120),
        ({"Content-Security-Policy": ""}, 55),
        ({"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}, 125),
        ({"Content-Security-Policy": "default-src 'none'"}, 80),
        ({"X-Content-Type-Options": ""}, 125),
        ({"Referrer-Policy": "unsafe-url"}, 120),
        ({"Cross-Origin-Resource-Policy": ""}, 120),
        ({"Set-Cookie": "a=b; Secure; HttpOnly; SameSite=Lax"}, 135),
        ({"Set-Cookie": "a=b"}, 125),
    ],
)
def test_headers_are_scored_by_the_published_rules(change: dict[str, str], points: int) -> None:
    headers = {name: value for name, value in {**GOOD, **change}.items() if value}
    assert score(marks_of(answer(headers))) == points


def test_a_foreign_script_costs_points() -> None:
    page = answer(GOOD, b'<script src="https://cdn.example/a.js"></script>')
    assert score(marks_of(page)) == 125


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (answer({}, status=400), ""),
        (answer({}, status=500), "status 500"),
        (answer({}, b"Traceback (most recent call last)", 400), "traceback"),
        (answer({"Content-Type": "text/html"}, odd.MARK.encode()), "as HTML"),
        (Answer(400, b"", (), 6.0), "6.0 s"),
        (Answer(0, b"timed out", (), 30.0), "no answer"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(found: Answer, words: str) -> None:
    assert (words in odd.fault_of(found)) if words else not odd.fault_of(found)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (Load(1, "Không đọc được", 2.0, 120.0), ""),
        (Load(1, "Traceback (most recent call last)\nKeyError: 1", 2.0, 120.0), "KeyError"),
        (Load(0, hostile.MARK, 2.0, 120.0), "another file"),
        (Load(1, "refused", 20.0, 120.0), "longer"),
        (Load(1, "refused", 2.0, 900.0), "MB more"),
        (Load(None, "", 60.0, 120.0), "signal"),
        (Load(1, "", 2.0, 120.0), "exit code"),
    ],
)
def test_what_is_wrong_with_a_load_is_said(run: Load, words: str) -> None:
    found = hostile.fault_of(run, Load(0, "ok", 2.0, 100.0))
    assert (words in found) if words else not found


@pytest.mark.slow
def test_hostile_files_are_many_and_the_same_for_a_seed(tmp_path: Path) -> None:
    place = Commune("00001", "00001-20250701", tuple((103 + n / 100, 22.1) for n in range(12)))
    files = [list(generated(place, 1, "http://127.0.0.1:1", tmp_path)) for _ in range(2)]
    assert len(files[0]) >= 549
    cut = [[f.content for f in found if f.name == "cut3.csv"] for found in files]
    assert cut[0] == cut[1]
    assert len({file.family for file in hostile.some_of_each(files[0], 12, 1)}) == 12


def test_the_table_says_which_targets_are_held() -> None:
    rows = [Row("a", 3, "s", most=2), Row("b", 3, "/s", least=2), Row("c", 1, "")]
    assert [line.split()[-1] for line in table(rows)[1:]] == ["NO", "yes", "-"]
