"""The pages, drawn on the server; each module that has an ``init_app`` wires its own routes."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def init_app(app: Flask) -> None:
    """Give the app its pages: a new page is a new module in this folder."""
    for found in sorted(iter_modules(__path__), key=lambda module: module.name):
        wire = getattr(import_module(f"{__name__}.{found.name}"), "init_app", None)
        if wire is not None:
            wire(app)
