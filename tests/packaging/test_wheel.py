"""What a person installs is the wheel, so the wheel is what is tried here."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", "build", "node_modules", "instance", "__pycache__", ".*_cache", "output"
)

pytestmark = pytest.mark.packaging


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def needed_by(wheel: Path) -> list[Distribution]:
    """What a wheel asks for, with what that asks for in turn, as it is installed here."""
    with zipfile.ZipFile(wheel) as content:
        (name,) = (each for each in content.namelist() if each.endswith(".dist-info/METADATA"))
        asked = Parser().parsestr(content.read(name).decode("utf-8")).get_all("Requires-Dist", [])
    found: dict[tuple[str, frozenset[str]], Distribution] = {}
    open_ones = [(Requirement(each), frozenset({""})) for each in asked]
    for requirement, extras in open_ones:
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras):
            continue
        one = distribution(requirement.name)
        assert one.version in requirement.specifier, requirement
        wanted = frozenset({"", *requirement.extras})
        if (key := (canonicalize_name(requirement.name), wanted)) not in found:
            found[key] = one
            open_ones += [(Requirement(each), wanted) for each in one.requires or ()]
    return list(found.values())


def link(one: Distribution, home: Path) -> None:
    """Have an environment use the files of another one's distribution."""
    for name in {file.parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
        if not (home / name).exists():
            (home / name).symlink_to(Path(str(one.locate_file(name))).resolve())


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds nothing but the wheel and what it asks for.

    What it asks for is linked from the environment of the tests: to unpack it anew took longer
    than all else here.
    """
    work = tmp_path_factory.mktemp("wheel")
    checkout = work / "checkout"
    shutil.copytree(ROOT, checkout, ignore=LEFT_OUT)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--quiet", "--no-deps", "-w", work / "dist", ".", cwd=checkout)
    shutil.rmtree(checkout)
    (wheel,) = (work / "dist").glob("*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", work / "env", cwd=work)
    python = work / "env/bin/python"
    run(
        *(*pip, "--python", python, "install", "--quiet", "--no-compile"),
        *("--no-index", "--no-deps", wheel),
        cwd=work,
    )
    home = Path(
        run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=work).strip()
    )
    for one in needed_by(wheel):
        link(one, home)
    return python.parent


@pytest.fixture(scope="module")
def address(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The portal, started by its command in an empty folder."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "PYTHON"))}
    log = (home / "log").open("w+")
    server = subprocess.Popen(
        [str(installed / "portal"), "serve", "--port", str(port)],
        cwd=home,
        env=env,
        stdout=log,
        stderr=log,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/healthz", server, Path(log.name))
        yield base
    finally:
        server.terminate()
        server.wait(timeout=60)
        log.close()


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=60).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"no answer from {url} in {seconds} s\n{log.read_text()}")


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def test_the_wheel_runs_in_an_empty_environment_and_says_its_dataset_version(address: str) -> None:
    health = json.loads(fetch(f"{address}/healthz"))
    assert re.fullmatch(r"[0-9a-f]{12}", health["version"])


def test_every_file_the_installed_page_names_is_in_the_wheel(address: str) -> None:
    page = fetch(f"{address}/")
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert any(name.endswith(".js") for name in named)
    assert any(name.endswith(".css") for name in named)
    assert any(".woff2" in name for name in named)
    for name in named:
        with urllib.request.urlopen(address + name, timeout=60) as answer:
            assert answer.status == 200, name


def test_the_installed_portal_serves_todays_communes(address: str) -> None:
    units = json.loads(fetch(f"{address}/api/v1/units?level=commune&date=2025-07-01"))
    assert units["total"] == 38
