"""Lighthouse: how soon a page is there on a phone and on a desk, and how well it is made.

Reference: Lighthouse 12, whose scores are of 100. Performance is computed from one visit over a
slow connection and a slow processor that it simulates, so another visit gives another score: the
median of several counts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.browser.visitor import find_chromium
from tests.load.outcome import Row
from tests.load.server import HOST

PROGRAM = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
# The form factor, with the arguments it takes.
FORMS = {"phone": (), "desk": ("--preset=desktop",)}
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_SECONDS = 180.0


def report(port: int, path: str, form: str, folder: Path) -> dict[str, Any]:
    """What Lighthouse says of one visit.

    Raises
    ------
    subprocess.SubprocessError
        It ended with an error, or not in time.
    """
    written = folder / "report.json"
    subprocess.run(
        [
            *(str(PROGRAM), f"http://{HOST}:{port}{path}", "--quiet", *FORMS[form]),
            *("--output=json", f"--output-path={written}"),
            "--chrome-flags=--headless --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": find_chromium()},
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    found: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return found


def scores(told: Mapping[str, Any]) -> dict[str, float]:
    """The score of each category, of 100; nan where it could not be had."""
    found = {name: told["categories"][name]["score"] for name in LEAST}
    return {name: float("nan") if one is None else one * 100 for name, one in found.items()}


def faults(told: Mapping[str, Any]) -> Iterator[str]:
    """What costs a page its points, outside performance."""
    for name in ("accessibility", "best-practices", "seo"):
        for each in told["categories"][name]["auditRefs"]:
            audit = told["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{name}: {audit['title']}"


def judge(
    port: int, path: str, form: str, folder: Path, visits: int
) -> tuple[list[Row], list[str]]:
    """The scores of a page as rows, the median of several visits; and what costs it points.

    Parameters
    ----------
    path
        With its query.
    form
        One of `FORMS`.
    folder
        Where reports may be written.
    """
    told = [report(port, path, form, folder) for _ in range(visits)]
    every = [scores(one) for one in told]
    rows = []
    for name, least in LEAST.items():
        found = [one[name] for one in every]
        note = "of " + ", ".join(f"{one:.0f}" for one in sorted(found)) if visits > 1 else ""
        rows.append(Row(f"{path} {form}: {name}", statistics.median(found), "", None, least, note))
    return rows, [f"{path} {form}: {fault}" for fault in dict.fromkeys(faults(told[0]))]
