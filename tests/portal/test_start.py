"""What a start and a first picture do not wait for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

LATE = ("mapclassify", "sklearn", "scipy", "rasterio")


@pytest.mark.processes
def test_the_app_starts_without_the_libraries_that_the_first_map_alone_needs():
    program = f"import sys, portal.app; print(*(m for m in {LATE!r} if m in sys.modules))"
    root = Path(__file__).parents[2]
    started = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert started.stdout.split() == []


def test_the_first_picture_waits_for_no_style_sheet(client):
    answer = client.get("/")
    head = answer.text.partition("</head>")[0]
    assert "<style>" in head
    waited_for = re.sub(r"<noscript>.*?</noscript>", "", head, flags=re.DOTALL)
    links = re.findall(r'<link rel="stylesheet"[^>]*>', waited_for)
    assert all(" disabled" in link for link in links)
