"""The backends of the facts, each of which must pass the contract of the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

HOMES: dict[str, Callable[[Path], str]] = {"geopackage": lambda folder: str(folder / "toy.gpkg")}
"""Address of a store below a folder, by backend; a new backend is one more entry."""
