"""Addresses of earlier versions are led to the present ones, and every redirection is by path."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from portal.app_state import app_state
from portal.parameters.declared import MEASURES
from portal.urls import API, EXPORT, page_path, query_text, series_query, split_url

_OLD_NAMES = {"/compare": "change", f"{API}/compare": "mode"}
"""The former name of ``measure``, by path."""
_INDICATOR_PATHS = ("/indicators/", f"{API}/indicators/")
_OLD_SHEET_NAME = "change"


def _old_measure() -> Response | None:
    """The present address of a comparison whose measure bears its old name; None for any other."""
    path, args = request.path, request.args
    sheet = path.startswith(f"{EXPORT}/difference.")
    old = _OLD_SHEET_NAME if sheet else _OLD_NAMES.get(path, "")
    if not old or args.get(old) not in MEASURES or "measure" in args:
        return None
    query = {("measure" if name == old else name): value for name, value in args.items()}
    return redirect(f"{path}?{query_text(query)}", 308)


def _moved_indicator() -> Response | None:
    """The present address of an indicator that became a part of another; None for any other."""
    path, args = request.path, request.args.to_dict()
    prefix = next((each for each in _INDICATOR_PATHS if path.startswith(each)), "")
    former = path.removeprefix(prefix) if prefix else args.get("indicator", "")
    if not former or request.method not in ("GET", "HEAD"):
        return None
    moved = app_state().store.moved_indicator(former)
    if moved is None:
        return None
    named = series_query(moved.id)
    if prefix:
        path = prefix + named.pop("indicator")
    query = {**{k: v for k, v in args.items() if k != "indicator"}, **named}
    return redirect(page_path(path, query), 308)


def _by_path(response: Response) -> Response:
    """Lead nowhere else: the web framework takes the host of its own redirections from Host."""
    parts = split_url(response.location or "")
    if parts.netloc:
        # One slash: "//host" would lead elsewhere.
        path = "/" + parts.path.lstrip("/")
        response.location = path + (f"?{parts.query}" if parts.query else "")
    return response


def init_app(app: Flask) -> None:
    """Redirect before anything else reads the address."""
    app.before_request(_old_measure)
    app.before_request(_moved_indicator)
    app.after_request(_by_path)
