"""``/healthz``: is the app up, and with which data."""

from __future__ import annotations

from flask import Flask, Response, jsonify

from portal.app_state import app_state


def health() -> Response:
    """Answer with the dataset version."""
    info = app_state().store.info
    response = jsonify(status="ok", dataset=info.id, version=info.version)
    response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/healthz", "health", health)
