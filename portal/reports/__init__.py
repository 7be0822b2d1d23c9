"""Errors that readers report: the form, the inbox of editors, and the published answers."""

from __future__ import annotations

from flask import Flask

from portal.reports import inbox_views, report_form


def init_app(app: Flask) -> None:
    """Route the form and the inbox."""
    report_form.init_app(app)
    inbox_views.init_app(app)
