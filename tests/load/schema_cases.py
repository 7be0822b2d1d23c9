"""Cases that schemathesis makes of the OpenAPI document, and the status codes it does not name."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.load.addresses import OPENAPI, document
from tests.load.outcome import Outcome, Row
from tests.load.server import HOST, Served

CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One request of schemathesis and the status of its answer; None where none came in time."""

    method: str
    path: str
    address: str
    status: int | None
    failed: tuple[str, ...] = ()

    def is_documented(self, paths: dict[str, Any]) -> bool:
        """Whether the document names the status for the method of the path."""
        operation = paths.get(self.path, {}).get(self.method.lower(), {})
        return str(self.status) in operation.get("responses", {})


def find_command() -> str:
    """Path of the ``schemathesis`` command, beside this Python or on the search path.

    Raises
    ------
    FileNotFoundError
        It is not installed; the extra ``load`` brings it.
    """
    beside = Path(sys.executable).with_name("schemathesis")
    found = str(beside) if beside.is_file() else shutil.which("schemathesis")
    if not found:
        raise FileNotFoundError('schemathesis is missing: pip install -e ".[load]"')
    return found


def cases_of(lines: Iterable[str]) -> Iterator[Case]:
    """The cases in schemathesis's events, one JSON object a line; a line cut short is left out."""
    for line in lines:
        if not line.startswith('{"ScenarioFinished"'):
            continue
        try:
            record = json.loads(line)["ScenarioFinished"]["recorder"]
        except (json.JSONDecodeError, KeyError):
            continue
        path = record["label"].partition(" ")[2]
        for name, one in record.get("interactions", {}).items():
            answer = one.get("response")
            checks = record.get("checks", {}).get(name, [])
            failed = tuple(c["name"] for c in checks if c.get("status") == "failure")
            status = int(answer["status_code"]) if answer else None
            yield Case(one["request"]["method"], path, one["request"]["uri"], status, failed)


def run(
    served: Served, token: str, *, examples: int, seed: int, seconds: float, phases: str
) -> Outcome:
    """Run schemathesis with ``examples`` cases for each operation and count what it met.

    Parameters
    ----------
    token
        Of an account that may publish.
    """
    paths = document(served.port)["paths"]
    base = f"http://{HOST}:{served.port}"
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events.ndjson"
        arguments = [
            find_command(), "run", base + OPENAPI, "--url", base, "--workers", "2",
            "--max-examples", str(examples), "--phases", phases, "--continue-on-failure",
            "--no-shrink", "--seed", str(seed), "--request-timeout", "30", "--no-color",
            "--header", f"Authorization: Bearer {token}",
            "--generation-database", "none", "--checks", ",".join(CHECKS),
            "--report", "ndjson", "--report-ndjson-path", str(events),
        ]  # fmt: skip
        with (Path(folder) / "out").open("wb") as out:
            process = subprocess.Popen(arguments, cwd=folder, stdout=out, stderr=out)
            try:
                process.wait(timeout=seconds)
                ended = True
            except subprocess.TimeoutExpired:
                ended = False
            finally:
                _end(process)
        if not events.is_file():
            raise RuntimeError((Path(folder) / "out").read_text("utf-8", "replace")[-2000:])
        with events.open(encoding="utf-8", errors="replace") as file:
            return judged(cases_of(file), paths, ended)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a run that is over its time; what it found until then stands in its events."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def judged(cases: Iterable[Case], paths: dict[str, Any], ended: bool = True) -> Outcome:
    """Count the cases, the undocumented statuses and the checks that failed."""
    number = crashed = 0
    unnamed: Counter[tuple[str, str, int]] = Counter()
    failed: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, object], str] = {}
    for case in cases:
        number += 1
        crashed += case.status is None or case.status >= 500
        if case.status is not None and not case.is_documented(paths):
            key = (case.method, case.path, case.status)
            unnamed[key] += 1
            first.setdefault(key, case.address)
        if case.status is None:
            failed[case.method, case.path, "no answer in 30 s"] += 1
            first.setdefault((case.method, case.path, "no answer in 30 s"), case.address)
        for name in case.failed:
            failed[case.method, case.path, name] += 1
            first.setdefault((case.method, case.path, name), case.address)
    # Of methods that a path does not have, RFC 9110 says enough: 405, and what may be asked.
    told = {k: n for k, n in unnamed.items() if k[2] != 405 and (k[0], k[2]) != ("OPTIONS", 200)}
    faults = [f"schema: {m} {p}: {s} undocumented, {n} times, as {first[m, p, s][:160]}"
              for (m, p, s), n in sorted(told.items())]  # fmt: skip
    faults += [f"schema: {m} {p}: {name}, {n} times, as {first[m, p, name][:160]}"
               for (m, p, name), n in sorted(failed.items())]  # fmt: skip
    return Outcome(
        [
            Row("schemathesis cases", number, "", note="" if ended else "stopped by the time"),
            Row("  without an answer or 5xx", crashed, "", most=0),
            Row("  undocumented statuses", sum(told.values()), "", most=0,
                note=f"{len(told)} of method, path and status; 405 and OPTIONS not counted: "
                f"{sum(unnamed.values()) - sum(told.values())}"),
            Row("  other checks failed", sum(failed.values()), "", most=0),
        ],
        faults,
    )  # fmt: skip
