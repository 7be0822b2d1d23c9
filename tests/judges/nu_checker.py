"""The Nu HTML checker: whether a page is what the standards call HTML."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ARCHIVE = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# The checker's own gaps: properties of SVG 2 and a value of Compositing 2 that browsers know; and
# what Leaflet's style sheet says to Internet Explorer.
_UNKNOWN_TO_IT = re.compile(r"^CSS: .*(vector-effect|paint-order|plus-lighter|behavior)")
_SECONDS = 300.0


def java() -> str:
    """Path of the Java that runs the checker.

    Raises
    ------
    RuntimeError
        There is none.
    """
    found = shutil.which("java")
    if found is None:
        raise RuntimeError("no Java found: sh tests/system_packages.sh java")
    return found


def errors(pages: Sequence[Path]) -> dict[str, list[str]]:
    """The errors of each page, by the name of its file.

    Parameters
    ----------
    pages
        HTML files.

    Raises
    ------
    ValueError
        The checker did not say anything that can be read.
    """
    ran = subprocess.run(
        [java(), "-jar", str(ARCHIVE), "--format", "json", "--errors-only", *map(str, pages)],
        check=False,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    found: dict[str, list[str]] = {page.name: [] for page in pages}
    for message in json.loads(ran.stderr)["messages"]:
        if _UNKNOWN_TO_IT.search(message["message"]):
            continue
        said = f"line {message.get('lastLine', '?')}: {message['message']}"
        found[message["url"].rsplit("/", 1)[-1]].append(said)
    return found
